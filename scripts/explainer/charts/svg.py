"""The marks of charts as SVG elements, alike on pages and in pictures.

A length is per cent of the plot where it is a ``Decimal``, else in pixels; y runs down. A colour is
the name of a variable of the style sheet; shapes of voices and parts of a whole are such names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from markupsafe import Markup

from explainer.data import Input, Rate
from explainer.extract import Quantity

Length = Decimal | float
ZERO, HUNDRED = Decimal(0), Decimal(100)
_PATHS = {
    "circle": "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
    "diamond": "M0-9L9 0L0 9L-9 0z",
    "square": "M-7-7h14v14h-14z",
    "triangle": "M0-8L8 7H-8z",
    "open": "M0-8L8 7H-8z",
    "derived": "M-8-6h16v4h-16zM-8 2h16v4h-16z",
}
_BARS: Mapping[str, Mapping[str, Any]] = {
    "planned": {"fill": "none", "stroke_width": 2, "stroke_dasharray": "5 3"},
    "range": {"fill_opacity": 0.45},
    "faint": {"opacity": 0.75},
}
_CHEVRONS = {"up": "M12-5l5 5l-5 5", "down": "M-12-5l-5 5l5 5"}


def element(name: str, content: str = "", /, **attributes: Any) -> str:
    """Return an SVG element with the attributes that are not zero or empty."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{write_length(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def write_length(value: Length | str) -> str:
    """Return the value of an attribute."""
    if isinstance(value, str):
        return escape(value)
    return f"{float(value):g}%" if isinstance(value, Decimal) else f"{value:g}"


def paint(colour: str) -> str:
    """Return a colour as an attribute has it; pages look it up in their style sheet."""
    return f"var(--{'triangle' if colour == 'open' else colour})"


def dot(x: Length, y: Length, shape: str, lean: str = "") -> str:
    """Return a voice's shape with its centre at a place; a square for a part of a whole.

    A chevron beside it says which way the printed hedge points: "up", "down" or "".
    """
    colour, path = paint(shape), _PATHS.get(shape, _PATHS["square"])
    fill = paint("paper") if shape == "open" else colour
    marks = element("path", d=path, fill=fill, stroke=colour, stroke_width=2)
    if lean:
        marks += draw_path(_CHEVRONS[lean], shape, 2.5)
    return element("svg", marks, x=x, y=y, overflow="visible")


def draw_path(path: str, colour: str, width: float) -> str:
    """Return the outline of a path."""
    return element("path", d=path, fill="none", stroke=paint(colour), stroke_width=width)


def bar(
    x: Length, y: Length, width: Length, height: Length, shape: str, style: str, fill: str = ""
) -> str:
    """Return a rectangle: solid, planned (an outline), faint, range (light), with a ``fill``."""
    colour, place = paint(shape), {"x": x, "y": y, "width": width, "height": height}
    look = {"fill": fill or colour, "stroke": "" if style in ("solid", "faint") else colour}
    return element("rect", **place, **{**look, **_BARS.get(style, {})})


def line(
    x1: Length, y1: Length, x2: Length, y2: Length, colour: str, width: float, dashes: str = ""
) -> str:
    """Return a straight line."""
    look = {"stroke": paint(colour), "stroke_width": width, "stroke_dasharray": dashes}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, **look)


def tag(
    x: Length, y: Length, text: str, anchor: str = "", colour: str = "quiet", **rest: str
) -> str:
    """Return a short text, in the middle above its place or anchored at its "start" or "end"."""
    halo = {"stroke": paint("paper"), "stroke_width": "5", "paint_order": "stroke"}
    rest = {"class_": "tag", "fill": paint(colour), **halo, "text_anchor": anchor, **rest}
    return element("text", escape(text), x=x, y=y, **rest)


@dataclass(frozen=True, slots=True)
class Plot:
    """Marks on a strip of their own; ``width`` in per cent is a part of the room that there is."""

    marks: str
    height: Length
    width: Length = HUNDRED

    def svg(self, name: str) -> Markup:
        """Return the plot as an element of a page, of the class ``name``."""
        place = {"width": self.width, "height": self.height}
        return Markup(element("svg", self.marks, class_=name, aria_hidden="true", **place))


@dataclass(slots=True)
class Row:
    """A row of a drawing: its label, its shape and its inputs, with numbers and notes as texts.

    ``quantities`` are those of the inputs; ``multiples`` stand on the scale in their place, where
    there are any. Each kind of chart adds its own ``plots``, one for each input or one for the row;
    ``column`` is the same upright.
    """

    label: str
    shape: str
    inputs: Sequence[Input]
    quantities: Sequence[Quantity]
    numbers: Sequence[str] = ()
    notes: Sequence[str] = ()
    multiples: Sequence[Quantity] = ()
    plots: Sequence[Plot] = ()
    column: Plot | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as marks: its rows, and perhaps a field and a scale below.

    The field stands above the rows, or beside them where its width is in pixels; of columns it is
    the pattern that fills some. ``rates`` are those at which amounts were converted.
    """

    rows: Sequence[Row]
    field: Plot | None = None
    scale: Plot | None = None
    rates: Sequence[Rate] = ()
