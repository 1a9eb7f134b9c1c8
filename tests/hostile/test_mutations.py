"""Damaged copies of the real files: no traceback, and whatever `check` accepts is built."""

import random
import re
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build as mkdocs_build
from tests.conftest import ROOT
from tests.hostile.test_faults import ERROR, HERE, changed, expanded, run

from explainer import build
from explainer.data import DataErrors, load, yaml_source
from explainer.verify import verify

VALUES = [expanded(v) for v in yaml.safe_load((HERE / "values.yml").read_text("utf-8"))]
SCALAR = re.compile(r'(?<=")[^"\n]*(?=")')
SECONDS, CASES = 5, 1000
"""How long one answer may take, and the changes for each of the twenty seeds."""


def one_of(chance: random.Random, text: str, pattern: str) -> tuple[int, int]:
    """Where one match of a pattern stands, or an empty place."""
    found = [match.span() for match in re.finditer(pattern, text)]
    return chance.choice(found) if found else (0, 0)


def mutated(chance: random.Random, name: str, texts: dict[str, str]) -> str:
    """A text with one change of a random kind."""
    text = texts[name]
    start, end = one_of(chance, text, r'(?<=")[^"\n]*(?=")|(?<=: )\S+$|\{\{.*?\}\}')
    line, after = one_of(chance, text, r"(?m)^.*\n")
    other = texts[chance.choice(sorted(texts))]
    at = chance.randrange(len(text) + 1)
    near = min(len(text), at + chance.choice((1, 3, 30, 300)))
    changes: list[Callable[[], str]] = [
        lambda: text[:start] + chance.choice(VALUES) + text[end:],
        lambda: text[:start] + slice_of(other, SCALAR.pattern, chance) + text[end:],
        lambda: text[:line] + text[after:],
        lambda: text[:after] + text[line:after] + text[after:],
        lambda: text[:line] + slice_of(other, r"(?m)^.*\n", chance) + text[line:],
        lambda: text[:at] + chance.choice(VALUES) + text[at:],
        lambda: text[:at] + text[near:],
        lambda: text[:at] + text[at:near] * chance.choice((2, 50)) + text[near:],
        lambda: text[:at],
    ]
    return chance.choices(changes, (12, 12, 3, 2, 2, 3, 2, 1, 1))[0]()


def slice_of(text: str, pattern: str, chance: random.Random) -> str:
    """One match of a pattern in a text."""
    start, end = one_of(chance, text, pattern)
    return text[start:end]


def accepts(root: Path, name: str, text: str) -> bool:
    """Whether the data is read with one file changed. Anything but a list of errors is a fault."""
    began = time.process_time()
    content = text.encode("utf-8", "surrogateescape")
    try:
        load(root / "data", changes={name.removeprefix("data/"): content})
    except DataErrors as error:
        assert all(ERROR.match(str(one)) for one in error.problems)
        return False
    finally:
        assert time.process_time() - began < SECONDS
    return True


def texts_of(root: Path, *patterns: str) -> dict[str, str]:
    """The files of a checkout with such names."""
    paths = sorted(path for pattern in patterns for path in root.glob(pattern))
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


@pytest.fixture(autouse=True)
def _parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are not changed are parsed once."""
    monkeypatch.setattr(yaml_source, "parse", lru_cache(maxsize=256)(yaml_source.parse))


def test_damaged_data_is_refused_in_lines() -> None:
    chance, texts = random.Random(0), texts_of(ROOT, "data/**/*.yml", "data/ids.lock")
    answers = set()
    for name in chance.choices(sorted(texts), k=40):
        answers.add(accepts(ROOT, name, mutated(chance, name, texts)))
    assert answers == {True, False}


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(1, 21))
def test_damaged_files_are_refused_in_lines_or_built(
    root: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    """Each change of the data is read alone; those that are accepted are built together."""
    chance = random.Random(seed)
    texts = texts_of(root, "data/**/*.yml", "data/ids.lock", "docs/??/*.md", "overrides/**/*.html")
    accepted: dict[str, str] = {}
    for number in range(1, CASES + 1):
        name = chance.choice(sorted(texts))
        text = mutated(chance, name, texts | accepted)
        if not name.startswith("data/") or accepts(root, name, text):
            accepted[name] = text
        if number % 500 == 0:
            assert_built(root, capsys, accepted)
            accepted = {}


def assert_built(root: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str]) -> None:
    """Build with the changes that `check` accepts; those in files that it names are taken back.

    Where it names only others, such as the other language, the last change is taken back.
    """
    while True:
        lock = {"data/pairs.lock": (root / "data/pairs.lock").read_bytes()}
        changes = {n: t.encode("utf-8", "surrogateescape") for n, t in texts.items()}
        with changed(root, lock | changes):
            run(capsys, "translations", "--mark-reviewed")
            code, lines = run(capsys, "check", "--without-history")
            if code == 0:
                with build._mkdocs(root, root / "site.next", print) as (config, site):
                    mkdocs_build(config)
                    failures = verify(root / "site.next", site.dataset).failures
                made = re.compile(r"\.png|pagefind/")  # which a trial leaves out
                assert [one for one in failures if not made.search(str(one))] == []
                return
        assert code == 2, lines
        lines = [line for line in lines if not line.startswith("…") and "[PAIR01]" not in line]
        assert all(ERROR.match(line) for line in lines), lines
        named = {ERROR.match(line)["path"] for line in lines} & texts.keys()  # type: ignore[index]
        named = named or {[*texts][-1]}
        texts = {name: text for name, text in texts.items() if name not in named}
