"""The folder that is served: exchanged in one step, by one build at a time.

Whatever interrupts a build, the folder holds the old site or the new one, whole.
"""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths count from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


class BuildLocked(RuntimeError):
    """Another build is running; the message says which and since when."""


@contextmanager
def build_lock(lock: Path) -> Iterator[None]:
    """Hold ``lock`` while a build runs. Raises :class:`BuildLocked` where another build holds it.

    The system frees the lock with the process that holds it, however that ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise BuildLocked(f"another build is running ({held.read().strip()})") from None
        held.truncate(0)
        held.write(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n")
        held.flush()
        yield


def swap(new: Path, live: Path) -> None:
    """Put the finished folder ``new`` in the place of ``live``; the old one is removed.

    Everything is on the disk before the exchange. Where the system can't exchange two folders in
    one step, :func:`restore_previous` closes the gap between two renames.
    """
    os.sync()
    old = _old(live)
    shutil.rmtree(old, ignore_errors=True)
    if not live.exists():
        new.rename(live)
    elif _exchanged(new, live):
        new.rename(old)
    else:
        live.rename(old)
        new.rename(live)
    shutil.rmtree(old, ignore_errors=True)


def restore_previous(live: Path) -> None:
    """Bring back the old folder where a build was stopped between two renames."""
    old = _old(live)
    if old.is_dir() and not live.exists():
        old.rename(live)


def _old(live: Path) -> Path:
    return live.with_name(f"{live.name}.old")


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders have changed places in one step; ``False`` where that is unknown."""
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        call = getattr(library, "renamex_np", None)
        failed = call is None or call(first, second, _EXCHANGE)
    else:
        call = getattr(library, "renameat2", None)
        failed = call is None or call(_HERE, first, _HERE, second, _EXCHANGE)
    if not failed:
        return True
    number = ctypes.get_errno()
    if call is None or number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))
