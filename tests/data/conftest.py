"""What the tests of the data share: edits to a copy, and what loading it says."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from explainer.data import DataError, DataErrors, load
from explainer.limits import PRINTED_CHARACTERS


def edit(data: Path, name: str, old: str, new: str) -> None:
    """Replace a text of one file, or add to its end where ``old`` is empty."""
    path = data / name
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")


def refused(data: Path) -> tuple[DataError, ...]:
    """The faults that loading finds; there have to be some, each one readable line."""
    with pytest.raises(DataErrors) as caught:
        load(data)
    assert_readable(caught.value.problems)
    return caught.value.problems


def assert_readable(problems: Iterable[DataError]) -> None:
    """Each fault is one line that a person can act on and a terminal can show."""
    found = list(problems)
    assert found
    for problem in found:
        line = str(problem)
        assert line.startswith(f"{problem.path}:{problem.line}:{problem.column}: [{problem.code}]")
        assert " found «" in line
        assert "» — expected " in line
        assert len(line.partition("«")[2].partition("»")[0]) <= PRINTED_CHARACTERS
        assert not any(unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") for one in line)
