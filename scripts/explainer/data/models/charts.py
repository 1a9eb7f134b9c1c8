"""Charts: pictures of numbers that belong together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from explainer.data.models.fields import (
    NOT_EMPTY,
    ClaimRef,
    Currency,
    Edtf,
    Entity,
    Entry,
    InputRef,
    Number,
    Percent,
    References,
    Slug,
    Text,
    Yes,
)


class ChartKind(StrEnum):
    """How a chart draws its rows.

    bars: one bar a row, from zero; dots: one mark a row, on one scale; spread: all answers of a
    row, as multiples of the row's first; stack: parts of one whole, end to end; waffle: parts of
    one whole as squares, each worth the same; power: two numbers a row on two logarithmic scales;
    steps: one number a day, by who counted; chain: who has it from whom, step by step; plane:
    statements placed between two pairs of opposites; timeline: dated events, known by a certain
    day or not.
    """

    BARS = "bars"
    DOTS = "dots"
    SPREAD = "spread"
    STACK = "stack"
    WAFFLE = "waffle"
    POWER = "power"
    STEPS = "steps"
    CHAIN = "chain"
    PLANE = "plane"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class ChainStep(Entry):
    """One station of a chain: what stands there, and whether it is known."""

    text: Text
    known: Yes


@dataclass(frozen=True, slots=True)
class ChartRow(Entry):
    """One row of a chart: what it is called and the numbers that it draws.

    ``shape`` marks a row without numbers; ``x`` and ``y`` are places in per cent; ``source`` is a
    context source that an event rests on.
    """

    label: Text
    refs: Annotated[tuple[InputRef, ...], NOT_EMPTY] = ()
    note: Text | None = None
    date: Edtf | None = None
    shape: Literal["circle", "diamond", "square", "triangle", "derived"] | None = None
    source: Annotated[Slug, References("context source")] | None = None
    x: Percent | None = None
    y: Percent | None = None
    steps: Annotated[tuple[ChainStep, ...], NOT_EMPTY] = ()


@dataclass(frozen=True, slots=True)
class Slider(Entry):
    """A claim converted at rates from ``low`` to ``high``, its own units to one ``currency``."""

    ref: ClaimRef
    currency: Currency
    low: Number
    high: Number
    step: Number


@dataclass(frozen=True, slots=True)
class Chart(Entity):
    """A picture of numbers that belong together.

    ``each`` is what a square of a waffle is worth; ``guides`` are derivations drawn as lines;
    ``ceiling`` names the number that caps a count; ``until`` splits a timeline; ``axis_labels``
    name west, east, south and north of a plane, or the two scales of a power chart.
    """

    entity: ClassVar[str] = "chart"
    kind: ChartKind
    title: Text
    description: Text
    rows: Annotated[tuple[ChartRow, ...], NOT_EMPTY]
    from_zero: Yes = True
    each: Number | None = None
    guides: Annotated[tuple[Annotated[Slug, References("derivation")], ...], NOT_EMPTY] = ()
    ceiling: InputRef | None = None
    until: Edtf | None = None
    axis_labels: Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)] = ()
    slider: Slider | None = None

    @property
    def dated(self) -> bool:
        """Whether its rows have dates."""
        return any(row.date for row in self.rows)

    @property
    def refs(self) -> tuple[str, ...]:
        """Every number that the chart draws, each once."""
        return tuple(dict.fromkeys(ref for row in self.rows for ref in row.refs))
