"""The publication: names in three languages, its history and licence, the ids that left it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from explainer.data.models import fields
from explainer.extract import Kind, Language

Evidence = Literal["seen", "memory"]
"""Whether a form of a name was seen in print or is known from memory."""
VariantTag = Literal["en", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "ko", "ko-Latn", "zh-Latn"]


@dataclass(frozen=True, slots=True)
class Variant(fields.Entry):
    """Another form of a name that readers may meet or search for."""

    text: fields.Wording
    lang: VariantTag
    evidence: Evidence
    note: fields.Printed | None = None


@dataclass(frozen=True, slots=True)
class PrintedName(fields.Entry):
    """The form of a name that one voice prints."""

    voice: Annotated[fields.Slug, fields.References("voice")]
    text: fields.Wording


@dataclass(frozen=True, slots=True)
class Term(fields.Entity):
    """A name in English, Simplified Chinese and Korean, with its variants.

    ``printed`` maps a voice to the form that it prints.
    """

    entity: ClassVar[str] = "term"
    kind: Literal["organisation", "person", "work", "term"]
    en: fields.Wording
    zh: fields.Wording
    evidence: Mapping[Literal["en", "zh", "ko"], Evidence]
    ko: fields.Wording | None = None
    variants: Annotated[tuple[Variant, ...], fields.NOT_EMPTY] = ()
    printed_names: Annotated[tuple[PrintedName, ...], fields.NOT_EMPTY, Field(alias="printed")] = ()
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


class Action(StrEnum):
    """What a revision did; the last three are what retirements do."""

    ADDED = "added"
    VALUE = "value"
    STATUS = "status"
    WORDING = "wording"
    TRANSLATION = "translation"
    CONTEXT = "context"
    MOVED = "moved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Retired(fields.Entry):
    """A published id that left the data, and the answer that its address keeps.

    It moved (the same thing under another id, a redirect), or it was withdrawn for a reason,
    perhaps with something else in its place (a page that says so). ``label`` is what it was called,
    ``kind`` a figure's kind, ``figure`` the figure on whose page a derivation stood.
    """

    entity: ClassVar[str] = "retired"
    sort: Literal["figure", "claim", "derivation", "chart", "source", "report", "rate"]
    id: fields.Name
    date: fields.Day
    label: fields.Text
    moved_to: fields.Name | None = None
    reason: fields.Text | None = None
    superseded_by: fields.Name | None = None
    kind: Kind | None = None
    figure: fields.Slug | None = None

    def __post_init__(self) -> None:
        if (self.moved_to is None) == (self.reason is None) or (
            self.moved_to and self.superseded_by
        ):
            raise PydanticCustomError("value_error", "either moved_to, or reason")
        if self.sort == "figure" and self.kind is None:
            raise fields.missing_key("kind")
        if self.sort == "derivation" and self.figure is None:
            raise fields.missing_key("figure")

    @property
    def ref(self) -> str:
        """``sort id``, unique among retired ids."""
        return f"{self.sort} {self.id}"

    @property
    def state(self) -> Action:
        """Moved, superseded or withdrawn."""
        if self.moved_to is not None:
            return Action.MOVED
        return Action.WITHDRAWN if self.superseded_by is None else Action.SUPERSEDED

    @property
    def successor(self) -> str | None:
        """The id that stands for it now, of the same sort."""
        return self.moved_to or self.superseded_by

    @property
    def owner(self) -> str:
        """The figure or source on whose page the answer stands; of those, their own id."""
        return self.figure or self.id.partition("/")[0]


def _refuse_retirement(action: Action) -> Action:
    if action in (Action.MOVED, Action.SUPERSEDED, Action.WITHDRAWN):
        raise PydanticCustomError("value_error", "another action; retirements are in retired.yml")
    return action


@dataclass(frozen=True, slots=True)
class Revision(fields.Entry):
    """A dated change to a published figure or claim (``figure/claim``).

    ``old`` and ``new`` are the value in brief ("about 5000000000 USD") or the status; everything
    but an addition has a reason.
    """

    date: fields.Day
    about: Annotated[fields.Name, fields.References("figure or claim")]
    action: Annotated[Action, AfterValidator(_refuse_retirement)]
    old: fields.Wording | None = None
    new: fields.Wording | None = None
    reason: fields.Text | None = None

    def __post_init__(self) -> None:
        if self.reason is None and self.action not in (Action.ADDED, Action.MOVED):
            raise fields.missing_key("reason")

    @property
    def figure(self) -> str:
        """The figure whose page shows the revision."""
        return self.about.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Standard(fields.Entry):
    """A public text that the site keeps to: its id, its name, its address.

    The id of a licence is its SPDX id.
    """

    id: fields.Wording
    name: fields.Printed
    url: fields.Url


@dataclass(frozen=True, slots=True)
class About(fields.Entry):
    """The publication itself. ``slug`` names it in machine forms; ``version`` is semantic."""

    name: fields.Printed
    description: fields.Printed
    slug: fields.Slug
    version: Annotated[str, Field(pattern=r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}$")]
    published: fields.Day
    licence: Standard
    accessibility: Standard
