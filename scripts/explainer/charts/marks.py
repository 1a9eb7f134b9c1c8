"""The marks that charts are drawn with. ``x`` runs from 0 to 100 per cent, ``y`` in pixels down."""

from dataclasses import dataclass
from decimal import Decimal

from explainer.data import Input, Text
from explainer.extract import Quantity


@dataclass(frozen=True, slots=True)
class Dot:
    """A voice's shape. ``lean`` says which way the printed hedge points: "up", "down" or ""."""

    x: Decimal
    y: int
    shape: str
    hollow: bool = False
    lean: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, ``width`` in per cent. ``style`` is solid, planned (an outline) or faint."""

    x: Decimal
    y: int
    width: Decimal
    height: int
    shape: str
    style: str = "solid"


@dataclass(frozen=True, slots=True)
class Square:
    """A square of fixed size in a waffle; ``x`` is in pixels too."""

    x: int
    y: int
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line. ``style`` is axis, grid, stem, step, guide or unknown."""

    x1: Decimal
    y1: int
    x2: Decimal
    y2: int
    style: str
    shape: str = "quiet"


@dataclass(frozen=True, slots=True)
class Tag:
    """A short text: a quantity, a date, a text of the data, or the result of a derivation."""

    x: Decimal
    y: int
    content: Quantity | Text | Input | str
    anchor: str = "middle"
    quiet: bool = True


Mark = Dot | Bar | Square | Line | Tag


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a drawing: its index among the chart's rows, its inputs, its shape and marks."""

    number: int
    inputs: tuple[Input, ...]
    shape: str
    marks: tuple[Mark, ...] = ()
    height: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as marks: a field above the rows, if any, the rows, and a scale below them."""

    rows: tuple[Row, ...]
    field: tuple[Mark, ...] = ()
    height: int = 0
    scale: tuple[Tag, ...] = ()
