"""Read an article's file (plain text, a feed or its Markdown dump, HTML) into blocks of text.

Nothing is executed or fetched.
"""

import codecs
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from charset_normalizer import from_bytes

from explainer.extract import html
from explainer.extract.quantity import Language

SIZE_LIMIT = 200_000_000
TITLE_AT_MOST = 200

CREDIT = re.compile(r"(?:source|sources|via|来源|來源|资料来源|資料來源)\s*[:：]\s*(.{1,80})", re.I)
_NAME = r"[^\s,.:;]{1,40}(?: [A-Z][^\s,.:;]{0,30}){0,3}"
BYLINE = re.compile(
    rf"(?i:this article is written by|written by|by)\s+(?P<name>{_NAME})(?:\s+for\b.{{0,40}})?\.?"
    r"|(?P<answerer>\S{1,30})的(?:回答|回覆)"
    r"|(?:作者|文|记者|記者)\s*[:/｜|：]\s*(?P<author>\S{1,30})"
)
END = re.compile(
    r"(?:related (?:articles|posts|stories)|you may also like|comments?|leave a (?:comment|reply)"
    r"|comments are closed|share this|相关阅读|相關閱讀|延伸阅读|推荐阅读|评论|評論|网友评论)"
    r"\s*[:.：]?",
    re.I,
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|table)\b", re.I)
_PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF"}


Raw = tuple["BlockKind", str]
"""A block before it is folded and numbered."""


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
    """The blocks of an article and the language of most of their characters."""

    blocks: tuple[Block, ...]
    language: Language


def read_article(data: bytes, *, name: str = "") -> Article:
    """Return the article in the bytes of a saved page, a feed or its dump, or a plain text.

    Raises :class:`UnreadableArticle` where the bytes are no text that can be read safely, or hold
    none.
    """
    text = _decode(data, name or "article").replace("\r\n", "\n").replace("\r", "\n")
    if front := _FRONT.match(text):
        parts = _dump_parts(text, front)
    elif _FEED.search(text[:2000]):
        parts = _feed_parts(text)
    elif _PAGE.search(text[:5000]):
        parts = _page_parts(text)
    else:
        parts = _plain_parts(text)
    blocks = _numbered(parts)
    if not blocks:
        raise UnreadableArticle(f"{name or 'article'}: holds no text")
    return Article(blocks, _language(blocks))


def digest(article: Article) -> str:
    """SHA-256 of the blocks, as JSON pairs of id and text: the same in any encoding or markup."""
    pairs = [[block.id, block.text] for block in article.blocks]
    canonical = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _language(blocks: Iterable[Block]) -> Language:
    whole = "".join(block.text for block in blocks)
    return "zh" if 2 * len(_CHINESE.findall(whole)) > len(_LETTER.findall(whole)) else "en"


# Bytes to text


def _decode(data: bytes, name: str) -> str:
    """The text of ``data``: in UTF-8 or UTF-16, else in the Chinese encoding that fits."""
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
            return text.removeprefix("\ufeff")
    except UnicodeDecodeError:
        pass
    guess = from_bytes(data, cp_isolation=["gb18030", "big5hkscs"]).best()
    if encoding == "utf-8" and guess is not None:
        return data.decode(guess.encoding, "replace")
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


def _numbered(parts: Iterable[Raw]) -> tuple[Block, ...]:
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


def _plain_parts(text: str) -> list[Raw]:
    """One paragraph a line; bylines and credit lines are left out."""
    paragraphs = [line for raw in strip_markdown(text).split("\n") if (line := fold(raw))]
    parts: list[Raw] = []
    titled = len(paragraphs) > 1 and len(paragraphs[0]) <= TITLE_AT_MOST
    if titled and not re.search(r"[.。！!；;:：][”’\"'）)]*$", paragraphs[0]):
        parts.append((BlockKind.TITLE, paragraphs.pop(0)))
    for paragraph in paragraphs:
        if END.fullmatch(paragraph):
            break
        if not CREDIT.fullmatch(paragraph) and not BYLINE.fullmatch(paragraph):
            parts.append((BlockKind.PARAGRAPH, paragraph))
    return parts


# Feeds: RSS or Atom, and the dump of one item with front matter

_FRONT = re.compile(
    r"\A\s*---[ \t]*\n(?P<fields>(?:.*\n)??title:.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL
)
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_]+):[ \t]+(?P<value>\S.*?)[ \t]*$", re.M)
_ITEM = re.compile(r"<(item|entry)\b[^>]*>(.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
_TAGS = re.compile(r"<(?:p|div|br|b|strong|h[1-6]|ul|figure|span|a)\b", re.IGNORECASE)


def _dump_parts(text: str, front: re.Match[str]) -> list[Raw]:
    fields = {field["key"].lower(): field["value"] for field in _FIELD.finditer(front["fields"])}
    title = fields.get("title", "")
    if len(title) > 1 and title[0] == title[-1] and title[0] in "'\"":
        title = title[1:-1].replace("''", "'").replace('\\"', '"')
    return _item_parts([(title, text[front.end() :])])


def _feed_parts(text: str) -> list[Raw]:
    """All items of a feed in order: the first one's title is the title, the others' are headings.

    The items are cut out as text, so that entities are never expanded.
    """
    bodies = ("content:encoded", "content", "description", "summary")
    inner = [item[2] for item in _ITEM.finditer(text)]
    return _item_parts([(_element(one, "title"), _element(one, *bodies)) for one in inner])


def _element(inner: str, *names: str) -> str:
    """The text of the first element by one of the names."""
    for name in names:
        found = re.search(rf"<{name}\b[^>]*>(.*?)</{name}\s*>", inner, re.DOTALL | re.IGNORECASE)
        if found and found[1]:
            cdata = _CDATA.fullmatch(found[1])
            return cdata[1] if cdata else unescape(found[1])
    return ""


def _item_parts(items: list[tuple[str, str]]) -> list[Raw]:
    parts: list[Raw] = []
    for number, (title, body) in enumerate(items):
        kind = BlockKind.HEADING if number else BlockKind.TITLE
        parts.append((kind, unescape(re.sub(r"<[^>]*>", "", title))))
        blocks = [(block, raw) for block, raw in _feed_blocks(body) if fold(raw)]
        if blocks and not number and BYLINE.fullmatch(fold(blocks[0][1])):
            blocks.pop(0)
        parts += [
            (BlockKind.HEADING if block is BlockKind.TITLE else block, raw) for block, raw in blocks
        ]
    return parts


def _feed_blocks(body: str) -> list[Raw]:
    if _TAGS.search(body):
        return [(BlockKind(part.kind), part.text) for part in html.parse(body).parts]
    paragraphs = re.split(r"\n\s*\n", strip_markdown(unescape(body)))
    return [(BlockKind.PARAGRAPH, part) for part in paragraphs]


# Saved pages


def _page_parts(markup: str) -> list[Raw]:
    """The blocks of the article on a saved page, without its byline."""
    page = html.parse(markup)
    chosen = html.article_parts(page.parts)
    title = next((part.text for part in chosen if part.kind == "title"), page.og_title)
    title = title or re.sub(r"\s+[|–—-]\s+[^|–—-]*$", "", fold("".join(page.title)))
    parts: list[Raw] = [(BlockKind.TITLE, title)]
    for part in chosen:
        text = fold(part.text)
        named = BYLINE.fullmatch(text) if part.byline or len(parts) == 1 else None
        if part.kind != "title" and not named and not (part.byline and len(text) < 80):
            parts.append((BlockKind(part.kind), part.text))
    return parts
