"""From the dataset to files: pages, machine forms, pictures, and the one writer."""

from explainer.publishing.assets import Assets
from explainer.publishing.documents import Documents
from explainer.publishing.frame import Furniture
from explainer.publishing.machine import write_machine_files
from explainer.publishing.page import Page
from explainer.publishing.pages import render
from explainer.publishing.writer import Tree, add_file, write_file

__all__ = [
    "Assets",
    "Documents",
    "Furniture",
    "Page",
    "Tree",
    "add_file",
    "render",
    "write_file",
    "write_machine_files",
]
