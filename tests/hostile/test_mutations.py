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
from tests.hostile.test_faults import ERROR, HERE, changed, expanded, run

from explainer import build
from explainer.data import DataErrors, load, yaml_source
from explainer.verify import verify

VALUES = [expanded(v) for v in yaml.safe_load((HERE / "values.yml").read_text("utf-8"))]
SCALAR = re.compile(r'(?<=")[^"\n]*(?=")')
SECONDS = 5


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
    with changed(root, {name: text.encode("utf-8", "surrogateescape")}):
        began = time.process_time()
        try:
            load(root / "data")
        except DataErrors as error:
            assert all(ERROR.match(str(one)) for one in error.problems)
            return False
        finally:
            assert time.process_time() - began < SECONDS
    return True


@pytest.mark.parametrize(
    ("seed", "cases"),
    [pytest.param(n, 1000, marks=pytest.mark.fuzz) for n in range(1, 21)],
)
def test_damaged_files_are_refused_in_lines_or_built(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    cases: int,
) -> None:
    """Each change of the data is read alone; those that are accepted are built together."""
    monkeypatch.setattr(yaml_source, "parse", lru_cache(maxsize=256)(yaml_source.parse))
    chance = random.Random(seed)
    paths = [*root.glob("data/**/*.yml"), *root.glob("data/*.lock"), *root.glob("docs/??/*.md")]
    paths += root.glob("overrides/**/*.html")
    names = sorted(path.relative_to(root).as_posix() for path in paths)
    texts = {name: (root / name).read_text("utf-8") for name in names}
    accepted: dict[str, str] = {}
    for number in range(1, cases + 1):
        name = chance.choice(names)
        text = mutated(chance, name, texts | accepted)
        if not name.startswith("data/") or accepts(root, name, text):
            accepted[name] = text
        if number % 100 == 0 or number == cases:
            assert_built(root, capsys, accepted)
            accepted = {}


def assert_built(root: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str]) -> None:
    """Build with the changes that `check` accepts; those in files that it names are taken back."""
    code = 2
    while code:
        changes = {n: t.encode("utf-8", "surrogateescape") for n, t in texts.items()}
        with changed(root, changes):
            code, lines = run(capsys, "check", "--without-history")
            if code == 0:
                with build._mkdocs(root, root / "site.next", print) as (config, site):
                    mkdocs_build(config)
                    failures = verify(root / "site.next", site.dataset).failures
                assert [one for one in failures if ".png" not in str(one)] == []
                return
        assert code == 2, lines
        assert all(ERROR.match(line) for line in lines), lines
        named = {ERROR.sub(r"\g<path>", line) for line in lines if "[PAIR01]" not in line}
        texts = {name: text for name, text in texts.items() if name not in named}
