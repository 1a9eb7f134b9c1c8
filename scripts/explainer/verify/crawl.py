"""A finished site, read back: its pages parsed, its files listed."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html


@dataclass(frozen=True)
class Page:
    """One HTML file. ``path`` is relative to the site ("zh/money/index.html")."""

    path: str
    tree: lxml_html.HtmlElement

    @property
    def address(self) -> str:
        """The page's address below the site's root ("zh/money/")."""
        return self.path.removesuffix("index.html")

    @property
    def is_listed(self) -> bool:
        """Whether the page may be found: no error page, and none that asks to be left out."""
        return not (self.path.endswith("404.html") or self.texts("//meta[@name='robots']/@content"))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every id on the page, in order, repeats included."""
        return tuple(str(found) for found in self.tree.xpath("//@id"))

    @cached_property
    def ways(self) -> tuple[str, ...]:
        """Where the page's links lead, but for those to the page in another language."""
        return tuple(self.texts("//a[not(@hreflang)]/@href"))

    def elements(self, xpath: str) -> Iterator[lxml_html.HtmlElement]:
        """The elements that ``xpath`` finds."""
        for found in self.tree.xpath(xpath):
            if isinstance(found, etree.ElementBase):
                yield found

    def texts(self, xpath: str) -> list[str]:
        """The strings that ``xpath`` finds; one string for a ``string(…)`` expression."""
        found = self.tree.xpath(xpath)
        return [str(found)] if isinstance(found, str) else [str(one) for one in found]


@dataclass(frozen=True)
class Site:
    """All files of a built site; pages are parsed once."""

    root: Path

    @cached_property
    def files(self) -> frozenset[str]:
        """Every file's path below the root."""
        return frozenset(
            path.relative_to(self.root).as_posix()
            for path in self.root.rglob("*")
            if path.is_file()
        )

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every HTML page by its path, in order."""
        return {name: self.page(name) for name in sorted(self.files) if name.endswith(".html")}

    def page(self, name: str) -> Page:
        """One page, parsed."""
        return Page(name, lxml_html.fromstring(self.text(name)))

    def text(self, name: str) -> str:
        """The text of one file."""
        return (self.root / name).read_bytes().decode("utf-8")

    @cached_property
    def address(self) -> str:
        """The absolute address of the site, as its home page tells it; empty where it doesn't."""
        home = self.pages.get("index.html")
        return "".join(home.texts("//link[@rel='canonical']/@href")) if home else ""

    @cached_property
    def spoken(self) -> Mapping[str, Page]:
        """The pages of one language: all but those that show both."""
        return {name: page for name, page in self.pages.items() if not name.startswith("both/")}

    def target(self, page: Page | str, address: str) -> tuple[str, str] | None:
        """The file and fragment that an address on a page leads to; ``None`` for another site.

        The page may be named by its path, and so may any other file.
        """
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        here = page if isinstance(page, str) else page.path
        path = unquote(parts.path)
        root = unquote(urlsplit(self.address).path)
        if path.startswith("/") and root:
            if not path.startswith(root):
                return f"..{path}", unquote(parts.fragment)  # above this site
            path = f"/{path.removeprefix(root)}"
        joined = posixpath.join(f"/{posixpath.dirname(here)}", path) if path else f"/{here}"
        name = posixpath.normpath(joined).lstrip("/")
        if path and (path.endswith("/") or posixpath.basename(path) in (".", "..")):
            name = "index.html" if name in ("", ".") else f"{name}/index.html"
        return name, unquote(parts.fragment)
