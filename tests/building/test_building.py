"""The build: the same bytes anywhere, by plain MkDocs too; what it says to people and programs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.commands import BUILD, break_data, run, tree
from tests.conftest import ADDRESS

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
class Scan(list):
    __iter__ = __enter__ = lambda self: self
    __exit__ = close = lambda *_: None
    def __next__(self):
        if not self: raise StopIteration
        return self.pop()
def scandir(*a):
    with real_scan(*a) as found:
        made = Scan(list(found))
    chance.shuffle(made)
    return made
os.listdir, os.scandir = listdir, scandir
"""
"""A machine on another day whose folders are listed in random order."""

INPUTS = ("data", "overrides", "docs/assets", "mkdocs.yml")


def modes(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_mode for path in site.rglob("*")}


def test_a_build_anywhere_gives_what_plain_mkdocs_gives_here(
    offline: Sequence[str], checkout: Path, built: Path, tmp_path: Path
) -> None:
    """On another day, zone, locale, umask and path, with no network, home or other programs."""
    away = tmp_path / "else where 别处" / "checkout"
    shutil.copytree(checkout, away, ignore=shutil.ignore_patterns(".cache"))
    before = [tree(away / name) for name in INPUTS], {path.name for path in away.iterdir()}
    room, temporary = tmp_path / "room", tmp_path / "temporary"
    room.mkdir()
    temporary.mkdir()
    (room / "sitecustomize.py").write_text(ELSEWHERE, "utf-8")
    done = subprocess.run(
        [*offline, sys.executable, "-X", "dev", *BUILD],
        cwd="/",
        env={
            "PYTHONPATH": os.pathsep.join((str(room), str(away / "scripts"))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "error:::explainer",
            "PYTHONHASHSEED": "4711",
            "NO_MKDOCS_2_WARNING": "1",
            "SITE_URL": ADDRESS,
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "C",
            "HOME": "/nonexistent",
            "TMPDIR": str(temporary),
            "PATH": f"{Path(shutil.which('unshare') or '/usr/bin/unshare').parent}",
        },
        umask=0o077,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "ADDRESS NOT SET" not in done.stdout
    assert tree(away / "site") == tree(built)
    here = modes(built)
    assert {name: mode for name, mode in modes(away / "site").items() if name in here} == here
    assert list(temporary.iterdir()) == []
    assert [tree(away / name) for name in INPUTS] == before[0]
    assert {path.name for path in away.iterdir()} - before[1] <= {"site", ".cache"}


def test_a_build_for_a_placeholder_says_so_once(checkout: Path) -> None:
    address = "https://bet.example.org/korea/"
    done = run(checkout, *BUILD, SITE_URL=address)
    assert done.returncode == 0, done.stderr
    told = done.stdout + done.stderr
    assert (told.count("ADDRESS NOT SET"), told.count(address)) == (1, 1)


def test_standard_output_may_be_closed_or_full(checkout: Path) -> None:
    check = ("-m", "explainer", "check", "--without-history")
    reader, writer = os.pipe()
    os.close(reader)
    left = run(checkout, *check, stdout=writer, PYTHONUNBUFFERED="")
    os.close(writer)
    assert (left.returncode, left.stderr) == (0, "")
    with Path("/dev/full").open("w") as full:
        refused = run(checkout, *check, stdout=full.fileno(), PYTHONUNBUFFERED="")
    assert refused.returncode == 4
    assert refused.stderr == "explainer check: No space left on device\n"


def test_all_errors_of_bad_data_are_given_to_programs_too(checkout: Path) -> None:
    break_data(checkout)
    failed = run(checkout, "-m", "explainer", "check", "--json")
    assert failed.returncode == 2
    assert [json.loads(line)["code"] for line in failed.stdout.splitlines()] == ["YAML03"]
