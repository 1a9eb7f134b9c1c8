"""From an article's file to blocks of plain text. Nothing is executed or fetched."""

import hashlib
import json
import re
from dataclasses import replace

from explainer.articles import feed, plain
from explainer.articles.markup import blocks
from explainer.articles.model import Article, Block, BlockKind
from explainer.articles.text import numbered

__all__ = ["Article", "Block", "BlockKind", "UnreadableArticle", "digest", "read_article"]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")


class UnreadableArticle(ValueError):
    """The file is no text that can be read safely; the message says why in one line."""


def read_article(data: bytes, *, name: str = "") -> Article:
    """Read an article from its bytes: a feed's dump, HTML, or plain text, in UTF-8.

    Raises :class:`UnreadableArticle`.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableArticle(f"{name or 'article'}: not UTF-8 at byte {error.start}") from None
    if "\0" in text:
        raise UnreadableArticle(f"{name or 'article'}: not a text file")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if feed.is_dump(text):
        article = feed.read(text)
    elif re.search(r"<(?:html|body|p|div)\b", text[:5000], re.I):
        article = Article(numbered(blocks(text)))
    else:
        article = plain.read(text)
    whole = "".join(block.text for block in article.blocks)
    chinese = 2 * len(_CHINESE.findall(whole)) > len(_LETTER.findall(whole))
    return replace(article, language="zh" if chinese else "en")


def digest(article: Article) -> str:
    """SHA-256 of the blocks, as JSON pairs of id and text: the same in any encoding or markup."""
    pairs = [[block.id, block.text] for block in article.blocks]
    canonical = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
