"""From the dataset to its forms for programs: JSON, CSV, linked data, feeds, citations, twins."""

from explainer.export.citation_file import citation_cff
from explainer.export.collection import chart_forms, shared_forms, spoken_forms
from explainer.export.jsonld import figure_node, figure_nodes, page_graph, set_graph
from explainer.export.search_data import finding_form

__all__ = [
    "chart_forms",
    "citation_cff",
    "figure_node",
    "figure_nodes",
    "finding_form",
    "page_graph",
    "set_graph",
    "shared_forms",
    "spoken_forms",
]
