"""Read the data folder: UTF-8 files of plain YAML mappings, lists and strings, nothing else.

YAML 1.1 rewrites facts (``no`` becomes false, ``1:30`` ninety, ``010`` eight) and keeps the last of
two equal keys. Here every value is a string, and whatever a YAML reader would silently turn into
something else is refused with its line and column. So are links, pipes and devices, and files that
look like data and that nothing reads.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import yaml

from explainer.data.errors import Code, DataError, Path, one_of

Node = str | list["Node"] | dict[str, "Node"]
Position = tuple[int, int]
"""A line and a column, counted from 1."""

SIZE_LIMIT = 5_000_000
DEPTH_LIMIT = 20
IDS, PAIRS = "ids.lock", "pairs.lock"

_LIST_LIMIT = 10 * SIZE_LIMIT
"""Bytes of a list: it has a line for each id or text of all data files together."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\.yml")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"
# Unicode general categories with no business in published text: control (but line feed), format
# (bidi controls, zero-width), surrogate, private use, unassigned, line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN_TEXT = re.compile(r"[\n\x20-\x7e\u4e00-\u9fff\u3001\u3002\uff0c\uff1a]*")
# What YAML 1.2 reads as a number where YAML 1.1 does not: "1e3", "0o17".
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")


@dataclass(frozen=True)
class Document:
    """A parsed file. ``values`` and ``keys`` say where each value starts, and its key, by path."""

    path: str
    value: Node
    values: Mapping[Path, Position]
    keys: Mapping[Path, Position]

    def place(self, path: Path, *, at_key: bool = False) -> Position:
        """Return where the value at ``path`` stands, or the nearest value around it.

        With ``at_key``, the place of the last key instead.
        """
        while path not in self.values:
            path = path[:-1]
        return self.keys.get(path, self.values[path]) if at_key else self.values[path]

    def field(self, path: Path) -> str:
        """Return ``path`` as a person names it: list positions become the ids that stand there.

        ``("figures", 0, "claims", 1, "voice")`` reads ``jobs-created.claims.answer.voice``; where
        the whole file stands under one key, that key is left out.
        """
        parts: list[str] = []
        here: Any = self.value
        for number, step in enumerate(path):
            is_only_key = (
                number == 0 and len(path) > 1 and isinstance(here, dict) and len(here) == 1
            )
            try:
                here = here[step]
            except (LookupError, TypeError):
                here = ""
            name = here.get("id") if isinstance(step, int) and isinstance(here, dict) else None
            if not is_only_key:
                parts.append(name if isinstance(name, str) else str(step))
        return ".".join(parts)

    def problem(
        self, path: Path, code: Code, found: str, expected: str, *, at_key: bool = False
    ) -> DataError:
        """Return the fault ``code`` at ``path``, with its line, column and field name."""
        place = self.place(path, at_key=at_key)
        return DataError(self.path, *place, code, self.field(path), found, expected)


def read_file(data: FilePath, name: str, limit: int = SIZE_LIMIT) -> bytes | DataError:
    """Return the bytes of one file below ``data``, or why it is not read."""

    def refused(code: Code, found: str, expected: str) -> DataError:
        return DataError(f"{data.name}/{name}", 0, 0, code, "", found, expected)

    try:
        found = os.lstat(data / name)
        is_behind_link = os.path.realpath(data / name) != f"{os.path.realpath(data)}/{name}"
        if not stat.S_ISREG(found.st_mode) or is_behind_link:
            return refused(Code.NOT_A_FILE, "a link, folder, pipe or device", "a plain file")
        if found.st_size > limit:
            return refused(Code.TOO_LARGE, f"{found.st_size:,} bytes", f"at most {limit:,} bytes")
        return (data / name).read_bytes()
    except OSError as error:
        return refused(Code.NOT_FOUND, error.strerror or type(error).__name__, "a readable file")


def read_list(data: FilePath, name: str) -> tuple[str, list[DataError]]:
    """Return the text of one list (``ids.lock``, ``pairs.lock``), or the faults that forbid it."""
    found = read_file(data, name, _LIST_LIMIT)
    if isinstance(found, DataError):
        return "", [found]
    return decode(found, f"{data.name}/{name}")


def read_documents(
    data: FilePath, singles: Iterable[str], folders: Iterable[str]
) -> tuple[dict[str, Document], list[DataError]]:
    """Return every data file that parses, by its path below ``data``, and all that is wrong.

    ``singles`` are the files that there have to be, ``folders`` those with at least one file each.
    """
    names, problems = [*singles], list[DataError]()
    known = (*names, IDS, PAIRS)
    for folder in folders:
        found = [one.name for one in sorted((data / folder).glob("*.yml"))]
        names += (f"{folder}/{name}" for name in found if _NAME.fullmatch(name))
        if not found:
            where = (f"{data.name}/{folder}", 0, 0)
            problems.append(DataError(*where, Code.NOT_FOUND, "", "no .yml file", "at least one"))
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        looks_like_data = path.suffix.casefold() in (".yml", ".yaml", ".lock")
        # Hidden files are an editor's own.
        if looks_like_data and not path.name.startswith(".") and name not in (*names, *known):
            place = (f"{data.name}/{name}", 0, 0)
            expected = f"{one_of(known, name)}, or a name in a-z0-9-.yml in {', '.join(folders)}"
            problems.append(DataError(*place, Code.UNREAD_FILE, "", path.name, expected))
    documents: dict[str, Document] = {}
    for name in names:
        content = read_file(data, name)
        if isinstance(content, DataError):
            problems.append(content)
            continue
        document, faults = parse(content, f"{data.name}/{name}")
        problems += faults
        if document is not None:
            documents[name] = document
    return documents, problems


def decode(data: bytes, path: str) -> tuple[str, list[DataError]]:
    """Return the text of a file with line feeds, and a fault for whatever no reader can see."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        bad = data[error.start : error.end].hex(" ")
        return "", [DataError(path, line, column, Code.NOT_UTF8, "", bad, "UTF-8 text")]
    return text, [
        DataError(path, *place, Code.BAD_CHARACTER, "", f"U+{ord(one):04X}", "printable text")
        for place, one in hidden(text)
    ]


def hidden(text: str) -> Iterator[tuple[Position, str]]:
    """Yield every character of ``text`` that readers cannot see, with its line and column."""
    for number, line in enumerate(text.split("\n"), 1):
        if _PLAIN_TEXT.fullmatch(line):
            continue
        for column, character in enumerate(line, 1):
            if unicodedata.category(character) in _FORBIDDEN:
                yield (number, column), character


class _Refused(Exception):
    """A fault that ends the reading."""

    def __init__(self, code: Code, position: Position, found: str, expected: str) -> None:
        super().__init__(code)
        self.fault = (*position, code, "", found, expected)


def parse(data: bytes, path: str) -> tuple[Document | None, list[DataError]]:
    """Read ``data`` as strict YAML.

    Returns the document, or ``None`` with the faults that forbid it. Faults of syntax end the
    reading at the first; duplicate keys, retyped values and bad characters are all reported.
    """
    text, problems = decode(data, path)
    if problems:
        return None, problems
    try:
        _refuse_traps(text)
        root = yaml.compose(text, Loader=_LOADER)
        if root is None:
            raise _Refused(Code.EMPTY, (1, 1), "", "a mapping")
        reader = _Reader()
        document = Document(path, reader.read(root, ()), reader.values, reader.keys)
    except _Refused as refused:
        return None, [DataError(path, *refused.fault)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        found = error.problem or "broken YAML"
        return None, [DataError(path, *place, Code.NOT_YAML, "", found, "well-formed YAML")]
    problems = [
        DataError(path, *position, code, document.field(at), found, expected)
        for position, code, at, found, expected in reader.faults
    ]
    return (None if problems else document), problems


def _position(node: Any) -> Position:
    """Return where a node or event starts."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def _refuse_traps(text: str) -> None:
    """Raise for what may not even be composed: anchors, tags, lists as keys, bottomless nesting."""
    deep, depth = f"at most {DEPTH_LIMIT} levels", 0
    event: Any
    for event in yaml.parse(text, Loader=_LOADER):
        if getattr(event, "anchor", None):
            found = str(event.anchor)
            raise _Refused(Code.NOT_PLAIN, _position(event), found, "no anchors or aliases")
        if getattr(event, "tag", None):
            raise _Refused(Code.NOT_PLAIN, _position(event), event.tag, "no tags")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_LIMIT:
            raise _Refused(Code.TOO_DEEP, _position(event), "one more level", deep)


class _Reader:
    """Turns nodes into plain values; notes where each stands, and what YAML changes silently."""

    def __init__(self) -> None:
        self.values: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.faults: list[tuple[Position, Code, Path, str, str]] = []

    def read(self, node: yaml.Node, path: Path) -> Node:
        """Return the plain value of a node."""
        self.values[path] = position = _position(node)
        if isinstance(node, yaml.ScalarNode):
            for code, expected in _text_faults(node):
                self.faults.append((position, code, path, node.value, expected))
            return str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(one, (*path, number)) for number, one in enumerate(node.value)]
        result: dict[str, Node] = {}
        for key_node, below in node.value:
            key, at, where = key_node.value, (*path, str(key_node.value)), _position(key_node)
            if not isinstance(key, str) or key == "<<":
                raise _Refused(Code.NOT_PLAIN, where, str(key)[:20], "a plain key")
            if key in result:
                self.faults.append((where, Code.DUPLICATE_KEY, at, key, "each key once"))
            self.keys[at] = where
            result[key] = self.read(below, at)
        return result


def _text_faults(node: yaml.ScalarNode) -> Iterator[tuple[Code, str]]:
    value: str = node.value
    if node.tag != _STRING or (not node.style and _NUMBER.fullmatch(value)):
        kind = "a number" if node.tag == _STRING else node.tag.rpartition(":")[2]
        yield Code.RETYPED, f"quotes around it (YAML reads it as {kind})"
    if _PLAIN_TEXT.fullmatch(value):
        return
    if not unicodedata.is_normalized("NFC", value):
        yield Code.NOT_NFC, "text in Unicode form NFC"
    if any(hidden(value)):
        yield Code.BAD_CHARACTER, "printable text"
