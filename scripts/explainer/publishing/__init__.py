"""From the dataset to files: pages and the one writer."""

from explainer.publishing.pages import render
from explainer.publishing.writer import swap, write_file, write_tree

__all__ = ["render", "swap", "write_file", "write_tree"]
