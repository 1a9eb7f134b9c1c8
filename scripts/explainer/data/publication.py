"""The publication: names in three languages, its history and licence, the ids that left it."""

import re
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from explainer.data import fields
from explainer.extract import Bound, Kind, Language, Quantity

Evidence = Literal["seen", "memory"]
"""Whether a form of a name was seen in print or is known from memory."""
VariantTag = Literal["en", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "ko", "ko-Latn", "zh-Latn"]


class Variant(fields.Entry):
    """Another form of a name that readers may meet or search for."""

    text: fields.Wording
    lang: VariantTag
    evidence: Evidence
    note: fields.Printed | None = None


class PrintedName(fields.Entry):
    """The form of a name that one voice prints."""

    voice: fields.VoiceId
    text: fields.Wording


class Term(fields.Entity):
    """A name in English, Simplified Chinese and Korean, with its variants.

    ``printed`` maps a voice to the form that it prints.
    """

    kind: Literal["organisation", "person", "work", "term"]
    en: fields.Wording
    zh: fields.Wording
    evidence: Mapping[Literal["en", "zh", "ko"], Evidence]
    ko: fields.Wording | None = None
    variants: fields.Some[Variant] = ()
    printed_names: Annotated[fields.Some[PrintedName], Field(alias="printed")] = ()
    ids: Mapping[Literal["imdb", "wikidata", "site"], fields.Wording] = field(default_factory=dict)
    role: fields.Text | None = None
    note: fields.Text | None = None
    printed: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        printed = {entry.voice: entry.text for entry in self.printed_names}
        fields.set_fields(self, printed=printed)

    def name(self, language: Language) -> str:
        """Return the form that pages in ``language`` use."""
        return self.en if language == "en" else self.zh


class Retired(fields.Entity):
    """A published figure, chart or report that left the data, and the answer that it leaves.

    It moved (the same thing under another id, a redirect), or it was withdrawn for a reason,
    perhaps with something else in its place (a page that says so). Reports have no page; the
    anchor of one that moved leads to the new one. ``label`` is what it was called.
    """

    id: fields.Name
    sort: Literal["figure", "chart", "report"]
    date: fields.Day
    label: fields.Text
    moved_to: fields.Name | None = None
    reason: fields.Text | None = None
    superseded_by: fields.Name | None = None

    def __post_init__(self) -> None:
        with_reason = self.reason is not None
        if (self.moved_to is None) != with_reason or (self.superseded_by and not with_reason):
            raise PydanticCustomError("value_error", "either moved_to, or reason")

    @property
    def ref(self) -> str:
        """``sort id``, unique among retired ids."""
        return f"{self.sort} {self.id}"

    @property
    def state(self) -> str:
        """ "moved", "superseded" or "withdrawn"."""
        if self.moved_to is not None:
            return "moved"
        return "withdrawn" if self.superseded_by is None else "superseded"

    @property
    def successor(self) -> str | None:
        """The id that stands for it now, of the same sort."""
        return self.moved_to or self.superseded_by


class Revision(fields.Entry):
    """A dated change to a published figure or claim (``figure/claim``).

    ``action`` is one of those below, or the state of a :class:`Retired` figure. ``old`` and ``new``
    are the value in brief ("about 5000000000 USD") or the status; all but an addition have a
    reason.
    """

    date: fields.Day
    about: fields.FigureOrClaim
    action: Annotated[str, fields.text("added|value|status|wording|translation|context")]
    old: fields.Wording | None = None
    new: fields.Wording | None = None
    reason: fields.Text | None = None

    def __post_init__(self) -> None:
        if self.reason is None and self.action not in ("added", "moved"):
            raise fields.missing_key("reason")

    @property
    def figure(self) -> str:
        """The figure whose page shows the revision."""
        return self.about.partition("/")[0]


def brief(quantity: Quantity | None) -> str:
    """Return a quantity as revisions and errors spell it: "nearly 700000000 USD"."""
    if quantity is None:
        return "nothing readable"
    high = "" if quantity.value_max is None else f"–{quantity.value_max:f}"
    unit = quantity.currency or quantity.unit or quantity.kind
    return f"{quantity.bound} {quantity.value:f}{high} {unit}"


_BRIEF = re.compile(rf"({'|'.join(Bound)}) (-?[0-9.]+)(?:–(-?[0-9.]+))? ([A-Za-z_]+)")


def read_brief(text: str, kind: Kind) -> Quantity | None:
    """Return the quantity that :func:`brief` spelled, for a figure of that kind, or ``None``."""
    match = _BRIEF.fullmatch(text)
    if match is None:
        return None
    bound, low, high, unit = match.groups()
    return Quantity(
        Decimal(low),
        kind,
        Bound(bound),
        Decimal(high) if high else None,
        currency=unit if kind is Kind.MONEY else None,
        unit=unit if kind is not Kind.MONEY and unit != kind else None,
        edtf=low if kind is Kind.YEAR else None,
    )


class Standard(fields.Entry):
    """A public text that the site keeps to: its id, its name, its address.

    The id of a licence is its SPDX id.
    """

    id: fields.Wording
    name: fields.Printed
    url: fields.Url


class About(fields.Entry):
    """The publication itself. ``slug`` names it in machine forms; ``version`` is semantic."""

    name: fields.Printed
    description: fields.Printed
    slug: fields.Slug
    version: Annotated[str, fields.text(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")]
    published: fields.Day
    licence: Standard
    accessibility: Standard
