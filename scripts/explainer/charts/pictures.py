"""Pictures to take away: a chart, or a figure's range plot, with title, source and address."""

from decimal import Decimal

from explainer import urls
from explainer.charts import draw_chart, make_range_plot, svg
from explainer.charts.marks import Bar, Dot, Line, Mark, Row, Square, Tag
from explainer.charts.range_plot import Point, RangePlot
from explainer.charts.scales import anchor_at
from explainer.data import Chart, Claim, Figure
from explainer.i18n import Localizer

WIDTH = 1200
CHART_LEFT, CHART_RIGHT = 60, 1140
FIGURE_LEFT, FIGURE_RIGHT = 70, 1130
ZOOM = 1.5
"""Vertical pixels of a page are drawn larger here, as the whole picture is."""


def draw_chart_picture(words: Localizer, chart: Chart, root: str) -> str:
    """Draw a chart as SVG in one language."""
    title, about = words.text(chart.title), words.text(chart.description)
    drawing = draw_chart(words.dataset, words.results, chart)
    canvas = svg.Canvas(CHART_LEFT, CHART_RIGHT, top=30)
    canvas.add_lines(title, 42, bold=True)
    canvas.skip(24)
    if drawing.field:
        for mark in drawing.field:
            _add_mark(canvas, words, mark)
        canvas.skip(drawing.height * ZOOM + 10)
    for row in drawing.rows:
        _add_row(canvas, words, chart, row)
    if drawing.scale:
        for tag in drawing.scale:
            _add_mark(canvas, words, tag)
        canvas.skip(44)
    canvas.skip(14)
    canvas.add_lines(about, 21, colour=svg.QUIET)
    canvas.skip(12)
    canvas.add_lines(words.text(words.dataset.about.name), 22, bold=True)
    address = urls.absolute(root, words.language, urls.chart_page(chart.id))
    canvas.add_lines(address, 20, colour=svg.QUIET)
    return canvas.finish(WIDTH, words, title, about)


def _add_row(canvas: svg.Canvas, words: Localizer, chart: Chart, row: Row) -> None:
    about = chart.rows[row.number]
    label = words.text(about.label)
    if about.date:
        label = words.string("chart.dated", date=words.format_date(about.date), label=label)
    numbers = words.string("style.list").join(words.format_input(one) for one in row.inputs)
    width = CHART_RIGHT - CHART_LEFT - 40
    room = width - (svg.text_width(numbers, 27) if numbers else 0)
    canvas.skip(10)
    first = canvas.y
    _add_wrapped(canvas, label, 24, max(room, 420), 32)
    canvas.add(svg.draw_shape(row.shape, CHART_LEFT + 8, first + 24, scale=0.8))
    if numbers:
        is_beside = room >= 420
        if not is_beside:
            canvas.skip(36)
        y = first + 32 if is_beside else canvas.y
        colour = svg.colour_of(row.shape)
        text = svg.draw_text(CHART_RIGHT, y, numbers, 27, bold=True, anchor="end", colour=colour)
        canvas.add(text)
    for step in about.steps:
        canvas.skip(32)
        sign, colour = ("←", svg.INK) if step.known else ("?", svg.COLOURS["square"])
        canvas.add(svg.draw_text(CHART_LEFT + 60, canvas.y, sign, 22, colour=svg.QUIET))
        for line in svg.wrap_text(words.text(step.text), 22, width - 80):
            canvas.add(svg.draw_text(CHART_LEFT + 100, canvas.y, line, 22, colour=colour))
            canvas.skip(30)
        canvas.skip(-30)
    if about.note:
        _add_wrapped(canvas, words.text(about.note), 20, width, 27, colour=svg.QUIET)
    if row.marks:
        canvas.skip(12)
        for mark in row.marks:
            _add_mark(canvas, words, mark)
        canvas.skip(row.height * ZOOM)


def _add_wrapped(
    canvas: svg.Canvas, text: str, size: int, room: float, pitch: int, colour: str = svg.INK
) -> None:
    """Add the lines of an indented text, each ``pitch`` pixels below the one before."""
    for line in svg.wrap_text(text, size, room):
        canvas.skip(pitch)
        canvas.add(svg.draw_text(CHART_LEFT + 30, canvas.y, line, size, colour=colour))


def _add_mark(canvas: svg.Canvas, words: Localizer, mark: Mark) -> None:
    def x(place: Decimal) -> float:
        return svg.to_pixels(place, CHART_LEFT, CHART_RIGHT)

    def y(down: int) -> float:
        return round(canvas.y + down * ZOOM, 2)

    match mark:
        case Dot():
            at = (x(mark.x), y(mark.y))
            canvas.add(svg.draw_shape(mark.shape, *at, scale=1.1, hollow=mark.hollow))
            canvas.add(svg.draw_chevron(mark.lean, mark.shape, *at))
        case Bar():
            width = svg.to_pixels(mark.width, 0, CHART_RIGHT - CHART_LEFT)
            size = (width, mark.height * ZOOM)
            canvas.add(svg.draw_bar(x(mark.x), y(mark.y), *size, mark.shape, mark.style))
        case Square():
            left, side = CHART_LEFT + mark.x * ZOOM, 13 * ZOOM
            canvas.add(svg.draw_bar(left, y(mark.y), side, side, mark.shape, "solid"))
        case Line():
            ends = (x(mark.x1), y(mark.y1), x(mark.x2), y(mark.y2))
            canvas.add(svg.draw_styled_line(*ends, mark))
        case Tag():
            colour = svg.QUIET if mark.quiet else svg.INK
            text = words.format_tag(mark.content)
            at = (x(mark.x), y(mark.y))
            canvas.add(svg.draw_text(*at, text, 20, colour=colour, anchor=mark.anchor))


def draw_figure_picture(words: Localizer, figure: Figure, root: str) -> str:
    """Draw a figure's range plot as SVG in one language."""
    plot = make_range_plot(words.dataset, figure)
    title = words.text(figure.headline, figure)
    canvas = svg.Canvas(FIGURE_LEFT - 10, FIGURE_RIGHT + 20, top=30)
    canvas.add_lines(title, 42, bold=True)
    canvas.skip(6)
    canvas.add_lines(words.text(figure.label, figure), 25, colour=svg.QUIET)
    canvas.skip(20)
    top = canvas.y + 6
    for point in plot.claims:
        _add_claim(canvas, words, point, from_zero=plot.from_zero)
    if plot.context:
        _add_context(canvas, words, plot)
    canvas.skip(34)
    for tick in plot.ticks:
        x = _figure_x(tick.place)
        canvas.add_below(svg.draw_line(x, top, x, canvas.y, width=1.5))
        anchor, text = anchor_at(tick.place), words.format_unhedged(tick.quantity)
        tick_text = svg.draw_text(x, canvas.y + 26, text, 20, colour=svg.QUIET, anchor=anchor)
        canvas.add(tick_text)
    canvas.skip(40)
    for rate in plot.rates:
        canvas.add_lines(words.format_rate(rate), 19, colour=svg.QUIET)
    canvas.skip(12)
    status = words.string(f"status.{figure.comparison.status}")
    canvas.add_lines(f"{status} · {words.text(words.dataset.about.name)}", 22, bold=True)
    address = urls.absolute(root, words.language, urls.figure_page(figure.id))
    canvas.add_lines(address, 20, colour=svg.QUIET)
    return canvas.finish(WIDTH, words, title, words.text(figure.summary, figure))


def _figure_x(place: Decimal) -> float:
    return svg.to_pixels(place, FIGURE_LEFT, FIGURE_RIGHT)


def _add_claim(canvas: svg.Canvas, words: Localizer, point: Point, *, from_zero: bool) -> None:
    assert isinstance(point.printed, Claim)
    shape = point.printed.voice.shape
    colour = svg.COLOURS[shape]
    _add_heading(canvas, shape, words.text(point.printed.voice.label), 44)
    text = words.format_claim(point.printed)
    canvas.add(svg.draw_text(FIGURE_RIGHT, canvas.y, text, 29, bold=True, anchor="end"))
    canvas.skip(32)
    x = _figure_x(point.place)
    if from_zero:
        canvas.add(svg.draw_line(FIGURE_LEFT, canvas.y, x, canvas.y, colour=colour, width=4))
    canvas.add(svg.draw_shape(shape, x, canvas.y, scale=1.15))
    canvas.add(svg.draw_chevron(point.lean, shape, x, canvas.y))


def _add_context(canvas: svg.Canvas, words: Localizer, plot: RangePlot) -> None:
    label = words.string("strip.context", n=words.format_count(len(plot.context)))
    _add_heading(canvas, "triangle", label, 50, hollow=True)
    canvas.skip(32)
    for point in plot.context:
        x = _figure_x(point.place)
        canvas.add(svg.draw_shape("triangle", x, canvas.y, scale=1.1, hollow=True))


def _add_heading(
    canvas: svg.Canvas, shape: str, label: str, pitch: int, *, hollow: bool = False
) -> None:
    canvas.skip(pitch)
    canvas.add(svg.draw_shape(shape, FIGURE_LEFT, canvas.y - 8, scale=0.9, hollow=hollow))
    colour = svg.COLOURS[shape]
    canvas.add(svg.draw_text(FIGURE_LEFT + 22, canvas.y, label, 25, colour=colour))
