"""Medians, ratios and exponents. No clock and no file is touched here."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with the least and the most."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Median, least and most of at least one value."""
    return Spread(statistics.median(values), min(values), max(values))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """How many times theirs ours is, round by round: each ratio is of one and the same round."""
    return spread([one / other for one, other in zip(ours, theirs, strict=True)])


def exponent(by_size: Mapping[int, float]) -> float | None:
    """The power of the size with which a cost grows: the slope of its logarithm, least squares.

    1 is linear, 2 quadratic. ``None`` for fewer than two sizes.
    """
    if len(by_size) < 2:
        return None
    sizes = [math.log(size) for size in by_size]
    costs = [math.log(cost) for cost in by_size.values()]
    return statistics.linear_regression(sizes, costs).slope
