"""From claims to charts: their marks, and pictures of them as SVG and PNG."""

from collections.abc import Callable, Mapping

from explainer.charts.grids import draw_list, draw_ring, draw_slopes, draw_steps, draw_timeline
from explainer.charts.marks import Drawing
from explainer.charts.range_plot import RangePlot, make_range_plot
from explainer.charts.rows import (
    draw_bars,
    draw_columns,
    draw_spread,
    draw_waffle,
)
from explainer.charts.scales import Values, style_of
from explainer.data import Chart, ChartKind, Dataset
from explainer.derive import DerivationResult

_KINDS: Mapping[ChartKind, Callable[[Values], Drawing]] = {
    ChartKind.BARS: draw_bars,
    ChartKind.COLUMNS: draw_columns,
    ChartKind.SPREAD: draw_spread,
    ChartKind.WAFFLE: draw_waffle,
    ChartKind.SLOPES: draw_slopes,
    ChartKind.STEPS: draw_steps,
    ChartKind.RING: draw_ring,
    ChartKind.CHAIN: draw_list,
    ChartKind.TIMELINE: draw_timeline,
}


def draw_chart(dataset: Dataset, results: Mapping[str, DerivationResult], chart: Chart) -> Drawing:
    """Draw a chart of the data as marks, without colours, markup or language."""
    return _KINDS[chart.kind](Values(dataset, results, chart))


__all__ = [
    "Drawing",
    "RangePlot",
    "Values",
    "draw_chart",
    "make_range_plot",
    "style_of",
]
