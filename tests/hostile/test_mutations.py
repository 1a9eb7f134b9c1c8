"""Damaged copies of the real files: no traceback, and whatever `check` accepts is built."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.commands import expanded, read_table
from tests.conftest import ROOT
from tests.hostile.test_faults import ERROR, HERE, changed, run

from explainer import build
from explainer.data import DataErrors, load

VALUES = [expanded(value) for value in read_table(HERE / "values.yml")]
SCALAR = re.compile(r'(?<=")[^"\n]*(?=")')
SECONDS = 5
"""How long the processor may take for an answer about one file."""


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
    """Four batches of 175 changes of the data, and six of fifty pages and layouts.

    Each change of the data is loaded alone; what loads makes a site that no check refuses. A page
    or layout whose fault shows in the finished site alone may be refused then.
    """
    chance = random.Random(seed)
    data = texts_of(root, "data/**/*.yml", "data/ids.lock")
    for _ in range(4):
        texts: dict[str, str] = {}
        for name in chance.choices(sorted(data), k=175):
            text = mutated(chance, name, data | texts)
            if accepts(root, name, text):
                texts[name] = text
        assert build_accepted(root, capsys, texts) == []
    pages = texts_of(root, "docs/??/*.md", "overrides/**/*.html")
    for _ in range(6):
        names = chance.sample(sorted(pages), k=50)
        build_accepted(root, capsys, {name: mutated(chance, name, pages) for name in names})


def build_accepted(
    root: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str]
) -> list[str]:
    """Build with the changes that `check` accepts, and return what is wrong with the site.

    Files that it names go back to what they were, pages in both languages; where it names none of
    the changed ones, the last nine go.
    """
    while True:
        lock = {"data/pairs.lock": (root / "data/pairs.lock").read_bytes()}
        changes = {n: t.encode("utf-8", "surrogateescape") for n, t in texts.items()}
        with changed(root, lock | changes):
            began = time.process_time()
            run(capsys, "translations", "--mark-reviewed")
            code, lines = run(capsys, "check", "--without-history")
            assert time.process_time() - began < SECONDS * 10
            if code == 0:
                _, report = build.make_site(root, root / "site.next")
                no_picture = re.compile(r"\.png")
                return [one for one in map(str, report.failures) if not no_picture.search(one)]
        if code == 3:  # a check of the pages, or a warning of MkDocs, which names the file
            named = {f"docs/{page}" for line in lines for page in re.findall(r"\w+/\S+\.md", line)}
        else:
            lines = [line for line in lines if not line.startswith("…") and "[PAIR01]" not in line]
            assert code == 2 and all(map(ERROR.match, lines)), lines
            named = {line.partition(":")[0] for line in lines}
        named |= {re.sub("/(en|zh)/", f"/{code}/", path) for path in named for code in ("en", "zh")}
        gone = named & texts.keys() or {*[*texts][-9:]}
        texts = {name: text for name, text in texts.items() if name not in gone}
