"""A static host for a built site: threads, a free port, and the headers of a real host."""

import contextlib
import gzip
import mimetypes
import re
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

PREFIX = "/some/where/"
"""The path below which tests serve a site, as many hosts do."""


_TYPES = {
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".pagefind": "application/wasm",
}


def content_type(name: str) -> str:
    """The type that a host sends with a file; all text is UTF-8."""
    ending = name[name.rfind(".") :]
    kind = _TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    return f"{kind}; charset=utf-8" if is_text else kind


def sent_by_rules(text: str, path: str) -> dict[str, str]:
    """The headers that a ``_headers`` file gives for a path, by the rules of Cloudflare Pages."""
    sent: dict[str, str] = {}
    applies = False
    for line in text.splitlines():
        if not line.startswith(" "):
            pattern = re.sub(r":[a-z]+", "[^/]+", re.escape(line).replace(r"\*", ".*"))
            applies = re.fullmatch(pattern.replace(r"\:", ":"), path) is not None
        elif applies and line.startswith("  ! "):
            sent.pop(line.removeprefix("  ! "), None)
        elif applies:
            name, value = line.strip().split(": ", 1)
            assert name not in sent, f"{name} would be sent twice for {path}"
            sent[name] = value
    return sent


class SiteHandler(BaseHTTPRequestHandler):
    """Serves a folder below a prefix; what is missing gets the 404 page of its language."""

    def __init__(
        self, folder: Path, prefix: str, rules: str, is_compressed: bool, *args: Any
    ) -> None:
        self.folder, self.prefix, self.rules = folder, prefix, rules
        self.is_compressed = is_compressed
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0])
        name = path.removeprefix(self.prefix)
        file = self.folder / (f"{name}index.html" if name.endswith("/") or not name else name)
        is_found = path.startswith(self.prefix) and file.is_file()
        if not is_found:
            file = self.folder / ("zh/404.html" if name.startswith("zh/") else "404.html")
        body = file.read_bytes() if file.is_file() else b""
        sent = {"Content-Type": content_type(file.name)}
        sent |= sent_by_rules(self.rules, f"{PREFIX}{name}")
        if self.is_compressed:
            body, sent["Content-Encoding"] = gzip.compress(body, 9, mtime=0), "gzip"
        self.send_response(200 if is_found else 404)
        for field, value in (sent | {"Content-Length": str(len(body))}).items():
            self.send_header(field, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the reader has left
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextlib.contextmanager
def serve(
    site: Path,
    prefix: str = PREFIX,
    port: int = 0,
    *,
    rules: bool = True,
    is_compressed: bool = False,
) -> Iterator[str]:
    """Serve a folder on a port, or on any free one; gives the address.

    The headers are those of the site's own rules, or none.
    """
    text = (site / "_headers").read_text("utf-8") if rules else ""
    handler = partial(SiteHandler, site, prefix, text, is_compressed)
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
