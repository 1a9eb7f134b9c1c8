"""Derivations reckoned: our own arithmetic, with the value and the working shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from explainer.data import Dataset, Derivation, Input, exact, input_of


@dataclass(frozen=True, slots=True)
class DerivationResult:
    """A derivation with its result.

    ``value`` is rounded half-even to the derivation's ``digits``; ``exact`` says whether nothing
    was lost by that. ``inputs`` are what the names of the formula stand for, in its order.
    """

    derivation: Derivation
    value: Decimal
    exact: bool
    inputs: Mapping[str, Input]


def evaluate_all(dataset: Dataset) -> dict[str, DerivationResult]:
    """Every derivation of the dataset, by id. The loader has proved that the formulas work."""
    return {reckoned.derivation.id: reckoned for reckoned in _reckon(dataset)}


def _reckon(dataset: Dataset) -> Iterator[DerivationResult]:
    for derivation in dataset.derivations.values():
        inputs = {name: input_of(dataset, ref) for name, ref in derivation.inputs.items()}
        result = exact(dataset, derivation)
        value = rounded(result, derivation.decimals)
        yield DerivationResult(derivation, value, Fraction(value) == result, inputs)


def rounded(exact: Fraction, digits: int) -> Decimal:
    """``exact`` to ``digits`` decimals, half to even, with trailing zeros kept."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        value = quotient.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    return Decimal(f"{value:f}")
