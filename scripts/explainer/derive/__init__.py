"""From the dataset to what follows from it: our own arithmetic, with its working."""

from explainer.derive.currency import Conversion, convert, currencies, periods, significant
from explainer.derive.derivations import DerivationResult, evaluate_all, rounded
from explainer.derive.steps import Operator, working

__all__ = [
    "Conversion",
    "DerivationResult",
    "Operator",
    "convert",
    "currencies",
    "evaluate_all",
    "periods",
    "rounded",
    "significant",
    "working",
]
