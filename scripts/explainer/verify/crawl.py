"""Read a finished site once: parse each page, and keep what the checks of the site compare."""

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from explainer.data import Dataset
from explainer.extract import Language
from explainer.i18n import TAGS
from explainer.urls import root_of

Element = etree._Element
PageFinding = str | None
"""What a check of one page yields for each thing it looked at: its fault, or ``None``."""
SiteFinding = tuple[str, str] | None
"""The same for a check of the whole site, with the file at fault."""

TEXTS = (".html", ".css", ".js", ".json", ".csv", ".md", ".txt", ".xml", ".svg", ".bib", ".ris")
"""The endings of files that may name addresses."""
_ADDRESSES = "//@href | //@src | //@poster | //@action | //@data-peek | //@data-engine"
_ANCHORS_NAME_THINGS = (".html", ".xml", "feed.json")
"""Files in which ``#…`` of an absolute address may name a thing: linked data, a feed's entry."""
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True)
_CANONICAL = re.compile(r'<link(?=[^>]* rel="canonical")[^>]* href="([^"]*)"')
_ELSEWHERE = re.compile(r"(?:https?|mailto):|//", re.IGNORECASE)
_NUMBERS = "//a[@href][starts-with(@class, 'fig ')]"


_compile = lru_cache(maxsize=256)(partial(etree.XPath, smart_strings=False))


class Number(NamedTuple):
    """A linked number as a page shows it; a working (``is_bare``) leaves its hedge out."""

    target: str
    text: str
    language: Language
    is_bare: bool


class Page:
    """An HTML file: its path below the site, and what the checks compare of it.

    ``tree`` (without comments) is there until its checks have run only, so that thousands of pages
    fit into memory.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        root = etree.fromstring(text.encode() or b"<p>", _PARSER)
        self.tree: Element = etree.Element("html") if root is None else root  # a comment alone
        self.language: Language = "zh" if path.startswith(root_of("zh")) else "en"
        self.ids: tuple[str, ...] = tuple(map(intern, self.find("//@id")))
        self.numbers: list[Number] = []

    def find(self, xpath: str) -> list[Any]:
        """The elements or strings that an XPath finds."""
        return cast("list[Any]", _compile(xpath)(self.tree))


def text_of(element: Element) -> str:
    """What readers read in an element."""
    return str(_compile("string()")(element))


def _read_number(link: Element, targets: Mapping[str, str]) -> Number:
    around = [link, *link.iterancestors()]
    tag = next((tag for element in around if (tag := element.get("lang"))), "")
    is_bare = any(element.get("class") == "working" for element in around)
    language: Language = "zh" if tag == TAGS["zh"] else "en"
    return Number(targets[link.get("href", "")], intern(text_of(link)), language, is_bare)


@dataclass
class Site:
    """A finished site: its files, the dataset that it shows, and what :meth:`crawl` has read."""

    root: Path
    dataset: Dataset
    pages: dict[str, Page] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    """Each file of this site (perhaps with ``#id``) that a file names, and the first that does."""

    def __post_init__(self) -> None:
        self.address = "".join(_CANONICAL.findall(self.text("index.html"))[:1])
        """The absolute address of the site, by its home page; empty where that is silent."""
        self._folder = unquote(urlsplit(self.address).path) or "/"
        own = re.escape(self.address) or "(?!)"
        self._own_address = re.compile(own + r"((?:[\w/~%#?=+-]|\.\w)*)", re.ASCII)

    def list_files(self) -> Iterator[str]:
        """Yield every file's path below the root, as of now."""
        below = len(f"{self.root}/")
        for folder, _, names in os.walk(self.root):
            yield from (f"{folder}/{name}"[below:] for name in names)

    def text(self, name: str) -> str:
        """The text of a file, or nothing where there is none."""
        path = self.root / name
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""

    def crawl(self) -> Iterator[Page]:
        """Read every text file once, and yield each page, parsed, while its own checks run."""
        for page in filter(None, map(self.read, sorted(self.list_files()))):
            yield page
            del page.tree

    def read(self, name: str) -> Page | None:
        """Read a file and keep the addresses in it; return the page if it is one."""
        text = self.text(name) if name.endswith(TEXTS) else ""
        names_things = name.endswith(_ANCHORS_NAME_THINGS)
        for rest in set(self._own_address.findall(text)):
            self.keep(name, self._folder + (rest.partition("#")[0] if names_things else rest))
        if name.endswith(".html"):
            page = self.pages[name] = Page(name, text)
            targets = {one: self.keep(name, one) for one in set(page.find(_ADDRESSES))}
            page.numbers = [_read_number(link, targets) for link in page.find(_NUMBERS)]
        return self.pages.get(name)

    def keep(self, here: str, address: str) -> str:
        """Keep the file (with ``#id``) that an address in the file ``here`` leads to; return it.

        Nothing for another site. An empty address leads to no file, and neither do those of an
        error page that count from the page, for hosts show it anywhere.
        """
        if self.address and address.startswith(self.address):
            address = self._folder + address.removeprefix(self.address)
        elif _ELSEWHERE.match(address):
            return ""
        path, sign, anchor = address.partition("#")
        if path := unquote(path.partition("?")[0]):
            base = "no/folder/" if here.endswith("404.html") else here[: here.rfind("/") + 1]
            file = posixpath.normpath(path if path[0] == "/" else self._folder + base + path)
            if path[-1] in "/.":
                file = f"{file.rstrip('/')}/index.html"
            name = file.removeprefix(self._folder)
        else:
            name = here if address else "an empty address"
        target = intern(f"{name}{sign}{unquote(anchor)}")
        self.targets.setdefault(target, here)
        return target
