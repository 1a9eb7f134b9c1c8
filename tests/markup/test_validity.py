"""Every page, style sheet and picture is valid to the Nu HTML checker."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"
HERE = "nu.validator.servlet.allow-forbidden-hosts=true", "allowed-address-type=all"
LINKED_DATA = "Inline script violates Content Security Policy (meta tag)"
"""What the checker says of linked data, which is data and no script: policies leave it alone."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    """The built site on loopback: only so can the checker tell what a page's policy allows."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def checked(*arguments: str) -> list[dict[str, Any]]:
    """What the checker says of pages, sheets or pictures."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import find_tools

    java = find_tools.find("JAVA")
    assert java, "no Java; `make test` installs one or says how"
    done = subprocess.run(
        [
            *(java, "-Xss4m", f"-D{HERE[0]}", f"-Dnu.validator.servlet.{HERE[1]}"),
            *("-jar", str(CHECKER), "--format", "json", "--exit-zero-always", *arguments),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stderr)["messages"])


def test_every_page_is_valid(built: Path, served: str) -> None:
    pages = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    assert len(pages) > 150
    told = checked(*(f"{served}{page}" for page in pages))
    linked = [one for one in told if one["message"].startswith(LINKED_DATA)]
    assert all('<script type="application/ld+json">' in one["extract"] for one in linked)
    assert [one for one in told if one not in linked] == []


def test_our_style_sheets_are_valid() -> None:
    sheets = sorted((ROOT / "docs/assets/css").glob("*.css"))
    assert sheets
    assert checked("--css", *map(str, sheets)) == []


def test_every_picture_is_valid(built: Path) -> None:
    pictures = sorted(map(str, built.rglob("*.svg")))
    assert len(pictures) > 50
    assert checked("--svg", *pictures) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("<p><p></p></p>", "No “p” element in scope"),
        ('<p id="text">', "Duplicate ID"),
        ('<div markdown="0"></div>', "not allowed on element"),
        ("<ul><p>x</p></ul>", "not allowed as child"),
        ('<img src="x.png">', "“alt” attribute"),
        ('<a href="a b">x</a>', "Bad value"),
        ('<label for="nothing">x</label>', "“for” attribute"),
        ("<h4></h4>", "Empty heading"),
    ],
)
def test_the_checker_tells_what_was_planted(
    built: Path, tmp_path: Path, planted: str, said: str
) -> None:
    text = (built / "names" / "index.html").read_text("utf-8")
    page = tmp_path / "page.html"
    page.write_text(text.replace("</main>", f"{planted}</main>"), "utf-8")
    assert any(said in one["message"] for one in checked(str(page)))
