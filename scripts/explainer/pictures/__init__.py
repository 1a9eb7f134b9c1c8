"""From marks to pictures that stand alone: SVG with its own colours and words, and PNG."""

from explainer.pictures.chart import chart_picture
from explainer.pictures.figure import figure_picture
from explainer.pictures.raster import png
from explainer.pictures.share import share_picture

__all__ = ["chart_picture", "figure_picture", "png", "share_picture"]
