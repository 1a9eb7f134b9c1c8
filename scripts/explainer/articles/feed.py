"""A feed's dump: YAML front matter, then the item's HTML."""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime

from explainer.articles.markers import BYLINE
from explainer.articles.markup import blocks
from explainer.articles.model import Article, BlockKind
from explainer.articles.text import fold, numbered

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?)\n---[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[a-z_]+):[ \t]+(?P<value>\S.*?)[ \t]*$", re.M)


def is_dump(text: str) -> bool:
    """Whether ``text`` begins with front matter that names a title."""
    front = _FRONT.match(text)
    return bool(front and re.search(r"^title:", front["fields"], re.M))


def read(text: str) -> Article:
    """The item in ``text``; the feed's own author field is the feed, not the writer."""
    front = _FRONT.match(text)
    fields = (
        {m["key"]: _unquoted(m["value"]) for m in _FIELD.finditer(front["fields"])} if front else {}
    )
    parts: list[tuple[BlockKind, str]] = [(BlockKind.TITLE, fields.get("title", ""))]
    byline = None
    for kind, raw in blocks(text[front.end() if front else 0 :]):
        named = BYLINE.fullmatch(fold(raw))
        first = not any(fold(before) for _, before in parts[1:])
        if named and byline is None and first:
            byline = next(filter(None, named.groups()))
        else:
            parts.append((kind, raw))
    return Article(numbered(parts), byline=byline, published=_moment(fields.get("date")))


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value.strip('"')


def _moment(printed: str | None) -> str | None:
    if printed is None:
        return None
    try:
        moment = parsedate_to_datetime(printed).astimezone(UTC)
    except (TypeError, ValueError):
        return printed if re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\S+)?", printed) else None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
