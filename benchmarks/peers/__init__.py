"""Other generators, given the same pages: what we need to hold one beside ours.

A peer gets the Markdown trees that we generate and a frame cut from one of our finished pages, so
that its pages carry the same bodies between the same head and foot. That is less than we do:
a peer's head is the same on each page but for title and description, its pages are not paired, and
pages in both languages are ours alone. Peers are installed into the benchmark's own folder, under
the versions below.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


class NotInstalled(RuntimeError):
    """A peer can't be had here; the message says why in a line."""


@dataclass(frozen=True, slots=True)
class Job:
    """A cold build: commands to run in a folder, what to remove before, and where pages appear."""

    folder: Path
    commands: Sequence[Sequence[str]]
    removed: Sequence[Path]
    made: Path
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator: how to install it into a folder, and how to make ready for a build.

    ``ready`` gets that folder, our checkout with its finished pages, and an empty folder.
    """

    name: str
    version: str
    install: Callable[[Path, str], None]
    ready: Callable[[Path, Path, Path], Job]
    about: str


def installed(peer: Peer, below: Path) -> Path:
    """The folder with the peer, installed where it is not. Raises :class:`NotInstalled`."""
    tool = below / f"{peer.name}-{peer.version}"
    whole = tool / ".installed"
    if not whole.exists():
        shutil.rmtree(tool, ignore_errors=True)
        tool.mkdir(parents=True)
        peer.install(tool, peer.version)
        whole.touch()
    return tool


def from_pypi(package: str) -> Callable[[Path, str], None]:
    """What installs a package for Python."""

    def install(tool: Path, version: str) -> None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--target", str(tool), f"{package}=={version}"])

    return install


def from_npm(package: str) -> Callable[[Path, str], None]:
    """What installs a package for Node."""

    def install(tool: Path, version: str) -> None:
        quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        _run(["npm", "install", *quiet, "--prefix", str(tool), f"{package}@{version}"])

    return install


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NotInstalled(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotInstalled(said[-1] if said else f"exit code {done.returncode}")
