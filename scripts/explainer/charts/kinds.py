"""Every kind of chart, drawn as marks: numbers in rows or columns, slopes, times, rings."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import cos, radians, sin

from explainer.charts.marks import Arrow, Bar, Dot, Drawing, Line, Mark, Plot, Row, Square, Tag
from explainer.charts.scales import (
    CENT,
    HUNDRED,
    ZERO,
    position,
    round_scale,
    scale_ticks,
    shape_of,
    style_of,
)
from explainer.data import Chart, ChartKind, Input
from explainer.extract import Quantity

Rows = tuple[Row, ...]
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


def draw_bars(_chart: Chart, rows: Rows) -> Drawing:
    """Draw a bar for every number, from zero, each series on a scale of its own.

    The longest fills the room; a range goes on, lighter, from its lower to its upper limit.
    """
    series = zip(*(row.quantities for row in rows), strict=True)
    longest = [max(one.value_max or one.value for one in quantities) for quantities in series]
    plots = [tuple(map(_bar, row.inputs, row.quantities, longest)) for row in rows]
    return Drawing(tuple(replace(r, plots=p) for r, p in zip(rows, plots, strict=True)))


def _bar(one: Input, quantity: Quantity, longest: Decimal, style: str = "") -> Plot:
    low, shape = quantity.value, shape_of(one)
    high = quantity.value_max or low
    part = position(low, ZERO, high)
    marks = [Bar(ZERO, 0, part, BAR, shape, style or style_of(one))]
    if low < high:
        marks.append(Bar(part, 0, HUNDRED - part, BAR, shape, "range"))
    return Plot(tuple(marks), BAR, position(high, ZERO, longest))


def draw_columns(chart: Chart, rows: Rows) -> Drawing:
    """Draw a column a row; a second number fills its column from below, up to its own height.

    An average is a line across the columns that it is the average of.
    """
    highest = max(one.value for row in rows for one in row.quantities)

    def height(quantity: Quantity) -> int:
        return int((quantity.value * COLUMN / highest).to_integral_value())

    line = next((row for row in rows if chart.rows[row.number].across), None)
    drawn: list[Row] = []
    for row in rows:
        style = chart.rows[row.number].style or style_of(row.inputs[0])
        plots: list[Plot] = []
        marks: list[Mark] = []
        whole = height(row.quantities[0])
        for one, quantity in zip(row.inputs, row.quantities, strict=True):
            part, paint = height(quantity), "faint" if plots else style
            plots.append(_bar(one, quantity, highest, paint))
            marks.insert(0, Bar(ZERO, whole - part, HUNDRED, part, shape_of(one), paint))
        if line and row.number < (chart.rows[line.number].across or 0):
            y = whole - height(line.quantities[0])
            marks.append(Line(-GAP, y, HUNDRED + GAP, y, "average"))
            if row.number == 0:
                marks.append(Tag(-GAP, y - 26, chart.rows[line.number].label, "start"))
                marks.append(Tag(-GAP, y - 8, line.inputs[0], "start", "ink"))
        column = None if row is line else Plot(tuple(marks), whole)
        drawn.append(replace(row, plots=tuple(plots), column=column))
    return Drawing(tuple(drawn))


def draw_spread(_chart: Chart, rows: Rows) -> Drawing:
    """Draw every answer of a row as a multiple of its first, on one scale.

    Rows of one answer each stand on the scale of their numbers, with a line from the first row's.
    """
    numbers = [row.plotted or row.quantities for row in rows]
    first, *others = (one.value for row in numbers for one in row)
    if rows[0].plotted:
        low, high, step = round_scale(Decimal("0.5"), max(first, *others))
    else:
        low, high, step = round_scale(min(first, *others), max(first, *others), parts=2)
    base = position(first, low, high)
    drawn = []
    for row, quantities in zip(rows, numbers, strict=True):
        places = [position(one.value, low, high) for one in quantities]
        marks: list[Mark] = [Line(min(base, *places), MIDDLE, max(base, *places), MIDDLE, "stem")]
        for index, (one, x) in enumerate(zip(row.inputs, places, strict=True)):
            is_near = any(abs(x - other) < 8 for other in places[:index] + places[index + 1 :])
            # Two marks that would read as one stand above and below the line.
            y = MIDDLE + (9 if index % 2 else -9) * is_near
            marks.append(Dot(x, y, shape_of(one)))
        drawn.append(replace(row, plots=(Plot(tuple(marks), ROW),)))
    return Drawing(tuple(drawn), scale=scale_ticks(numbers[0][0], low, high, step))


def draw_waffle(chart: Chart, rows: Rows) -> Drawing:
    """Draw each row as squares worth ``each``, or the first row's number; few squares are large."""
    each = chart.each or rows[0].quantities[0].value
    counts = [int((row.quantities[0].value / each).to_integral_value()) for row in rows]
    side, columns = (20, 11) if sum(counts) < 80 else (12, 17)
    drawn = []
    for row, count in zip(rows, counts, strict=True):
        shape = PARTS[row.number % len(PARTS)]
        places = [divmod(index, columns) for index in range(count)]
        squares = (Square(x * (side + 3), y * (side + 3), side, shape) for y, x in places)
        plot = Plot(tuple(squares), -(-count // columns) * (side + 3))
        drawn.append(replace(row, shape=shape, plots=(plot,)))
    return Drawing(tuple(drawn))


def draw_slopes(chart: Chart, rows: Rows) -> Drawing:
    """Draw each row as a line from its first number to its second, side by side, its third below.

    All stand on one logarithmic scale, so that equal multiples are parallel.
    """
    ends = [[one.value.log10() for one in row.quantities[:2]] for row in rows]
    low, high = min(map(min, ends)), max(map(max, ends))
    room = HUNDRED / len(rows)
    field: list[Mark] = []
    for row, logs in zip(rows, ends, strict=True):
        y1, y2 = (50 + int((high - log) * HEIGHT / (high - low)) for log in logs)
        x1, x2 = ((room * (row.number + part)).quantize(CENT) for part in _SLOPE)
        field.append(Line(x1, y1, x2, y2, "slope", row.shape))
        field += [Dot(x1, y1, row.shape), Dot(x2, y2, row.shape)]
        field.append(Tag(x1, y1 + 26, row.quantities[0], "start", "ink"))
        field.append(Tag(x2, y2 - 16, row.quantities[1], "end", "ink"))
        field.append(Tag((x1 + x2) / 2, HEIGHT + 112, row.inputs[2], shape=row.shape))
        places = ((x1, y1 + 44, "start"), (x2, y2 - 34, "end"))
        for (x, y, anchor), label in zip(places, chart.series, strict=False):
            field += [] if row.number else [Tag(x, y, label, anchor)]
    return Drawing(rows, tuple(field), HEIGHT + 120)


def _day(edtf: str) -> date:
    """Return the day of a date, the first of its month or year where it names no day."""
    year, month, day = [*map(int, edtf.rstrip("~?").split("-")), 1, 1][:3]
    return date(year, month, day)


def draw_timeline(chart: Chart, rows: Rows) -> Drawing:
    """Draw events in rows of equal height, each joined to its day on an upright line to scale.

    The line is dotted from ``until`` on.
    """
    days = [_day(row.date or "") for row in chart.rows]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)

    def down(day: date) -> Decimal:
        return (Decimal((day - first).days) * 98 / span + 1).quantize(CENT)

    until = down(_day(chart.until)) if chart.until else HUNDRED
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
    return Drawing(rows, upright=tuple(marks))


def draw_ring(_chart: Chart, rows: Rows) -> Drawing:
    """Draw the rows' shapes on a ring, clockwise from the upper right, joined by arrows."""
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


def draw_list(_chart: Chart, rows: Rows) -> Drawing:
    """Draw rows that need no marks of their own."""
    return Drawing(rows)


DRAW: Mapping[ChartKind, Callable[[Chart, Rows], Drawing]] = {
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
