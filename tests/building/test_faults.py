"""Whatever happens to a build, the served folder holds the old site or the new one, whole."""

import random
import re
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.commands import BUILD, MKDOCS, break_data, end, kill, replace, run, start, tree, wait_for
from tests.conftest import ADDRESS

OLD = {"index.html": b"old"}


@pytest.fixture(autouse=True)
def _old_site(checkout: Path) -> None:
    """An older site that the checkout serves."""
    (checkout / "site").mkdir()
    (checkout / "site/index.html").write_bytes(OLD["index.html"])


def start_build(checkout: Path, prepare: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """Start a build and wait until it holds the lock."""
    building = start(checkout, *BUILD, prepare=prepare)
    lock = checkout / ".cache/build.lock"
    wait_for(lambda: building.poll() is not None or bool(lock.read_text("utf-8")))
    return building


def test_a_killed_build_leaves_the_old_site_and_the_next_one_swaps_at_once(checkout: Path) -> None:
    """Killed while it reads, while MkDocs writes pages, and while the search index is written."""
    for sign in (".cache/build.lock", "site.next/index.html", "site.next/pagefind"):
        building = start_build(checkout)
        wait_for((checkout / sign).exists)
        kill(building)
        assert tree(checkout / "site") == OLD
    looks: list[bool] = []
    is_done = threading.Event()

    def look() -> None:
        while not is_done.is_set():
            looks.append((checkout / "site/index.html").is_file())
            time.sleep(0.001)

    reader = threading.Thread(target=look)
    reader.start()
    done = run(checkout, *BUILD)
    is_done.set()
    reader.join()
    assert done.returncode == 0, done.stderr
    assert all(looks), "for a moment there was no site"
    assert "figures/jobs-created/index.html" in tree(checkout / "site")
    assert not any((checkout / name).exists() for name in ("site.next", "site.old"))
    assert list(checkout.rglob("*.part")) == []


def test_a_second_build_and_an_edit_meet_a_running_one(checkout: Path) -> None:
    first = start_build(checkout)
    second = run(checkout, *BUILD)
    assert second.returncode == 75
    assert second.stderr.startswith(
        f"explainer build: another build is running (process {first.pid}, since "
    )
    assert second.stderr.count("\n") == 1
    wait_for((checkout / "site.next/index.html").is_file)
    with (checkout / "data/about.yml").open("a") as file:
        file.write("# edited\n")
    _, said = first.communicate()
    assert (first.returncode, said) == (
        3,
        "the inputs changed while the site was built; build again\n",
    )
    assert tree(checkout / "site") == OLD


def ignore_interrupts() -> None:
    """As for a job that a shell put into the background."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
def test_a_build_that_is_stopped_says_so_and_leaves_the_old_site(
    checkout: Path, number: int, code: int
) -> None:
    building = start_build(checkout, ignore_interrupts)
    wait_for((checkout / "site.next/index.html").exists)
    assert end(building, number) == (code, "explainer build: stopped\n")
    assert tree(checkout / "site") == OLD


def break_prose(checkout: Path) -> None:
    replace(checkout / "docs/en/money.md", "deadline-2021-04/global", "deadline/x")


def break_layout(checkout: Path) -> None:
    replace(checkout / "overrides/chart.html", "content %}", "content %}{{ 1/0 }}")


def block_folder(checkout: Path) -> None:
    (checkout / "site.next").write_text("in the way", "utf-8")


def style_a_page(checkout: Path) -> None:
    replace(checkout / "overrides/main.html", "<main ", '<main style="x" ')


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


PREVIEW = (*MKDOCS, "site")
CHECK = ("-m", "explainer", "check")
DATA = r"data/interface\.yml:\d+:.*site\.skip\.zh: found «no»"
Break = Callable[[Path], None]


@pytest.mark.parametrize(
    ("command", "change", "address", "code", "said"),
    [
        (BUILD, break_data, ADDRESS, 2, DATA),
        (BUILD, break_prose, ADDRESS, 2, r"docs/en/money\.md:\d+:.*deadline/x"),
        (BUILD, break_layout, ADDRESS, 2, r"^overrides/chart\.html:3:.*division by zero.*\n$"),
        (PREVIEW, break_data, ADDRESS, 2, DATA),
        (BUILD, None, "", 2, "site_url"),
        (BUILD, None, "ftp://example.org/", 2, "site_url"),
        (PREVIEW, None, "", 2, "site_url"),
        (CHECK, style_a_page, ADDRESS, 3, r"\[policy\] inline code at <main>"),
        (BUILD, style_a_page, ADDRESS, 3, r"\[policy\] inline code at <main>"),
        (BUILD, block_folder, ADDRESS, 4, r"^explainer build: .*site\.next.*\n$"),
    ],
)
def test_what_cannot_be_built_is_named_and_changes_nothing(
    checkout: Path,
    command: tuple[str, ...],
    change: Break | None,
    address: str,
    code: int,
    said: str,
) -> None:
    if change:
        change(checkout)
    docs = tree(checkout / "docs")
    failed = run(checkout, *command, SITE_URL=address)
    assert failed.returncode == code, failed.stderr
    assert re.search(said, failed.stderr or failed.stdout), failed
    assert "Traceback" not in failed.stderr
    assert tree(checkout / "site") == OLD
    assert code > 2 or (tree(checkout / "docs") == docs and not (checkout / "site.next").exists())


def test_a_disk_that_takes_no_more_is_named(checkout: Path) -> None:
    building = start(checkout, *BUILD, prepare=limit_files)
    _, said = building.communicate()
    assert building.returncode == 4
    assert re.search(r"^explainer build: .*File too large.*\n$", said), said
    assert tree(checkout / "site") == OLD


@pytest.mark.full
def test_a_build_that_is_killed_at_random_moments_leaves_one_site_whole(checkout: Path) -> None:
    began = time.monotonic()
    assert run(checkout, *BUILD).returncode == 0
    whole = time.monotonic() - began
    sites = [tree(checkout / "site")]
    sheet = checkout / "docs/assets/css/site.css"
    sheet.write_text(f"{sheet.read_text('utf-8')}\n.top {{ margin: 0; }}\n", "utf-8")
    assert run(checkout, *BUILD).returncode == 0
    sites.append(tree(checkout / "site"))
    assert sites[0] != sites[1]
    chance = random.Random(20)
    for _ in range(20):
        building = start(checkout, *BUILD)
        try:
            building.communicate(timeout=whole * chance.random())
        except subprocess.TimeoutExpired:
            kill(building)
        assert tree(checkout / "site") in sites
    assert run(checkout, *BUILD).returncode == 0
    assert tree(checkout / "site") == sites[1]
