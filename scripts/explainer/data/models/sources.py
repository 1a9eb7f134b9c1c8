"""Sources: the articles with their voices and number phrases, context sources, exchange rates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from explainer.data.models import fields
from explainer.extract import Bound, Kind, Language, Quantity, parse

Shape = Literal["circle", "diamond", "square", "triangle"]


class Role(StrEnum):
    """Whether a source is one of the articles explained here or an independent report."""

    PRIMARY = "primary"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Voice(fields.Entity):
    """Who speaks inside a source: the blocks that are theirs, and the shape that marks them."""

    entity: ClassVar[str] = "voice"
    label: fields.Text
    short: fields.Text
    shape: Shape
    blocks: Annotated[tuple[fields.VoiceBlock, ...], fields.NOT_EMPTY]
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


@dataclass(frozen=True, slots=True)
class Source(fields.Entity):
    """One article. ``file`` is the name of the saved article that mentions are pulled from.

    ``retrieved`` is the day on which its text was taken; ``archive_is_folder`` says that
    ``archived_url`` leads to a folder of texts.
    """

    entity: ClassVar[str] = "source"
    role: Literal[Role.PRIMARY]
    type: Literal["article", "question-and-answer", "report", "press-release", "dataset"]
    language: Language
    title: fields.Wording
    title_translation: fields.Wording
    publisher: fields.TermId
    voices: Annotated[tuple[Voice, ...], fields.NOT_EMPTY]
    date_note: fields.Text
    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] | None = None
    author: fields.TermId | None = None
    credit: fields.TermId | None = None
    issued: fields.Edtf | None = None
    url: fields.Url | None = None
    archived_url: fields.Url | None = None
    archive_note: fields.Text | None = None
    retrieved: fields.Day | None = None
    archive_is_folder: fields.Yes = False

    def __post_init__(self) -> None:
        for voice in self.voices:
            fields.set_fields(voice, source=self.id)


@dataclass(frozen=True, slots=True)
class Mention(fields.Entity):
    """A number phrase that the program found in a source. Machine-made.

    ``start`` and ``end`` count characters in the block's text. ``quantity`` is ``None`` where the
    phrase was not read; ``reason`` then says why.
    """

    entity: ClassVar[str] = "mention"
    block: fields.Block
    start: fields.Natural
    end: fields.Natural
    exact: fields.Wording
    kind: Kind | None = None
    value: fields.Number | None = None
    value_max: fields.Number | None = None
    bound: Bound | None = None
    currency: fields.Currency | None = None
    unit: Annotated[str, Field(pattern="^[a-z][a-z0-9_-]*$")] | None = None
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


@dataclass(frozen=True, slots=True)
class MentionsFile(fields.Entry):
    """Number phrases that the program pulled from one source. Never edited by hand.

    ``digest`` is the SHA-256 of the text that was read, in hexadecimal; ``blocks`` says how many
    characters each of its blocks has.
    """

    entity: ClassVar[str] = "mentions file"
    source: Annotated[fields.Slug, fields.References("primary source")]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    blocks: Annotated[Mapping[fields.Block, fields.Natural], fields.NOT_EMPTY]
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


class Nature(StrEnum):
    """What sort of statement a claim makes about its quantity."""

    ACTUAL = "actual"
    CUMULATIVE = "cumulative"
    PLANNED = "planned"
    ESTIMATED = "estimated"
    PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class Report(fields.Entity):
    """A number that a context source prints, entered by hand with the phrase as it was seen.

    ``normalized`` says in English or Chinese what a phrase in another language says; the quantity
    is what the grammar reads in it. ``figure`` is ``None`` where no figure asks for the number.
    """

    entity: ClassVar[str] = "report"
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


@dataclass(frozen=True, slots=True)
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
    named: Annotated[tuple[fields.FigureId, ...], fields.NOT_EMPTY, Field(alias="figures")] = ()
    reports: Annotated[tuple[Report, ...], fields.NOT_EMPTY] = ()
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
            read = parse(report.normalized or report.phrase, grammar)
            # The loader refuses a phrase that is not read.
            fields.set_fields(report, source=self.id, quantity=read.quantity)
        answered = (report.figure for report in self.reports if report.figure)
        fields.set_fields(self, figures=tuple(dict.fromkeys((*self.named, *answered))))


@dataclass(frozen=True, slots=True)
class Rate(fields.Entity):
    """A published exchange rate: how much ``quote`` one unit of ``base`` bought.

    The average of a year or month, or the lowest and highest (``value_max``) of a range of days.
    """

    entity: ClassVar[str] = "rate"
    base: fields.Currency
    quote: fields.Currency
    period: Annotated[
        str,
        Field(
            pattern="^([0-9]{4}(-[0-9]{2})?|[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})$",
            description="A year or month, averaged, or the first and last day of a range.",
        ),
    ]
    value: fields.Number
    publisher: fields.TermId
    url: fields.Url
    access: Literal[Access.PAGE, Access.COPY]
    value_max: fields.Number | None = None
