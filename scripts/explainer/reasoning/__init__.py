"""From the dataset to what follows from it: our own arithmetic, with its working."""

from explainer.reasoning.derivations import Reckoned, reckon, rounded
from explainer.reasoning.working import Operator, working

__all__ = ["Operator", "Reckoned", "reckon", "rounded", "working"]
