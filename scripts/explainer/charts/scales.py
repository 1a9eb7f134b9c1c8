"""The numbers behind a chart's references, and the scales they stand on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from explainer.data import Chart, Claim, Dataset, Derivation, Input, Nature, Rate, Report, input_of
from explainer.derive import DerivationResult
from explainer.extract import Bound, Kind, Quantity

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_OPEN_UP = {Bound.MORE_THAN, Bound.AT_LEAST}
_OPEN_DOWN = {Bound.NEARLY, Bound.LESS_THAN, Bound.AT_MOST}
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Values:
    """What a chart's references stand for."""

    dataset: Dataset
    reckoned: Mapping[str, DerivationResult]
    chart: Chart

    def inputs(self, row: int) -> tuple[Input, ...]:
        """The inputs of a row."""
        return tuple(input_of(self.dataset, ref) for ref in self.chart.rows[row].refs)

    def quantity(self, found: Input) -> Quantity:
        """An input's quantity; a derivation's is its rounded result."""
        match found:
            case Claim() | Report():
                return found.quantity
            case Rate():
                return Quantity(found.value, Kind.COUNT)
            case Derivation():
                kind = Kind.MONEY if found.currency else Kind.COUNT
                return Quantity(self.reckoned[found.id].value, kind, currency=found.currency)

    def value(self, found: Input) -> Decimal:
        """An input's number."""
        return self.quantity(found).value


def shape_of(found: Input) -> str:
    """Who speaks: a voice, a context source, or we."""
    match found:
        case Claim():
            return found.voice.shape
        case Derivation():
            return "derived"
        case Report() | Rate():
            return "triangle"


def style_of(found: Input) -> str:
    """A plan is an outline, what is not the articles' own stays faint."""
    if isinstance(found, Claim | Report) and found.nature is Nature.PLANNED:
        return "planned"
    return "faint" if isinstance(found, Report) else "solid"


def lean(quantity: Quantity) -> str:
    """Which way the printed hedge points."""
    if quantity.bound in _OPEN_UP:
        return "up"
    return "down" if quantity.bound in _OPEN_DOWN else ""


def round_step(span: Decimal, parts: int = 4) -> Decimal:
    """A round step, at most ``parts`` of which cover ``span``."""
    power = Decimal(1).scaleb((span / parts).adjusted())
    return next(power * size for size in _STEPS if power * size * parts >= span)


def round_scale(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Round ends that hold both values, and the step between ticks."""
    step = round_step(high - low) if high > low else Decimal(1)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    return first, last if last > first else first + step, step


def place(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Where ``value`` lies between ``low`` and ``high``, in per cent, two decimals."""
    return ((value - low) * 100 / (high - low)).quantize(CENT)


def plain(like: Quantity, value: Decimal) -> Quantity:
    """A tick's quantity: the value in the measure of ``like``, without a hedge."""
    edtf = f"{value:f}" if like.kind in (Kind.YEAR, Kind.DATE) else None
    exact = Decimal(f"{value:f}")
    return Quantity(exact, like.kind, currency=like.currency, unit=like.unit, edtf=edtf)


def anchored(where: Decimal) -> str:
    """How a tick's text hangs, so that it stays on the sheet."""
    return "start" if where < 5 else "end" if where > 95 else "middle"


def ends(values: Sequence[Decimal], *, from_zero: bool) -> tuple[Decimal, Decimal, Decimal]:
    """The scale for ``values``."""
    return round_scale(Decimal(0) if from_zero else min(values), max(values))
