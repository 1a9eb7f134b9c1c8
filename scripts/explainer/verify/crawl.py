"""Read a finished site once: parse each page, and keep what the checks of the site compare."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urljoin, urlsplit

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

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_LISTS = {*"claim source-entry copy workings history reports uses take scroll side strip".split()}
"""Blocks that quote, list or compute: their numbers are linked, and checked as links."""
_NOT_READ = "@lang or @hidden or @data-scripted or @aria-hidden"
_IS_BLOCK = "not(self::article or self::section)"
_BLOCKS = f"""(//main | //main//article | //main//section)/*[{_IS_BLOCK}][not({_NOT_READ})]
    [not(ancestor::*[ancestor::main][{_IS_BLOCK}])]"""
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


class Page:
    """An HTML file: its path below the site, and what the checks compare of it.

    ``text`` and ``tree`` (without comments) are there until :meth:`release` only, so that thousands
    of pages fit into memory. ``is_listed`` says whether search engines may list the page.
    """

    def __init__(self, site: "Site", path: str, text: str) -> None:
        self.path, self.text, self.tree = path, text, _parse(text)
        targets = {address: site.keep(path, address) for address in self.find(_ADDRESSES)}
        numbers = self.find("//a[@href][starts-with(@class, 'fig ')]")
        robots = self.find("//meta[@name='robots'][contains(@content, 'noindex')]")
        self.is_listed = not (robots or path.endswith("404.html"))
        self.canonical = "".join(self.find(_CANONICAL))
        links = self.find("/html/head/link[@hreflang]")
        self.alternates: Mapping[str, str] = {
            link.get("hreflang"): link.get("href") for link in links
        }
        self.ids: tuple[str, ...] = tuple(map(intern, self.find("//@id")))
        self.numbers = tuple(_read_number(link, targets[link.get("href")]) for link in numbers)
        has_blocks = self.is_listed and not path.startswith("both/")
        self.blocks = tuple(map(_read_block, self.find(_BLOCKS) if has_blocks else ()))

    def find(self, xpath: str) -> list[Any]:
        """The elements or strings that an XPath finds."""
        return cast("list[Any]", _compile(xpath)(self.tree))

    def release(self) -> None:
        """Forget the text and the tree."""
        del self.text, self.tree


def _parse(text: str) -> HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    return html.document_fromstring(text.encode() or b"<p>", parser)


@lru_cache(maxsize=256)
def _compile(xpath: str) -> etree.XPath:
    return etree.XPath(xpath, smart_strings=False)


@lru_cache(maxsize=100_000)
def _resolve(root: str, folder: str, address: str) -> str:
    """The file, with ``#id``, to which an address in a folder leads; nothing for another site."""
    if not address.strip():
        return "an empty address"
    if _ELSEWHERE.match(address):
        return ""
    url = urlsplit(urljoin(root + folder, address))
    name = unquote(url.path).removeprefix(unquote(urlsplit(root).path))
    name += "index.html" if url.path.endswith("/") else ""
    return intern(f"{name}#{unquote(url.fragment)}" if url.fragment else name)


def language_of(path: str) -> Language:
    """The language of a page of one language."""
    return "zh" if path.startswith(root_of("zh")) else "en"


@dataclass
class Site:
    """A finished site: its files, the dataset that it shows, and what :meth:`crawl` has read."""

    root: Path
    dataset: Dataset
    pages: dict[str, Page] = field(default_factory=dict)
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
        home = _parse(self.text("index.html"))
        return "".join(cast("list[str]", _compile(_CANONICAL)(home)))

    @cached_property
    def _own_address(self) -> re.Pattern[str]:
        pattern = re.escape(self.address) if self.address else "(?!)"
        return re.compile(pattern + r"((?:[\w/~%#?=+-]|\.\w)*)", re.ASCII)

    def text(self, name: str) -> str:
        """The text of a file, or nothing where there is none."""
        path = self.root / name
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""

    def crawl(self) -> Iterator[Page]:
        """Read every text file once, and yield each page, parsed, while its own checks run."""
        for page in filter(None, map(self.read, sorted(self._walk()))):
            yield page
            page.release()

    def read(self, name: str) -> Page | None:
        """Read a file and keep the addresses in it; return the page if it is one."""
        text = self.text(name) if name.endswith(_TEXTS) else ""
        names_things, root = name.endswith(_ANCHORS_NAME_THINGS), urlsplit(self.address).path
        for rest in set(self._own_address.findall(text)):
            self.keep(name, root + (rest.partition("#")[0] if names_things else rest))
        if name.endswith(".html"):
            self.pages[name] = Page(self, name, text)
        return self.pages.get(name)

    def keep(self, here: str, address: str) -> str:
        """Keep the file (with ``#id``) that an address in the file ``here`` leads to; return it.

        Nothing for another site. An empty address leads to no file, and neither do those of an
        error page that count from the page, for hosts show it anywhere.
        """
        if address.startswith("#"):
            target = intern(here + unquote(address))
        else:
            folder = "no/folder/of/the/site/" if here.endswith("404.html") else here
            folder = "" if address.startswith("/") else folder[: folder.rfind("/") + 1]
            while folder and address.startswith("../"):  # so that few resolutions serve all pages
                folder, address = folder[: folder.rfind("/", 0, -1) + 1], address[3:] or "."
            target = _resolve(self.address or "/", folder, address)
        if target:
            self.targets.setdefault(target, here)
        return target

    def monolingual(self) -> Iterator[Page]:
        """The pages of one language: all but those that show both."""
        return (page for path, page in self.pages.items() if not path.startswith("both/"))

    def pairs(self) -> Iterator[tuple[Page, Page]]:
        """Each English page with its Chinese translation, where there is one."""
        for page in self.monolingual():
            translation = self.pages.get(f"{root_of('zh')}{page.path}")
            if translation:
                yield page, translation


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
