"""A static host for a built site: threads, a free port, and the headers of a real host."""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from explainer.site import headers

PREFIX = "/some/where/"
"""The path below which tests serve a site, as many hosts do."""


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves a folder below ``prefix``; what is missing gets the 404 page of its language."""

    prefix = PREFIX

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        language = "zh/" if self.path.startswith(f"{self.prefix}zh/") else ""
        body = (Path(self.directory) / f"{language}404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return headers.content_type(Path(path).name)

    def end_headers(self) -> None:
        path = self.path.partition("?")[0].removeprefix(self.prefix)
        for name, value in headers.headers(path).items():
            self.send_header(name, value)
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with contextlib.suppress(ConnectionError):  # the reader has left
            super().copyfile(source, outputfile)

    def log_message(self, *_: object) -> None:
        return


class RootHandler(SiteHandler):
    """Serves a folder at the root, without the security policy's headers."""

    prefix = "/"

    def end_headers(self) -> None:
        SimpleHTTPRequestHandler.end_headers(self)


@contextlib.contextmanager
def serve(site: Path, handler: type[SiteHandler] = SiteHandler, port: int = 0) -> Iterator[str]:
    """Serve a folder on a port, or on any free one; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(site)))
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
