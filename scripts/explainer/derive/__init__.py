"""What follows from the dataset: our own arithmetic, with its steps, and converted amounts."""

from explainer.derive.currency import (
    Conversion,
    convert,
    list_currencies,
    list_periods,
    round_significant,
)
from explainer.derive.derivations import DerivationResult, evaluate_all, round_half_even
from explainer.derive.steps import Operator, formula_steps

__all__ = [
    "Conversion",
    "DerivationResult",
    "Operator",
    "convert",
    "evaluate_all",
    "formula_steps",
    "list_currencies",
    "list_periods",
    "round_half_even",
    "round_significant",
]
