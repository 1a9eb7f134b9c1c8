"""From claims to charts: their marks, and pictures of them as SVG and PNG."""

from explainer.charts.kinds import draw_chart, draw_range_plot, shape_of, style_of
from explainer.charts.svg import Drawing

__all__ = ["Drawing", "draw_chart", "draw_range_plot", "shape_of", "style_of"]
