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
    url_note: Pair | None = None


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

    @property
    def ref(self) -> str:
        """``figure/claim``, unique in the dataset."""
        return f"{self.figure}/{self.id}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the claims of a figure stand to each other, why, and the derivations that show it."""

    status: Status
    reason: Pair
    shown_by: tuple[str, ...] = ()


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
    """Our own arithmetic on claims: a formula over named inputs, shown with ``digits`` decimals.

    ``inputs`` maps a name of the formula to ``figure/claim``. ``display`` holds ``{value}``.
    """

    id: str
    figure: str
    label: Pair
    formula: str
    inputs: Mapping[str, str]
    digits: int
    display: Pair


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
    """A published average exchange rate: how much ``quote`` one unit of ``base`` bought.

    ``seen`` is ``page`` where the number stood on the publisher's own page, ``copy`` otherwise.
    """

    id: str
    base: str
    quote: str
    period: str
    value: Decimal
    publisher: str
    url: str
    seen: str


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

    def claim(self, ref: str) -> Claim:
        """The claim named ``figure/claim``. Raises ``KeyError`` where there is none."""
        figure, _, claim = ref.partition("/")
        return self.figures[figure].claim(claim)
