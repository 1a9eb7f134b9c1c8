"""The grammar of number phrases in Chinese; ``scan`` pulls them out of plain characters."""

from explainer.quantities.chinese.phrases import scan

__all__ = ["scan"]
