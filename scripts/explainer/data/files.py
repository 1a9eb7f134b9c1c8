"""The files of the data folder: plain files inside it, each with a name that is read.

A link may lead out of the folder, a pipe holds a build up for ever and a device never ends; a file
that nothing reads looks as if it were published. All are refused before anything is opened.
"""

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.schema import FOLDERS, SINGLE
from explainer.data.yaml_source import SIZE_LIMIT, Document, decode, parse

IDS, PAIRS = "ids.lock", "pairs.lock"

_LIST_LIMIT = 10 * SIZE_LIMIT
"""Bytes of a list: it has a line for each id or text of all data files together."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,99}\.yml")


def read_file(data: Path, name: str, limit: int = SIZE_LIMIT) -> bytes | DataError:
    """Return the bytes of one file below ``data``, or why it is not read."""

    def refused(code: Code, found: str, expected: str) -> DataError:
        return DataError(f"{data.name}/{name}", 0, 0, code, "", found, expected)

    path = data
    try:
        for part in name.split("/"):
            path /= part
            found = os.lstat(path)
            if stat.S_ISLNK(found.st_mode):
                return refused(Code.NOT_A_FILE, "a symbolic link", "a plain file")
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe, device or socket"
            return refused(Code.NOT_A_FILE, kind, "a plain file")
        if found.st_size > limit:
            return refused(Code.TOO_LARGE, f"{found.st_size:,} bytes", f"at most {limit:,} bytes")
        return path.read_bytes()
    except OSError as error:
        return refused(Code.NOT_FOUND, error.strerror or type(error).__name__, "a readable file")


def read_list(data: Path, name: str) -> tuple[str, list[DataError]]:
    """Return the text of one list (``ids.lock``, ``pairs.lock``), or the faults that forbid it."""
    found = read_file(data, name, _LIST_LIMIT)
    if isinstance(found, DataError):
        return "", [found]
    return decode(found, f"{data.name}/{name}")


def read_documents(data: Path) -> dict[str, Document]:
    """Return every data file, parsed, by its path below ``data``. Raises :class:`DataErrors`."""
    problems = [*_unknown_files(data, {*SINGLE, IDS, PAIRS})]
    names = [*SINGLE]
    for folder in FOLDERS:
        found = _names_in(data, folder)
        names += found
        if not found:
            shown = f"{data.name}/{folder}"
            problems.append(
                DataError(shown, 0, 0, Code.NOT_FOUND, "", "no .yml file", "at least one")
            )
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
    DataErrors.unless_empty(problems)
    return documents


def _names_in(data: Path, folder: str) -> list[str]:
    """Return the files of one folder of the data, as paths below ``data``, in order."""
    found = sorted(one.name for one in (data / folder).glob("*.yml"))
    return [f"{folder}/{name}" for name in found if _NAME.fullmatch(name)]


def _unknown_files(data: Path, known: Collection[str]) -> Iterator[DataError]:
    """Yield a fault for each file that looks like data and that nothing reads.

    Hidden files are an editor's own.
    """
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if path.suffix.casefold() not in (".yml", ".yaml", ".lock") or path.name.startswith("."):
            continue
        folder, _, base = name.rpartition("/")
        if name in known or (folder in FOLDERS and _NAME.fullmatch(base)):
            continue
        expected = f"one of {', '.join(sorted(known))}"
        if folder in FOLDERS:
            expected = "small letters, digits and hyphens, and .yml"
        yield DataError(f"{data.name}/{name}", 0, 0, Code.UNREAD_FILE, "", path.name, expected)
