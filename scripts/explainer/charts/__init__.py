"""From claims to charts: their marks, and pictures of them as SVG and PNG."""

from explainer.charts.kinds import draw_chart, shape_of, style_of
from explainer.charts.scales import RangePlot, make_range_plot
from explainer.charts.svg import Drawing

__all__ = ["Drawing", "RangePlot", "draw_chart", "make_range_plot", "shape_of", "style_of"]
