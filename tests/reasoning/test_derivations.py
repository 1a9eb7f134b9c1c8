"""Our own arithmetic says what facts about the two articles say."""

from fractions import Fraction

import pytest

from explainer.data import Dataset
from explainer.derive import evaluate_all, rounded, working

# Worked out apart from the program, from the printed amounts and the published rates.
EXPECTED = {
    "won-per-dollar": "1100",
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
}


def test_every_derivation_has_its_hand_worked_value(dataset: Dataset) -> None:
    found = {name: f"{reckoned.value:f}" for name, reckoned in evaluate_all(dataset).items()}
    assert found == EXPECTED


def test_a_round_result_is_told_from_a_rounded_one(dataset: Dataset) -> None:
    reckoned = evaluate_all(dataset)
    assert reckoned["won-per-dollar"].exact
    assert not reckoned["multiplier-answer"].exact


def test_the_working_shows_claims_and_operators(dataset: Dataset) -> None:
    parts = working(evaluate_all(dataset)["plan-pace"])
    assert [str(getattr(part, "ref", part)) for part in parts] == [
        "korea-plan-2021/english",
        "÷",
        "(",
        "korea-spend-five-years/english",
        "÷",
        "five-year-period/english",
        ")",
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("5/2", 0, "2"),
        ("7/2", 0, "4"),
        ("1/8", 2, "0.12"),
        ("29714", -2, "29700"),
        ("1", 2, "1.00"),
    ],
)
def test_rounding_is_half_to_even(value: str, digits: int, expected: str) -> None:
    assert f"{rounded(Fraction(value), digits):f}" == expected
