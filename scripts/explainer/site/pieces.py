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
    """A document cut at its marks, in UTF-8 already: thousands of pages are made of it."""

    parts: tuple[tuple[str, bytes], ...]

    def filled(self, own: Mapping[str, bytes]) -> bytes:
        """The document with ``own`` texts, by mark, in the places of the marks."""
        return b"".join([own.get(mark, text) for mark, text in self.parts])


def cut(document: str) -> Pieces:
    """The pieces of a document that was rendered with marks."""
    return Pieces(tuple((part, part.encode("utf-8")) for part in _MARKS.split(document)))
