"""Figures and their claims, our own arithmetic, charts, and what voices say in words."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from explainer.data import fields
from explainer.data.sources import Mention, Nature, Source, Voice
from explainer.extract import Kind, Quantity


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


class Attribution(fields.Entry):
    """One link in the chain of who said it: a term's id, the role played, a neutral verb."""

    agent: fields.TermId
    role: Literal["outlet", "speaker", "company", "study"]
    verb: Literal["said", "announced", "estimated", "reported", "planned", "published", "asked"]


class Claim(fields.Entity):
    """One voice's printed answer to a figure; ``quantity`` is that of its mentions.

    The loader puts the voice, source and mentions behind the ids that the file names.
    """

    voice_id: Annotated[fields.VoiceId, Field(alias="voice")]
    mention_ids: Annotated[fields.Some[fields.Slug], Field(alias="mentions")]
    nature: Nature
    scope: fields.Text
    attribution: fields.Some[Attribution] = ()
    note: fields.Text | None = None
    period: fields.Period | None = None
    figure: str = field(init=False)
    voice: Voice = field(init=False, repr=False)
    source: Source = field(init=False, repr=False)
    mentions: tuple[Mention, ...] = field(init=False, repr=False)
    quantity: Quantity = field(init=False)

    @property
    def ref(self) -> str:
        """``figure/claim``, unique among claims."""
        return f"{self.figure}/{self.id}"


class Comparison(fields.Entry):
    """How the claims of a figure stand to each other, why, and the derivations that show it.

    ``rate_period`` is the period whose average rates bring its claims into one currency.
    """

    status: Status
    reason: fields.Text
    derivations: fields.Some[fields.DerivationId] = ()
    rate_period: Annotated[fields.Edtf, fields.References("period that has rates")] | None = None


class Figure(fields.Entity):
    """A question with a permanent id and address. It has no value of its own."""

    topic: Annotated[fields.Slug, fields.References("topic")]
    kind: Kind
    label: fields.Text
    question: fields.Text
    headline: fields.Text
    summary: fields.Text
    claims: fields.Some[Claim]
    comparison: Comparison
    unknowns: fields.Some[fields.Text] = ()
    context: fields.Text | None = None
    notes: fields.Some[fields.Text] = ()
    quote_note: fields.Text | None = None  # what a quotation must add

    def __post_init__(self) -> None:
        if self.comparison.status is not Status.AGREE and not self.unknowns:
            raise fields.missing_key("unknowns")
        if self.kind is Kind.MONEY and self.comparison.rate_period is None:
            raise fields.missing_key("rate_period")
        for claim in self.claims:
            fields.set_fields(claim, figure=self.id)

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with that id. Raises ``KeyError`` where there is none."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that answer, in the order of their claims, each once."""
        return tuple({claim.voice.id: claim.voice for claim in self.claims}.values())


class Topic(fields.Entity):
    """What a group of figures is about."""

    label: fields.Text


class Theme(Topic):
    """What a group of statements is about."""


class Statement(fields.Entity):
    """A point that a voice makes in words, paraphrased, with the blocks where it stands."""

    theme: Annotated[fields.Slug, fields.References("theme")]
    voice_id: Annotated[fields.VoiceId, Field(alias="voice")]
    blocks: fields.Some[fields.Block]
    text: fields.Text
    voice: Voice = field(init=False, repr=False)


_Variable = Annotated[str, fields.text("[a-z]+")]


class Derivation(fields.Entity):
    """Our own arithmetic: a formula over named inputs, shown with ``decimals`` decimals.

    ``inputs`` maps a name of the formula to a claim (``figure/claim``), ``report:source/report``,
    ``rate:id`` or an earlier derivation (``=id``). ``display`` holds ``{value}``: the number, or
    the amount where there is a ``currency``. Negative ``decimals`` round to tens, thousands ….
    """

    figure: fields.FigureId
    label: fields.Text
    formula: Annotated[str, Field(pattern="^[a-z0-9+*/(). -]+$", max_length=200)]
    inputs: Annotated[Mapping[_Variable, fields.InputRef], Field(min_length=1)]
    decimals: Annotated[int, fields.number(int, "[0-6]|-[1-9]|-1[0-2]")]
    display: fields.Text
    currency: fields.Currency | None = None
    note: fields.Text | None = None


class Level(StrEnum):
    """How sure a note of the prose is."""

    ESTABLISHED = "established"
    """Several sources or arithmetic show it, and nothing on the site contradicts it."""
    CONSISTENT = "consistent"
    """It fits, and other explanations fit too."""
    UNKNOWN = "unknown"


class Assertion(fields.Entry):
    """What a note says of two numbers, named as a derivation names its inputs."""

    left: fields.InputRef
    relation: Annotated[
        Literal["more_than", "at_least", "about", "less_than", "at_most"], Field(alias="is")
    ]
    right: fields.InputRef


class Grade(fields.Entity):
    """The grade of one note: its page, its level, and the ids that it rests on."""

    page: fields.Slug
    level: Level
    rests_on: fields.Some[fields.InputRef]
    asserts: Assertion | None = None


class ChartKind(StrEnum):
    """How a chart draws its rows.

    bars: a bar for each number of a row, from zero; columns: a
    year or period a row, side by side; spread: all answers of a row, as multiples of the row's
    first; waffle: squares, each worth the same; slopes: a line from a row's first number to its
    second, on one logarithmic scale; steps: one number a day, by who counted; ring: steps of which
    the last leads to the first; chain: who has it from whom, step by step; timeline: dated events,
    known by a certain day or not.
    """

    BARS = "bars"
    COLUMNS = "columns"
    SPREAD = "spread"
    WAFFLE = "waffle"
    SLOPES = "slopes"
    STEPS = "steps"
    RING = "ring"
    CHAIN = "chain"
    TIMELINE = "timeline"


class ChainStep(fields.Entry):
    """One station of a chain: what stands there, and whether it is known."""

    text: fields.Text
    known: fields.Yes


class ChartRow(fields.Entry):
    """One row of a chart: what it is called and the numbers that it draws.

    ``shape`` marks a row without numbers, or counts of another kind; ``source`` is a context source
    that an event rests on; ``style`` is for numbers that are planned, or that no source stands
    behind; ``across`` is how many of the first columns a number is the average of.
    """

    label: fields.Text
    refs: fields.Some[fields.InputRef] = ()
    note: fields.Text | None = None
    date: fields.Edtf | None = None
    shape: Literal["circle", "diamond", "square", "triangle", "open", "derived"] | None = None
    source: Annotated[fields.Slug, fields.References("context source")] | None = None
    style: Literal["planned", "unsourced"] | None = None
    across: Annotated[int, fields.number(int, "[1-9]")] | None = None
    steps: fields.Some[ChainStep] = ()


class Slider(fields.Entry):
    """A claim converted at rates from ``low`` to ``high``, its own units to one ``currency``."""

    ref: fields.ClaimRef
    currency: fields.Currency
    low: fields.Number
    high: fields.Number
    step: fields.Number


class Chart(fields.Entity):
    """A picture of numbers that belong together.

    ``series`` names what the first, second … number of a row is; ``each`` is what a square of a
    waffle is worth, the first row's number if not given; ``ceiling`` names the number that caps a
    count; ``until`` splits a timeline.
    """

    kind: ChartKind
    title: fields.Text
    description: fields.Text
    rows: fields.Some[ChartRow]
    series: fields.Some[fields.Text] = ()
    each: fields.Number | None = None
    ceiling: fields.InputRef | None = None
    until: fields.Edtf | None = None
    slider: Slider | None = None

    @property
    def dated(self) -> bool:
        """Whether its rows have dates."""
        return any(row.date for row in self.rows)

    @property
    def refs(self) -> tuple[str, ...]:
        """Every number that the chart draws, each once."""
        return tuple(dict.fromkeys(ref for row in self.rows for ref in row.refs))
