"""One build of the site: what the MkDocs hook calls at each event."""

import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, TemplateSyntaxError
from markupsafe import Markup
from tqdm import tqdm

from explainer import urls
from explainer.charts import draw_chart, draw_range_plot
from explainer.charts.png import PngRenderer
from explainer.config import PLACEHOLDER, site_address
from explainer.data import LANGUAGES, Chart, Code, DataError, DataErrors, Dataset, Figure, Retired
from explainer.data.yaml_source import read_text
from explainer.export import SiteContext
from explainer.export.citations import make_record
from explainer.export.jsonld import graph_script, page_graph
from explainer.extract import Language
from explainer.files import add_file
from explainer.limits import PAGE_BYTES
from explainer.site import context, outputs
from explainer.site.assets import classes_in, load_assets
from explainer.site.bilingual import TranslationMismatch, combine, main_content
from explainer.site.inputs import check_inputs
from explainer.site.pages import PageInfo, find_prose, generated_pages
from explainer.site.templates import (
    CallExtension,
    Templates,
    layout_place,
    line_of,
    missing_string,
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
    again and again; what has not changed is kept. It leaves out what is for programs, and what its
    pages only link to: linked data, forms, pictures as files, and the search index. A trial makes
    no images and no search index, and goes on over faults, to find all.
    """

    def __init__(self, root: Path) -> None:
        """Prepare to build the checkout ``root``."""
        self.root, self.address, self.preview, self.trial = root, "", False, False
        self.docs, self.overrides, self.cache = root / "docs", root / "overrides", root / ".cache"
        self.calls = CallExtension()
        self.extensions: list[str | CallExtension] = []
        """Markdown's extensions, for pages that have any Markdown."""
        self.pngs: PngRenderer | None = None
        self.indexer: outputs.SearchIndexer | None = None
        self._finished: Path | None = None
        self.dataset: Dataset
        self._good: Dataset | None = None
        self.templates: dict[Language, Templates] = {}
        self.contexts: list[dict[str, Any]] = []
        """What MkDocs gives to each page of the language that is being built."""

    # Before the pages

    def start(
        self,
        address: str | None,
        menu: Iterable[urls.Page],
        reference: Iterable[urls.Page],
        *,
        with_png: bool,
    ) -> None:
        """Read and check all inputs, and list the pages that MkDocs finds no file of.

        ``address`` is the site's; ``menu`` are the pages of its navigation by their files in
        ``docs``, and ``reference`` those of them to look things up in. Pictures are rendered as PNG
        while MkDocs works, until :meth:`finish_files` or :meth:`stop`. Of faulty data a preview
        uses the last that had no fault. Raises ``DataErrors`` or ``OSError``.
        """
        self.address = site_address(address)
        if PLACEHOLDER.match(self.address) and not (self.preview or self.trial):
            text = "ADDRESS NOT SET: links and citations will lead to %s; set SITE_URL"
            notices.warning(text, self.address)
        pages = [name.removesuffix(".md") for name in menu]
        below = {name.removesuffix(".md") for name in reference}
        self.menu = [[p for p in pages if (p in below) is is_below] for is_below in (False, True)]
        self.faults, self._begun = set[DataError](), time.perf_counter()
        dataset, faults = check_inputs(self.root)
        self._good = dataset or (self._good if self.preview else None)
        self.report(faults)
        must_stop = any(fault.code in (Code.TOO_LARGE, Code.NO_TRANSLATION) for fault in faults)
        if self._good is None or must_stop or (faults and not (self.preview or self.trial)):
            raise DataErrors(faults)
        self.dataset = self._good
        self.site = SiteContext(self.dataset, self.address)
        drawn = () if self.preview else outputs.draw_pictures(self.site)
        self.pictures: Iterable[tuple[str, str]] = list(drawn) if with_png else drawn
        """Every picture that readers may take, as SVG by its path without ending."""
        if with_png:
            self.pngs = PngRenderer(self.cache / "pictures")
            for path, svg in self.pictures:
                self.pngs.add(path, svg)
        self.assets = load_assets(self.root)
        self.classes = set[str]()
        self.pages: dict[tuple[Language, urls.Page], PageInfo] = {}
        self.prose_uses: dict[Language, dict[urls.Page, list[str]]] = {c: {} for c in LANGUAGES}
        self.contexts = []
        folders = self.overrides, self.cache / "templates"
        self.templates = {
            code: Templates(
                self.site, code, *folders, self.assets, self.menu, cache(partial(draw_chart, words))
            )
            for code, words in self.site.words.items()
        }
        self.backlinks = context.backlinks(self.dataset)
        self.generated = {
            f"{code}/{name}.md": (layout, subject)
            for name, layout, subject in generated_pages(self.dataset)
            for code in LANGUAGES
        }
        is_hidden = self.preview or self.trial or None  # None: where no terminal would show it
        count = len(self.generated) + sum(1 for _ in self.docs.rglob("*.md"))
        self.progress = tqdm(total=count, desc="pages", disable=is_hidden, leave=False)

    def report(self, faults: Iterable[DataError]) -> None:
        """Keep faults for the list that ends the build; a preview, which goes on, logs them."""
        found = DataErrors(faults)
        self.faults.update(found.problems)
        for line in found.lines() if self.preview else ():
            log.error("%s", line)

    def check_prose(self) -> Iterator[DataError]:
        """Yield the faults of the calls of all prose, as far as it can be rendered."""
        for code in self.templates:
            for name in find_prose(self.docs)[code]:
                yield from self._page_faults(f"{code}/{name}.md")

    def _page_faults(self, src_uri: str) -> Iterator[DataError]:
        """Yield the faults of a page's calls: the first, and those of each block.

        A block that is no whole template, because a construct spans it, tells nothing.
        """
        language, name = self.page_name(src_uri)
        text = read_text(self.docs, src_uri, [], PAGE_BYTES)
        templates = self.templates[language]
        templates.begin(name)
        line = 0
        for number, block in enumerate([text, *re.split(r"(\n\s*\n)", text)]):
            try:
                templates.env.from_string(block).render()
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
                env = self.templates[self.page_name(page.file.src_uri)[0]].env
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

    # One page

    def page_name(self, src_uri: str) -> tuple[Language, urls.Page]:
        """Return language and name of the page in ``docs/<src_uri>``."""
        language, _, name = src_uri.removesuffix(".md").partition("/")
        return ("zh" if language == "zh" else "en"), name

    def read_page(self, src_uri: str, meta: MutableMapping[str, Any]) -> None:
        """Work out title and description of a page, and prepare its calls."""
        language, name = self.page_name(src_uri)
        templates = self.templates[language]
        templates.begin(name)
        self.calls.page, self.calls.has_failed = (templates, src_uri), False
        words, subject = self.site.words[language], None
        if src_uri in self.generated:
            meta["template"], subject = self.generated[src_uri]
        match subject:
            case Figure():
                title = words.text(subject.headline, subject)
                summary = words.text(subject.summary, subject)
            case Chart():
                title, summary = words.text(subject.title), words.text(subject.description)
            case Retired():
                about, day = words.text(subject.label), words.format_date(subject.date)
                title = words.string(f"revision.{subject.state}", about=about)
                summary = words.string("retired.summary", id=subject.id, date=day)
            case _:
                title = self._render_field(src_uri, meta, "title").striptags()
                meta["summary"] = self._render_field(src_uri, meta, "description")
                summary = meta["summary"].striptags()
        layout = meta.get("template", "main.html")
        meta["title"] = title
        self.pages[language, name] = PageInfo(name, language, layout, title, summary, subject)

    def _render_field(self, src_uri: str, meta: Mapping[str, Any], key: str) -> Markup:
        """Return a field of a page's front matter, empty where a call has a fault."""
        templates = self.templates[self.page_name(src_uri)[0]]
        try:
            return templates.render_line(f"{src_uri}#{key}", meta.get(key, ""))
        except Exception:  # a call can raise anything
            self.calls.has_failed = True
            return Markup()

    def take_content(self, src_uri: str, html: str) -> None:
        """Note what a page of prose holds and which figures, and report the faults of its calls."""
        language, name = self.page_name(src_uri)
        self.classes |= classes_in(html)
        if shown := self.templates[language].shown:
            self.prose_uses[language][name] = [f for f in self.dataset.figures if f in shown]
        if self.calls.has_failed:
            self.report(self._page_faults(src_uri))

    def environment_of(self, language: Language) -> Environment:
        """Return the layouts of ``language``, once all its prose is read.

        Raises ``DataErrors``, except in a preview and a trial.
        """
        if self.faults and not (self.preview or self.trial):
            raise DataErrors([*self.faults, *self.check_prose()])
        read = [page for page in self.pages.values() if page.language == language]
        if self.pngs:
            for path, svg in outputs.draw_social_cards(self.site, read):
                self.pngs.add(path, svg)
        return self.templates[language].env

    def page_context(self, src_uri: str) -> dict[str, object]:
        """Return the names that a page's layout knows besides MkDocs' own and the globals."""
        language, name = self.page_name(src_uri)
        self.templates[language].begin(name)
        self.progress.update()
        info = self.pages[language, name]
        return self._frame_context(info) | self._own_context(info)

    def _frame_context(self, info: PageInfo) -> dict[str, object]:
        is_paired = info.is_listed
        page = info.name.removesuffix("/embed")
        graph = None
        if is_paired and not self.preview:
            texts = info.title, info.description
            graph = graph_script(page_graph(self.site, info.language, info.name, *texts))
        addresses = {code: urls.absolute(self.site.root, code, page) for code in LANGUAGES}
        return {
            "info": info,
            "title": info.title,
            "description": info.description,
            "name": info.name,
            "is_home": info.name == "index",
            "is_paired": is_paired,
            "graph": graph,
            "addresses": addresses,
            "canonical": addresses[info.language],
            "links": self.templates[info.language].links(),
            "to_both": urls.relative(info.url, urls.folder(urls.both_page(info.name))),
            "moved_to": None,
        }

    def _own_context(self, info: PageInfo) -> dict[str, object]:
        """Return what only pages of this kind, or this listing, show."""
        words, root = self.site.words[info.language], self.site.root
        match info.subject, info.name:
            case Retired() as gone, _:
                return self._retired_context(info, gone)
            case Figure() as figure, _ if info.is_embed:
                return {"figure": figure}
            case Figure() as figure, _:
                uses = self.prose_uses[info.language]
                used_on = (n for row in self.menu for n in row if figure.id in uses.get(n, ()))
                return {
                    "figure": figure,
                    "strip": draw_range_plot(words, figure),
                    "record": make_record(words, root, figure),
                    "backlinks": self.backlinks[figure.id],
                    "used_on": [(n, self.pages[info.language, n].title) for n in used_on],
                }
            case Chart() as chart, _:
                return {"chosen": chart}
            case _, "figures/index":
                return context.index_context(words)
            case _, "data":
                return {"record": make_record(words, root)}
            case _, "lens":
                return context.lens_context(words)
            case _, "search":
                return context.search_context(words)
            case _:
                return {}

    def _retired_context(self, info: PageInfo, gone: Retired) -> dict[str, object]:
        """Return what a retired page says of its id, and the page that took its place, if any.

        ``moved_to`` is the address of what has only moved.
        """
        successor = moved_to = None
        if gone.successor:
            there = urls.page_of(gone.sort, gone.successor)
            there += "/embed" * info.is_embed
            successor = self.pages[info.language, there]
            if gone.moved_to:
                moved_to = self.templates[info.language].to(successor.name)
        return {"retired": gone, "successor": successor, "moved_to": moved_to}

    # After the pages

    def finish(self, folder: Path) -> None:
        """Add everything that MkDocs does not make to the built site in ``folder``.

        The search index is begun; :meth:`finish_files` waits for it, and for the PNGs.
        """
        log.info("pages: %.1f s", time.perf_counter() - self._begun)
        self.progress.close()
        if not (self.preview or self.trial):
            self.indexer = outputs.SearchIndexer(folder)
        self._add_files(folder)
        self.report(map(missing_string, self.site.words[urls.DEFAULT].missing))
        if not self.preview:
            DataErrors.unless_empty(self.faults)
        self._finished = folder

    def _add_files(self, folder: Path) -> None:
        with timed("bilingual pages"):
            pages = [page for page in self.pages.values() if page.language == "en"]
            both = [page for page in pages if not page.is_embed]
            odd = [fault for page in both for fault in self._add_bilingual(folder, page)]
            if not self.faults:  # a page whose calls have a fault is empty
                self.report(odd)
        for code in LANGUAGES:
            self._add(folder, f"{urls.root_of(code)}404.html", self._render_missing(code))
        listed = [page for page in self.pages.values() if page.is_listed]
        listed.sort(key=lambda page: page.url)
        names = {"pages": listed, "absolute_url": urls.absolute}
        names["base"] = urlsplit(self.site.root).path
        for name in ("sitemap.xml", "_headers", "_redirects"):
            self._add(folder, name, self.templates["en"].env.get_template(name).render(names))
        with timed("forms"):
            pages = [*self.pages.values()]
            for path, text in outputs.forms(self.site, pages, preview=self.preview):
                self._add(folder, path, text)
        with timed("style sheets and scripts"):
            for path, content in self.assets.files(self.classes):
                add_file(folder / path, content)
        with timed("pictures"):
            for path, svg in self.pictures:
                self._add(folder, f"{path}.svg", svg)

    @staticmethod
    def _add(folder: Path, path: str, text: str) -> None:
        add_file(folder / path, text.encode("utf-8"))

    def finish_files(self) -> None:
        """Wait for the PNGs and the search index of a finished site, if they still run.

        Raises ``SearchIndexError``.
        """
        if self._finished and self.pngs:
            with timed("rest of the pictures as PNG"):
                for path, file in self.pngs.finish().items():
                    add_file(self._finished / f"{path}.png", file.read_bytes())
        if self._finished and self.indexer:
            with timed("rest of the search index"):
                self.indexer.finish()
        self.stop()

    def stop(self) -> None:
        """End what still runs beside the build, however that ended."""
        for running in (self.pngs, self.indexer):
            if running:
                running.stop()
        self.pngs = self.indexer = self._finished = None

    def _render_missing(self, language: Language) -> str:
        templates, words = self.templates[language], self.site.words[language]
        templates.begin(None)
        template = templates.env.get_template("404.html")
        return template.render(
            title=words.string("missing.title"),
            description=words.text(self.dataset.about.description),
            name="",
            links=templates.links(),
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
            path = prose if (self.root / prose).is_file() else f"overrides/{english.layout}"
            expected = "the same parts in both languages"
            yield DataError(path, 0, 0, Code.NO_TRANSLATION, "", str(error), expected)
            return
        here = urls.folder(urls.both_page(english.name))
        templates = self.templates["en"]
        templates.begin(urls.both_page(english.name))
        document = templates.env.get_template("bilingual.html").render(
            titles={code: page.title for code, page in pair.items()},
            localizers=self.site.words,
            name=english.name,
            here_url=here,
            relative=lambda there: urls.relative(here, there),
            urls=urls,
            content=content,
        )
        self._add(folder, f"{here}index.html", document)


def _template_fault(path: str, line: int, error: Exception) -> DataError:
    """Return the fault of a call in prose or of a layout."""
    unknown = isinstance(error, LookupError)
    code = Code.UNKNOWN_REFERENCE if unknown else Code.BAD_TEMPLATE
    expected = "a name that the data has" if unknown else "a call that Jinja can render"
    text = getattr(error, "message", None) or str(error)
    return DataError(path, line, 1, code, "", text, expected)
