"""The whole way in two calls: generate the pages, build the site aside and swap it in."""

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import yaml_load

from explainer import addresses, checkout
from explainer.checking import Report, verify
from explainer.dataset import (
    LANGUAGES,
    BadData,
    Dataset,
    Problem,
    loading,
    permanence,
    written_pairs,
)
from explainer.dataset.pairs import Written
from explainer.forms.speakers import speakers
from explainer.publishing import (
    Documents,
    Furniture,
    Page,
    Tree,
    add_file,
    templates,
    write_machine_files,
)
from explainer.publishing.assets import Assets, found_assets
from explainer.publishing.documents import Contents, Document
from explainer.publishing.live import only_one, recover, swap
from explainer.publishing.machine import machine_files
from explainer.publishing.packing import pack
from explainer.publishing.pages import Job, Pages, Rendered
from explainer.publishing.passages import paired
from explainer.publishing.templates import make_environment
from explainer.quantities import Language
from explainer.reasoning import reckon
from explainer.supply import LOCK, supply_forms
from explainer.workers import Started, spread

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

    def start_documents(self, site: Path, documents: Documents) -> Started[addresses.Page, int]:
        """Begin to add the pages that need no Markdown to a site, each language and both at once.

        Raises :class:`~explainer.publishing.both.Unpaired` in the end where languages differ.
        """

        def write(names: Sequence[addresses.Page]) -> int:
            return _added(site, documents.ready(names)) + _added(site, documents.paired(names, {}))

        return Started(write, [n for n, p in self.pages["en"].items() if not p.sort.is_markdown])

    def write_documents(self, site: Path, documents: Documents, contents: Contents) -> int:
        """Add what stands beside the pages whose ``contents`` MkDocs made; returns how many.

        Raises :class:`~explainer.publishing.both.Unpaired` where the languages of a page differ.
        """

        def write(names: Sequence[addresses.Page]) -> int:
            return _added(site, documents.paired(names, contents))

        names = [*dict.fromkeys(name for _, name in contents)]
        return sum(spread(write, names)) + _added(site, documents.apart())

    def documents(self, furniture: Furniture) -> Documents:
        """The documents of these pages."""
        to = speakers(self.dataset, reckon(self.dataset), self.address)
        return Documents.of(make_environment(), to, furniture, self.pages, self.docs)

    def copy_markdown(self, folder: Path) -> None:
        """Let ``folder`` hold the pages whose Markdown somebody has to read, and no others."""
        with Tree(folder, owned=LANGUAGES) as tree:
            for of_language in self.pages.values():
                for page in of_language.values():
                    if page.sort.is_markdown:
                        text = (self.docs / page.path).read_text("utf-8")
                        tree.take(page.path, tree.prepared(page.path, text))

    def write_machine_files(self, site: Path, root: Path = ROOT) -> int:
        """Add every machine form and picture to a built site; returns how many."""
        pages = [page for of_language in self.pages.values() for page in of_language.values()]
        to = speakers(self.dataset, reckon(self.dataset), self.address)
        return write_machine_files(machine_files(to, pages, root / CACHE), site)

    def write_supply(self, site: Path, root: Path = ROOT) -> int:
        """Add the bill of materials and the licence lists to a built site; returns how many.

        Raises :class:`~explainer.supply.BadLock` or :class:`~explainer.supply.UnknownLicence`.
        """
        to = speakers(self.dataset, reckon(self.dataset), self.address)
        forms = supply_forms(to, (root / LOCK).read_text("utf-8"))
        return _added(site, [(path, text.encode("utf-8")) for path, text in forms.items()])


def _added(site: Path, documents: Iterable[Document]) -> int:
    count = 0
    for path, content in documents:
        add_file(f"{site}/{path}", content)
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Setting:
    """What frames and Markdown need to know, for a site at ``address``."""

    address: str
    furniture: Furniture
    markdown: tuple[list[str], dict[str, Any]]

    @classmethod
    def of(cls, root: Path, address: str, assets: Assets) -> "Setting":
        """The setting of a checkout."""
        with (root / "mkdocs.yml").open("rb") as file:
            config = yaml_load(file)
        return cls(
            address,
            furniture(config["nav"], config["extra"]["reference"], assets),
            _extensions(config["markdown_extensions"]),
        )


def assets_of(root: Path = ROOT) -> Assets:
    """What a checkout publishes of its assets and the theme's. Raises ``UnfitAssets``."""
    theme = str(files("material") / "templates")
    return found_assets(root / "docs", [theme], root / "scripts" / "templates")


def furniture(menu: Sequence[str], reference: Sequence[str], assets: Assets) -> Furniture:
    """What frames share, by the menu that ``mkdocs.yml`` names."""
    parts = ([n for n in menu if n not in reference], [n for n in menu if n in reference])
    return Furniture(tuple([name.removesuffix(".md") for name in part] for part in parts), assets)


def _extensions(listed: Sequence[Any]) -> tuple[list[str], dict[str, Any]]:
    """Markdown's extensions, MkDocs' own and those listed, and their configurations."""
    names = [*MARKDOWN_BUILTIN]
    configurations: dict[str, Any] = {}
    for one in listed:
        if isinstance(one, dict):
            configurations |= one
        names += [one] if isinstance(one, str) else [*one]
    return [*dict.fromkeys(names)], configurations


MARKDOWN_BUILTIN = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs adds to those of ``mkdocs.yml``."""


def address_of(root: Path = ROOT) -> str:
    """The absolute address that the site will have: SITE_URL, or what ``mkdocs.yml`` says."""
    with (root / "mkdocs.yml").open("rb") as config:
        url = str(yaml_load(config)["site_url"])
    return f"{url.rstrip('/')}/"


def generate(
    root: Path = ROOT,
    *,
    docs: Path | None = None,
    address: str | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Generated:
    """Load the data and bring the Markdown trees up to date. Raises ``BadData``.

    ``meanwhile`` is done here while another process checks the data.
    """
    address = address or address_of(root)
    docs = docs or root / "docs"
    with ExitStack() as ending:
        compiling: list[Started[str, Mapping[str, bytes]]] = []

        def compile_templates() -> None:
            begun = Started(templates.compiled, templates.spoken_templates(), piece=1)
            compiling.append(ending.enter_context(begun))

        with loading(root / "data", when_read=compile_templates) as dataset:
            meanwhile()
            parts = [part for begun in compiling for part in begun.finish()]
            compiled = {key: code for part in parts for key, code in part.items()}
            pages = Pages.of(dataset, address, compiled=templates.Compiled(compiled))
            prose = pages.prose()
            jobs = pages.rest([page for page, _ in prose])
    made: dict[Language, dict[addresses.Page, Page]] = {code: {} for code in LANGUAGES}
    with Tree(docs, owned=LANGUAGES) as tree:

        def prepared(found: Iterable[Rendered]) -> list[Prepared]:
            return [(page, tree.prepared(page.path, text)) for page, text in found]

        def rendered(jobs: Sequence[Job]) -> Told:
            known = len(pages.problems)
            return prepared(page for job in jobs for page in job()), pages.problems[known:]

        told: list[Told] = [(prepared(prose), pages.problems[:]), *spread(rendered, jobs)]
        BadData.unless_empty(problem for _, problems in told for problem in problems)
        for found, _ in told:
            for page, aside in found:
                made[page.language][page.name] = page
                tree.take(page.path, aside)
    return Generated(dataset, made, address, docs)


Prepared = tuple[Page, Path | None]
"""A page, and what holds its new text where another stands in its place."""
Told = tuple[list[Prepared], Sequence[Problem]]
"""Pages whose files were prepared, and what was wrong with them."""


def written(root: Path = ROOT) -> tuple[Written, ...]:
    """Every text in both languages, in the data and in the prose, with its place."""
    prose = paired(root / "scripts" / "templates")
    return (
        *written_pairs(root / "data"),
        *(one for page in prose.values() for one in page.values()),
    )


def broken_promises(root: Path = ROOT) -> tuple[list[Problem], int]:
    """Where today's registry and retirements break what was ever committed.

    Returns the problems and how many committed versions were looked at. Raises ``NoHistory``
    where there is none to look at, and ``CutHistory`` in a shallow clone.
    """
    problems: list[Problem] = []
    looked_at = 0
    for name, held in permanence.FILES.items():
        path = f"data/{name}"
        past = checkout.versions(root, path)
        looked_at += len(past)
        problems += held(past, (root / path).read_text("utf-8"), path)
    return problems, looked_at


class BuildError(RuntimeError):
    """MkDocs or the checks refused the site; the message holds what they said."""


class BadInput(BuildError):
    """What MkDocs was given is at fault, and not what it made of it."""


_INPUTS = ("data", "docs/assets", "mkdocs.yml", "overrides", LOCK, "scripts")


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
        generated = generate(root)
        os.umask(0o022)
        try:
            _build_aside(root, aside, generated)
            if packed:
                pack(aside)
            report = verify(aside, generated.dataset)
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
