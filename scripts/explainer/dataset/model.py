"""The dataset: what the sources print, who says it, and how the editors arrange it.

Ids are ASCII slugs. A reference names a claim as ``figure/claim``. Nothing here holds a value that
an editor typed: a claim takes its quantity from its mentions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from explainer.quantities import Kind, Language, Quantity

LANGUAGES: tuple[Language, ...] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages, written side by side."""

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


class Role(StrEnum):
    """Whether a source is one of the articles explained here or an independent report."""

    PRIMARY = "primary"
    CONTEXT = "context"


class Status(StrEnum):
    """How the claims of a figure stand to each other."""

    SINGLE_SOURCE = "single-source"
    AGREE = "agree"
    AGREE_AFTER_CONVERSION = "agree-after-conversion"
    AGREE_WITHIN_ROUNDING = "agree-within-rounding"
    SCOPE_DIFFERS = "scope-differs"
    PERIOD_DIFFERS = "period-differs"
    DEFINITION_DIFFERS = "definition-differs"
    CONFLICT = "conflict"
    UNRESOLVED = "unresolved"


class Nature(StrEnum):
    """What sort of statement a claim makes about its quantity."""

    ACTUAL = "actual"
    CUMULATIVE = "cumulative"
    PLANNED = "planned"
    ESTIMATED = "estimated"
    PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks inside a source: the blocks that are theirs, and the shape that marks them."""

    id: str
    source: str
    label: Pair
    short: Pair
    shape: str
    blocks: tuple[str, ...]
    author: str | None = None

    def speaks_in(self, block: str) -> bool:
        """Whether ``block`` (``title``, ``p3``, ``caption1``) is this voice's.

        A pattern is a block id or a kind followed by ``*`` ("p*" is every paragraph).
        """
        return any(
            block == pattern or (pattern.endswith("*") and block.startswith(pattern[:-1]))
            for pattern in self.blocks
        )


@dataclass(frozen=True, slots=True)
class Source:
    """One document. ``file`` is the name of the saved article that mentions are pulled from."""

    id: str
    role: Role
    type: str
    language: Language
    title: str
    title_translation: str
    publisher: str
    voices: tuple[Voice, ...]
    dating: Pair
    file: str | None = None
    author: str | None = None
    credit: str | None = None
    issued: str | None = None
    url: str | None = None
    archived_url: str | None = None
    archive_note: Pair | None = None


class Seen(StrEnum):
    """How an editor saw what a context source prints."""

    PAGE = "page"
    """The passage stood in a stored excerpt of the publisher's own page."""
    COPY = "copy"
    """It stood in somebody's copy, republication or retelling."""
    NOT_SEEN = "not-seen"
    """The source is known of and was not seen."""


class Relation(StrEnum):
    """How a reported number stands to a figure's question."""

    SAME = "same"
    PART = "part"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Report:
    """A number that a context source prints, entered by hand with the phrase as it was seen.

    ``reads`` says in English or Chinese what a phrase in another language says; the quantity is
    what the grammar reads in it. ``figure`` is ``None`` where no figure asks for the number.
    """

    id: str
    source: str
    phrase: str
    quantity: Quantity
    nature: Nature
    measures: Pair
    figure: str | None = None
    relation: Relation = Relation.SAME
    reads: str | None = None

    @property
    def ref(self) -> str:
        """``source/report``, unique in the dataset."""
        return f"{self.source}/{self.id}"


@dataclass(frozen=True, slots=True)
class ContextSource:
    """An independent report about the same matters. ``language`` is a BCP 47 tag.

    ``host`` is where a copy stood; ``title_from`` says whether the title was seen on the page or
    read from its address. ``figures`` are those it bears on, with or without a number.
    """

    id: str
    publisher: Pair
    language: str
    seen: Seen
    shows: Pair
    figures: tuple[str, ...]
    reports: tuple[Report, ...] = ()
    publisher_original: str | None = None
    host: str | None = None
    title: str | None = None
    title_from: str = "page"
    title_translation: Pair | None = None
    url: str | None = None
    archived_url: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A number phrase that the program found in a source. Machine-made.

    ``start`` and ``end`` count characters in the block's text. ``quantity`` is ``None`` where the
    phrase was not read; ``reason`` then says why.
    """

    id: str
    source: str
    exact: str
    block: str
    start: int
    end: int
    quantity: Quantity | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link in the chain of who said it: a term's id, the role played, a neutral verb."""

    agent: str
    role: str
    verb: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's printed answer to a figure; ``quantity`` is that of its mentions."""

    id: str
    figure: str
    voice: Voice
    source: Source
    mentions: tuple[Mention, ...]
    quantity: Quantity
    nature: Nature
    measures: Pair
    attribution: tuple[Attribution, ...] = ()
    note: Pair | None = None
    period: str | None = None

    @property
    def ref(self) -> str:
        """``figure/claim``, unique in the dataset."""
        return f"{self.figure}/{self.id}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the claims of a figure stand to each other, why, and the derivations that show it.

    ``converted_at`` is the period whose average rates bring its claims into one currency.
    """

    status: Status
    reason: Pair
    shown_by: tuple[str, ...] = ()
    converted_at: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A question with a permanent id and address. It has no value of its own."""

    id: str
    topic: str
    kind: Kind
    label: Pair
    question: Pair
    finding: Pair
    summary: Pair
    claims: tuple[Claim, ...]
    comparison: Comparison
    unknowns: tuple[Pair, ...] = ()
    context: Pair | None = None
    notes: tuple[Pair, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id. Raises ``KeyError`` where there is none."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    def voices(self) -> tuple[Voice, ...]:
        """The voices that answer, in the order of their claims, each once."""
        return tuple(dict.fromkeys(claim.voice for claim in self.claims))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a group of figures is about."""

    id: str
    label: Pair


@dataclass(frozen=True, slots=True)
class Derivation:
    """Our own arithmetic: a formula over named inputs, shown with ``digits`` decimals.

    ``inputs`` maps a name of the formula to a claim (``figure/claim``), ``report:source/report``,
    ``rate:id`` or an earlier derivation (``=id``). ``display`` holds ``{value}``: the number, or
    the amount where there is a ``currency``. Negative ``digits`` round to tens, thousands ….
    """

    id: str
    figure: str
    label: Pair
    formula: str
    inputs: Mapping[str, str]
    digits: int
    display: Pair
    currency: str | None = None
    note: Pair | None = None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One mark of a chart: the claim it draws and what the row is called."""

    ref: str
    label: Pair


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of claims that share one kind and one currency or unit."""

    id: str
    kind: str
    title: Pair
    description: Pair
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another form of a name that readers may meet or search for."""

    text: str
    lang: str
    evidence: str
    note: Pair | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A name in English, Simplified Chinese and Korean, with its variants."""

    id: str
    kind: str
    en: str
    zh: str
    ko: str | None
    variants: tuple[Variant, ...]
    printed: Mapping[str, str]
    evidence: Mapping[str, str]
    ids: Mapping[str, str]
    role: Pair | None = None
    note: Pair | None = None

    def name(self, language: Language) -> str:
        """The form that pages in ``language`` use."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Rate:
    """A published exchange rate: how much ``quote`` one unit of ``base`` bought.

    The average of a year or month, or the lowest and highest (``value_max``) of a range of days.
    """

    id: str
    base: str
    quote: str
    period: str
    value: Decimal
    publisher: str
    url: str
    seen: Seen
    value_max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Retired:
    """A published id that the data no longer has: moved to another id, or withdrawn.

    ``id`` is ``figure/claim`` for a claim. Exactly one of ``moved_to`` and ``reason`` is set.
    """

    sort: str
    id: str
    date: str
    moved_to: str | None = None
    reason: Pair | None = None


class Action(StrEnum):
    """What a revision did."""

    ADDED = "added"
    VALUE = "value"
    STATUS = "status"
    WORDING = "wording"
    TRANSLATION = "translation"
    CONTEXT = "context"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Revision:
    """A dated change to a published figure or claim (``figure/claim``).

    ``old`` and ``new`` are the value in brief ("about 5000000000 USD") or the status; everything
    but an addition has a reason.
    """

    date: str
    about: str
    action: Action
    old: str | None = None
    new: str | None = None
    reason: Pair | None = None

    @property
    def figure(self) -> str:
        """The figure on whose page the revision is told."""
        return self.about.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of the data and the words: its SPDX id, its name, its address."""

    id: str
    name: Pair
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """The publication itself. ``slug`` names it in machine forms; ``version`` is semantic."""

    slug: str
    name: Pair
    description: Pair
    version: str
    published: str
    licence: Licence


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything the site says, checked.

    Mappings keep the order of the files; figures stand in the order of the topics.
    """

    sources: Mapping[str, Source]
    voices: Mapping[str, Voice]
    mentions: Mapping[str, Mapping[str, Mention]]
    topics: Mapping[str, Topic]
    figures: Mapping[str, Figure]
    derivations: Mapping[str, Derivation]
    charts: Mapping[str, Chart]
    terms: Mapping[str, Term]
    interface: Mapping[str, Pair]
    rates: Mapping[str, Rate]
    retired: Mapping[tuple[str, str], Retired]
    context: Mapping[str, ContextSource]
    revisions: tuple[Revision, ...]
    about: About

    def claim(self, ref: str) -> Claim:
        """The claim named ``figure/claim``. Raises ``KeyError`` where there is none."""
        figure, _, claim = ref.partition("/")
        return self.figures[figure].claim(claim)

    def report(self, ref: str) -> Report:
        """The report named ``source/report``. Raises ``KeyError`` where there is none."""
        source, _, name = ref.partition("/")
        for report in self.context[source].reports:
            if report.id == name:
                return report
        raise KeyError(ref)

    def reports_on(self, figure: str) -> tuple[Report, ...]:
        """What context sources print about a figure, oldest source first."""
        return tuple(r for s in self.context_of(figure) for r in s.reports if r.figure == figure)

    def context_of(self, figure: str) -> tuple[ContextSource, ...]:
        """The context sources that bear on a figure, oldest first, undated ones last."""
        bearing = (source for source in self.context.values() if figure in source.figures)
        return tuple(sorted(bearing, key=lambda source: source.issued or "9999"))

    def revisions_of(self, figure: str) -> tuple[Revision, ...]:
        """A figure's history, newest first."""
        return tuple(r for r in reversed(self.revisions) if r.figure == figure)
