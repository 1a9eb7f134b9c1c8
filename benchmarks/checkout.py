"""A complete checkout around an invented dataset: what a build reads, and nothing else.

Code, theme, schemas and interface strings are this project's own. The locks and the history are
made by the project's own functions. ``python -m benchmarks.checkout FOLDER COUNT`` writes one.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.content import CHARTS_AT_MOST, Data, Invented, invented
from benchmarks.words import FIXED, Said, phrase, say
from explainer.build import written
from explainer.config import ROOT
from explainer.data import files, ids, load, revisions, translations
from explainer.site.templates import prose_pages

_A_FILE = 200
"""Figures in one data file; a loader reads many files of a bearable size."""

_OURS = ("about.yml", "interface.yml", "retired.yml", "schema")
"""What is not invented: the name of the set, its interface, and the form of its files."""


def write_checkout(root: Path, count: int) -> None:
    """Write a checkout with ``count`` figures to ``root``, which must not exist."""
    _copy_code(root)
    figures = list(invented(count))
    for name, value in _files(figures):
        _put(root / "data" / name, value)
    for name, text in _prose(figures):
        _write(root / "scripts" / "templates" / "pages" / name, text)
    _lock(root)


def _copy_code(root: Path) -> None:
    unread = shutil.ignore_patterns("__pycache__", "pages")
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=unread)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, root)
    for name in _OURS:
        ours, copy = ROOT / "data" / name, root / "data" / name
        copy.parent.mkdir(exist_ok=True)
        shutil.copytree(ours, copy) if ours.is_dir() else shutil.copy(ours, copy)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _put(path: Path, value: Data) -> None:
    _write(path, "".join(f"{line}\n" for line in _yaml(value)))


def _yaml(node: Any, indent: str = "") -> Iterator[str]:
    """A mapping as block YAML, the way the data files are written: every text in quotes."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _yaml(value, f"{indent}  ")
        elif value and isinstance(value, list) and isinstance(value[0], dict):
            yield f"{indent}{key}:"
            for item in value:
                first, *rest = _yaml(item, f"{indent}    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        else:
            yield f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}"


def _files(figures: Sequence[Invented]) -> Iterator[tuple[str, Data]]:
    """Every data file but the locks and the history, by path below ``data``."""
    yield from FIXED.items()
    yield "revisions.yml", {"revisions": []}
    for number, batch in enumerate(_batches(figures), start=1):
        yield f"figures/part-{number:03}.yml", {"figures": [one.figure for one in batch]}
        context = list(_context(batch))
        if context:
            yield f"context/part-{number:03}.yml", {"sources": context}
    for source in ("paper", "thread"):
        found = [said for one in figures for name, said in one.mentions if name == source]
        blocks: dict[str, str] = {}
        for one in found:  # each block is as long as what was found in it
            longest = max(int(blocks.get(one["block"], "0")), int(one["end"]))
            blocks[one["block"]] = str(longest)
        yield (
            f"mentions/{source}.yml",
            {"source": source, "digest": "0" * 64, "blocks": blocks, "mentions": found},
        )
    derivations = [one.derivation for one in figures if one.derivation]
    yield "derivations.yml", {"derivations": derivations}
    yield "charts.yml", {"charts": [one.chart for one in figures[:CHARTS_AT_MOST]]}


def _batches(figures: Sequence[Invented]) -> Iterator[Sequence[Invented]]:
    for start in range(0, len(figures), _A_FILE):
        yield figures[start : start + _A_FILE]


def _context(batch: Iterable[Invented]) -> Iterator[Data]:
    for one in batch:
        if one.report is None:
            continue
        report = dict(one.report)
        source = report.pop("source")
        random = Random(source)
        yield {
            "id": source,
            "publisher": say(random, "measure"),
            "language": "en",
            "title": say(random, "finding")["en"],
            "url": f"https://ledger.example/{source}/",
            "issued": f"2021-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            "access": "page",
            "shows": say(random, "told"),
            "figures": [report["figure"]],
            "reports": [report],
        }


_SECTIONS = "abcdef"
_CALLS = 12
"""Figures that each page of prose calls."""


def _prose(figures: Sequence[Invented]) -> Iterator[tuple[str, str]]:
    """As many pages of prose as the project has, under the same names, each in both languages."""
    for number, page in enumerate(prose_pages()):
        called = [
            figures[(number * _CALLS + at) % len(figures)].figure
            for at in range(min(_CALLS, len(figures)))
        ]
        for language in ("en", "zh"):
            random = Random(page)
            yield f"{page}.{language}.md.j2", "".join(_page(language, called, random))


def _page(language: str, called: Sequence[Data], random: Random) -> Iterator[str]:
    def block(name: str, text: Said) -> str:
        return f"{{% block {name} %}}{text[language]}{{% endblock %}}\n"

    yield '{% extends "page.md.j2" %}\n'
    yield '{% from "parts/chart.html.j2" import chart_figure %}\n'
    yield block("title", say(random, "finding"))
    yield block("summary", say(random, "told"))
    yield "{% block body %}\n"
    for at, letter in enumerate(_SECTIONS):
        yield f"## {say(random, 'finding')[language]} {{ #part-{letter} }}\n\n"
        if at in (1, 4):
            yield f'{{{{ chart_figure("{called[at]["id"]}-chart") }}}}\n\n'
        for paragraph in ("one", "two"):
            yield say(random, "told", 3)[language]
            for figure in called[at * 2 : at * 2 + 2]:
                yield _call(figure, language)
            yield f"\n{{: #said-{letter}-{paragraph} }}\n\n"
    yield "{% endblock %}\n"


def _call(figure: Data, language: str) -> str:
    call = f'{{{{ fig("{figure["id"]}/{figure["claims"][0]["id"]}") }}}}'
    return phrase("called", call)[language]


def _lock(root: Path) -> None:
    """Publish everything as new: ids, history, and each text as checked against its pair."""
    data = root / "data"
    dataset = load(data, locked=False)
    _write(data / files.IDS, ids.extended_lock("", dataset))
    history = (data / revisions.NAME).read_text("utf-8")
    _write(data / revisions.NAME, revisions.extended_history(history, dataset, "2026-01-01"))
    _write(data / files.PAIRS, translations.lock_text([], frozenset(), written(root)))


if __name__ == "__main__":
    write_checkout(Path(sys.argv[1]), int(sys.argv[2]))
