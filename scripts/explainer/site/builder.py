"""One build of the site: what the MkDocs hook calls at each event."""

import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, nullcontext
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError
from markupsafe import Markup

from explainer import urls
from explainer.charts import Drawing, draw_chart, make_range_plot
from explainer.charts.png import PngRenderer
from explainer.data import LANGUAGES, Code, DataError, DataErrors, Dataset, Status
from explainer.data.yaml_source import read_text
from explainer.derive import evaluate_all
from explainer.export.citations import make_record
from explainer.export.context import SiteContext, site_context
from explainer.extract import Language, Refusal
from explainer.files import add_file
from explainer.i18n import TAGS, Localizer
from explainer.site import figure, outputs
from explainer.site.assets import Assets, load_assets
from explainer.site.base_sheet import Vocabulary
from explainer.site.bilingual import combine, main_content
from explainer.site.headers import policy
from explainer.site.metadata import page_metadata
from explainer.site.pages import PageInfo, PageKind, front_matter, generated_pages
from explainer.site.prose import TEXT_LIMIT, prose_files
from explainer.site.search import search_index
from explainer.site.template_env import (
    CallExtension,
    configure,
    line_of,
    make_environment,
    plain,
    render_inline,
)
from explainer.site.template_globals import TemplateGlobals

log = logging.getLogger("mkdocs.explainer")
"""Below "mkdocs.", so that warnings count in a strict build."""


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Log how long a step of the build took."""
    start = time.perf_counter()
    yield
    log.info("%s: %.1f s", step, time.perf_counter() - start)


class SiteBuilder:
    """The state of one build, from the data to the last file.

    MkDocs builds one language after the other; ``start`` comes before the first and ``finish``
    after the last.
    """

    def __init__(self, root: Path, address: str, menu: list[list[urls.Page]]) -> None:
        """Prepare to build the checkout ``root`` for ``address``, which ends with a slash.

        ``menu`` names the pages of the navigation in two rows: the story, and the pages to look
        things up in.
        """
        self.root, self.menu = root, menu
        self.docs, self.overrides = root / "docs", root / "overrides"
        self.cache = root / ".cache"
        self.calls = CallExtension()
        self.address = address
        self.pngs: PngRenderer | None = None
        self.site: SiteContext
        self.assets: Assets

    @property
    def dataset(self) -> Dataset:
        """The dataset of the build."""
        return self.site.dataset

    # Before the pages

    def start(self, dataset: Dataset, theme: list[str], *, with_png: bool) -> None:
        """Take the data and the assets, and list the pages that MkDocs finds no file of.

        ``theme`` are the folders of the theme. Pictures are rendered as PNG while MkDocs works,
        until :meth:`finish` or :meth:`stop`. Raises ``DataErrors`` or ``OSError``.
        """
        self.site = site_context(dataset, evaluate_all(dataset), self.address)
        inputs = [
            path
            for folder in (self.root / "data", self.docs, self.overrides)
            for path in sorted(folder.rglob("*.*"))
            if path.suffix in (".yml", ".html", ".md")
        ]
        self.assets = load_assets(self.docs, theme, inputs)
        self.pages: dict[tuple[Language, urls.Page], PageInfo] = {}
        self.prose_uses: dict[Language, dict[urls.Page, list[str]]] = {c: {} for c in LANGUAGES}
        self.layouts: dict[Language, Environment] = {}
        self.vocabulary = Vocabulary()
        drawn = lru_cache(maxsize=64)(self._draw)
        self.globals: dict[Language, TemplateGlobals] = {}
        self.prose_env: dict[Language, Environment] = {}
        for code in LANGUAGES:
            env = make_environment(self.overrides, self.cache / "templates")
            self.globals[code] = TemplateGlobals(self.site, code, env, drawn)
            env.globals.update(self._layout_globals(code))
            self.prose_env[code] = env
        self.generated = {
            f"{code}/{name}.md": front_matter(fields)
            for name, fields in generated_pages(dataset)
            for code in LANGUAGES
        }
        self.pictures = dict(outputs.draw_pictures(self.site))
        if with_png:
            self.pngs = PngRenderer(self.cache / "pictures")
            self._render_pngs(self.pictures.items())

    def _render_pngs(self, pictures: Iterable[tuple[str, str]]) -> None:
        if self.pngs:
            for path, svg in pictures:
                self.pngs.add(path, svg)

    def _draw(self, name: str) -> Drawing:
        return draw_chart(self.dataset, self.site.results, self.dataset.charts[name])

    def _layout_globals(self, language: Language) -> dict[str, object]:
        template_globals = self.globals[language]
        words = self.site.words[language]
        return {
            **template_globals.names(),
            "site_name": words.text(self.dataset.about.name),
            "menu": [[(name, _menu_label(words, name)) for name in row] for row in self.menu],
            "legend": _legend(words),
            "asset": lambda name: template_globals.file(self.assets.url(name), shared=True),
            "policy": lambda path: policy(path, framing=False),
        }

    # One page

    def page_name(self, src_uri: str) -> tuple[Language, urls.Page]:
        """Return language and name of the page in ``docs/<src_uri>``."""
        language, _, name = src_uri.removesuffix(".md").partition("/")
        return ("zh" if language == "zh" else "en"), name

    def read_page(self, src_uri: str, meta: MutableMapping[str, Any]) -> list[DataError]:
        """Work out title and description of a page and prepare its calls; returns its faults."""
        language, name = self.page_name(src_uri)
        template_globals, env = self.globals[language], self.prose_env[language]
        template_globals.begin(name)
        self.calls.env = env
        words = self.site.words[language]
        kind, gone = _kind(meta), None
        faults: list[DataError] = []
        if "figure" in meta:
            subject = self.dataset.figures[meta["figure"]]
            title, summary = (
                words.text(subject.headline, subject),
                words.text(subject.summary, subject),
            )
        elif "chart" in meta:
            chart = self.dataset.charts[meta["chart"]]
            title, summary = words.text(chart.title), words.text(chart.description)
        elif "retired" in meta:
            sort, _, retired_id = meta["retired"].partition("/")
            gone = self.dataset.retired[sort, retired_id]
            title = words.string(f"revision.{gone.state}", about=words.text(gone.label))
            day = words.format_date(gone.date)
            summary = words.string("retired.summary", id=gone.id, date=day)
        else:
            rendered, faults = self._render_front_matter(src_uri, meta, env)
            meta["summary"] = rendered["description"]
            title, summary = plain(rendered["title"]), plain(rendered["description"])
        meta["title"], meta["description"] = title, summary
        self.pages[language, name] = PageInfo(
            name, language, kind, title, summary, retired=gone
        )
        return faults

    def _render_front_matter(
        self, src_uri: str, meta: MutableMapping[str, Any], env: Environment
    ) -> tuple[dict[str, Markup], list[DataError]]:
        """Return title and description of a page of prose, empty where a call has a fault."""
        rendered, faults = {}, []
        for key in ("title", "description"):
            rendered[key] = Markup()
            try:
                rendered[key] = render_inline(env, meta.get(key, ""))
            except Exception as error:  # a call can raise anything
                lines = (self.docs / src_uri).read_text("utf-8").splitlines()
                found = [n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")]
                faults.append(_template_fault(f"docs/{src_uri}", found[0], error))
        return rendered, faults

    def take_content(self, src_uri: str, first_line: int) -> list[DataError]:
        """Note which figures a page of prose shows; returns the faults of its calls."""
        language, name = self.page_name(src_uri)
        shown = self.globals[language].shown
        if shown:
            ordered = [f for f in self.dataset.figures.values() if f.id in shown]
            self.prose_uses[language][name] = [f.id for f in ordered]
            page = self.pages[language, name]
            claims = tuple(f.claims[0].ref for f in ordered)
            self.pages[language, name] = PageInfo(
                name, language, page.kind, page.title, page.description, claims
            )
        faults = [_template_fault(f"docs/{src_uri}", first_line + line, e) for line, e in self.calls.faults]
        self.calls.faults.clear()
        return faults

    def check_prose(self) -> Iterator[DataError]:
        """Yield the faults of the calls of all prose; where a page has one, of each of its blocks.

        A block that is no whole template, because a construct spans it, tells nothing.
        """
        for code in LANGUAGES:
            for name in prose_files(self.docs, code):
                path = f"{code}/{name}.md"
                text, _ = read_text(self.docs, path, TEXT_LIMIT)
                self.globals[code].begin(name)
                line, blocks = 0, [text]
                while blocks:
                    block = blocks.pop(0)
                    try:
                        self.prose_env[code].from_string(block).render()
                    except Exception as error:  # a call can raise anything
                        if block is text:
                            blocks = re.split(r"(\n\s*\n)", text)
                        if block is text or not isinstance(error, TemplateSyntaxError):
                            yield _template_fault(f"docs/{path}", line + line_of(error), error)
                    line += 0 if block is text else block.count("\n")

    def layout_faults(self, first: Exception, contexts: Iterable[dict[str, Any]]) -> set[DataError]:
        """Return the fault of the layout in which ``first`` arose, and those of other layouts.

        ``contexts`` are what MkDocs gives to the pages of the language. Empty where no layout is
        at fault.
        """
        faults = {self._layout_fault(first)}
        for context in contexts if None not in faults else ():
            page = context["page"]
            layout = page.meta.get("template", "main.html")
            try:
                env = self.layouts[self.page_name(page.file.src_uri)[0]]
                env.get_template(layout).render(context | self.page_context(page.file.src_uri))
            except Exception as error:  # a layout can raise anything
                faults.add(self._layout_fault(error))
        return {fault for fault in faults if fault}

    def _layout_fault(self, error: Exception) -> DataError | None:
        """Return the fault at the line of a layout where ``error`` arose, if it arose in one."""
        place = (getattr(error, "filename", None) or "", getattr(error, "lineno", 0))
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename.startswith(f"{self.overrides}/"):
                place = trace.tb_frame.f_code.co_filename, trace.tb_lineno
            trace = trace.tb_next
        if not place[0].startswith(f"{self.overrides}/"):
            return None
        path = Path(place[0]).relative_to(self.root).as_posix()
        return _template_fault(path, place[1], error)

    def missing_strings(self) -> Iterator[DataError]:
        """Yield a fault for each interface string that was asked for and that the data lacks."""
        for key in sorted(self.site.words[urls.DEFAULT].missing):
            place, expected = ("data/interface.yml", 0, 0), f"the key {key!r}, which pages ask for"
            yield DataError(*place, Code.MISSING_KEY, "strings", "no such key", expected)

    def use_environment(self, env: Environment, language: Language) -> None:
        """Give the layouts of ``language`` their globals."""
        configure(env, self.cache / "templates")
        env.globals.update(self._layout_globals(language))
        self.layouts[language] = env
        read = [page for page in self.pages.values() if page.language == language]
        self._render_pngs(outputs.draw_social_cards(self.site, read))

    def page_context(self, src_uri: str) -> dict[str, object]:
        """Return the names that a page's layout knows besides MkDocs' own and the globals."""
        language, name = self.page_name(src_uri)
        self.globals[language].begin(name)
        info = self.pages[language, name]
        context = self._frame_context(info)
        if info.kind is PageKind.FIGURE:
            context |= self._figure_context(language, info.id)
        elif info.kind is PageKind.EMBED and not info.retired:
            context["figure"] = self.dataset.figures[info.id]
        elif info.kind is PageKind.CHART:
            context["chosen"] = self.dataset.charts[info.id]
        elif info.kind is PageKind.LISTING:
            context |= self._listing_context(language, info.name)
        context["next_page"] = self._next_page(info)
        return context

    def _next_page(self, info: PageInfo) -> PageInfo | None:
        """Return the page of the story that follows, if any."""
        story = self.menu[0]
        following = dict(pairwise(story)).get(info.name)
        return self.pages[info.language, following] if following else None

    def _frame_context(self, info: PageInfo) -> dict[str, object]:
        has_head = info.kind is not PageKind.EMBED and info.retired is None
        return {
            "info": info,
            "title": info.title,
            "description": info.description,
            "name": info.name,
            "is_home": info.name == "index",
            "is_paired": has_head,
            "head": page_metadata(self.site, info) if has_head else None,
            "canonical": urls.absolute(
                self.site.root, info.language, info.name.removesuffix("/embed")
            ),
            "to_both": urls.relative(info.url, urls.folder(urls.both_page(info.name))),
            **self._retired_context(info),
        }

    def _retired_context(self, info: PageInfo) -> dict[str, object]:
        """Return what a retired page says of its id, and where it leads; no names for others.

        ``moved_to`` is the address of what has only moved.
        """
        retired = info.retired
        if retired is None or not retired.successor:
            return {"retired": retired, "moved_to": None}
        there = urls.page_of(retired.sort, retired.successor)
        title = self.pages[info.language, there].title
        there += "/embed" * (info.kind is PageKind.EMBED)
        return {
            "retired": retired,
            "there": urls.link(info.name, there),
            "there_title": title,
            "moved_to": urls.link(info.name, there) if retired.moved_to else None,
            "moved_page": urls.absolute(self.site.root, info.language, there),
        }

    def _figure_context(self, language: Language, figure_id: str) -> dict[str, object]:
        subject = self.dataset.figures[figure_id]
        uses = self.prose_uses[language]
        return {
            "strip": make_range_plot(self.dataset, subject),
            "backlinks": self._backlinks[figure_id],
            "used_on": [n for row in self.menu for n in row if figure_id in uses.get(n, ())],
            "titles": self._titles(language),
            **figure.figure_context(self.site.words[language], subject, self.site.root),
        }

    @cached_property
    def _backlinks(self) -> dict[str, figure.Backlinks]:
        return figure.backlinks(self.dataset)

    def _titles(self, language: Language) -> Mapping[str, str]:
        return {n: self.pages[language, n].title for n in self.prose_uses[language]}

    def _listing_context(self, language: Language, name: urls.Page) -> dict[str, object]:
        words = self.site.words[language]
        match name:
            case "figures/index":
                return figure.index_context(words)
            case "data":
                record = make_record(words, self.site.root)
                return {"citations": figure.format_citations(record)}
            case "lens":
                refusals = tuple(str(reason) for reason in Refusal)
                return {"example": _example_passage(words), "refusals": refusals}
            case "search":
                return {"examples": _example_queries(self.dataset)}
            case _:
                return {}

    # After the pages

    def finish(self, folder: Path, *, with_search: bool) -> None:
        """Add everything that MkDocs does not make to the built site in ``folder``."""
        with timed("bilingual pages"):
            self._write_bilingual(folder)
        for code in LANGUAGES:
            path = f"{urls.root_of(code)}404.html"
            add_file(folder / path, self._render_missing(code).encode("utf-8"))
        listed = [page for page in self.pages.values() if page.kind.is_listed]
        sitemap = (
            self.layouts["en"]
            .get_template("sitemap.xml")
            .render(pages=sorted(listed, key=lambda page: page.url), absolute_url=urls.absolute)
        )
        add_file(folder / "sitemap.xml", sitemap.encode("utf-8"))
        with search_index(folder) if with_search else nullcontext():
            with timed("forms"):
                outputs.write_forms(self.site, [*self.pages.values()], folder)
            with timed("style sheets and scripts"):
                for path, content in self.assets.files(self.vocabulary):
                    add_file(folder / path, content)
            with timed("pictures"):
                for path, svg in self.pictures.items():
                    add_file(folder / f"{path}.svg", svg.encode("utf-8"))
                for path, file in self.pngs.finish().items() if self.pngs else ():
                    add_file(folder / f"{path}.png", file.read_bytes())
            start = time.perf_counter()
        log.info("waited for the search index: %.1f s", time.perf_counter() - start)

    def stop(self) -> None:
        """End what still runs beside the build, however that ended."""
        if self.pngs:
            self.pngs.stop()

    def _render_missing(self, language: Language) -> str:
        self.globals[language].begin(None)
        words = self.site.words[language]
        return (
            self.layouts[language]
            .get_template("404.html")
            .render(
                title=words.string("missing.title"),
                description=words.text(self.dataset.about.description),
                name="",
                is_home=False,
                is_paired=False,
                moved_to=None,
                head=None,
                info=None,
            )
        )

    def _write_bilingual(self, folder: Path) -> None:
        template = self.layouts["en"].get_template("bilingual.html")
        localizers = {code: self.site.words[code] for code in LANGUAGES}
        for (language, name), english in self.pages.items():
            if language != "en" or english.kind is PageKind.EMBED:
                continue
            pair = {code: self.pages[code, name] for code in LANGUAGES}
            contents = {
                code: main_content((folder / f"{page.url}index.html").read_text("utf-8"))
                for code, page in pair.items()
            }
            here = urls.folder(urls.both_page(name))
            self.globals["en"].begin(urls.both_page(name))
            document = template.render(
                titles={code: page.title for code, page in pair.items()},
                localizers=localizers,
                name=name,
                here_url=here,
                relative=lambda there, here=here: urls.relative(here, there),
                menu_labels=_menu_label,
                urls=urls,
                content=combine(name, contents),
            )
            self.vocabulary.add(document)
            add_file(folder / f"{here}index.html", document.encode("utf-8"))


def _template_fault(path: str, line: int, error: Exception) -> DataError:
    unknown = isinstance(error, LookupError)
    code = Code.UNKNOWN_REFERENCE if unknown else Code.BAD_TEMPLATE
    expected = "a name that the data has" if unknown else "a call that Jinja can render"
    text = getattr(error, "message", None) or str(error)
    return DataError(path, line, 1, code, "", text, expected)


def _kind(meta: Mapping[str, Any]) -> PageKind:
    match meta.get("template"):
        case None:
            return PageKind.PROSE
        case "figure.html":
            return PageKind.FIGURE
        case "chart.html":
            return PageKind.CHART
        case "embed.html" | "retired_embed.html":
            return PageKind.EMBED
        case "retired.html":
            return PageKind.RETIRED
        case _:
            return PageKind.LISTING


def _menu_label(words: Localizer, page: urls.Page) -> str:
    return words.string(f"nav.{page.split('/')[0]}")


def _legend(words: Localizer) -> list[tuple[str, str]]:
    """Shape and name of every speaker, for the foot of each page."""
    named: list[tuple[str, str]] = [
        (voice.shape, words.text(voice.label)) for voice in words.dataset.voices.values()
    ]
    named += [("triangle", words.string("key.context")), ("derived", words.string("key.derived"))]
    return named


def _example_queries(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Things to look for, with their language tags: each voice's first phrase, and a name."""
    first: dict[str, tuple[str, str]] = {}
    for subject in dataset.figures.values():
        for claim in subject.claims:
            tag = TAGS[claim.source.language]
            first.setdefault(claim.voice.id, (tag, claim.mentions[0].exact))
    works = [(TAGS["zh"], term.zh) for term in dataset.terms.values() if term.kind == "work"]
    return (*first.values(), *works[:1])


def _example_passage(words: Localizer) -> str:
    """A passage with numbers in it: the summary of the first figure in conflict."""
    for subject in words.dataset.figures.values():
        if subject.comparison.status is Status.CONFLICT:
            return words.text(subject.summary, subject)
    return ""
