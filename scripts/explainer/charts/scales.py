"""Numbers on scales: round ends and ticks, and a figure's claims as a range plot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from explainer.charts.svg import HUNDRED, ZERO, Plot, dot, element, line, tag, write_length
from explainer.data import Claim, Dataset, Figure, Rate, Report
from explainer.derive import Conversion, convert
from explainer.extract import Bound, Kind, Quantity
from explainer.i18n import Localizer

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
LEANS: Mapping[Bound, str] = {
    **dict.fromkeys((Bound.MORE_THAN, Bound.AT_LEAST), "up"),
    **dict.fromkeys((Bound.NEARLY, Bound.LESS_THAN, Bound.AT_MOST), "down"),
}
"""Which way a printed hedge points."""
CENT = Decimal("0.01")


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


def draw_scale(
    words: Localizer, like: Quantity, low: Decimal, high: Decimal, step: Decimal
) -> Plot:
    """Draw every value of a scale, in the unit of ``like`` and without a hedge."""
    ticks, count = "", int((high - low) / step)
    for number in range(count + 1):
        value = Decimal(f"{low + step * number:f}")
        x = position(value, low, high)
        anchor = "start" if x < 5 else "end" if x > 90 else ""
        edtf = str(value) if like.kind in (Kind.YEAR, Kind.DATE) else None
        shown = Quantity(value, like.kind, currency=like.currency, unit=like.unit, edtf=edtf)
        name = "tag tag--between" if 0 < number < count else "tag"
        ticks += tag(x, 18, words.format_unhedged(shown), anchor, class_=name)
    return Plot(ticks, 26)


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

    def draw(self, *, with_stem: bool) -> str:
        """Draw the shape of who says it with its hedge, perhaps at the end of a stem from zero.

        Scripts move what has a currency, when a reader chooses other rates.
        """
        printed, shape, lean = self.printed, "open", ""
        currency = (self.conversion and printed.quantity.currency) or ""
        if isinstance(printed, Claim):
            shape, lean = printed.voice.shape, LEANS.get(printed.quantity.bound, "")
        marks = line(ZERO, 14, HUNDRED, 14, shape, 2) if with_stem else ""
        marks += dot(HUNDRED, 14, shape, lean)
        width = write_length(self.place)
        return element("svg", marks, width=width, overflow="visible", data_money=currency)


@dataclass(frozen=True, slots=True)
class RangePlot:
    """The points of the claims with a plot for each, those of the context, and their scale."""

    claims: tuple[tuple[Point, Plot], ...]
    context: tuple[Point, ...]
    context_plot: Plot
    scale: Plot

    @property
    def rates(self) -> tuple[Rate, ...]:
        """Every rate that a point was converted with, each once."""
        points = (*(point for point, _ in self.claims), *self.context)
        used = (rate for point in points if point.conversion for rate in point.conversion.rates)
        return tuple(dict.fromkeys(used))


def make_range_plot(words: Localizer, figure: Figure) -> RangePlot:
    """Place a figure's claims, and the reports that answer the same question in its unit.

    Amounts in other currencies are converted to the currency of the first claim, at the average
    rates of one period.
    """
    data, first = words.dataset, figure.claims[0].quantity
    reports = [r for r in data.reports_on(figure.id) if r.relation == "same"]
    printed: list[Claim | Report] = [*figure.claims, *reports]
    found = (_make_point(data, figure, one) for one in printed)
    points = [point for point in found if point]
    highest = max(point.quantity.value_max or point.quantity.value for point in points)
    from_zero = first.kind not in (Kind.YEAR, Kind.DATE)
    if from_zero:
        low, high, step = round_scale(ZERO, highest)
    else:  # from the year before to the year after
        low, high, step = min(p.quantity.value for p in points) - 1, highest + 1, Decimal(1)
    points = [replace(p, place=position(p.quantity.value, low, high)) for p in points]
    claims = [point for point in points if isinstance(point.printed, Claim)]
    context = tuple(points[len(claims) :])
    # Marks that would hide each other are drawn once.
    marks = dict.fromkeys(point.draw(with_stem=False) for point in context)
    return RangePlot(
        tuple((point, Plot(point.draw(with_stem=from_zero), 28)) for point in claims),
        context,
        Plot("".join(marks), 28),
        draw_scale(words, first, low, high, step),
    )


def _make_point(data: Dataset, figure: Figure, printed: Claim | Report) -> Point | None:
    """Return what has the unit of the first claim, converted to its currency where needed."""
    first, quantity = figure.claims[0].quantity, printed.quantity
    if (quantity.kind, quantity.unit) != (first.kind, first.unit):
        return None
    if quantity.currency == first.currency:
        return Point(printed, None)
    period = figure.comparison.rate_period
    conversion = period and first.currency and convert(data, quantity, first.currency, period)
    return Point(printed, conversion) if conversion else None
