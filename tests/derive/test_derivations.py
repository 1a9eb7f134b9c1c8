"""Derivations have the values that were worked out by hand, and show their steps."""

from decimal import Decimal
from fractions import Fraction

import pytest

from explainer.data import Dataset
from explainer.derive import (
    convert,
    evaluate_all,
    formula_steps,
    list_currencies,
    list_periods,
    round_half_even,
)
from explainer.extract import Bound, Kind, Quantity

# Worked out apart from the program, from the printed amounts and the published rates.
EXPECTED = {
    "won-per-dollar": "1100",
    "five-year-ratio": "0.99",
    "won-per-yuan": "188",
    "yuan-per-dollar": "5.9",
    "plan-share": "71",
    "plan-pace": "3.6",
    "answer-above-sum": "8",
    "base-ratio": "1.86",
    "effect-ratio": "1.89",
    "multiplier-english": "7.14",
    "multiplier-answer": "7.27",
    "jobs-ratio": "1.25",
    "jobs-per-million-english": "23",
    "jobs-per-million-answer": "15",
    "jobs-if-scaled": "30000",
    "won-in-dollars-early": "701000000",
    "won-in-dollars-autumn": "651000000",
    "won-in-yuan-autumn": "4180000000",
    "dollars-in-yuan-autumn": "4490000000",
    "mean-won-rate": "1146.81",
    "mean-yuan-rate": "6.7636",
    "won-in-dollars-mean": "671000000",
    "series-sum": "766900000000",
    "plan-share-won": "71",
    "plan-pace-won": "3.6",
    "plan-of-global": "2.9",
    "outcome-in-dollars": "437000000",
    "answer-in-won": "1540000000000",
    "won-sum-with-plan": "1320000000000",
    "won-sum-in-dollars": "1120000000",
    "candidate-thousand": "1320000000",
    "candidate-double": "1300000000",
    "promise-halved": "1250000000",
    "multiplier-study": "7.27",
    "answer-times-study": "9450000000",
    "multiplier-production": "3.5",
    "effect-in-dollars": "4770000000",
    "effect-at-old-rate": "5090000000",
    "answer-effect-in-won": "11200000000000",
    "effect-share-2020": "41",
    "plan-effect": "4000000000000",
    "jobs-elsewhere-share": "62",
    "jobs-on-screen": "5600",
    "jobs-per-billion-won": "20.8",
    "won-per-job": "48000000",
    "dollars-per-job-english": "43750",
    "dollars-per-job-answer": "65000",
    "jobs-scaled-by-won": "27400",
    "ministry-scaled": "68600",
    "cost-of-plan": "4.0",
    "leaked-cost-of-plan": "4.3",
    "cost-per-episode": "2400000",
    "won-cost-per-episode": "2200000000",
    "won-cost-at-old-rate": "18200000",
    "won-cost-autumn": "16900000",
    "impact-over-cost": "41.6",
    "yuan-cost-rate": "169",
    "won-in-dollars-by-year": "664000000",
    "five-year-average": "140000000",
    "study-sum-in-dollars": "657000000",
    "production-in-dollars": "2300000000",
    "jobs-if-doubled": "32000",
    "effect-in-dollars-october": "4740000000",
    "english-sums-times-study": "8700000000",
    "apac-share": "12",
    "apac-revenue-share": "10",
    "apac-growth": "62",
    "emea-growth": "31",
    "latam-growth": "24",
    "ucan-growth": "9",
    "apac-share-later": "19",
    "apac-revenue-share-later": "12",
    "ucan-of-additions": "2",
    "apac-of-additions": "50",
    "plan-of-revenue": "1.32",
    "floor-of-plan": "91",
    "plan-in-dollars": "480000000",
    "passed-on-share": "82",
    "episode-of-crown": "24",
    "episode-of-stranger-things": "30",
    "episode-over-average": "3",
    "impact-squares": "42",
    "promise-per-year": "825000000000",
    "promise-over-base": "2.1",
    "four-low-years": "2800000000000",
    "netflix-over-disney": "7",
}


def test_every_derivation_has_its_hand_worked_value(dataset: Dataset) -> None:
    results = evaluate_all(dataset)
    assert {name: f"{result.value:f}" for name, result in results.items()} == EXPECTED
    assert results["won-per-dollar"].exact
    assert not results["multiplier-answer"].exact


def test_steps_are_inputs_and_printed_operators(dataset: Dataset) -> None:
    steps = formula_steps(evaluate_all(dataset)["plan-pace"])
    expected = (
        "korea-plan-2021/english ÷ ( korea-spend-five-years/english ÷ five-year-period/english )"
    )
    assert " ".join(str(getattr(step, "ref", step)) for step in steps) == expected


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
