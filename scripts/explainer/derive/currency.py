"""Amounts in another currency, at published average rates, through the dollar."""

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from explainer.data import Dataset, Rate
from explainer.extract import Bound, Quantity

PIVOT = "USD"
"""The base of every rate in the data (Federal Reserve, G.5 and G.5A)."""
DIGITS = 3
"""Significant digits of a converted amount: more would outrun the sums that are converted."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in another currency: the printed quantity, the result, and the rates used.

    ``result`` is rounded to three significant digits and hedged "about" unless it is a range.
    """

    quantity: Quantity
    result: Quantity
    rates: tuple[Rate, ...]


def list_currencies(dataset: Dataset) -> tuple[str, ...]:
    """Return the currencies that can be converted into each other, the pivot first."""
    return tuple(dict.fromkeys([PIVOT, *(rate.quote for rate in dataset.rates.values())]))


def list_periods(dataset: Dataset) -> tuple[str, ...]:
    """Return the periods whose averages are known for every currency, in order of time."""
    known: dict[str, set[str]] = {}
    for rate in dataset.rates.values():
        if rate.value_max is None:
            known.setdefault(rate.period, set()).add(rate.quote)
    wanted = set(list_currencies(dataset)) - {PIVOT}
    return tuple(sorted(period for period, quotes in known.items() if quotes >= wanted))


def convert(dataset: Dataset, quantity: Quantity, currency: str, period: str) -> Conversion | None:
    """Convert ``quantity`` to ``currency`` at the average of ``period``.

    Returns ``None`` where it already is in that currency, is no money, or a rate is missing.
    """
    if quantity.currency is None or quantity.currency == currency:
        return None
    at = {rate.quote: rate for rate in dataset.rates.values() if rate.period == period}
    used = [at.get(code) for code in (quantity.currency, currency) if code != PIVOT]
    rates = tuple(rate for rate in used if rate is not None)
    if len(rates) < len(used):
        return None

    def convert_value(value: Decimal) -> Decimal:
        with localcontext() as context:
            context.prec = 40
            if quantity.currency != PIVOT:
                value = value / rates[0].value
            if currency != PIVOT:
                value = value * rates[-1].value
            return round_significant(value)

    result = replace(
        quantity,
        value=convert_value(quantity.value),
        value_max=None if quantity.value_max is None else convert_value(quantity.value_max),
        currency=currency,
        bound=Bound.ABOUT if quantity.value_max is None else Bound.RANGE,
        scale=None,
    )
    return Conversion(quantity, result, rates)


def round_significant(value: Decimal) -> Decimal:
    """Round ``value`` to three significant digits."""
    digits = value.adjusted() - DIGITS + 1
    rounded = value.quantize(Decimal(1).scaleb(digits))
    return Decimal(f"{rounded:f}")
