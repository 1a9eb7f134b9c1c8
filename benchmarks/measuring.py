"""What a process costs: wall time, processor time, peak memory, and what it made."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ADDRESS = "https://site.example/"
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall and processor time, bytes of peak memory, and how many things came out."""

    wall: float
    cpu: float
    peak: int
    count: int


_BLINK = 0.004
"""Seconds between two looks at a running process; what is measured takes a hundred times that."""


class Failed(RuntimeError):
    """A process broke off or took too long; the message says so in a line."""


def environment(checkout: Path) -> dict[str, str]:
    """The environment in which a process runs the code of ``checkout``.

    Python keeps its own compiled code from run to run, as it does for everybody who builds a site
    twice. Compiled templates are no part of that: each build of a contest makes them anew.
    """
    paths = os.pathsep.join([str(checkout / "scripts"), str(ROOT)])
    own = {"PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS}
    outside = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**outside, **own}


def pages_in(folder: Path) -> int:
    """How many pages a generator has made."""
    return sum(name.endswith(".html") for _, _, names in os.walk(folder) for name in names)


def run(
    command: Sequence[str], folder: Path, more: Mapping[str, str], limit: float, log: Path
) -> Cost:
    """Run a command in ``folder`` to its end and tell what it and its children cost.

    What it says goes to ``log``. The peak is that of the largest process. Raises :class:`Failed`
    for an exit code other than zero and after ``limit`` seconds.
    """
    with log.open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(more), stdout=said, stderr=said, start_new_session=True
        )
        try:
            done = 0
            while not done:
                time.sleep(_BLINK)
                done, status, usage = os.wait4(process.pid, os.WNOHANG)
                wall = time.perf_counter() - start
                if not done and wall > limit:
                    raise Failed(f"stopped after {limit:.0f} s")
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = log.read_text("utf-8", errors="replace").strip().splitlines()[-1:]
        raise Failed(f"exit code {process.returncode}: {''.join(last)[:200]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, 0)


def python(*arguments: str) -> list[str]:
    """A command that runs this Python."""
    return [sys.executable, *arguments]


def last_line(log: Path) -> Cost:
    """The cost that a stage or floor printed last: that of its work alone."""
    told = json.loads(log.read_text("utf-8").strip().splitlines()[-1])
    if "folder" in told:
        told["count"] = pages_in(Path(told.pop("folder")))
    return Cost(**told)
