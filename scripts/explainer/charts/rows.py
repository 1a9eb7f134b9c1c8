"""Charts whose rows share one scale: bars, dots, spreads and stacks."""

from decimal import Decimal

from explainer.charts.marks import Bar, Dot, Drawing, Line, Mark, Row, Tag
from explainer.charts.scales import (
    ZERO,
    Values,
    anchor_at,
    lean_of,
    position,
    round_scale,
    scale_ticks,
    shape_of,
    style_of,
)
from explainer.data import Claim, Input
from explainer.derive import convert
from explainer.extract import Kind, Quantity

ROW, MIDDLE, BAR, STACK = 28, 14, 22, 34
PARTS = ("part-one", "part-two", "part-three")
"""Shades that tell parts of one whole apart; none of them is a voice's colour."""


def draw_bars(values: Values) -> Drawing:
    """Draw one bar a row, from zero to the row's number; the longest fills the width."""
    found = values.first_inputs()
    longest = max(values.value(one) for one in found)
    rows = []
    for number, one in enumerate(found):
        width, shape = position(values.value(one), ZERO, longest), shape_of(one)
        bar = Bar(ZERO, 0, width, BAR, shape, style_of(one))
        rows.append(Row(number, (one,), shape, (bar,), BAR))
    return Drawing(tuple(rows))


def draw_dots(values: Values) -> Drawing:
    """Draw one mark a row on one scale; with a stem from zero where the scale begins there."""
    found = values.first_inputs()
    numbers = [values.value(one) for one in found]
    from_zero = values.chart.from_zero
    low, high, step = round_scale(ZERO if from_zero else min(numbers), max(numbers))
    rows = []
    for number, one in enumerate(found):
        x, shape = position(numbers[number], low, high), shape_of(one)
        dot = Dot(x, MIDDLE, shape, shape == "triangle", lean_of(values.quantity(one)))
        stem = (Line(ZERO, MIDDLE, x, MIDDLE, "stem", shape),) if from_zero else ()
        rows.append(Row(number, (one,), shape, (*stem, dot), ROW))
    return Drawing(tuple(rows), scale=_scale_tags(values.quantity(found[0]), low, high, step))


def draw_spread(values: Values) -> Drawing:
    """Draw every answer of a row as a multiple of the row's first, on one scale."""
    multiples = [
        [_multiple(values, one, values.inputs(number)[0]) for one in values.inputs(number)]
        for number in range(len(values.chart.rows))
    ]
    most = max(value for row in multiples for value in row)
    low, high, step = round_scale(Decimal("0.5"), most)
    rows = []
    for number, row in enumerate(multiples):
        found = values.inputs(number)
        places = [position(value, low, high) for value in row]
        line = Line(min(places), MIDDLE, max(places), MIDDLE, "stem")
        marks = [Dot(x, MIDDLE, shape_of(one)) for one, x in zip(found, places, strict=True)]
        rows.append(Row(number, found, shape_of(found[0]), (line, *marks), ROW))
    one = Quantity(Decimal(1), Kind.MULTIPLE)
    return Drawing(tuple(rows), scale=_scale_tags(one, low, high, step))


def _multiple(values: Values, one: Input, first: Input) -> Decimal:
    """Divide an input by the first of its row, in the first's currency where it is a claim."""
    quantity, base = values.quantity(one), values.quantity(first)
    if quantity.currency != base.currency and isinstance(one, Claim):
        period = values.dataset.figures[one.figure].comparison.rate_period or ""
        conversion = convert(values.dataset, quantity, base.currency or "", period)
        quantity = conversion.result if conversion else quantity
    return quantity.value / base.value


def draw_stack(values: Values) -> Drawing:
    """Draw the rows' numbers end to end in one bar above them."""
    found = values.first_inputs()
    whole = sum((values.value(one) for one in found), ZERO)
    field: list[Mark] = []
    rows = []
    start = ZERO
    for number, one in enumerate(found):
        width, shape = position(values.value(one), ZERO, whole), PARTS[number % len(PARTS)]
        field.append(Bar(start, 0, width, STACK, shape))
        rows.append(Row(number, (one,), shape))
        start += width
    return Drawing(tuple(rows), tuple(field), STACK)


def _scale_tags(like: Quantity, low: Decimal, high: Decimal, step: Decimal) -> tuple[Tag, ...]:
    ticks = scale_ticks(like, low, high, step)
    return tuple(Tag(tick.place, 18, tick.quantity, anchor_at(tick.place)) for tick in ticks)
