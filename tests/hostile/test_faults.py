"""Whatever is wrong ends in one list: every fault at its place, no follower, no traceback."""

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT

from explainer import build, cli

HERE = Path(__file__).parent
KINDS: list[dict[str, Any]] = yaml.safe_load((HERE / "faults.yml").read_text("utf-8"))
ERROR = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):\d+: \[(?P<code>[A-Z]+\d\d)\] ")


def expanded(text: str) -> str:
    """A text of the table with its repeated parts."""
    return re.sub("⟦(.+?)×(.+?)⟧", lambda it: it[1] * int(it[2]), text)


@contextlib.contextmanager
def changed(root: Path, changes: dict[str, bytes]) -> Iterator[None]:
    """Files of a checkout with other contents; afterwards all is as it was."""
    before = {root / n: (root / n).read_bytes() for n in changes if (root / n).is_file()}
    try:
        for name, content in changes.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        yield
    finally:
        for name in changes:
            path = root / name
            path.write_bytes(before[path]) if path in before else path.unlink()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project that the program works on in this process."""
    copy = tmp_path_factory.mktemp("faults") / "checkout"
    for name in ("data", "docs", "overrides", "scripts"):
        ignored = shutil.ignore_patterns("__pycache__", "explainer")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "ROOT", copy)
        patch.setenv("SITE_URL", "https://site.example/")
        patch.setenv("PNG", "false")
        yield copy


def planted(root: Path, plants: list[list[Any]]) -> tuple[dict[str, bytes], list[list[Any]]]:
    """The changed files, and for each fault its path, its line and what else it must say."""
    texts: dict[str, str] = {}
    wanted = []
    for name, old, new, *rest in plants:
        old, new = expanded(old), expanded(new)
        path = root / name
        text = texts.get(name) or (path.read_text("utf-8") if path.is_file() else "")
        at = text.index(old)
        texts[name] = text[:at] + new + text[at + len(old) :]
        line = texts[name].count("\n", 0, at + len(os.path.commonprefix([old, new]))) + 1
        if rest != [None]:
            wanted.append([name, line, *rest])
    return {n: t.encode("utf-8", "surrogateescape") for n, t in texts.items()}, wanted


def run(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, list[str]]:
    """The exit code of a command and the lines of its standard error."""
    capsys.readouterr()
    code = cli.main(command)
    return code, capsys.readouterr().err.splitlines()


def fits(line: str, path: str, number: int, *says: Any) -> bool:
    """Whether a line is the error that is wanted."""
    for one in says:
        if isinstance(one, int):
            number = one
        elif one not in line:
            return False
    found = ERROR.match(line)
    return found is not None and found["path"] == path and number in (-1, int(found["line"]))


@pytest.mark.parametrize("kind", KINDS, ids=[kind["kind"] for kind in KINDS])
def test_faults_are_given_each_by_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], kind: dict[str, Any]
) -> None:
    changes, wanted = planted(root, kind["plants"])
    lock = {"data/pairs.lock": (root / "data/pairs.lock").read_bytes()}
    with changed(root, lock | changes):
        if kind.get("reviewed"):
            assert run(capsys, "translations", "--mark-reviewed") == (0, [])
        code, lines = run(capsys, "check", "--without-history")
    unseen = [one for one in wanted if not any(fits(line, *one) for line in lines)]
    asked = [line for line in lines if "[PAIR01]" not in line]
    more = [line for line in asked if not any(fits(line, *one) for one in wanted)]
    assert (unseen, more, code) == ([], [], 2)
