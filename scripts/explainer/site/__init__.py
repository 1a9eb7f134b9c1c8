"""From the dataset to files: pages, machine forms, pictures, and the one writer."""

from explainer.site.assets import Assets
from explainer.site.documents import Documents
from explainer.site.frame import LayoutContext
from explainer.site.machine import write_machine_files
from explainer.site.page import Page
from explainer.site.pages import render
from explainer.site.writer import Tree, add_file, write_file

__all__ = [
    "Assets",
    "Documents",
    "LayoutContext",
    "Page",
    "Tree",
    "add_file",
    "render",
    "write_file",
    "write_machine_files",
]
