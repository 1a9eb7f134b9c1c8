"""The index of words, one a language, made by Pagefind from the pages as they stand.

Pagefind reads ``<html lang>``, so the languages never mix. Its files are plain and static; a
reader's browser fetches a few of them with the first search.

It is asked page by page, in order: left alone with the folder it numbers pages in the order in
which the file system happens to list them, and no two machines would make the same index. Its own
client for Python waits a tenth of a second for each answer; what passes between the two is a
message of JSON in base64 for each request and each answer, with a comma behind it.
"""

import base64
import json
import subprocess
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from pagefind_bin_extended import get_executable

from explainer.site.writer import add_file

FOLDER = "pagefind"
_BODY = b"data-pagefind-body"
"""What a page has that is to be found."""
_UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*")
_LEFT_OUT = (".permalink", ".copy", ".take", "[data-scripted]", "[hidden]", "svg")
_ENTRY = "pagefind-entry.json"
_END = b","


class SearchIndexError(RuntimeError):
    """Pagefind refused the site; the message holds what it said."""


def write_search_index(site: Path) -> int:
    """Index the built site into its own folder; returns how many files that took."""
    count = 0
    for name, content in _files(site):
        if any(fnmatch(name, pattern) for pattern in _UNUSED):
            continue
        add_file(site / FOLDER / name, _sorted(content) if name == _ENTRY else content)
        count += 1
    return count


def _sorted(content: bytes) -> bytes:
    """The list of languages, which comes in random order."""
    return json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True).encode("utf-8")


def _files(site: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the index, by name. Raises :class:`SearchIndexError`."""
    try:
        with subprocess.Popen(
            [get_executable(), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as service:
            for number, request in enumerate(_requests(site), start=1):
                answer = _answer(service, {"message_id": number, "payload": request})
    except BrokenPipeError:  # also of what was not sent yet when all is closed
        raise SearchIndexError("it ended early") from None
    for file in answer["files"]:
        yield file["path"], base64.b64decode(file["content"])


def _requests(site: Path) -> Iterator[Mapping[str, object]]:
    yield {"type": "NewIndex", "config": {"exclude_selectors": _LEFT_OUT}}
    for path in sorted(site.rglob("*.html")):
        page = path.read_bytes()
        if _BODY in page:
            yield {
                "type": "AddFile",
                "index_id": 0,
                "file_path": path.relative_to(site).as_posix(),
                "file_contents": page.decode("utf-8"),
            }
    yield {"type": "GetFiles", "index_id": 0}


def _answer(service: subprocess.Popen[bytes], message: Mapping[str, object]) -> dict[str, Any]:
    told, heard = service.stdin, service.stdout
    if told is None or heard is None:
        raise SearchIndexError("there is no way to talk to it")
    told.write(base64.b64encode(json.dumps(message).encode("utf-8")) + _END)
    told.flush()
    parts: list[bytes] = []
    while not (parts and parts[-1].endswith(_END)):
        parts.append(heard.read1(1 << 20))  # type: ignore[attr-defined]
        if not parts[-1]:
            raise SearchIndexError("it ended without an answer")
    payload: dict[str, Any] = json.loads(base64.b64decode(b"".join(parts)))["payload"]
    if payload["type"] == "Error":
        raise SearchIndexError(str(payload["message"]))
    return payload
