"""Charts whose rows share one scale: bars, columns, spreads and waffles."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

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
GAP = Decimal(16)
"""Half of the room between two columns, in hundredths of a column."""
PARTS = ("part-one", "part-two", "part-three")
"""Shades that tell parts of one whole apart; none of them is a voice's colour."""


def draw_bars(values: Values) -> Drawing:
    """Draw a bar for every number, from zero, each series on a scale of its own.

    The longest fills the room; a range goes on, lighter, from its lower to its upper limit.
    """
    rows = values.rows()
    series = zip(*(row.inputs for row in rows), strict=True)
    longest = [max(values.limit(one) for one in inputs) for inputs in series]
    return Drawing(
        tuple(
            replace(row, plots=tuple(map(partial(_bar, values), row.inputs, longest)))
            for row in rows
        )
    )


def _bar(values: Values, one: Input, longest: Decimal, style: str = "") -> Plot:
    low, high, shape = values.value(one), values.limit(one), shape_of(one)
    part = position(low, ZERO, high)
    marks = [Bar(ZERO, 0, part, BAR, shape, style or style_of(one))]
    if low < high:
        marks.append(Bar(part, 0, HUNDRED - part, BAR, shape, "range"))
    return Plot(tuple(marks), BAR, position(high, ZERO, longest))


def draw_columns(values: Values) -> Drawing:
    """Draw a column a row; a second number fills its column from below, up to its own height.

    An average is a line across the columns that it is the average of.
    """
    about, rows = values.chart.rows, values.rows()
    highest = max(values.value(one) for row in rows for one in row.inputs)
    line = next((row for row in rows if about[row.number].across), None)
    drawn: list[Row] = []
    for row in rows:
        style = about[row.number].style or style_of(row.inputs[0])
        plots: list[Plot] = []
        marks: list[Mark] = []
        height = _height(values, row.inputs[0], highest)
        for one in row.inputs:
            part, paint = _height(values, one, highest), "faint" if plots else style
            plots.append(_bar(values, one, highest, paint))
            marks.insert(0, Bar(ZERO, height - part, HUNDRED, part, shape_of(one), paint))
        if line and row.number < (about[line.number].across or 0):
            y = height - _height(values, line.inputs[0], highest)
            marks.append(Line(-GAP, y, HUNDRED + GAP, y, "average"))
            if row.number == 0:
                marks.append(Tag(-GAP, y - 26, about[line.number].label, "start"))
                marks.append(Tag(-GAP, y - 8, line.inputs[0], "start", "ink"))
        column = None if row is line else Plot(tuple(marks), height)
        drawn.append(replace(row, plots=tuple(plots), column=column))
    return Drawing(tuple(drawn))


def _height(values: Values, one: Input, highest: Decimal) -> int:
    return int((values.value(one) * COLUMN / highest).to_integral_value())


def draw_spread(values: Values) -> Drawing:
    """Draw every answer of a row as a multiple of the row's first, on one scale."""
    rows = values.rows()
    multiples = [[_multiple(values, one, r.inputs[0]) for one in r.inputs] for r in rows]
    most = max(value for row in multiples for value in row)
    low, high, step = round_scale(Decimal("0.5"), most)
    drawn = []
    for row, numbers in zip(rows, multiples, strict=True):
        places = [position(value, low, high) for value in numbers]
        marks: list[Mark] = [Line(min(places), MIDDLE, max(places), MIDDLE, "stem")]
        for index, (one, x) in enumerate(zip(row.inputs, places, strict=True)):
            is_near = any(abs(x - other) < 8 for other in places[:index] + places[index + 1 :])
            # Two marks that would read as one stand above and below the line.
            y = MIDDLE + (9 if index % 2 else -9) * is_near
            marks.append(Dot(x, y, shape_of(one)))
        plotted = tuple(Quantity(value.quantize(CENT), Kind.MULTIPLE) for value in numbers)
        drawn.append(replace(row, plots=(Plot(tuple(marks), ROW),), plotted=plotted))
    ticks = scale_ticks(Quantity(Decimal(1), Kind.MULTIPLE), low, high, step)
    scale = (Tag(tick.place, 18, tick.quantity, anchor_at(tick.place)) for tick in ticks)
    return Drawing(tuple(drawn), scale=tuple(scale))


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
    found = values.rows()
    each = values.chart.each or values.value(found[0].inputs[0])
    counts = [int((values.value(r.inputs[0]) / each).to_integral_value()) for r in found]
    side, columns = (20, 11) if sum(counts) < 80 else (12, 17)
    rows = []
    for row, count in zip(found, counts, strict=True):
        shape = PARTS[row.number % len(PARTS)]
        places = [divmod(index, columns) for index in range(count)]
        squares = (Square(x * (side + 3), y * (side + 3), side, shape) for y, x in places)
        plot = Plot(tuple(squares), -(-count // columns) * (side + 3))
        rows.append(replace(row, shape=shape, plots=(plot,)))
    return Drawing(tuple(rows))
