"""Grades of evidence: an established note claims no more than its numbers allow."""

from pathlib import Path

import pytest
from tests.data.conftest import edit, refused

from explainer.data import Code, Dataset
from explainer.data.checks import contradictions, is_certain
from explainer.data.models import Assertion

PLAN = "report:ekn-2021-02/plan-won"
OUTCOME = "report:bloter-2022-01/year"


@pytest.mark.parametrize(
    ("left", "relation", "right", "certain"),
    [
        (OUTCOME, "at_least", PLAN, False),  # more than 500 may be less than about 550
        (OUTCOME, "less_than", PLAN, False),
        ("=apac-growth", "more_than", "=ucan-growth", True),
        ("=multiplier-answer", "about", "=multiplier-study", True),
        ("jobs-created/english", "at_least", "jobs-created/answer", False),
    ],
)
def test_a_comparison_is_certain_only_for_all_values_that_hedges_allow(
    dataset: Dataset, left: str, relation: str, right: str, certain: bool
) -> None:
    assertion = Assertion(left=left, relation=relation, right=right)  # type: ignore[arg-type]
    assert is_certain(dataset, assertion) is certain


def test_a_count_that_reports_exclude_is_contradicted(dataset: Dataset) -> None:
    against = set(contradictions(dataset, "jobs-created/answer"))
    assert "report:netflix-2021-09/jobs" in against


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            'level: "unknown"\n    rests_on: ["korea-plan-2021/english"',
            f'level: "established"\n    asserts: {{left: "{OUTCOME}", is: "at_least", '
            f'right: "{PLAN}"}}\n    rests_on: ["korea-plan-2021/english"',
            "plan-met.asserts",
        ),
        (', "report:netflix-2021-09/jobs", "report:korea-herald', ', "report:korea-herald', "jobs"),
    ],
    ids=["the plan was met", "a contradiction left out"],
)
def test_an_established_note_is_refused_where_its_numbers_contradict_it(
    data: Path, old: str, new: str, found: str
) -> None:
    edit(data, "grades.yml", old, new)
    problems = refused(data)
    assert any(one.code is Code.NOT_ESTABLISHED and found in str(one) for one in problems)
