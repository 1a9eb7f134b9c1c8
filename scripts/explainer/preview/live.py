"""Answers to addresses, made from the inputs as they stand at that moment.

Nothing of the site is written. After an edit only what is asked for is made again: files whose
content is known are not read anew, and of the pages only the one that is shown is rendered, with
the prose that it takes titles from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment
from markdown import Markdown

from explainer import urls
from explainer.config import Setting, assets_of
from explainer.data import LANGUAGES, DataErrors, Dataset, load
from explainer.derive import evaluate_all
from explainer.export.context import SiteContext, site_context
from explainer.extract import Language
from explainer.generating import CACHE
from explainer.site import Page
from explainer.site.assets import AssetError, Assets
from explainer.site.bilingual import BilingualRenderer
from explainer.site.frame import Frame
from explainer.site.headers import content_type
from explainer.site.machine import Files, machine_files
from explainer.site.pages import Pages, Rendered, content_of
from explainer.site.sitemap import sitemap
from explainer.site.templates import make_environment
from explainer.supply import LOCK, supply_forms

_BOTH = "both/"
_MADE_INTO_ASSETS = ("/docs/assets/", "/scripts/templates/")
SUPPLY = ("sbom.cdx.json", "licences.txt")
Stamp = tuple[tuple[str, int, int], ...]
"""Every input with the time of its last change and its size."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to a browser."""

    status: int
    type: str
    body: bytes


def _answer(path: str, body: bytes, status: int = 200) -> Answer:
    return Answer(status, content_type(path), body)


@dataclass(frozen=True)
class _Made:
    """Everything that one state of the inputs gives, made by need."""

    dataset: Dataset
    setting: Setting
    jinja: Environment
    root: Path

    @cached_property
    def to(self) -> SiteContext:
        return site_context(self.dataset, evaluate_all(self.dataset), self.setting.address)

    @cached_property
    def pages(self) -> Pages:
        return Pages.of(self.to, self.root / "scripts" / "templates")

    @cached_property
    def prose(self) -> list[Rendered]:
        written = self.pages.prose()
        DataErrors.unless_empty(self.pages.problems)
        return written

    @cached_property
    def frames(self) -> Mapping[Language, Frame]:
        furniture = self.setting.furniture
        return {code: Frame(self.jinja, self.to, code, furniture) for code in LANGUAGES}

    @cached_property
    def markdown(self) -> Markdown:
        extensions, configurations = self.setting.markdown
        return Markdown(extensions=extensions, extension_configs=configurations)

    def page(self, language: Language, name: urls.Page) -> Rendered | None:
        """One page and its text, or ``None`` where there is no such page."""
        prose = [page for page, _ in self.prose]
        found = next(
            (
                rendered
                for rendered in self.pages.around(name, prose, self.prose)
                if (rendered[0].language, rendered[0].name) == (language, name)
            ),
            None,
        )
        DataErrors.unless_empty(self.pages.problems)
        return found

    def content(self, rendered: Rendered) -> str:
        """What stands in the frame of a page."""
        page, text = rendered
        body = content_of(text.encode("utf-8")).decode("utf-8")
        return self.markdown.reset().convert(body) if page.sort.is_markdown else body

    @cached_property
    def everything(self) -> list[Page]:
        """Every page, for what lists them all."""
        prose = [page for page, _ in self.prose]
        rest = [page for job in self.pages.rest(prose) for page, _ in job()]
        return [*prose, *rest]

    @cached_property
    def files(self) -> Files:
        """Machine forms and pictures that ask for no other page."""
        return machine_files(self.to, [], self.root / CACHE)

    @cached_property
    def supply(self) -> Mapping[str, str]:
        """What the site is built with."""
        return supply_forms(self.to, (self.root / LOCK).read_text("utf-8"))

    @cached_property
    def all_files(self) -> Files:
        """The same with those that do."""
        return machine_files(self.to, self.everything, self.root / CACHE)


class Preview:
    """The site in a checkout, as of now."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address
        self._templates = root / "scripts" / "templates"
        self._assets: tuple[Stamp, Assets] | None = None
        self.made_of: Stamp = ()
        """The inputs as they stood for the last answer."""
        self._made: _Made | None = None

    def stamp(self) -> Stamp:
        """What tells whether any input has changed."""
        return tuple(
            (path.as_posix(), found.st_mtime_ns, found.st_size)
            for path in self._inputs()
            for found in (path.stat(),)
        )

    def _inputs(self) -> Iterator[Path]:
        yield self.root / "mkdocs.yml"
        for folder in ("data", "scripts/templates", "docs/assets"):
            yield from sorted(path for path in (self.root / folder).rglob("*") if path.is_file())

    def _assets_at(self, stamp: Stamp) -> Assets:
        """Style sheets and scripts, unless nothing that they are made of has changed."""
        now = tuple(one for one in stamp if any(part in one[0] for part in _MADE_INTO_ASSETS))
        if self._assets is None or self._assets[0] != now:
            self._assets = now, assets_of(self.root)
        return self._assets[1]

    def answer(self, path: str) -> Answer:
        """What stands at an address below the site's root; problems, where the inputs have any."""
        try:
            made = self._current()
            if path.endswith("/") or not path:
                return self._page(made, path)
            return self._file(made, path)
        except DataErrors as error:
            told = "\n".join(str(problem) for problem in error.problems)
        except AssetError as error:
            told = str(error)
        return Answer(500, "text/plain; charset=utf-8", told.encode("utf-8"))

    def _current(self) -> _Made:
        stamp = self.stamp()
        if stamp != self.made_of or self._made is None:
            self._made, self.made_of = None, stamp
            dataset = load(self.root / "data")
            setting = Setting.of(self.root, self.address, self._assets_at(stamp))
            frame = make_environment(self._templates)
            self._made = _Made(dataset, setting, frame, self.root)
        return self._made

    def _page(self, made: _Made, path: str) -> Answer:
        if path.startswith(_BOTH):
            return self._both(made, path)
        language, name = urls.page_at(path)
        rendered = made.page(language, name)
        if rendered is None:
            return self._missing(made, path)
        document = made.frames[language].whole(rendered[0], made.content(rendered))
        return _answer(path, document.encode("utf-8"))

    def _both(self, made: _Made, path: str) -> Answer:
        _, name = urls.page_at(path.removeprefix(_BOTH))
        english, chinese = (made.page(code, name) for code in LANGUAGES)
        if english is None or chinese is None:
            return self._missing(made, path)
        contents: dict[Language, str] = {
            "en": made.content(english),
            "zh": made.content(chinese),
        }
        both = BilingualRenderer(made.jinja, made.to, made.setting.furniture)
        return _answer(path, both.whole(english[0], chinese[0], contents).encode("utf-8"))

    def _file(self, made: _Made, path: str) -> Answer:
        if path == "sitemap.xml":
            return _answer(path, sitemap(made.everything, self.address).encode("utf-8"))
        lists_pages = path.endswith("search.json") or "share/" in path
        files = made.all_files if lists_pages else made.files
        if path in files:
            return _answer(path, files[path]())
        if path.rpartition("/")[2] in SUPPLY:
            return _answer(path, made.supply[path].encode("utf-8"))
        asset = made.setting.furniture.assets.files.get(path)
        return self._missing(made, path) if asset is None else _answer(path, asset)

    def _missing(self, made: _Made, path: str) -> Answer:
        language, _ = urls.page_at(path)
        document = made.frames[language].missing()
        return _answer("404.html", document.encode("utf-8"), 404)
