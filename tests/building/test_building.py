"""Building and serving: strict, whole or not at all, and without a loop."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import fetched

from explainer.site.packing import is_packed, unpacked

MKDOCS = [sys.executable, "-m", "mkdocs"]


def environment(checkout: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(checkout / "scripts"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
    }


def run(checkout: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env={**environment(checkout), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def break_data(checkout: Path) -> None:
    path = checkout / "data" / "interface.yml"
    path.write_text(path.read_text("utf-8").replace('zh: "跳到正文"', "zh: no"), "utf-8")


def test_plain_mkdocs_gives_the_same_site(checkout: Path) -> None:
    built = run(checkout, "-m", "explainer", "build")
    assert built.returncode == 0, built.stderr
    plain = run(checkout, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "plain")
    assert plain.returncode == 0, plain.stderr
    site = tree(checkout / "site")
    copies = {name: content for name, content in site.items() if is_packed(name)}
    files = {name: content for name, content in site.items() if name not in copies}
    assert files == tree(checkout / "plain")
    assert {name for name in files if f"{name}.gz" in copies} >= {"index.html", "search.json"}
    for name, content in copies.items():
        assert unpacked(name, content) == files[name.rpartition(".")[0]]
    assert not (checkout / "site.next").exists()


def test_compressed_copies_are_left_out_where_nobody_wants_them(checkout: Path) -> None:
    built = run(checkout, "-m", "explainer", "build", "--unpacked")
    assert built.returncode == 0, built.stderr
    assert not any(is_packed(name) for name in tree(checkout / "site"))
    assert "copies" not in built.stdout


def test_the_quick_way_gives_the_same_site_as_the_plain_one(checkout: Path) -> None:
    """Pages of figures and charts go round Markdown and share their frame: nobody can tell."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir"]
    for name, through in (("quick", "false"), ("plain", "true")):
        subprocess.run(
            [*build, name],
            cwd=checkout,
            env={**environment(checkout), "THROUGH_MARKDOWN": through},
            check=True,
        )
    assert tree(checkout / "quick") == tree(checkout / "plain")


def test_two_builds_are_equal_byte_for_byte(checkout: Path) -> None:
    run(checkout, "-m", "explainer", "build")
    first = tree(checkout / "site")
    run(checkout, "-m", "explainer", "build")
    assert first
    assert tree(checkout / "site") == first


def test_bad_data_leaves_the_old_site_whole(checkout: Path) -> None:
    run(checkout, "-m", "explainer", "build")
    before = tree(checkout / "site")
    break_data(checkout)
    failed = run(checkout, "-m", "explainer", "build")
    assert failed.returncode == 2
    assert failed.stderr.startswith("data/interface.yml:")
    assert failed.stderr.count("\n") == 1
    assert tree(checkout / "site") == before


def test_mkdocs_itself_stops_at_bad_data(checkout: Path) -> None:
    break_data(checkout)
    failed = run(checkout, "-m", "mkdocs", "build", "--strict")
    assert failed.returncode == 2
    assert "[YAML03] site.skip.zh: found «no»" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (checkout / "docs" / "en").exists()


@pytest.mark.parametrize("address", ["", "example.org", "ftp://example.org/", "https:///x/"])
@pytest.mark.parametrize("command", ["explainer build", "explainer generate", "mkdocs build"])
def test_a_site_without_an_address_is_not_built(command: str, address: str, checkout: Path) -> None:
    failed = run(checkout, "-m", *command.split(), SITE_URL=address)
    assert failed.returncode != 0
    assert "site_url" in failed.stdout + failed.stderr
    assert "Traceback" not in failed.stderr
    assert not any((checkout / name).exists() for name in ("site", "site.next", "docs/en"))


@pytest.mark.parametrize("command", ["explainer build", "explainer generate", "mkdocs build"])
def test_a_style_sheet_that_cannot_be_read_is_named(command: str, checkout: Path) -> None:
    sheet = checkout / "docs" / "assets" / "css" / "asking.css"
    sheet.write_text(sheet.read_text("utf-8") + "}", "utf-8")
    failed = run(checkout, "-m", *command.split())
    assert failed.returncode in (1, 2)
    assert "assets/css/asking.css: line" in failed.stdout + failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (checkout / "site").exists()


FIGURE, PAGES = "scripts/templates/figure.md.j2", "scripts/templates/pages"


@pytest.mark.parametrize(
    ("path", "found", "put", "code", "is_begun"),
    [
        (FIGURE, "say(figure.question, figure)", "say(figure.riddle, figure)", 2, False),
        (FIGURE, ' id="asked"', ' id="asked-{{ language }}"', 1, False),
        (f"{PAGES}/money.en.md.j2", "{% endblock %}", "[x](no.md){% endblock %}", 1, True),
    ],
    ids=["a template", "the pairs", "MkDocs"],
)
def test_no_document_waits_for_a_site_that_will_not_be(
    path: str, found: str, put: str, code: int, is_begun: bool, checkout: Path
) -> None:
    run(checkout, "-m", "mkdocs", "build", "--strict", "--site-dir", "old")
    before = tree(checkout / "old")
    file = checkout / path
    assert found in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(found, put), "utf-8")
    for name in ("old", "new"):
        failed = run(checkout, "-m", "mkdocs", "build", "--strict", "--site-dir", name)
        assert failed.returncode == code, failed.stderr
        assert not (checkout / name / ".documents").exists()
    if not is_begun:
        assert tree(checkout / "old") == before
        assert not (checkout / "new").exists()


def test_a_page_that_breaks_a_promise_is_not_published(checkout: Path) -> None:
    run(checkout, "-m", "explainer", "build")
    before = tree(checkout / "site")
    frame = checkout / "scripts" / "templates" / "frame.html.j2"
    frame.write_text(frame.read_text("utf-8").replace("<main ", '<main style="x" '), "utf-8")
    failed = run(checkout, "-m", "explainer", "build")
    assert failed.returncode == 3
    assert "[inline]" in failed.stderr
    assert tree(checkout / "site") == before


@pytest.fixture
def served(checkout: Path) -> Iterator[tuple[str, Path]]:
    """The address and the log of ``mkdocs serve`` on the copied checkout."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = checkout / "serve.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [*MKDOCS, "serve", "--strict", "--dev-addr", address],
            cwd=checkout,
            env={**environment(checkout), "SITE_URL": f"http://{address}/"},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    yield f"http://{address}/", log
    server.send_signal(signal.SIGINT)
    server.wait(timeout=60)


def wait_for(what: Callable[[], bool], seconds: float = 150) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if what():
                return
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def test_an_edit_is_served_without_a_loop(checkout: Path, served: tuple[str, Path]) -> None:
    base, log = served
    wait_for(lambda: "跳到正文" in fetched(f"{base}zh/"))
    assert base in log.read_text("utf-8")

    strings = checkout / "data" / "interface.yml"
    strings.write_text(strings.read_text("utf-8").replace("跳到正文", "直达正文"), "utf-8")
    wait_for(lambda: "直达正文" in fetched(f"{base}zh/"))

    template = checkout / "scripts" / "templates" / "pages" / "money.en.md.j2"
    template.write_text(
        template.read_text("utf-8").replace("Even the hedges", "The hedges"), "utf-8"
    )
    wait_for(lambda: "The hedges quarrel" in fetched(f"{base}money/"))

    def rests() -> bool:
        """Whether every build that was begun is done, and none begins within some seconds."""
        before = log.read_text("utf-8")
        time.sleep(4)
        after = log.read_text("utf-8")
        is_done = after.count("Building documentation") == after.count("Documentation built")
        return is_done and after == before

    wait_for(rests)
    # One rebuild for each edit, and at most one more for the Markdown that it changed.
    assert log.read_text("utf-8").count("Building documentation") <= 5
