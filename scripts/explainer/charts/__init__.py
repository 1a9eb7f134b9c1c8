"""From claims to the marks of a chart. Nothing here knows HTML, colours or languages."""

from collections.abc import Callable, Mapping

from explainer.charts.fields import SIDE, listed, plane, power, steps, waffle
from explainer.charts.marks import Bar, Dot, Drawing, Line, Mark, Row, Square, Tag
from explainer.charts.rowwise import bars, dots, spread, stack
from explainer.charts.strip import Strip, Stroke, Tick, strip
from explainer.charts.values import Values, style_of
from explainer.dataset import Chart, ChartKind, Dataset
from explainer.reasoning import Reckoned

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


def draw(dataset: Dataset, reckoned: Mapping[str, Reckoned], chart: Chart) -> Drawing:
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
