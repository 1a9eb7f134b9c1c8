"""Text, shapes and lines as SVG. Sizes are in pixels; every text is escaped here."""

import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from html import escape

from explainer.charts import Line
from explainer.extract import Language
from explainer.i18n import Localizer

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
"""One colour for each shape and part: the light values of the site's style sheet."""
_PATHS: Mapping[str, str] = {
    "circle": "M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0z",
    "diamond": "M0-12L12 0L0 12L-12 0z",
    "square": "M-10-10h20v20h-20z",
    "triangle": "M0-11L11 9H-11z",
    "derived": "M-10-7h20v5h-20zM-10 2h20v5h-20z",
}
_LEANS = {"up": "M17-6l7 6l-7 6", "down": "M-17-6l-7 6l7 6"}
_FONTS: Mapping[Language, str] = {
    "en": "'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
    "zh": "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
}
_ASCII = bytes.fromhex(
    "1a2539413b604b202626363b2025202a3b3b3b3b3b3b3b3b3b3b20203b3b3b3365454442493e3a48"
    "4c2739453a5e514f434f443e3e4c4161433f3d262a263b393f3c4035403c273f411e1f3e2062413f"
    "40402d322b413a563a39332737273b"
)
"""Widths from space to tilde in hundredths of an em: the wider of the bold cuts of both fonts."""
_NOT_FIRST = "，。、；：？！”’）》」』】,.;:?!)%"


def width(text: str, size: float) -> float:
    """About how wide ``text`` is, in pixels; never less than it will be."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    place = ord(character) - 32
    # Whatever else pictures hold is at most as wide as a hanzi.
    return _ASCII[place] / 100 if 0 <= place < len(_ASCII) else 1.0


def wrapped(text: str, size: float, room: float) -> list[str]:
    """``text`` in lines of at most ``room`` pixels: broken at spaces, and between hanzi."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece.rstrip(), size) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> Iterable[str]:
    """Stretches that a line may not be broken inside."""
    piece = ""
    for number, character in enumerate(text):
        following = text[number + 1 : number + 2]
        piece += character
        wide = unicodedata.east_asian_width(character) in "WF"
        next_wide = bool(following) and unicodedata.east_asian_width(following) in "WF"
        free = character == " " or ((wide or next_wide) and character not in "《（「『【“‘")
        if free and following not in _NOT_FIRST:
            yield piece
            piece = ""
    if piece:
        yield piece


def text(
    x: float,
    y: float,
    said: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = INK,
    anchor: str = "start",
) -> str:
    """One line of text with its baseline at ``y``."""
    weight = ' font-weight="700"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight} fill="{colour}"{place}>'
        f"{escape(said)}</text>"
    )


def shape(name: str, x: float, y: float, *, scale: float = 1, hollow: bool = False) -> str:
    """A voice's shape with its centre at ``x``, ``y``; a square for parts of a whole."""
    filled = f'fill="{colour(name)}"'
    outlined = f'fill="{PAPER}" stroke="{colour(name)}" stroke-width="3"'
    path = _PATHS.get(name, _PATHS["square"])
    place = f"translate({x:g} {y:g}) scale({scale:g})"
    return f'<path d="{path}" transform="{place}" {outlined if hollow else filled}/>'


def lean(way: str, name: str, x: float, y: float) -> str:
    """A chevron beside a mark: which way the printed hedge points."""
    if not way:
        return ""
    return (
        f'<path d="{_LEANS[way]}" transform="translate({x:g} {y:g})" fill="none" '
        f'stroke="{colour(name)}" stroke-width="3.5"/>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, colour: str = LINE, thick: float = 2
) -> str:
    """A straight line."""
    return (
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{colour}" stroke-width="{thick:g}" '
        'fill="none"/>'
    )


def colour(name: str) -> str:
    """The colour of a shape; quiet for whatever has none."""
    return COLOURS.get(name, QUIET)


def bar(x: float, y: float, length: float, height: float, name: str, style: str) -> str:
    """A rectangle; a planned amount is an outline, a faint one lets the paper through."""
    paint = {
        "planned": f'fill="none" stroke="{colour(name)}" stroke-width="3" stroke-dasharray="8 5"',
        "faint": f'fill="{colour(name)}" fill-opacity="0.75"',
    }.get(style, f'fill="{colour(name)}"')
    return f'<rect x="{x:g}" y="{y:g}" width="{length:g}" height="{height:g}" {paint}/>'


def stroke(x1: float, y1: float, x2: float, y2: float, mark: Line) -> str:
    """A line in the manner of its style."""
    colours = {"axis": QUIET, "grid": LINE}
    dashes = {"unknown": ' stroke-dasharray="4 6"', "guide": ' stroke-dasharray="10 6"'}
    return (
        f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" fill="none" stroke-width="3" '
        f'stroke="{colours.get(mark.style, colour(mark.shape))}"{dashes.get(mark.style, "")}/>'
    )


def along(place: Decimal, start: float, end: float) -> float:
    """The pixel at ``place`` per cent of the way from ``start`` to ``end``."""
    return round(start + float(place) * (end - start) / 100, 2)


def picture(
    size: tuple[int, int], language: Language, tag: str, title: str, description: str, body: str
) -> str:
    """The whole picture, with its name and description for those who do not see it."""
    wide, high = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
        f'height="{high}" role="img" lang="{tag}" aria-labelledby="title about" '
        f'font-family="{escape(_FONTS[language])}">'
        f'<title id="title">{escape(title)}</title><desc id="about">{escape(description)}</desc>'
        f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>{body}</svg>\n'
    )


class Sheet:
    """A picture under construction, filled from top to bottom. ``y`` is how far it has come."""

    def __init__(self, left: float, right: float, *, top: float) -> None:
        self.left, self.right, self.y = left, right, top
        self._above: list[str] = []
        self._below: list[str] = []

    def skip(self, pixels: float) -> None:
        """Go down."""
        self.y += pixels

    def add(self, drawn: str) -> None:
        """Put something on the sheet."""
        self._above.append(drawn)

    def under(self, drawn: str) -> None:
        """Put something below everything else."""
        self._below.append(drawn)

    def lines(self, said: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        """Write a text in as many lines as it takes, and go down by them."""
        for one in wrapped(said, size, self.right - self.left):
            self.y += size * 1.3
            self.add(text(self.left, self.y, one, size, bold=bold, colour=colour))

    def picture(self, wide: int, words: Localizer, title: str, about: str) -> str:
        """The finished picture, as high as it has become."""
        size = (wide, int(self.y) + 36)
        body = "".join([*self._below, *self._above])
        return picture(size, words.language, words.lang, title, about, body)
