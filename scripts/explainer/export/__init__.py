"""The dataset in forms for programs, from JSON and CSV to feeds, citations and search data."""

from explainer.export.citations import (
    FORMATS,
    STYLE_NAMES,
    STYLES,
    Record,
    citation_cff,
    figure_record,
    set_record,
)
from explainer.export.context import SiteContext, site_context
from explainer.export.feeds import describe_revision, figure_title
from explainer.export.files import export_files
from explainer.export.jsonld import dataset_graph, figure_graph, graph_script, page_graph
from explainer.export.markdown import number_sentence
from explainer.export.search_data import search_data

__all__ = [
    "FORMATS",
    "STYLES",
    "STYLE_NAMES",
    "Record",
    "SiteContext",
    "citation_cff",
    "dataset_graph",
    "describe_revision",
    "export_files",
    "figure_graph",
    "figure_record",
    "figure_title",
    "graph_script",
    "number_sentence",
    "page_graph",
    "search_data",
    "set_record",
    "site_context",
]
