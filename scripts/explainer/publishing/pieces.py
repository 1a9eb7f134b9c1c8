"""Documents that differ in a few texts only: rendered once with marks, then put together.

The marks cannot be anything else: a name longer than any id may be, and private characters, which
no text of the data may hold.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NAME: Final = "own-name-" + "x" * 64
TITLE, OTHER_TITLE, ABOUT, CONTENT = "\ue001", "\ue002", "\ue003", "\ue004"
LABEL, ISSUED, GRAPH = "\ue005", "\ue006", "\ue007"
_MARKS = re.compile(
    f"({'|'.join((NAME, TITLE, OTHER_TITLE, ABOUT, CONTENT, LABEL, ISSUED, GRAPH))})"
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document cut at its marks."""

    parts: tuple[str, ...]

    def filled(self, own: Mapping[str, str]) -> str:
        """The document with ``own`` texts, by mark, in the places of the marks."""
        return "".join([own.get(part, part) for part in self.parts])


def cut(document: str) -> Pieces:
    """The pieces of a document that was rendered with marks."""
    return Pieces(tuple(_MARKS.split(document)))
