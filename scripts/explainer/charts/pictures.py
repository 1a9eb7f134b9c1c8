"""Pictures to take away, with title, source and address: charts, range plots, social cards.

They show the marks of the pages, larger, beside text in lines of known width. Colours stand in
attributes, because a strict policy would block a style sheet inside a picture.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import escape
from typing import NamedTuple

from explainer import urls
from explainer.charts.kinds import draw_chart, draw_range_plot
from explainer.charts.svg import HUNDRED, Drawing, Plot, Row, bar, dot, element, paint
from explainer.config import ROOT
from explainer.data import Chart, Figure
from explainer.extract import Language
from explainer.i18n import Localizer

WIDTH, LEFT, RIGHT, CARD = 1200, 60, 1140, 630
"""The width of pictures, the ends of their lines, and the height of a social card."""
PLOT_LEFT, NUMBERS = 460, 255
"""Where the plots of rows begin, and the room for numbers beside them."""
ZOOM = 1.5
"""How much larger marks are than on a page."""
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

    Letters of ASCII are 0.55 em on average, and other characters at most as wide as a hanzi.
    """
    return size * (len(text) - 0.45 * len(text.encode("ascii", "ignore")))


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
        look = {"transform": place, "text_anchor": "middle", "font_size": "13"}
        self._elements.append(element("g", inner, **look))
        self.y += float(height) * ZOOM

    def add_row(self, row: Row, left: float, *, has_scale: bool) -> None:
        """Add a row: its shape and its texts, and beside them its plots.

        Numbers stand beside their plots, or below the label where the plots stand on one scale.
        """
        x, top = left + 30, self.y + 10
        room = PLOT_LEFT - 20 - x if row.plots else RIGHT - x
        self._elements.append(dot(left + 8, top + 24, row.shape))
        self.y = top
        self.add_lines(row.label, LABEL, x, room)
        beside = 0 if has_scale else len(row.plots)
        below = self.words.string("style.list").join(row.numbers[beside:])
        self.add_lines(below, NUMBER, x, room)
        for note in row.notes:
            self.add_lines(note, NOTE, x, room)
        bottom, self.y = self.y, top + 8
        for index, plot in enumerate(row.plots):
            width = RIGHT - PLOT_LEFT - (NUMBERS if beside else 0)
            right, start = PLOT_LEFT + width * float(plot.width) / 100, self.y
            self.add_marks(plot, PLOT_LEFT, right)
            bottom = max(bottom, self.y + 6)
            if beside:
                self.y = (start + self.y) / 2 - 22
                self.add_lines(row.numbers[index], NUMBER, right + 22)
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
        content += "".join(self._elements)
        size = {"viewBox": f"0 0 {WIDTH} {height}", "width": WIDTH, "height": height}
        look = {"role": "img", "lang": self.words.lang, "aria_labelledby": "title about"}
        look |= {"xmlns": "http://www.w3.org/2000/svg", "font_family": _FONTS[self.words.language]}
        picture = element("svg", content, **size, **look)
        # Texts have no bare quotation marks.
        variable, colours = r'"var\(--([\w-]+)\)"', _colours()
        return re.sub(variable, lambda name: f'"{colours.get(name[1], "black")}"', picture) + "\n"


@cache
def _colours() -> Mapping[str, str]:
    """Return the light values of the variables of the site's style sheet."""
    sheet = (ROOT / "docs/assets/css/site.css").read_text("utf-8")
    return dict(re.findall(r"--([\w-]+): light-dark\(([^,()]+),", sheet))


def draw_chart_picture(words: Localizer, chart: Chart, root: str) -> str:
    """Draw a chart as SVG in one language."""
    title, about = words.text(chart.title), words.text(chart.description)
    canvas = _Canvas(words, title, about)
    canvas.add_lines(title, TITLE)
    return _draw(canvas, draw_chart(words, chart), [about], urls.chart_page(chart.id), root)


def draw_figure_picture(words: Localizer, figure: Figure, root: str) -> str:
    """Draw a figure's range plot as SVG in one language."""
    title, about = (words.text(one, figure) for one in (figure.headline, figure.summary))
    drawing = draw_range_plot(words, figure)
    canvas = _Canvas(words, title, about)
    canvas.add_lines(title, TITLE)
    canvas.y += 6
    canvas.add_lines(words.text(figure.label, figure), NOTE)
    notes = [words.format_rate(rate) for rate in drawing.rates]
    status = words.string(f"status.{figure.comparison.status}")
    return _draw(canvas, drawing, [*notes, status], urls.figure_page(figure.id), root)


def _draw(
    canvas: _Canvas, drawing: Drawing, notes: Iterable[str], page: urls.Page, root: str
) -> str:
    """Add a drawing, notes, the site's name and the page's URL; return the finished picture."""
    canvas.y += 18
    words, field, left, top = canvas.words, drawing.field, float(LEFT), canvas.y
    if field and isinstance(field.width, Decimal):
        canvas.add_marks(field, LEFT, RIGHT)
    elif field:
        left += float(field.width) * ZOOM + 24
    sizes = [len(wrap_text(row.label, LABEL.font_size, RIGHT - left - 30)) for row in drawing.rows]
    # Rows of equal height where the field has a place for each.
    half_line = LABEL.font_size * 0.65 if field and field.height == HUNDRED else 0
    for row, size in zip(drawing.rows, sizes, strict=True):
        gap = (max(sizes) - size) * half_line
        canvas.y += gap
        canvas.add_row(row, left, has_scale=drawing.scale is not None)
        canvas.y += gap
    if field and left > LEFT:
        bottom, canvas.y = canvas.y, top
        if field.height == HUNDRED:
            field = replace(field, height=(bottom - top) / ZOOM)
        canvas.add_marks(field, LEFT, left)
        canvas.y = max(bottom, canvas.y)
    if drawing.scale:
        canvas.add_marks(drawing.scale, PLOT_LEFT, RIGHT)
    canvas.y += 14
    for note in notes:
        canvas.add_lines(note, NOTE)
    canvas.y += 12
    canvas.add_lines(words.text(words.dataset.about.name), NUMBER)
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
