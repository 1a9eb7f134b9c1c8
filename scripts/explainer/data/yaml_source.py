"""Read the data folder: UTF-8 files of plain YAML mappings, lists and strings, nothing else.

YAML 1.1 rewrites facts (``no`` becomes false, ``1:30`` ninety, ``010`` eight) and keeps the last of
two equal keys. Here every value is a text in quotes, and whatever else a YAML reader might find is
refused with its line and column. So are links, pipes and devices, and files that look like data and
that nothing reads.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn, Self

import yaml

from explainer.data.errors import Code, DataError, DataErrors
from explainer.limits import DATA_BYTES, DATA_LEVELS, DATA_VALUES, FILE_ERRORS, LOCK_BYTES

IDS, PAIRS = "ids.lock", "pairs.lock"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\.yml")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Unicode general categories with no business in published text: control (but line feed), format
# (bidi controls, zero-width), surrogate, private use, unassigned, line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN_TEXT = re.compile(r"[\n\x20-\x7e\u4e00-\u9fff\u3001\u3002\uff0c\uff1a]*")


class Node:
    """A value of a data file that knows where it stands.

    ``parent`` is the mapping or list around it, ``key`` its key there, or its position; the whole
    file has no parent, and its path for a key.
    """

    __slots__ = tuple[str, ...]()
    parent: "Node | None"
    key: Any
    line: int
    column: int

    def put(self, parent: "Node | None", key: Any, mark: Any) -> Self:
        """Set where it stands; ``mark`` is YAML's, whose lines and columns count from 0."""
        self.parent, self.key = parent, key
        self.line, self.column = mark.line + 1, mark.column + 1
        return self

    def lineage(self) -> list["Node"]:
        """Return the values that it stands in, from the whole file down to itself."""
        return [*(() if self.parent is None else self.parent.lineage()), self]

    def at(self, *steps: str | int) -> Any:
        """Return the value below it that ``steps`` lead to, or the nearest around that."""
        here: Any = self
        for step in steps:
            places = here if isinstance(here, Keys) else range(len(here))
            if isinstance(here, Scalar) or step not in places:
                break
            here = here[step]
        return here

    @property
    def name(self) -> str:
        """Its key; of an item of a list the id, where it has one."""
        own = self.at("id") if isinstance(self, Keys) and isinstance(self.key, int) else None
        return str(own if isinstance(own, str) else self.key)

    def place(self) -> tuple[str, int, int, str]:
        """Return its file, line and column, and its path as a person names it.

        The key at the top is left out: ``jobs-created.claims.answer.voice``.
        """
        root, *inner = self.lineage()
        names = [one.name for one in inner]
        name = ".".join(names[1:] or names)
        return root.key, self.line, self.column, name

    def problem(
        self, code: Code, found: str, expected: str, known: Iterable[str] = ()
    ) -> DataError:
        """Return the fault ``code`` of this value."""
        path, line, column, name = self.place()
        return DataError(path, line, column, code, name, found, expected, known)


class Scalar(Node, str):
    """A text. A key of a mapping is one too."""

    __slots__ = ("column", "key", "line", "parent")


class Items(Node, list[Any]):
    """A list."""

    __slots__ = ("column", "key", "line", "parent")


class Keys(Node, dict[str, Any]):
    """A mapping."""

    __slots__ = ("column", "key", "line", "parent")


def read_file(folder: Path, name: str, faults: list[DataError], limit: int = 0) -> bytes:
    """Return the bytes of one file below ``folder``. Adds to ``faults`` why it is not read."""
    limit = limit or (LOCK_BYTES if name.endswith(".lock") else DATA_BYTES)
    path = folder / name
    try:
        found = os.lstat(path)
        is_behind_link = os.path.realpath(path) != f"{os.path.realpath(folder)}/{name}"
        if not stat.S_ISREG(found.st_mode) or is_behind_link:
            code, shown = Code.NOT_A_FILE, "a link, folder, pipe or device"
            expected = "a plain file"
        elif found.st_size > limit:
            code, shown = Code.TOO_LARGE, f"{found.st_size:,} bytes"
            expected = f"at most {limit:,} bytes"
        else:
            return path.read_bytes()
    except OSError as error:
        code, shown = Code.NOT_FOUND, error.strerror or type(error).__name__
        expected = "a readable file"
    faults.append(DataError(f"{folder.name}/{name}", 0, 0, code, "", shown, expected))
    return b""


def decode(data: bytes, path: str, faults: list[DataError]) -> str:
    """Return the text of a file with line feeds. Adds to ``faults`` whatever no reader can see."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        bad = data[error.start : error.end].hex(" ")
        faults.append(DataError(path, line, column, Code.NOT_UTF8, "", bad, "UTF-8 text"))
        return ""
    faults += (
        DataError(path, *place, Code.BAD_CHARACTER, "", f"U+{ord(one):04X}", "printable text")
        for place, one in islice(hidden(text), FILE_ERRORS)
    )
    return text


def read_text(folder: Path, name: str, faults: list[DataError], limit: int = 0) -> str:
    """Return the text of one file below ``folder``. Adds to ``faults`` what is wrong with it."""
    return decode(read_file(folder, name, faults, limit), f"{folder.name}/{name}", faults)


def read_lines(
    text: str, path: str, form: re.Pattern[str], example: str, faults: list[DataError]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield number and match of each line of a lock. Adds lines of another form to ``faults``."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(faults) >= FILE_ERRORS:
            return
        if match := form.fullmatch(line):
            yield number, match
        else:
            expected = f"a line such as «{example}»"
            faults.append(DataError(path, number, 1, Code.BAD_VALUE, "", line, expected))


def read_files(
    data: Path, singles: Iterable[str], folders: Iterable[str], faults: list[DataError]
) -> dict[str, bytes]:
    """Return every data file that can be read, by its path below ``data``.

    ``singles`` are the files that there have to be, ``folders`` those with at least one file each.
    Adds to ``faults`` what is wrong with the folder.
    """
    names, known = [*singles], (*singles, IDS, PAIRS)
    for folder in folders:
        found = [one.name for one in sorted((data / folder).glob("*.yml"))]
        names += (f"{folder}/{name}" for name in found if _NAME.fullmatch(name))
        if not found:
            place = (f"{data.name}/{folder}", 0, 0)
            faults.append(DataError(*place, Code.NOT_FOUND, "", "no .yml file", "at least one"))
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        looks_like_data = path.suffix.casefold() in (".yml", ".yaml", ".lock")
        # Hidden files are an editor's own.
        if looks_like_data and not path.name.startswith(".") and name not in (*names, *known):
            place, expected = (f"{data.name}/{name}", 0, 0), f"one of {', '.join(known)}"
            expected += f", or a-z0-9-.yml in {', '.join(folders)}"
            faults.append(DataError(*place, Code.UNREAD_FILE, "", path.name, expected, known))
    files = dict[str, bytes]()
    for name in names:
        before, content = len(faults), read_file(data, name, faults)
        files |= {name: content} if len(faults) == before else {}
    return files


def hidden(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield every character of ``text`` that readers cannot see, with its line and column."""
    for number, line in enumerate(text.split("\n"), 1):
        if _PLAIN_TEXT.fullmatch(line):
            continue
        for column, character in enumerate(line, 1):
            if unicodedata.category(character) in _FORBIDDEN:
                yield (number, column), character


@lru_cache(maxsize=256)
def parse(data: bytes, path: str) -> tuple[Node | None, tuple[DataError, ...]]:
    """Return the value of a file of strict YAML, or ``None``, and why it cannot be used.

    Faults of syntax end the reading at the first; duplicate keys, retyped values and bad
    characters are all returned.
    """
    found = list[DataError]()
    text = decode(data, path, found)
    root: Node | None = None
    try:
        root = None if found else _Reader(text, path, found).read()
    except DataErrors as refused:
        found += refused.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        problem = error.problem or "broken YAML"
        found.append(DataError(path, *place, Code.NOT_YAML, "", problem, "well-formed YAML"))
    return (None if found else root), tuple(found)


class _Reader:
    """Builds a tree of nodes from the parser's events; notes what YAML would change silently."""

    def __init__(self, text: str, path: str, faults: list[DataError]) -> None:
        self._path, self._faults, self._count = path, faults, 0
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        # Without escapes, a value is as printable and as composed as the text.
        self._has_escapes = "\\" in text or not unicodedata.is_normalized("NFC", text)
        self._doubtful = list[tuple[Node, Code, str]]()

    def read(self) -> Node | None:
        """Return the value of the text. Raises ``DataErrors`` and ``yaml.MarkedYAMLError``."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, None, self._path)
            elif isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse(event, Code.NOT_YAML, "another document", "one document")
        if root is None:
            self._refuse(event, Code.EMPTY, "", "a mapping")
        for node, code, expected in self._doubtful[:FILE_ERRORS]:
            self._faults.append(node.problem(code, str(node), expected))
        return root

    def _refuse(self, event: Any, code: Code, found: str, expected: str) -> NoReturn:
        place = (self._path, event.start_mark.line + 1, event.start_mark.column + 1)
        raise DataErrors([DataError(*place, code, "", found, expected)])

    def _node(self, event: Any, parent: Node | None, key: Any, depth: int = 0) -> Node:
        self._count += 1
        if self._count > DATA_VALUES:
            many = f"more than {DATA_VALUES:,} values"
            self._refuse(event, Code.TOO_LARGE, many, "several smaller files")
        if event.anchor or event.tag:
            self._refuse(event, Code.NOT_PLAIN, event.anchor or event.tag, "no anchors and no tags")
        if isinstance(event, yaml.ScalarEvent):
            text = Scalar(event.value).put(parent, key, event.start_mark)
            if self._has_escapes or not event.style:
                self._doubtful += ((text, *doubt) for doubt in self._doubts(text, event.style))
            return text
        if depth == DATA_LEVELS:
            self._refuse(event, Code.TOO_DEEP, "one more level", f"at most {DATA_LEVELS} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            items = Items().put(parent, key, event.start_mark)
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(event, items, len(items), depth + 1))
            return items
        keys = Keys().put(parent, key, event.start_mark)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = Scalar(event.value if isinstance(event, yaml.ScalarEvent) else "<<")
            name.put(keys, name, event.start_mark)
            if name == "<<" or event.anchor or event.tag:
                self._refuse(event, Code.NOT_PLAIN, name, "a plain key")
            if name in keys:
                self._doubtful.append((name, Code.DUPLICATE_KEY, "each key once"))
            keys[name] = self._node(next(self._events), keys, name, depth + 1)
        return keys

    def _doubts(self, text: str, style: str | None) -> Iterator[tuple[Code, str]]:
        """Yield what is wrong with a text that was written in one of YAML's styles."""
        if not style:
            yield Code.RETYPED, "quotes around it, so that it is a text for any reader of YAML"
        if self._has_escapes and not _PLAIN_TEXT.fullmatch(text):
            if not unicodedata.is_normalized("NFC", text):
                yield Code.NOT_NFC, "text in Unicode form NFC"
            if any(hidden(text)):
                yield Code.BAD_CHARACTER, "printable text"
