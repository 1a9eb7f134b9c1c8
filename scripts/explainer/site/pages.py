"""The whole site as text: from the dataset to one Markdown file per page and language."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import Environment

from explainer import urls
from explainer.charts import Drawing, draw
from explainer.charts import strip
from explainer.export.citations import set_record
from explainer.data import (LANGUAGES, DataErrors, Chart, Dataset, Figure, DataError, Retired, Status)
from explainer.export.context import SiteContext, site_context
from explainer.site import figure as figure_view
from explainer.site import index_view
from explainer.site import retired_view
from explainer.site import templates
from explainer.site.page import Page, PageType
from explainer.site.passages import paired
from explainer.site.template_globals import TemplateGlobals
from explainer.extract import Language, Refusal
from explainer.derive import evaluate_all
from explainer.i18n import TAGS, Localizer

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
_FENCE = "\n---\n"
_FENCE_READ = _FENCE.encode("utf-8")

Rendered = tuple[Page, str]
"""A page and its text: a front matter in YAML, and Markdown or HTML."""
Job = Callable[[], Iterator[Rendered]]
"""What renders a few pages."""


def content_of(written: bytes) -> bytes:
    """What stands below a page's front matter."""
    return written.partition(_FENCE_READ)[2].strip(b"\n")


def _unquoted(value: str) -> str:
    """A value of the front matter, which is JSON; most texts need no reader for it."""
    return str(json.loads(value)) if "\\" in value else value[1:-1]


@dataclass(slots=True)
class PageRenderer:
    """What renders one page after the other and gathers their problems."""

    words: Mapping[Language, Localizer]
    root: str
    jinja: Mapping[Language, Environment]
    prose: Mapping[Language, TemplateGlobals]
    problems: list[DataError] = field(default_factory=list)

    def page(
        self,
        language: Language,
        name: urls.Page,
        template: str,
        sort: PageType,
        more: Mapping[str, object],
        retired: Retired | None = None,
    ) -> Rendered:
        prose = self.prose[language]
        prose.begin(name)
        text, problem = templates.render(self.jinja[language], template, more)
        if problem:
            self.problems.append(problem)
        end = text.find(_FENCE)
        front = {key: _unquoted(value) for key, value in _FRONT.findall(text, 0, max(end, 0))}
        title, about = front.get("title", ""), front.get("description", "")
        claims = tuple(figure.claims[0].ref for figure in _in_order(prose.dataset, prose.shown))
        return Page(name, language, sort, title, about, claims, retired), text


@dataclass(frozen=True, slots=True)
class Pages:
    """What renders the pages of a dataset: those of prose, then all others.

    BilingualRenderer gather their problems; who has rendered what it wants asks for ``problems``.
    """

    dataset: Dataset
    _press: PageRenderer
    _names: Sequence[urls.Page]

    @classmethod
    def of(cls, to: SiteContext, folder: Path = templates.FOLDER) -> "Pages":
        """The pages of a dataset in its speakers' words, by the templates in ``folder``.

        Raises :class:`DataErrors` for digits typed in templates and for prose without its pair.
        """
        dataset = to.dataset
        DataErrors.unless_empty(templates.typed_digits(folder))
        names = templates.prose_pages(folder)
        paired(folder)
        jinja = {code: templates.spoken_environment(folder) for code in LANGUAGES}

        @lru_cache(maxsize=64)
        def drawn(name: str) -> Drawing:
            return draw(dataset, to.reckoned, dataset.charts[name])

        prose = {code: TemplateGlobals(to.words[code], to.root, jinja[code], drawn) for code in LANGUAGES}
        for code in LANGUAGES:
            jinja[code].globals.update(prose[code].names())
        press = PageRenderer(to.words, to.root, jinja, prose)
        return cls(dataset, press, names)

    @property
    def problems(self) -> Sequence[DataError]:
        """What was wrong with the pages rendered so far."""
        return self._press.problems

    def prose(self) -> list[Rendered]:
        """The pages written as prose."""
        return [
            self._press.page(language, name, f"pages/{name}.{language}.md.j2", PageType.PROSE, {})
            for language in LANGUAGES
            for name in self._names
        ]

    def rest(self, prose: Sequence[Page]) -> list[Job]:
        """All other pages, in parts that can be rendered in any order: each in every language.

        The pages that list things come first, which take long; then those that answer for lost
        ids, those of figures and those of charts. ``prose`` are the pages written as prose, to
        which figures link back.
        """
        press, links = self._press, _Links.of(self.dataset, prose)
        return [
            partial(_reference_pages, press, links.titles),
            partial(_retired_pages, press),
            *(partial(_figure_pages, press, one, links) for one in self.dataset.figures.values()),
            *(partial(_chart_pages, press, one) for one in self.dataset.charts.values()),
        ]

    def around(
        self, name: urls.Page, prose: Sequence[Page], written: Sequence[Rendered]
    ) -> Iterator[Rendered]:
        """A few pages, among them those with that name where there are any."""
        sort, _, rest = name.partition("/")
        own = rest.removesuffix("/embed")
        if name in self._names:
            return iter(written)
        if sort == "figures" and own in self.dataset.figures:
            links = _Links.of(self.dataset, prose)
            return _figure_pages(self._press, self.dataset.figures[own], links)
        if sort == "charts" and own in self.dataset.charts:
            return _chart_pages(self._press, self.dataset.charts[own])
        if name in SHARED:
            return _reference_pages(self._press, _titles(prose))
        return _retired_pages(self._press)


def render(dataset: Dataset, root: str, folder: Path = templates.FOLDER) -> Iterator[Rendered]:
    """Every page, one after the other. Raises :class:`DataErrors` with every problem of all pages."""
    pages = Pages.of(site_context(dataset, evaluate_all(dataset), root), folder)
    written = pages.prose()
    yield from written
    for job in pages.rest([page for page, _ in written]):
        yield from job()
    DataErrors.unless_empty(pages.problems)


def _titles(prose: Sequence[Page]) -> dict[Language, dict[str, str]]:
    """The title of every page of prose, by language and name."""
    return {
        code: {page.name: page.title for page in prose if page.language == code}
        for code in LANGUAGES
    }


def _reference_pages(
    press: PageRenderer, titles: Mapping[Language, Mapping[str, str]]
) -> Iterator[Rendered]:
    """The pages that list what there is, and those to look things up in."""
    for language in LANGUAGES:
        more = _listed(press, language) | {"titles": titles[language]}
        for name, template in SHARED.items():
            yield press.page(language, name, template, PageType.REFERENCE, more)


def _listed(press: PageRenderer, language: Language) -> dict[str, object]:
    words = press.words[language]
    dataset = words.dataset
    return {
        "entries": index_view.entries(words),
        "facets": index_view.facets(words),
        "citations": figure_view.set_in_styles(set_record(words, press.root)),
        "examples": _phrases(dataset),
        "example": _example(words),
        "retired_parts": retired_view.among_sources(dataset),
        "refusals": tuple(str(reason) for reason in Refusal),
    }


@dataclass(frozen=True, slots=True)
class _Links:
    """What figures link back to: pages of prose by title and by figure, and the rest."""

    titles: Mapping[Language, Mapping[str, str]]
    used: Mapping[str, tuple[str, ...]]
    backlinks: figure_view.Backlinks

    @classmethod
    def of(cls, dataset: Dataset, prose: Sequence[Page]) -> "_Links":
        """The links from the pages written as prose and from the data."""
        return cls(_titles(prose), _used(prose), figure_view.backlinks(dataset))


def _figure_pages(press: PageRenderer, figure: Figure, links: _Links) -> Iterator[Rendered]:
    """The page and the embed of a figure, in both languages."""
    dataset = press.words["en"].dataset
    shared = {
        "figure": figure,
        "strip": strip(dataset, figure),
        "side": figure_view.side_by_side(dataset, figure),
        "uses": links.backlinks.uses(figure, links.used.get(figure.id, ())),
        "retired_parts": retired_view.on_figure(dataset, figure.id),
    }
    for language in LANGUAGES:
        own = figure_view.names(press.words[language], figure, press.root)
        names = {**shared, **own, "titles": links.titles[language]}
        for name, template, sort in (
            (urls.figure_page(figure.id), "figure.md.j2", PageType.FIGURE),
            (urls.embed_page(figure.id), "embed.md.j2", PageType.EMBED),
        ):
            page, text = press.page(language, name, template, sort, names)
            yield replace(page, claims=tuple(c.ref for c in figure.claims)), text


def _chart_pages(press: PageRenderer, chart: Chart) -> Iterator[Rendered]:
    """The page of a chart, in both languages."""
    for language in LANGUAGES:
        own = {"chosen": chart}
        yield press.page(language, urls.chart_page(chart.id), "chart.md.j2", PageType.CHART, own)


def _retired_pages(press: PageRenderer) -> Iterator[Rendered]:
    """The answers at the addresses of figures and charts that left the data."""
    for language, words in press.words.items():
        for retired in words.dataset.retired.values():
            if retired.sort not in retired_view.PAGES:
                continue
            names = retired_view.names(words, retired)
            page = retired_view.PAGES[retired.sort](retired.id)
            yield press.page(language, page, "retired.md.j2", PageType.RETIRED, names, retired)
            if retired.sort == "figure":
                embed = urls.embed_page(retired.id)
                yield press.page(language, embed, "retired_embed.md.j2", PageType.EMBED, names, retired)


def _phrases(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Things to look for: what each voice prints first, and a name; each with its language."""
    first: dict[str, tuple[str, str]] = {}
    for figure in dataset.figures.values():
        for claim in figure.claims:
            language = TAGS[claim.source.language]
            first.setdefault(claim.voice.id, (language, claim.mentions[0].exact))
    names = [(TAGS["zh"], term.zh) for term in dataset.terms.values() if term.kind == "work"]
    return (*first.values(), *names[:1])


def _example(words: Localizer) -> str:
    """A passage with numbers in it: what the first figure in conflict says in short."""
    figures = words.dataset.figures.values()
    told = (words.text(f.summary, f) for f in figures if f.comparison.status is Status.CONFLICT)
    return next(told, "")


def _used(pages: Sequence[Page]) -> dict[str, tuple[str, ...]]:
    """The pages of prose that show each figure; both languages show the same."""
    used: dict[str, dict[str, None]] = {}
    for page in pages:
        for ref in page.claims:
            used.setdefault(ref.partition("/")[0], {})[page.name] = None
    return {figure: tuple(names) for figure, names in used.items()}


def _in_order(dataset: Dataset, shown: Mapping[str, None]) -> list[Figure]:
    """The figures with the ids ``shown``, in the order of the data."""
    return [f for f in dataset.figures.values() if f.id in shown] if shown else []
