"""The whole way in two calls: generate the pages, build the site aside and swap it in."""

import hashlib
import logging
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from explainer.checking import Report, verify
from explainer.dataset import Dataset, Problem, load, registry, written_pairs
from explainer.dataset.pairs import Written
from explainer.forms.speakers import speakers
from explainer.publishing import Page, render, write_file, write_machine_files, write_tree
from explainer.publishing.both import Rendered, documents
from explainer.publishing.live import only_one, recover, swap
from explainer.publishing.passages import paired
from explainer.publishing.templates import make_environment
from explainer.quantities import Language
from explainer.reasoning import reckon
from explainer.supply import LOCK, supply_forms

ROOT = Path(__file__).parents[2]
"""The checkout: the folder that holds ``mkdocs.yml`` and ``data``."""


CACHE = ".cache/pictures"
"""Where pictures that were made before wait for the next build; safe to delete."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A dataset, its pages, and the absolute address that they were made for."""

    dataset: Dataset
    pages: Mapping[str, Page]
    address: str

    def write_both(
        self,
        site: Path,
        rendered: Mapping[tuple[Language, str], Rendered],
        nav: Sequence[str],
        stylesheets: Sequence[str],
    ) -> int:
        """Add the pages in both languages to a built site; returns how many.

        Raises :class:`~explainer.publishing.both.Unpaired` where two pages differ.
        """
        to = speakers(self.dataset, reckon(self.dataset), self.address)
        made = dict(documents(make_environment(), to, rendered, nav, stylesheets))
        for path, text in made.items():
            write_file(site / path, text.encode("utf-8"))
        return len(made)

    def write_machine_files(self, site: Path, root: Path = ROOT) -> int:
        """Add every machine form and picture to a built site; returns how many."""
        return write_machine_files(self.dataset, self.pages, self.address, site, root / CACHE)

    def write_supply(self, site: Path, root: Path = ROOT) -> int:
        """Add the bill of materials and the licence lists to a built site; returns how many.

        Raises :class:`~explainer.supply.BadLock` or :class:`~explainer.supply.UnknownLicence`.
        """
        to = speakers(self.dataset, reckon(self.dataset), self.address)
        made = supply_forms(to, (root / LOCK).read_text("utf-8"))
        for path, text in made.items():
            write_file(site / path, text.encode("utf-8"))
        return len(made)


def address_of(root: Path = ROOT) -> str:
    """The absolute address that the site will have: SITE_URL, or what ``mkdocs.yml`` says."""
    with (root / "mkdocs.yml").open("rb") as config:
        url = str(yaml_load(config)["site_url"])
    return f"{url.rstrip('/')}/"


def generate(
    root: Path = ROOT, *, docs: Path | None = None, address: str | None = None
) -> Generated:
    """Load the data and bring the Markdown trees up to date. Raises ``BadData``."""
    dataset = load(root / "data")
    address = address or address_of(root)
    pages = render(dataset, address)
    texts = {path: page.text for path, page in pages.items()}
    write_tree(docs or root / "docs", texts, owned=("en", "zh"))
    return Generated(dataset, pages, address)


def written(root: Path = ROOT) -> tuple[Written, ...]:
    """Every text in both languages, in the data and in the prose, with its place."""
    prose = paired(root / "scripts" / "templates")
    return (
        *written_pairs(root / "data"),
        *(one for page in prose.values() for one in page.values()),
    )


def lost_ids(root: Path = ROOT) -> list[Problem]:
    """What the registry of ids has lost since the last commit; nothing outside a git checkout."""
    path = f"data/{registry.NAME}"
    try:
        shown = subprocess.run(
            ["git", "show", f"HEAD:{path}"], cwd=root, capture_output=True, text=True, check=False
        )
    except OSError:  # no git on this machine
        return []
    if shown.returncode:
        return []
    return list(registry.shrunk(shown.stdout, (root / path).read_text("utf-8"), path))


class BuildError(RuntimeError):
    """MkDocs or the checks refused the site; the message holds what they said."""


_INPUTS = ("data", "docs/assets", "mkdocs.yml", "overrides", LOCK, "scripts")


def build(root: Path = ROOT) -> Report:
    """Build strictly into a folder aside, check the result, and only then make it ``site``.

    Raises ``BadData`` for faults in the data, :class:`BuildError` for anything that MkDocs or
    the checks refuse, ``Busy`` while another build runs, and ``OSError`` where the machine says
    no; the old site then stays as it was.
    """
    live, aside = root / "site", root / "site.next"
    with only_one(root / ".cache" / "build.lock"):
        recover(live)
        before = _digest(root)
        dataset = generate(root).dataset
        os.umask(0o022)
        try:
            _build_aside(root, aside)
            report = verify(aside, dataset)
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


def _build_aside(root: Path, aside: Path) -> None:
    """Let MkDocs build strictly into ``aside``. Raises :class:`BuildError`."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    told = _Told()
    log = logging.getLogger("mkdocs")
    log.addHandler(told)
    log.propagate = False
    try:
        config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(aside))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except MkDocsException as error:
        raise BuildError("\n".join(told.lines or [str(error)])) from error
    finally:
        log.removeHandler(told)
