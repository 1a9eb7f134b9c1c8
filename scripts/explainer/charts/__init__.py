"""From claims to charts: their marks, and pictures of them as SVG and PNG."""

from collections.abc import Mapping

from explainer.charts.kinds import DRAW
from explainer.charts.marks import Drawing
from explainer.charts.scales import RangePlot, make_range_plot, make_rows, style_of
from explainer.data import Chart, Dataset
from explainer.derive import DerivationResult


def draw_chart(dataset: Dataset, results: Mapping[str, DerivationResult], chart: Chart) -> Drawing:
    """Draw a chart of the data as marks, without colours, markup or language."""
    return DRAW[chart.kind](chart, make_rows(dataset, results, chart))


__all__ = ["Drawing", "RangePlot", "draw_chart", "make_range_plot", "style_of"]
