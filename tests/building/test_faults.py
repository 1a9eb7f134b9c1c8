"""Whatever happens to a build, the served folder holds the old site or the new one, whole."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.building.test_building import environment, run, tree

from explainer.site import swap

INDEX = "scripts/templates/pages/index.{}.md.j2"


def start(checkout: Path, prepare: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "explainer", "build"],
        cwd=checkout,
        env=environment(checkout),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,  # noqa: PLW1509 - a limit on one file's size, set before Python starts
    )


def edit(checkout: Path) -> None:
    """A change to both languages of the home page."""
    for code, old in (("en", " rests on."), ("zh", "立在什么上面。")):
        path = checkout / INDEX.format(code)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, f"{old[:-1]}!"), "utf-8")


Files = dict[str, bytes]


def before_and_after(checkout: Path, other: Path) -> tuple[Files, Files, float]:
    """The site before an edit, the site after it, and the seconds from one to the other.

    The checkout is built and edited; the site after the edit is built in a copy of it.
    """
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    old = tree(checkout / "site")
    edit(checkout)
    shutil.copytree(checkout, other)
    began = time.monotonic()
    assert run(other, "-m", "explainer", "build").returncode == 0
    seconds = time.monotonic() - began
    new = tree(other / "site")
    assert new != old
    return old, new, seconds


def test_a_build_that_is_killed_leaves_one_site_whole(checkout: Path, tmp_path: Path) -> None:
    old, new, whole = before_and_after(checkout, tmp_path / "other")
    for share in (0.15, 0.4, 0.6, 0.75, 0.9, 0.97):
        building = start(checkout)
        time.sleep(whole * share)
        building.kill()
        building.communicate()
        assert tree(checkout / "site") in (old, new)
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    assert tree(checkout / "site") == new
    assert not (checkout / "site.next").exists()
    assert not (checkout / "site.old").exists()
    left = [path for name in ("docs", "data", "site") for path in (checkout / name).rglob("*.part")]
    assert left == []


def folders(tmp_path: Path) -> tuple[Path, Path]:
    new, served = tmp_path / "site.next", tmp_path / "site"
    for folder, said in ((new, "new"), (served, "old")):
        folder.mkdir()
        (folder / "page").write_text(said, "utf-8")
    return new, served


@pytest.mark.parametrize("in_one_step", [True, False])
@pytest.mark.parametrize("at", range(4))
def test_an_exchange_can_stop_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, in_one_step: bool
) -> None:
    new, served = folders(tmp_path)
    if not in_one_step:
        monkeypatch.setattr(swap, "_exchanged", lambda *_: False)
    steps = iter(range(10))
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if next(steps) == at:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    try:
        swap.swap(new, served)
    except KeyboardInterrupt:
        monkeypatch.undo()
        swap.restore_previous(served)
    assert (served / "page").read_text("utf-8") in ("old", "new")
    monkeypatch.undo()
    new.mkdir(exist_ok=True)
    (new / "page").write_text("newer", "utf-8")
    swap.swap(new, served)
    assert (served / "page").read_text("utf-8") == "newer"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_this_system_exchanges_in_one_step(tmp_path: Path) -> None:
    new, served = folders(tmp_path)
    assert swap._exchanged(new, served)
    assert (served / "page").read_text("utf-8") == "new"
    assert (new / "page").read_text("utf-8") == "old"


def test_a_second_build_is_told_of_the_first(checkout: Path) -> None:
    first = start(checkout)
    lock = checkout / ".cache" / "build.lock"
    while not (lock.is_file() and lock.read_text("utf-8")):
        time.sleep(0.01)
    second = run(checkout, "-m", "explainer", "build")
    assert second.returncode == 75
    assert second.stderr.startswith(
        f"explainer build: another build is running (process {first.pid}, since "
    )
    assert second.stderr.count("\n") == 1
    _, said = first.communicate()
    assert first.returncode == 0, said


def test_the_lock_of_a_killed_build_holds_nobody_up(checkout: Path) -> None:
    first = start(checkout)
    while not (checkout / ".cache" / "build.lock").is_file():
        time.sleep(0.01)
    first.kill()
    first.communicate()
    assert run(checkout, "-m", "explainer", "build").returncode == 0


def one_line(done: subprocess.CompletedProcess[str] | tuple[int, str], *names: str) -> None:
    code, said = done if isinstance(done, tuple) else (done.returncode, done.stderr)
    assert code == 4, said
    assert said.count("\n") == 1, said
    assert said.startswith("explainer build: ")
    for name in names:
        assert name in said


@pytest.mark.parametrize("kilobytes", [1, 20, 100])
def test_a_disk_that_takes_no_more_is_named(checkout: Path, kilobytes: int) -> None:
    run(checkout, "-m", "explainer", "build")
    before = tree(checkout / "site")
    shutil.rmtree(checkout / "docs" / "en")
    size = kilobytes * 1000
    building = start(checkout, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    _, said = building.communicate()
    one_line((building.returncode, said), "File too large")
    assert tree(checkout / "site") == before
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    assert tree(checkout / "site") == before


def test_a_file_where_a_folder_must_be_is_named(checkout: Path) -> None:
    (checkout / "site.next").write_text("in the way", "utf-8")
    one_line(run(checkout, "-m", "explainer", "build"), "site.next")
    assert not (checkout / "site").exists()


def test_an_input_that_cannot_be_read_is_named(checkout: Path) -> None:
    path = checkout / "data" / "terms.yml"
    path.unlink()
    path.mkdir()
    done = run(checkout, "-m", "explainer", "build")
    assert done.returncode in (2, 4)
    assert "terms.yml" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_edit_during_the_build_is_not_published_by_halves(checkout: Path) -> None:
    building = start(checkout)
    while not (checkout / "site.next" / "index.html").is_file():
        assert building.poll() is None
        time.sleep(0.01)
    edit(checkout)
    _, said = building.communicate()
    assert building.returncode == 3
    assert said == "the inputs changed while the site was built; build again\n"
    assert not (checkout / "site").exists()


def test_the_keyboard_stops_a_build_quietly(checkout: Path) -> None:
    building = start(checkout)
    while not (checkout / ".cache" / "build.lock").is_file():
        time.sleep(0.01)
    time.sleep(0.5)
    building.send_signal(signal.SIGINT)
    _, said = building.communicate()
    assert building.returncode == 130
    assert said == "explainer build: stopped\n"


ELSEWHERE = """
import os, random
import time_machine
from datetime import datetime, timedelta, UTC
time_machine.travel(datetime.now(UTC) + timedelta(days=400), tick=True).start()
chance = random.Random()
real_list, real_scan = os.listdir, os.scandir
def listdir(*a):
    found = real_list(*a)
    chance.shuffle(found)
    return found
class Scan:
    def __init__(self, found): self.found = found
    def __iter__(self): return self
    def __next__(self):
        if self.found: return self.found.pop()
        raise StopIteration
    def __enter__(self): return self
    def __exit__(self, *a): return None
    def close(self): return None
def scandir(*a):
    with real_scan(*a) as found:
        made = list(found)
    chance.shuffle(made)
    return Scan(made)
os.listdir, os.scandir = listdir, scandir
"""
"""A machine of another day whose folders come in random order."""


def test_the_site_is_the_same_on_any_machine_on_any_day(checkout: Path, tmp_path: Path) -> None:
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    away = tmp_path / "else where 别处" / "checkout"
    shutil.copytree(checkout, away, ignore=shutil.ignore_patterns("site", ".cache"))
    room = tmp_path / "room"
    room.mkdir()
    (room / "sitecustomize.py").write_text(ELSEWHERE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "explainer", "build"],
        cwd=away,
        env={
            **environment(away),
            "PYTHONPATH": os.pathsep.join((str(room), str(away / "scripts"))),
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "4711",
            "HOME": "/nonexistent",
        },
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(away / "site") == tree(checkout / "site")
    modes = [
        {path.relative_to(site): path.stat().st_mode for path in site.rglob("*")}
        for site in (away / "site", checkout / "site")
    ]
    assert modes[0] == modes[1]
