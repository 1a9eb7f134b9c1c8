"""The index of words, one a language, made by Pagefind from the pages as they stand.

Pagefind reads ``<html lang>``, so the languages never mix. Its files are plain and static; a
reader's browser fetches a few of them with the first search.
"""

import json
import subprocess
import sys
from pathlib import Path

from explainer.publishing.writer import write_file

FOLDER = "pagefind"
_UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*")
_LEFT_OUT = ", ".join((".permalink", ".copy", ".take", "[data-scripted]", "[hidden]", "svg"))


class NoIndex(RuntimeError):
    """Pagefind refused the site; the message holds what it said."""


def write_search_index(site: Path) -> int:
    """Index the built site into its own folder; returns how many files that took."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", FOLDER),
            *("--exclude-selectors", _LEFT_OUT, "--quiet"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoIndex((done.stdout + done.stderr).strip())
    made = site / FOLDER
    for pattern in _UNUSED:
        for path in made.glob(pattern):
            path.unlink()
    # Its list of languages comes in random order; sorted, two builds are the same.
    entry = made / "pagefind-entry.json"
    told = json.loads(entry.read_text("utf-8"))
    write_file(entry, json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return sum(1 for path in made.rglob("*") if path.is_file())
