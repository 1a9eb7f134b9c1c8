"""One build of the site: what the MkDocs hook calls at each event."""

import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError
from markupsafe import Markup
from tqdm import tqdm

from explainer import urls
from explainer.limits import PAGE_BYTES
from explainer.charts import draw_chart
from explainer.charts.png import PngRenderer
from explainer.config import is_placeholder, site_address
from explainer.data import LANGUAGES, Code, DataError, DataErrors, Dataset
from explainer.data.yaml_source import read_text
from explainer.export import SiteContext
from explainer.export.citations import make_record
from explainer.export.jsonld import dataset_graph, figure_graph, graph_script, page_graph
from explainer.extract import Language
from explainer.files import add_file
from explainer.i18n import Localizer
from explainer.site import context, outputs
from explainer.site.assets import load_assets, names_in
from explainer.site.bilingual import TranslationMismatch, combine, main_content
from explainer.site.headers import policy
from explainer.site.inputs import check_inputs
from explainer.site.pages import (
    PageInfo,
    PageKind,
    find_prose,
    front_matter,
    generated_pages,
)
from explainer.site.templates import (
    CallExtension,
    ProseRenderer,
    TemplateGlobals,
    configure,
    layout_place,
    line_of,
    plain,
)

log = logging.getLogger("mkdocs.explainer")
"""Below "mkdocs.", so that warnings count in a strict build."""
notices = logging.getLogger("explainer")
"""Not below "mkdocs.": what it says is seen in every build and does not fail a strict one."""


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Log how long a step of the build took."""
    start = time.perf_counter()
    yield
    log.info("%s: %.1f s", step, time.perf_counter() - start)


class SiteBuilder:
    """The state of a build, from the data to the last file.

    MkDocs builds one language after the other: :meth:`start` comes before the first,
    :meth:`finish` after the last, and :meth:`stop` at the end, however that came. A preview builds
    again and again; what has not changed is kept. It leaves out what its pages only link to: the
    forms, the pictures as files, and the search index. A trial makes no images and no search index,
    and goes on over faults, to find all.
    """

    def __init__(self, root: Path) -> None:
        """Prepare to build the checkout ``root``."""
        self.root, self.address, self.preview, self.trial = root, "", False, False
        self.docs, self.overrides, self.cache = root / "docs", root / "overrides", root / ".cache"
        self.calls = CallExtension()
        self.pngs: PngRenderer | None = None
        self.indexer: outputs.SearchIndexer | None = None
        self.dataset: Dataset
        self._good: Dataset | None = None
        self.layouts: dict[Language, Environment] = {}
        self.prose: dict[Language, ProseRenderer] = {}
        self.contexts: list[dict[str, Any]] = []
        """What MkDocs gives to each page of the language that is being built."""

    def configure(
        self, address: str | None, menu: Iterable[urls.Page], reference: Iterable[urls.Page]
    ) -> None:
        """Take the site's address and the pages of its navigation, by their files in ``docs``.

        ``reference`` are those to look things up in. Raises ``DataErrors``.
        """
        self.address = site_address(address)
        if is_placeholder(self.address) and not (self.preview or self.trial):
            text = "ADDRESS NOT SET: links and citations will lead to %s; set SITE_URL"
            notices.warning(text, self.address)
        pages = [name.removesuffix(".md") for name in menu]
        below = {name.removesuffix(".md") for name in reference}
        self.menu = [[p for p in pages if (p in below) is is_below] for is_below in (False, True)]

    # Before the pages

    def start(self, theme: Iterable[str], *, with_png: bool) -> None:
        """Read and check all inputs, and list the pages that MkDocs finds no file of.

        ``theme`` are the folders of the theme. Pictures are rendered as PNG while MkDocs works,
        until :meth:`finish` or :meth:`stop`. Of faulty data a preview uses the last that had no
        fault. Raises ``DataErrors`` or ``OSError``.
        """
        self.faults, self._begun = set[DataError](), time.perf_counter()
        dataset, faults = check_inputs(self.root)
        self._good = dataset or (self._good if self.preview else None)
        self.report(faults)
        must_stop = any(fault.code in (Code.TOO_LARGE, Code.NO_TRANSLATION) for fault in faults)
        if self._good is None or must_stop or (faults and not (self.preview or self.trial)):
            raise DataErrors(faults)
        self.dataset = self._good
        self.site = SiteContext(self.dataset, self.address)
        layouts = sorted(self.overrides.rglob("*.html"))
        written = [path for pages in find_prose(self.docs).values() for path in pages.values()]
        data = sorted((self.root / "data").rglob("*.yml"))
        self.assets = load_assets(self.docs, theme, [*data, *written, *layouts])
        self.names_in_pages = {
            name for path in layouts for name in names_in(path.read_text("utf-8"))
        }
        self.pages: dict[tuple[Language, urls.Page], PageInfo] = {}
        self.prose_uses: dict[Language, dict[urls.Page, list[str]]] = {c: {} for c in LANGUAGES}
        self.backlinks = context.backlinks(self.dataset)
        self.layouts, self.prose, self.contexts = {}, {}, []
        self.globals = {
            code: TemplateGlobals(self.site, code, cache(partial(draw_chart, words)))
            for code, words in self.site.words.items()
        }
        for code in LANGUAGES:
            names = self._global_names(code)
            self.prose[code] = ProseRenderer(self.overrides, self.cache / "templates", names)
        made = list(generated_pages(self.dataset))
        self.sources = {
            f"{code}/{name}.md": front_matter(fields) for name, fields in made for code in LANGUAGES
        }
        is_hidden = self.preview or self.trial or None  # None: where no terminal would show it
        count = len(self.sources) + sum(1 for _ in self.docs.rglob("*.md"))
        self.progress = tqdm(total=count, desc="pages", disable=is_hidden, leave=False)
        if with_png:
            self.pngs = PngRenderer(self.cache / "pictures")
            self._render_pngs(self.pictures.items())

    def report(self, faults: Iterable[DataError]) -> None:
        """Keep faults for the list that ends the build; a preview, which goes on, logs them."""
        found = DataErrors(faults)
        self.faults.update(found.problems)
        for line in found.lines() if self.preview else ():
            log.error("%s", line)

    def check_prose(self) -> Iterator[DataError]:
        """Yield the faults of the calls of all prose, as far as it can be rendered."""
        for code in self.prose:
            for name in find_prose(self.docs)[code]:
                yield from self._page_faults(f"{code}/{name}.md")

    def _page_faults(self, src_uri: str) -> Iterator[DataError]:
        """Yield the faults of a page's calls: the first, and those of each block.

        A block that is no whole template, because a construct spans it, tells nothing.
        """
        language, name = self.page_name(src_uri)
        text = read_text(self.docs, src_uri, [], PAGE_BYTES)
        self.globals[language].begin(name)
        line = 0
        for number, block in enumerate([text, *re.split(r"(\n\s*\n)", text)]):
            try:
                self.prose[language].env.from_string(block).render()
            except Exception as error:  # a call can raise anything
                if number == 0 or not isinstance(error, TemplateSyntaxError):
                    yield _template_fault(f"docs/{src_uri}", line + line_of(error), error)
            else:
                if number == 0:
                    return
            line += block.count("\n") if number else 0

    def layout_faults(self, first: Exception) -> set[DataError]:
        """Return the fault of the layout in which ``first`` arose, and those of other layouts.

        Empty where no layout is at fault.
        """
        faults = {self._layout_fault(first)}
        for mkdocs_context in self.contexts if None not in faults else ():
            page = mkdocs_context["page"]
            try:
                env = self.layouts[self.page_name(page.file.src_uri)[0]]
                layout = env.get_template(page.meta.get("template", "main.html"))
                layout.render(mkdocs_context | self.page_context(page.file.src_uri))
            except Exception as error:  # a layout can raise anything
                faults.add(self._layout_fault(error))
        return {fault for fault in faults if fault}

    def _layout_fault(self, error: Exception) -> DataError | None:
        """Return the fault at the line of a layout where ``error`` arose, if it arose in one."""
        if place := layout_place(error, self.overrides):
            path, line = place
        elif isinstance(error, RecursionError) and self.calls.page:  # in Markdown itself
            path, line = str(self.docs / self.calls.page[1]), 0
        else:
            return None
        return _template_fault(Path(path).relative_to(self.root).as_posix(), line, error)

    def missing_strings(self) -> Iterator[DataError]:
        """Yield a fault for each interface string that was asked for and that the data lacks."""
        for key in sorted(self.site.words[urls.DEFAULT].missing):
            place, expected = ("data/interface.yml", 0, 0), f"the key {key!r}, which pages ask for"
            yield DataError(*place, Code.MISSING_KEY, "strings", "no such key", expected)

    @cached_property
    def pictures(self) -> dict[str, str]:
        """Every picture that readers may take, as SVG by its path without ending."""
        return dict(outputs.draw_pictures(self.site))

    def _render_pngs(self, pictures: Iterable[tuple[str, str]]) -> None:
        for path, svg in pictures:
            if self.pngs:
                self.pngs.add(path, svg)

    def _global_names(self, language: Language) -> dict[str, object]:
        template_globals = self.globals[language]
        words = self.site.words[language]
        voices = self.dataset.voices.values()
        return {
            **template_globals.names(),
            "menu": [[(name, _menu_label(words, name)) for name in row] for row in self.menu],
            "legend": [
                *((voice.shape, words.text(voice.label)) for voice in voices),
                ("triangle", words.string("key.context")),
                ("derived", words.string("key.derived")),
            ],
            "asset": lambda name: template_globals.file(self.assets.url(name), shared=True),
            "policy": lambda path: policy(path, framing=False),
        }

    # One page

    def page_name(self, src_uri: str) -> tuple[Language, urls.Page]:
        """Return language and name of the page in ``docs/<src_uri>``."""
        language, _, name = src_uri.removesuffix(".md").partition("/")
        return ("zh" if language == "zh" else "en"), name

    def read_page(self, src_uri: str, meta: MutableMapping[str, Any]) -> None:
        """Work out title and description of a page, and prepare its calls."""
        language, name = self.page_name(src_uri)
        self.globals[language].begin(name)
        self.calls.page, self.calls.has_failed = (self.prose[language], src_uri), False
        words, kind, gone = self.site.words[language], PageKind.of(meta.get("template")), None
        if "figure" in meta:
            figure = self.dataset.figures[meta["figure"]]
            title, summary = words.text(figure.headline, figure), words.text(figure.summary, figure)
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
            title = plain(self._render_field(src_uri, meta, "title"))
            meta["summary"] = self._render_field(src_uri, meta, "description")
            summary = plain(meta["summary"])
        meta["title"], meta["description"] = title, summary
        self.pages[language, name] = PageInfo(name, language, kind, title, summary, gone)

    def _render_field(self, src_uri: str, meta: Mapping[str, Any], key: str) -> Markup:
        """Return a field of a page's front matter, empty where a call has a fault."""
        renderer = self.prose[self.page_name(src_uri)[0]]
        try:
            return renderer.render_line(f"{src_uri}#{key}", meta.get(key, ""))
        except Exception:  # a call can raise anything
            self.calls.has_failed = True
            return Markup()

    def take_content(self, src_uri: str, html: str) -> None:
        """Note what a page of prose holds and which figures, and report the faults of its calls."""
        language, name = self.page_name(src_uri)
        self.names_in_pages |= names_in(html)
        if shown := self.globals[language].shown:
            self.prose_uses[language][name] = [f for f in self.dataset.figures if f in shown]
        if self.calls.has_failed:
            self.report(self._page_faults(src_uri))

    def use_environment(self, env: Environment, language: Language) -> None:
        """Give the layouts of ``language`` their globals, once all its prose is read.

        Raises ``DataErrors``, except in a preview and a trial.
        """
        if self.faults and not (self.preview or self.trial):
            raise DataErrors([*self.faults, *self.check_prose()])
        configure(env, self.cache / "templates")
        env.globals.update(self.prose[language].env.globals)
        self.layouts[language] = env
        read = [page for page in self.pages.values() if page.language == language]
        if self.pngs:
            self._render_pngs(outputs.draw_social_cards(self.site, read))

    def page_context(self, src_uri: str) -> dict[str, object]:
        """Return the names that a page's layout knows besides MkDocs' own and the globals."""
        language, name = self.page_name(src_uri)
        self.globals[language].begin(name)
        self.progress.update()
        info = self.pages[language, name]
        return {
            **self._frame_context(info),
            **self._retired_context(info),
            **self._own_context(info),
        }

    def _frame_context(self, info: PageInfo) -> dict[str, object]:
        is_paired = info.kind is not PageKind.EMBED and info.retired is None
        page = info.name.removesuffix("/embed")
        return {
            "info": info,
            "title": info.title,
            "description": info.description,
            "name": info.name,
            "is_home": info.name == "index",
            "is_paired": is_paired,
            "graph": Markup(graph_script(self._graph(info))) if is_paired else None,
            "canonical": urls.absolute(self.site.root, info.language, page),
            "to_both": urls.relative(info.url, urls.folder(urls.both_page(info.name))),
        }

    def _graph(self, info: PageInfo) -> list[dict[str, Any]]:
        """Return a page's linked data."""
        if info.kind is PageKind.FIGURE:
            return figure_graph(self.site, info.language, info.id)
        if info.name == "data":
            return dataset_graph(self.site, info.language, info.title, info.description)
        return page_graph(self.site, info.language, info.name, info.title, info.description)

    def _retired_context(self, info: PageInfo) -> dict[str, object]:
        """Return what a retired page says of its id, and the page that took its place, if any.

        ``moved_to`` is the address of what has only moved.
        """
        gone, successor = info.retired, None
        if gone and gone.successor:
            there = urls.page_of(gone.sort, gone.successor)
            there += "/embed" * (info.kind is PageKind.EMBED)
            successor = self.pages[info.language, there]
        moved_to = None
        if successor and gone and gone.moved_to:
            moved_to = self.globals[info.language].to(successor.name)
        return {"retired": gone, "successor": successor, "moved_to": moved_to}

    def _own_context(self, info: PageInfo) -> dict[str, object]:
        """Return what only pages of this kind, or this listing, show."""
        words, root = self.site.words[info.language], self.site.root
        match info.kind, info.name:
            case PageKind.FIGURE, _:
                uses = self.prose_uses[info.language]
                used_on = (n for row in self.menu for n in row if info.id in uses.get(n, ()))
                return {
                    **context.figure_context(words, self.dataset.figures[info.id], root),
                    "backlinks": self.backlinks[info.id],
                    "used_on": [(n, self.pages[info.language, n].title) for n in used_on],
                }
            case PageKind.EMBED, _ if not info.retired:
                return {"figure": self.dataset.figures[info.id]}
            case PageKind.CHART, _:
                return {"chosen": self.dataset.charts[info.id]}
            case PageKind.LISTING, "figures/index":
                return context.index_context(words)
            case PageKind.LISTING, "data":
                return {"record": make_record(words, root)}
            case PageKind.LISTING, "lens":
                return context.lens_context(words)
            case PageKind.LISTING, "search":
                return context.search_context(words)
            case _:
                return {}

    # After the pages

    def finish(self, folder: Path) -> None:
        """Add everything that MkDocs does not make to the built site in ``folder``.

        The search index is begun; :meth:`finish_search` waits for it.
        """
        log.info("pages: %.1f s", time.perf_counter() - self._begun)
        self.progress.close()
        if not (self.preview or self.trial):
            self.indexer = outputs.SearchIndexer(folder)
        try:
            self._add_files(folder)
        except BaseException:
            self.stop()
            raise
        self.report(self.missing_strings())
        if not self.preview:
            DataErrors.unless_empty(self.faults)

    def _add_files(self, folder: Path) -> None:
        with timed("bilingual pages"):
            pages = [page for page in self.pages.values() if page.language == "en"]
            both = [page for page in pages if page.kind is not PageKind.EMBED]
            odd = [fault for page in both for fault in self._add_bilingual(folder, page)]
            if not self.faults:  # a page whose calls have a fault is empty
                self.report(odd)
        for code in LANGUAGES:
            self._add(folder, f"{urls.root_of(code)}404.html", self._render_missing(code))
        listed = [page for page in self.pages.values() if page.kind.is_listed]
        sitemap = self.layouts["en"].get_template("sitemap.xml")
        listed.sort(key=lambda page: page.url)
        self._add(folder, "sitemap.xml", sitemap.render(pages=listed, absolute_url=urls.absolute))
        with timed("forms"):
            pages = [*self.pages.values()]
            for path, text in outputs.forms(self.site, pages, preview=self.preview):
                self._add(folder, path, text)
        with timed("style sheets and scripts"):
            for path, content in self.assets.files(frozenset(self.names_in_pages)):
                add_file(folder / path, content)
        with timed("pictures"):
            for path, svg in () if self.preview else self.pictures.items():
                self._add(folder, f"{path}.svg", svg)
            for path, file in self.pngs.finish().items() if self.pngs else ():
                add_file(folder / f"{path}.png", file.read_bytes())

    @staticmethod
    def _add(folder: Path, path: str, text: str) -> None:
        add_file(folder / path, text.encode("utf-8"))

    def finish_search(self) -> None:
        """Wait for the search index. Raises ``SearchIndexError``."""
        if self.indexer:
            with timed("rest of the search index"):
                self.indexer.finish()
            self.indexer = None

    def stop(self) -> None:
        """End what still runs beside the build, however that ended."""
        for running in (self.pngs, self.indexer):
            if running:
                running.stop()
        self.pngs = self.indexer = None

    def _render_missing(self, language: Language) -> str:
        self.globals[language].begin(None)
        words = self.site.words[language]
        template = self.layouts[language].get_template("404.html")
        return template.render(
            title=words.string("missing.title"),
            description=words.text(self.dataset.about.description),
            name="",
            info=None,
            is_home=False,
            is_paired=False,
            moved_to=None,
        )

    def _add_bilingual(self, folder: Path, english: PageInfo) -> Iterator[DataError]:
        """Add a page in both languages, or yield a fault where their blocks do not pair."""
        pair = {code: self.pages[code, english.name] for code in LANGUAGES}
        contents = {
            code: main_content((folder / page.url / "index.html").read_text("utf-8"))
            for code, page in pair.items()
        }
        try:
            content = combine(english.name, contents)
        except TranslationMismatch as error:
            prose = f"docs/en/{english.name}.md"
            path = prose if (self.root / prose).is_file() else f"overrides/{english.kind}.html"
            expected = "the same parts in both languages"
            yield DataError(path, 0, 0, Code.NO_TRANSLATION, "", str(error), expected)
            return
        here = urls.folder(urls.both_page(english.name))
        self.globals["en"].begin(urls.both_page(english.name))
        document = (
            self.layouts["en"]
            .get_template("bilingual.html")
            .render(
                titles={code: page.title for code, page in pair.items()},
                localizers=self.site.words,
                name=english.name,
                here_url=here,
                relative=lambda there: urls.relative(here, there),
                menu_labels=_menu_label,
                urls=urls,
                content=content,
            )
        )
        self._add(folder, f"{here}index.html", document)


def _menu_label(words: Localizer, page: urls.Page) -> str:
    return words.string(f"nav.{page.split('/')[0]}")


def _template_fault(path: str, line: int, error: Exception) -> DataError:
    """Return the fault of a call in prose or of a layout."""
    unknown = isinstance(error, LookupError)
    code = Code.UNKNOWN_REFERENCE if unknown else Code.BAD_TEMPLATE
    expected = "a name that the data has" if unknown else "a call that Jinja can render"
    text = getattr(error, "message", None) or str(error)
    return DataError(path, line, 1, code, "", text, expected)
