"""Claims of one figure held against each other, pair by pair, where they share a measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from explainer.dataset import Claim, Figure
from explainer.reasoning.derivations import rounded


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two claims in one measure: the larger, the smaller, and how many times (two decimals)."""

    larger: Claim
    smaller: Claim
    times: Decimal


def contrasts(figure: Figure) -> Iterator[Contrast]:
    """Every pair of claims of different voices with the same measure and different values."""
    for one, other in combinations(figure.claims, 2):
        a, b = one.quantity, other.quantity
        if one.voice == other.voice or (a.currency, a.unit) != (b.currency, b.unit):
            continue
        if a.value == b.value or min(a.value, b.value) <= 0:
            continue
        larger, smaller = (one, other) if a.value > b.value else (other, one)
        ratio = Fraction(larger.quantity.value) / Fraction(smaller.quantity.value)
        yield Contrast(larger, smaller, rounded(ratio, 2))
