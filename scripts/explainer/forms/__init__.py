"""From the dataset to its forms for programs: JSON, CSV, linked data, feeds, citations, twins."""

from explainer.forms.citation_file import citation_cff
from explainer.forms.collection import chart_forms, shared_forms, spoken_forms
from explainer.forms.finding import finding_form
from explainer.forms.linked import figure_node, figure_nodes, page_graph, set_graph

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
