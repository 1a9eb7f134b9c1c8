"""From claims to the marks of a chart. Nothing here knows HTML, colours or languages."""

from collections.abc import Callable, Mapping

from explainer.charts.grids import SIDE, listed, plane, power, steps, waffle
from explainer.charts.marks import Bar, Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.range_plot import Strip, Stroke, Tick, strip
from explainer.charts.rows import bars, dots, spread, stack
from explainer.charts.scales import Values, style_of
from explainer.data import Chart, ChartKind, Dataset
from explainer.derive import DerivationResult

_KINDS: Mapping[ChartKind, Callable[[Values], Drawing]] = {
    ChartKind.BARS: bars,
    ChartKind.DOTS: dots,
    ChartKind.SPREAD: spread,
    ChartKind.STACK: stack,
    ChartKind.WAFFLE: waffle,
    ChartKind.POWER: power,
    ChartKind.STEPS: steps,
    ChartKind.CHAIN: listed,
    ChartKind.PLANE: plane,
    ChartKind.TIMELINE: listed,
}


def draw(dataset: Dataset, reckoned: Mapping[str, DerivationResult], chart: Chart) -> Drawing:
    """A chart of the data as marks."""
    return _KINDS[chart.kind](Values(dataset, reckoned, chart))


__all__ = [
    "SIDE",
    "Bar",
    "Dot",
    "Drawing",
    "Line",
    "Mark",
    "Row",
    "Square",
    "Strip",
    "Stroke",
    "Tag",
    "Tick",
    "Values",
    "draw",
    "strip",
    "style_of",
]
