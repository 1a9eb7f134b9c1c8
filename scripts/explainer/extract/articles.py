"""Read an article's file (plain text, a feed or its Markdown dump, HTML) into blocks of text.

Nothing is executed or fetched.
"""

import codecs
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import StrEnum
from html import unescape

from charset_normalizer import from_bytes

from explainer.extract import html

SIZE_LIMIT = 200_000_000
TITLE_AT_MOST = 200
WRAPPED = (40, 100)
"""Between these lengths, lines that end mid-sentence are one paragraph broken to fit a width."""

CREDIT = re.compile(r"(?:source|sources|via|来源|來源|资料来源|資料來源)\s*[:：]\s*(.{1,80})", re.I)
_NAME = r"[^\s,.:;]{1,40}(?: [A-Z][^\s,.:;]{0,30}){0,3}"
BYLINE = re.compile(
    rf"(?i:this article is written by|written by|by)\s+(?P<name>{_NAME})(?:\s+for\b.{{0,40}})?\.?"
    r"|(?P<answerer>\S{1,30})的(?:回答|回覆)"
    r"|(?:作者|文|记者|記者)\s*[:/｜|：]\s*(?P<author>\S{1,30})"
)
END = re.compile(
    r"(?:related (?:articles|posts|stories)|you may also like|comments?|leave a (?:comment|reply)"
    r"|comments are closed|share this|相关阅读|相關閱讀|延伸阅读|推荐阅读|评论|評論|网友评论)\s*[:.：]?",
    re.I,
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|table)\b", re.I)
_PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF"}


class UnreadableArticle(ValueError):
    """The file cannot be read safely as an article; the message gives the reason in one line."""


class BlockKind(StrEnum):
    """What a block of text is; its id is the kind and, but for the title, its number."""

    TITLE = "title"
    HEADING = "h"
    PARAGRAPH = "p"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of running text: NFC, white space folded to single spaces, no markup.

    ``id`` is ``title``, ``h1``…, ``p1``…, ``caption1``…, counted from the first body block of its
    kind. Headings, captions and paragraphs are counted apart.
    """

    id: str
    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A read article. What it does not print about itself is ``None``.

    ``published`` is ISO 8601 (date, or date and time) where the article prints a full date.
    ``credit`` is the source that the article names in a credit line.
    """

    blocks: tuple[Block, ...]
    language: str = "en"
    byline: str | None = None
    credit: str | None = None
    published: str | None = None
    encoding: str = "utf-8"


def read_article(data: bytes, *, name: str = "") -> Article:
    """Return the article in the bytes of a saved page, a feed or its dump, or a plain text.

    Raises :class:`UnreadableArticle` where the bytes are no text that can be read safely, or hold
    none.
    """
    text, encoding = _decode(data, name or "article")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _is_dump(text):
        article = _read_dump(text)
    elif _is_feed(text):
        article = _read_feed(text)
    elif _PAGE.search(text[:5000]):
        article = _read_page(text)
    else:
        article = _read_plain(text)
    if not article.blocks:
        raise UnreadableArticle(f"{name or 'article'}: holds no text")
    return replace(article, language=_language(article), encoding=encoding)


def page_texts(data: bytes, *, name: str = "") -> tuple[str, ...]:
    """Return every block of text that a page shows, of the article or around it.

    Raises :class:`UnreadableArticle`.
    """
    article = read_article(data, name=name)
    text, _ = _decode(data, name or "article")
    around = html.parse(text).parts if _PAGE.search(text[:5000]) else []
    found = (*(block.text for block in article.blocks), *(fold(part.text) for part in around))
    return tuple(dict.fromkeys(found))


def digest(article: Article) -> str:
    """SHA-256 of the blocks, as JSON pairs of id and text: the same in any encoding or markup."""
    pairs = [[block.id, block.text] for block in article.blocks]
    canonical = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _language(article: Article) -> str:
    """The language of most of the article's characters, whatever the page declares."""
    whole = "".join(block.text for block in article.blocks)
    return "zh" if 2 * len(_CHINESE.findall(whole)) > len(_LETTER.findall(whole)) else "en"


# Bytes to text


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 or UTF-16, else a Chinese encoding that fits."""
    if len(data) > SIZE_LIMIT:
        raise UnreadableArticle(f"{name}: {len(data):,} bytes, more than {SIZE_LIMIT:,}")
    for start, what in _PACKED.items():
        if data.startswith(start):
            raise UnreadableArticle(f"{name}: {what}, not a text; unpack or convert it first")
    encoding = "utf-8"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data[:20_000]:
        # Only UTF-16 has zero bytes: those of its ASCII come second in little-endian order.
        head = data[:20_000]
        encoding = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    try:
        text = data.decode(encoding)
        if "\0" not in text:
            return text.removeprefix("\ufeff"), encoding
    except UnicodeDecodeError:
        pass
    guess = from_bytes(data, cp_isolation=["gb18030", "big5hkscs"]).best()
    if encoding == "utf-8" and guess is not None:
        return data.decode(guess.encoding, "replace"), guess.encoding
    raise UnreadableArticle(f"{name}: not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8")


# Blocks of text

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BROKEN = re.compile(rf"(?<=[{_HAN}])\n[ \t]*(?=[{_HAN}])")


def fold(text: str) -> str:
    """Return NFC on one line: white space folded, none at the ends, invisible characters removed.

    A line end between Chinese characters leaves no gap. Hard and thin spaces stay: they may
    group the digits of a number.
    """
    visible = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    joined = _BROKEN.sub("", visible.replace("\r\n", "\n").strip())
    return _SPACE.sub(" ", joined).strip(" \u00a0\u3000")


def _numbered(parts: Iterable[tuple[BlockKind, str]]) -> tuple[Block, ...]:
    """Blocks with their ids: ``title`` alone, the others counted by kind. Empty texts go."""
    counts: dict[BlockKind, int] = {}
    blocks = []
    for kind, text in parts:
        folded = fold(text)
        if not folded:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        number = "" if kind is BlockKind.TITLE else str(counts[kind])
        blocks.append(Block(f"{kind}{number}", kind, folded))
    return tuple(blocks)


# Plain text and Markdown

_SENTENCE_END = re.compile(r"[.!?。！？…；;:：][”’\"'）)]*$")
# Lengths are bounded: a mark that is never closed must not be looked for to the end of the file.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\n]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__|~~|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_LINE = re.compile(r"^(?:\s{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+))+", re.MULTILINE)
_ROW = re.compile(r"^[ \t]*\|(.+)\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[|:\- \t]*---[|:\- \t]*$", re.MULTILINE)
_MARKED = re.compile(r"\]\(|\*\*|__|^#{1,6} |^[ \t]*\|.+\|[ \t]*$", re.MULTILINE)


def strip_markdown(text: str) -> str:
    """Return ``text`` without Markdown's marks where it has any: "**700** million" reads as one.

    Images go, links leave their words, and every cell of a table becomes a line of its own.
    """
    if not _MARKED.search(text):
        return text
    text = _RULE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _ROW.sub(
        lambda row: "\n" + "\n\n".join(c.strip() for c in row[1].split("|")) + "\n", text
    )
    return _STRONG.sub(r"\2", _LINE.sub("", text))


def _read_plain(text: str) -> Article:
    """The article in ``text``. Paragraphs stand between blank lines, or one a line."""
    pieces = re.split(r"\n[ \t\u3000]*\n", strip_markdown(text))
    lines = [fold(line) for piece in pieces for line in _paragraphs(piece)]
    paragraphs = [line for line in lines if line]
    title = paragraphs[0] if len(paragraphs) > 1 and _is_title(paragraphs[0]) else None
    credit = byline = None
    kept: list[str] = []
    for paragraph in paragraphs[1:] if title else paragraphs:
        if END.fullmatch(paragraph):
            break
        if credited := CREDIT.fullmatch(paragraph):
            credit = credit or credited[1]
        elif named := _byline(paragraph):
            byline = byline or named
        else:
            kept.append(paragraph)
    parts = [(BlockKind.TITLE, title)] if title else []
    parts += [(BlockKind.PARAGRAPH, paragraph) for paragraph in kept]
    return Article(_numbered(parts), byline=byline, credit=credit)


def _paragraphs(piece: str) -> list[str]:
    """One paragraph where the lines of ``piece`` were broken to a width, else one a line."""
    lines = [line for line in piece.split("\n") if line.strip()]
    low, high = WRAPPED
    inner = lines[:-1]
    wide = all(low <= len(line) <= high for line in inner)
    broken = sum(not _SENTENCE_END.search(line.rstrip()) for line in inner)
    return [piece] if inner and wide and broken * 2 >= len(inner) else lines


def _is_title(first: str) -> bool:
    return len(first) <= TITLE_AT_MOST and not re.search(r"[.。！!；;:：][”’\"'）)]*$", first)


def _byline(text: str) -> str | None:
    """Who wrote the article, where ``text`` is a line that names the writer."""
    named = BYLINE.fullmatch(text)
    return next(filter(None, named.groups())) if named else None


# Feeds: RSS or Atom, and the dump of one item with front matter

_FRONT = re.compile(r"\A\s*---[ \t]*\n(?P<fields>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+):[ \t]+(?P<value>\S.*?)[ \t]*$", re.M)
_ITEM = re.compile(r"<(item|entry)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_TAGS = re.compile(r"<(?:p|div|br|b|strong|h[1-6]|ul|figure|span|a)\b", re.IGNORECASE)


def _is_dump(text: str) -> bool:
    front = _FRONT.match(text)
    return bool(front and re.search(r"^title:", front["fields"], re.M))


def _is_feed(text: str) -> bool:
    head = text[:2000].lower()
    return "<rss" in head or "<feed" in head or "<rdf:rdf" in head


def _read_dump(text: str) -> Article:
    """The item behind front matter; the field ``author`` names the feed, not the writer."""
    front = _FRONT.match(text)
    fields = _FIELD.finditer(front["fields"]) if front else iter(())
    head = {field["key"].lower(): _unquoted(field["value"]) for field in fields}
    body = text[front.end() if front else 0 :]
    return _from_items([(head.get("title", ""), body)], head.get("date"))


def _read_feed(text: str) -> Article:
    """All items of a feed in order: the first one's title is the title, the others' are headings.

    The items are cut out as text, so that entities are never expanded.
    """
    inner = [item[2] for item in _ITEM.finditer(text)]
    bodies = ("content:encoded", "content", "description", "summary")
    items = [(_element(one, "title"), _element(one, *bodies)) for one in inner]
    return _from_items(
        items, _element(inner[0], "pubDate", "published", "dc:date") if inner else None
    )


def _element(inner: str, *names: str) -> str:
    """The text of the first element by one of the names."""
    for name in names:
        found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}\s*>", inner, re.DOTALL | re.IGNORECASE)
        if found and found[1]:
            cdata = _CDATA.fullmatch(found[1])
            return cdata[1] if cdata else unescape(found[1])
    return ""


def _from_items(items: list[tuple[str, str]], published: str | None) -> Article:
    parts: list[tuple[BlockKind, str]] = []
    byline = None
    for number, (title, body) in enumerate(items):
        kind = BlockKind.HEADING if number else BlockKind.TITLE
        parts.append((kind, unescape(re.sub(r"<[^>]*>", "", title))))
        first = True
        for block, raw in _feed_blocks(body):
            folded = fold(raw)
            named = _byline(folded) if first else None
            first = first and not folded
            if named and byline is None:
                byline = named
            else:
                parts.append((BlockKind.HEADING if block is BlockKind.TITLE else block, raw))
    return Article(_numbered(parts), byline=byline, published=_timestamp(published))


def _feed_blocks(body: str) -> list[tuple[BlockKind, str]]:
    if _TAGS.search(body):
        return [(BlockKind(part.kind), part.text) for part in html.parse(body).parts]
    paragraphs = re.split(r"\n\s*\n", strip_markdown(unescape(body)))
    return [(BlockKind.PARAGRAPH, part) for part in paragraphs]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value


def _timestamp(printed: str | None) -> str | None:
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


# Saved pages


def _read_page(markup: str) -> Article:
    """The article of a saved page, with what the page declares about itself."""
    page = html.parse(markup)
    chosen = html.article_parts(page.parts)
    described = html.described(page.data_blocks)
    title = next((part.text for part in chosen if part.kind == "title"), None)
    title = title or page.meta.get("og:title") or described.get("headline")
    title = title or re.sub(r"\s+[|–—-]\s+[^|–—-]*$", "", fold("".join(page.title)))
    byline = page.meta.get("author") or described.get("author")
    body: list[tuple[BlockKind, str]] = []
    for part in chosen:
        text = fold(part.text)
        named = _byline(text) if part.byline or not body else None
        if named or (part.byline and len(text) < 80):
            byline = byline or named or text
        elif part.kind != "title":
            body.append((BlockKind(part.kind), part.text))
    dates = (page.meta.get("article:published_time"), described.get("datePublished"))
    published = next(filter(None, (*dates, page.meta.get("date"), page.meta.get("time"))), None)
    return Article(
        _numbered([(BlockKind.TITLE, title), *body]),
        byline=fold(byline) if byline else None,
        published=published if published and re.match(r"\d{4}-\d{2}-\d{2}", published) else None,
    )
