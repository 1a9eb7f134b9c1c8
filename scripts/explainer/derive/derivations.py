"""Our own arithmetic: every derivation of the data with its result."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from explainer.data import Dataset, Derivation, Input, exact, input_of


@dataclass(frozen=True, slots=True)
class DerivationResult:
    """A derivation with its result.

    ``value`` is rounded half-even to the derivation's ``decimals``; ``exact`` says whether it lost
    nothing by that. ``inputs`` are what the names of the formula stand for, in its order.
    """

    derivation: Derivation
    value: Decimal
    exact: bool
    inputs: Mapping[str, Input]


def evaluate_all(dataset: Dataset) -> dict[str, DerivationResult]:
    """Return every derivation of the dataset by id. The loader has checked the formulas."""
    return {name: _evaluate(dataset, one) for name, one in dataset.derivations.items()}


def _evaluate(dataset: Dataset, derivation: Derivation) -> DerivationResult:
    inputs = {name: input_of(dataset, ref) for name, ref in derivation.inputs.items()}
    result = exact(dataset, derivation)
    value = round_half_even(result, derivation.decimals)
    return DerivationResult(derivation, value, Fraction(value) == result, inputs)


def round_half_even(value: Fraction, decimals: int) -> Decimal:
    """Round ``value`` to ``decimals`` places, half to even; trailing zeros stay."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = quotient.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    return Decimal(f"{rounded:f}")
