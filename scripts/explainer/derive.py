"""What follows from the dataset: the results of our own arithmetic, and converted amounts."""

from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from explainer.data import Dataset, Rate
from explainer.extract import Bound, Kind, Quantity


class DerivationResult(NamedTuple):
    """The result of a derivation: an amount of money, where it has a currency, or a count.

    Its value is rounded half-even to the derivation's ``decimals``; ``exact`` says whether it lost
    nothing by that.
    """

    quantity: Quantity
    exact: bool


def evaluate_all(dataset: Dataset) -> dict[str, DerivationResult]:
    """Return the result of every derivation by id. The loader has checked the formulas."""
    found = {}
    for name, derivation in dataset.derivations.items():
        result = dataset.exact_results[name]
        value, currency = round_half_even(result, derivation.decimals), derivation.currency
        quantity = Quantity(value, Kind.MONEY if currency else Kind.COUNT, currency=currency)
        found[name] = DerivationResult(quantity, Fraction(value) == result)
    return found


def round_half_even(value: Fraction, decimals: int) -> Decimal:
    """Round ``value`` to ``decimals`` places, half to even; trailing zeros stay."""
    units = round(value * Fraction(10) ** decimals)
    return Decimal(f"{Decimal(f'{units}E{-decimals}'):f}")


PIVOT = "USD"
"""The base of every rate in the data (Federal Reserve, G.5 and G.5A)."""
DIGITS = 3
"""Significant digits of a converted amount: more would outrun the sums that are converted."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in another currency, and the rates used.

    ``result`` is rounded to three significant digits and hedged "about" unless it is a range.
    """

    result: Quantity
    rates: tuple[Rate, ...]


def list_currencies(dataset: Dataset) -> tuple[str, ...]:
    """Return the currencies that can be converted into each other, the pivot first."""
    return tuple(dict.fromkeys([PIVOT, *(rate.quote for rate in dataset.rates.values())]))


def list_periods(dataset: Dataset) -> tuple[str, ...]:
    """Return the periods whose averages are known for every currency, in order of time."""
    wanted = {*list_currencies(dataset)} - {PIVOT}
    return tuple(sorted(at for at, rates in dataset.averages.items() if rates.keys() >= wanted))


def convert(dataset: Dataset, quantity: Quantity, currency: str, period: str) -> Conversion | None:
    """Convert ``quantity`` to ``currency`` at the average of ``period``.

    Returns ``None`` where it already is in that currency, is no money, or a rate is missing.
    """
    own, rates = quantity.currency, dataset.averages.get(period, {})
    if own is None or own == currency or not {own, currency} <= {PIVOT, *rates}:
        return None
    per_dollar = [rates[code].value if code in rates else Decimal(1) for code in (own, currency)]

    def convert_value(value: Decimal) -> Decimal:
        return round_significant(value / per_dollar[0] * per_dollar[1])

    result = replace(
        quantity,
        value=convert_value(quantity.value),
        value_max=quantity.value_max and convert_value(quantity.value_max),
        currency=currency,
        bound=Bound.ABOUT if quantity.value_max is None else Bound.RANGE,
        scale=None,
    )
    used = tuple(rates[code] for code in (own, currency) if code in rates)
    return Conversion(result, used)


def round_significant(value: Decimal) -> Decimal:
    """Round ``value`` to three significant digits."""
    return Decimal(f"{Context(prec=DIGITS).plus(value):f}")
