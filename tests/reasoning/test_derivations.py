"""Our own arithmetic says what facts about the two articles say."""

from fractions import Fraction

import pytest

from explainer.dataset import Dataset
from explainer.reasoning import reckon, rounded, working

# Worked out by hand from the printed amounts.
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
}


def test_every_derivation_has_its_hand_worked_value(dataset: Dataset) -> None:
    found = {name: f"{reckoned.value:f}" for name, reckoned in reckon(dataset).items()}
    assert found == EXPECTED


def test_a_round_result_is_told_from_a_rounded_one(dataset: Dataset) -> None:
    reckoned = reckon(dataset)
    assert reckoned["won-per-dollar"].exact
    assert not reckoned["multiplier-answer"].exact


def test_the_working_shows_claims_and_operators(dataset: Dataset) -> None:
    parts = working(reckon(dataset)["plan-pace"])
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
    ("value", "digits", "expected"),
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
