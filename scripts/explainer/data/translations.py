"""``data/pairs.lock``: which texts were reviewed against each other, in data and prose.

One line a pair: the digest of the English, the digest of the Chinese it was reviewed against, and
the file that holds them, for readers of the lock only. A pair counts as reviewed where its two
digests stand on one line; so texts may move, and white space does not matter.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path as FilePath

from explainer.data import files
from explainer.data.errors import Code, DataError, DataErrors, Path
from explainer.data.models.fields import LANGUAGES, Text
from explainer.data.yaml_source import Node

_LINE = re.compile(r"(?P<en>[0-9a-f]{12}) (?P<zh>[0-9a-f]{12}) \S+")


@dataclass(frozen=True, slots=True)
class TextLocation:
    """A text as it stands in a file: its path, line and column, and what it is called there."""

    pair: Text
    path: str
    line: int
    column: int
    name: str


class Outdated(StrEnum):
    """Which side has fallen behind: the one that was not edited, or both where neither is known."""

    ENGLISH = "en"
    CHINESE = "zh"
    BOTH = "both"


_EXPECTED = {
    Outdated.ENGLISH: "English checked again: the Chinese beside it was edited",
    Outdated.CHINESE: "Chinese checked again: the English beside it was edited",
    Outdated.BOTH: "both languages checked against each other",
}


def digest(text: str) -> str:
    """Return twelve hexadecimal digits for a text in NFC without its white space."""
    bare = "".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(bare.encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class ReviewedPairs:
    """The pairs of digests that somebody has reviewed against each other."""

    pairs: frozenset[tuple[str, str]]

    @classmethod
    def read(cls, data: FilePath) -> "ReviewedPairs":
        """Return what the data folder's lock holds. Raises :class:`DataErrors`."""
        text, problems = files.read_list(data, files.PAIRS)
        reviewed, wrong = cls.parse(text, f"{data.name}/{files.PAIRS}")
        DataErrors.unless_empty(problems or wrong)
        return reviewed

    @classmethod
    def parse(cls, text: str, path: str) -> tuple["ReviewedPairs", list[DataError]]:
        """Return a lock's content, and a fault for every line that is none of its own."""
        found: list[tuple[str, str]] = []
        problems = []
        for number, line in enumerate(text.splitlines(), start=1):
            if match := _LINE.fullmatch(line):
                found.append((match["en"], match["zh"]))
            else:
                expected = "two digests of twelve digits and a file"
                problems.append(DataError(path, number, 1, Code.BAD_VALUE, "", line, expected))
        return cls(frozenset(found)), problems

    def outdated(self, pair: Text) -> Outdated | None:
        """Return which side of a text is outdated; ``None`` where it was reviewed as it stands."""
        english, chinese = digest(pair.en), digest(pair.zh)
        if (english, chinese) in self.pairs:
            return None
        knows_english = any(one == english for one, _ in self.pairs)
        knows_chinese = any(one == chinese for _, one in self.pairs)
        if knows_english == knows_chinese:
            return Outdated.BOTH
        return Outdated.ENGLISH if knows_english else Outdated.CHINESE


def written_texts(data: FilePath) -> tuple[TextLocation, ...]:
    """Return every text of the data files, with its place. Raises :class:`DataErrors`.

    A text is each mapping that holds ``en`` and ``zh`` and nothing else.
    """
    return tuple(
        TextLocation(text, document.path, *document.place(path), document.field(path))
        for document in files.read_documents(data).values()
        for path, text in _texts(document.value, ())
    )


def _texts(node: Node, path: Path) -> Iterator[tuple[Path, Text]]:
    match node:
        case {"en": str(english), "zh": str(chinese)} if len(node) == len(LANGUAGES):
            yield path, Text(english, chinese)
        case dict():
            for key, value in node.items():
                yield from _texts(value, (*path, key))
        case list():
            for index, value in enumerate(node):
                yield from _texts(value, (*path, index))


def outdated_texts(written: Iterable[TextLocation], reviewed: ReviewedPairs) -> Iterator[DataError]:
    """Yield a fault for every text that nobody has reviewed as it stands."""
    for one in written:
        if outdated := reviewed.outdated(one.pair):
            found = one.pair["en" if outdated is Outdated.ENGLISH else "zh"]
            place = (one.path, one.line, one.column)
            yield DataError(*place, Code.STALE_PAIR, one.name, found, _EXPECTED[outdated])


def lock_text(
    written: Iterable[TextLocation], reviewed: ReviewedPairs, chosen: Iterable[TextLocation]
) -> str:
    """Return a lock of what is ``written`` and ``reviewed`` already, and of what is ``chosen``."""
    kept = (one for one in written if not reviewed.outdated(one.pair))
    lines = {
        (one.path, f"{digest(one.pair.en)} {digest(one.pair.zh)} {one.path}\n")
        for one in (*kept, *chosen)
    }
    return "".join(line for _, line in sorted(lines))
