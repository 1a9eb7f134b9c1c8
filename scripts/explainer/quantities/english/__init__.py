"""The grammar of number phrases in English; ``scan`` pulls them out of plain characters."""

from explainer.quantities.english.phrases import scan

__all__ = ["scan"]
