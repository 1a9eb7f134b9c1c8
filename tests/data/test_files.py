"""Damaged, half-written and misplaced files are refused by name."""

import random
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.data.conftest import assert_readable, refused

from explainer.data import (
    Code,
    DataError,
    DataErrors,
    load,
    outdated_texts,
    read_reviewed,
    written_texts,
)
from explainer.site.pages import paired_blocks

PROSE = [*paired_blocks(ROOT / "docs", [])]
FILES = sorted(
    path.relative_to(ROOT / "data").as_posix()
    for pattern in ("**/*.yml", "*.lock")
    for path in (ROOT / "data").glob(pattern)
)


def checked(data: Path) -> tuple[DataError, ...]:
    """What ``explainer check`` finds in the data."""
    try:
        load(data)
        return tuple(outdated_texts((*written_texts(data, []), *PROSE), read_reviewed(data)))
    except DataErrors as error:
        return error.problems


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named(data: Path, name: str) -> None:
    path = data / name
    whole = path.read_bytes()
    lines = whole.decode("utf-8").splitlines(keepends=True)
    middle = len(lines) // 2
    lines[middle:middle] = ["<<<<<<< HEAD\n", lines[middle], "=======\n", ">>>>>>> other\n"]
    path.write_text("".join(lines), "utf-8")
    here = [problem for problem in checked(data) if problem.path == f"data/{name}"]
    assert any(middle - 1 <= problem.line <= middle + 4 for problem in here)
    path.write_bytes(random.Random(name).randbytes(2_000))
    assert any(problem.path == f"data/{name}" for problem in checked(data))
    path.write_bytes(b"")
    assert_readable(checked(data))


def test_no_half_of_a_file_passes_for_the_whole(data: Path) -> None:
    """Cut anywhere, a file is refused, unless all that was lost is its last line end."""
    chance = random.Random(1)
    for _ in range(30):
        name = chance.choice(FILES)
        path = data / name
        whole = path.read_bytes()
        cut = chance.randrange(len(whole) - 1)
        path.write_bytes(whole[:cut])
        assert checked(data), f"{name} cut at {cut} of {len(whole)} passed"
        path.write_bytes(whole)


def test_a_folder_of_data_that_is_a_link_is_refused(data: Path, tmp_path: Path) -> None:
    (data / "figures").rename(tmp_path / "elsewhere")
    (data / "figures").symlink_to(tmp_path / "elsewhere")
    assert {one.code for one in refused(data)} == {Code.NOT_A_FILE}


@pytest.mark.parametrize(
    "name",
    [
        *("figures/Money.yml", "figures/money.YML", "figures/money.yaml", "figures/more/money.yml"),
        *("figures/mo ney.yml", "figures/钱.yml", "figures/-x.yml", "notes/x.yml", "new.lock"),
        *("figures/" + "x" * 121 + ".yml", "term.yml", "terms.yaml"),
    ],
)
def test_a_file_that_nothing_reads_is_named(data: Path, name: str) -> None:
    path = data / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("figures: []\n", "utf-8")
    (problem,) = refused(data)
    assert (problem.code, problem.path) == (Code.UNREAD_FILE, f"data/{name}")


def test_hidden_files_of_an_editor_disturb_nothing(data: Path) -> None:
    (data / "figures" / ".#money.yml").symlink_to("somebody@somewhere.1234")
    (data / "figures" / ".money.yml.swp").write_bytes(b"\0")
    assert load(data).figures
