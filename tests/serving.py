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
    """Serves a folder below ``prefix``; what is missing gets the 404 page of its language."""

    prefix = PREFIX
    is_compressed = False

    def __init__(self, folder: Path, *args: Any) -> None:
        self.folder = folder
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(self.path.partition("?")[0])
        name = path.removeprefix(self.prefix)
        file = self.folder / (f"{name}index.html" if name.endswith("/") or not name else name)
        is_found = path.startswith(self.prefix) and file.is_file()
        if not is_found:
            file = self.folder / ("zh/404.html" if name.startswith("zh/") else "404.html")
        body = file.read_bytes() if file.is_file() else b""
        sent = {"Content-Type": content_type(file.name)} | self.headers_of(name)
        if self.is_compressed:
            body, sent["Content-Encoding"] = gzip.compress(body, 9, mtime=0), "gzip"
        self.send_response(200 if is_found else 404)
        for field, value in (sent | {"Content-Length": str(len(body))}).items():
            self.send_header(field, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the reader has left
            self.wfile.write(body)

    def headers_of(self, name: str) -> dict[str, str]:
        """The headers that a host sends with a file."""
        rules = (self.folder / "_headers").read_text("utf-8")
        return sent_by_rules(rules, f"{PREFIX}{name}")

    def log_message(self, *_: object) -> None:
        return


class RootHandler(SiteHandler):
    """Serves a folder at the root, without the security policy's headers."""

    prefix = "/"

    def headers_of(self, name: str) -> dict[str, str]:
        return {}


class CompressedHandler(SiteHandler):
    """Serves a folder at the root, compressed by gzip."""

    prefix = "/"
    is_compressed = True


@contextlib.contextmanager
def serve(site: Path, handler: type[SiteHandler] = SiteHandler, port: int = 0) -> Iterator[str]:
    """Serve a folder on a port, or on any free one; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{handler.prefix}"
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
