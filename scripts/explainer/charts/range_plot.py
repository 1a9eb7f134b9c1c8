"""A strip: the answers to one question as marks on one scale, what others printed apart.

Amounts in other currencies are brought to the currency of the first claim at the average rates of
one period. Pure; templates and pictures draw it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from explainer.charts.scales import lean, plain, round_scale
from explainer.data import Claim, Dataset, Figure, Rate, Relation, Report
from explainer.derive import Conversion, convert
from explainer.extract import Kind, Quantity


@dataclass(frozen=True, slots=True)
class Stroke:
    """One number on the scale. ``place`` is in per cent of the scale's length, two decimals.

    ``lean`` tells which way the printed hedge points: up, down, or nowhere ("").
    """

    printed: Claim | Report
    quantity: Quantity
    place: Decimal
    lean: str
    conversion: Conversion | None


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled value of the scale."""

    quantity: Quantity
    place: Decimal


@dataclass(frozen=True, slots=True)
class Strip:
    """The marks of the claims, those of the context, and the scale they stand on."""

    claims: tuple[Stroke, ...]
    context: tuple[Stroke, ...]
    ticks: tuple[Tick, ...]
    from_zero: bool

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate that a mark was brought over with, each once."""
        used = [
            rate
            for mark in (*self.claims, *self.context)
            if mark.conversion
            for rate in mark.conversion.rates
        ]
        return tuple(dict.fromkeys(used))


def strip(dataset: Dataset, figure: Figure) -> Strip:
    """The strip of a figure. Reports that answer another question, or in another unit, stay out."""
    first = figure.claims[0].quantity
    reports = [r for r in dataset.reports_on(figure.id) if r.relation is Relation.SAME]
    claims = list(_comparable(dataset, figure, first, figure.claims))
    context = list(_comparable(dataset, figure, first, reports))
    values = [quantity.value_max or quantity.value for _, quantity, _ in (*claims, *context)]
    lows = [quantity.value for _, quantity, _ in (*claims, *context)]
    from_zero = first.kind not in (Kind.YEAR, Kind.DATE)
    low, high, step = _scale(lows, values, from_zero=from_zero)

    def place(value: Decimal) -> Decimal:
        return ((value - low) * 100 / (high - low)).quantize(Decimal("0.01"))

    def marks(found: list[_Found]) -> tuple[Stroke, ...]:
        return tuple(
            Stroke(printed, quantity, place(quantity.value), lean(printed.quantity), conversion)
            for printed, quantity, conversion in found
        )

    count = int((high - low) / step)
    ticks = tuple(
        Tick(plain(first, low + step * n), place(low + step * n)) for n in range(count + 1)
    )
    return Strip(marks(claims), marks(context), ticks, from_zero)


_Found = tuple[Claim | Report, Quantity, Conversion | None]


def _comparable(
    dataset: Dataset, figure: Figure, first: Quantity, printed: "list[Report] | tuple[Claim, ...]"
) -> Iterator[_Found]:
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


def _scale(
    lows: list[Decimal], highs: list[Decimal], *, from_zero: bool
) -> tuple[Decimal, Decimal, Decimal]:
    """From zero with round steps; years stand between the year before and the year after."""
    if from_zero:
        return round_scale(Decimal(0), max(highs))
    return min(lows) - 1, max(highs) + 1, Decimal(1)
