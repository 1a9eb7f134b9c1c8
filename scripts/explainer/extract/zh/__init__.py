"""The grammar of number phrases in Chinese; ``scan`` pulls them out of plain characters."""

from explainer.extract.zh.parser import scan

__all__ = ["scan"]
