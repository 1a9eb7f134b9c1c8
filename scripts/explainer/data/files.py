"""The files of the data folder: plain files inside it, each with a name that is read.

A link may lead out of the folder, a pipe holds a build up for ever and a device never ends; a file
that nothing reads looks as if it were published. All are told before anything is opened.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from explainer.data.errors import Code, DataError
from explainer.data.strict_yaml import SIZE_LIMIT, hidden

_LIST_LIMIT = 10 * SIZE_LIMIT
"""Bytes of a list: it has a line for each id or text of all data files together."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\.yml")
_SORTS = (
    (stat.S_ISREG, ""),
    (stat.S_ISLNK, "a symbolic link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
)


def is_name(base: str) -> bool:
    """Whether a file of that name in a folder of the data is read."""
    return _NAME.fullmatch(base) is not None


def content(data: Path, name: str, limit: int = SIZE_LIMIT) -> bytes | DataError:
    """The bytes of one file below ``data``, or why it is not read; no more than ``limit`` are."""
    shown, path = f"{data.name}/{name}", data
    try:
        for part in name.split("/"):
            path /= part
            found = os.lstat(path)
            if stat.S_ISLNK(found.st_mode):
                break
        sort = next((said for fits, said in _SORTS if fits(found.st_mode)), "a device or socket")
        if sort:
            return DataError(shown, 0, 0, Code.NOT_A_FILE, "", sort, "a plain file")
        if found.st_size > limit:
            said = f"{found.st_size:,} bytes"
            return DataError(shown, 0, 0, Code.TOO_LARGE, "", said, f"at most {limit:,} bytes")
        return path.read_bytes()
    except OSError as error:
        said = error.strerror or type(error).__name__
        return DataError(shown, 0, 0, Code.NOT_FOUND, "", said, "a readable file")


def size(data: Path, name: str) -> int:
    """How many bytes a file below ``data`` has; none where it is no plain file."""
    try:
        found = os.lstat(data / name)
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def lines(data: Path, name: str) -> tuple[str, list[DataError]]:
    """The text of one list below ``data``, or an empty text with what forbids it."""
    shown, found = f"{data.name}/{name}", content(data, name, _LIST_LIMIT)
    if isinstance(found, DataError):
        return "", [found]
    try:
        text = found.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = found.count(b"\n", 0, error.start) + 1
        bad = found[error.start : error.end].hex(" ")
        return "", [DataError(shown, line, 1, Code.NOT_UTF8, "", bad, "UTF-8 text")]
    problems = [
        DataError(shown, *place, Code.BAD_CHARACTER, "", f"U+{ord(one):04X}", "printable text")
        for place, one in hidden(text)
    ]
    return ("" if problems else text), problems


def unknown_files(
    data: Path, known: Collection[str], folders: Collection[str]
) -> Iterator[DataError]:
    """Files that look like data and that nothing reads; an editor's own hidden ones are its own.

    ``known`` are the names that are read, ``folders`` those whose files may have any plain name.
    """
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if path.suffix.casefold() not in (".yml", ".yaml", ".lock") or path.name.startswith("."):
            continue
        folder, _, base = name.rpartition("/")
        if name in known or (folder in folders and is_name(base)):
            continue
        expected = f"one of {', '.join(sorted(known))}"
        if folder in folders:
            expected = "small letters, digits and hyphens, and .yml"
        shown = f"{data.name}/{name}"
        yield DataError(shown, 0, 0, Code.UNREAD_FILE, "", path.name, expected)
