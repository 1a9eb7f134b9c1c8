"""Charts that place their rows in a field: slopes, steps, rings and timelines."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from math import cos, radians, sin

from explainer.charts.marks import Arrow, Dot, Drawing, Line, Mark, Tag
from explainer.charts.scales import CENT, HUNDRED, ZERO, Values, anchor_at, round_scale, unhedged
from explainer.extract import Quantity

HEIGHT = 260
LINE = 17
"""The least distance between the baselines of two texts, in pixels."""
RING, RADIUS = 300, 118
AXIS, EDGE = 14, 52
_CROWDED = 6
"""The most events that stand on one side of a timeline."""


def spread_out(places: Sequence[int], pitch: int = LINE) -> list[int]:
    """Return ``places`` moved apart, in their order, by at least ``pitch`` pixels."""
    moved: dict[int, int] = {}
    for place in sorted(places):
        if place not in moved:
            moved[place] = max(place, max(moved.values(), default=-pitch) + pitch)
    return [moved[place] for place in places]


def draw_slopes(values: Values) -> Drawing:
    """Draw each row as a line from its first number to its second, its third written on it.

    Both ends stand on one logarithmic scale, so that equal multiples are parallel.
    """
    rows = values.rows()
    inputs = [row.inputs for row in rows]
    ends = [[values.value(one).log10() for one in found[:2]] for found in inputs]
    low, high = min(min(pair) for pair in ends), max(max(pair) for pair in ends)

    def down(log: Decimal) -> int:
        return 40 + int((high - log) * HEIGHT / (high - low))

    left, right, middle = Decimal(28), Decimal(72), Decimal(50)
    pairs = [[down(log) for log in pair] for pair in ends]
    field: list[Mark] = []
    for x, label in zip((left, right), values.chart.series, strict=False):
        field += [Line(x, 24, x, HEIGHT + 48, "axis"), Tag(x, 14, label, shape="ink")]
    for row, (y1, y2) in zip(rows, pairs, strict=True):
        field.append(Line(left, y1, right, y2, "slope", row.shape))
    for row, (y1, y2) in zip(rows, pairs, strict=True):
        field += [Dot(left, y1, row.shape), Dot(right, y2, row.shape)]
    sides = ((left - 4, "end", 0), (right + 4, "start", 1))
    for x, anchor, end in sides:
        written = spread_out([pair[end] for pair in pairs])
        for y, found in dict(zip(written, inputs, strict=True)).items():
            like = values.quantity(found[end])
            field.append(Tag(x, y + 5, unhedged(like, like.value), anchor, shape="ink"))
    middles = spread_out([(y1 + y2) // 2 - 2 for y1, y2 in pairs], LINE + 3)
    for y, row in zip(middles, rows, strict=True):
        field.append(Tag(middle, y, row.inputs[2], shape=row.shape))
    return Drawing(rows, tuple(field), HEIGHT + 52)


def draw_steps(values: Values) -> Drawing:
    """Draw a number a day: dots by who counted, joined by steps within each count."""
    days = [_day(row.date or "") for row in values.chart.rows]
    rows = values.rows()
    found = [row.inputs[0] for row in rows]
    _, highest, step = round_scale(ZERO, max(values.value(one) for one in found))
    across = _day_axis(min(days), max(days), Decimal(12), Decimal(94))

    def down(value: Decimal) -> int:
        return 16 + HEIGHT - int((value * HEIGHT / highest).to_integral_value())

    field: list[Mark] = []
    for number in range(int(highest / step) + 1):
        y = down(number * step)
        field.append(Line(ZERO, y, HUNDRED, y, "grid" if number else "axis"))
        field.append(
            Tag(ZERO, y - 4, Quantity(number * step, values.quantity(found[0]).kind), "start")
        )
    if values.chart.ceiling:
        (capped,) = (n for n, r in enumerate(values.chart.rows) if values.chart.ceiling in r.refs)
        y = down(values.value(found[capped]))
        field.append(Line(ZERO, y, HUNDRED, y, "unknown"))
    before: dict[str, tuple[Decimal, int]] = {}
    dots: list[Mark] = []
    for day, one, row in zip(days, found, rows, strict=True):
        x, y, shape = across(day), down(values.value(one)), row.shape
        if shape in before:
            old_x, old_y = before[shape]
            field.append(Line(old_x, old_y, x, old_y, "step", shape))
            field.append(Line(x, old_y, x, y, "step", shape))
        before[shape] = (x, y)
        others = (mark for mark in dots if isinstance(mark, Dot))
        is_crowded = any(x - other.x < 6 and 0 < y - other.y < 40 for other in others)
        place = (x + 3, y + 20) if is_crowded else (x, y - 14)
        bare = Quantity(values.value(one), values.quantity(one).kind)
        dots.append(Dot(x, y, shape))
        dots.append(Tag(*place, bare, "start" if is_crowded else "middle", "ink"))
    for day, anchor in ((min(days), "start"), (max(days), "end")):
        x = across(day) + (4 if anchor == "end" else -4)
        dots.append(Tag(x, HEIGHT + 36, day.isoformat(), anchor))
    return Drawing(rows, (*field, *dots), HEIGHT + 42)


def _day(edtf: str) -> date:
    """Return the day of a date, the first of its month or year where it names no day."""
    year, month, day = [*map(int, edtf.rstrip("~?").split("-")), 1, 1][:3]
    return date(year, month, day)


def _day_axis(first: date, last: date, start: Decimal, end: Decimal) -> Callable[[date], Decimal]:
    """Return the position of a day, in per cent, between ``start`` and ``end``."""
    span = max((last - first).days, 1)
    return lambda day: ((day - first).days * (end - start) / span + start).quantize(CENT)


def draw_timeline(values: Values) -> Drawing:
    """Draw events at their days on one line to scale, each joined to its text.

    The texts stand in columns of equal width below the line, every other one above it where they
    are many; ``upright`` has them in rows of equal height. The line is dotted from ``until`` on.
    """
    days = [_day(row.date or "") for row in values.chart.rows]
    tiers = 1 if len(days) <= _CROWDED else 2
    # Columns are met at their left edge, rows in their middle.
    columns = [Decimal(n // tiers) * 100 / -(-len(days) // tiers) for n in range(len(days))]
    middles = [(n + Decimal("0.5")) * 100 / len(days) for n in range(len(days))]
    field = _timeline(values, days, columns, EDGE if tiers == 2 else AXIS)
    upright = _timeline(values, days, middles, AXIS)
    return Drawing(values.rows(), tuple(field), EDGE * tiers, upright=tuple(upright))


def _timeline(
    values: Values, days: Sequence[date], places: Sequence[Decimal], axis: int
) -> list[Mark]:
    across = _day_axis(min(days), max(days), Decimal(1), Decimal(99))
    until = across(_day(values.chart.until)) if values.chart.until else HUNDRED
    marks: list[Mark] = [
        Line(ZERO, axis, until, axis, "known"),
        Line(until, axis, HUNDRED, axis, "unknown"),
    ]
    if values.chart.until:
        marks.append(Line(until, axis - 12, until, axis + 12, "unknown"))
    for number, (day, place) in enumerate(zip(days, places, strict=True)):
        x, end = across(day), EDGE if axis < EDGE else EDGE * 2 * (number % 2)
        marks.append(Line(x, axis - 5, x, axis + 5, "tick"))
        marks.append(Line(x, axis, place.quantize(CENT), end, "leader"))
    for year in range(min(days).year + 1, max(days).year + 1) if axis == EDGE else ():
        x = across(date(year, 1, 1))
        marks.append(Tag(x, axis + 4, str(year), anchor_at(x)))
    return marks


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
