"""From saving a file to the new page being served, with the live server running.

Two edits, each several times: a word more in one figure's text, and a mark in the template of all
figure pages. The clock starts when the file is saved and stops with the first answer that shows
the edit; between two looks lies a hundredth of a second.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Failed, environment, python

BLINK = 0.01
SERVE = ("-m", "explainer", "serve", "--port")
"""What ``make serve`` runs, but for the port."""

_ID = re.compile(r'^  - id: "(?P<id>[^"]+)"', re.MULTILINE)
_SUMMARY = re.compile(r'(?<=^    summary:\n      en: ")', re.MULTILINE)
_ARTICLE = re.compile(r'(?<=<article class="figure-page")')


@dataclass(frozen=True, slots=True)
class Edit:
    """A file, the place in it where a mark is put, and how the mark is written there."""

    name: str
    path: Path
    place: re.Pattern[str]
    mark: str


def edits(checkout: Path) -> tuple[Edit, Edit]:
    """The two edits for a checkout; ``{}`` in a mark stands for a word that is new each time."""
    figures = sorted((checkout / "data" / "figures").glob("*.yml"))[0]
    template = checkout / "scripts" / "templates" / "figure.md.j2"
    return (
        Edit("figure", figures, _SUMMARY, "{} "),
        Edit("template", template, _ARTICLE, ' data-mark="{}"'),
    )


def first_figure(checkout: Path) -> str:
    """The id of the figure that the first edit changes."""
    text = edits(checkout)[0].path.read_text("utf-8")
    found = _ID.search(text)
    if found is None:
        raise ValueError("no figure in the first file of figures")
    return found["id"]


def measure(checkout: Path, times: int, limit: float) -> dict[str, list[float]]:
    """Seconds from saving to served, for each edit ``times`` times. Raises :class:`Failed`."""
    with _served(checkout, limit) as root:
        page = f"{root}figures/{first_figure(checkout)}/"
        return {
            edit.name: [_seconds(edit, page, number, limit) for number in range(times)]
            for edit in edits(checkout)
        }


def _seconds(edit: Edit, page: str, number: int, limit: float) -> float:
    word = f"Edited{'abcdefghij'[number]}"
    before = edit.path.read_text("utf-8")
    after = edit.place.sub(edit.mark.format(word), before, count=1)
    try:
        edit.path.write_text(after, "utf-8")
        took = _until(page, word, limit)
    finally:
        edit.path.write_text(before, "utf-8")
    # A server may build again for what its build has written; the next edit finds it at rest.
    time.sleep(_until(page, word, limit, gone=True))
    return took


def _until(page: str, word: str, limit: float, *, gone: bool = False) -> float:
    """Seconds until the page shows the word, or shows it no more."""
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        shown = _answer(page)  # a server may hold the answer back until it has built
        if shown is not None and (word.encode() in shown) != gone:
            return time.perf_counter() - start
        time.sleep(BLINK)
    raise Failed(f"an edit was not served within {limit:.0f} s")


def _answer(address: str) -> bytes | None:
    try:
        with urllib.request.urlopen(address, timeout=120) as response:
            return bytes(response.read())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


@contextlib.contextmanager
def _served(checkout: Path, limit: float) -> Iterator[str]:
    """The root address of a running live server; it ends with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = f"http://127.0.0.1:{port}/"
    with (checkout / "serve.log").open("wb") as said:
        server = subprocess.Popen(
            python(*SERVE, str(port)),
            cwd=checkout,
            env={**environment(checkout), "SITE_URL": root},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        start = time.perf_counter()
        while _answer(root) is None:
            if server.poll() is not None or time.perf_counter() - start > limit:
                raise Failed(f"no server: {_last(checkout / 'serve.log')}")
            time.sleep(BLINK)
        yield root
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _last(log: Path) -> str:
    return "".join(log.read_text("utf-8", errors="replace").strip().splitlines()[-1:])
