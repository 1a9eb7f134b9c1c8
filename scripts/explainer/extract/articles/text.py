"""Text in its one canonical form, and blocks numbered as they come."""

import re
import unicodedata
from collections.abc import Iterable

from explainer.extract.articles.article import Block, BlockKind

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_BROKEN = re.compile(rf"(?<=[{_HAN}])\n[ \t]*(?=[{_HAN}])")


def fold(text: str) -> str:
    """NFC on one line: white space folded, none at the ends, invisible characters gone.

    A line end between Chinese characters leaves no gap. Hard and thin spaces stay: they may
    group the digits of a number.
    """
    visible = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    joined = _BROKEN.sub("", visible.replace("\r\n", "\n").strip())
    return _SPACE.sub(" ", joined).strip(" \u00a0\u3000")


def numbered(parts: Iterable[tuple[BlockKind, str]]) -> tuple[Block, ...]:
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
