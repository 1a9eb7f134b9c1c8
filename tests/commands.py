"""Commands as users start them, checkouts to change, and tables of what to plant in them."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

BUILD = ("-m", "explainer", "build")
ADDRESS = "https://site.example/some/where/"
"""The address that tests build for: below a sub-path, like many hosts serve."""
MKDOCS = ("-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir")


def environment(checkout: Path, **variables: str) -> dict[str, str]:
    """The variables of a command that runs the program of ``checkout``, for :data:`ADDRESS`."""
    return {
        **os.environ,
        "PYTHONPATH": str(checkout / "scripts"),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUNBUFFERED": "1",
        "SITE_URL": ADDRESS,
        **variables,
    }


def run(
    checkout: Path, *command: str, stdout: int = subprocess.PIPE, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with ``command`` in the checkout until it ends."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env=environment(checkout, **variables),
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def start(
    checkout: Path, *command: str, prepare: Callable[[], None] | None = None, **variables: str
) -> subprocess.Popen[str]:
    """Start Python with ``command`` in the checkout; ``prepare`` runs in the child first."""
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=checkout,
        env=environment(checkout, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,  # noqa: PLW1509 - limits and signals, set before Python starts
    )


def end(process: subprocess.Popen[str], number: int) -> tuple[int, str]:
    """Send a signal and wait; gives the exit code and what stands on standard error."""
    process.send_signal(number)
    _, errors = process.communicate()
    return process.returncode, errors


def kill(process: subprocess.Popen[str]) -> None:
    """End a process at once, without a chance to clean up."""
    end(process, signal.SIGKILL)


def wait_for(what: Callable[[], bool], seconds: float = 120) -> None:
    """Poll until ``what`` holds. A machine that refuses for the moment is asked again."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with contextlib.suppress(OSError):
            if what():
                return
        time.sleep(0.02)
    raise AssertionError(f"still waiting after {seconds} seconds")


def read_table(path: Path) -> Any:
    """A table of faults or texts to plant."""
    return yaml.safe_load(path.read_text("utf-8"))


def expanded(text: str) -> str:
    """A text of a table with its repeated parts: ⟦x×9⟧ is x nine times."""
    return re.sub("(?s)⟦(.+?)×(.+?)⟧", lambda it: it[1] * int(it[2]), text)


def tree(folder: Path) -> dict[str, bytes]:
    """The content of every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text in a file. Fails where the file does not hold it."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def break_data(checkout: Path) -> None:
    """Write a text that YAML reads as something else."""
    replace(checkout / "data/interface.yml", 'zh: "跳到正文"', "zh: no")


def mark_reviewed(checkout: Path) -> None:
    """Record every pair of texts as reviewed."""
    done = run(checkout, "-m", "explainer", "translations", "--mark-reviewed")
    assert done.returncode == 0, done.stderr
