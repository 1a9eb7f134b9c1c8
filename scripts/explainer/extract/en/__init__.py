"""The grammar of number phrases in English; ``scan`` pulls them out of plain characters."""

from explainer.extract.en.parser import scan

__all__ = ["scan"]
