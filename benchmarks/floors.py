"""The least that the same pages can cost, to hold our own cost against.

* ``jinja``: read every data file with the fast reader for YAML, fill a template with each page's
  own texts, pad it to the size of our finished page, and write it. No checks, no references, no
  arithmetic, no Markdown, no search.
* ``copy``: copy the finished tree.
* ``yaml-events``, ``yaml-c``: read the data files and do nothing with what is in them; and make
  plain values of it, which no longer know where they stood. Beside them ``yaml-strict``: our own
  reader, which knows.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment

from benchmarks.stages import PAGES, Stage, Work
from explainer.data import yaml_source

_PAGE = """\
<!doctype html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>{{ texts[0] }}</title></head>
<body><nav>{% for item in nav %}<a href="{{ item }}/">{{ item }}</a>{% endfor %}</nav>
<main>{% for text in texts %}<p id="p-{{ loop.index }}">{{ text }}</p>
{% endfor %}{{ padding }}</main></body></html>
"""


def _data_files(checkout: Path) -> list[Path]:
    return sorted((checkout / "data").rglob("*.yml"))


def _jinja(checkout: Path) -> Work:
    """Pages as many and as large as ours."""
    finished = checkout / PAGES
    sizes = {
        path.relative_to(finished): path.stat().st_size for path in sorted(finished.rglob("*.html"))
    }
    paddings: dict[Path, str] = {}
    for path, html in _filled(checkout, list(sizes), paddings):
        paddings[path] = "x" * max(0, sizes[path] - len(html))
    made = checkout / "site.jinja"
    shutil.rmtree(made, ignore_errors=True)

    def work() -> int:
        for path, html in _filled(checkout, list(sizes), paddings):
            target = made / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(html)
        return len(sizes)

    return work


def _filled(
    checkout: Path, pages: Sequence[Path], paddings: Mapping[Path, str]
) -> Iterator[tuple[Path, bytes]]:
    data = [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in _data_files(checkout)]
    figures = [figure for one in data for figure in one.get("figures", ())]
    nav = [path.parts[0] for path in pages if len(path.parts) == 2]
    template = Environment(autoescape=True).from_string(_PAGE)
    for number, path in enumerate(pages):
        language = "zh" if path.parts[0] == "zh" else "en"
        texts = list(_texts(figures[number % len(figures)], language))
        padding = paddings.get(path, "")
        html = template.render(language=language, texts=texts, nav=nav, padding=padding)
        yield path, html.encode("utf-8")


def _texts(node: Any, language: str) -> Iterator[str]:
    """Every text of a figure in one language."""
    if isinstance(node, dict):
        if language in node:
            yield node[language]
        else:
            for value in node.values():
                yield from _texts(value, language)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, language)


def _copy(checkout: Path) -> Work:
    made = checkout / "site.copy"
    shutil.rmtree(made, ignore_errors=True)

    def work() -> Path:
        shutil.copytree(checkout / PAGES, made)
        return made

    return work


def _yaml_events(checkout: Path) -> Work:
    texts = [path.read_text("utf-8") for path in _data_files(checkout)]
    return lambda: sum(1 for text in texts for _ in yaml.parse(text, yaml.CSafeLoader))


def _yaml_c(checkout: Path) -> Work:
    texts = [path.read_text("utf-8") for path in _data_files(checkout)]
    return lambda: len([yaml.load(text, yaml.CSafeLoader) for text in texts])


def _yaml_strict(checkout: Path) -> Work:
    data = [(path.read_bytes(), path.name) for path in _data_files(checkout)]
    return lambda: len([yaml_source.parse(content, name)[0] for content, name in data])


FLOORS: Mapping[str, Stage] = {
    "jinja": Stage(_jinja, "pages", "read YAML, fill a template, write"),
    "copy": Stage(_copy, "pages", "copy the finished tree"),
    "yaml-events": Stage(_yaml_events, "events", "scan the data files"),
    "yaml-c": Stage(_yaml_c, "files", "data files to plain values"),
    "yaml-strict": Stage(_yaml_strict, "files", "the same by our reader, places kept"),
}
