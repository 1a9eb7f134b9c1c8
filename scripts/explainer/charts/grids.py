"""Charts that place their rows in a field: waffles, powers, steps and planes."""

from datetime import date
from decimal import Decimal, localcontext

from explainer.charts.marks import Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.rows import PARTS
from explainer.charts.scales import CENT, Values, anchored, place, plain, shape_of
from explainer.data import Input
from explainer.extract import Quantity

SIDE, GAP, ACROSS = 13, 3, 20
TALL = 260


def waffle(values: Values) -> Drawing:
    """Squares, each worth ``each``, in rows of twenty, part after part."""
    each = values.chart.each or Decimal(1)
    field: list[Mark] = []
    rows = []
    for number in range(len(values.chart.rows)):
        (one,) = values.inputs(number)
        shape = PARTS[number % len(PARTS)]
        for _ in range(int((values.value(one) / each).to_integral_value())):
            down, across = divmod(len(field), ACROSS)
            field.append(Square(across * (SIDE + GAP), down * (SIDE + GAP), shape))
        rows.append(Row(number, (one,), shape))
    lines = -(-len(field) // ACROSS)
    return Drawing(tuple(rows), tuple(field), lines * (SIDE + GAP))


def _logarithm(value: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 30
        return value.log10()


def _round_numbers(low: Decimal, high: Decimal) -> list[Decimal]:
    """The 1, 2 and 5 of every power of ten whose logarithm lies between two others."""
    powers = range(int(low) - 1, int(high) + 2)
    numbers = (Decimal(digit).scaleb(power) for power in powers for digit in (1, 2, 5))
    return [number for number in numbers if low <= _logarithm(number) <= high]


def power(values: Values) -> Drawing:
    """Each row a point: its first number across, its second down, both logarithmic.

    Equal multiples lie on one straight line; ``multiples`` are drawn so.
    """
    points: list[tuple[tuple[Input, ...], Decimal, Decimal]] = []
    for number in range(len(values.chart.rows)):
        found = values.inputs(number)
        x, y = (_logarithm(values.value(one)) for one in found)
        points.append((found, x, y))
    padding = Decimal("0.12")
    left = min(x for _, x, _ in points) - padding
    right = max(x for _, x, _ in points) + padding
    bottom = min(y for _, _, y in points) - padding
    top = max(y for _, _, y in points) + padding

    def down(y: Decimal) -> int:
        return int(((top - y) * TALL / (top - bottom)).to_integral_value())

    field: list[Mark] = [
        Line(Decimal(0), TALL, Decimal(100), TALL, "axis"),
        Line(Decimal(0), 0, Decimal(0), TALL, "axis"),
    ]
    like_x, like_y = (values.quantity(one) for one in points[0][0])
    for value in _round_numbers(left, right):
        at = place(_logarithm(value), left, right)
        field.append(Line(at, 0, at, TALL, "grid"))
        field.append(Tag(at, TALL + 20, plain(like_x, value), anchored(at)))
    for value in _round_numbers(bottom, top):
        level = down(_logarithm(value))
        field.append(Line(Decimal(0), level, Decimal(100), level, "grid"))
        field.append(Tag(Decimal(1), level - 5, plain(like_y, value), "start"))
    for name in values.chart.guides:
        height = _logarithm(values.reckoned[name].value)
        # The line runs where it stays inside the field.
        start = max(left, bottom - height)
        end = min(right, top - height)
        if start < end:
            a, b = place(start, left, right), place(end, left, right)
            field.append(Line(a, down(start + height), b, down(end + height), "guide", "derived"))
            middle = (start + end) / 2
            at = place(middle, left, right)
            derivation = values.dataset.derivations[name]
            field.append(Tag(at, down(middle + height) - 10, derivation, "end"))
    if values.chart.axis_labels:
        field.append(Tag(Decimal(100), TALL - 8, values.chart.axis_labels[0], "end"))
        field.append(Tag(Decimal(0), -8, values.chart.axis_labels[1], "start"))
    rows = []
    for number, (found, x, y) in enumerate(points):
        shape = values.chart.rows[number].shape or shape_of(found[0])
        across = place(x, left, right)
        hollow = shape == "triangle"
        field.append(Dot(across, down(y), shape, hollow))
        rows.append(Row(number, found, shape))
    return Drawing(tuple(rows), tuple(field), TALL + 26)


def steps(values: Values) -> Drawing:
    """A number a day: dots by who counted, joined by steps within each count."""
    days = [_day(row.date or "") for row in values.chart.rows]
    found = [values.inputs(number)[0] for number in range(len(days))]
    first, last = min(days), max(days)
    high = max(values.value(one) for one in found) * Decimal("1.1")

    def across(day: date) -> Decimal:
        return (Decimal((day - first).days) * 92 / max((last - first).days, 1) + 3).quantize(CENT)

    def down(value: Decimal) -> int:
        return TALL - int((value * TALL / high).to_integral_value())

    field: list[Mark] = [Line(Decimal(0), TALL, Decimal(100), TALL, "axis")]
    if values.chart.ceiling:
        (capped,) = (n for n, r in enumerate(values.chart.rows) if values.chart.ceiling in r.refs)
        y = down(values.value(found[capped]))
        field.append(Line(Decimal(0), y, Decimal(100), y, "unknown"))
    before: dict[str, tuple[Decimal, int]] = {}
    rows = []
    for number, one in enumerate(found):
        shape = values.chart.rows[number].shape or shape_of(one)
        x, y = across(days[number]), down(values.value(one))
        if shape in before:
            old_x, old_y = before[shape]
            field.append(Line(old_x, old_y, x, old_y, "step", shape))
            field.append(Line(x, old_y, x, y, "step", shape))
        before[shape] = (x, y)
        rows.append(Row(number, (one,), shape))
    for number, one in enumerate(found):
        shape = values.chart.rows[number].shape or shape_of(one)
        x, y = across(days[number]), down(values.value(one))
        field.append(Dot(x, y, shape, shape == "triangle"))
        bare: Quantity = plain(values.quantity(one), values.value(one))
        number_only = Quantity(bare.value, bare.kind)
        field.append(Tag(x, y - 14, number_only, anchored(x), quiet=False))
    for day in (first, last):
        field.append(Tag(across(day), TALL + 20, day.isoformat(), anchored(across(day))))
    return Drawing(tuple(rows), tuple(field), TALL + 26)


def _day(edtf: str) -> date:
    return date.fromisoformat(edtf.rstrip("~"))


def plane(values: Values) -> Drawing:
    """Statements between two pairs of opposites, where the editors put them."""
    middle = Decimal(50)
    field: list[Mark] = [
        Line(Decimal(0), TALL // 2, Decimal(100), TALL // 2, "axis"),
        Line(middle, 0, middle, TALL, "axis"),
    ]
    if values.chart.axis_labels:
        west, east, south, north = values.chart.axis_labels
        field += [
            Tag(Decimal(0), TALL // 2 - 8, west, "start"),
            Tag(Decimal(100), TALL // 2 - 8, east, "end"),
            Tag(middle + 2, TALL - 4, south, "start"),
            Tag(middle + 2, 14, north, "start"),
        ]
    rows = []
    for number, row in enumerate(values.chart.rows):
        shape = row.shape or "derived"
        x = row.x if row.x is not None else middle
        y = TALL - int(((row.y if row.y is not None else middle) * TALL / 100).to_integral_value())
        field.append(Dot(x, y, shape))
        field.append(Tag(x, y - 14, str(number + 1), quiet=False))
        rows.append(Row(number, values.inputs(number), shape))
    return Drawing(tuple(rows), tuple(field), TALL)


def listed(values: Values) -> Drawing:
    """Rows that need no marks of their own: chains and timelines."""
    rows = []
    for number, row in enumerate(values.chart.rows):
        found = values.inputs(number)
        shape = row.shape or (shape_of(found[0]) if found else "triangle")
        rows.append(Row(number, found, shape))
    return Drawing(tuple(rows))
