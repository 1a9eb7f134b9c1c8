"""Each fault of the data is reported with its place and code, all together, and nothing is written."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.data.conftest import edit, refused

from explainer.data import Code, load

HERE = Path(__file__).parent
PLANTED: list[dict[str, Any]] = yaml.safe_load((HERE / "bad_input.yml").read_text("utf-8"))


@pytest.mark.parametrize("planted", PLANTED, ids=[one["fault"] for one in PLANTED])
def test_a_planted_fault_is_named(data: Path, planted: dict[str, Any]) -> None:
    for name, old, new in planted["edits"]:
        edit(data, name, old, new)
    problems = refused(data)
    code = Code[planted["code"]]
    named = [one for one in problems if one.code is code and planted["says"] in str(one)]
    assert named, "\n".join(map(str, problems))
    assert all(one.line >= 1 for one in named)
    assert list(problems) == sorted(problems)


def test_every_code_is_provoked_by_a_test() -> None:
    tests = (*HERE.parent.rglob("test_*.py"), HERE.parent / "hostile/faults.yml")
    written = "".join(path.read_text("utf-8") for path in tests)
    tested = {
        *re.findall(r"\b[Cc]ode(?:\.|: )([A-Z0-9_]+)", written),
        *(one["code"] for one in PLANTED),
    }
    assert {code.name for code in Code} - tested == set()
    assert len({code.value for code in Code}) == len(Code.__members__)


@pytest.mark.parametrize("name", ["terms.yml", "ids.lock"])
def test_a_missing_file_is_named(data: Path, name: str) -> None:
    (data / name).unlink()
    assert [(p.code, p.path) for p in refused(data)] == [(Code.NOT_FOUND, f"data/{name}")]


def test_faults_of_many_files_and_kinds_are_reported_together(data: Path) -> None:
    edit(data, "figures/money.yml", "    topic:", "    topik:")
    edit(data, "figures/money.yml", '      zh: "Netflix五年里对韩国内容的投入"\n', "")
    edit(data, "interface.yml", 'zh: "跳到正文"', 'zh: ""')
    edit(data, "figures/hit.yml", '"actual"', '"actuel"')
    edit(data, "topics.yml", 'id: "', "id: no # ")
    problems = refused(data)
    assert [p.code for p in problems] == [
        Code.BAD_VALUE,
        Code.MISSING_KEY,
        Code.UNKNOWN_KEY,
        Code.NO_TRANSLATION,
        Code.EMPTY,
        Code.RETYPED,
    ]
    assert list(problems) == sorted(problems)
    assert "did you mean 'actual'" in str(problems[0])
    assert "did you mean 'topic" in str(problems[2])


def test_rules_locks_and_history_are_held_together(data: Path) -> None:
    edit(data, "figures/return.yml", "neither says who worked it out.", "It is 7 times as much.")
    edit(data, "revisions.yml", 'new: "conflict"', 'new: "agree"')
    edit(data, "ids.lock", "", "figure never-there count\n")
    edit(data, "about.yml", 'version: "1.0.0"', 'version: "1"')
    codes = {problem.code for problem in refused(data)}
    assert codes == {Code.TYPED_DIGIT, Code.NO_REVISION, Code.ID_LOST, Code.BAD_VALUE}


def test_broken_references_bring_no_faults_of_their_own(data: Path) -> None:
    edit(data, "figures/money.yml", '["p1-700m-usd"]', '["p1-700m-eur"]')
    edit(data, "sources.yml", '"sammi"', '"sammy"')
    assert [str(p).partition(" — expected ")[2] for p in refused(data)] == [
        "the id of a mention in jaynestars (did you mean 'p1-700m-usd'?)",
        "the id of a term (did you mean 'sammi'?)",
    ]


@pytest.mark.parametrize("command", ["check", "build", "translations", "register"])
def test_a_command_reports_bad_data_in_lines_and_writes_nothing(
    checkout: Path, command: str
) -> None:
    (checkout / "data" / "terms.yml").write_text("terms: [\n", "utf-8")
    (checkout / "data" / "rates.yml").write_bytes(b"\xff\xfe")
    before = outputs(checkout)
    done = subprocess.run(
        [sys.executable, "-m", "explainer", command],
        cwd=checkout,
        env={
            **os.environ,
            "PYTHONPATH": str(checkout / "scripts"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SITE_URL": "https://site.example/",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    files = [line.partition(":")[0] for line in done.stderr.splitlines()]
    assert files == ["data/rates.yml", "data/terms.yml"]
    assert outputs(checkout) == before


def outputs(checkout: Path) -> dict[Path, bytes]:
    """Every file but what is kept in the cache."""
    return {
        path: path.read_bytes()
        for path in checkout.rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }


def test_the_committed_data_has_no_faults(data: Path) -> None:
    assert load(data).figures
