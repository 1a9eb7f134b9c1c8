"""Read a finished site once: parse each page, and keep only what the checks compare at the end.

A page's tree lives as long as the checks of that page run. The site keeps short facts of it
(:class:`PageFacts`), so that thousands of pages fit into memory.
"""

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, cast
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

_TEXTS = (".html", ".json", ".csv", ".md", ".txt", ".xml", ".svg", ".bib", ".ris")
_CANONICAL = "/html/head/link[@rel='canonical']/@href"
_ADDRESSES = "//@href | //@src | //@poster | //@action | //@data-peek | //@data-engine"
_ANCHORS_NAME_THINGS = (".html", ".xml", "feed.json")
"""Files in which ``#…`` of an absolute address may name a thing: linked data, a feed's entry."""

_LISTS = {*"claim source-entry copy workings history reports uses take scroll side strip".split()}
"""Blocks that quote, list or compute: their numbers are linked, and checked as links."""
_NOT_READ = "@lang or @hidden or @data-scripted or @aria-hidden"
_IS_BLOCK = "not(self::article or self::section)"
_BLOCKS = f"""//*[self::main or self::article or self::section]/*[{_IS_BLOCK}][not({_NOT_READ})]
    [ancestor::main][not(ancestor::*[ancestor::main][{_IS_BLOCK}])]"""
"""The blocks of a page: what stands directly in ``<main>`` or in its articles and sections."""
_DIGITS = f""".//text()[translate(., '0123456789', '') != .][not(
    ancestor::svg or ancestor::pre or ancestor::a[starts-with(@class, 'fig ')]
    or parent::*[@class='row__order'] or ancestor::*[ancestor::main][{_NOT_READ}])]"""
"""Texts with digits that are in the page's language, for readers, and no linked number."""


class Number(NamedTuple):
    """A linked number as a page shows it; a working (``is_bare``) leaves its hedge out."""

    target: str
    text: str
    language: Language
    is_bare: bool


class Block(NamedTuple):
    """A block of a page: its id, where its numbers link to, and its other texts with digits."""

    id: str
    links: tuple[str, ...]
    texts: tuple[str, ...]


class PageFacts(NamedTuple):
    """What is kept of a page; ``is_listed`` says whether search engines may list it."""

    path: str
    is_listed: bool
    canonical: str
    alternates: Mapping[str, str]
    ids: tuple[str, ...]
    numbers: tuple[Number, ...]
    blocks: tuple[Block, ...]


class Page(NamedTuple):
    """A parsed HTML file. ``path`` is relative to the site ("zh/money/index.html")."""

    path: str
    text: str
    tree: HtmlElement

    @classmethod
    def parse(cls, path: str, text: str) -> "Page":
        """Parse a page; comments are left out."""
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        return cls(path, text, html.document_fromstring(text.encode() or b"<p>", parser))

    def find(self, xpath: str) -> list[Any]:
        """The elements or strings that an XPath finds."""
        return cast("list[Any]", _compile(xpath)(self.tree))


@lru_cache(maxsize=256)
def _compile(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, smart_strings=False)


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
        return frozenset(self._walk())

    def _walk(self) -> Iterator[str]:
        found = (f"{folder}/{name}" for folder, _, names in os.walk(self.root) for name in names)
        return (path.replace(os.sep, "/")[len(str(self.root)) + 1 :] for path in found)

    @cached_property
    def address(self) -> str:
        """The absolute address of the site, by its home page; empty where that is silent."""
        return "".join(Page.parse("index.html", self.text("index.html")).find(_CANONICAL))

    @cached_property
    def _own_address(self) -> re.Pattern[str]:
        pattern = re.escape(self.address) if self.address else "(?!)"
        return re.compile(pattern + r"((?:[\w/~%#?=+-]|\.\w)*)", re.ASCII)

    @cached_property
    def _base(self) -> str:
        return unquote(urlsplit(self.address).path) or "/"

    def text(self, name: str) -> str:
        """The text of a file, or nothing where there is none."""
        path = self.root / name
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""

    def crawl(self) -> Iterator[Page]:
        """Read every text file once, keep its facts, and yield each page while it is parsed."""
        return filter(None, map(self.read, sorted(self._walk())))

    def read(self, name: str) -> Page | None:
        """Read a file and keep its facts; returns the page if it is one."""
        text = self.text(name) if name.endswith(_TEXTS) else ""
        names_things = name.endswith(_ANCHORS_NAME_THINGS)
        for rest in set(self._own_address.findall(text)):
            self._keep(name, self._base + (rest.partition("#")[0] if names_things else rest))
        if not name.endswith(".html"):
            return None
        page = Page.parse(name, text)
        self.pages[name] = self._facts_of(page)
        return page

    def _keep(self, here: str, address: str) -> str:
        """Keep the file (with ``#id``) that an address in the file ``here`` leads to; return it.

        Nothing for another site. An empty address leads to no file, and neither do those of an
        error page that count from the page, for hosts show it anywhere.
        """
        path, _, anchor = unquote(address).partition("#")
        path, name = path.partition("?")[0], here if address.strip() else "an empty address"
        if ":" in path or path.startswith("//"):
            return ""
        if path:
            folder = posixpath.dirname(self._base + here)
            path = posixpath.join("/any/where" if here.endswith("404.html") else folder, path)
            name = posixpath.normpath(path)
            if path.endswith(("/", "/.", "/..")):
                name = posixpath.join(name, "index.html")
            name = name.removeprefix(self._base)
        target = intern(f"{name}#{anchor}" if anchor else name)
        self.targets.setdefault(target, here)
        return target

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
        targets = {address: self._keep(page.path, address) for address in page.find(_ADDRESSES)}
        numbers = page.find("//a[@href][starts-with(@class, 'fig ')]")
        is_listed = not (
            page.find("//meta[@name='robots'][contains(@content, 'noindex')]")
            or page.path.endswith("404.html")
        )
        is_read = is_listed and not page.path.startswith("both/")
        return PageFacts(
            path=page.path,
            is_listed=is_listed,
            canonical="".join(page.find(_CANONICAL)),
            alternates={
                intern(link.get("hreflang", "")): link.get("href", "")
                for link in page.find("/html/head/link[@hreflang]")
            },
            ids=tuple(map(intern, page.find("//@id"))),
            numbers=tuple(_read_number(link, targets[link.get("href", "")]) for link in numbers),
            blocks=tuple(map(_read_block, page.find(_BLOCKS) if is_read else ())),
        )


def _read_number(link: HtmlElement, target: str) -> Number:
    tag = _compile("string(ancestor-or-self::*[@lang][1]/@lang)")(link)
    language: Language = "zh" if tag == TAGS["zh"] else "en"
    is_bare = bool(_compile("ancestor::*[@class='working']")(link))
    return Number(target, intern(link.text_content()), language, is_bare)


def _read_block(block: HtmlElement) -> Block:
    if block.tag == "details" or not _LISTS.isdisjoint((block.get("class") or "").split()):
        return Block(intern(block.get("id") or ""), (), ())
    links = cast("list[str]", _compile(".//a[starts-with(@class, 'fig ')]/@href")(block))
    texts = cast("list[str]", _compile(_DIGITS)(block))
    return Block(intern(block.get("id") or ""), tuple(map(intern, links)), tuple(texts))
