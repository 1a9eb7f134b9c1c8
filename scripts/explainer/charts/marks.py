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
    lean: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, ``width`` in per cent.

    ``style`` is solid, planned (an outline), unsourced (hatched), faint, or range (light).
    """

    x: Decimal
    y: int
    width: Decimal
    height: int
    shape: str
    style: str = "solid"


@dataclass(frozen=True, slots=True)
class Square:
    """A square in a waffle; ``x`` is in pixels too."""

    x: int
    y: int
    side: int
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line. ``style``: axis, grid, stem, slope, average, leader, tick, known or unknown."""

    x1: Decimal
    y1: int
    x2: Decimal
    y2: int
    style: str
    shape: str = "quiet"


@dataclass(frozen=True, slots=True)
class Arrow:
    """An SVG path in pixels, with its head."""

    path: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A short text: a quantity, a date, a text of the data, or the result of a derivation."""

    x: Decimal
    y: int
    content: Quantity | Text | Input | str
    anchor: str = "middle"
    shape: str = "quiet"


Mark = Dot | Bar | Square | Line | Arrow | Tag


@dataclass(frozen=True, slots=True)
class Plot:
    """Marks on a strip of their own, as wide as ``width`` says in per cent of the room."""

    marks: tuple[Mark, ...]
    height: int
    width: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a drawing: its index among the chart's rows, its inputs and its shape.

    ``quantities`` are those of the inputs; ``plotted`` are multiples, where those stand on the
    scale. ``plots`` has a plot for each input, or one for the row; ``column`` is the same upright.
    """

    number: int
    inputs: tuple[Input, ...]
    quantities: tuple[Quantity, ...]
    shape: str
    plotted: tuple[Quantity, ...] = ()
    plots: tuple[Plot, ...] = ()
    column: Plot | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as marks: a field above the rows, if any, the rows, and a scale below them.

    ``upright`` is a field beside rows of equal height, with x and y exchanged.
    """

    rows: tuple[Row, ...]
    field: tuple[Mark, ...] = ()
    height: int = 0
    scale: tuple[Tag, ...] = ()
    upright: tuple[Mark, ...] = ()
