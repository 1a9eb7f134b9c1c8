"""One build of the site: what the MkDocs hook calls at each event."""

import logging
import re
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Template, TemplateSyntaxError
from markupsafe import Markup
from tqdm import tqdm

from explainer import urls
from explainer.charts.pictures import draw_social_card
from explainer.charts.png import PngRenderer
from explainer.config import PLACEHOLDER, site_address
from explainer.data import LANGUAGES, Chart, Code, DataError, DataErrors, Dataset, Figure, Retired
from explainer.data.yaml_source import read_text
from explainer.export import SiteContext
from explainer.export.jsonld import graph_script, page_graph
from explainer.extract import Language
from explainer.files import add_file
from explainer.limits import PAGE_BYTES
from explainer.site import outputs
from explainer.site.assets import classes_in, load_assets
from explainer.site.bilingual import TranslationMismatch, combine
from explainer.site.inputs import check_inputs
from explainer.site.pages import PageInfo, generated_pages
from explainer.site.templates import CallExtension, Templates, missing_string, place_in

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
    :meth:`finish` after the last, and :meth:`stop` at the end, however that came. A build goes on
    over faults of prose and layouts, to find all; :meth:`finish` raises them.

    A draft makes no images and no search index. A preview is a draft that builds again and again,
    and logs faults; what has not changed is kept. It leaves out what is for programs, and what its
    pages only link to: linked data, forms and pictures as files.
    """

    def __init__(self, root: Path) -> None:
        """Prepare to build the checkout ``root``."""
        self.root, self.address, self.is_preview, self.is_draft = root, "", False, False
        self.docs, self.overrides, self.cache = root / "docs", root / "overrides", root / ".cache"
        self.faults = set[DataError]()
        self.calls = CallExtension()
        self.extensions: list[str | CallExtension] = []
        """Markdown's extensions, for pages that have any Markdown."""
        self.pngs: PngRenderer | None = None
        self.indexer: outputs.SearchIndexer | None = None
        self._finished: Path | None = None
        self.dataset: Dataset
        self._good: Dataset | None = None

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
        self.faults, self._begun = set(), time.perf_counter()
        self.address = site_address(address)
        if PLACEHOLDER.match(self.address) and not self.is_draft:
            text = "ADDRESS NOT SET: links and citations will lead to %s; set SITE_URL"
            notices.warning(text, self.address)
        pages = [name.removesuffix(".md") for name in menu]
        below = {name.removesuffix(".md") for name in reference}
        self.menu = [[p for p in pages if (p in below) is is_below] for is_below in (False, True)]
        dataset, faults = check_inputs(self.root)
        self._good = dataset or (self._good if self.is_preview else None)
        self.report(faults)
        must_stop = any(fault.code in (Code.TOO_LARGE, Code.NO_TRANSLATION) for fault in faults)
        if self._good is None or must_stop:
            raise DataErrors(faults)
        self.dataset = self._good
        self.site = SiteContext(self.dataset, self.address)
        if with_png and not self.is_draft:
            self.pngs = PngRenderer(self.cache / "pictures")
        self.pictures = list[tuple[str, str]]()
        """Every picture that readers may take: its path without ending, and its SVG."""
        for path, svg in () if self.is_preview else outputs.draw_pictures(self.site):
            self.pictures.append((path, svg))
            if self.pngs:
                self.pngs.add(path, svg)
        self.assets = load_assets(self.root)
        self.classes = set[str]()
        self.pages: dict[tuple[Language, urls.Page], PageInfo] = {}
        self.figures_on: dict[tuple[Language, urls.Page], Mapping[str, None]] = {}
        """The figures that each page of prose shows."""
        parts = self.overrides, self.cache / "templates", self.assets, self.menu
        names = {"page_infos": self.pages, "pages_with": self._pages_with}
        self.templates = {
            code: Templates(self.site, code, *parts, names, self._report_layout)
            for code in LANGUAGES
        }
        for file in self.overrides.rglob("*.html"):  # those that no page asks for as well
            self.templates[urls.DEFAULT].env.get_template(file.relative_to(self.overrides).as_posix())
        self.generated = {
            f"{code}/{name}.md": (layout, subject)
            for name, layout, subject in generated_pages(self.dataset)
            for code in LANGUAGES
        }
        is_hidden = self.is_draft or None  # None: where no terminal would show it
        count = len(self.generated) + sum(1 for _ in self.docs.rglob("*.md"))
        self.progress = tqdm(total=count, desc="pages", disable=is_hidden, leave=False)

    def _pages_with(self, language: Language, figure: Figure) -> list[PageInfo]:
        """Return the pages of the navigation whose prose shows a figure."""
        keys = ((language, name) for row in self.menu for name in row)
        return [self.pages[key] for key in keys if figure.id in self.figures_on.get(key, ())]

    # Faults

    def report(self, faults: Iterable[DataError]) -> None:
        """Keep faults for the list that ends the build; a preview, which goes on, logs them."""
        new = {*faults} - self.faults
        self.faults |= new
        for line in DataErrors(new).lines() if self.is_preview else ():
            log.error("%s", line)

    def faults_with(self, error: Exception) -> set[DataError]:
        """Return all faults that were found until ``error`` ended the build, and its own."""
        if place_in(error, f"{self.overrides}/")[0]:  # in a partial, before any page
            self._report_layout(error, "")
        elif isinstance(error, RecursionError) and self.calls.page:  # in Markdown itself
            self.report([_template_fault(f"docs/{self.calls.page[1]}", 0, error)])
        return {*self.faults, *(error.problems if isinstance(error, DataErrors) else ())}

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
                templates.env.from_string(block, template_class=Template).render()
            except Exception as error:  # a call can raise anything
                if number == 0 or not isinstance(error, TemplateSyntaxError):
                    start = place_in(error, "<template>")[1]
                    yield _template_fault(f"docs/{src_uri}", line + start, error)
            line += block.count("\n") if number else 0

    def _report_layout(self, error: Exception, layout: str) -> None:
        """Report the line at which ``error`` arose, of ``layout`` or what it uses.

        Raises ``OSError`` where the machine is at fault.
        """
        if isinstance(error, OSError) and not isinstance(error, LookupError):  # no missing layout
            raise error
        path, line = place_in(error, f"{self.overrides}/")
        name = Path(path).relative_to(self.root).as_posix() if path else f"overrides/{layout}"
        self.report([_template_fault(name, line, error)])

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
        self.calls.page = templates, src_uri
        words, subject = self.site.words[language], None
        layout = meta.get("template", "main.html")
        if src_uri in self.generated:
            layout, subject = self.generated[src_uri]
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
                fields = (meta.get(key, "") for key in ("title", "description"))
                lines = [templates.render_line(f"{src_uri}#{n}", f) for n, f in enumerate(fields)]
                meta["summary"] = lines[1]
                title, summary = (line.striptags() for line in lines)
        meta["template"], meta["title"] = layout, title
        page = PageInfo(name, language, layout, title, summary, subject)
        self.pages[language, name] = page
        if self.pngs and not subject:
            self.pngs.add(page.picture, draw_social_card(words, title, summary))

    def take_content(self, src_uri: str, html: str) -> None:
        """Note what a page of prose holds and which figures, and report the faults of its calls."""
        language, name = self.page_name(src_uri)
        templates = self.templates[language]
        self.classes |= classes_in(html)
        self.figures_on[language, name] = templates.shown
        if templates.has_failed:
            self.report(self._page_faults(src_uri))

    def page_context(self, src_uri: str) -> dict[str, object]:
        """Return the names that a page's layout knows besides MkDocs' own and the globals."""
        self.progress.update()
        info = self.pages[self.page_name(src_uri)]
        self.templates[info.language].begin(info.name)
        subject_page = info.name.removesuffix("/embed")
        addresses = {c: urls.absolute(self.site.root, c, subject_page) for c in LANGUAGES}
        graph = None
        if info.is_listed and not self.is_preview:
            texts = info.title, info.description
            graph = graph_script(page_graph(self.site, info.language, info.name, *texts))
        return {
            "name": info.name,
            "info": info,
            "title": info.title,
            "description": info.description,
            "addresses": addresses,
            "canonical": addresses[info.language],
            "graph": graph,
        }

    def _render(
        self, language: Language, page: urls.Page | None, layout: str, **names: object
    ) -> str:
        """Return what a layout shows that MkDocs does not render."""
        templates = self.templates[language]
        templates.begin(page)
        return templates.env.get_template(layout).render(names, name=page or "")

    # After the pages

    def finish(self, folder: Path) -> None:
        """Add everything that MkDocs does not make to the built site in ``folder``.

        The search index is begun; :meth:`finish_files` waits for it, and for the PNGs. Raises
        ``DataErrors`` with all faults that were found, except in a preview.
        """
        log.info("pages: %.1f s", time.perf_counter() - self._begun)
        self.progress.close()
        if not self.is_draft:
            self.indexer = outputs.SearchIndexer(folder)
        for path, content in self._other_files(folder):
            add_file(folder / path, content.encode() if isinstance(content, str) else content)
        if missing := self.site.words[urls.DEFAULT].missing:
            self.report(map(missing_string, missing))
        if not self.is_preview:
            DataErrors.unless_empty(self.faults)
        self._finished = folder

    def _other_files(self, folder: Path) -> Iterator[tuple[str, str | bytes]]:
        """Yield the path and the content of every file beside MkDocs' own, which are read again."""
        pages = [*self.pages.values()]
        is_whole = not self.faults  # of pages and layouts with faults parts may be missing
        with timed("bilingual pages"):
            for page in pages:
                if page.language == "en" and not page.is_embed:
                    yield self._bilingual_page(folder, page, is_whole=is_whole)
        for code in LANGUAGES:
            yield f"{urls.root_of(code)}404.html", self._render(code, None, "404.html")
        listed = sorted((page for page in pages if page.is_listed), key=lambda page: page.url)
        base = urlsplit(self.site.root).path
        for name in ("sitemap.xml", "_headers", "_redirects"):
            yield name, self._render("en", None, name, listed=listed, base=base)
        with timed("forms"):
            yield from outputs.forms(self.site, pages, preview=self.is_preview)
        with timed("style sheets and scripts"):
            yield from self.assets.files(self.classes)
        yield from ((f"{path}.svg", svg) for path, svg in self.pictures)

    def _bilingual_page(
        self, folder: Path, english: PageInfo, *, is_whole: bool
    ) -> tuple[str, str]:
        """Return path and text of a page in both languages; report blocks that do not pair."""
        pair = {code: self.pages[code, english.name] for code in LANGUAGES}
        files = {code: folder / page.url / "index.html" for code, page in pair.items()}
        content = Markup()
        try:
            content = combine(english.name, {c: file.read_text("utf-8") for c, file in files.items()})
        except TranslationMismatch as error:
            own = f"overrides/{english.layout}" if english.subject else f"docs/en/{english.name}.md"
            place, expected = (own, 0, 0), "the same parts in both languages"
            if is_whole:
                self.report([DataError(*place, Code.NO_TRANSLATION, "", str(error), expected)])
        page = urls.both_page(english.name)
        text = self._render("en", page, "bilingual.html", pair=pair, content=content)
        return f"{urls.folder(page)}index.html", text

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


def _template_fault(path: str, line: int, error: Exception) -> DataError:
    """Return the fault of a call in prose or of a layout."""
    unknown = isinstance(error, LookupError)
    code = Code.UNKNOWN_REFERENCE if unknown else Code.BAD_TEMPLATE
    expected = "a name that the data has" if unknown else "a call that Jinja can render"
    text = getattr(error, "message", None) or str(error)
    return DataError(path, line, 1, code, "", text, expected)
