"""The one place that writes: files whole or not at all, trees changed only where they differ.

Paths of thousands of files are texts: making a Path of each costs as much as writing it.
"""

import contextlib
import os
from collections.abc import Iterator
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


def add_file(path: Path | str, content: bytes, *, alone: bool = False) -> None:
    """Put ``content`` into a folder that nobody reads yet: it is exchanged when it is whole.

    Who knows that it is the first file in its own folder says that it stands ``alone``.
    """
    name = os.fspath(path)
    try:
        try:
            if alone:
                _make_folder(os.path.dirname(name))  # noqa: PTH120
            _write(name, content)
        except FileNotFoundError:
            _make_folder(os.path.dirname(name))  # noqa: PTH120
            _write(name, content)
    except OSError as error:
        error.filename = name
        raise


def _make_folder(name: str) -> None:
    try:
        os.mkdir(name)  # noqa: PTH102
    except (FileNotFoundError, FileExistsError):
        os.makedirs(name, exist_ok=True)  # noqa: PTH103


def _write(name: str, content: bytes) -> None:
    file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _put(aside: Path, path: Path) -> None:
    try:
        aside.replace(path)
    except OSError as error:
        error.filename = str(path)
        raise


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


@dataclass(slots=True)
class Tree:
    """Folders below ``root`` that will hold exactly the files put into them, or stay as they are.

    Used in a ``with`` statement: whatever raises inside it leaves every file as it was. Files that
    already have their content keep their time stamps, so that a watcher sees only what changed.
    New files are written in their places and go again if anything raises; whatever else stands in
    an owned folder goes when nothing does. ``changes`` counts files added, changed and removed.
    """

    root: Path
    owned: tuple[str, ...]
    changes: int = 0
    _before: frozenset[str] = frozenset()
    _taken: dict[str, Path | None] = field(default_factory=dict)

    def prepared(self, name: str, content: bytes) -> Path | None:
        """Make a file ready to be taken; another process may do it.

        Returns what holds its content, where another stands in its place.
        """
        if name not in self._before:
            add_file(f"{self.root}/{name}", content)
            return None
        path = self.root / name
        same = path.is_file() and path.read_bytes() == content
        return None if same else _aside(path, content, durable=False)

    def take(self, name: str, aside: Path | None) -> None:
        """Let a file that was ``prepared`` be part of the tree."""
        self._taken[name] = aside

    def __enter__(self) -> "Tree":
        self._before = frozenset(self._files())
        return self

    def _files(self) -> Iterator[str]:
        for folder in self.owned:
            for path, _, names in os.walk(self.root / folder):
                below = os.path.relpath(path, self.root)
                yield from (f"{below}/{name}" for name in names)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        wanted = self._before
        if error is None:
            changed = {name: aside for name, aside in self._taken.items() if aside}
            for name, aside in changed.items():
                _put(aside, self.root / name)
            wanted = frozenset(self._taken)
            self.changes += len(wanted - self._before) + len(changed)
        if self._before or error is not None:
            self._clean(wanted)

    def _clean(self, wanted: frozenset[str]) -> None:
        """Remove what is not ``wanted``, and the folders that it leaves empty."""
        for name in sorted({*self._files()} - wanted):
            (self.root / name).unlink()
            self.changes += name in self._before
        for folder in self.owned:
            for path, _, _ in os.walk(self.root / folder, topdown=False):
                with contextlib.suppress(OSError):
                    Path(path).rmdir()
