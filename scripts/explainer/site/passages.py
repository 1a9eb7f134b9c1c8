"""The prose of the two languages block by block, as the templates spell it.

A block is what stands between blank lines; its id is the one it gives itself. Blocks of template
code alone (a chart, an import) have no words and need no pair.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.data import LANGUAGES, DataErrors, Code, Text, DataError, TextLocation
from explainer.site import templates
from explainer.extract import Language

_TITLES = {"title": "page-title", "summary": "summary"}
_TITLE = re.compile(
    r"\{% block (?P<name>title|summary) %\}(?P<text>.*?)\{% endblock %\}", re.DOTALL
)
_ID = re.compile(r'\{:? ?#(?P<id>[a-z0-9-]+)[^}]*\}|\bid="(?P<html>[a-z0-9-]+)"')
_SURE = re.compile(r'\{% call sure\("(?P<id>[a-z0-9-]+)"')
_CODE_ONLY = re.compile(
    r"\{%.*?%\}|\{\{ *(?:chart_figure|matrix|statement_table)\(.*?\}\}", re.DOTALL
)
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a page in one language: its id, its source text, its first line."""

    id: str
    text: str
    line: int


def passages(source: str) -> Iterator[Passage]:
    """The blocks of a template, in order; a block that has words and no id has the id ""."""
    for match in _TITLE.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield Passage(_TITLES[match["name"]], match["text"], line)
    body = _TITLE.sub(lambda match: "\n" * match[0].count("\n"), source)
    line = 1
    for chunk in re.split(r"(\n\s*\n)", body):
        words = _CODE_ONLY.sub("", chunk)
        if _WORD.search(words):
            found = _SURE.search(chunk)
            own = _ID.search(chunk)
            name = f"sure-{found['id']}" if found else (own["id"] or own["html"]) if own else ""
            start = line + chunk[: len(chunk) - len(chunk.lstrip())].count("\n")
            yield Passage(name, chunk.strip(), start)
        line += chunk.count("\n")


def paired(folder: Path = templates.FOLDER) -> dict[str, dict[str, TextLocation]]:
    """The passages of every page by page and id, each with its pair.

    Places are those of the Chinese. Raises :class:`DataErrors` for blocks without id or pair.
    """
    problems: list[DataError] = []
    found: dict[str, dict[str, TextLocation]] = {}
    for page in templates.prose_pages(folder):
        sides: dict[Language, Mapping[str, Passage]] = {}
        for language in LANGUAGES:
            path = f"{templates.SHOWN}/pages/{page}.{language}.md.j2"
            read = list(
                passages((folder / "pages" / f"{page}.{language}.md.j2").read_text("utf-8"))
            )
            problems += (
                DataError(
                    path, one.line, 1, Code.NO_TRANSLATION, page, one.text, "a block with an id"
                )
                for one in read
                if not one.id
            )
            sides[language] = {one.id: one for one in read}
        mirrored: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))
        for language, other in mirrored:
            path = f"{templates.SHOWN}/pages/{page}.{language}.md.j2"
            problems += (
                DataError(
                    path, one.line, 1, Code.NO_TRANSLATION, name, one.text, f"its pair in {other}"
                )
                for name, one in sides[language].items()
                if name and name not in sides[other]
            )
        path = f"{templates.SHOWN}/pages/{page}.zh.md.j2"
        found[page] = {
            name: TextLocation(
                Text(english.text, sides["zh"][name].text),
                path,
                sides["zh"][name].line,
                1,
                f"{page}#{name}",
            )
            for name, english in sides["en"].items()
            if name in sides["zh"]
        }
    DataErrors.unless_empty(problems)
    return found
