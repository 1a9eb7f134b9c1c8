"""The range plot of a figure: its claims on one scale, and what context sources print apart.

Amounts in other currencies are converted to the currency of the first claim, at the average rates
of one period.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from explainer.charts.scales import ZERO, Tick, lean_of, position, round_scale, scale_ticks
from explainer.data import Claim, Dataset, Figure, Rate, Relation, Report
from explainer.derive import Conversion, convert
from explainer.extract import Kind, Quantity


@dataclass(frozen=True, slots=True)
class Point:
    """A number on the scale, at ``place`` per cent of its length (two decimals).

    ``lean`` says which way the printed hedge points: "up", "down" or "".
    """

    printed: Claim | Report
    quantity: Quantity
    place: Decimal
    lean: str
    conversion: Conversion | None


@dataclass(frozen=True, slots=True)
class RangePlot:
    """The points of the claims, those of the context, and the scale they stand on."""

    claims: tuple[Point, ...]
    context: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    from_zero: bool

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate that a point was converted with, each once."""
        points = (*self.claims, *self.context)
        used = (rate for point in points if point.conversion for rate in point.conversion.rates)
        return tuple(dict.fromkeys(used))


_Comparable = tuple[Claim | Report, Quantity, Conversion | None]


def make_range_plot(dataset: Dataset, figure: Figure) -> RangePlot:
    """Place a figure's claims, and the reports that answer the same question in its unit."""
    first = figure.claims[0].quantity
    reports = [r for r in dataset.reports_on(figure.id) if r.relation is Relation.SAME]
    claims = list(_comparable(dataset, figure, figure.claims))
    context = list(_comparable(dataset, figure, reports))
    quantities = [quantity for _, quantity, _ in (*claims, *context)]
    highest = max(quantity.value_max or quantity.value for quantity in quantities)
    from_zero = first.kind not in (Kind.YEAR, Kind.DATE)
    if from_zero:
        low, high, step = round_scale(ZERO, highest)
    else:  # from the year before to the year after
        lowest = min(quantity.value for quantity in quantities)
        low, high, step = lowest - 1, highest + 1, Decimal(1)

    def points(found: list[_Comparable]) -> tuple[Point, ...]:
        return tuple(
            Point(printed, quantity, position(quantity.value, low, high), lean, conversion)
            for printed, quantity, conversion in found
            for lean in [lean_of(printed.quantity)]
        )

    ticks = scale_ticks(first, low, high, step)
    return RangePlot(points(claims), points(context), ticks, from_zero)


def _comparable(
    dataset: Dataset, figure: Figure, printed: Sequence[Claim | Report]
) -> Iterator[_Comparable]:
    """Yield what has the unit of the first claim, converted to its currency where needed."""
    first = figure.claims[0].quantity
    for one in printed:
        quantity = one.quantity
        if (quantity.kind, quantity.unit) != (first.kind, first.unit):
            continue
        if quantity.currency == first.currency:
            yield one, quantity, None
        elif figure.comparison.rate_period and first.currency:
            conversion = convert(dataset, quantity, first.currency, figure.comparison.rate_period)
            if conversion:
                yield one, conversion.result, conversion
