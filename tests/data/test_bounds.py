"""However much is wrong, the answer is short, quick and one line an error."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.data.conftest import edit, refused

from explainer import limits
from explainer.data import Code, DataError, DataErrors, load


def test_editors_are_told_of_every_limit() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Limits")[2]
    numbers = set(re.findall("[0-9][0-9,]*", told.partition("\n## ")[0]))
    held = {name: value for name, value in vars(limits).items() if name.isupper()}
    held["LAST_YEAR"] = str(held["LAST_YEAR"])
    assert {value if isinstance(value, str) else f"{value:,}" for value in held.values()} == numbers


def test_of_many_errors_the_first_are_printed_and_the_others_counted() -> None:
    many = [DataError("data/x.yml", n, 1, Code.EMPTY, "", "", "x") for n in range(250)]
    lines = list(DataErrors(many).lines())
    assert lines[0] == str(many[0])
    assert len(lines) == limits.PRINTED_ERRORS + 1
    assert lines[-1] == "… and at least 150 more errors"
    assert list(DataErrors(many).lines(as_json=True))[-1] == '{"more": 150}'


def test_a_name_is_suggested_out_of_so_many_that_all_are_compared_quickly() -> None:
    names = [f"{number:x}-jobs" for number in range(limits.COMPARED_NAMES)]
    error = DataError("data/x.yml", 1, 1, Code.UNKNOWN_REFERENCE, "", "1f-jbs", "x", names)
    assert "did you mean '1f-jobs'?" in str(error)
    assert "did you mean" not in str(replace(error, known=[*names, "one-more"]))


def test_an_error_is_one_line_and_one_object_whatever_it_quotes() -> None:
    error = DataError(
        "data/a\n.yml", 3, 5, Code.BAD_VALUE, "x\n::error::", "100%\n\x1b[2J", "a\u202eb"
    )
    assert str(error) == (
        "data/a\\n.yml:3:5: [FORM04] x\\n::error::: found «100%\\n\\x1b[2J» — expected a\\u202eb"
    )
    near = replace(
        error, path="data/x.yml", field="a.b", found="actuel", expected="x", known=["actual"]
    )
    assert json.loads(near.as_json()) == {
        "path": "data/x.yml",
        "line": 3,
        "column": 5,
        "code": "FORM04",
        "field": "a.b",
        "found": "actuel",
        "expected": "x (did you mean 'actual'?)",
    }
    other = DataError("data/a.yml", 1, 1, Code.EMPTY, "", "", "x")
    assert DataErrors([near, other, near]).problems == (other, near)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("figures/many.yml", "figures:\n" + "- {}\n" * 90_000),
        (
            "figures/many.yml",
            "figures:\n- {" + ", ".join(f"k{n}: 'x'" for n in range(90_000)) + "}",
        ),
        ("figures/many.yml", "figures: [" + "no, " * 90_000 + "]\n"),
        ("figures/many.yml", "figures: '" + "\u200b" * 100_000 + "'\n"),
        ("figures/many.yml", "figures: [" + "{topic: 'money'}, " * 40_000 + "]\n"),
        ("ids.lock", "nothing\n" * 90_000),
        ("ids.lock", "figure jobs-created count\n" * 90_000),
    ],
    ids=["no keys", "wrong keys", "retyped", "hidden", "the same everywhere", "no ids", "one id"],
)
def test_a_file_of_nothing_but_faults_is_answered(data: Path, name: str, text: str) -> None:
    (data / name).write_text(text, "utf-8")
    problems = refused(data)
    assert {one.path for one in problems} >= {f"data/{name}"}
    assert len(problems) <= limits.FILE_ERRORS + limits.PRINTED_ERRORS


def test_results_that_double_are_worked_out_once_each(data: Path) -> None:
    before, entries = "won-per-dollar", ""
    for n in range(60):
        entries += (
            f'  - {{id: "double-{n}", figure: "jobs-created", label: {{en: "x", zh: "y"}}, formula: "a + b",'
            f' inputs: {{a: "={before}", b: "={before}"}}, decimals: "0", display: {{en: "{{value}}", zh: "{{value}}"}}}}\n'
        )
        before = f"double-{n}"
    grade = f'  - {{id: "double", page: "why", level: "established", rests_on: ["={before}"], asserts: {{left: "={before}", is: "about", right: "={before}"}}}}\n'
    edit(data, "derivations.yml", "", entries)
    edit(data, "grades.yml", "", grade)
    assert load(data, locked=False).derivations[before]
