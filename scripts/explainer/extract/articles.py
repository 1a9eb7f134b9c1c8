"""Read an article's file (plain text, a feed or its Markdown dump, HTML) into blocks of text.

Nothing is executed or fetched. Sizes are limited before anything is parsed, so that any file is
read or refused within seconds.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from itertools import filterfalse, takewhile
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining

from charset_normalizer import from_bytes
from lxml import etree

from explainer.extract import html
from explainer.extract.html import Part, UnreadableArticle
from explainer.extract.numerals import INVISIBLE
from explainer.extract.quantity import Language
from explainer.limits import ARTICLE_BYTES, ARTICLE_CHARACTERS, ARTICLE_TAGS

TITLE_AT_MOST, NAME_AT_MOST = 200, 80
"""Characters of a title and of what only names an author."""

_CREDIT, _BYLINE, _END = (
    re.compile("|".join(html.WORDS[name])) for name in ("credit", "byline", "end")
)
_TAG = re.compile(r"<|&(?:lt;|#)")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|table)\b", re.I)
_PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF"}


class Block(NamedTuple):
    """One block of running text: NFC, white space folded to single spaces, no markup.

    ``id`` is ``title``, ``h1``…, ``p1``…, ``caption1``…, counted from the first body block of its
    kind. Headings, captions and paragraphs are counted apart.
    """

    id: str
    text: str


class Article(NamedTuple):
    """The blocks of an article and the language of most of their characters."""

    blocks: tuple[Block, ...]
    language: Language


def read_article_file(path: Path) -> Article:
    """Return the article in a file. Raises :class:`UnreadableArticle` and ``OSError``."""
    if path.exists() and not path.is_file():
        raise UnreadableArticle("not a file")
    with path.open("rb") as file:
        return read_article(file.read(ARTICLE_BYTES + 1))


def read_article(data: bytes) -> Article:
    """Return the article in the bytes of a saved page, a feed or its dump, or a plain text.

    Raises :class:`UnreadableArticle` where the bytes are no text that can be read safely, or hold
    none.
    """
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if len(_TAG.findall(text)) > ARTICLE_TAGS:
        raise UnreadableArticle(f"more than {ARTICLE_TAGS:,} tags")
    front = _FRONT.match(text)
    if front and (title := _TITLE.search(front[1])):
        quoted = title[2].replace("''", "'").replace('\\"', '"')
        parts: Iterable[Part] = _item_parts([(quoted, text[front.end() :])])
    elif _FEED.search(text[:2000]):
        parts = _item_parts(_feed_items(text))
    elif _PAGE.search(text[:5000]):
        parts = html.read_page(text)
    else:
        parts = _plain_parts(text)
    blocks = tuple(_read_blocks(parts))
    if not blocks:
        raise UnreadableArticle("holds no text")
    whole = _limited("".join(block.text for block in blocks))
    chinese, letters = (len(re.findall(one, whole)) for one in (r"[\u3400-\u9fff]", "[A-Za-z]"))
    return Article(blocks, "zh" if 2 * chinese > letters else "en")


def _limited(text: str) -> str:
    """Return the text of an article. Raises :class:`UnreadableArticle` where it is too long."""
    if len(text) > ARTICLE_CHARACTERS:
        raise UnreadableArticle(f"{len(text):,} characters, more than {ARTICLE_CHARACTERS:,}")
    return text


def digest(article: Article) -> str:
    """SHA-256 of the blocks, as JSON pairs of id and text: the same in any encoding or markup."""
    canonical = json.dumps(article.blocks, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


# Bytes to text


def _decode(data: bytes) -> str:
    """The text of ``data``: in UTF-8 or UTF-16, else in the Chinese encoding that fits."""
    if len(data) > ARTICLE_BYTES:
        raise UnreadableArticle(f"more than {ARTICLE_BYTES:,} bytes")
    for start, what in _PACKED.items():
        if data.startswith(start):
            raise UnreadableArticle(f"{what}, not a text; unpack or convert it first")
    text = "\0"
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8")
    if "\0" in text:
        wide = ["utf_16", "utf_16_le", "utf_16_be"]  # which alone have zero bytes
        likely = wide if b"\0" in data else ["utf_16", "gb18030", "big5hkscs"]
        guess = from_bytes(data, cp_isolation=likely).best()
        text = data.decode(guess.encoding, "replace") if guess else "\0"
    if "\0" in text:
        raise UnreadableArticle("not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8")
    return text.removeprefix("\ufeff")


# Blocks of text

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
# Sorting a long run of combining marks takes quadratic time; text has a few in a row.
_NOT_LETTERS = re.compile(r"[^\w\s\x00-\u02ff]{31,}")
_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BROKEN = re.compile(rf"(?<=[{_HAN}])\n[ \t]*(?=[{_HAN}])")


def fold(text: str) -> str:
    """Return NFC on one line: white space folded, none at the ends, invisible characters removed.

    A line end between Chinese characters leaves no gap. Hard and thin spaces stay: they may
    group the digits of a number. Of long runs of combining marks none is kept.
    """
    text = _NOT_LETTERS.sub(lambda run: "".join(filterfalse(combining, run[0])), text)
    visible = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", _BROKEN.sub("", visible.strip())).strip(" \u00a0\u3000")


def _read_blocks(parts: Iterable[Part]) -> Iterator[Block]:
    """Yield the blocks folded and counted by kind, without empty ones and the author's name."""
    counts = Counter[str]()
    for kind, unfolded, *_, is_byline in parts:
        text, is_first = fold(unfolded), counts.total() == counts["title"]
        is_name = (is_byline or is_first) and _BYLINE.fullmatch(text)
        if text and (kind == "title" or not (is_name or (is_byline and len(text) < NAME_AT_MOST))):
            counts[kind] += 1
            yield Block(kind if kind == "title" else f"{kind}{counts[kind]}", text)


# Plain text and Markdown

# Lengths are bounded: a mark that is never closed must not be looked for to the end of the file.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__|~~|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_LINE = re.compile(r"^(?:\s{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+))+", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^(?=[|:\- \t]*$).*---.*$", re.MULTILINE)
_MARKED = re.compile(r"\]\(|\*\*|__|^#{1,6} |^[ \t]*\|.+\|[ \t]*$", re.MULTILINE)


def strip_markdown(text: str) -> str:
    """Return ``text`` without Markdown's marks where it has any: "**700** million" reads as one.

    Images go, links leave their words, and every cell of a table becomes a line of its own.
    """
    if not _MARKED.search(text):
        return text
    text = _RULE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _ROW.sub(lambda row: "\n" + row[1].replace("|", "\n\n") + "\n", text)
    return _STRONG.sub(r"\2", _LINE.sub("", text))


def _plain_parts(text: str) -> Iterator[Part]:
    """Yield the title and one paragraph a line, without bylines and credit lines."""
    lines = [line for raw in strip_markdown(_limited(text)).split("\n") if (line := fold(raw))]
    titled = len(lines) > 1 and len(lines[0]) <= TITLE_AT_MOST
    if titled and not re.search(r"[.。！!；;:：][”’\"'）)]*$", lines[0]):
        yield Part("title", lines.pop(0))
    for line in takewhile(lambda line: not _END.fullmatch(line), lines):
        if not _CREDIT.fullmatch(line) and not _BYLINE.fullmatch(line):
            yield Part("p", line)


# Feeds: RSS or Atom, and the dump of one item with front matter

_FRONT = re.compile(r"\A\s*---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"^title:[ \t]*(['\"]?)(.*)\1[ \t]*$", re.MULTILINE)
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_BODIES = ("encoded", "content", "description", "summary")
_TAGS = re.compile(r"<(?:p|div|br|b|strong|h[1-6]|ul|figure|span|a)\b", re.IGNORECASE)


def _feed_items(text: str) -> Iterator[tuple[str, str]]:
    """Yield the title and the body of each item of a feed; entities are not expanded."""
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False)
    root = etree.fromstring(text.encode(), parser)
    for item in () if root is None else root.iter("{*}item", "{*}entry"):
        yield _markup_in(item, "title"), _markup_in(item, *_BODIES)


def _markup_in(item: etree._Element, *names: str) -> str:
    """The text or markup inside the first element by one of the names that holds any."""
    for found in (child for name in names for child in item.iterchildren(f"{{*}}{name}")):
        inner = [etree.tostring(child, encoding="unicode") for child in found]
        text = "".join([found.text or "", *inner])
        if text and found.prefix in (None, "content"):  # others are a picture's or podcast's
            return text
    return ""


def _item_parts(items: Iterable[tuple[str, str]]) -> Iterator[Part]:
    """Yield the titles and bodies of items: the first title is the article's, others headings."""
    for number, (title, body) in enumerate(items):
        yield Part("h" if number else "title", unescape(re.sub(r"<[^<>]*>", "", title)))
        if _TAGS.search(body):
            for part in html.parse(body)[1]:
                yield part._replace(kind=part.kind.replace("title", "h"))
        else:
            for text in re.split(r"\n\s*\n", strip_markdown(_limited(unescape(body)))):
                yield Part("p", text)
