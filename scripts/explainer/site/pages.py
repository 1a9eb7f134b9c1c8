"""Which pages there are: those made from the data, and the prose in ``docs/en`` and ``docs/zh``.

Prose and listings are written by hand. The pages of figures, charts and embeds have no Markdown:
MkDocs gets them without a file, and their layout shows what they are about.

A block of prose is what stands between blank lines; its id is the one that it gives itself. Blocks
of calls alone (a chart, a table) have no words and need no pair.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer import urls
from explainer.data import (
    LANGUAGES,
    Chart,
    Code,
    DataError,
    Dataset,
    Figure,
    Retired,
    Text,
    TextLocation,
)
from explainer.data.yaml_source import read_text
from explainer.extract import Language
from explainer.limits import PAGE_BYTES

_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?\n)---\n", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>title|description): (?P<text>.*)$", re.MULTILINE)
_FIELD_IDS = {"title": "page-title", "description": "summary"}
_ID = re.compile(r'\{:? ?#(?P<id>[a-z0-9-]+)[^}]*\}|\bid="(?P<html>[a-z0-9-]+)"')
_CALL_BLOCK = re.compile(r'\{% call (?P<macro>grade|answer_card)\("(?P<id>[a-z0-9-]+)"')
_CALL_PREFIX = {"grade": "sure", "answer_card": "answer"}
# Lengths are bounded: what is never closed must not be looked for to the end of the file.
_CALLS_ALONE = re.compile(
    r"\{%.{,2000}?%\}|\{\{ *(?:chart_figure|matrix|statement_table|next_card)\(.{,2000}?\}\}", re.S
)
_CODE = re.compile(r"\{#-?\s.{,2000}?#\}|\{%.{,2000}?%\}|\{\{.{,2000}?\}\}", re.DOTALL)
_NOT_READ = re.compile(
    r"<[^<>]{,2000}>|\{ ?[:#][^}]{,300}\}|\]\([^)]{,300}\)|^template: .*$", re.MULTILINE
)
"""What may hold digits without being read: tags, attribute lists, link targets."""
_MIRRORED: tuple[tuple[Language, Language], ...] = (("en", "zh"), ("zh", "en"))
_DIGIT, _WORD = re.compile(r"\d+"), re.compile(r"\w")


Subject = Figure | Chart | Retired


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page of one language, without its content.

    ``layout`` is a file of ``overrides``; ``subject`` is what a page made from the data is about.
    """

    name: urls.Page
    language: Language
    layout: str
    title: str
    description: str
    subject: Subject | None = None

    @property
    def url(self) -> str:
        """Its address below the site's root ("zh/figures/jobs-created/")."""
        return f"{urls.root_of(self.language)}{urls.folder(self.name)}"

    @property
    def is_embed(self) -> bool:
        """Whether it is shown inside pages of other sites."""
        return self.layout in ("embed.html", "retired_embed.html")

    @property
    def is_listed(self) -> bool:
        """Whether the sitemap and the search list it."""
        return not (self.is_embed or isinstance(self.subject, Retired))

    @property
    def picture(self) -> str:
        """The path of the picture that is shared with it, without ending: its own, or a card."""
        return f"{urls.root_of(self.language)}{'' if self.subject else 'share/'}{self.name}"


def generated_pages(dataset: Dataset) -> Iterator[tuple[urls.Page, str, Subject]]:
    """Yield the name, layout and subject of every page that is made from the data."""
    for figure in dataset.figures.values():
        yield urls.figure_page(figure.id), "figure.html", figure
        yield f"{urls.figure_page(figure.id)}/embed", "embed.html", figure
    for chart in dataset.charts.values():
        yield urls.page_of("chart", chart.id), "chart.html", chart
    for gone in dataset.retired.values():
        if gone.sort != "report":
            yield urls.page_of(gone.sort, gone.id), "retired.html", gone
        if gone.sort == "figure":
            yield f"{urls.figure_page(gone.id)}/embed", "retired_embed.html", gone


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page in one language: its id, its source text, its first line."""

    id: str
    text: str
    line: int


Prose = Mapping[Language, list[urls.Page]]
"""The names of the hand-written pages of each language."""


def find_prose(docs: Path) -> Prose:
    """Return the hand-written pages below ``docs``."""
    folders = {code: docs / code for code in LANGUAGES}
    return {
        code: [
            p.relative_to(folder).with_suffix("").as_posix() for p in sorted(folder.rglob("*.md"))
        ]
        for code, folder in folders.items()
    }


def read_blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a page, in order; one that has words and no id has the id ""."""
    body, line = source, 1
    if front := _FRONT_MATTER.match(source):
        for match in _FIELD.finditer(front[0]):
            text = match["text"].strip("'\"").replace("''", "'")
            if _WORD.search(_CODE.sub("", text)):
                number = source.count("\n", 0, match.start()) + 1
                yield Block(_FIELD_IDS[match["name"]], text, number)
        body, line = source[front.end() :], front[0].count("\n") + 1
    for chunk in re.split(r"(\n\s*\n)", body):
        if _WORD.search(_CALLS_ALONE.sub("", chunk)):
            call, own = _CALL_BLOCK.search(chunk), _ID.search(chunk)
            name = (own["id"] or own["html"]) if own else ""
            if call and not own:
                name = f"{_CALL_PREFIX[call['macro']]}-{call['id']}"
            start = line + chunk[: len(chunk) - len(chunk.lstrip())].count("\n")
            yield Block(name, chunk.strip(), start)
        line += chunk.count("\n")


def unpaired_pages(prose: Prose) -> Iterator[DataError]:
    """Yield an error for every hand-written page that one language lacks."""
    for language, other in _MIRRORED:
        for name in sorted({*prose[language]} - {*prose[other]}):
            expected = f"docs/{other}/{name}.md"
            place = (f"docs/{language}/{name}.md", 0, 0)
            yield DataError(*place, Code.NO_TRANSLATION, name, f"no {other} page", expected)


def paired_blocks(docs: Path, errors: list[DataError]) -> Iterator[TextLocation]:
    """Yield every block of prose with its pair and its place, which is the Chinese one.

    Adds to ``errors`` pages without a pair, and blocks without an id or a pair.
    """
    prose = find_prose(docs)
    errors += unpaired_pages(prose)
    for name in (name for name in prose["en"] if name in prose["zh"]):
        before = len(errors)
        texts = {c: read_text(docs, f"{c}/{name}.md", errors, PAGE_BYTES) for c in LANGUAGES}
        if len(errors) > before:
            continue
        blocks = {code: list(read_blocks(text)) for code, text in texts.items()}
        by_id = {code: {block.id: block for block in side} for code, side in blocks.items()}
        for language, other in _MIRRORED:
            for block in blocks[language]:
                if not block.id or block.id not in by_id[other]:
                    expected = f"its pair in {other}" if block.id else "a block with an id"
                    place = (f"docs/{language}/{name}.md", block.line, 1, Code.NO_TRANSLATION)
                    errors.append(DataError(*place, block.id or name, block.text, expected))
        for block_id, block in by_id["en"].items():
            if pair := by_id["zh"].get(block_id):
                text, path = Text(block.text, pair.text), f"docs/zh/{name}.md"
                yield TextLocation(text, path, pair.line, 1, f"{name}#{block_id}")


def typed_digits(path: str, text: str) -> Iterator[DataError]:
    """Yield an error for every number typed in a page or layout; numbers come from the data."""
    words = _NOT_READ.sub(_blank, _CODE.sub(_blank, text))
    for match in _DIGIT.finditer(words):
        line = words.count("\n", 0, match.start()) + 1
        column = match.start() - words.rfind("\n", 0, match.start())
        expected = "a call such as fig(…), derived(…) or date(…)"
        yield DataError(path, line, column, Code.TYPED_DIGIT, "", match.group(), expected)


def _blank(match: re.Match[str]) -> str:
    """Spaces in the place of a match, so that lines and columns stay."""
    return "\n".join(" " * len(line) for line in match.group().split("\n"))
