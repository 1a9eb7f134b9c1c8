"""Pictures to take away, with title, source and address: charts, range plots, social cards."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from explainer import urls
from explainer.charts import draw_chart, make_range_plot, svg
from explainer.charts.kinds import COLUMN, EDGE
from explainer.charts.marks import Arrow, Bar, Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.scales import ZERO
from explainer.charts.svg import LEFT, RIGHT
from explainer.data import Chart, ChartKind, Claim, Figure
from explainer.i18n import Localizer

PLOT_LEFT, PLOT_RIGHT = 460, 880
ZOOM = 1.5
"""Vertical pixels of a page are drawn larger here, as the whole picture is."""
POINTS = 76
"""The height of a line of a range plot."""
CARD = 630
"""The height of a social card."""
_TITLE_SIZES = (68, 60, 52, 46, 40)
"""Largest first; the first in which the title fits three lines is used."""


def draw_chart_picture(words: Localizer, chart: Chart, root: str) -> str:
    """Draw a chart as SVG in one language."""
    title, about = words.text(chart.title), words.text(chart.description)
    drawing = draw_chart(words.dataset, words.results, chart)
    canvas = svg.Canvas(words, title, about)
    canvas.add_lines(title, 42, bold=True)
    canvas.y += 24
    if chart.kind is ChartKind.COLUMNS:
        _add_columns(canvas, chart, drawing.rows)
    elif drawing.upright:
        _add_timeline(canvas, chart, drawing)
    else:
        side = drawing.height * ZOOM
        is_ring = chart.kind is ChartKind.RING
        right = LEFT + side if is_ring else RIGHT
        _add_marks(canvas, drawing.field, LEFT, right)
        below = canvas.y + side + 10
        canvas.y = canvas.y + 40 if is_ring else below
        for row in drawing.rows:
            _add_row(canvas, chart, row, right + 30 if is_ring else LEFT)
        canvas.y = max(canvas.y, below)
        _add_marks(canvas, drawing.scale, PLOT_LEFT, RIGHT)
        canvas.y += 44 if drawing.scale else 0
    canvas.y += 14
    canvas.add_lines(about, 21, colour=svg.QUIET)
    return _sign(canvas, "", root, urls.chart_page(chart.id))


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


def _add_row(canvas: svg.Canvas, chart: Chart, row: Row, left: float = LEFT) -> None:
    """Add a row: its label and notes, and beside them its marks, each with its number."""
    words = canvas.words
    about, numbers = chart.rows[row.number], _numbers(words, chart, row)
    is_spread = chart.kind is ChartKind.SPREAD
    beside = [] if is_spread else numbers[: len(row.plots)]
    below = words.string("style.list").join(numbers[len(beside) :])
    x, room = left + 30, (PLOT_LEFT if row.plots else RIGHT) - left - 50
    colour = svg.INK if is_spread else svg.colour_of(row.shape)
    canvas.y += 10
    top = canvas.y
    canvas.add(svg.draw_shape(row.shape, left + 8, top + 24, scale=0.8))
    canvas.add_lines(_label(words, chart, row), 24, x=x, room=room)
    if below:
        canvas.add_lines(below, 23, x=x, room=room, bold=not is_spread, colour=colour)
    for step in about.steps:
        text = f"{'←' if step.known else '?'} {words.text(step.text)}"
        ink = svg.INK if step.known else svg.QUIET
        canvas.add_lines(text, 22, x=x + 40, room=room - 40, colour=ink)
    if about.note:
        canvas.add_lines(words.text(about.note), 20, x=x, room=room, colour=svg.QUIET)
    bottom, canvas.y = canvas.y, top + 8
    for index, plot in enumerate(row.plots):
        right = (
            RIGHT if is_spread else PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * float(plot.width) / 100
        )
        _add_marks(canvas, plot.marks, PLOT_LEFT, right)
        if beside:
            y = canvas.y + min(plot.height * ZOOM / 2, 30) + 8
            canvas.add(svg.draw_text(right + 22, y, beside[index], 22, bold=True))
        canvas.y += plot.height * ZOOM + 6
    canvas.y = max(bottom, canvas.y)


def _add_columns(canvas: svg.Canvas, chart: Chart, rows: Sequence[Row]) -> None:
    """Add columns side by side, each with its number above and its label and note below."""
    words = canvas.words
    columns = [(row, row.column) for row in rows if row.column]
    room = (RIGHT - LEFT) / len(columns)
    base = lowest = canvas.y + COLUMN * ZOOM + 60
    canvas.add(svg.HATCH)
    for number, (row, plot) in enumerate(columns):
        about, (first, *others) = chart.rows[row.number], _numbers(words, chart, row)
        left, top = LEFT + room * number, base - plot.height * ZOOM
        x, fit = left + room / 2, room - 8
        canvas.y = top
        _add_marks(canvas, plot.marks, left + room * 0.12, left + room * 0.88)
        canvas.y = top - 10 - 24.7 * len(svg.wrap_text(first, 19, fit))
        canvas.add_lines(first, 19, x=x, room=fit, bold=True, anchor="middle", halo=True)
        canvas.y = base + 8
        canvas.add_lines(_label(words, chart, row), 18, x=x, room=fit, anchor="middle")
        for text in (*others, *([words.text(about.note)] if about.note else ())):
            canvas.y += 5
            canvas.add_lines(text, 18, x=x, room=fit, anchor="middle", colour=svg.QUIET)
        lowest = max(lowest, canvas.y)
    canvas.add(svg.draw_line(LEFT, base, RIGHT, base, "axis"))
    canvas.y = lowest


def _add_timeline(canvas: svg.Canvas, chart: Chart, drawing: Drawing) -> None:
    """Add events in lines of equal height, each joined to its day on a line to scale."""
    words = canvas.words
    x = LEFT + EDGE * ZOOM + 32
    labels = [_label(words, chart, row) for row in drawing.rows]
    counts = [len(svg.wrap_text(label, 23, RIGHT - x)) for label in labels]
    top, height = canvas.y, max(counts) * 30 + 12
    scale = height * len(labels) / 100
    for mark in drawing.upright:
        if isinstance(mark, Line):
            start = (LEFT + mark.y1 * ZOOM, top + float(mark.x1) * scale)
            end = (LEFT + mark.y2 * ZOOM, top + float(mark.x2) * scale)
            canvas.add(svg.draw_line(*start, *end, mark.style, mark.shape))
        elif isinstance(mark, Tag):
            y, year = top + float(mark.x) * scale + 7, words.format_tag(mark.content)
            canvas.add(svg.draw_text(LEFT, y, year, 20, colour=svg.QUIET))
    for row, label, count in zip(drawing.rows, labels, counts, strict=True):
        middle = top + (row.number + 0.5) * height
        canvas.add(svg.draw_shape(row.shape, x - 22, middle, scale=0.8))
        canvas.y = middle - 15 * count - 8
        canvas.add_lines(label, 23, x=x)
    canvas.y = top + height * len(labels)


def _add_marks(
    canvas: svg.Canvas, marks: Iterable[Mark], left: float = LEFT, right: float = RIGHT
) -> None:
    """Add marks from the current height down; their per cent run from ``left`` to ``right``."""

    def x(place: Decimal) -> float:
        return round(left + float(place) * (right - left) / 100, 2)

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
                start, side = left + mark.x * ZOOM, mark.side * ZOOM
                canvas.add(svg.draw_bar(start, y(mark.y), side, side, mark.shape, "solid"))
            case Line():
                ends = (x(mark.x1), y(mark.y1), x(mark.x2), y(mark.y2))
                canvas.add(svg.draw_line(*ends, mark.style, mark.shape))
            case Arrow():
                place = f'transform="translate({left:g} {canvas.y:g}) scale({ZOOM:g})"'
                canvas.add(svg.draw_path(mark.path, svg.QUIET, 2, place))
            case Tag():
                at, text = (x(mark.x), y(mark.y)), canvas.words.format_tag(mark.content)
                colour = svg.colour_of(mark.shape)
                canvas.add(
                    svg.draw_text(*at, text, 20, colour=colour, anchor=mark.anchor, halo=True)
                )


def draw_figure_picture(words: Localizer, figure: Figure, root: str) -> str:
    """Draw a figure's range plot as SVG in one language."""
    plot = make_range_plot(words.dataset, figure)
    title = words.text(figure.headline, figure)
    canvas = svg.Canvas(words, title, words.text(figure.summary, figure))
    canvas.add_lines(title, 42, bold=True)
    canvas.y += 6
    canvas.add_lines(words.text(figure.label, figure), 25, colour=svg.QUIET)
    canvas.y += 26
    depth = POINTS * (len(plot.claims) + bool(plot.context)) / ZOOM
    for tick in plot.ticks:
        line = Line(tick.x, 0, tick.x, int(depth) + 10, "grid")
        _add_marks(canvas, (line, replace(tick, y=int(depth) + 28)))
    lines: list[tuple[str, str, list[Mark]]] = []
    for point in plot.claims:
        assert isinstance(point.printed, Claim)
        voice = point.printed.voice
        marks: list[Mark] = [Dot(point.place, 20, voice.shape, point.lean)]
        if plot.from_zero:
            marks.insert(0, Line(ZERO, 20, point.place, 20, "stem", voice.shape))
        lines.append((words.text(voice.label), words.format_claim(point.printed), marks))
    if plot.context:
        label = words.string("strip.context", n=words.format_number(len(plot.context)))
        lines.append((label, "", [Dot(point.place, 20, "open") for point in plot.context]))
    for label, number, marks in lines:
        y, dot = canvas.y + 38, marks[-1]
        assert isinstance(dot, Dot)
        canvas.add(svg.draw_text(RIGHT, y, number, 29, bold=True, anchor="end"))
        canvas.add(svg.draw_shape(dot.shape, LEFT + 10, y - 8, scale=0.9))
        canvas.add(svg.draw_text(LEFT + 32, y, label, 25, colour=svg.colour_of(dot.shape)))
        canvas.y += POINTS / 2
        _add_marks(canvas, marks)
        canvas.y += POINTS / 2
    canvas.y += 60
    for rate in plot.rates:
        canvas.add_lines(words.format_rate(rate), 19, colour=svg.QUIET)
    status = words.string(f"status.{figure.comparison.status}")
    return _sign(canvas, f"{status} · ", root, urls.figure_page(figure.id))


def _sign(canvas: svg.Canvas, before: str, root: str, page: urls.Page) -> str:
    """Add the site's name and the address of the page, and return the finished picture."""
    words = canvas.words
    canvas.y += 12
    canvas.add_lines(before + words.text(words.dataset.about.name), 22, bold=True)
    canvas.add_lines(urls.absolute(root, words.language, page), 20, colour=svg.QUIET)
    return canvas.finish()


def draw_social_card(words: Localizer, title: str, about: str) -> str:
    """Draw the social card of a page that has no picture of its own: its title and description."""
    canvas = svg.Canvas(words, title, about)
    canvas.y = 53
    canvas.add_lines(words.text(words.dataset.about.name), 30, bold=True, colour=svg.QUIET)
    for number, voice in enumerate(reversed([*words.dataset.voices.values()])):
        canvas.add(svg.draw_shape(voice.shape, RIGHT - 38 * number, 82, scale=1.2))
    width = RIGHT - LEFT
    fitting = (size for size in _TITLE_SIZES if len(svg.wrap_text(title, size, width)) <= 3)
    canvas.y = 120
    canvas.add_lines(title, next(fitting, _TITLE_SIZES[-1]), bold=True)
    canvas.y += 24
    canvas.add_lines(about, 34, colour=svg.QUIET)
    canvas.add(svg.draw_bar(0, CARD - 18, svg.WIDTH, 18, "ink", "solid"))
    return canvas.finish(CARD)
