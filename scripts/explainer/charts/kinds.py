"""Every kind of chart, drawn as marks: numbers in rows or columns, slopes, times, rings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from math import cos, radians, sin

from explainer.charts.marks import Arrow, Bar, Dot, Drawing, Line, Mark, Plot, Row, Square, Tag
from explainer.charts.scales import (
    CENT,
    HUNDRED,
    ZERO,
    Values,
    position,
    round_scale,
    scale_ticks,
    shape_of,
    style_of,
)
from explainer.data import ChartKind, Claim, Input
from explainer.derive import convert
from explainer.extract import Kind, Quantity

ROW, MIDDLE, BAR, COLUMN, HEIGHT = 32, 16, 20, 320, 260
RING, RADIUS = 300, 118
AXIS, EDGE = 44, 84
"""Where the line of a timeline stands, and where its events begin, in pixels from the left."""
GAP = Decimal(16)
"""Half of the room between two columns, in hundredths of a column."""
_SLOPE = (Decimal("0.12"), Decimal("0.88"))
"""Where the ends of a slope stand in their part of the width."""
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
    """Draw every answer of a row as a multiple of its first, on one scale.

    Rows of one answer each stand on the scale of their numbers, with a line from the first row's.
    """
    rows = values.rows()
    is_single = all(len(row.inputs) == 1 for row in rows)
    if is_single:
        like = values.quantity(rows[0].inputs[0])
        numbers = [[values.value(row.inputs[0])] for row in rows]
        lowest, parts = min(numbers)[0], 2
    else:
        like, lowest, parts = Quantity(Decimal(1), Kind.MULTIPLE), Decimal("0.5"), 4
        numbers = [[_multiple(values, one, row.inputs[0]) for one in row.inputs] for row in rows]
    low, high, step = round_scale(lowest, max(map(max, numbers)), parts)
    base = position(numbers[0][0], low, high)
    drawn = []
    for row, found in zip(rows, numbers, strict=True):
        places = [position(value, low, high) for value in found]
        marks: list[Mark] = [Line(min(base, *places), MIDDLE, max(base, *places), MIDDLE, "stem")]
        for index, (one, x) in enumerate(zip(row.inputs, places, strict=True)):
            is_near = any(abs(x - other) < 8 for other in places[:index] + places[index + 1 :])
            # Two marks that would read as one stand above and below the line.
            y = MIDDLE + (9 if index % 2 else -9) * is_near
            marks.append(Dot(x, y, shape_of(one)))
        multiples = tuple(Quantity(value.quantize(CENT), Kind.MULTIPLE) for value in found)
        plots = (Plot(tuple(marks), ROW),)
        drawn.append(replace(row, plots=plots, plotted=() if is_single else multiples))
    return Drawing(tuple(drawn), scale=scale_ticks(like, low, high, step))


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


def draw_slopes(values: Values) -> Drawing:
    """Draw each row as a line from its first number to its second, side by side, its third below.

    All stand on one logarithmic scale, so that equal multiples are parallel.
    """
    rows = values.rows()
    ends = [[values.value(one).log10() for one in row.inputs[:2]] for row in rows]
    low, high = min(map(min, ends)), max(map(max, ends))
    room = HUNDRED / len(rows)
    field: list[Mark] = []
    for row, logs in zip(rows, ends, strict=True):
        y1, y2 = (50 + int((high - log) * HEIGHT / (high - low)) for log in logs)
        x1, x2 = ((room * (row.number + part)).quantize(CENT) for part in _SLOPE)
        first, second = map(values.quantity, row.inputs[:2])
        field.append(Line(x1, y1, x2, y2, "slope", row.shape))
        field += [Dot(x1, y1, row.shape), Dot(x2, y2, row.shape)]
        field.append(Tag(x1, y1 + 26, first, "start", "ink"))
        field.append(Tag(x2, y2 - 16, second, "end", "ink"))
        field.append(Tag((x1 + x2) / 2, HEIGHT + 112, row.inputs[2], shape=row.shape))
        if not row.number:
            start, end = values.chart.series
            field += [Tag(x1, y1 + 44, start, "start"), Tag(x2, y2 - 34, end, "end")]
    return Drawing(rows, tuple(field), HEIGHT + 120)


def _day(edtf: str) -> date:
    """Return the day of a date, the first of its month or year where it names no day."""
    year, month, day = [*map(int, edtf.rstrip("~?").split("-")), 1, 1][:3]
    return date(year, month, day)


def draw_timeline(values: Values) -> Drawing:
    """Draw events in rows of equal height, each joined to its day on an upright line to scale.

    The line is dotted from ``until`` on.
    """
    days = [_day(row.date or "") for row in values.chart.rows]
    first, last = min(days), max(days)

    def down(day: date) -> Decimal:
        return (Decimal((day - first).days) * 98 / (last - first).days + 1).quantize(CENT)

    until = down(_day(values.chart.until)) if values.chart.until else HUNDRED
    marks: list[Mark] = [
        Line(ZERO, AXIS, until, AXIS, "known"),
        Line(until, AXIS, HUNDRED, AXIS, "unknown"),
    ]
    if until < HUNDRED:
        marks.append(Line(until, AXIS - 12, until, AXIS + 12, "unknown"))
    for number, day in enumerate(days):
        middle = (number + Decimal("0.5")) * 100 / len(days)
        marks.append(Line(down(day), AXIS - 5, down(day), AXIS + 5, "tick"))
        marks.append(Line(down(day), AXIS, middle.quantize(CENT), EDGE, "leader"))
    for year in range(first.year + 1, last.year + 1):
        marks.append(Tag(down(date(year, 1, 1)), 0, str(year), "start"))
    return Drawing(values.rows(), upright=tuple(marks))


def draw_ring(values: Values) -> Drawing:
    """Draw the rows' shapes on a ring, clockwise from the upper right, joined by arrows."""
    rows = values.rows()
    field: list[Mark] = []
    part = 360 / len(rows)
    for number, row in enumerate(rows):
        angle = part * (number + 0.5) - 90
        x, y = _on_ring(angle)
        inner_x, inner_y = _on_ring(angle, RADIUS - 27)
        (x1, y1), (x2, y2) = _on_ring(angle + 13), _on_ring(angle + part - 13)
        heads = [_on_ring(angle + part - 19, RADIUS + side) for side in (-6, 6)]
        head = "L".join(f"{hx} {hy}" for hx, hy in (heads[0], (x2, y2), heads[1]))
        field.append(Arrow(f"M{x1} {y1}A{RADIUS} {RADIUS} 0 0 1 {x2} {y2}M{head}"))
        field.append(Dot((x * 100 / RING).quantize(CENT), int(y), row.shape))
        field.append(Tag((inner_x * 100 / RING).quantize(CENT), int(inner_y) + 5, str(number + 1)))
    return Drawing(rows, tuple(field), RING)


def _on_ring(angle: float, radius: int = RADIUS) -> tuple[Decimal, Decimal]:
    """Return the place at an angle (degrees, clockwise from the right), in pixels."""
    x, y = (RING / 2 + radius * turn(radians(angle)) for turn in (cos, sin))
    return Decimal(f"{x:.1f}"), Decimal(f"{y:.1f}")


def draw_list(values: Values) -> Drawing:
    """Draw rows that need no marks of their own."""
    return Drawing(values.rows())


DRAW: Mapping[ChartKind, Callable[[Values], Drawing]] = {
    ChartKind.BARS: draw_bars,
    ChartKind.COLUMNS: draw_columns,
    ChartKind.SPREAD: draw_spread,
    ChartKind.WAFFLE: draw_waffle,
    ChartKind.SLOPES: draw_slopes,
    ChartKind.RING: draw_ring,
    ChartKind.CHAIN: draw_list,
    ChartKind.TIMELINE: draw_timeline,
}
"""What draws each kind."""
