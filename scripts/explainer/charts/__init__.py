"""From claims to the marks of a chart. Nothing here knows HTML, colours or languages."""

from explainer.charts.bars import Bar, bars
from explainer.charts.strip import Mark, Strip, Tick, strip

__all__ = ["Bar", "Mark", "Strip", "Tick", "bars", "strip"]
