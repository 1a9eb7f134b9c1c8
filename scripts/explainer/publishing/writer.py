"""The one place that writes: files whole or not at all, trees changed only where they differ."""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType


def write_file(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Put ``content`` at ``path``, whole or not at all. Returns whether anything changed.

    What can be made again need not be ``durable``: on the disk before this returns. An
    ``OSError`` names ``path``, whatever went wrong with it.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    _put(_aside(path, content, durable=durable), path)
    return True


def add_file(path: Path, content: bytes) -> None:
    """Put ``content`` into a folder that nobody reads yet: it is exchanged when it is whole."""

    def add() -> None:
        try:
            path.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    _named(path, add)


def _named(path: Path, act: Callable[[], object]) -> None:
    try:
        act()
    except OSError as error:
        error.filename = str(path)
        raise


def _put(aside: Path, path: Path) -> None:
    _named(path, lambda: aside.replace(path))


def _aside(path: Path, content: bytes, *, durable: bool) -> Path:
    """A new file beside ``path`` with ``content``, on the disk if it must survive a power cut."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        add_file(aside, content)
        if durable:
            with aside.open("rb") as file:
                os.fsync(file.fileno())
            aside.chmod(0o644)
    except BaseException as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return aside


@dataclass(frozen=True, slots=True)
class Put:
    """A file that shall stand at ``path``; ``aside`` holds its content where that is new."""

    path: Path
    aside: Path | None


@dataclass(slots=True)
class Tree:
    """Folders below ``root`` that will hold exactly the files put into them, or stay as they are.

    Used in a ``with`` statement: whatever raises inside it leaves every file as it was. Files that
    already have their content keep their time stamps, so that a watcher sees only what changed.
    Whatever else stands in an owned folder goes. ``changes`` counts files changed and removed.
    """

    root: Path
    owned: tuple[str, ...]
    changes: int = 0
    _taken: list[Put] = field(default_factory=list)

    def prepared(self, name: str, text: str) -> Put:
        """A file ready to be taken; another process may have prepared it."""
        path, content = self.root / name, text.encode("utf-8")
        same = path.is_file() and path.read_bytes() == content
        return Put(path, None if same else _aside(path, content, durable=False))

    def take(self, put: Put) -> None:
        """Let a prepared file be part of the tree."""
        self._taken.append(put)

    def __enter__(self) -> "Tree":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            for put in self._taken:
                if put.aside:
                    _put(put.aside, put.path)
                    self.changes += 1
        wanted = {put.path for put in self._taken} if error is None else None
        for folder in self.owned:
            for path in sorted((self.root / folder).rglob("*"), reverse=True):
                if path.is_dir():
                    if not any(path.iterdir()):
                        path.rmdir()
                elif path.suffix == ".part" if wanted is None else path not in wanted:
                    path.unlink()
                    self.changes += 1
