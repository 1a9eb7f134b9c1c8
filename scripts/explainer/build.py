"""The whole way in one call: generate the pages, build the site aside and swap it in."""

import hashlib
import logging
import os
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from explainer.config import ROOT
from explainer.data import TextLocation, written_texts
from explainer.generating import Generated, Waiting, generate
from explainer.site.bilingual import TranslationMismatch
from explainer.site.packing import pack
from explainer.site.passages import paired
from explainer.site.swap import build_lock, restore_previous, swap
from explainer.supply import LOCK
from explainer.verify import Report, verify


def written(root: Path = ROOT) -> tuple[TextLocation, ...]:
    """Every text in both languages, in the data and in the prose, with its place."""
    prose = paired(root / "scripts" / "templates")
    return (
        *written_texts(root / "data"),
        *(one for page in prose.values() for one in page.values()),
    )


class BuildError(RuntimeError):
    """MkDocs or the checks refused the site; the message holds what they said."""


class BadInput(BuildError):
    """What MkDocs was given is at fault, and not what it made of it."""


_INPUTS = ("data", "docs/assets", "mkdocs.yml", "overrides", LOCK, "scripts")


def build(root: Path = ROOT, *, packed: bool = True) -> Report:
    """Build strictly into a folder aside, check the result, and only then make it ``site``.

    ``packed`` adds compressed copies of its files, for hosts that send them as they are.

    Raises ``DataErrors``, ``AssetError`` and ``AddressError`` for faults of what it reads,
    :class:`BuildError` for anything that MkDocs or the checks refuse, ``BuildLocked`` while another build
    runs, and ``OSError`` where the machine says no; the old site then stays as it was.
    """
    live, aside = root / "site", root / "site.next"
    with build_lock(root / ".cache" / "build.lock"):
        restore_previous(live)
        before = _digest(root)
        os.umask(0o022)
        try:
            generated = generate(root, waiting=Waiting(aside))
            _build_aside(root, aside, generated)
            if packed:
                pack(aside)
            report = verify(aside, generated.dataset)
        except TranslationMismatch as error:
            raise BuildError(str(error)) from error
        except OSError as error:
            error.filename = error.filename or str(aside)
            raise
        if report.failures:
            raise BuildError("\n".join(str(failure) for failure in report.failures))
        if _digest(root) != before:
            raise BuildError("the inputs changed while the site was built; build again")
        swap(aside, live)
        return report


def _digest(root: Path) -> str:
    """One digest of everything that a build reads."""
    found = hashlib.sha256()
    for name in _INPUTS:
        inside = [root / name] if (root / name).is_file() else (root / name).rglob("*.*")
        for path in sorted(path for path in inside if path.is_file() and path.suffix != ".pyc"):
            found.update(f"{path.relative_to(root)}\0".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


class _Told(logging.Handler):
    """Keeps what MkDocs complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint."""
        self.lines.append(record.getMessage())


def _build_aside(root: Path, aside: Path, generated: Generated) -> None:
    """Let MkDocs build what was generated strictly into ``aside``. Raises :class:`BuildError`."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    told = _Told()
    log = logging.getLogger("mkdocs")
    log.addHandler(told)
    log.propagate = False
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(aside))
        config.extra["generated"] = generated
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        # The hooks give this code to faults of what they read.
        refused = BadInput if getattr(error, "exit_code", None) == 2 else BuildError
        raise refused("\n".join(told.lines or [str(error)])) from error
    finally:
        log.removeHandler(told)
