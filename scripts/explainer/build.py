"""The whole way in one call: build the site aside, verify it, and swap it in."""

import contextlib
import fcntl
import gzip
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from errno import ENOTDIR
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.exceptions import MkDocsException

from explainer.config import ROOT, check_settings, load_settings
from explainer.data import (
    DataError,
    DataErrors,
    Dataset,
    TextLocation,
    outdated_texts,
    read_reviewed,
    untranslated,
    written_texts,
)
from explainer.data.errors import limit_lines
from explainer.files import add_file
from explainer.site.builder import SiteBuilder, timed
from explainer.site.outputs import SearchIndexError
from explainer.site.pages import paired_blocks
from explainer.verify import Report, verify
from explainer.verify.crawl import TEXTS

LARGE = 1024
"""Smaller files, in bytes, fit into one packet as they are and need no compressed copy."""
_HOOK = "scripts/hooks.py"
_NOT_IN_DRAFT = re.compile(r"\.png\b|\bpagefind/")


class BuildError(RuntimeError):
    """Nothing was published; the message says why, and ``exit_code`` who has to act.

    3: a check refused the site; 75: another build is running.
    """

    def __init__(self, message: str, exit_code: int = 3) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def build(
    root: Path = ROOT, *, compress: bool = False, report: Callable[[str], None] = lambda _: None
) -> Report:
    """Build strictly into ``site.next``, check the result, and only then make it ``site``.

    ``compress`` adds ``.gz`` and ``.br`` copies for hosts that send them as they are; ``report``
    is called with a line for each step. Raises ``DataErrors`` for faults of what is read,
    :class:`BuildError`, and ``OSError`` for a fault of the machine; the old site then stays.
    """
    live, aside = root / "site", root / "site.next"
    for path in (live, aside, live.with_name("site.old")):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise NotADirectoryError(ENOTDIR, "stands where the build needs a folder", str(path))
    with build_lock(root / ".cache" / "build.lock"):
        restore_previous(live)
        before = list_versions(root)
        os.umask(0o022)
        try:
            _, result = make_site(root, aside, report)
            if compress:
                compress_copies(aside)
        except DataErrors:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        except OSError as error:
            error.filename = error.filename or str(aside)
            raise
        if result.failures:
            raise BuildError("\n".join(limit_lines(result.failures)))
        if list_versions(root) != before:
            raise BuildError("the inputs changed while the site was built; build again")
        swap(aside, live)
        return result


def check(root: Path, known: Iterable[DataError] = ()) -> Dataset:
    """Return the dataset, once all inputs are checked and a build of them would be published.

    What is rendered and checked is thrown away; only the images and the search index are left to
    :func:`build`. Raises ``DataErrors``, with those that are ``known``, and :class:`BuildError`.
    """
    texts, errors = list_texts(root)
    errors += [*known, *untranslated(texts)]
    try:
        errors += outdated_texts(texts, read_reviewed(root / "data"))
    except DataErrors as error:
        errors += error.problems
    try:
        with TemporaryDirectory() as folder:
            dataset, result = make_site(root, Path(folder) / "site", is_draft=True)
        refused = [one for one in result.failures if not _NOT_IN_DRAFT.search(one.message)]
        if refused:
            raise BuildError("\n".join(limit_lines(refused)))
    except DataErrors as error:
        errors += error.problems
    except BuildError:
        if not errors:
            raise
    DataErrors.unless_empty(errors)
    return dataset


def list_texts(root: Path) -> tuple[list[TextLocation], list[DataError]]:
    """Return every text in both languages, in the data and in the prose, and what hides some."""
    errors = list[DataError]()
    texts = [*written_texts(root / "data", errors), *paired_blocks(root / "docs", errors)]
    return texts, errors


def list_versions(root: Path) -> dict[Path, int]:
    """Return everything that a build reads, and when each file was last written."""
    folders = (root / name for name in ("data", "docs", "overrides", "scripts"))
    paths = [root / "mkdocs.yml", *(path for folder in folders for path in folder.rglob("*"))]
    code_or_text = (path for path in paths if path.suffix != ".pyc" and path.is_file())
    return {path: path.stat().st_mtime_ns for path in code_or_text}


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


def make_site(
    root: Path,
    aside: Path,
    report: Callable[[str], None] = lambda _: None,
    *,
    is_draft: bool = False,
) -> tuple[Dataset, Report]:
    """Make the site of a checkout in ``aside`` and check it; return what it shows and the result.

    Raises ``DataErrors`` for faults of what was read, and :class:`BuildError` for what MkDocs warns
    of.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    handler = _LogHandler(report)
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        # Not strict: MkDocs would stop between the languages; the handler keeps its warnings.
        config = load_settings(root, strict=False, site_dir=str(aside))
        check_settings(config)
        site: SiteBuilder = config["hooks"][_HOOK].SITE
        config.plugins.on_startup(command="build", dirty=False)
        site.is_draft = is_draft
        try:
            mkdocs_build(config)
            with timed("checks"):  # while the last pictures and the search index are made
                result = verify(aside, site.dataset, finish_files=site.finish_files)
        finally:
            site.stop()
            config.plugins.on_shutdown()
        if handler.warnings:
            raise BuildError("\n".join(handler.warnings))
    except MkDocsException as error:
        if isinstance(faults := getattr(error, "faults", None), DataErrors):  # from the hook
            raise faults from None
        raise BuildError("\n".join(handler.warnings or [str(error)])) from error
    except SearchIndexError as error:
        raise BuildError(str(error)) from error
    finally:
        log.removeHandler(handler)
    return site.dataset, result


def compress_copies(site: Path) -> None:
    """Put compressed copies beside every large text of a site."""
    for path in sorted(site.rglob("*")):
        if path.suffix not in TEXTS or path.stat().st_size < LARGE:
            continue
        content = path.read_bytes()
        for suffix, copy in (
            (".gz", gzip.compress(content, 9, mtime=0)),
            (".br", brotli.compress(content, mode=brotli.MODE_TEXT)),
        ):
            if len(copy) < len(content):
                add_file(path.with_name(path.name + suffix), copy)


@contextlib.contextmanager
def build_lock(lock: Path) -> Iterator[None]:
    """Hold ``lock`` while a build runs. Raises :class:`BuildError` where another build holds it.

    The system frees the lock with the process that holds it, however that ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            running = f"another build is running ({held.read().strip()})"
            raise BuildError(f"explainer build: {running}", 75) from None
        held.truncate(0)
        held.write(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n")
        held.flush()
        yield


def swap(new: Path, live: Path) -> None:
    """Put the finished folder ``new`` in the place of the folder ``live``, which is removed.

    A build that is killed between the two renames leaves the old site for
    :func:`restore_previous`.
    """
    old = live.with_name(f"{live.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if live.exists():
        live.rename(old)
    new.rename(live)
    shutil.rmtree(old, ignore_errors=True)


def restore_previous(live: Path) -> None:
    """Bring back the old site where a build was stopped between two renames."""
    old = live.with_name(f"{live.name}.old")
    if old.is_dir() and not live.exists():
        old.rename(live)
