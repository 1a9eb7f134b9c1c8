"""A server for one writer on one machine: it answers, and tells open pages when to load again."""

import hashlib
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from explainer.preview.live import Answer, Preview, Stamp

SCRIPT = "@reload.js"
CHANGES = "@changes"
WAIT = 25.0
"""Seconds that a page waits for a change before it asks again."""
_RELOAD = f"""\
const here = new URL(document.currentScript.src)
async function wait() {{
  try {{
    const answer = await fetch(new URL("{CHANGES}" + here.search, here))
    if (answer.status === 205) return location.reload()
  }} catch {{ await new Promise((done) => setTimeout(done, 1000)) }}
  wait()
}}
wait()
"""


def _word(stamp: Stamp) -> str:
    """A stamp in one word of ASCII, the same in every process."""
    return hashlib.sha256(repr(stamp).encode("utf-8")).hexdigest()


class _Server(ThreadingHTTPServer):
    """Makes one answer at a time, so that none is made from halves of two states."""

    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        super().__init__((host, port), _Handler)
        self.preview = preview
        self.base = urlsplit(preview.address).path
        self._one = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell what went wrong, unless the reader has left the page that was waiting."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def answer(self, path: str, seen: str) -> Answer:
        """What the preview has at ``path``; pages also hear of changes.

        ``seen`` is the word for the inputs that a page was made of, when it asks for changes.
        """
        if path == SCRIPT:
            return Answer(200, "text/javascript; charset=utf-8", _RELOAD.encode("utf-8"))
        if path == CHANGES:
            return Answer(205 if self._changes(seen) else 204, "text/plain", b"")
        with self._one:
            found = self.preview.answer(path)
            made_of = self.preview.made_of
        if not found.type.startswith("text/html"):
            return found
        script = f'<script src="{self.base}{SCRIPT}?{_word(made_of)}"></script></body>'.encode()
        return Answer(found.status, found.type, found.body.replace(b"</body>", script))

    def _changes(self, seen: str) -> bool:
        """Whether anything is not as it was ``seen``, now or within the next seconds."""
        end = time.monotonic() + WAIT
        while self._now() == seen:
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def _now(self) -> str:
        try:
            return _word(self.preview.stamp())
        except FileNotFoundError:  # an editor is putting a new file in the place of an old one
            return "between"


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer a browser."""
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        if not path.startswith(self.server.base):
            self.send_response(302)
            self.send_header("Location", self.server.base)
            self.end_headers()
            return
        found = self.server.answer(path.removeprefix(self.server.base), asked.query)
        self.send_response(found.status)
        self.send_header("Content-Type", found.type)
        self.send_header("Content-Length", str(len(found.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(found.body)

    def log_message(self, *_: object) -> None:
        """Say nothing of every request."""


def serve(preview: Preview, host: str, port: int) -> None:
    """Serve until somebody stops it. Raises ``OSError`` where the address is taken."""
    with _Server(host, port, preview) as server:
        print(f"Serving on http://{host}:{server.server_address[1]}{server.base}", flush=True)
        server.serve_forever()
