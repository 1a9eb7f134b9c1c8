"""Formulas are arithmetic and nothing else."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer.data.dataset import BadFormula, evaluate

NUMBERS = st.fractions(min_value=-1000, max_value=1000)


def test_a_formula_is_worked_out_exactly() -> None:
    inputs = {"won": Fraction(770_000_000_000), "dollars": Fraction(700_000_000)}
    assert evaluate("won / dollars", inputs) == 1100
    assert evaluate("(won - dollars) * 2 / dollars", inputs) == 2198
    assert evaluate("a * 1 / 3", {"a": Fraction(1)}) == Fraction(1, 3)


@given(NUMBERS, NUMBERS)
def test_a_formula_agrees_with_fractions(a: Fraction, b: Fraction) -> None:
    assert evaluate("a + b * 3 - (a - b) / 7", {"a": a, "b": b}) == a + b * 3 - (a - b) / 7


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("a / b", "division by zero"),
        ("a + b + c", "no input is called c"),
        ("a", "does not use: b"),
        ("a +", "not a formula"),
        ("a ** b", "allowed"),
        ("__import__('os') + a + b", "allowed"),
        ("a if b else a", "allowed"),
        ("-a + b", "allowed"),
        ("a + b + 1.5", "allowed"),
        ("a + b + True", "allowed"),
    ],
)
def test_anything_else_is_refused(formula: str, said: str) -> None:
    with pytest.raises(BadFormula, match=said):
        evaluate(formula, {"a": Fraction(1), "b": Fraction(0)})
