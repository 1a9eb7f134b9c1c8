"""Feeds: a dump with YAML front matter and HTML inside, or RSS and Atom as they are."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from html import unescape

from explainer.extract.articles import html
from explainer.extract.articles.article import Article, BlockKind
from explainer.extract.articles.bylines import BYLINE
from explainer.extract.articles.strip_markdown import unmarked
from explainer.extract.articles.text import fold, numbered

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+):[ \t]+(?P<value>\S.*?)[ \t]*$", re.M)
_ITEM = re.compile(r"<(item|entry)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_MARKED = re.compile(r"<(?:p|div|br|b|strong|h[1-6]|ul|figure|span|a)\b", re.IGNORECASE)


def is_dump(text: str) -> bool:
    """Whether ``text`` begins with front matter that names a title."""
    front = _FRONT.match(text)
    return bool(front and re.search(r"^title:", front["fields"], re.M))


def is_feed(text: str) -> bool:
    """Whether ``text`` is RSS or Atom."""
    head = text[:2000].lower()
    return "<rss" in head or "<feed" in head or "<rdf:rdf" in head


def read_dump(text: str) -> Article:
    """The item behind front matter; the feed's own author field is the feed, not the writer."""
    front = _FRONT.match(text)
    fields = {}
    if front:
        fields = {m["key"].lower(): _unquoted(m["value"]) for m in _FIELD.finditer(front["fields"])}
    body = text[front.end() if front else 0 :]
    return _article([(fields.get("title", ""), body)], _moment(fields.get("date")))


def read_feed(text: str) -> Article:
    """All items of a feed in order: the first one's title is the title, the others' are headings.

    Entities are never expanded: the items are cut out as text.
    """
    items = [(_element(inner, "title"), _body(inner)) for _, inner in _ITEM.findall(text)]
    first = _ITEM.search(text)
    date = first and (
        _element(first[2], "pubDate")
        or _element(first[2], "published")
        or _element(first[2], "dc:date")
    )
    return _article(items, _moment(date or None))


def _body(inner: str) -> str:
    for name in ("content:encoded", "content", "description", "summary"):
        if found := _element(inner, name):
            return found
    return ""


def _element(inner: str, name: str) -> str:
    found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}\s*>", inner, re.DOTALL | re.IGNORECASE)
    if found is None:
        return ""
    cdata = _CDATA.fullmatch(found[1])
    return cdata[1] if cdata else unescape(found[1])


def _article(items: list[tuple[str, str]], published: str | None) -> Article:
    parts: list[tuple[BlockKind, str]] = []
    byline = None
    for number, (title, body) in enumerate(items):
        kind = BlockKind.HEADING if number else BlockKind.TITLE
        parts.append((kind, unescape(re.sub(r"<[^>]*>", "", title))))
        first = True
        for block, raw in _blocks(body):
            folded = fold(raw)
            named = BYLINE.fullmatch(folded) if first else None
            first = first and not folded
            if named and byline is None:
                byline = next(filter(None, named.groups()))
            else:
                parts.append((BlockKind.HEADING if block is BlockKind.TITLE else block, raw))
    return Article(numbered(parts), byline=byline, published=published)


def _blocks(body: str) -> list[tuple[BlockKind, str]]:
    if _MARKED.search(body):
        return list(html.blocks(body))
    return [(BlockKind.PARAGRAPH, part) for part in re.split(r"\n\s*\n", unmarked(unescape(body)))]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value


def _moment(printed: str | None) -> str | None:
    """A printed date as ISO 8601 in UTC, where it is a full date."""
    if not printed:
        return None
    printed = printed.strip()
    if re.match(r"\d{4}-\d{2}-\d{2}", printed):
        return printed
    try:
        moment = parsedate_to_datetime(printed).astimezone(UTC)
    except (TypeError, ValueError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
