"""From an article's file to blocks of plain text. Nothing is executed or fetched."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace

from explainer.extract.articles import feed, html, plaintext
from explainer.extract.articles.article import Article, Block, BlockKind
from explainer.extract.articles.encoding import UnreadableArticle, decode
from explainer.extract.articles.text import fold

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "UnreadableArticle",
    "digest",
    "page_texts",
    "read_article",
]

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|table)\b", re.I)


def read_article(
    data: bytes, *, name: str = "", progress: Callable[[float], None] | None = None
) -> Article:
    """Read an article from its bytes: a saved page, a feed or its dump, or plain text.

    ``progress`` is told how much has been read, from 0 to 1, on long pages. Raises
    :class:`UnreadableArticle` where the bytes are no text that can be read safely, or hold none.
    """
    text, encoding = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if feed.is_dump(text):
        article = feed.read_dump(text)
    elif feed.is_feed(text):
        article = feed.read_feed(text)
    elif _PAGE.search(text[:5000]):
        article = html.read(text, progress)
    else:
        article = plaintext.read(text)
    if not article.blocks:
        raise UnreadableArticle(f"{name or 'article'}: holds no text")
    return replace(article, language=_language(article), encoding=encoding)


def page_texts(data: bytes, *, name: str = "") -> tuple[str, ...]:
    """Every block of text that a page shows, of the article or around it.

    For looking up what a page says somewhere. Raises :class:`UnreadableArticle`.
    """
    article = read_article(data, name=name)
    text, _ = decode(data, name)
    around = html.blocks(text) if _PAGE.search(text[:5000]) else ()
    found = (*(block.text for block in article.blocks), *(fold(raw) for _, raw in around))
    return tuple(dict.fromkeys(found))


def _language(article: Article) -> str:
    """The language of the article's characters, whatever the page calls itself."""
    whole = "".join(block.text for block in article.blocks)
    chinese = 2 * len(_CHINESE.findall(whole)) > len(_LETTER.findall(whole))
    return "zh" if chinese else "en"


def digest(article: Article) -> str:
    """SHA-256 of the blocks, as JSON pairs of id and text: the same in any encoding or markup."""
    pairs = [[block.id, block.text] for block in article.blocks]
    canonical = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
