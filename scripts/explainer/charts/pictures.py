"""Pictures to take away, with title, source and address: charts, range plots, social cards.

They show the marks of the pages, larger, beside text in lines of known width. Colours stand in
attributes, because a strict policy would block a style sheet inside a picture.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from typing import NamedTuple

from explainer import urls
from explainer.charts.kinds import draw_chart
from explainer.charts.scales import make_range_plot
from explainer.charts.svg import HUNDRED, Plot, Row, bar, dot, element, paint
from explainer.data import Chart, ChartKind, Claim, Figure
from explainer.extract import Language
from explainer.i18n import Localizer

WIDTH, LEFT, RIGHT, CARD = 1200, 60, 1140, 630
"""The width of pictures, the ends of their lines, and the height of a social card."""
PLOT_LEFT, NUMBERS = 460, 240
"""Where the plots of rows begin, and the room for numbers beside them."""
ZOOM = 1.5
"""How much larger marks are than on a page."""
COLOURS: Mapping[str, str] = {
    "paper": "#fbfaf7",
    "ink": "#1c2430",
    "quiet": "#545d6b",
    "edge": "#80848b",
    "circle": "#1f5fbf",
    "diamond": "#9a5b00",
    "square": "#b53b35",
    "triangle": "#5f5f5f",
    "derived": "#4f328c",
    "part-one": "#17504c",
    "part-two": "#6b7280",
    "part-three": "#a37d24",
}
"""The light values of the variables of the site's style sheet."""
_FONTS: Mapping[Language, str] = {
    "en": "'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
    "zh": "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
}
_WIDE = "[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]"
_BREAK = re.compile(
    rf"(?:(?<= )|(?:(?<={_WIDE})|(?={_WIDE}))(?<![《（「『【“‘]))"
    "(?![，。、；：？！”’）》」』】,.;:?!)%])"
)
"""Where a line may end: after a space, and beside a hanzi but for marks that keep to their word."""


class Style(NamedTuple):
    """How a text looks: attributes of its element."""

    font_size: float
    fill: str = paint("ink")
    font_weight: str = ""


TITLE, LABEL, NUMBER = Style(42, font_weight="700"), Style(24), Style(23, font_weight="700")
NOTE = Style(21, paint("quiet"))


def text_width(text: str, size: float) -> float:
    """Return about how wide ``text`` is in pixels.

    Letters of ASCII are 0.57 em on average, and other characters at most as wide as a hanzi.
    """
    return size * (len(text) - 0.43 * len(text.encode("ascii", "ignore")))


def wrap_text(text: str, size: float, room: float) -> list[str]:
    """Break ``text`` at spaces and between hanzi into lines of at most ``room`` pixels."""
    lines, line = [], ""
    for piece in _BREAK.split(text):
        if line and text_width(line + piece.rstrip(), size) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


class _Canvas:
    """A picture under construction, filled from top to bottom; ``y`` is the current height."""

    def __init__(self, words: Localizer, title: str, description: str) -> None:
        self.y = 30.0
        self.words, self._title, self._description = words, title, description
        self._elements: list[str] = []

    def add_lines(self, content: str, style: Style, x: float = LEFT, room: float = 0) -> None:
        """Write a text in as many lines as it takes, and go down by them."""
        for line in wrap_text(content, style.font_size, room or RIGHT - x):
            self.y += style.font_size * 1.3
            text = element("text", escape(line), x=x, y=self.y, **style._asdict())
            self._elements.append(text)

    def add_marks(self, plot: Plot, left: float, right: float) -> None:
        """Draw a plot between two places, and go down by its height."""
        width, height = ((right - left) / ZOOM, plot.height)
        place = f"translate({left:g} {self.y:g}) scale({ZOOM:g})"
        inner = element("svg", plot.marks, width=width, height=height, overflow="visible")
        look = {"transform": place, "text_anchor": "middle", "font_size": "13.5"}
        self._elements.append(element("g", inner, **look))
        self.y += float(height) * ZOOM

    def add_row(
        self,
        shape: str,
        texts: Iterable[tuple[str, Style]],
        plots: Sequence[tuple[Plot, str]] = (),
        left: float = LEFT,
    ) -> None:
        """Add a shape and texts, each in a style, and beside them plots, each with its number."""
        x, top = left + 30, self.y + 10
        room = PLOT_LEFT - 20 - x if plots else RIGHT - x
        self._elements.append(dot(left + 8, top + 24, shape))
        self.y = top
        for content, style in texts:
            self.add_lines(content, style, x, room)
        bottom, self.y = self.y, top + 8
        for plot, number in plots:
            width = RIGHT - PLOT_LEFT - (NUMBERS if number else 0)
            right, start = PLOT_LEFT + width * float(plot.width) / 100, self.y
            self.add_marks(plot, PLOT_LEFT, right)
            bottom, self.y = max(bottom, self.y + 6), (start + self.y) / 2 - 22
            self.add_lines(number, NUMBER, right + 22)
            self.y = bottom = max(bottom, self.y)
        self.y = bottom

    def finish(self, height: int | None = None) -> str:
        """Return the finished picture, as high as it has become where no height is given.

        Its name and description are for those who do not see it.
        """
        height = height or int(self.y) + 36
        content = element("title", escape(self._title), id="title")
        content += element("desc", escape(self._description), id="about")
        content += element("rect", width=WIDTH, height=height, fill=paint("paper"))
        picture = element(
            "svg",
            content + "".join(self._elements),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            role="img",
            lang=self.words.lang,
            aria_labelledby="title about",
            font_family=_FONTS[self.words.language],
        )
        # Texts have no bare quotation marks.
        return re.sub(r'"var\(--([a-z-]+)\)"', lambda name: f'"{COLOURS[name[1]]}"', picture) + "\n"


def draw_chart_picture(words: Localizer, chart: Chart, root: str) -> str:
    """Draw a chart as SVG in one language."""
    title, about = words.text(chart.title), words.text(chart.description)
    drawing = draw_chart(words, chart)
    canvas = _Canvas(words, title, about)
    canvas.add_lines(title, TITLE)
    canvas.y += 18
    field, left, top = drawing.field, LEFT, canvas.y
    if field and isinstance(field.width, Decimal):
        canvas.add_marks(field, LEFT, RIGHT)
    elif field:
        left += int(float(field.width) * ZOOM) + 24
    if drawing.patterns:
        canvas.add_marks(drawing.patterns, LEFT, LEFT)
    labels = [_label(words, chart, number) for number in range(len(chart.rows))]
    counts = [len(wrap_text(label, LABEL.font_size, RIGHT - left - 30)) for label in labels]
    for row, label, count in zip(drawing.rows, labels, counts, strict=True):
        # Rows of equal height where the field has a place for each.
        gap = (max(counts) - count) * LABEL.font_size * 0.65 if chart.until else 0
        canvas.y += gap
        _add_chart_row(canvas, chart, row, label, left)
        canvas.y += gap
    if field and left > LEFT:
        bottom, canvas.y = canvas.y, top
        if field.height == HUNDRED:
            field = replace(field, height=(bottom - top) / ZOOM)
        canvas.add_marks(field, LEFT, left)
        canvas.y = max(bottom, canvas.y)
    return _finish(canvas, drawing.scale, [about], "", urls.chart_page(chart.id), root)


def _label(words: Localizer, chart: Chart, number: int) -> str:
    """Return what a row is called, with its date, or its number on a ring."""
    about = chart.rows[number]
    label = words.text(about.label)
    if about.date:
        return words.string("chart.dated", date=words.format_date(about.date), label=label)
    return f"{number + 1}  {label}" if chart.kind is ChartKind.RING else label


def _add_chart_row(canvas: _Canvas, chart: Chart, row: Row, label: str, left: int) -> None:
    """Add a row with its label, its notes, and its numbers: beside its plots or below the label."""
    words, is_spread = canvas.words, chart.kind is ChartKind.SPREAD
    numbers = [words.format_input(one) for one in row.inputs]
    for index, multiple in enumerate(row.plotted[1:], 1):
        numbers[index] += f" ({words.format_unhedged(multiple)})"
    for index, series in enumerate(chart.series if chart.kind is ChartKind.BARS else ()):
        numbers[index] += f" {words.text(series)}"
    beside = [""] if is_spread else numbers[: len(row.plots)]
    below = numbers if is_spread else numbers[len(row.plots) :]
    texts = [(label, LABEL), (words.string("style.list").join(below), NUMBER)]
    for step in row.about.steps:
        text = words.text(step.text)
        texts.append((f"← {text}", LABEL) if step.known else (f"? {text}", NOTE))
    if row.about.note:
        texts.append((words.text(row.about.note), NOTE))
    canvas.add_row(row.shape, texts, [*zip(row.plots, beside, strict=True)], left)


def draw_figure_picture(words: Localizer, figure: Figure, root: str) -> str:
    """Draw a figure's range plot as SVG in one language."""
    plot = make_range_plot(words, figure)
    title = words.text(figure.headline, figure)
    canvas = _Canvas(words, title, words.text(figure.summary, figure))
    canvas.add_lines(title, TITLE)
    canvas.add_lines(words.text(figure.label, figure), NOTE)
    canvas.y += 18
    for point, marks in plot.claims:
        assert isinstance(point.printed, Claim)
        voice, number = point.printed.voice, words.format_claim(point.printed)
        texts = [(words.text(voice.label), LABEL), (number, NUMBER)]
        canvas.add_row(voice.shape, texts, [(marks, "")])
    if plot.context:
        label = words.string("strip.context", n=words.format_number(len(plot.context)))
        canvas.add_row("open", [(label, LABEL)], [(plot.context_plot, "")])
    notes = [words.format_rate(rate) for rate in plot.rates]
    status = words.string(f"status.{figure.comparison.status}")
    return _finish(canvas, plot.scale, notes, f"{status} · ", urls.figure_page(figure.id), root)


def _finish(
    canvas: _Canvas, scale: Plot | None, notes: list[str], before: str, page: urls.Page, root: str
) -> str:
    """Add a scale, notes, the site's name and the page's URL, and return the finished picture."""
    words = canvas.words
    if scale:
        canvas.add_marks(scale, PLOT_LEFT, RIGHT)
    canvas.y += 14
    for note in notes:
        canvas.add_lines(note, NOTE)
    canvas.y += 12
    canvas.add_lines(before + words.text(words.dataset.about.name), NUMBER)
    canvas.add_lines(urls.absolute(root, words.language, page), NOTE)
    return canvas.finish()


def draw_social_card(words: Localizer, title: str, about: str) -> str:
    """Draw the social card of a page that has no picture of its own: its title and description."""
    canvas = _Canvas(words, title, about)
    canvas.add_lines(words.text(words.dataset.about.name), Style(30, paint("quiet"), "700"))
    canvas.y = 60
    for number, voice in enumerate(reversed([*words.dataset.voices.values()]), 1):
        place = RIGHT + 26 - 38 * number
        canvas.add_marks(Plot(dot(0, 0, voice.shape), 0), place, place)
    canvas.y = 120
    canvas.add_lines(title, Style(56, font_weight="700"))
    canvas.y += 24
    canvas.add_lines(about, Style(34, paint("quiet")))
    canvas.y = CARD - 18
    canvas.add_marks(Plot(bar(0, 0, HUNDRED, 12, "ink", "solid"), 12), 0, WIDTH)
    return canvas.finish(CARD)
