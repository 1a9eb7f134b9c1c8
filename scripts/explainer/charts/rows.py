"""Charts whose rows share one scale: bars, dots, spreads and stacks."""

from decimal import Decimal

from explainer.charts.marks import Bar, Dot, Drawing, Line, Mark, Row, Tag
from explainer.charts.scales import (
    Values,
    anchored,
    ends,
    lean,
    place,
    plain,
    round_scale,
    shape_of,
    style_of,
)
from explainer.data import Claim
from explainer.derive import convert
from explainer.extract import Kind, Quantity

ROW, MIDDLE, BAR = 28, 14, 22


def _scale(like: Quantity, low: Decimal, high: Decimal, step: Decimal) -> tuple[Tag, ...]:
    count = int((high - low) / step)
    values = [low + step * number for number in range(count + 1)]
    return tuple(
        Tag(x, 18, plain(like, value), anchored(x))
        for value in values
        for x in [place(value, low, high)]
    )


def bars(values: Values) -> Drawing:
    """One bar a row, from zero to the row's number; the longest fills the width."""
    found = [values.inputs(number)[0] for number in range(len(values.chart.rows))]
    longest = max(values.value(one) for one in found)
    rows = []
    for number, one in enumerate(found):
        wide = place(values.value(one), Decimal(0), longest)
        shape = shape_of(one)
        mark = Bar(Decimal(0), 0, wide, BAR, shape, style_of(one))
        rows.append(Row(number, (one,), shape, (mark,), BAR))
    return Drawing(tuple(rows))


def dots(values: Values) -> Drawing:
    """One mark a row on one scale; a stem from zero where the scale begins there."""
    found = [values.inputs(number)[0] for number in range(len(values.chart.rows))]
    numbers = [values.value(one) for one in found]
    low, high, step = ends(numbers, from_zero=values.chart.from_zero)
    rows = []
    for number, one in enumerate(found):
        x, shape = place(numbers[number], low, high), shape_of(one)
        marks: list[Mark] = []
        if values.chart.from_zero:
            marks.append(Line(Decimal(0), MIDDLE, x, MIDDLE, "stem", shape))
        hollow = shape == "triangle"
        marks.append(Dot(x, MIDDLE, shape, hollow, lean(values.quantity(one))))
        rows.append(Row(number, (one,), shape, tuple(marks), ROW))
    return Drawing(tuple(rows), scale=_scale(values.quantity(found[0]), low, high, step))


def spread(values: Values) -> Drawing:
    """Every answer of a row as a multiple of the row's first, on one scale from one upwards."""
    data = values.dataset
    multiples: list[list[Decimal]] = []
    for number in range(len(values.chart.rows)):
        found = values.inputs(number)
        first = values.quantity(found[0])
        row = []
        for one in found:
            quantity = values.quantity(one)
            if quantity.currency != first.currency and isinstance(one, Claim):
                period = data.figures[one.figure].comparison.rate_period or ""
                made = convert(data, quantity, first.currency or "", period)
                quantity = made.result if made else quantity
            row.append(quantity.value / first.value)
        multiples.append(row)
    most = max(value for row in multiples for value in row)
    low, high, step = round_scale(Decimal("0.5"), most)
    rows = []
    for number, row in enumerate(multiples):
        found = values.inputs(number)
        places = [place(value, low, high) for value in row]
        line = Line(min(places), MIDDLE, max(places), MIDDLE, "stem")
        marks = [Dot(x, MIDDLE, shape_of(one)) for one, x in zip(found, places, strict=True)]
        rows.append(Row(number, found, shape_of(found[0]), (line, *marks), ROW))
    return Drawing(tuple(rows), scale=_scale(Quantity(Decimal(1), Kind.MULTIPLE), low, high, step))


def stack(values: Values) -> Drawing:
    """The rows' numbers end to end in one bar above them."""
    found = [values.inputs(number)[0] for number in range(len(values.chart.rows))]
    whole = sum((values.value(one) for one in found), Decimal(0))
    field: list[Mark] = []
    rows = []
    start = Decimal(0)
    for number, one in enumerate(found):
        wide, shape = place(values.value(one), Decimal(0), whole), PARTS[number % len(PARTS)]
        field.append(Bar(start, 0, wide, 34, shape))
        rows.append(Row(number, (one,), shape))
        start += wide
    return Drawing(tuple(rows), tuple(field), 34)


PARTS = ("part-one", "part-two", "part-three")
"""Shades that tell parts of one whole apart; none of them is a voice's colour."""
