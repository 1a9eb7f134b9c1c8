"""Machines that say no: full and read-only disks, signals, crowds, closed pipes, empty surroundings."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.building.test_building import environment, run, tree
from tests.building.test_faults import before_and_after, edit, one_line, start

from explainer.site import swap

ALONE = ["unshare", "--map-root-user", "--mount"]
"""A room with its own mounts; ordinary users may open one where the system allows it."""


def in_room(script: str, *arguments: str, net: bool = False) -> Any:
    """What a Python script prints as JSON in a room whose mounts nobody else sees."""
    assert shutil.which("unshare"), "no unshare; install util-linux"
    room = [*ALONE, "--net"] if net else ALONE
    done = subprocess.run(
        [*room, sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    advice = "user namespaces are needed (sysctl kernel.unprivileged_userns_clone=1) or root"
    assert done.returncode == 0, f"{done.stderr}\n{advice}"
    return json.loads(done.stdout.splitlines()[-1])


COMMON = """
import hashlib, json, os, pathlib, shutil, subprocess, sys
checkout = pathlib.Path(sys.argv[1])
def build(root):
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-m", "explainer", "build"], cwd=root, env=environment,
                          capture_output=True, text=True)
    return done.returncode, done.stderr
def digest(root):
    found = hashlib.sha256()
    for path in sorted((root / "site").rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return found.hexdigest()
def edit(root):
    path = root / "data" / "about.yml"
    path.write_text(path.read_text() + "# edited\\n")
"""

FULL = f"""{COMMON}
room = checkout.parent / "room"
room.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(room)], check=True)
shutil.copytree(checkout, room / "c", symlinks=True)
root = room / "c"
first = build(root)
before, said = digest(root), []
shutil.rmtree(root / "docs" / "en")
for free in (0, 100_000, 5_000_000):
    state = os.statvfs(room)
    (room / "filler").write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - free)))
    said.append([*build(root), digest(root) == before])
    (room / "filler").unlink()
after = build(root)
print(json.dumps([first, said, after, digest(root) == before,
    [path.name for path in root.iterdir() if path.name.startswith("site")],
    [str(path) for name in ("site", "docs") for path in (root / name).rglob("*.part")]]))
"""


def test_a_disk_that_is_full_costs_nothing(checkout: Path) -> None:
    first, said, after, same, folders, left = in_room(FULL, str(checkout))
    assert first[0] == 0, first
    for code, line, whole in said:
        one_line((code, line), "No space left on device")
        assert whole
    assert after == [0, ""]
    assert same
    assert folders == ["site"]
    assert left == []


READ_ONLY = f"""{COMMON}
first, before = build(checkout), digest(checkout)
edit(checkout)
subprocess.run(["mount", "--bind", str(checkout), str(checkout)], check=True)
subprocess.run(["mount", "-o", "remount,bind,ro", str(checkout)], check=True)
print(json.dumps([first, build(checkout), digest(checkout) == before]))
"""


def test_a_folder_that_takes_nothing_is_named(checkout: Path) -> None:
    first, refused, same = in_room(READ_ONLY, str(checkout))
    assert first[0] == 0, first
    one_line(tuple(refused), "Read-only file system", "build.lock")
    assert same


ALONE_SCRIPT = f"""{COMMON}
def inputs():
    names = ("data", "scripts", "overrides", "docs/assets", "mkdocs.yml")
    return {{str(path): (path.stat().st_mtime_ns, path.read_bytes().hex()) for name in names
            for path in [checkout / name, *(checkout / name).rglob("*")] if path.is_file()}}
before = inputs()
temporary = checkout.parent / "temporary"
temporary.mkdir()
done = subprocess.run(
    [sys.executable, "-X", "dev", "-m", "explainer", "build"], cwd="/", text=True, capture_output=True,
    env={{"PYTHONPATH": str(checkout / "scripts"), "PATH": "/nonexistent", "TMPDIR": str(temporary),
         "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "error:::explainer"}})
print(json.dumps([done.returncode, done.stderr, inputs() == before,
                  [path.name for path in temporary.iterdir()],
                  sorted(path.name for path in checkout.iterdir())]))
"""


def test_a_build_needs_nothing_but_its_folder(checkout: Path) -> None:
    """No network, no home, no git nor anything else on PATH; it touches no input and no other place."""
    before = {path.name for path in checkout.iterdir()}
    code, said, untouched, left, after = in_room(ALONE_SCRIPT, str(checkout), net=True)
    assert (code, said) == (0, "")
    assert untouched
    assert left == []
    assert set(after) - before <= {"site", ".cache"}


def test_a_build_that_is_told_to_end_leaves_one_site_whole(checkout: Path) -> None:
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    old = tree(checkout / "site")
    edit(checkout)
    building = start(checkout)
    while not (checkout / "site.next" / "index.html").is_file():
        assert building.poll() is None
        time.sleep(0.01)
    building.send_signal(signal.SIGTERM)
    _, said = building.communicate()
    assert building.returncode == 143
    assert said == "explainer build: stopped\n"
    assert tree(checkout / "site") == old
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    assert tree(checkout / "site") != old
    assert not (checkout / "site.next").exists()


def test_of_eight_builds_at_once_one_builds_and_all_others_say_so(checkout: Path) -> None:
    builds = [start(checkout) for _ in range(8)]
    said = [build.communicate()[1] for build in builds]
    assert sorted(build.returncode for build in builds) == [0] + [75] * 7, said
    assert sum("another build is running" in one for one in said) == 7
    assert run(checkout, "-m", "explainer", "verify").returncode == 0
    assert not (checkout / "site.next").exists()


def told_to(checkout: Path, stdout: Any) -> subprocess.CompletedProcess[str]:
    ordinary = {k: v for k, v in environment(checkout).items() if k != "PYTHONUNBUFFERED"}
    return subprocess.run(
        [sys.executable, "-m", "explainer", "check"],
        cwd=checkout,
        env=ordinary,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_nobody_has_to_listen(checkout: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = told_to(checkout, writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_answer_that_cannot_be_written_is_told(checkout: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = told_to(checkout, full)
    assert done.returncode == 4
    assert done.stderr == "explainer check: No space left on device\n"


def test_closed_doors_stop_no_command(checkout: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec '{sys.executable}' -m explainer check <&- >&- 2>&-"],
        cwd=checkout,
        env=environment(checkout),
        check=False,
    )
    assert done.returncode == 0


SWAP = """
import pathlib, shutil, sys
import importlib.util
found = importlib.util.spec_from_file_location("live", sys.argv[3])  # alone, it is there at once
live = importlib.util.module_from_spec(found)
found.loader.exec_module(live)
root = pathlib.Path(sys.argv[1])
swap._exchanged = swap._exchanged if sys.argv[2] == "one" else lambda *_: False
swap.os.sync = lambda: None
print("ready", flush=True)
for number in range(1_000_000):
    swap.restore_previous(root / "site")
    new = root / "site.next"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    for name in "abcdefgh":
        (new / name).write_text(str(number))
    swap.swap(new, root / "site")
"""


@pytest.mark.parametrize("steps", ["one", "two"])
def test_an_exchange_that_is_killed_at_any_moment_leaves_one_folder_whole(
    tmp_path: Path, steps: str
) -> None:
    chance = random.Random(steps)
    for round_ in range(40):
        swapping = subprocess.Popen(
            [sys.executable, "-c", SWAP, str(tmp_path), steps, swap.__file__],
            stdout=subprocess.PIPE,
        )
        assert swapping.stdout is not None
        swapping.stdout.readline()
        time.sleep(0.01 + chance.random() * 0.02)
        swapping.kill()
        swapping.communicate()
        swap.restore_previous(tmp_path / "site")
        found = tree(tmp_path / "site")
        assert sorted(found) == list("abcdefgh"), round_
        assert len(set(found.values())) == 1, round_


@pytest.mark.fuzz
def test_a_build_that_is_killed_at_twenty_random_moments_leaves_one_site_whole(
    checkout: Path, tmp_path: Path
) -> None:
    old, new, whole = before_and_after(checkout, tmp_path / "other")
    chance = random.Random(20)
    for _ in range(20):
        building = start(checkout)
        time.sleep(whole * chance.random())
        building.kill()
        building.communicate()
        assert tree(checkout / "site") in (old, new)
    assert run(checkout, "-m", "explainer", "build").returncode == 0
    assert tree(checkout / "site") == new
