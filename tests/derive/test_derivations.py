"""Derivations have the values that were worked out by hand; amounts are converted."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from explainer.data import Dataset
from explainer.derive import convert, evaluate_all, list_currencies, list_periods, round_half_even
from explainer.extract import Bound, Kind, Quantity

TABLE = Path(__file__).with_name("expected.txt")


def test_every_derivation_has_its_hand_worked_value(dataset: Dataset) -> None:
    results = evaluate_all(dataset)
    lines = TABLE.read_text("utf-8").splitlines()
    expected = dict(line.split(" ", 1) for line in lines if not line.startswith("#"))
    assert {name: f"{result.quantity.value:f}" for name, result in results.items()} == expected
    assert results["won-per-dollar"].exact
    assert not results["multiplier-answer"].exact


ROUNDED = [("5/2", 0, "2"), ("7/2", 0, "4"), ("1/8", 2, "0.12"), ("29714", -2, "29700")]


@pytest.mark.parametrize(("value", "decimals", "expected"), ROUNDED)
def test_rounding_is_half_to_even(value: str, decimals: int, expected: str) -> None:
    assert f"{round_half_even(Fraction(value), decimals):f}" == expected


def test_amounts_are_converted_through_the_dollar_at_one_period(dataset: Dataset) -> None:
    assert list_currencies(dataset)[0] == "USD"
    assert {"KRW", "CNY"} <= set(list_currencies(dataset))
    period = list_periods(dataset)[-1]
    won = Quantity(Decimal(770_000_000_000), Kind.MONEY, Bound.MORE_THAN, currency="KRW")
    dollars, yuan = (convert(dataset, won, code, period) for code in ("USD", "CNY"))
    assert dollars is not None
    assert yuan is not None
    assert (len(dollars.rates), len(yuan.rates)) == (1, 2)
    exact = won.value / dollars.rates[0].value
    assert abs(dollars.result.value - exact) <= exact / 200
    assert len(f"{dollars.result.value:f}".rstrip("0")) <= 3
    assert dollars.result.bound is Bound.ABOUT
    assert convert(dataset, won, "KRW", period) is None
    assert convert(dataset, won, "USD", "1999") is None
    assert convert(dataset, Quantity(Decimal(5), Kind.COUNT), "USD", period) is None
