"""Numbers on scales: those behind a chart's references, and a figure's claims as a range plot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from explainer.charts.marks import Row, Tag
from explainer.data import (
    Chart,
    ChartKind,
    Claim,
    Dataset,
    Derivation,
    Figure,
    Input,
    Rate,
    Relation,
    Report,
)
from explainer.derive import Conversion, DerivationResult, convert
from explainer.extract import Bound, Kind, Quantity

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_LEANS: Mapping[Bound, str] = {
    **dict.fromkeys((Bound.MORE_THAN, Bound.AT_LEAST), "up"),
    **dict.fromkeys((Bound.NEARLY, Bound.LESS_THAN, Bound.AT_MOST), "down"),
}
CENT = Decimal("0.01")
ZERO, HUNDRED = Decimal(0), Decimal(100)


def make_rows(
    dataset: Dataset, results: Mapping[str, DerivationResult], chart: Chart
) -> tuple[Row, ...]:
    """Return every row without marks, with the shape it names, or of who says its number."""
    rows = []
    for number, about in enumerate(chart.rows):
        inputs = tuple(dataset.inputs[ref] for ref in about.refs)
        quantities = tuple(_quantity_of(one, results) for one in inputs)
        plotted: tuple[Quantity, ...] = ()
        if chart.kind is ChartKind.SPREAD and len(inputs) > 1:
            pairs = zip(inputs, quantities, strict=True)
            plotted = tuple(_multiple(dataset, *pair, quantities[0]) for pair in pairs)
        shape = about.shape or shape_of(*inputs[:1])
        rows.append(Row(number, inputs, quantities, shape, plotted))
    return tuple(rows)


def _quantity_of(found: Input, results: Mapping[str, DerivationResult]) -> Quantity:
    """Return the quantity of an input; that of a derivation is its rounded result."""
    if isinstance(found, Derivation):
        kind = Kind.MONEY if found.currency else Kind.COUNT
        return Quantity(results[found.id].value, kind, currency=found.currency)
    return Quantity(found.value, Kind.COUNT) if isinstance(found, Rate) else found.quantity


def _multiple(dataset: Dataset, one: Input, quantity: Quantity, base: Quantity) -> Quantity:
    """Divide a quantity by the first of its row, in its currency where it is a claim's."""
    if quantity.currency != base.currency and isinstance(one, Claim):
        period = dataset.figures[one.figure].comparison.rate_period or ""
        conversion = convert(dataset, quantity, base.currency or "", period)
        quantity = conversion.result if conversion else quantity
    return Quantity((quantity.value / base.value).quantize(CENT), Kind.MULTIPLE)


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


def round_scale(low: Decimal, high: Decimal, parts: int = 4) -> tuple[Decimal, Decimal, Decimal]:
    """Return round ends that hold both values, and the round step between ticks.

    At most ``parts`` steps cover the values; the ends may add one on each side.
    """
    span = high - low or Decimal(parts)
    power = Decimal(1).scaleb((span / parts).adjusted())
    step = next(power * size for size in _STEPS if power * size * parts >= span)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    return first, last if last > first else first + step, step


def scale_ticks(like: Quantity, low: Decimal, high: Decimal, step: Decimal) -> tuple[Tag, ...]:
    """Return every labelled value of a scale, in the unit of ``like`` and without a hedge."""
    ticks = []
    for number in range(int((high - low) / step) + 1):
        value = Decimal(f"{low + step * number:f}")
        x = position(value, low, high)
        anchor = "start" if x < 5 else "end" if x > 90 else "middle"
        edtf = str(value) if like.kind in (Kind.YEAR, Kind.DATE) else None
        shown = Quantity(value, like.kind, currency=like.currency, unit=like.unit, edtf=edtf)
        ticks.append(Tag(x, 18, shown, anchor))
    return tuple(ticks)


def position(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return where ``value`` lies between ``low`` and ``high``, in per cent, two decimals."""
    return ((value - low) * 100 / (high - low)).quantize(CENT)


@dataclass(frozen=True, slots=True)
class Point:
    """A printed number on a scale, at ``place`` per cent of its length (two decimals).

    ``quantity`` is what it says, or what its ``conversion`` makes of that.
    """

    printed: Claim | Report
    conversion: Conversion | None
    place: Decimal = ZERO

    @property
    def quantity(self) -> Quantity:
        """The quantity in the unit of the scale."""
        return self.conversion.result if self.conversion else self.printed.quantity

    @property
    def lean(self) -> str:
        """Which way the printed hedge points: "up", "down" or ""."""
        return _LEANS.get(self.printed.quantity.bound, "")


@dataclass(frozen=True, slots=True)
class RangePlot:
    """The points of the claims, those of the context, and the scale they stand on."""

    claims: tuple[Point, ...]
    context: tuple[Point, ...]
    ticks: tuple[Tag, ...]
    from_zero: bool

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate that a point was converted with, each once."""
        points = (*self.claims, *self.context)
        used = (rate for point in points if point.conversion for rate in point.conversion.rates)
        return tuple(dict.fromkeys(used))


def make_range_plot(dataset: Dataset, figure: Figure) -> RangePlot:
    """Place a figure's claims, and the reports that answer the same question in its unit.

    Amounts in other currencies are converted to the currency of the first claim, at the average
    rates of one period.
    """
    first = figure.claims[0].quantity
    reports = [r for r in dataset.reports_on(figure.id) if r.relation is Relation.SAME]
    claims = tuple(_comparable(dataset, figure, figure.claims))
    context = tuple(_comparable(dataset, figure, reports))
    quantities = [point.quantity for point in (*claims, *context)]
    highest = max(quantity.value_max or quantity.value for quantity in quantities)
    from_zero = first.kind not in (Kind.YEAR, Kind.DATE)
    if from_zero:
        low, high, step = round_scale(ZERO, highest)
    else:  # from the year before to the year after
        lowest = min(quantity.value for quantity in quantities)
        low, high, step = lowest - 1, highest + 1, Decimal(1)

    def placed(points: Sequence[Point]) -> tuple[Point, ...]:
        return tuple(replace(p, place=position(p.quantity.value, low, high)) for p in points)

    return RangePlot(
        placed(claims), placed(context), scale_ticks(first, low, high, step), from_zero
    )


def _comparable(
    dataset: Dataset, figure: Figure, printed: Sequence[Claim | Report]
) -> Iterator[Point]:
    """Yield what has the unit of the first claim, converted to its currency where needed."""
    first, period = figure.claims[0].quantity, figure.comparison.rate_period
    for one in printed:
        quantity = one.quantity
        if (quantity.kind, quantity.unit) != (first.kind, first.unit):
            continue
        if quantity.currency == first.currency:
            yield Point(one, None)
        elif period and first.currency:
            conversion = convert(dataset, quantity, first.currency, period)
            if conversion:
                yield Point(one, conversion)
