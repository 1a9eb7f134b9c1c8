"""From the dataset to what follows from it: our own arithmetic, with its working."""

from explainer.reasoning.conversion import Conversion, convert, currencies, periods, significant
from explainer.reasoning.derivations import Reckoned, reckon, rounded
from explainer.reasoning.working import Operator, working

__all__ = [
    "Conversion",
    "Operator",
    "Reckoned",
    "convert",
    "currencies",
    "periods",
    "reckon",
    "rounded",
    "significant",
    "working",
]
