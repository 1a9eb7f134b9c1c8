"""Each fault of the data is reported with its place and code, all together, and nothing is written."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.commands import read_table, run, tree
from tests.data.conftest import edit, refused

from explainer.data import Code

HERE = Path(__file__).parent
PLANTED: list[dict[str, Any]] = read_table(HERE / "bad_input.yml")


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
        *read_table(HERE / "hostile.yml"),
    }
    assert {code.name for code in Code} - tested == set()
    assert len({code.value for code in Code}) == len(Code.__members__)


@pytest.mark.parametrize("name", ["terms.yml", "ids.lock"])
def test_a_missing_file_is_named(data: Path, name: str) -> None:
    (data / name).unlink()
    assert [(p.code, p.path) for p in refused(data)] == [(Code.NOT_FOUND, f"data/{name}")]


@pytest.mark.parametrize("command", ["check", "build", "translations", "register"])
def test_a_command_reports_bad_data_in_lines_and_writes_nothing(
    checkout: Path, command: str
) -> None:
    (checkout / "data" / "terms.yml").write_text("terms: [\n", "utf-8")
    (checkout / "data" / "rates.yml").write_bytes(b"\xff\xfe")
    before = {n: t for n, t in tree(checkout).items() if ".cache" not in n}
    done = run(checkout, "-m", "explainer", command, PYTHONDONTWRITEBYTECODE="1")
    assert (done.returncode, done.stdout) == (2, "")
    files = [line.partition(":")[0] for line in done.stderr.splitlines()]
    assert files == ["data/rates.yml", "data/terms.yml"]
    assert {n: t for n, t in tree(checkout).items() if ".cache" not in n} == before
