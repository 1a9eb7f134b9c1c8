"""The whole way in two calls: generate the pages, build the site aside and swap it in."""

import hashlib
import logging
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from explainer import addresses
from explainer.checking import Report, verify
from explainer.dataset import (
    LANGUAGES,
    BadData,
    Chart,
    Dataset,
    Figure,
    Problem,
    load,
    registry,
    written_pairs,
)
from explainer.dataset.pairs import Written
from explainer.forms.speakers import speakers
from explainer.publishing import Documents, Furniture, Page, Tree, add_file, write_machine_files
from explainer.publishing.documents import Contents
from explainer.publishing.live import only_one, recover, swap
from explainer.publishing.packing import pack
from explainer.publishing.page import Sort
from explainer.publishing.pages import Pages, Rendered
from explainer.publishing.passages import paired
from explainer.publishing.templates import make_environment
from explainer.publishing.workers import spread
from explainer.publishing.writer import Put
from explainer.quantities import Language
from explainer.reasoning import reckon

ROOT = Path(__file__).parents[2]
"""The checkout: the folder that holds ``mkdocs.yml`` and ``data``."""


CACHE = ".cache/pictures"
"""Where pictures that were made before wait for the next build; safe to delete."""


@dataclass(frozen=True, slots=True)
class Generated:
    """A dataset, its pages by language and name, and where they lie and will be."""

    dataset: Dataset
    pages: Mapping[Language, Mapping[addresses.Page, Page]]
    address: str
    docs: Path

    def write_documents(self, site: Path, furniture: Furniture, contents: Contents) -> int:
        """Add every document that MkDocs does not make to a built site; returns how many.

        Raises :class:`~explainer.publishing.both.Unpaired` where the languages of a page differ.
        """
        documents = self.documents(furniture)

        def write(names: Sequence[addresses.Page]) -> int:
            return _added(site, documents.pending(names, contents))

        return sum(spread(write, [*self.pages["en"]])) + _added(site, documents.apart())

    def documents(self, furniture: Furniture) -> Documents:
        """The documents of these pages."""
        to = speakers(self.dataset, reckon(self.dataset), self.address)
        return Documents.of(make_environment(), to, furniture, self.pages, self.docs)

    def write_machine_files(self, site: Path, root: Path = ROOT) -> int:
        """Add every machine form and picture to a built site; returns how many."""
        pages = [page for of_language in self.pages.values() for page in of_language.values()]
        return write_machine_files(self.dataset, pages, self.address, site, root / CACHE)


def _added(site: Path, documents: Iterable[tuple[str, str]]) -> int:
    count = 0
    for path, text in documents:
        add_file(site / path, text.encode("utf-8"))
        count += 1
    return count


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
    docs = docs or root / "docs"
    pages = Pages.of(dataset, address)
    made: dict[Language, dict[addresses.Page, Page]] = {code: {} for code in LANGUAGES}
    with Tree(docs, owned=LANGUAGES) as tree:

        def prepared(found: Iterable[Rendered]) -> list[tuple[Page, Put]]:
            return [(page, tree.prepared(page.path, text)) for page, text in found]

        leading = prepared(pages.leading())
        prose = [page for page, _ in leading if page.sort is Sort.PROSE]

        def of_figures(figures: Sequence[Figure]) -> Told:
            return prepared(pages.of_figures(figures, prose)), pages.problems

        def of_charts(charts: Sequence[Chart]) -> Told:
            return prepared(pages.of_charts(charts)), pages.problems

        told = [
            (leading, pages.problems),
            *spread(of_figures, [*dataset.figures.values()]),
            *spread(of_charts, [*dataset.charts.values()]),
        ]
        BadData.unless_empty(problem for _, problems in told for problem in problems)
        for found, _ in told:
            for page, put in found:
                made[page.language][page.name] = page
                tree.take(put)
    return Generated(dataset, made, address, docs)


Told = tuple[list[tuple[Page, Put]], Sequence[Problem]]
"""Pages with the files that were prepared for them, and what was wrong with them."""


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


class BadInput(BuildError):
    """What MkDocs was given is at fault, and not what it made of it."""


_INPUTS = ("data", "docs/assets", "mkdocs.yml", "overrides", "scripts")


def build(root: Path = ROOT, *, packed: bool = True) -> Report:
    """Build strictly into a folder aside, check the result, and only then make it ``site``.

    ``packed`` adds compressed copies of its files, for hosts that send them as they are.

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
            if packed:
                pack(aside)
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
        # The hooks give this code to faults of what they read.
        refused = BadInput if getattr(error, "exit_code", None) == 2 else BuildError
        raise refused("\n".join(told.lines or [str(error)])) from error
    finally:
        log.removeHandler(told)
