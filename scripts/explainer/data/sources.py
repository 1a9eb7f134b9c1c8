"""Sources: the articles with their voices and number phrases, context sources, exchange rates."""

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from explainer.data import fields
from explainer.extract import Bound, Kind, Language, Quantity, parse

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
Shape = Literal["circle", "diamond", "square", "triangle"]
Nature = Literal["actual", "cumulative", "planned", "estimated", "projected"]
"""What sort of statement a claim makes about its quantity."""


def same(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are equal, whatever their printed scale."""
    return replace(one, scale=None) == replace(other, scale=None)


class Voice(fields.Entity):
    """Who speaks inside a source: the blocks that are theirs, and the shape that marks them."""

    label: fields.Text
    short: fields.Text
    shape: Shape
    blocks: fields.Some[fields.VoiceBlock]
    author: fields.TermId | None = None
    source: str = field(init=False)

    def speaks_in(self, block: str) -> bool:
        """Return whether ``block`` (``title``, ``p3``, ``caption1``) is this voice's.

        A pattern is a block id or a kind followed by ``*`` ("p*" is every paragraph).
        """
        return any(
            block == pattern or (pattern.endswith("*") and block.startswith(pattern[:-1]))
            for pattern in self.blocks
        )


class Source(fields.Entity):
    """One article. ``file`` is the name of the saved article that mentions are pulled from.

    ``retrieved`` is the day on which its text was taken; ``archive_is_folder`` says that
    ``archived_url`` leads to a folder of texts.
    """

    entity: ClassVar[str] = "source"
    role: Literal["primary"]
    type: Literal["article", "question-and-answer", "report", "press-release", "dataset"]
    language: Language
    title: fields.Wording
    title_translation: fields.Wording
    publisher: fields.TermId
    voices: fields.Some[Voice]
    date_note: fields.Text
    file: Annotated[str, fields.text("[A-Za-z0-9][A-Za-z0-9._-]*")] | None = None
    author: fields.TermId | None = None
    credit: fields.TermId | None = None
    issued: fields.Edtf | None = None
    url: fields.Url | None = None
    archived_url: fields.Url | None = None
    archive_note: fields.Text | None = None
    retrieved: fields.Day | None = None
    archive_is_folder: fields.Yes = False

    def __post_init__(self) -> None:
        if not (self.url or self.archived_url):
            raise fields.missing_key("url")
        if not (self.archived_url or self.archive_note):
            raise fields.missing_key("archive_note")
        for voice in self.voices:
            fields.set_fields(voice, source=self.id)


class Mention(fields.Entity):
    """A number phrase that the program found in a source. Machine-made.

    ``start`` and ``end`` count characters in the block's text. ``quantity`` is ``None`` where the
    phrase was not read; ``reason`` then says why.
    """

    block: fields.Block
    start: fields.Natural
    end: fields.Natural
    exact: fields.Wording
    kind: Kind | None = None
    value: fields.Number | None = None
    value_max: fields.Number | None = None
    bound: Bound | None = None
    currency: fields.Currency | None = None
    unit: Annotated[str, fields.text("[a-z][a-z0-9_-]*")] | None = None
    scale: fields.Wording | None = None
    edtf: str | None = None
    reason: fields.Wording | None = None
    source: str = field(init=False)
    quantity: Quantity | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.kind is None or self.bound is None or self.value is None:
            if self.reason is None:
                raise fields.missing_key("reason")
            return
        if self.reason is not None:
            raise PydanticCustomError("value_error", "a value or a reason, not both")
        measure = (self.currency, self.unit, self.scale, self.edtf)
        quantity = Quantity(self.value, self.kind, self.bound, self.value_max, *measure)
        fields.set_fields(self, quantity=quantity)

    @property
    def ref(self) -> str:
        """``source/mention``, unique among mentions."""
        return f"{self.source}/{self.id}"


class MentionsFile(fields.Entry):
    """Number phrases that the program pulled from one source. Never edited by hand.

    ``digest`` is the SHA-256 of the text that was read, in hexadecimal; ``blocks`` says how many
    characters each of its blocks has.
    """

    entity: ClassVar[str] = "mentions file"
    source: Annotated[fields.Slug, fields.References("primary source")]
    digest: Annotated[str, fields.text("[0-9a-f]{64}")]
    blocks: Annotated[Mapping[fields.Block, fields.Natural], Field(min_length=1)]
    mentions: tuple[Mention, ...]

    def __post_init__(self) -> None:
        for mention in self.mentions:
            fields.set_fields(mention, source=self.source)

    @property
    def ref(self) -> str:
        """Its source: each has one file of mentions."""
        return self.source

    @property
    def written(self) -> str:
        """The digest with the name of its algorithm."""
        return f"sha256:{self.digest}"


class Access(StrEnum):
    """How an editor saw what a context source prints.

    page: the passage stood on the publisher's own page; copy: in somebody's copy or retelling;
    not-seen: known of, not seen.
    """

    PAGE = "page"
    COPY = "copy"
    NOT_SEEN = "not-seen"


class Relation(StrEnum):
    """How a number stands to the figure's question: an answer, part of one, or worth knowing."""

    SAME = "same"
    PART = "part"
    RELATED = "related"


class Report(fields.Entity):
    """A number that a context source prints, entered by hand with the phrase as it was seen.

    ``normalized`` says in English or Chinese what a phrase in another language says; the quantity
    is what the grammar reads in it. ``figure`` is ``None`` where no figure asks for the number.
    """

    phrase: fields.Wording
    nature: Nature
    scope: fields.Text
    figure: fields.FigureId | None = None
    relation: Relation = Relation.SAME
    normalized: fields.Wording | None = None
    source: str = field(init=False)
    quantity: Quantity = field(init=False)

    @property
    def ref(self) -> str:
        """``source/report``, unique among reports."""
        return f"{self.source}/{self.id}"


class ContextSource(fields.Entity):
    """An independent report about the same matters.

    ``host`` is where a copy stood; ``title_from`` says whether the title was seen on the page or
    read from its address. ``figures`` are those it bears on, with or without a number.
    """

    entity: ClassVar[str] = "source"
    publisher: fields.Printed
    language: Literal["en", "zh", "zh-Hant", "ko", "ja", "nl", "id"]
    access: Access
    shows: fields.Text
    named: Annotated[fields.Some[fields.FigureId], Field(alias="figures")] = ()
    reports: fields.Some[Report] = ()
    publisher_original: fields.Wording | None = None
    host: fields.Wording | None = None
    title: fields.Wording | None = None
    title_from: Literal["page", "address"] = "page"
    title_translation: fields.Printed | None = None
    url: fields.Url | None = None
    archived_url: fields.Url | None = None
    issued: fields.Edtf | None = None
    figures: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        for report in self.reports:
            # Bare digits with a sign ("71%") say the same in any language.
            grammar: Language = "zh" if self.language.startswith("zh") else "en"
            if report.normalized is not None:
                grammar = "en" if report.normalized.isascii() else "zh"
            phrase = report.normalized or report.phrase
            quantity = parse(phrase, grammar).quantity
            if quantity is None:
                why = f"a number that the grammar reads, in {report.id}; perhaps in normalized"
                raise PydanticCustomError("unread", why, {"phrase": phrase})
            fields.set_fields(report, source=self.id, quantity=quantity)
        answered = (report.figure for report in self.reports if report.figure)
        fields.set_fields(self, figures=tuple(dict.fromkeys((*self.named, *answered))))


class Rate(fields.Entity):
    """A published exchange rate: how much ``quote`` one unit of ``base`` bought.

    ``period`` is a year or month, averaged, or the first and last day of a range, for which
    ``value`` is the lowest and ``value_max`` the highest.
    """

    base: fields.Currency
    quote: fields.Currency
    period: Annotated[str, fields.text(f"[0-9]{{4}}(-[0-9]{{2}})?|{_DAY}/{_DAY}")]
    value: fields.Number
    publisher: fields.TermId
    url: fields.Url
    access: Literal[Access.PAGE, Access.COPY]
    value_max: fields.Number | None = None
