"""Pictures to take away: a chart, or a figure's range plot, with title, source and address."""

from collections.abc import Sequence
from decimal import Decimal

from explainer import urls
from explainer.charts import draw_chart, make_range_plot, svg
from explainer.charts.marks import Arrow, Bar, Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.rows import COLUMN
from explainer.charts.scales import ZERO, anchor_at
from explainer.data import Chart, ChartKind, Claim, Figure
from explainer.i18n import Localizer

WIDTH = 1200
LEFT, RIGHT = 60, 1140
PLOT_LEFT, PLOT_RIGHT = 460, 880
ZOOM = 1.5
"""Vertical pixels of a page are drawn larger here, as the whole picture is."""
POINTS = 76
"""The height of a line of a range plot."""


def draw_chart_picture(words: Localizer, chart: Chart, root: str) -> str:
    """Draw a chart as SVG in one language."""
    title, about = words.text(chart.title), words.text(chart.description)
    drawing = draw_chart(words.dataset, words.results, chart)
    canvas = svg.Canvas(LEFT, RIGHT, top=30)
    canvas.add_lines(title, 42, bold=True)
    canvas.skip(24)
    if chart.kind is ChartKind.COLUMNS:
        _add_columns(canvas, words, chart, drawing.rows)
    elif drawing.upright:
        _add_timeline(canvas, words, chart, drawing)
    else:
        side = drawing.height * ZOOM
        is_ring = chart.kind is ChartKind.RING
        right = LEFT + side if is_ring else RIGHT
        _add_marks(canvas, words, drawing.field, (LEFT, right))
        below = canvas.y + side + 10
        canvas.y = canvas.y + 40 if is_ring else below
        for row in drawing.rows:
            _add_row(canvas, words, chart, row, right + 30 if is_ring else LEFT)
        canvas.y = max(canvas.y, below)
        end = RIGHT if chart.kind is ChartKind.SPREAD else PLOT_RIGHT
        _add_marks(canvas, words, drawing.scale, (PLOT_LEFT, end))
        canvas.skip(44 if drawing.scale else 0)
    canvas.skip(14)
    canvas.add_lines(about, 21, colour=svg.QUIET)
    canvas.skip(12)
    _sign(canvas, words, "", root, urls.chart_page(chart.id))
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


def _add_row(
    canvas: svg.Canvas, words: Localizer, chart: Chart, row: Row, left: float = LEFT
) -> None:
    """Add a row: its label and notes, and beside them its marks, each with its number."""
    about, numbers = chart.rows[row.number], _numbers(words, chart, row)
    beside = [] if row.plotted else numbers[: len(row.plots)]
    below = words.string("style.list").join(numbers[len(beside) :])
    x, room = left + 30, (PLOT_LEFT if row.plots else RIGHT) - left - 50
    colour = svg.INK if row.plotted else svg.colour_of(row.shape)
    canvas.skip(10)
    top = canvas.y
    canvas.add(svg.draw_shape(row.shape, left + 8, top + 24, scale=0.8))
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
        right = (
            RIGHT if row.plotted else PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * float(plot.width) / 100
        )
        _add_marks(canvas, words, plot.marks, (PLOT_LEFT, right))
        if beside:
            y = canvas.y + min(plot.height * ZOOM / 2, 30) + 8
            canvas.add(svg.draw_text(right + 22, y, beside[index], 22, bold=True))
        canvas.skip(plot.height * ZOOM + 6)
    canvas.y = max(bottom, canvas.y)


def _add_columns(canvas: svg.Canvas, words: Localizer, chart: Chart, rows: Sequence[Row]) -> None:
    """Add columns side by side, each with its number above and its label and note below."""
    columns = [(row, row.column) for row in rows if row.column]
    room = (RIGHT - LEFT) / len(columns)
    base = lowest = canvas.y + COLUMN * ZOOM + 60
    canvas.add(svg.HATCH)
    for number, (row, plot) in enumerate(columns):
        about, (first, *others) = chart.rows[row.number], _numbers(words, chart, row)
        left, top = LEFT + room * number, base - plot.height * ZOOM
        x, fit = left + room / 2, room - 8
        canvas.y = top
        _add_marks(canvas, words, plot.marks, (left + room * 0.12, left + room * 0.88))
        canvas.y = top - 10 - 24.7 * len(svg.wrap_text(first, 19, fit))
        canvas.add_lines(first, 19, x=x, room=fit, bold=True, anchor="middle", halo=True)
        canvas.y = base + 8
        canvas.add_lines(_label(words, chart, row), 18, x=x, room=fit, anchor="middle")
        for text in (*others, *([words.text(about.note)] if about.note else ())):
            canvas.skip(5)
            canvas.add_lines(text, 18, x=x, room=fit, anchor="middle", colour=svg.QUIET)
        lowest = max(lowest, canvas.y)
    canvas.add(svg.draw_line(LEFT, base, RIGHT, base, "axis"))
    canvas.y = lowest


def _add_timeline(canvas: svg.Canvas, words: Localizer, chart: Chart, drawing: Drawing) -> None:
    """Add events in lines of equal height, each joined to its day on a line to scale."""
    x = LEFT + 115
    labels = [_label(words, chart, row) for row in drawing.rows]
    counts = [len(svg.wrap_text(label, 23, RIGHT - x)) for label in labels]
    top, height = canvas.y, max(counts) * 30 + 12
    for mark in drawing.upright:
        if isinstance(mark, Line):
            scale = height * len(labels) / 100
            start = (LEFT + mark.y1 * ZOOM, top + float(mark.x1) * scale)
            end = (LEFT + mark.y2 * ZOOM, top + float(mark.x2) * scale)
            canvas.add(svg.draw_line(*start, *end, mark.style, mark.shape))
    for row, label, count in zip(drawing.rows, labels, counts, strict=True):
        middle = top + (row.number + 0.5) * height
        canvas.add(svg.draw_shape(row.shape, x - 22, middle, scale=0.8))
        canvas.y = middle - 15 * count - 8
        canvas.add_lines(label, 23, x=x)
    canvas.y = top + height * len(labels)


def _add_marks(
    canvas: svg.Canvas,
    words: Localizer,
    marks: Sequence[Mark],
    sides: tuple[float, float] = (LEFT, RIGHT),
) -> None:
    """Add marks from the current height down; their per cent run between two ``sides``."""

    def x(place: Decimal) -> float:
        return round(sides[0] + float(place) * (sides[1] - sides[0]) / 100, 2)

    def y(down: int) -> float:
        return round(canvas.y + down * ZOOM, 2)

    for mark in marks:
        match mark:
            case Dot():
                at = (x(mark.x), y(mark.y))
                canvas.add(svg.draw_shape(mark.shape, *at, scale=1.1, lean=mark.lean))
            case Bar():
                size = (x(mark.x + mark.width) - x(mark.x), mark.height * ZOOM)
                canvas.add(svg.draw_bar(x(mark.x), y(mark.y), *size, mark.shape, mark.style))
            case Square():
                left, side = sides[0] + mark.x * ZOOM, mark.side * ZOOM
                canvas.add(svg.draw_bar(left, y(mark.y), side, side, mark.shape, "solid"))
            case Line():
                ends = (x(mark.x1), y(mark.y1), x(mark.x2), y(mark.y2))
                canvas.add(svg.draw_line(*ends, mark.style, mark.shape))
            case Arrow():
                place = f'transform="translate({sides[0]:g} {canvas.y:g}) scale({ZOOM:g})"'
                canvas.add(svg.draw_path(mark.path, svg.QUIET, 2, place))
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
    canvas = svg.Canvas(LEFT, RIGHT, top=30)
    canvas.add_lines(title, 42, bold=True)
    canvas.skip(6)
    canvas.add_lines(words.text(figure.label, figure), 25, colour=svg.QUIET)
    canvas.skip(26)
    depth = POINTS * (len(plot.claims) + bool(plot.context)) / ZOOM
    for tick in plot.ticks:
        line = Line(tick.place, 0, tick.place, int(depth) + 10, "grid")
        tag = Tag(tick.place, int(depth) + 28, tick.quantity, anchor_at(tick.place))
        _add_marks(canvas, words, (line, tag))
    for point in plot.claims:
        assert isinstance(point.printed, Claim)
        voice = point.printed.voice
        dot = Dot(point.place, 20, voice.shape, point.lean)
        stem = (Line(ZERO, 20, point.place, 20, "stem", voice.shape),) if plot.from_zero else ()
        number = svg.draw_text(
            RIGHT, canvas.y + 38, words.format_claim(point.printed), 29, bold=True, anchor="end"
        )
        canvas.add(number)
        _add_points(canvas, words, words.text(voice.label), (*stem, dot))
    if plot.context:
        label = words.string("strip.context", n=words.format_number(len(plot.context)))
        _add_points(canvas, words, label, [Dot(p.place, 20, "open") for p in plot.context])
    canvas.skip(60)
    for rate in plot.rates:
        canvas.add_lines(words.format_rate(rate), 19, colour=svg.QUIET)
    canvas.skip(12)
    status = words.string(f"status.{figure.comparison.status}")
    _sign(canvas, words, f"{status} · ", root, urls.figure_page(figure.id))
    return canvas.finish(WIDTH, words, title, words.text(figure.summary, figure))


def _add_points(canvas: svg.Canvas, words: Localizer, label: str, marks: Sequence[Mark]) -> None:
    """Add a label with its shape, and below it marks on the scale."""
    (*_, last) = (mark for mark in marks if isinstance(mark, Dot))
    colour = svg.colour_of(last.shape)
    canvas.add(svg.draw_shape(last.shape, LEFT + 10, canvas.y + 30, scale=0.9))
    canvas.add(svg.draw_text(LEFT + 32, canvas.y + 38, label, 25, colour=colour))
    canvas.skip(POINTS / 2)
    _add_marks(canvas, words, marks)
    canvas.skip(POINTS / 2)


def _sign(canvas: svg.Canvas, words: Localizer, before: str, root: str, page: urls.Page) -> None:
    """Add the site's name and the address of the page that the picture is taken from."""
    canvas.add_lines(before + words.text(words.dataset.about.name), 22, bold=True)
    address = urls.absolute(root, words.language, page)
    canvas.add_lines(address, 20, colour=svg.QUIET)
