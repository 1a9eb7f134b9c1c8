"""Plain text: a title line, paragraphs, and the matter that trails behind an article."""

import re

from explainer.extract.articles.article import Article, BlockKind
from explainer.extract.articles.bylines import BYLINE, CREDIT, END
from explainer.extract.articles.strip_markdown import unmarked
from explainer.extract.articles.text import fold, numbered

_SENTENCE_END = re.compile(r"[.!?。！？…；;:：][”’\"'）)]*$")
TITLE_AT_MOST = 200
WRAPPED = (40, 100)
"""Between these lengths, lines that end mid-sentence are one paragraph broken to fit a width."""


def read(text: str) -> Article:
    """The article in ``text``. Paragraphs stand between blank lines, or one a line."""
    paragraphs = [folded for part in _paragraphs(unmarked(text)) if (folded := fold(part))]
    title = paragraphs[0] if paragraphs and _is_title(paragraphs) else None
    credit = byline = None
    kept: list[str] = []
    for paragraph in paragraphs[1:] if title else paragraphs:
        if END.fullmatch(paragraph):
            break
        if credited := CREDIT.fullmatch(paragraph):
            credit = credit or credited["credit"]
        elif named := BYLINE.fullmatch(paragraph):
            byline = byline or next(filter(None, named.groups()))
        else:
            kept.append(paragraph)
    parts = [(BlockKind.TITLE, title)] if title else []
    parts += [(BlockKind.PARAGRAPH, paragraph) for paragraph in kept]
    return Article(numbered(parts), byline=byline, credit=credit)


def _paragraphs(text: str) -> list[str]:
    pieces = re.split(r"\n[ \t\u3000]*\n", text)
    return [part for piece in pieces for part in _lines(piece)]


def _lines(piece: str) -> list[str]:
    """One paragraph where the lines of ``piece`` were broken to a width, else one a line."""
    lines = [line for line in piece.split("\n") if line.strip()]
    low, high = WRAPPED
    inner = lines[:-1]
    wide = all(low <= len(line) <= high for line in inner)
    broken = sum(not _SENTENCE_END.search(line.rstrip()) for line in inner)
    if inner and wide and broken * 2 >= len(inner):
        return [piece]
    return lines


def _is_title(paragraphs: list[str]) -> bool:
    first = paragraphs[0]
    return (
        len(paragraphs) > 1
        and len(first) <= TITLE_AT_MOST
        and not re.search(r"[.。！!；;:：][”’\"'）)]*$", first)
    )
