"""A real browser on the built site, served below a sub-path like many hosts do."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
)

from explainer.data import Dataset
from explainer.site import headers

ROOT = Path(__file__).parents[2]
PREFIX = "/some/where/"


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below the prefix, with the nearest "not found" page of its language."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(PREFIX))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        language = "zh/" if self.path.startswith(f"{PREFIX}zh/") else ""
        body = (Path(self.directory) / f"{language}404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return headers.content_type(Path(path).name)

    def end_headers(self) -> None:
        path = self.path.partition("?")[0].removeprefix(PREFIX)
        for name, value in headers.headers(path).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        return


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(site: Path, handler: type[Handler] = Handler, port: int = 0) -> Iterator[str]:
    """Serve a folder below the prefix; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()


@pytest.fixture(scope="session")
def by_mkdocs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The site as plain MkDocs builds it, and the port at which it believes to be served."""
    site = tmp_path_factory.mktemp("site")
    port = free_port()
    address = f"http://127.0.0.1:{port}{PREFIX}"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    return site, port


@pytest.fixture(scope="session")
def base(by_mkdocs: tuple[Path, int]) -> Iterator[str]:
    """The address of the built site."""
    site, port = by_mkdocs
    with served(site, port=port) as address:
        yield address


def wake(page: Page) -> None:
    """Move the pointer, as readers do, and wait until the helps that it brings are there."""
    if page.locator("script[src]").count():
        page.mouse.move(1, 1)
        page.mouse.move(2, 2)
        page.wait_for_selector("html[data-awake]", state="attached")


CLIPBOARD = """async () => {
  const toast = document.querySelector('[data-toast]')
  for (let turn = 0; turn < 1000; turn += 1) {
    const text = toast.matches('.toast--shown') && await navigator.clipboard.readText()
    if (text) return text
    await new Promise((done) => setTimeout(done, 20))
  }
  return 'nothing was copied, or nothing said so'
}"""


def clipboard(page: Page) -> str:
    """What was copied, once the page says that it was."""
    return str(page.evaluate(CLIPBOARD))


@pytest.fixture
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """A fresh context that may use the clipboard and fails on anything that went wrong.

    Requests to another host, failed requests, answers of 400 and above, script errors, and
    whatever the security policy refused; every file comes with the headers of a real host.
    """
    fresh = browser.new_context(viewport={"width": 1280, "height": 800})
    fresh.grant_permissions(["clipboard-read", "clipboard-write"])
    wrong: list[str] = []

    def request(asked: Request) -> None:
        if not asked.url.startswith(base):
            wrong.append(f"elsewhere: {asked.url}")

    def response(answer: Response) -> None:
        if answer.status >= 400:
            wrong.append(f"{answer.status}: {answer.url}")

    fresh.on("request", request)

    def failed(asked: Request) -> None:
        # A reader who goes on before the icon has come has broken nothing.
        if asked.failure != "net::ERR_ABORTED":
            wrong.append(f"failed: {asked.url} ({asked.failure})")

    fresh.on("requestfailed", failed)
    fresh.on("response", response)

    def told(message: ConsoleMessage) -> None:
        if "Security Policy" in message.text:
            wrong.append(f"policy: {message.text}")

    fresh.on("console", told)
    fresh.on("weberror", lambda error: wrong.append(f"script: {error.error}"))
    yield fresh
    fresh.close()
    assert wrong == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh page."""
    return context.new_page()


@pytest.fixture(scope="session")
def figures(dataset: Dataset) -> list[str]:
    """Every figure's id."""
    return list(dataset.figures)
