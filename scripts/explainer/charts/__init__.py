"""From claims to the marks of a chart. Nothing here knows HTML, colours or languages."""

from explainer.charts.bars import Bar, bars

__all__ = ["Bar", "bars"]
