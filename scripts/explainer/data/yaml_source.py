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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import yaml

from explainer.data.errors import Code, DataError, DataErrors, Path
from explainer.limits import DATA_BYTES, DATA_LEVELS, DATA_VALUES, FILE_ERRORS, LOCK_BYTES

Node = str | list["Node"] | dict[str, "Node"]
Position = tuple[int, int]
"""A line and a column, counted from 1."""

IDS, PAIRS = "ids.lock", "pairs.lock"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\.yml")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_STRING = "tag:yaml.org,2002:str"
# Unicode general categories with no business in published text: control (but line feed), format
# (bidi controls, zero-width), surrogate, private use, unassigned, line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN_TEXT = re.compile(r"[\n\x20-\x7e\u4e00-\u9fff\u3001\u3002\uff0c\uff1a]*")
# What YAML 1.2 reads as a number where YAML 1.1 does not: "1e3", "0o17".
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")


@dataclass(frozen=True)
class Document:
    """A parsed file."""

    path: str
    text: str
    value: Node

    @cached_property
    def _places(self) -> dict[Path, tuple[Any, Any]]:
        """Where each value's key and the value start; the text is read again to find out."""
        reader = _Reader(self.text, has_places=True)
        reader.read()
        return reader.places

    def place(self, path: Path, *, at_key: bool = False) -> Position:
        """Return where the value at ``path`` stands, or the nearest value around it.

        With ``at_key``, the place of the last key instead.
        """
        while path not in self._places:
            path = path[:-1]
        key, value = self._places[path]
        return _position(key if at_key else value)

    def field(self, path: Path) -> str:
        """Return ``path`` as a person names it: list positions become the ids that stand there.

        ``("figures", 0, "claims", 1, "voice")`` reads ``jobs-created.claims.answer.voice``; the
        key at the top is left out.
        """
        parts: list[str] = []
        here: Any = self.value
        for step in path:
            try:
                here = here[step]
            except (LookupError, TypeError):
                here = ""
            name = here.get("id") if isinstance(step, int) and isinstance(here, dict) else None
            parts.append(name if isinstance(name, str) else str(step))
        return ".".join(parts[1:] or parts)


class Place(NamedTuple):
    """Where a value stands: its file, and its path there."""

    document: Document
    path: Path

    def problem(
        self,
        code: Code,
        found: str,
        expected: str,
        below: Path = (),
        known: Iterable[str] = (),
        *,
        at_key: bool = False,
    ) -> DataError:
        """Return the fault ``code`` of this value, of one ``below`` it, or of its key."""
        document, path = self.document, (*self.path, *below)
        position = document.place(path, at_key=at_key)
        name = document.field(path)
        return DataError(document.path, *position, code, name, found, expected, known)


def read_file(data: FilePath, name: str, limit: int = 0) -> bytes | DataError:
    """Return the bytes of one file below ``data``, or why it is not read."""
    limit = limit or (LOCK_BYTES if name.endswith(".lock") else DATA_BYTES)

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


def read_text(data: FilePath, name: str) -> str:
    """Return the text of one file below ``data``. Raises :class:`DataErrors`."""
    text, problems = read_or_faults(data, name)
    DataErrors.unless_empty(problems)
    return text


def read_files(
    data: FilePath, singles: Iterable[str], folders: Iterable[str]
) -> tuple[dict[str, bytes], list[DataError]]:
    """Return every data file, by its path below ``data``, and what is wrong with the folder.

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
            expected = f"one of {', '.join(known)}, or a-z0-9-.yml in {', '.join(folders)}"
            problems.append(DataError(*place, Code.UNREAD_FILE, "", path.name, expected, known))
    files: dict[str, bytes] = {}
    for name in names:
        content = read_file(data, name)
        if isinstance(content, DataError):
            problems.append(content)
        else:
            files[name] = content
    return files, problems


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
        for place, one in islice(hidden(text), FILE_ERRORS)
    ]


def read_or_faults(folder: FilePath, name: str, limit: int = 0) -> tuple[str, list[DataError]]:
    """Return the text of one file below ``folder``, and why it is not read."""
    content = read_file(folder, name, limit)
    if isinstance(content, DataError):
        return "", [content]
    return decode(content, f"{folder.name}/{name}")


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

    def __init__(self, code: Code, event: Any, found: str, expected: str) -> None:
        super().__init__(code)
        self.fault = (*_position(event.start_mark), code, "", found, expected)


def _position(mark: Any) -> Position:
    return mark.line + 1, mark.column + 1


def parse(data: bytes, path: str) -> tuple[Document | None, list[DataError]]:
    """Read ``data`` as strict YAML.

    Returns the document, or ``None`` with the faults that forbid it. Faults of syntax end the
    reading at the first; duplicate keys, retyped values and bad characters are all reported.
    """
    text, problems = decode(data, path)
    if problems:
        return None, problems
    reader = _Reader(text)
    try:
        document = Document(path, text, reader.read())
    except _Refused as refused:
        return None, [DataError(path, *refused.fault)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _position(mark) if mark else (0, 0)
        found = error.problem or "broken YAML"
        return None, [DataError(path, *place, Code.NOT_YAML, "", found, "well-formed YAML")]
    problems = [
        Place(document, at).problem(code, found, expected, at_key=code is Code.DUPLICATE_KEY)
        for at, code, found, expected in reader.faults[:FILE_ERRORS]
    ]
    return (None if problems else document), problems


class _Reader:
    """Builds plain values from the parser's events; notes what YAML would change silently."""

    def __init__(self, text: str, *, has_places: bool = False) -> None:
        self.places: dict[Path, tuple[Any, Any]] = {}
        self._has_places, self._count = has_places, 0
        self.faults: list[tuple[Path, Code, str, str]] = []
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        # Without escapes, a value is as printable and as composed as the text.
        self._has_escapes = "\\" in text or not unicodedata.is_normalized("NFC", text)

    def read(self) -> Node:
        """Return the value of the text. Raises ``_Refused`` and ``yaml.MarkedYAMLError``."""
        found = list[Node]()
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                found.append(self._value(event, ()))
            elif isinstance(event, yaml.DocumentStartEvent) and found:
                raise _Refused(Code.NOT_YAML, event, "another document", "one document")
        if not found:
            raise _Refused(Code.EMPTY, event, "", "a mapping")
        return found[0]

    def _value(self, event: Any, path: Path, key: Any = None) -> Node:
        if self._has_places:
            self.places[path] = key or event.start_mark, event.start_mark
        self._count += 1
        if self._count > DATA_VALUES:
            many = f"more than {DATA_VALUES:,} values"
            raise _Refused(Code.TOO_LARGE, event, many, "several smaller files")
        if event.anchor:
            raise _Refused(Code.NOT_PLAIN, event, event.anchor, "no anchors or aliases")
        if event.tag:
            raise _Refused(Code.NOT_PLAIN, event, event.tag, "no tags")
        if isinstance(event, yaml.ScalarEvent):
            self.faults += ((path, code, event.value, said) for code, said in self._faults(event))
            return str(event.value)
        if len(path) == DATA_LEVELS:
            raise _Refused(Code.TOO_DEEP, event, "one more level", f"at most {DATA_LEVELS} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            items = list[Node]()
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(event, (*path, len(items))))
            return items
        mapping = dict[str, Node]()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = event.value if isinstance(event, yaml.ScalarEvent) else "<<"
            if name == "<<" or event.anchor or event.tag:
                raise _Refused(Code.NOT_PLAIN, event, name, "a plain key")
            at = (*path, name)
            if name in mapping:
                self.faults.append((at, Code.DUPLICATE_KEY, name, "each key once"))
            mapping[name] = self._value(next(self._events), at, event.start_mark)
        return mapping

    def _faults(self, event: Any) -> Iterator[tuple[Code, str]]:
        value: str = event.value
        if not event.style:
            tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
            if tag != _STRING or _NUMBER.fullmatch(value):
                kind = "a number" if tag == _STRING else tag.rpartition(":")[2]
                yield Code.RETYPED, f"quotes around it (YAML reads it as {kind})"
        if self._has_escapes and not _PLAIN_TEXT.fullmatch(value):
            if not unicodedata.is_normalized("NFC", value):
                yield Code.NOT_NFC, "text in Unicode form NFC"
            if any(hidden(value)):
                yield Code.BAD_CHARACTER, "printable text"
