"""From a figure to citations of it: one record, set in four styles and three exchange formats."""

from collections.abc import Callable, Mapping

from explainer.export.citations.exchange import bibtex, csl_json, ris
from explainer.export.citations.record import Record, figure_record, set_record
from explainer.export.citations.styles import apa, chicago, gbt2015, gbt2025

STYLES: Mapping[str, Callable[[Record], str]] = {
    "apa": apa,
    "chicago": chicago,
    "gbt2025": gbt2025,
    "gbt2015": gbt2015,
}
"""The reference styles offered, by a short name."""
NAMES: Mapping[str, str] = {
    "apa": "APA",
    "chicago": "Chicago",
    "gbt2025": "GB/T 7714—2025",
    "gbt2015": "GB/T 7714—2015",
}
"""What the styles are called, in every language."""
EXCHANGE: Mapping[str, Callable[[Record], str]] = {
    "bib": bibtex,
    "ris": ris,
    "csl.json": csl_json,
}
"""The exchange formats offered, by their file's ending."""

__all__ = ["EXCHANGE", "NAMES", "STYLES", "Record", "figure_record", "set_record"]
