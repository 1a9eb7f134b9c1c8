"""Which texts were checked against each other: ``pairs.lock`` held against data and prose.

One line a pair: the digest of the English, the digest of the Chinese it was checked against, and
the file that holds them, for readers of the lock only. A pair counts as checked where its two
digests stand on one line; so texts may move, and white space does not matter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from explainer.data.errors import Code, DataError
from explainer.data.model import Outdated, ReviewedPairs, Text, digest
from explainer.data.strict_yaml import Document, Path

NAME = "pairs.lock"
_LINE = re.compile(r"(?P<en>[0-9a-f]{12}) (?P<zh>[0-9a-f]{12}) \S+")
_SIDES = frozenset(("en", "zh"))


@dataclass(frozen=True, slots=True)
class TextLocation:
    """A pair as it stands in a file: its path, line and column, and what it is called there."""

    pair: Text
    path: str
    line: int
    column: int
    name: str


def read(text: str, path: str) -> tuple[ReviewedPairs, list[DataError]]:
    """The lock's content, and a problem for every line that is none of its own."""
    found: list[tuple[str, str]] = []
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _LINE.fullmatch(line):
            found.append((match["en"], match["zh"]))
        else:
            expected = "two digests of twelve digits and a file (run: explainer pairs --checked)"
            problems.append(DataError(path, number, 1, Code.BAD_VALUE, "", line, expected))
    english, chinese = frozenset(en for en, _ in found), frozenset(zh for _, zh in found)
    return ReviewedPairs(frozenset(found), english, chinese), problems


def of_documents(documents: Mapping[str, Document]) -> Iterator[Text]:
    """Every pair of the data files: each mapping that holds ``en`` and ``zh`` and nothing else.

    They come in no order that means anything: to know no places takes half the time.
    """
    left: list[object] = [document.value for document in documents.values()]
    while left:
        node = left.pop()
        if isinstance(node, dict):
            if pair := _pair(node):
                yield pair
            else:
                left.extend(node.values())
        elif isinstance(node, list):
            left.extend(node)


def stale(
    documents: Mapping[str, Document], checked: ReviewedPairs
) -> Iterator[tuple[Text, Outdated]]:
    """The pairs that nobody has checked as they stand."""
    for pair in of_documents(documents):
        found = checked.stale(pair)
        if found:
            yield pair, found


def in_documents(documents: Mapping[str, Document]) -> Iterator[TextLocation]:
    """Every pair with where it stands, in the order of the files."""
    for document in documents.values():
        places = document.places()
        for path, pair in _walk(document.value, ()):
            line, column = places.get(path, (0, 0))
            yield TextLocation(pair, document.path, line, column, ".".join(map(str, path)))


def _pair(node: Mapping[object, object]) -> Text | None:
    if node.keys() != _SIDES:
        return None
    english, chinese = node["en"], node["zh"]
    if isinstance(english, str) and isinstance(chinese, str):
        return Text(english, chinese)
    return None


def _walk(node: object, path: Path) -> Iterator[tuple[Path, Text]]:
    if isinstance(node, dict):
        if pair := _pair(node):
            yield path, pair
            return
        for key, value in node.items():
            yield from _walk(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _walk(value, (*path, index))


_EXPECTED = {
    Outdated.ENGLISH: "English checked again: the Chinese beside it was edited",
    Outdated.CHINESE: "Chinese checked again: the English beside it was edited",
    Outdated.BOTH: "both languages checked against each other",
}


def problems(written: Iterable[TextLocation], checked: ReviewedPairs) -> Iterator[DataError]:
    """A problem for every pair that nobody has checked as it stands."""
    for one in written:
        stale = checked.stale(one.pair)
        if stale:
            said = one.pair["en" if stale is Outdated.ENGLISH else "zh"]
            yield DataError(
                one.path, one.line, one.column, Code.STALE_PAIR, one.name, said, _EXPECTED[stale]
            )


def by_place(line: str) -> tuple[str, str]:
    """What lines of the lock are sorted by: their file, then their digests."""
    return line[26:], line


def locked(written: Iterable[TextLocation], kept: ReviewedPairs | None = None) -> str:
    """The text of a lock that holds what ``written`` says.

    With ``kept``, pairs that it does not hold are left out: they stay unchecked.
    """
    lines = {
        f"{digest(one.pair.en)} {digest(one.pair.zh)} {one.path}"
        for one in written
        if kept is None or not kept.stale(one.pair)
    }
    return "".join(f"{line}\n" for line in sorted(lines, key=by_place))
