"""Plain text: a title line, paragraphs, and the matter that trails behind an article."""

import re

from explainer.articles.markers import BYLINE, CREDIT, END
from explainer.articles.model import Article, BlockKind
from explainer.articles.text import fold, numbered

_SENTENCE_END = re.compile(r"[.!?。！？…][”’\"']?$")
TITLE_AT_MOST = 200


def read(text: str) -> Article:
    """The article in ``text``. Paragraphs stand between blank lines, or one a line."""
    separator = r"\n[ \t]*\n" if re.search(r"\S[ \t]*\n[ \t]*\n\s*\S", text) else r"\n"
    paragraphs = [folded for part in re.split(separator, text) if (folded := fold(part))]
    title = paragraphs[0] if paragraphs and _is_title(paragraphs) else None
    body = paragraphs[1:] if title else paragraphs
    credit = byline = None
    kept: list[str] = []
    for paragraph in body:
        if END.fullmatch(paragraph):
            break
        if credited := CREDIT.fullmatch(paragraph):
            credit = credit or credited["credit"]
        elif named := BYLINE.fullmatch(paragraph):
            byline = byline or next(filter(None, named.groups()))
        elif credit is None:
            kept.append(paragraph)
    parts = [(BlockKind.TITLE, title)] if title else []
    parts += [(BlockKind.PARAGRAPH, paragraph) for paragraph in kept]
    return Article(numbered(parts), byline=byline, credit=credit)


def _is_title(paragraphs: list[str]) -> bool:
    first = paragraphs[0]
    return len(paragraphs) > 1 and len(first) <= TITLE_AT_MOST and not _SENTENCE_END.search(first)
