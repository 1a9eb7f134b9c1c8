"""What charts are drawn with. Places run from 0 to 100 across and in pixels down."""

from dataclasses import dataclass
from decimal import Decimal

from explainer.data import Input, Text
from explainer.extract import Quantity


@dataclass(frozen=True, slots=True)
class Dot:
    """A voice's shape. ``lean`` tells which way a printed hedge points: up, down or nowhere."""

    x: Decimal
    y: int
    shape: str
    hollow: bool = False
    lean: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle. ``style`` is solid, planned (an outline) or faint."""

    x: Decimal
    y: int
    wide: Decimal
    high: int
    shape: str
    style: str = "solid"


@dataclass(frozen=True, slots=True)
class Square:
    """A square of fixed size in a field of them; ``x`` is in pixels too."""

    x: int
    y: int
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line. ``style`` is axis, grid, step, guide or unknown."""

    x1: Decimal
    y1: int
    x2: Decimal
    y2: int
    style: str
    shape: str = "quiet"


@dataclass(frozen=True, slots=True)
class Tag:
    """A short text: a quantity, a date, a text of the data, or a derivation's multiple."""

    x: Decimal
    y: int
    said: Quantity | Text | Input | str
    anchor: str = "middle"
    quiet: bool = True


Mark = Dot | Bar | Square | Line | Tag


@dataclass(frozen=True, slots=True)
class Row:
    """One row as drawn: its place among the chart's rows, its numbers, its shape, its marks."""

    number: int
    inputs: tuple[Input, ...]
    shape: str
    marks: tuple[Mark, ...] = ()
    high: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as drawn: a field of marks above the rows, if any, the rows, and a scale below."""

    rows: tuple[Row, ...]
    field: tuple[Mark, ...] = ()
    high: int = 0
    scale: tuple[Tag, ...] = ()
