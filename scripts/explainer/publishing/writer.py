"""The one place that writes: whole trees of files, changed only where they differ."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_file(path: Path, content: bytes) -> bool:
    """Put ``content`` at ``path``, whole or not at all. Returns whether anything changed.

    An ``OSError`` names ``path``, whatever went wrong with it.
    """
    try:
        return _written(path, content)
    except OSError as error:
        error.filename = str(path)
        raise


def _written(path: Path, content: bytes) -> bool:
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return True


def write_tree(root: Path, files: Mapping[str, str], owned: tuple[str, ...]) -> int:
    """Make the folders ``owned`` below ``root`` hold exactly ``files``.

    Files that already have their content keep their time stamps, so that a watcher sees only
    what changed. Whatever else stands in an owned folder goes. Returns the number of changes.
    """
    changes = sum(
        write_file(root / name, text.encode("utf-8")) for name, text in sorted(files.items())
    )
    wanted = {root / name for name in files}
    for folder in owned:
        for path in sorted((root / folder).rglob("*"), reverse=True):
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in wanted:
                path.unlink()
                changes += 1
    return changes
