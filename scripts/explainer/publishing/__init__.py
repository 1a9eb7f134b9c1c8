"""From the dataset to files: pages, machine forms, pictures, and the one writer."""

from explainer.publishing.machine import write_machine_files
from explainer.publishing.pages import Page, render
from explainer.publishing.writer import write_file, write_tree

__all__ = ["Page", "render", "write_file", "write_machine_files", "write_tree"]
