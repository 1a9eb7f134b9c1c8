"""What is made of claims: our own arithmetic, and charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from explainer.data.model.texts import Text


@dataclass(frozen=True, slots=True)
class Derivation:
    """Our own arithmetic: a formula over named inputs, shown with ``digits`` decimals.

    ``inputs`` maps a name of the formula to a claim (``figure/claim``), ``report:source/report``,
    ``rate:id`` or an earlier derivation (``=id``). ``display`` holds ``{value}``: the number, or
    the amount where there is a ``currency``. Negative ``digits`` round to tens, thousands ….
    """

    id: str
    figure: str
    label: Text
    formula: str
    inputs: Mapping[str, str]
    decimals: int
    display: Text
    currency: str | None = None
    note: Text | None = None


class ChartKind(StrEnum):
    """How a chart draws its rows."""

    BARS = "bars"
    """One bar a row, from zero."""
    DOTS = "dots"
    """One mark a row, on one scale."""
    SPREAD = "spread"
    """All answers of a row, as multiples of the row's first."""
    STACK = "stack"
    """Parts of one whole, end to end."""
    WAFFLE = "waffle"
    """Parts of one whole as squares, each worth the same."""
    POWER = "power"
    """Two numbers a row on two logarithmic scales; lines of one multiple are straight."""
    STEPS = "steps"
    """One number a day, by who counted."""
    CHAIN = "chain"
    """Who has it from whom, step by step."""
    PLANE = "plane"
    """Statements placed between two pairs of opposites."""
    TIMELINE = "timeline"
    """Dated events, known by a certain day or not."""


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One station of a chain: what stands there, and whether it is known."""

    text: Text
    known: bool


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a chart: what it is called and the numbers that it draws.

    ``refs`` name inputs as formulas do. ``shape`` marks a row without numbers; ``x`` and ``y``
    are places in per cent; ``source`` is a context source that an event rests on.
    """

    label: Text
    refs: tuple[str, ...] = ()
    note: Text | None = None
    date: str | None = None
    shape: str | None = None
    source: str | None = None
    x: Decimal | None = None
    y: Decimal | None = None
    steps: tuple[ChainStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Slider:
    """A claim converted at rates from ``low`` to ``high``, its own units to one ``currency``."""

    ref: str
    currency: str
    low: Decimal
    high: Decimal
    step: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of numbers that belong together.

    ``each`` is what a square of a waffle is worth; ``multiples`` are derivations drawn as lines;
    ``ceiling`` names the number that caps a count; ``until`` splits a timeline; ``ends`` name the
    ends of a plane, or the scales of a power chart.
    """

    id: str
    kind: ChartKind
    title: Text
    description: Text
    rows: tuple[ChartRow, ...]
    from_zero: bool = True
    each: Decimal | None = None
    guides: tuple[str, ...] = ()
    ceiling: str | None = None
    until: str | None = None
    axis_labels: tuple[Text, ...] = ()
    slider: Slider | None = None

    @property
    def dated(self) -> bool:
        """Whether its rows have dates."""
        return any(row.date for row in self.rows)

    @property
    def refs(self) -> tuple[str, ...]:
        """Every number that the chart draws, each once."""
        return tuple(dict.fromkeys(ref for row in self.rows for ref in row.refs))
