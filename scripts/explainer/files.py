"""Writing files: whole or not at all."""

import contextlib
import os
from pathlib import Path


def write_file(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Put ``content`` at ``path``, whole or not at all. Returns whether anything changed.

    A file that can be made again need not be ``durable``, which means on the disk before this
    returns. An ``OSError`` names ``path``.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return True


def add_file(path: Path, content: bytes) -> None:
    """Put ``content`` into a folder that nobody reads yet. An ``OSError`` names ``path``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        error.filename = str(path)
        raise
