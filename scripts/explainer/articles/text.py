"""Text in its one canonical form, and blocks numbered as they come."""

import re
import unicodedata
from collections.abc import Iterable

from explainer.articles.model import Block, BlockKind

_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


def fold(text: str) -> str:
    """NFC, every run of white space one plain space, none at the ends."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


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
