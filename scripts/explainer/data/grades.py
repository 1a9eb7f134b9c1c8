"""Grades of evidence: how sure a note of the prose is, and the numbers that it rests on.

A hedge limits a number: "more than 500 billion" may be any larger amount. So a comparison of two
numbers is established only if it holds for every value that their hedges allow.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from explainer.data.dataset import Dataset, evaluate, input_of
from explainer.data.errors import Code, DataError
from explainer.data.figures import Assertion, Derivation, Level
from explainer.data.schema import Places
from explainer.data.sources import Rate, Report
from explainer.extract import Bound, Quantity

ABOUT = Fraction(1, 10)
"""How far "about" and "nearly" may lie from the printed number, as a share of it."""
UNLIMITED = 10**9
"""What a number without an upper limit is multiplied by."""
Interval = tuple[Fraction, Fraction]


def check_grades(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """An established note asserts only what is certain, and rests on no contradicted number."""
    for grade in dataset.grades.values():
        if grade.level is not Level.ESTABLISHED:
            continue
        place = places["grade", grade.id]
        if grade.asserts and not is_certain(dataset, grade.asserts):
            found = f"{grade.asserts.left} {grade.asserts.relation} {grade.asserts.right}"
            expected = "what holds for every value that the hedges allow, or another level"
            yield place.problem(Code.NOT_ESTABLISHED, found, expected, ("asserts",))
        for number, ref in enumerate(grade.rests_on):
            for other in contradictions(dataset, ref):
                if other not in grade.rests_on:
                    expected = f"no number that {other} contradicts, or that id beside it"
                    at = ("rests_on", number)
                    yield place.problem(Code.NOT_ESTABLISHED, ref, expected, at)


def is_certain(dataset: Dataset, assertion: Assertion) -> bool:
    """Whether a comparison holds for all values that the hedges of both numbers allow."""
    low, high = interval_of(dataset, assertion.left)
    other_low, other_high = interval_of(dataset, assertion.right)
    match assertion.relation:
        case "more_than":
            return low > other_high
        case "at_least":
            return low >= other_high
        case "less_than":
            return high < other_low
        case "at_most":
            return high <= other_low
        case _:
            return low <= other_high * (1 + ABOUT) and other_low <= high * (1 + ABOUT)


def interval_of(dataset: Dataset, ref: str) -> Interval:
    """Return the lowest and highest value that an input may have."""
    number = input_of(dataset, ref)
    if isinstance(number, Rate):
        return Fraction(number.value), Fraction(number.value_max or number.value)
    if not isinstance(number, Derivation):
        return _limits(number.quantity)
    inputs = {name: interval_of(dataset, one) for name, one in number.inputs.items()}
    corners = product(*inputs.values())
    values = [evaluate(number.formula, dict(zip(inputs, c, strict=True))) for c in corners]
    return min(values), max(values)


def _limits(quantity: Quantity) -> Interval:
    value = Fraction(quantity.value)
    match quantity.bound:
        case Bound.ABOUT:
            return value * (1 - ABOUT), value * (1 + ABOUT)
        case Bound.NEARLY:
            return value * (1 - ABOUT), value
        case Bound.MORE_THAN | Bound.AT_LEAST:
            return value, value * UNLIMITED
        case Bound.LESS_THAN | Bound.AT_MOST:
            return Fraction(0), value
        case Bound.RANGE if quantity.value_max is not None:
            return value, Fraction(quantity.value_max)
        case _:
            return value, value


def contradictions(dataset: Dataset, ref: str) -> Iterator[str]:
    """Yield the claims and reports that answer the same figure and cannot be true beside ``ref``.

    Numbers of another currency or unit, and plans beside outcomes, cannot contradict each other.
    """
    number = input_of(dataset, ref)
    if isinstance(number, Rate | Derivation):
        return
    if isinstance(number, Report) and number.relation != "same":
        return
    figure = dataset.figures.get(number.figure or "")
    if figure is None:
        return
    answers = {claim.ref: claim for claim in figure.claims} | {
        f"report:{report.ref}": report
        for report in dataset.reports_on(figure.id)
        if report.relation == "same"
    }
    low, high = _limits(number.quantity)
    for name, other in answers.items():
        mine, theirs = number.quantity, other.quantity
        comparable = (mine.kind, mine.currency, mine.unit) == (
            theirs.kind,
            theirs.currency,
            theirs.unit,
        ) and number.nature == other.nature
        other_low, other_high = _limits(theirs)
        if comparable and (low > other_high * (1 + ABOUT) or high * (1 + ABOUT) < other_low):
            yield name
