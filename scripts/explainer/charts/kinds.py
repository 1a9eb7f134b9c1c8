"""Every kind of chart as marks: rows, columns, slopes, times, rings, and a figure's range plot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import cycle
from math import ceil, cos, floor, radians, sin
from operator import attrgetter

from explainer.charts import svg
from explainer.charts.svg import HUNDRED, ZERO, Drawing, Plot, Row
from explainer.data import Chart, ChartKind, Input, models
from explainer.data.fields import first_day
from explainer.derive import convert
from explainer.extract import Bound, Kind, Quantity
from explainer.i18n import Localizer

Rows = Sequence[Row]
Printed = models.Claim | models.Report
Scale = tuple[Decimal, Decimal, Decimal]
"""The ends of a scale, and the step between its ticks."""
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
LEANS: Mapping[Bound, str] = {
    **dict.fromkeys((Bound.MORE_THAN, Bound.AT_LEAST), "up"),
    **dict.fromkeys((Bound.NEARLY, Bound.LESS_THAN, Bound.AT_MOST), "down"),
}
"""Which way a printed hedge points."""
_MEASURE = attrgetter("kind", "currency", "unit")
CENT = Decimal("0.01")
ROW, MIDDLE, BAR, COLUMN, HEIGHT, POINT = 32, 16, 20, 320, 260, 28
RING, RADIUS = 300, 118
AXIS, EDGE = 44, 84
"""Where the line of a timeline stands, and where its events begin, in pixels from the left."""
GAP = Decimal(16)
"""Half of the room between two columns, in hundredths of a column."""
_SLOPE = (Decimal("0.12"), Decimal("0.88"))
"""Where the ends of a slope stand in their part of the width."""
PARTS = ("part-one", "part-two", "part-three")
"""Shades that tell parts of one whole apart; none of them is a voice's colour."""


def make_rows(words: Localizer, chart: Chart) -> Iterator[Row]:
    """Yield every row without marks, with the shape it names, or of who says its number."""
    for number, about in enumerate(chart.rows, 1):
        label = words.text(about.label)
        if about.date:
            label = words.string("chart.dated", date=words.format_date(about.date), label=label)
        elif chart.kind == "ring":
            label = f"{number}  {label}"
        inputs = [words.dataset.inputs[ref] for ref in about.refs]
        quantities = [_quantity_of(words, one) for one in inputs]
        numbers, multiples = [words.format_input(one) for one in inputs], list[Quantity]()
        if chart.kind == "spread" and len(inputs) > 1:
            multiples = [_multiple(words, one, quantities[0]) for one in inputs]
        for index, multiple in enumerate(multiples[1:], 1):
            numbers[index] += f" ({words.format_unhedged(multiple)})"
        for index, series in enumerate(chart.series if chart.kind == "bars" else ()):
            numbers[index] += f" {words.text(series)}"
        notes = [f"{'←' if step.known else '?'} {words.text(step.text)}" for step in about.steps]
        notes += [words.text(about.note)] if about.note else []
        shape = about.shape or shape_of(*inputs[:1])
        yield Row(label, shape, inputs, quantities, numbers, notes, multiples)


def _quantity_of(words: Localizer, found: Input) -> Quantity:
    """Return the quantity of an input; that of a derivation is its rounded result."""
    if isinstance(found, models.Derivation):
        return words.results[found.id].quantity
    return Quantity(found.value, Kind.COUNT) if isinstance(found, models.Rate) else found.quantity


def _multiple(words: Localizer, one: Input, base: Quantity) -> Quantity:
    """Divide an input by the first of its row, in its currency where it is a claim."""
    quantity = _quantity_of(words, one)
    if quantity.currency != base.currency and isinstance(one, models.Claim):
        period = words.dataset.figures[one.figure].comparison.rate_period or ""
        conversion = convert(words.dataset, quantity, base.currency or "", period)
        quantity = conversion.result if conversion else quantity
    return Quantity((quantity.value / base.value).quantize(CENT), Kind.MULTIPLE)


def shape_of(found: Input | None = None) -> str:
    """Return the shape of who says it: a voice's, "derived", or "triangle" for all others."""
    if isinstance(found, models.Claim):
        return found.voice.shape
    return "derived" if isinstance(found, models.Derivation) else "triangle"


def style_of(found: Input) -> str:
    """Return "planned" for a plan, "faint" for a context source, else "solid"."""
    if isinstance(found, Printed) and found.nature == "planned":
        return "planned"
    return "faint" if isinstance(found, models.Report) else "solid"


def round_scale(low: Decimal, high: Decimal, parts: int = 4) -> Scale:
    """Return round ends that hold both values, and the round step between ticks.

    At most ``parts`` steps cover the values; the ends may add one on each side.
    """
    span = high - low or Decimal(parts)
    power = Decimal(1).scaleb((span / parts).adjusted())
    step = next(power * size for size in _STEPS if power * size * parts >= span)
    first = (low / step).to_integral_value(ROUND_FLOOR) * step
    last = (high / step).to_integral_value(ROUND_CEILING) * step
    return first, last if last > first else first + step, step


def position(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return where ``value`` lies between ``low`` and ``high``, in per cent, two decimals."""
    return ((value - low) * 100 / (high - low)).quantize(CENT)


def _draw_scale(words: Localizer, like: Quantity, scale: Scale) -> Plot:
    """Draw the values of a scale, in the unit of ``like`` and without a hedge; of dates, years."""
    low, high, step = scale
    kind = Kind.YEAR if like.kind is Kind.DATE else like.kind
    ticks, count = "", int((high - low) / step)
    # The texts of more than four values would touch.
    for number in (*range(0, count - 1, 2), count) if count > 3 else range(count + 1):
        value = Decimal(f"{low + step * number:f}")
        x = position(value, low, high)
        anchor = "start" if x < 5 else "end" if x > 90 else ""
        shown = Quantity(value, kind, currency=like.currency, unit=like.unit)
        name = "tag tag--between" if 0 < number < count else "tag"
        ticks += svg.tag(x, 18, words.format_unhedged(shown), anchor, class_=name)
    return Plot(ticks, 26)


def draw_chart(words: Localizer, chart: Chart) -> Drawing:
    """Draw a chart of the data as marks, without colours, with texts in one language."""
    return _DRAW[chart.kind](words, chart, [*make_rows(words, chart)])


def _draw_bars(_words: Localizer, _chart: Chart, rows: Rows) -> Drawing:
    """Draw a bar for every number, from zero, each series on a scale of its own.

    The longest fills the room; a range goes on, lighter, from its lower to its upper limit.
    """
    series = zip(*(row.quantities for row in rows), strict=True)
    longest = [max(one.value_max or one.value for one in quantities) for quantities in series]
    for row in rows:
        row.plots = [*map(_bar, row.inputs, row.quantities, longest)]
    return Drawing(rows)


def _bar(one: Input, quantity: Quantity, longest: Decimal, style: str = "", fill: str = "") -> Plot:
    low, shape = quantity.value, shape_of(one)
    high = quantity.value_max or low
    part = position(low, ZERO, high)
    marks = svg.bar(ZERO, 0, part, BAR, shape, style or style_of(one), fill)
    if low < high:
        marks += svg.bar(part, 0, HUNDRED - part, BAR, shape, "range")
    return Plot(marks, BAR, position(high, ZERO, longest))


def _draw_columns(words: Localizer, chart: Chart, rows: Rows) -> Drawing:
    """Draw a column a row; a second number fills its column from below, up to its own height.

    An average is a line across the columns that it is the average of.
    """
    highest = max(one.value for row in rows for one in row.quantities)

    def height(quantity: Quantity) -> int:
        return int((quantity.value * COLUMN / highest).to_integral_value())

    pairs, hatch = [*zip(rows, chart.rows, strict=True)], f"hatch-{chart.id}"
    average, across = next(((row, one.across) for row, one in pairs if one.across), (None, 0))
    for number, (row, about) in enumerate(pairs):
        style = about.style or style_of(row.inputs[0])
        fill = f"url(#{hatch})" if style == "unsourced" else ""
        plots: list[Plot] = []
        marks, whole = "", height(row.quantities[0])
        for one, quantity in zip(row.inputs, row.quantities, strict=True):
            part, paint = height(quantity), "faint" if plots else style
            plots.append(_bar(one, quantity, highest, paint, fill))
            marks = svg.bar(0, whole - part, HUNDRED, part, shape_of(one), paint, fill) + marks
        if average and number < across:
            y = whole - height(average.quantities[0])
            marks += svg.line(-GAP, y, HUNDRED + GAP, y, "ink", 2.5)
            if number == 0:
                marks += svg.tag(-GAP, y - 26, average.label, "start")
                marks += svg.tag(-GAP, y - 8, average.numbers[0], "start", "ink")
        row.plots, row.column = plots, None if row is average else Plot(marks, whole)
    return Drawing(rows, Plot(_draw_hatch(hatch), 0))


def _draw_hatch(name: str) -> str:
    """Draw the pattern of columns that no source stands behind."""
    place = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    stroke = svg.draw_path("M0 0V7", "triangle", 6)
    return svg.element("pattern", stroke, id=name, width=7, height=7, **place)


def _draw_spread(words: Localizer, _chart: Chart, rows: Rows) -> Drawing:
    """Draw every answer of a row as a multiple of its first, on one scale.

    Rows of one answer each stand on the scale of their numbers, with a line from the first row's.
    """
    numbers = [row.multiples or row.quantities for row in rows]
    first, *others = (one.value for row in numbers for one in row)
    if rows[0].multiples:
        scale = round_scale(Decimal("0.5"), max(first, *others))
    else:
        scale = round_scale(min(first, *others), max(first, *others), parts=2)
    low, high, _ = scale
    base = position(first, low, high)
    for row, quantities in zip(rows, numbers, strict=True):
        places = [position(one.value, low, high) for one in quantities]
        marks = svg.line(min(base, *places), MIDDLE, max(base, *places), MIDDLE, "quiet", 2)
        for index, (one, x) in enumerate(zip(row.inputs, places, strict=True)):
            is_near = any(abs(x - other) < 8 for other in places[:index] + places[index + 1 :])
            # Two marks that would read as one stand above and below the line.
            marks += svg.dot(x, MIDDLE + (9 if index % 2 else -9) * is_near, shape_of(one))
        row.plots = [Plot(marks, ROW)]
    return Drawing(rows, scale=_draw_scale(words, numbers[0][0], scale))


def _draw_waffle(_words: Localizer, chart: Chart, rows: Rows) -> Drawing:
    """Draw each row as squares worth ``each``, or the first row's number; few squares are large."""
    each = chart.each or rows[0].quantities[0].value
    counts = [int((row.quantities[0].value / each).to_integral_value()) for row in rows]
    side, columns = (20, 11) if sum(counts) < 80 else (12, 17)
    for row, count, shape in zip(rows, counts, cycle(PARTS), strict=False):
        row.shape = shape
        places = (divmod(index, columns) for index in range(count))
        square = f"h{side}v{side}h-{side}z"
        path = "".join(f"M{x * (side + 3)} {y * (side + 3)}{square}" for y, x in places)
        marks = svg.element("path", d=path, fill=svg.paint(shape))
        row.plots = [Plot(marks, -(-count // columns) * (side + 3))]
    return Drawing(rows)


def _draw_slopes(words: Localizer, chart: Chart, rows: Rows) -> Drawing:
    """Draw each row as a line from its first number to its second, side by side, its third below.

    All stand on one logarithmic scale, so that equal multiples are parallel.
    """
    ends = [[one.value.log10() for one in row.quantities[:2]] for row in rows]
    low, high = min(map(min, ends)), max(map(max, ends))
    span = high - low or 1  # where nothing grows
    room = HUNDRED / len(rows)
    marks = ""
    for number, (row, logs) in enumerate(zip(rows, ends, strict=True)):
        y1, y2 = (50 + int((high - log) * HEIGHT / span) for log in logs)
        x1, x2 = ((room * (number + part)).quantize(CENT) for part in _SLOPE)
        first, second = map(words.format_unhedged, row.quantities[:2])
        marks += svg.line(x1, y1, x2, y2, row.shape, 2.5)
        marks += svg.dot(x1, y1, row.shape) + svg.dot(x2, y2, row.shape)
        marks += svg.tag(x1, y1 + 26, first, "start", "ink")
        marks += svg.tag(x2, y2 - 16, second, "end", "ink")
        bold = {"colour": row.shape, "font_weight": "600"}
        marks += svg.tag((x1 + x2) / 2, HEIGHT + 112, row.numbers[2], **bold)
        places = ((x1, y1 + 44, "start"), (x2, y2 - 34, "end"))
        for (x, y, anchor), label in zip(places, chart.series, strict=False):
            marks += "" if number else svg.tag(x, y, words.text(label), anchor)
    return Drawing(rows, Plot(marks, HEIGHT + 120))


def _draw_timeline(_words: Localizer, chart: Chart, rows: Rows) -> Drawing:
    """Draw events in rows of equal height, each joined to its day on an upright line to scale.

    The line is dotted from ``until`` on.
    """
    days = [first_day(about.date or "") for about in chart.rows]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)

    def down(day: date) -> Decimal:
        return (Decimal((day - first).days) * 98 / span + 1).quantize(CENT)

    until = down(first_day(chart.until)) if chart.until else HUNDRED
    marks = svg.line(AXIS, 0, AXIS, until, "ink", 3)
    marks += svg.line(AXIS, until, AXIS, HUNDRED, "quiet", 1.5, "2 5")
    if until < HUNDRED:
        marks += svg.line(AXIS - 12, until, AXIS + 12, until, "quiet", 1.5, "2 5")
    for number, day in enumerate(days):
        middle = (number + Decimal("0.5")) * 100 / len(days)
        marks += svg.line(AXIS - 5, down(day), AXIS + 5, down(day), "ink", 2)
        marks += svg.line(AXIS, down(day), EDGE, middle, "edge", 1)
    for year in range(first.year + 1, last.year + 1):
        marks += svg.tag(0, down(date(year, 1, 1)), str(year), "start", dy=".35em")
    return Drawing(rows, Plot(marks, HUNDRED, EDGE))


def _draw_ring(_words: Localizer, _chart: Chart, rows: Rows) -> Drawing:
    """Draw the rows' shapes on a ring, clockwise from the upper right, joined by arrows."""
    marks, part = "", 360 / len(rows)
    for number, row in enumerate(rows):
        angle = part * (number + 0.5) - 90
        inner_x, inner_y = _on_ring(angle, RADIUS - 27)
        (x1, y1), (x2, y2) = _on_ring(angle + 13), _on_ring(angle + part - 13)
        heads = [_on_ring(angle + part - 19, RADIUS + side) for side in (-6, 6)]
        head = "L".join(f"{hx} {hy}" for hx, hy in (heads[0], (x2, y2), heads[1]))
        arrow = f"M{x1} {y1}A{RADIUS} {RADIUS} 0 0 1 {x2} {y2}M{head}"
        marks += svg.draw_path(arrow, "quiet", 2) + svg.dot(*_on_ring(angle), row.shape)
        marks += svg.tag(inner_x, inner_y + 5, str(number + 1))
    return Drawing(rows, Plot(marks, RING, RING))


def _on_ring(angle: float, radius: int = RADIUS) -> tuple[float, float]:
    """Return the place at an angle (degrees, clockwise from the right), in pixels."""
    x, y = (RING / 2 + radius * turn(radians(angle)) for turn in (cos, sin))
    return round(x, 1), round(y, 1)


_DRAW: Mapping[ChartKind, Callable[[Localizer, Chart, Rows], Drawing]] = {
    "bars": _draw_bars,
    "columns": _draw_columns,
    "spread": _draw_spread,
    "waffle": _draw_waffle,
    "slopes": _draw_slopes,
    "ring": _draw_ring,
    "chain": lambda _words, _chart, rows: Drawing(rows),
    "timeline": _draw_timeline,
}
"""What draws each kind."""


def draw_range_plot(words: Localizer, figure: models.Figure) -> Drawing:
    """Draw a figure's claims, and in one row the reports that answer the same question in its unit.

    Amounts in other currencies are converted to the currency of the first claim, at the average
    rates of one period.
    """
    data, first, period = words.dataset, figure.claims[0].quantity, figure.comparison.rate_period
    numbers: list[Printed] = [*figure.claims]
    numbers += [one for one in data.reports_on(figure.id) if one.relation == "same"]
    rates: dict[models.Rate, None] = {}
    shown: list[tuple[Printed, Quantity]] = []
    for printed in numbers:
        quantity = printed.quantity
        if conversion := convert(data, quantity, first.currency or "", period or ""):
            quantity = conversion.result
            rates |= dict.fromkeys(conversion.rates)
        if _MEASURE(quantity) == _MEASURE(first):
            shown.append((printed, quantity))
    from_zero = first.kind not in (Kind.YEAR, Kind.DATE)
    scale = round_scale(ZERO, max(one.value_max or one.value for _, one in shown))
    if not from_zero:  # from the year before to the year after
        years = [_on_scale(one) for _, one in shown]
        scale = Decimal(floor(min(years)) - 1), Decimal(ceil(max(years)) + 1), Decimal(1)
    rows = []
    for claim, quantity in ((one, other) for one, other in shown if isinstance(one, models.Claim)):
        voice, number = claim.voice, words.format_input(claim)
        stem = svg.line(ZERO, 14, HUNDRED, 14, voice.shape, 2) if from_zero else ""
        plots = [Plot(_draw_point(claim, quantity, scale, stem), POINT)]
        label = words.text(voice.label)
        rows.append(Row(label, voice.shape, [claim], [quantity], [number], plots=plots))
    if context := shown[len(rows) :]:
        # Marks that would hide each other are drawn once.
        marks = dict.fromkeys(_draw_point(*one, scale) for one in context)
        label = words.string("strip.context", n=words.format_number(len(context)))
        inputs, quantities = zip(*context, strict=True)
        rows.append(Row(label, "open", inputs, quantities, plots=[Plot("".join(marks), POINT)]))
    return Drawing(rows, scale=_draw_scale(words, first, scale), rates=[*rates])


def _on_scale(quantity: Quantity) -> Decimal:
    """Return the value; of a date its year, and the part of the year that is over."""
    if quantity.kind is not Kind.DATE or quantity.edtf is None:
        return quantity.value
    day = first_day(quantity.edtf)
    return day.year + Decimal(day.timetuple().tm_yday - 1) / 366


def _draw_point(printed: Printed, quantity: Quantity, scale: Scale, stem: str = "") -> str:
    """Draw the shape of who says it with its hedge, perhaps at the end of a stem from zero.

    Scripts move what has a currency, when a reader chooses other rates.
    """
    shape, lean = "open", ""
    if isinstance(printed, models.Claim):
        shape, lean = printed.voice.shape, LEANS.get(printed.quantity.bound, "")
    marks = stem + svg.dot(HUNDRED, 14, shape, lean)
    width = svg.write_length(position(_on_scale(quantity), *scale[:2]))
    currency = "" if quantity is printed.quantity else printed.quantity.currency
    return svg.element("svg", marks, width=width, overflow="visible", data_money=currency)
