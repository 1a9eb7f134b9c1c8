"""Charts that place their rows in a field: waffles, powers, steps and planes."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext

from explainer.charts.marks import Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.rows import PARTS
from explainer.charts.scales import (
    CENT,
    HUNDRED,
    ZERO,
    Values,
    anchor_at,
    position,
    unhedged,
)
from explainer.extract import Quantity

SIDE, GAP, COLUMNS = 13, 3, 20
HEIGHT = 260


def draw_waffle(values: Values) -> Drawing:
    """Draw squares, each worth ``each``, in lines of twenty, part after part."""
    each = values.chart.each or Decimal(1)
    field: list[Mark] = []
    rows = []
    for number, one in enumerate(values.first_inputs()):
        shape = PARTS[number % len(PARTS)]
        for _ in range(int((values.value(one) / each).to_integral_value())):
            line, column = divmod(len(field), COLUMNS)
            field.append(Square(column * (SIDE + GAP), line * (SIDE + GAP), shape))
        rows.append(Row(number, (one,), shape))
    lines = -(-len(field) // COLUMNS)
    return Drawing(tuple(rows), tuple(field), lines * (SIDE + GAP))


def _logarithm(value: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 30
        return value.log10()


def _round_numbers(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return the 1, 2 and 5 of every power of ten with a logarithm from ``low`` to ``high``."""
    powers = range(int(low) - 1, int(high) + 2)
    numbers = (Decimal(digit).scaleb(power) for power in powers for digit in (1, 2, 5))
    return [number for number in numbers if low <= _logarithm(number) <= high]


def draw_power(values: Values) -> Drawing:
    """Draw each row as a point: its first number across, its second down, both logarithmic.

    Equal multiples lie on one straight line; the chart's ``guides`` are drawn so.
    """
    inputs = [values.inputs(number) for number in range(len(values.chart.rows))]
    points = [[_logarithm(values.value(one)) for one in found] for found in inputs]
    padding = Decimal("0.12")
    left = min(x for x, _ in points) - padding
    right = max(x for x, _ in points) + padding
    bottom = min(y for _, y in points) - padding
    top = max(y for _, y in points) + padding

    def down(y: Decimal) -> int:
        return int(((top - y) * HEIGHT / (top - bottom)).to_integral_value())

    field: list[Mark] = [
        Line(ZERO, HEIGHT, HUNDRED, HEIGHT, "axis"),
        Line(ZERO, 0, ZERO, HEIGHT, "axis"),
    ]
    like_x, like_y = (values.quantity(one) for one in inputs[0])
    for value in _round_numbers(left, right):
        x = position(_logarithm(value), left, right)
        field.append(Line(x, 0, x, HEIGHT, "grid"))
        field.append(Tag(x, HEIGHT + 20, unhedged(like_x, value), anchor_at(x)))
    for value in _round_numbers(bottom, top):
        y = down(_logarithm(value))
        field.append(Line(ZERO, y, HUNDRED, y, "grid"))
        field.append(Tag(Decimal(1), y - 5, unhedged(like_y, value), "start"))
    for name in values.chart.guides:
        ratio = _logarithm(values.results[name].value)
        # The line runs where it stays inside the field.
        start = max(left, bottom - ratio)
        end = min(right, top - ratio)
        if start < end:
            x1, x2 = position(start, left, right), position(end, left, right)
            guide = Line(x1, down(start + ratio), x2, down(end + ratio), "guide", "derived")
            middle = (start + end) / 2
            x, y = position(middle, left, right), down(middle + ratio) - 10
            field += [guide, Tag(x, y, values.dataset.derivations[name], "end")]
    if values.chart.axis_labels:
        field.append(Tag(HUNDRED, HEIGHT - 8, values.chart.axis_labels[0], "end"))
        field.append(Tag(ZERO, -8, values.chart.axis_labels[1], "start"))
    rows = []
    for number, (found, (log_x, log_y)) in enumerate(zip(inputs, points, strict=True)):
        shape = values.shape(number)
        field.append(Dot(position(log_x, left, right), down(log_y), shape, shape == "triangle"))
        rows.append(Row(number, found, shape))
    return Drawing(tuple(rows), tuple(field), HEIGHT + 26)


def draw_steps(values: Values) -> Drawing:
    """Draw a number a day: dots by who counted, joined by steps within each count."""
    days = [date.fromisoformat((row.date or "").rstrip("~")) for row in values.chart.rows]
    found = values.first_inputs()
    highest = max(values.value(one) for one in found) * Decimal("1.1")
    across = _day_axis(min(days), max(days))

    def down(value: Decimal) -> int:
        return HEIGHT - int((value * HEIGHT / highest).to_integral_value())

    field: list[Mark] = [Line(ZERO, HEIGHT, HUNDRED, HEIGHT, "axis")]
    if values.chart.ceiling:
        (capped,) = (n for n, r in enumerate(values.chart.rows) if values.chart.ceiling in r.refs)
        y = down(values.value(found[capped]))
        field.append(Line(ZERO, y, HUNDRED, y, "unknown"))
    before: dict[str, tuple[Decimal, int]] = {}
    rows = []
    dots: list[Mark] = []
    for number, one in enumerate(found):
        shape = values.shape(number)
        x, y = across(days[number]), down(values.value(one))
        if shape in before:
            old_x, old_y = before[shape]
            field.append(Line(old_x, old_y, x, old_y, "step", shape))
            field.append(Line(x, old_y, x, y, "step", shape))
        before[shape] = (x, y)
        bare = unhedged(values.quantity(one), values.value(one))
        dots.append(Dot(x, y, shape, shape == "triangle"))
        dots.append(Tag(x, y - 14, Quantity(bare.value, bare.kind), anchor_at(x), quiet=False))
        rows.append(Row(number, (one,), shape))
    for day in (min(days), max(days)):
        dots.append(Tag(across(day), HEIGHT + 20, day.isoformat(), anchor_at(across(day))))
    return Drawing(tuple(rows), (*field, *dots), HEIGHT + 26)


def _day_axis(first: date, last: date) -> Callable[[date], Decimal]:
    """Return the position of a day, in per cent, with some room at both ends."""
    span = max((last - first).days, 1)
    return lambda day: (Decimal((day - first).days) * 92 / span + 3).quantize(CENT)


def draw_plane(values: Values) -> Drawing:
    """Draw statements between two pairs of opposites, where the editors put them."""
    middle = Decimal(50)
    field: list[Mark] = [
        Line(ZERO, HEIGHT // 2, HUNDRED, HEIGHT // 2, "axis"),
        Line(middle, 0, middle, HEIGHT, "axis"),
    ]
    if values.chart.axis_labels:
        west, east, south, north = values.chart.axis_labels
        field += [
            Tag(ZERO, HEIGHT // 2 - 8, west, "start"),
            Tag(HUNDRED, HEIGHT // 2 - 8, east, "end"),
            Tag(middle + 2, HEIGHT - 4, south, "start"),
            Tag(middle + 2, 14, north, "start"),
        ]
    rows = []
    for number, row in enumerate(values.chart.rows):
        shape = row.shape or "derived"
        x, up = (middle if place is None else place for place in (row.x, row.y))
        y = HEIGHT - int((up * HEIGHT / 100).to_integral_value())
        field.append(Dot(x, y, shape))
        field.append(Tag(x, y - 14, str(number + 1), quiet=False))
        rows.append(Row(number, values.inputs(number), shape))
    return Drawing(tuple(rows), tuple(field), HEIGHT)


def draw_list(values: Values) -> Drawing:
    """Draw rows that need no marks of their own: chains and timelines."""
    rows = range(len(values.chart.rows))
    return Drawing(tuple(Row(row, values.inputs(row), values.shape(row)) for row in rows))
