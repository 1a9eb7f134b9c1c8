"""Text, shapes and lines as SVG. Sizes are in pixels; every text is escaped here."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from explainer.extract import Language
from explainer.i18n import Localizer

WIDTH, LEFT, RIGHT = 1200, 60, 1140
PAPER, INK, QUIET, LINE = "#fbfaf7", "#1c2430", "#545d6b", "#d9d5cb"
COLOURS: Mapping[str, str] = {
    "circle": "#1f5fbf",
    "diamond": "#9a5b00",
    "square": "#b53b35",
    "triangle": "#5f5f5f",
    "derived": "#4f328c",
    "part-one": "#17504c",
    "part-two": "#6b7280",
    "part-three": "#a37d24",
}
"""The colour of each shape and part: the light values of the site's style sheet."""
_PATHS: Mapping[str, str] = {
    "circle": "M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z",
    "diamond": "M0-12L12 0L0 12L-12 0z",
    "square": "M-10-10h20v20h-20z",
    "triangle": "M0-11L11 9H-11z",
    "open": "M0-11L11 9H-11z",
    "derived": "M-10-7h20v5h-20zM-10 2h20v5h-20z",
}
HATCH = (
    '<pattern id="hatch" width="10" height="10" patternUnits="userSpaceOnUse" '
    f'patternTransform="rotate(45)"><path d="M0 0V10" stroke="{COLOURS["triangle"]}" '
    'stroke-width="7"/></pattern>'
)
"""The pattern of columns that no source stands behind."""
_LINES = {"axis": QUIET, "grid": LINE, "known": INK, "average": INK, "tick": INK}
_WIDTHS = {"axis": 2.0, "grid": 2.0, "leader": 1.5}
"""Colours of lines that do not have a shape's, and widths of fine ones."""
_CHEVRONS = {"up": "M17-6l7 6l-7 6", "down": "M-17-6l-7 6l7 6"}
_FONTS: Mapping[Language, str] = {
    "en": "'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
    "zh": "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
}
_EM_WIDTHS = dict(
    enumerate(
        bytes.fromhex(
            "1a2539413b604b202626363b2025202a3b3b3b3b3b3b3b3b3b3b20203b3b3b3365454442493e3a48"
            "4c2739453a5e514f434f443e3e4c4161433f3d262a263b393f3c4035403c273f411e1f3e2062413f"
            "40402d322b413a563a39332737273b"
        ),
        start=ord(" "),
    )
)
"""From space to tilde in hundredths of an em: the wider of the bold cuts of both fonts."""
_WIDE = "[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]"
_BREAK = re.compile(
    rf"(?:(?<= )|(?:(?<={_WIDE})|(?={_WIDE}))(?<![《（「『【“‘]))"
    "(?![，。、；：？！”’）》」』】,.;:?!)%])"
)
"""Where a line may end: after a space, and beside a hanzi but for marks that keep to their word."""


def text_width(text: str, size: float) -> float:
    """Return about how wide ``text`` is in pixels, and never less than it will be."""
    # Every other character in the pictures is at most as wide as a hanzi.
    return size * sum(_EM_WIDTHS.get(ord(character), 100) for character in text) / 100


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


def colour_of(shape: str) -> str:
    """Return the colour of a shape; a quiet one for whatever has none."""
    return COLOURS.get("triangle" if shape == "open" else shape, INK if shape == "ink" else QUIET)


def draw_text(
    x: float,
    y: float,
    content: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    anchor: str = "start",
    halo: bool = False,
) -> str:
    """Draw one line of text with its baseline at ``y``; a halo keeps lines off it."""
    rest = ' font-weight="700"' * bold
    if anchor != "start":
        rest += f' text-anchor="{anchor}"'
    if halo:
        rest += f' stroke="{PAPER}" stroke-width="7" paint-order="stroke"'
    place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"'
    return f"<text {place}{rest}>{escape(content)}</text>"


def draw_shape(shape: str, x: float, y: float, *, scale: float = 1, lean: str = "") -> str:
    """Draw a voice's shape with its centre at ``x``, ``y``; a square for parts of a whole.

    A chevron beside it says which way the printed hedge points.
    """
    colour, path = colour_of(shape), _PATHS.get(shape, _PATHS["square"])
    paint = f'fill="{colour}"'
    if shape == "open":
        paint = f'fill="{PAPER}" stroke="{colour}" stroke-width="3"'
    place = f'transform="translate({x:g} {y:g}) scale({scale:g})"'
    drawn = f'<path d="{path}" {place} {paint}/>'
    return drawn + (draw_path(_CHEVRONS[lean], colour, 3.5, place) if lean else "")


def draw_path(path: str, colour: str, width: float, rest: str = "") -> str:
    """Draw the outline of a path; ``rest`` has its other attributes."""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" {rest}/>'


def draw_line(
    x1: float, y1: float, x2: float, y2: float, style: str = "grid", shape: str = ""
) -> str:
    """Draw a straight line in a style of charts (:class:`explainer.charts.marks.Line`)."""
    colour = _LINES.get(style) or colour_of(shape)
    dashes = 'stroke-dasharray="4 6"' if style == "unknown" else ""
    return draw_path(f"M{x1:g} {y1:g}L{x2:g} {y2:g}", colour, _WIDTHS.get(style, 3.5), dashes)


def draw_bar(x: float, y: float, width: float, height: float, shape: str, style: str) -> str:
    """Draw a rectangle: an outline for a planned amount, hatched without a source, or lighter."""
    colour = colour_of(shape)
    paint = {
        "planned": f'fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="8 5"',
        "unsourced": f'fill="url(#hatch)" fill-opacity="0.6" stroke="{colour}"',
        "faint": f'fill="{colour}" fill-opacity="0.75"',
        "range": f'fill="{colour}" fill-opacity="0.4"',
    }.get(style, f'fill="{colour}"')
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" {paint}/>'


class Canvas:
    """A picture under construction, filled from top to bottom; ``y`` is the current height."""

    def __init__(self, words: Localizer, title: str, description: str) -> None:
        self.y = 30.0
        self.words, self._title, self._description = words, title, description
        self._elements: list[str] = []

    def add(self, element: str) -> None:
        """Put an element on the canvas."""
        self._elements.append(element)

    def add_lines(
        self, content: str, size: float, x: float = LEFT, room: float = 0, **style: Any
    ) -> None:
        """Write a text in as many lines as it takes, and go down by them."""
        for line in wrap_text(content, size, room or RIGHT - x):
            self.y += size * 1.3
            self.add(draw_text(x, self.y, line, size, **style))

    def finish(self, height: int | None = None) -> str:
        """Return the finished picture, as high as it has become where no height is given.

        Its name and description are for those who do not see it.
        """
        height = height or int(self.y) + 36
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" lang="{self.words.lang}" '
            f'aria-labelledby="title about" font-family="{escape(_FONTS[self.words.language])}">'
            f'<title id="title">{escape(self._title)}</title>'
            f'<desc id="about">{escape(self._description)}</desc>'
            f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
            f"{''.join(self._elements)}</svg>\n"
        )
