"""The files of the data folder: plain files inside it, each with a name that is read.

A link may lead out of the folder, a pipe holds a build up for ever and a device never ends; a file
that nothing reads looks as if it were published. All are refused before anything is opened.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from explainer.data.errors import Code, DataError, one_of
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


def read_documents(data: Path) -> tuple[dict[str, Document], list[DataError]]:
    """Return every data file that parses, by its path below ``data``, and all that is wrong."""
    problems = [*_unknown_files(data)]
    names = [*SINGLE]
    for folder in FOLDERS:
        found = [one.name for one in sorted((data / folder).glob("*.yml"))]
        names += (f"{folder}/{name}" for name in found if _NAME.fullmatch(name))
        if not found:
            where = (f"{data.name}/{folder}", 0, 0)
            problems.append(DataError(*where, Code.NOT_FOUND, "", "no .yml file", "at least one"))
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


def _unknown_files(data: Path) -> Iterator[DataError]:
    """Yield a fault for each file that looks like data and that nothing reads.

    Hidden files are an editor's own.
    """
    known = (*SINGLE, IDS, PAIRS)
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if path.suffix.casefold() not in (".yml", ".yaml", ".lock") or path.name.startswith("."):
            continue
        in_folder = path.parent.parent == data and path.parent.name in FOLDERS
        if name in known or (in_folder and _NAME.fullmatch(path.name)):
            continue
        expected = (
            "small letters, digits and hyphens, and .yml" if in_folder else one_of(known, name)
        )
        yield DataError(f"{data.name}/{name}", 0, 0, Code.UNREAD_FILE, "", path.name, expected)
