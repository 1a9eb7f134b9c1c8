"""Pictures to take away: a chart, or a figure's range plot, with title, source and address."""

from collections.abc import Sequence
from decimal import Decimal

from explainer import urls
from explainer.charts import draw_chart, make_range_plot, svg
from explainer.charts.marks import Arrow, Bar, Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.range_plot import Point, RangePlot
from explainer.charts.rows import COLUMN
from explainer.charts.scales import anchor_at
from explainer.data import Chart, ChartKind, Claim, Figure
from explainer.i18n import Localizer

WIDTH = 1200
CHART_LEFT, CHART_RIGHT = 60, 1140
PLOT_LEFT, PLOT_RIGHT = 460, 880
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
    if chart.kind is ChartKind.COLUMNS:
        _add_columns(canvas, words, chart, drawing.rows)
    elif drawing.upright:
        _add_timeline(canvas, words, chart, drawing)
    else:
        side = drawing.height * ZOOM
        right = CHART_LEFT + side if chart.kind is ChartKind.RING else CHART_RIGHT
        _add_marks(canvas, words, drawing.field, (CHART_LEFT, right))
        canvas.skip(side + 10)
        for row in drawing.rows:
            _add_row(canvas, words, chart, row)
        end = CHART_RIGHT if chart.kind is ChartKind.SPREAD else PLOT_RIGHT
        _add_marks(canvas, words, drawing.scale, (PLOT_LEFT, end))
        canvas.skip(44 if drawing.scale else 0)
    canvas.skip(14)
    canvas.add_lines(about, 21, colour=svg.QUIET)
    canvas.skip(12)
    canvas.add_lines(words.text(words.dataset.about.name), 22, bold=True)
    address = urls.absolute(root, words.language, urls.chart_page(chart.id))
    canvas.add_lines(address, 20, colour=svg.QUIET)
    return canvas.finish(WIDTH, words, title, about)


def _label(words: Localizer, chart: Chart, row: Row) -> str:
    about = chart.rows[row.number]
    label = words.text(about.label)
    if chart.kind is ChartKind.RING:
        return f"{row.number + 1}  {label}"
    if not about.date:
        return label
    return words.string("chart.dated", date=words.format_date(about.date), label=label)


def _numbers(words: Localizer, chart: Chart, row: Row) -> list[str]:
    """Return the row's numbers, each with its multiple or the name of its series."""
    numbers = [words.format_input(one) for one in row.inputs]
    for index, multiple in enumerate(row.plotted[1:], 1):
        numbers[index] += f" ({words.format_unhedged(multiple)})"
    for index, series in enumerate(chart.series if chart.kind is ChartKind.BARS else ()):
        numbers[index] += f" {words.text(series)}"
    return numbers


def _add_row(canvas: svg.Canvas, words: Localizer, chart: Chart, row: Row) -> None:
    """Add a row: its label and notes, and beside them its marks, each with its number."""
    about, numbers = chart.rows[row.number], _numbers(words, chart, row)
    beside = [] if row.plotted else numbers[: len(row.plots)]
    below = words.string("style.list").join(numbers[len(beside) :])
    x, room = CHART_LEFT + 30, (PLOT_LEFT if row.plots else CHART_RIGHT) - CHART_LEFT - 50
    colour = svg.INK if row.plotted else svg.colour_of(row.shape)
    canvas.skip(10)
    top = canvas.y
    canvas.add(svg.draw_shape(row.shape, CHART_LEFT + 8, top + 24, scale=0.8))
    canvas.add_lines(_label(words, chart, row), 24, x=x, room=room)
    if below:
        canvas.add_lines(below, 23, x=x, room=room, bold=not row.plotted, colour=colour)
    for step in about.steps:
        text = f"{'←' if step.known else '?'} {words.text(step.text)}"
        ink = svg.INK if step.known else svg.QUIET
        canvas.add_lines(text, 22, x=x + 40, room=room - 40, colour=ink)
    if about.note:
        canvas.add_lines(words.text(about.note), 20, x=x, room=room, colour=svg.QUIET)
    bottom, canvas.y = canvas.y, top + 8
    for index, plot in enumerate(row.plots):
        right = CHART_RIGHT if row.plotted else svg.to_pixels(plot.width, PLOT_LEFT, PLOT_RIGHT)
        _add_marks(canvas, words, plot.marks, (PLOT_LEFT, right))
        if beside:
            y = canvas.y + min(plot.height * ZOOM / 2, 30) + 8
            canvas.add(svg.draw_text(right + 22, y, beside[index], 22, bold=True))
        canvas.skip(plot.height * ZOOM + 6)
    canvas.y = max(bottom, canvas.y)


def _add_columns(canvas: svg.Canvas, words: Localizer, chart: Chart, rows: Sequence[Row]) -> None:
    """Add columns side by side, each with its number above and its label and note below."""
    columns = [(row, row.column) for row in rows if row.column]
    room = (CHART_RIGHT - CHART_LEFT) / len(columns)
    base = lowest = canvas.y + COLUMN * ZOOM + 60
    canvas.add(svg.HATCH)
    for number, (row, plot) in enumerate(columns):
        about, (first, *others) = chart.rows[row.number], _numbers(words, chart, row)
        left, top = CHART_LEFT + room * number, base - plot.height * ZOOM
        x, fit = left + room / 2, room - 8
        canvas.y = top - 10 - 24.7 * len(svg.wrap_text(first, 19, fit))
        canvas.add_lines(first, 19, x=x, room=fit, bold=True, anchor="middle")
        canvas.y = top
        _add_marks(canvas, words, plot.marks, (left + room * 0.12, left + room * 0.88))
        canvas.y = base + 8
        canvas.add_lines(_label(words, chart, row), 18, x=x, room=fit, anchor="middle")
        for text in (*others, *([words.text(about.note)] if about.note else ())):
            canvas.skip(5)
            canvas.add_lines(text, 18, x=x, room=fit, anchor="middle", colour=svg.QUIET)
        lowest = max(lowest, canvas.y)
    canvas.add(svg.draw_line(CHART_LEFT, base, CHART_RIGHT, base, colour=svg.QUIET))
    canvas.y = lowest


def _add_timeline(canvas: svg.Canvas, words: Localizer, chart: Chart, drawing: Drawing) -> None:
    """Add events in lines of equal height, each joined to its day on a line to scale."""
    x = CHART_LEFT + 115
    labels = [_label(words, chart, row) for row in drawing.rows]
    counts = [len(svg.wrap_text(label, 23, CHART_RIGHT - x)) for label in labels]
    top, height = canvas.y, max(counts) * 30 + 12
    for mark in drawing.upright:
        if isinstance(mark, Line):
            scale = height * len(labels) / 100
            start = (CHART_LEFT + mark.y1 * ZOOM, top + float(mark.x1) * scale)
            end = (CHART_LEFT + mark.y2 * ZOOM, top + float(mark.x2) * scale)
            canvas.add(svg.draw_styled_line(*start, *end, mark))
    for row, label, count in zip(drawing.rows, labels, counts, strict=True):
        middle = top + (row.number + 0.5) * height
        canvas.add(svg.draw_shape(row.shape, x - 22, middle, scale=0.8))
        canvas.y = middle - 15 * count - 8
        canvas.add_lines(label, 23, x=x)
    canvas.y = top + height * len(labels)


def _add_marks(
    canvas: svg.Canvas, words: Localizer, marks: Sequence[Mark], sides: tuple[float, float]
) -> None:
    """Add marks from the current height down; their per cent run between two ``sides``."""

    def x(place: Decimal) -> float:
        return svg.to_pixels(place, *sides)

    def y(down: int) -> float:
        return round(canvas.y + down * ZOOM, 2)

    for mark in marks:
        match mark:
            case Dot():
                canvas.add(svg.draw_shape(mark.shape, x(mark.x), y(mark.y), scale=1.1))
                canvas.add(svg.draw_chevron(mark.lean, mark.shape, x(mark.x), y(mark.y)))
            case Bar():
                size = (x(mark.x + mark.width) - x(mark.x), mark.height * ZOOM)
                canvas.add(svg.draw_bar(x(mark.x), y(mark.y), *size, mark.shape, mark.style))
            case Square():
                left, side = sides[0] + mark.x * ZOOM, mark.side * ZOOM
                canvas.add(svg.draw_bar(left, y(mark.y), side, side, mark.shape, "solid"))
            case Line():
                ends = (x(mark.x1), y(mark.y1), x(mark.x2), y(mark.y2))
                canvas.add(svg.draw_styled_line(*ends, mark))
            case Arrow():
                canvas.add(svg.draw_arrow(mark.path, sides[0], canvas.y, ZOOM))
            case Tag():
                colour = svg.INK if mark.shape == "ink" else svg.colour_of(mark.shape)
                at, text = (x(mark.x), y(mark.y)), words.format_tag(mark.content)
                canvas.add(
                    svg.draw_text(*at, text, 20, colour=colour, anchor=mark.anchor, halo=True)
                )


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
