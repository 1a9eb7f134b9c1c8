"""Read a finished site once: parse each page, and keep only what the checks compare at the end.

A page's tree lives as long as the checks of that page run. The site keeps short facts of it
(:class:`PageFacts`), so that thousands of pages fit into memory.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from sys import intern
from typing import NamedTuple, cast
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from explainer.data import Dataset
from explainer.extract import Language
from explainer.i18n import TAGS
from explainer.urls import root_of

PageFinding = str | None
"""What a check of one page yields for each thing it looked at: its fault, or ``None``."""
SiteFinding = tuple[str, str] | None
"""The same for a check of the whole site, with the file at fault."""

_TEXT_TYPES = frozenset("html css js json csv md txt xml svg bib ris".split())
_ADDRESSES = "//@href | //@src | //@poster | //@action | //@data-peek | //@data-engine"
_LOADED_BY = {
    "css": re.compile(r"(?:@import\s+|url\()\s*['\"]?([^'\")\s;]+)"),
    "js": re.compile(r"(?:\bfrom|\bimport|\bURL)\s*\(?\s*['\"](\.[^'\"]*)['\"]"),
}
"""How style sheets and scripts name what they load."""
_ANCHORS_NAME_THINGS = (".html", ".xml", "feed.json")
"""Files in which ``#…`` of an absolute address may name a thing: linked data, a feed's entry."""

_LISTS = frozenset("claim source-entry copy workings history reports uses take scroll".split())
"""Blocks that quote, list or compute: their numbers are linked, and checked as links."""
_LINES = frozenset("td th li p dt dd h1 h2 h3 figcaption summary tr caption div ul ol time".split())
"""Elements whose text is a line of its own."""
_NOT_READ = frozenset({"lang", "hidden", "data-scripted", "aria-hidden"})
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"[0-9]")


class Number(NamedTuple):
    """A linked number as a page shows it; a working (``is_bare``) leaves its hedge out."""

    target: str
    text: str
    language: Language
    is_bare: bool


class Block(NamedTuple):
    """A block of a page: its id, its classes, its linked numbers, its lines with other digits."""

    id: str
    classes: str
    linked: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is kept of a page. ``ways`` are the pages it links to in the same language."""

    path: str
    is_listed: bool
    canonical: str
    alternates: Mapping[str, str]
    ids: tuple[str, ...]
    ways: frozenset[str]
    numbers: tuple[Number, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed HTML file. ``path`` is relative to the site ("zh/money/index.html")."""

    path: str
    content: bytes
    tree: HtmlElement

    @classmethod
    def parse(cls, path: str, content: bytes) -> "Page":
        """Parse a page; comments are left out."""
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        return cls(path, content, html.document_fromstring(content.strip() or b"<p>", parser))

    @property
    def is_error_page(self) -> bool:
        """Whether hosts show the page at any address that leads nowhere."""
        return self.path.endswith("404.html")

    @property
    def is_listed(self) -> bool:
        """Whether search engines may list the page."""
        return not (self.is_error_page or self.texts("//meta[@name='robots']/@content"))

    @property
    def canonical(self) -> str:
        """The canonical address that the page names, if any."""
        return next(iter(self.texts("//link[@rel='canonical']/@href")), "")

    def elements(self, xpath: str) -> list[HtmlElement]:
        """The elements that an XPath finds."""
        return cast("list[HtmlElement]", _compile(xpath)(self.tree))

    def texts(self, xpath: str) -> list[str]:
        """The strings that an XPath finds."""
        return cast("list[str]", _compile(xpath)(self.tree))

    def addresses(self) -> set[str]:
        """Every address on the page, as written."""
        return set(self.texts(_ADDRESSES))


@lru_cache(maxsize=256)
def _compile(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, smart_strings=False)


def language_at(element: HtmlElement) -> Language:
    """The language in which an element stands, by the nearest ``lang``."""
    tags = _compile("ancestor-or-self::*[@lang][1]/@lang")(element)
    return "zh" if tags == [TAGS["zh"]] else "en"


def language_of(path: str) -> Language:
    """The language of a page of one language."""
    return "zh" if path.startswith(root_of("zh")) else "en"


@dataclass
class Site:
    """A finished site: its files, the dataset that it shows, and what :meth:`crawl` has kept."""

    root: Path
    dataset: Dataset
    pages: dict[str, PageFacts] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    """Each file of this site (perhaps with ``#id``) that a file names, and the first that does."""

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file's path below the root."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.root).as_posix() for path in found)

    @cached_property
    def address(self) -> str:
        """The absolute address of the site, by its home page; empty where that is silent."""
        return Page.parse("index.html", self.text("index.html").encode()).canonical

    @cached_property
    def _own_address(self) -> re.Pattern[str]:
        return re.compile(f"{re.escape(self.address or '-')}[\\w/.~%#?=+-]*", re.ASCII)

    def text(self, name: str) -> str:
        """The text of a file, or nothing where there is none."""
        path = self.root / name
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""

    def crawl(self) -> Iterator[Page]:
        """Read every text file once, keep its facts, and yield each page while it is parsed."""
        for name in sorted(self.files):
            if name.rpartition(".")[2] in _TEXT_TYPES:
                page = self.read(name)
                if page is not None:
                    yield page

    def read(self, name: str) -> Page | None:
        """Read a text file and keep its facts; returns the page if it is one."""
        text = self.text(name)
        for address in set(self._own_address.findall(text)):
            rest = address.removeprefix(self.address).rstrip(".")
            if name.endswith(_ANCHORS_NAME_THINGS):
                rest = rest.partition("#")[0]
            self._target("", rest or "./", name)
        loads = _LOADED_BY.get(name.rpartition(".")[2])
        for address in loads.findall(text) if loads else ():
            self._target(name, address, name)
        if not name.endswith(".html"):
            return None
        page = Page.parse(name, text.encode())
        self.pages[name] = self._facts_of(page)
        return page

    def _target(self, here: str, address: str, file: str) -> str:
        """Keep what an address leads to as named by a file; empty for what is elsewhere."""
        target = intern(self.target(here, address) or "")
        if target:
            self.targets.setdefault(target, file)
        return target

    def target(self, here: str, address: str) -> str | None:
        """The file (with ``#id``) that an address in the file ``here`` leads to.

        ``None`` for what has a host or another scheme; what begins with ".." is above the site.
        """
        path, _, fragment = address.partition("#")
        path = unquote(path.partition("?")[0])
        anchor = f"#{unquote(fragment)}" if fragment else ""
        if ":" in path or path.startswith("//"):
            return None
        if not path:
            return here + anchor
        if path.startswith("/"):
            root = unquote(urlsplit(self.address).path)
            if not path.startswith(root):
                return f"..{path}"
            path = path.removeprefix(root) or "."
        else:
            path = posixpath.join(posixpath.dirname(here), path)
        name = posixpath.normpath(path)
        if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
            name = "index.html" if name == "." else f"{name}/index.html"
        return name + anchor

    def monolingual(self) -> Iterator[PageFacts]:
        """The pages of one language: all but those that show both."""
        return (page for path, page in self.pages.items() if not path.startswith("both/"))

    def pairs(self) -> Iterator[tuple[PageFacts, PageFacts]]:
        """Each English page with its Chinese translation, where there is one."""
        for page in self.monolingual():
            translation = self.pages.get(f"{root_of('zh')}{page.path}")
            if translation:
                yield page, translation

    def _facts_of(self, page: Page) -> PageFacts:
        targets = {a: self._target(page.path, a, page.path) for a in page.addresses()}
        ways = page.texts("//a[not(@hreflang)]/@href")
        numbers = page.elements("//a[@href][starts-with(@class, 'fig ')]")
        is_read = page.is_listed and not page.path.startswith("both/")
        return PageFacts(
            path=page.path,
            is_listed=page.is_listed,
            canonical=page.canonical,
            alternates={
                intern(link.get("hreflang", "")): link.get("href", "")
                for link in page.elements("//link[@rel='alternate'][@hreflang]")
            },
            ids=tuple(map(intern, page.texts("//@id"))),
            ways=frozenset(intern(targets[way].partition("#")[0]) for way in ways),
            numbers=tuple(_read_number(link, targets[link.get("href", "")]) for link in numbers),
            blocks=tuple(
                _read_block(block)
                for main in page.elements("//main")
                for block in _blocks_of(main)
                if is_read
            ),
        )


def _read_number(link: HtmlElement, target: str) -> Number:
    is_bare = bool(_compile("ancestor::*[@class='working']")(link))
    return Number(target, intern(link.text_content()), language_at(link), is_bare)


def _blocks_of(container: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks of a page: what stands directly in it or in its articles and sections."""
    for child in container:
        if child.tag in ("article", "section"):
            yield from _blocks_of(child)
        elif _NOT_READ.isdisjoint(child.keys()):
            yield child


def _read_block(block: HtmlElement) -> Block:
    parts = [block.text or ""]
    linked: list[str] = []
    classes = block.get("class") or ""
    if block.tag != "details" and _LISTS.isdisjoint(classes.split()):
        _collect_text(block, parts, linked)
    lines = [line for line in "".join(parts).split("\n") if _DIGIT.search(line)]
    return Block(intern(block.get("id") or ""), intern(classes), tuple(linked), "\n".join(lines))


def _collect_text(element: HtmlElement, parts: list[str], linked: list[str]) -> None:
    """Collect what an element says in its page's language, with ``◆`` for each linked number."""
    for child in element:
        if child.tag in ("svg", "pre") or not _NOT_READ.isdisjoint(child.keys()):
            pass
        elif (child.get("class") or "").startswith("fig "):
            linked.append(intern(child.text_content()))
            parts.append(" ◆ ")
        else:
            line = "\n" if child.tag in _LINES else ""
            parts.append(line + _SPACE.sub(" ", child.text or ""))
            _collect_text(child, parts, linked)
            parts.append(line)
        parts.append(_SPACE.sub(" ", child.tail or ""))
