"""From the dataset to what follows from it: derivations and comparisons."""

from explainer.reasoning.comparisons import Contrast, contrasts
from explainer.reasoning.derivations import Reckoned, reckon, rounded
from explainer.reasoning.working import Operator, working

__all__ = ["Contrast", "Operator", "Reckoned", "contrasts", "reckon", "rounded", "working"]
