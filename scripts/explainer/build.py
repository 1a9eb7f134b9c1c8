"""The whole way in one call: build the site aside, verify it, and swap it in."""

import fcntl
import gzip
import hashlib
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from errno import ENOTDIR
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from explainer.config import ROOT, check_settings
from explainer.data import (
    Code,
    DataError,
    DataErrors,
    Dataset,
    TextLocation,
    load,
    outdated_texts,
    read_reviewed,
    untranslated,
    written_texts,
)
from explainer.files import add_file
from explainer.site.headers import TYPES
from explainer.site.inputs import check_inputs
from explainer.site.prose import paired_blocks
from explainer.verify import Report, verify

LARGE = 1024
"""Smaller files, in bytes, fit into one packet as they are and need no compressed copy."""
_INPUTS = ("data", "docs", "mkdocs.yml", "overrides", "scripts")


class BuildError(RuntimeError):
    """MkDocs or the checks refused the site; the message holds their output."""


class BuildLocked(RuntimeError):
    """Another build is running; the message says which and since when."""


def build(
    root: Path = ROOT, *, compress: bool = False, report: Callable[[str], None] = lambda _: None
) -> Report:
    """Build strictly into ``site.next``, check the result, and only then make it ``site``.

    ``compress`` adds ``.gz`` and ``.br`` copies for hosts that send them as they are; ``report``
    is called with a line for each step. Raises ``DataErrors`` for faults of the data,
    :class:`BuildError` for anything that MkDocs or the checks refuse, :class:`BuildLocked` while
    another build runs, and ``OSError`` for a fault of the machine; the old site then stays.
    """
    live, aside = root / "site", root / "site.next"
    for path in (live, aside, live.with_name("site.old")):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise NotADirectoryError(ENOTDIR, "stands where the build needs a folder", str(path))
    with build_lock(root / ".cache" / "build.lock"):
        restore_previous(live)
        before = digest_inputs(root)
        os.umask(0o022)
        try:
            _run_mkdocs(root, aside, report)
            if compress:
                compress_copies(aside)
            result = _verify(aside, load(root / "data"), report)
        except OSError as error:
            error.filename = error.filename or str(aside)
            raise
        if result.failures:
            raise BuildError("\n".join(str(failure) for failure in result.failures))
        if digest_inputs(root) != before:
            raise BuildError("the inputs changed while the site was built; build again")
        swap(aside, live)
        return result


def check(root: Path) -> Dataset:
    """Return the dataset, once all inputs are checked and every page and form can be rendered.

    What is rendered is thrown away; only the images, the search index and the checks of the
    finished site are left to :func:`build`. Raises ``DataErrors`` and :class:`BuildError`.
    """
    dataset, errors = check_inputs(root)
    texts, faults = list_texts(root)
    errors += faults
    errors += untranslated(texts)
    try:
        errors += outdated_texts(texts, read_reviewed(root / "data"))
    except DataErrors as error:
        errors += error.problems
    if dataset is None:
        raise DataErrors(errors)
    with TemporaryDirectory() as folder:
        try:
            _run_mkdocs(root, Path(folder) / "site", lambda _: None, is_trial=True)
        except DataErrors as error:
            raise DataErrors([*errors, *error.problems]) from None
        except BuildError:
            DataErrors.unless_empty(errors)
            raise
    DataErrors.unless_empty(errors)
    return dataset


def list_texts(root: Path) -> tuple[list[TextLocation], list[DataError]]:
    """Return every text in both languages, in the data and in the prose, and what hides some."""
    texts, errors = list[TextLocation](), list[DataError]()
    for read, folder in ((written_texts, "data"), (paired_blocks, "docs")):
        try:
            texts += read(root / folder)
        except DataErrors as error:
            errors += error.problems
    return texts, errors


def _verify(site: Path, dataset: Dataset, report: Callable[[str], None]) -> Report:
    start = datetime.now(UTC)
    result = verify(site, dataset)
    report(f"checks: {(datetime.now(UTC) - start).total_seconds():.1f} s")
    return result


def digest_inputs(root: Path) -> str:
    """Return one digest of everything that a build reads."""
    digest = hashlib.sha256()
    for name in _INPUTS:
        inside = [root / name] if (root / name).is_file() else (root / name).rglob("*.*")
        for path in sorted(path for path in inside if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{path.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class _LogHandler(logging.Handler):
    """Keeps what MkDocs warns of and passes the steps of our own on."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self.warnings: list[str] = []
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """Take one record."""
        if record.levelno >= logging.WARNING:
            self.warnings.append(record.getMessage())
        elif record.name == "mkdocs.explainer":
            self._report(record.getMessage())


def _run_mkdocs(
    root: Path, aside: Path, report: Callable[[str], None], *, is_trial: bool = False
) -> None:
    """Let MkDocs build strictly into ``aside``; a trial makes no images and no search index.

    Raises ``DataErrors`` for a faulty ``mkdocs.yml`` and :class:`BuildError`.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    handler = _LogHandler(report)
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        config = _load_config(root, aside, handler)
        # A trial looks at the other language too where one has faults.
        config.extra["trial"], config.strict = is_trial, not is_trial
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        DataErrors.unless_empty(getattr(error, "problems", ()))  # found by the hooks
        raise BuildError("\n".join(handler.warnings or [str(error)])) from error
    finally:
        log.removeHandler(handler)
    if handler.warnings:
        raise BuildError("\n".join(handler.warnings))


def _load_config(root: Path, aside: Path, handler: _LogHandler) -> MkDocsConfig:
    """Return the configuration of a checkout. Raises ``DataErrors``."""
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(aside))
    except MkDocsException as error:
        mark = getattr(error.__cause__, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise DataErrors(
            DataError("mkdocs.yml", line, column, Code.BAD_SETTING, "", one, "what MkDocs accepts")
            for one in handler.warnings or [str(error)]
        ) from None
    check_settings(config)
    return config


def compress_copies(site: Path) -> int:
    """Put compressed copies beside every large text of a site; returns how many."""
    count = 0
    for path in sorted(site.rglob("*")):
        ending = path.suffix.removeprefix(".")
        if ending == "png" or ending not in TYPES or path.stat().st_size < LARGE:
            continue
        content = path.read_bytes()
        for suffix, copy in (
            (".gz", gzip.compress(content, 9, mtime=0)),
            (".br", brotli.compress(content, mode=brotli.MODE_TEXT)),
        ):
            if len(copy) < len(content):
                add_file(path.with_name(path.name + suffix), copy)
                count += 1
    return count


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

    A build that is killed between the two renames leaves the old folder for
    :func:`restore_previous`.
    """
    os.sync()
    old = live.with_name(f"{live.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if live.exists():
        live.rename(old)
    new.rename(live)
    shutil.rmtree(old, ignore_errors=True)


def restore_previous(live: Path) -> None:
    """Bring back the old folder where a build was stopped between two renames."""
    old = live.with_name(f"{live.name}.old")
    if old.is_dir() and not live.exists():
        old.rename(live)
