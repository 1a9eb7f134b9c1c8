"""What git remembers: every committed version of a file on the way to the present commit.

Three calls of git, however many commits there are: is there a whole history, which commits touched
the file (those of merged branches too), and what did it hold in each.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Version:
    """A file as one commit holds it. ``commit`` is the full name, ``day`` its date in UTC."""

    commit: str
    day: str
    text: str


class NoHistory(LookupError):
    """Nothing was ever committed here: no git, no checkout, no commit. The message says which."""


class CutHistory(OSError):
    """Git does not hold, or will not tell, the whole history. The message says what to do."""


def versions(root: Path, path: str) -> tuple[Version, ...]:
    """Every version of ``path`` (below ``root``) that a commit up to HEAD holds, oldest first.

    Equal versions are told once, by their first commit. Raises :class:`NoHistory` where there is
    none, and :class:`CutHistory` in a shallow clone or where git refuses.
    """
    commits = _touching(root, path)
    asked = "".join(f"{commit}:./{path}\n" for _, commit in commits)
    told = _git(root, "cat-file", "--batch", given=asked)
    if told.returncode:
        raise CutHistory(_said(told))
    found: dict[bytes, Version] = {}
    for (day, commit), content in zip(commits, _contents(told.stdout), strict=True):
        if content is not None:
            text = content.decode("utf-8", "replace")
            found.setdefault(content, Version(commit, day, text))
    return tuple(found.values())


def _touching(root: Path, path: str) -> list[tuple[str, str]]:
    """Day and name of every commit whose version of ``path`` is none of its parents', in order."""
    asked = _git(root, "rev-parse", "--is-shallow-repository", "HEAD")
    shallow = asked.stdout.startswith(b"true")
    if asked.returncode and not asked.stdout:
        if b"not a git repository" in asked.stderr:
            raise NoHistory("not a git checkout")
        raise CutHistory(_said(asked))
    if shallow:
        raise CutHistory(
            "a shallow clone holds only part of the history; fetch the rest: git fetch --unshallow"
            " (in a workflow: fetch-depth: 0)"
        )
    if asked.returncode:
        raise NoHistory("no commit yet")
    listed = _git(
        root,
        *("rev-list", "--timestamp", "--full-history", "--topo-order", "--reverse", "HEAD"),
        *("--", path),
    )
    if listed.returncode:
        raise CutHistory(_said(listed))
    pairs = (line.split() for line in listed.stdout.decode("ascii").splitlines())
    return [(_day(int(moment)), commit) for moment, commit in pairs]


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _contents(batch: bytes) -> Iterator[bytes | None]:
    """What ``git cat-file --batch`` answers, one by one; ``None`` for what a commit lacks."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        head = batch[at:end]
        if head.endswith(b" missing"):
            yield None
            at = end + 1
            continue
        size = int(head.split()[-1])
        yield batch[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(root: Path, *command: str, given: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run git in ``root``. Raises :class:`NoHistory` where the machine has none."""
    try:
        # Its own English messages, and history as it was written, whatever was grafted onto it.
        return subprocess.run(
            ["git", "--no-replace-objects", *command],
            cwd=root,
            input=given.encode("utf-8"),
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoHistory("no git on this machine") from None


def _said(told: subprocess.CompletedProcess[bytes]) -> str:
    lines = told.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"git: {lines[0].removeprefix('fatal: ') if lines else 'failed without a word'}"
