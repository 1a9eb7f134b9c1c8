"""Derivations reckoned: our own arithmetic on claims, with the value and the working shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from explainer.dataset import Claim, Dataset, Derivation
from explainer.dataset.formula import evaluate


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A derivation with its result.

    ``value`` is rounded half-even to the derivation's ``digits``; ``exact`` says whether nothing
    was lost by that. ``inputs`` are the claims behind the names of the formula, in its order.
    """

    derivation: Derivation
    value: Decimal
    exact: bool
    inputs: Mapping[str, Claim]


def reckon(dataset: Dataset) -> dict[str, Reckoned]:
    """Every derivation of the dataset, by id. The loader has proved that the formulas work."""
    return {reckoned.derivation.id: reckoned for reckoned in _reckon(dataset)}


def _reckon(dataset: Dataset) -> Iterator[Reckoned]:
    for derivation in dataset.derivations.values():
        inputs = {name: dataset.claim(ref) for name, ref in derivation.inputs.items()}
        values = {name: Fraction(claim.quantity.value) for name, claim in inputs.items()}
        result = evaluate(derivation.formula, values)
        value = rounded(result, derivation.digits)
        yield Reckoned(derivation, value, Fraction(value) == result, inputs)


def rounded(value: Fraction, digits: int) -> Decimal:
    """``value`` to ``digits`` decimals, half to even, with trailing zeros kept."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return quotient.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
