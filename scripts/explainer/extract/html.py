"""HTML into parts of text: one pass over the tags, no tree, nothing executed or fetched.

What readers of the saved page would not call the article is left out: hidden text, navigation,
asides, forms, comments, footers, footnote marks. Every cell and list item is a part of its own,
so that the numbers of neighbours never run together.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

_CAPTION = frozenset({"figcaption", "caption"})
_HEADING = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figure footer form h1"
    " header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LEFT_OUT = frozenset(
    "script style template noscript nav aside footer form button select option textarea svg math"
    " iframe object audio video canvas dialog menu title".split()
)
# Words of class and id names that pages use for what surrounds an article.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|disqus|related|recommend\w*|read-?more|share|sharing|social"
    r"|newsletter|subscribe|signup|promo\w*|advert\w*|ads?|banner|cookies?|consent|breadcrumbs?"
    r"|sidebar|widget|navbar|menu|masthead|pagination|tags?|paywall|popup|modal|footnotes?"
    r"|references?|toc|skip-link|screen-reader-text|visually-hidden|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARK = re.compile(r"\s*[\[(]?(?:[0-9]{1,3}|[a-z]|[*†‡§]+)[\])]?\s*")
ENOUGH = 0.5
"""The share of a page's words that its article element must hold to be taken for the article."""


@dataclass(slots=True)
class Part:
    """A block of text: its kind is title, h, p or caption."""

    kind: str
    text: str
    article: int
    main: bool
    byline: bool


@dataclass(slots=True)
class Page:
    """Receives the parser's events and gathers parts and metadata."""

    parts: list[Part] = field(default_factory=list)
    og_title: str = ""
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    kind: str = "p"
    depth: int = 0
    left_out: int = 0
    articles: int = 0
    inside: list[tuple[str, int]] = field(default_factory=list)
    byline: int = 0
    in_title: bool = False
    mark: int = -1

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element; one that is no part of the article is left out with all in it."""
        self.depth += 1
        if tag == "meta" and attributes.get("property") == "og:title":
            self.og_title = self.og_title or attributes.get("content", "")
        self.in_title = self.in_title or tag == "title"
        if self.left_out:
            return
        if tag in _LEFT_OUT or self._around(tag, attributes):
            self.flush()
            self.left_out = self.depth
            return
        if tag in _CAPTION:
            self.flush("caption")
        elif tag in _HEADING:
            self.flush("h")
        elif tag == "h1":
            self.flush("title")
        elif tag in _BREAKS:
            self.flush()
        elif tag == "br":
            self.text.append("\n")
        elif tag == "sup":
            self.mark = len(self.text)
        if tag in ("article", "main"):
            self.articles += tag == "article"
            self.inside.append((tag, self.depth))
        names = f"{attributes.get('class', '')} {attributes.get('rel', '')}"
        if not self.byline and re.search(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])", names):
            self.byline = self.depth

    @staticmethod
    def _around(tag: str, attributes: Mapping[str, str]) -> bool:
        if tag in ("html", "body", "main", "article"):
            return False
        hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
        if hidden or _HIDDEN_STYLE.search(attributes.get("style", "")):
            return True
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        return bool(_AROUND.search(names)) or attributes.get("role") in ("navigation", "search")

    def end(self, tag: str) -> None:
        """Close an element."""
        if self.left_out == self.depth:
            self.left_out = 0
        elif not self.left_out:
            if tag in _BREAKS or tag in _CAPTION or tag in _HEADING:
                self.flush()
            elif tag == "sup":
                self._end_mark()
        if tag == "title":
            self.in_title = False
        if self.byline == self.depth:
            self.flush()
            self.byline = 0
        if self.inside and self.inside[-1] == (tag, self.depth):
            self.inside.pop()
        self.depth -= 1

    def _end_mark(self) -> None:
        """Footnote marks go; m² keeps its square and 10⁶ its exponent."""
        raised = "".join(self.text[self.mark :]) if self.mark >= 0 else ""
        if self.mark >= 0 and _MARK.fullmatch(raised):
            before = "".join(self.text[max(0, self.mark - 3) : self.mark])[-3:]
            kept = ""
            if re.search(r"(?:^|[^A-Za-z])[ckm]?m$", before):
                kept = {"2": "²", "3": "³"}.get(raised.strip(), "")
            elif re.search(r"(?:^|[^0-9])10$", before):
                kept = f"^{raised.strip()}"
            self.text[self.mark :] = [kept]
        self.mark = -1

    def data(self, text: str) -> None:
        """Gather text."""
        if self.in_title:
            self.title.append(text)
        if not self.left_out:
            self.text.append(text)

    def flush(self, kind: str = "p") -> None:
        """End the block being gathered; a blank line inside it made with <br> ends one too."""
        whole = "".join(self.text)
        self.text.clear()
        article = self.articles if any(tag == "article" for tag, _ in self.inside) else 0
        main = bool(self.inside)
        for text in re.split(r"\n[ \t\r]*\n\s*", whole):
            if text.strip():
                self.parts.append(Part(self.kind, text, article, main, bool(self.byline)))
        self.kind, self.mark = kind, -1

    def comment(self, text: str) -> None:
        """Comments are no text."""

    def close(self) -> "Page":
        """End the last block and return the page."""
        self.flush()
        return self


def parse(markup: str) -> Page:
    """Return the parts of a page, or of a piece of HTML, in order, and its metadata."""
    target: Any = Page()  # lxml's stubs know only targets that take every kind of event
    parser = etree.HTMLParser(target=target, huge_tree=True)
    parser.feed(markup)
    read = parser.close() if markup else Page()
    return read if isinstance(read, Page) else Page()


def article_parts(parts: list[Part]) -> list[Part]:
    """The parts of the longest article element, of main, or all, by how much they hold."""

    def words(some: list[Part]) -> int:
        return sum(len(part.text) for part in some)

    total = words(parts)
    sizes: dict[int, int] = {}
    for part in parts:
        sizes[part.article] = sizes.get(part.article, 0) + len(part.text)
    sizes.pop(0, None)
    if sizes:
        longest = max(sizes, key=lambda number: sizes[number])
        one = [part for part in parts if part.article == longest]
        if words(one) >= ENOUGH * sum(sizes.values()) and words(one) * 4 >= total:
            return one
    main = [part for part in parts if part.main]
    return main if words(main) >= ENOUGH * total else parts
