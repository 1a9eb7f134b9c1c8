"""The catalogue of faults: every code has a test that provokes it."""

import re
from pathlib import Path

from explainer.data.errors import Code

TESTS = Path(__file__).parents[1]


def test_every_code_is_provoked_by_a_test() -> None:
    written = "".join(
        path.read_text("utf-8") for path in TESTS.rglob("test_*.py") if path != Path(__file__)
    )
    tested = set(re.findall(r"\bCode\.([A-Z0-9_]+)", written))
    assert {code.name for code in Code} - tested == set()


def test_no_two_faults_share_a_code() -> None:
    assert len({code.value for code in Code}) == len(Code.__members__)
