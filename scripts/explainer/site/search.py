"""The search index, one a language, made by Pagefind from the finished pages.

Pagefind reads ``<html lang>``, so the languages never mix. Its files are plain and static; a
reader's browser fetches a few of them with the first search.
"""

import json
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

from pagefind_bin_extended import get_executable

FOLDER = "pagefind"
_UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*")
_EXCLUDED = ".permalink, .copy, .take, [data-scripted], [hidden], svg"
_ENTRY = "pagefind-entry.json"


class SearchIndexError(RuntimeError):
    """Pagefind refused the site; the message holds its output."""


def write_search_index(site: Path) -> None:
    """Index the pages with ``data-pagefind-body`` into the site's own folder."""
    command = [str(get_executable()), "--site", str(site), "--exclude-selectors", _EXCLUDED]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SearchIndexError((done.stderr or done.stdout).strip())
    for path in (site / FOLDER).iterdir():
        if any(fnmatch(path.name, pattern) for pattern in _UNUSED):
            path.unlink() if path.is_file() else shutil.rmtree(path)
    entry = site / FOLDER / _ENTRY  # its keys come in random order
    sorted_entry = json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True)
    entry.write_text(sorted_entry, "utf-8")
