"""The preview: what it shows is what a build writes, and an edit is seen at once."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.browser.conftest import free_port
from tests.conftest import ADDRESS, ROOT, fetched

from explainer.preview import Preview

STRINGS, MONEY = "data/interface.yml", "scripts/templates/pages/money.en.md.j2"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_it_shows_what_a_build_writes(built: Path) -> None:
    preview = Preview(ROOT, ADDRESS)
    looked = 0
    for path in sorted(path for path in built.rglob("*") if path.is_file()):
        name = path.relative_to(built).as_posix().removesuffix("index.html")
        if name.startswith("pagefind/"):
            continue
        asked = name.replace("404.html", "nowhere/")
        answer = preview.answer(asked)
        assert answer.body == path.read_bytes(), name
        assert answer.status == (404 if asked.endswith("nowhere/") else 200)
        looked += 1
    assert looked > 500


def test_an_edit_is_seen_with_the_next_look(checkout: Path) -> None:
    preview = Preview(checkout, ADDRESS)
    assert "跳到正文" in preview.answer("zh/money/").body.decode("utf-8")
    edit(checkout / STRINGS, "跳到正文", "直达正文")
    assert "直达正文" in preview.answer("zh/money/").body.decode("utf-8")
    edit(checkout / MONEY, "Even the hedges", "The hedges")
    assert b"The hedges quarrel" in preview.answer("money/").body
    assert not (checkout / "site").exists()
    assert not (checkout / "docs" / "en").exists()


def test_faults_are_shown_until_they_are_mended(checkout: Path) -> None:
    preview = Preview(checkout, ADDRESS)
    edit(checkout / STRINGS, 'zh: "跳到正文"', "zh: no")
    broken = preview.answer("")
    assert (broken.status, broken.type) == (500, "text/plain; charset=utf-8")
    assert b"data/interface.yml" in broken.body
    assert "found «no»".encode() in broken.body
    edit(checkout / STRINGS, "zh: no", 'zh: "跳到正文"')
    assert preview.answer("").status == 200
    edit(checkout / MONEY, "korea-plan-2021/english", "korea-plan/x")
    assert b"korea-plan/x" in preview.answer("money/").body


@pytest.mark.parametrize("path", ["assets/../../mkdocs.yml", "../data/terms.yml", "/etc/passwd"])
def test_nothing_outside_the_site_is_shown(path: str) -> None:
    assert Preview(ROOT, ADDRESS).answer(path).status == 404


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """The file of what ``explainer serve`` says of faults."""
    return tmp_path / "said"


@pytest.fixture
def served(checkout: Path, said: Path) -> Iterator[str]:
    """The address of ``explainer serve`` on the copied checkout."""
    port = free_port()
    with said.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "explainer", "serve", "--port", str(port)],
            cwd=checkout,
            env={**os.environ, "PYTHONPATH": str(checkout / "scripts")},
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        )
    assert server.stdout
    assert server.stdout.readline() == f"Serving on http://127.0.0.1:{port}/\n"
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait(timeout=60)
    server.stdout.close()


def state_of(shown: str) -> str:
    """The word that a page has for what it was made of."""
    (state,) = re.findall(r'<script src="/@reload\.js\?(\w+)"></script></body>', shown)
    return str(state)


def asks_for_changes(served: str, shown: str) -> int:
    """What a page hears that was shown; it asks as its script does."""
    state = state_of(shown)
    script = fetched(f"{served}@reload.js?{state}")
    assert "location.reload()" in script
    assert 'new URL("@changes" + here.search, here)' in script
    with urllib.request.urlopen(f"{served}@changes?{state}", timeout=120) as answer:
        return int(answer.status)


def test_open_pages_hear_of_an_edit(checkout: Path, served: str) -> None:
    shown = fetched(f"{served}money/")
    with ThreadPoolExecutor() as reader:
        waiting = reader.submit(asks_for_changes, served, shown)
        time.sleep(2)
        assert not waiting.done()
        edit(checkout / MONEY, "Even the hedges", "The hedges")
        assert waiting.result() == 205
    assert "The hedges quarrel" in fetched(f"{served}money/")


def test_open_pages_hear_of_an_edit_made_before_they_asked(checkout: Path, served: str) -> None:
    shown = fetched(f"{served}money/")
    edit(checkout / MONEY, "Even the hedges", "The hedges")
    assert asks_for_changes(served, shown) == 205


def test_a_page_that_was_left_is_not_told_of(checkout: Path, served: str, said: Path) -> None:
    state = state_of(fetched(f"{served}money/"))
    with socket.create_connection(("127.0.0.1", urlsplit(served).port or 0)) as left:
        left.sendall(f"GET /@changes?{state} HTTP/1.0\r\n\r\n".encode())
        time.sleep(1)
    edit(checkout / MONEY, "Even the hedges", "The hedges")
    time.sleep(2)
    assert said.read_text("utf-8") == ""
    assert "The hedges quarrel" in fetched(f"{served}money/")


def test_what_is_missing_is_told_in_its_language(served: str) -> None:
    for path, language in (("nowhere/", "en"), ("zh/nowhere/", "zh-Hans")):
        with pytest.raises(urllib.error.HTTPError) as error:
            fetched(f"{served}{path}")
        assert error.value.code == 404
        with contextlib.closing(error.value):
            assert f'<html lang="{language}">' in error.value.read().decode("utf-8")


def test_a_port_that_is_taken_is_told_in_a_line(checkout: Path, served: str) -> None:
    port = served.rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "explainer", "serve", "--port", port],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert done.stderr.startswith("explainer serve: ")
    assert done.stderr.count("\n") == 1
