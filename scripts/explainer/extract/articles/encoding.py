"""Bytes into text: which encoding they are in, or a clear no.

A byte-order mark decides; else a declared encoding that the bytes bear out; else UTF-8; else
whichever of the Chinese encodings gives text that reads as Chinese. Anything else is refused.
"""

import codecs
import re

SIZE_LIMIT = 200_000_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"(?:charset\s*=\s*[\"']?|encoding\s*=\s*[\"']|^encoding:\s*)([A-Za-z0-9_-]{3,20})", re.M
)
_PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF"}
_FAMILIES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
# Characters that make up most of any Chinese text, in either script.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三"
    "已老从动两长知民样现分将外但身些与高意进法此实回二理美点月明其种声全工己话儿者向情部正名定女"
    "問體裡為這個來國們說時會對後過學沒發現還開經動從兩種聲話與實長萬億元報導於約餘點圖書"
)


class UnreadableArticle(ValueError):
    """The file cannot be read safely as an article; the message says why in one line."""


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding. Raises :class:`UnreadableArticle`."""
    shown = name or "article"
    if len(data) > SIZE_LIMIT:
        raise UnreadableArticle(f"{shown}: {len(data):,} bytes, more than {SIZE_LIMIT:,}")
    for start, what in _PACKED.items():
        if data.startswith(start):
            raise UnreadableArticle(f"{shown}: {what}, not a text; unpack or convert it first")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" in text:
            continue
        if encoding in ("utf-8", "utf-8-sig", "utf-16") or _reads_as_text(text):
            return text.removeprefix("\ufeff"), "utf-8" if encoding == "utf-8-sig" else encoding
    raise UnreadableArticle(
        f"{shown}: not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8"
    )


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    candidates = ["utf-8"]
    if declared := _DECLARED.search(data[:4096]):
        named = declared[1].decode("ascii").lower()
        if named not in ("utf-8", "utf8"):
            candidates.append(_FAMILIES.get(named, named))
    if b"\0" in data[:20_000]:
        # No other text has zero bytes: UTF-16 without a mark, in the order that gives more words.
        return [_likelier(data, ("utf-16-le", "utf-16-be"))[0]]
    return [*candidates, *_likelier(data, ("gb18030", "big5hkscs"))]


def _likelier(data: bytes, encodings: tuple[str, str]) -> list[str]:
    """The two encodings, the one that gives more common characters and plain letters first."""
    scores = {}
    for encoding in encodings:
        sample = data[:20_000].decode(encoding, "replace")
        scores[encoding] = sum(c in _COMMON or " " <= c <= "~" for c in sample)
    return sorted(scores, key=lambda encoding: -scores[encoding])


def _reads_as_text(text: str) -> bool:
    """Whether common characters make up as much of the Chinese as they do in real text."""
    sample = text[:20_000]
    han = [character for character in sample if "\u3400" <= character <= "\u9fff"]
    strange = sum("\ue000" <= character <= "\uf8ff" for character in sample)
    if not han:
        return sample.isascii() and all(c.isprintable() or c.isspace() for c in sample)
    return sum(c in _COMMON for c in han) * 8 >= len(han) and strange * 50 <= len(han)
