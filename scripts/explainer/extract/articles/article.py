"""An article as the program sees it: titled blocks of plain text, and what it says of itself."""

from dataclasses import dataclass
from enum import StrEnum


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
    language: str | None = None
    byline: str | None = None
    credit: str | None = None
    published: str | None = None
    encoding: str = "utf-8"
