"""Charts whose rows share one scale: bars, columns, spreads and waffles."""

from decimal import Decimal

from explainer.charts.marks import Bar, Dot, Drawing, Line, Mark, Plot, Row, Square, Tag
from explainer.charts.scales import (
    CENT,
    HUNDRED,
    ZERO,
    Values,
    anchor_at,
    position,
    round_scale,
    scale_ticks,
    shape_of,
    style_of,
)
from explainer.data import Claim, Input
from explainer.derive import convert
from explainer.extract import Kind, Quantity

ROW, MIDDLE, BAR, COLUMN = 32, 16, 20, 320
PARTS = ("part-one", "part-two", "part-three")
"""Shades that tell parts of one whole apart; none of them is a voice's colour."""


def draw_bars(values: Values) -> Drawing:
    """Draw a bar for every number, from zero, each series on a scale of its own.

    The longest fills the room; a range goes on, lighter, from its lower to its upper limit.
    """
    found = [values.inputs(number) for number in range(len(values.chart.rows))]
    longest = [max(values.limit(one) for one in series) for series in zip(*found, strict=True)]
    rows = []
    for number, inputs in enumerate(found):
        plots = tuple(_bar(values, *pair) for pair in zip(inputs, longest, strict=True))
        rows.append(Row(number, inputs, shape_of(inputs[0]), plots))
    return Drawing(tuple(rows))


def _bar(values: Values, one: Input, longest: Decimal) -> Plot:
    low, high, shape = values.value(one), values.limit(one), shape_of(one)
    part = position(low, ZERO, high)
    marks = [Bar(ZERO, 0, part, BAR, shape, style_of(one))]
    if low < high:
        marks.append(Bar(part, 0, HUNDRED - part, BAR, shape, "range"))
    return Plot(tuple(marks), BAR, position(high, ZERO, longest))


def draw_columns(values: Values) -> Drawing:
    """Draw a column a row; a second number fills its column from below, up to its own height.

    An average is a line across the columns that it is the average of.
    """
    about = values.chart.rows
    found = [values.inputs(number) for number in range(len(about))]
    highest = max(values.value(one) for inputs in found for one in inputs)
    line = next((number for number, row in enumerate(about) if row.across), None)
    rows: list[Row] = []
    for number, inputs in enumerate(found):
        styles = [about[number].style or style_of(inputs[0]), "faint"]
        width = position(values.value(inputs[0]), ZERO, highest)
        flat: list[Mark] = []
        tall: list[Mark] = []
        height = _height(values.value(inputs[0]), highest)
        for one, style in zip(inputs, styles, strict=False):
            shape, part = shape_of(one), position(values.value(one), ZERO, values.value(inputs[0]))
            part_height = _height(values.value(one), highest)
            flat.append(Bar(ZERO, 0, part, BAR, shape, style))
            tall.append(Bar(ZERO, height - part_height, HUNDRED, part_height, shape, style))
        marks: list[Mark] = [*tall[::-1]]
        if line is not None and len(rows) < (about[line].across or 0):
            y = height - _height(values.value(found[line][0]), highest)
            marks.append(
                Line(Decimal(-16), y, Decimal(116), y, "average", shape_of(found[line][0]))
            )
            if not rows:
                marks.append(Tag(Decimal(-16), y - 26, about[line].label, "start"))
                marks.append(Tag(Decimal(-16), y - 8, found[line][0], "start", "ink"))
        column = None if number == line else Plot(tuple(marks), height)
        plot = Plot(tuple(flat[::-1]), BAR, width)
        rows.append(Row(number, inputs, shape_of(inputs[0]), (plot,), column))
    return Drawing(tuple(rows))


def _height(value: Decimal, highest: Decimal) -> int:
    return int((value * COLUMN / highest).to_integral_value())


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
        marks: list[Mark] = [Line(min(places), MIDDLE, max(places), MIDDLE, "stem")]
        for index, (one, x) in enumerate(zip(found, places, strict=True)):
            is_near = any(abs(x - other) < 8 for other in places[:index] + places[index + 1 :])
            # Two marks that would read as one stand above and below the line.
            y = MIDDLE + (9 if index % 2 else -9) * is_near
            marks.append(Dot(x, y, shape_of(one)))
        plotted = tuple(Quantity(value.quantize(CENT), Kind.MULTIPLE) for value in row)
        plot = Plot(tuple(marks), ROW)
        rows.append(Row(number, found, shape_of(found[0]), (plot,), plotted=plotted))
    ticks = scale_ticks(Quantity(Decimal(1), Kind.MULTIPLE), low, high, step)
    scale = (Tag(tick.place, 18, tick.quantity, anchor_at(tick.place)) for tick in ticks)
    return Drawing(tuple(rows), scale=tuple(scale))


def _multiple(values: Values, one: Input, first: Input) -> Decimal:
    """Divide an input by the first of its row, in the first's currency where it is a claim."""
    quantity, base = values.quantity(one), values.quantity(first)
    if quantity.currency != base.currency and isinstance(one, Claim):
        period = values.dataset.figures[one.figure].comparison.rate_period or ""
        conversion = convert(values.dataset, quantity, base.currency or "", period)
        quantity = conversion.result if conversion else quantity
    return quantity.value / base.value


def draw_waffle(values: Values) -> Drawing:
    """Draw each row as squares worth ``each``, or the first row's number; few squares are large."""
    found = values.first_inputs()
    each = values.chart.each or values.value(found[0])
    counts = [int((values.value(one) / each).to_integral_value()) for one in found]
    side, columns = (20, 11) if sum(counts) < 80 else (12, 17)
    rows = []
    for number, (one, count) in enumerate(zip(found, counts, strict=True)):
        shape = PARTS[number % len(PARTS)]
        places = [divmod(index, columns) for index in range(count)]
        squares = (Square(x * (side + 3), y * (side + 3), side, shape) for y, x in places)
        plot = Plot(tuple(squares), -(-count // columns) * (side + 3))
        rows.append(Row(number, (one,), shape, (plot,)))
    return Drawing(tuple(rows))
