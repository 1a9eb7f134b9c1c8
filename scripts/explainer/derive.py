"""What follows from the dataset: our own arithmetic with its steps, and converted amounts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from explainer.data import Dataset, Derivation, Input, Rate, exact
from explainer.extract import Bound, Quantity


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
    exactly: dict[str, Fraction] = {}
    found = {}
    for name, derivation in dataset.derivations.items():
        inputs = {name: dataset.inputs[ref] for name, ref in derivation.inputs.items()}
        result = exactly[name] = exact(dataset, derivation, exactly)
        value = round_half_even(result, derivation.decimals)
        found[name] = DerivationResult(derivation, value, Fraction(value) == result, inputs)
    return found


def round_half_even(value: Fraction, decimals: int) -> Decimal:
    """Round ``value`` to ``decimals`` places, half to even; trailing zeros stay."""
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = quotient.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    return Decimal(f"{rounded:f}")


_TOKEN = re.compile(r"[a-z]+|[0-9]+|[-+*/()]")


class Operator(StrEnum):
    """An operator or bracket as it is printed."""

    PLUS = "+"
    MINUS = "−"
    TIMES = "×"
    OVER = "÷"
    OPEN = "("
    CLOSE = ")"


_OPERATORS = dict(zip("+-*/()", Operator, strict=True))


def formula_steps(result: DerivationResult) -> tuple[Input | Decimal | Operator, ...]:
    """Return the formula's parts in order: inputs, plain numbers, and printed operators."""
    steps: list[Input | Decimal | Operator] = []
    for token in _TOKEN.findall(result.derivation.formula):
        if token in _OPERATORS:
            steps.append(_OPERATORS[token])
        elif token.isdigit():
            steps.append(Decimal(token))
        else:
            steps.append(result.inputs[token])
    return tuple(steps)


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
