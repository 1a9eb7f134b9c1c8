"""The numbers behind a chart's references, and the scales they stand on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from explainer.charts.marks import Row
from explainer.data import Chart, Claim, Dataset, Derivation, Input, Rate, Report, input_of
from explainer.derive import DerivationResult
from explainer.extract import Bound, Kind, Quantity

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_OPEN_UP = {Bound.MORE_THAN, Bound.AT_LEAST}
_OPEN_DOWN = {Bound.NEARLY, Bound.LESS_THAN, Bound.AT_MOST}
CENT = Decimal("0.01")
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True, slots=True)
class Values:
    """What the references of a chart stand for."""

    dataset: Dataset
    results: Mapping[str, DerivationResult]
    chart: Chart

    def rows(self) -> tuple[Row, ...]:
        """Return every row without marks, with the shape it names, or of who says its number."""
        rows = []
        for number, about in enumerate(self.chart.rows):
            found = tuple(input_of(self.dataset, ref) for ref in about.refs)
            rows.append(Row(number, found, about.shape or shape_of(*found[:1])))
        return tuple(rows)

    def quantity(self, found: Input) -> Quantity:
        """Return the quantity of an input; that of a derivation is its rounded result."""
        if isinstance(found, Derivation):
            kind = Kind.MONEY if found.currency else Kind.COUNT
            return Quantity(self.results[found.id].value, kind, currency=found.currency)
        return Quantity(found.value, Kind.COUNT) if isinstance(found, Rate) else found.quantity

    def value(self, found: Input) -> Decimal:
        """Return the number of an input."""
        return self.quantity(found).value

    def limit(self, found: Input) -> Decimal:
        """Return the upper limit of a range, else the number itself."""
        quantity = self.quantity(found)
        return quantity.value_max or quantity.value


def shape_of(found: Input | None = None) -> str:
    """Return the shape of who says it: a voice's, "derived", or "triangle" for all others."""
    if isinstance(found, Claim):
        return found.voice.shape
    return "derived" if isinstance(found, Derivation) else "triangle"


def style_of(found: Input) -> str:
    """Return "planned" for a plan, "faint" for a context source, else "solid"."""
    if isinstance(found, Claim | Report) and found.nature == "planned":
        return "planned"
    return "faint" if isinstance(found, Report) else "solid"


def lean_of(quantity: Quantity) -> str:
    """Return which way the printed hedge points: "up", "down" or ""."""
    if quantity.bound in _OPEN_UP:
        return "up"
    return "down" if quantity.bound in _OPEN_DOWN else ""


def round_step(span: Decimal, parts: int = 4) -> Decimal:
    """Return a round step, at most ``parts`` of which cover ``span``."""
    power = Decimal(1).scaleb((span / parts).adjusted())
    return next(power * size for size in _STEPS if power * size * parts >= span)


def round_scale(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return round ends that hold both values, and the step between ticks."""
    step = round_step(high - low) if high > low else Decimal(1)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    return first, last if last > first else first + step, step


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled value of a scale, at ``place`` per cent of its length."""

    quantity: Quantity
    place: Decimal


def scale_ticks(like: Quantity, low: Decimal, high: Decimal, step: Decimal) -> tuple[Tick, ...]:
    """Return every tick of a scale, in the unit of ``like``."""
    values = [low + step * number for number in range(int((high - low) / step) + 1)]
    return tuple(Tick(unhedged(like, value), position(value, low, high)) for value in values)


def position(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return where ``value`` lies between ``low`` and ``high``, in per cent, two decimals."""
    return ((value - low) * 100 / (high - low)).quantize(CENT)


def unhedged(like: Quantity, value: Decimal) -> Quantity:
    """Return ``value`` in the unit of ``like``, without a hedge."""
    edtf = f"{value:f}" if like.kind in (Kind.YEAR, Kind.DATE) else None
    exact = Decimal(f"{value:f}")
    return Quantity(exact, like.kind, currency=like.currency, unit=like.unit, edtf=edtf)


def anchor_at(x: Decimal) -> str:
    """Return the text anchor with which a tick's text at ``x`` per cent stays on the sheet."""
    return "start" if x < 5 else "end" if x > 90 else "middle"
