"""The whole site as text: from the dataset to one Markdown file per page and language."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from explainer import addresses
from explainer.charts import strip
from explainer.citations import set_record
from explainer.dataset import LANGUAGES, BadData, Claim, Dataset, Problem, Stale, Status
from explainer.publishing import figure_view, index_view, retired_view, templates
from explainer.publishing.passages import paired, with_notes
from explainer.publishing.prose import Prose
from explainer.quantities import Language, Refusal
from explainer.reasoning import reckon
from explainer.wording import TAGS, Words

SHARED = {
    "figures/index": "figures.md.j2",
    "names": "names.md.j2",
    "sources": "sources.md.j2",
    "search": "search.md.j2",
    "lens": "lens.md.j2",
    "data": "data.md.j2",
}
"""Pages whose template serves both languages, but for those of figures and charts."""
_FRONT = re.compile(r"^(title|description): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as Markdown, with what its head, its share picture and its backlinks are made of."""

    name: addresses.Page
    language: Language
    text: str
    title: str
    about: str
    claims: tuple[Claim, ...]

    @property
    def path(self) -> str:
        """The file's path below ``docs``."""
        return f"{self.language}/{self.name}.md"


@dataclass(slots=True)
class _Press:
    """What renders one page after the other and gathers their problems."""

    words: Mapping[Language, Words]
    root: str
    jinja: Environment
    problems: list[Problem]
    stale: Mapping[str, Mapping[str, Stale]]

    def page(
        self, language: Language, name: addresses.Page, template: str, more: Mapping[str, object]
    ) -> Page:
        prose = Prose(self.words[language], name, self.root)
        text, problem = templates.render(self.jinja, template, {**prose.names(), **more})
        if problem:
            self.problems.append(problem)
        notes = {
            block: prose.string(f"stale.{'both' if stale is Stale.BOTH else 'this'}")
            for block, stale in self.stale.get(name, {}).items()
            if stale in (language, Stale.BOTH)
        }
        text = with_notes(text, notes)
        if prose.unchecked:
            text += f"\n{prose.unchecked_note()}\n"
        head = text.removeprefix("---\n").partition("\n---\n")[0]
        front = {key: str(json.loads(value)) for key, value in _FRONT.findall(head)}
        figures = prose.dataset.figures.values()
        claims = tuple(figure.claims[0] for figure in figures if figure.id in prose.shown)
        return Page(
            name, language, text, front.get("title", ""), front.get("description", ""), claims
        )


def render(dataset: Dataset, root: str, folder: Path = templates.FOLDER) -> dict[str, Page]:
    """Every page by its path below ``docs`` ("en/money.md").

    ``root`` is the absolute address that the site will have, ending with a slash. Raises
    :class:`BadData` with every problem of every page.
    """
    BadData.unless_empty(templates.typed_digits(folder))
    names = templates.prose_pages(folder)
    reckoned = reckon(dataset)
    words = {code: Words(dataset, reckoned, code) for code in LANGUAGES}
    stale = {
        page: {
            block: found
            for block, one in blocks.items()
            if (found := dataset.checked.stale(one.pair))
        }
        for page, blocks in paired(folder).items()
    }
    press = _Press(words, root, templates.make_environment(folder), [], stale)
    written = [
        press.page(language, name, f"pages/{name}.{language}.md.j2", {})
        for language in LANGUAGES
        for name in names
    ]
    titles = {(page.language, page.name): page.title for page in written}
    used = _used(written)
    for language in LANGUAGES:
        more = {"titles": {name: titles[language, name] for name in names}}
        own = {
            **more,
            "entries": index_view.entries(words[language]),
            "facets": index_view.facets(words[language]),
            "citations": figure_view.set_in_styles(set_record(words[language], root)),
            "examples": _phrases(dataset),
            "example": _example(words[language]),
            "retired_parts": retired_view.among_sources(dataset),
            "refusals": tuple(str(reason) for reason in Refusal),
        }
        written += (press.page(language, name, template, own) for name, template in SHARED.items())
        written += _figure_pages(press, language, used, more)
        written += (
            press.page(language, addresses.chart_page(chart.id), "chart.md.j2", {"chosen": chart})
            for chart in dataset.charts.values()
        )
        written += _retired_pages(press, language)
    BadData.unless_empty(press.problems)
    return {page.path: page for page in written}


def _phrases(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Things to look for: what each voice prints first, and a name; each with its language."""
    first: dict[str, tuple[str, str]] = {}
    for figure in dataset.figures.values():
        for claim in figure.claims:
            language = TAGS[claim.source.language]
            first.setdefault(claim.voice.id, (language, claim.mentions[0].exact))
    names = [(TAGS["zh"], term.zh) for term in dataset.terms.values() if term.kind == "work"]
    return (*first.values(), *names[:1])


def _example(words: Words) -> str:
    """A passage with numbers in it: what the first figure in conflict says in short."""
    figures = words.dataset.figures.values()
    told = (words.text(f.summary, f) for f in figures if f.comparison.status is Status.CONFLICT)
    return next(told, "")


def _used(pages: list[Page]) -> dict[str, tuple[str, ...]]:
    """The pages of prose that show each figure; both languages show the same."""
    used: dict[str, dict[str, None]] = {}
    for page in pages:
        for claim in page.claims:
            used.setdefault(claim.figure, {})[page.name] = None
    return {figure: tuple(names) for figure, names in used.items()}


def _retired_pages(press: _Press, language: Language) -> Iterator[Page]:
    """The answers at the addresses of figures and charts that left the data."""
    words = press.words[language]
    for retired in words.dataset.retired.values():
        if retired.sort not in retired_view.PAGES:
            continue
        names = retired_view.names(words, retired)
        page = retired_view.PAGES[retired.sort](retired.id)
        yield press.page(language, page, "retired.md.j2", names)
        if retired.sort == "figure":
            embed = addresses.embed_page(retired.id)
            yield press.page(language, embed, "retired_embed.md.j2", names)


def _figure_pages(
    press: _Press,
    language: Language,
    used: Mapping[str, tuple[str, ...]],
    more: Mapping[str, object],
) -> Iterator[Page]:
    words = press.words[language]
    for figure in words.dataset.figures.values():
        names = {
            **more,
            **figure_view.names(words, figure, press.root, used.get(figure.id, ())),
            "strip": strip(words.dataset, figure),
            "retired_parts": retired_view.on_figure(words.dataset, figure.id),
        }
        page = press.page(language, addresses.figure_page(figure.id), "figure.md.j2", names)
        yield Page(page.name, language, page.text, page.title, page.about, figure.claims)
        embed = addresses.embed_page(figure.id)
        page = press.page(language, embed, "embed.md.j2", names)
        yield Page(page.name, language, page.text, page.title, page.about, figure.claims)
