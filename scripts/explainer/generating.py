"""From the data to pages: Markdown for MkDocs to read, and documents that need no Markdown."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from explainer import collector, urls
from explainer.config import ROOT, address_of, load_layout
from explainer.data import LANGUAGES, DataError, DataErrors, Dataset, load
from explainer.derive import evaluate_all
from explainer.export.context import site_context
from explainer.extract import Language
from explainer.site import Documents, LayoutContext, Page, Tree, add_file, write_machine_files
from explainer.site.documents import Content, Document
from explainer.site.machine import machine_files
from explainer.site.pages import Job, Pages, Rendered, content_of
from explainer.site.templates import compile_ahead, make_environment, spoken_templates
from explainer.supply import LOCK, supply_forms
from explainer.workers import Started, in_idle_time, spread

CACHE = ".cache/pictures"
"""Where pictures that were made before wait for the next build; safe to delete."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Documents that are ready before MkDocs empties the folder of the ``site``.

    They wait in a hidden folder inside it, for MkDocs leaves such entries alone. Used in a ``with``
    statement: none waits if that ends badly.
    """

    site: Path

    @property
    def folder(self) -> Path:
        """Where they wait."""
        return self.site / ".documents"

    def move(self) -> None:
        """Put them in their places in the site, which holds nothing else yet."""
        for path in sorted(self.folder.iterdir()):
            path.rename(self.site / path.name)
        self.folder.rmdir()

    def remove(self) -> None:
        """Let none wait; a folder of a site that was made for them alone goes too."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            self.site.rmdir()

    def __enter__(self) -> Self:
        self.remove()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self.remove()


@dataclass(frozen=True, slots=True)
class Generated:
    """A dataset, its pages by language and name, and where they lie and will be."""

    dataset: Dataset
    pages: Mapping[Language, Mapping[urls.Page, Page]]
    docs: Path
    documents: Documents
    waiting: Waiting | None

    def everything(self) -> Iterator[Page]:
        """Every page of every language."""
        return (page for of_language in self.pages.values() for page in of_language.values())

    def write_documents(self, site: Path, contents: Sequence[Content]) -> int:
        """Add what stands beside the pages whose ``contents`` MkDocs made; returns how many.

        Raises :class:`~explainer.site.bilingual.TranslationMismatch` where the languages of a page differ.
        """
        made = (*self.documents.paired(contents), *self.documents.apart(self.everything()))
        return add_documents(site, made)

    def copy_markdown(self, folder: Path) -> None:
        """Let ``folder`` hold the pages whose Markdown somebody has to read, and no others."""
        with Tree(folder, owned=LANGUAGES) as tree:
            for page in self.everything():
                if page.sort.is_markdown:
                    written = (self.docs / page.path).read_bytes()
                    tree.take(page.path, tree.prepared(page.path, written))

    def write_machine_files(self, site: Path, root: Path = ROOT) -> int:
        """Add every machine form and picture to a built site; returns how many."""
        files = machine_files(self.documents.to, [*self.everything()], root / CACHE)
        return write_machine_files(files, site)

    def write_supply(self, site: Path, root: Path = ROOT) -> int:
        """Add the bill of materials and the licence lists to a built site; returns how many.

        Raises :class:`~explainer.supply.BadLock` or :class:`~explainer.supply.UnknownLicence`.
        """
        forms = supply_forms(self.documents.to, (root / LOCK).read_text("utf-8"))
        return add_documents(site, [(path, text.encode("utf-8")) for path, text in forms.items()])


def generate(
    root: Path = ROOT,
    *,
    docs: Path | None = None,
    address: str | None = None,
    furnish: Callable[[], LayoutContext] | None = None,
    waiting: Waiting | None = None,
) -> Generated:
    """Load the data and bring the Markdown trees up to date.

    What ``furnish`` says is done while the data are read, and templates are compiled; many data are
    checked while pages are rendered, where there are processors. With ``waiting``, the documents
    of pages that need no Markdown are made as well. Raises ``DataErrors``, ``AssetError`` and
    :class:`~explainer.site.bilingual.TranslationMismatch`, and leaves all that is published as it was.
    """
    address = address or address_of(root)
    docs = docs or root / "docs"
    made: dict[Language, dict[urls.Page, Page]] = {code: {} for code in LANGUAGES}
    with (
        collector.put_off(),
        in_idle_time(furnish or partial(load_layout, root)) as furnishing,
        Started(compile_ahead, spoken_templates(), piece=4, idly=True) as compiling,
        ExitStack() as files,
    ):
        dataset = load(root / "data")
        (furniture,) = furnishing.finish()
        compiling.finish()
        to = site_context(dataset, evaluate_all(dataset), address)
        documents = Documents.of(make_environment(), to, furniture)
        pages = Pages.of(to)
        prose = pages.prose()
        files.enter_context(waiting or nullcontext())
        tree = files.enter_context(Tree(docs, owned=LANGUAGES))
        writing = _Writing(pages, documents, tree, waiting)
        jobs = pages.rest([page for page, _ in prose])
        told = [writing.prepared(prose), *spread(writing.done, jobs)]
        DataErrors.unless_empty((*pages.problems, *(one for _, some in told for one in some)))
        for prepared, _ in told:
            for page, part in prepared:
                made[page.language][page.name] = page
                tree.take(page.path, part)
    return Generated(dataset, made, docs, documents, waiting)


_Prepared = tuple[Page, Path | None]
"""A page, and what holds its new text where another stands in its place."""
_Told = tuple[list[_Prepared], Sequence[DataError]]
"""Pages whose files were prepared, and what was wrong with them."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """What writes pages: their Markdown, and their documents where those may wait for a site."""

    pages: Pages
    documents: Documents
    tree: Tree
    waiting: Waiting | None

    def done(self, jobs: Sequence[Job]) -> _Told:
        """Render pages and prepare their files."""
        return self.prepared(page for job in jobs for page in job())

    def prepared(self, rendered: Iterable[Rendered]) -> _Told:
        """Prepare the files of pages that are rendered now, if not before."""
        known = len(self.pages.problems)
        written = [(page, text.encode("utf-8")) for page, text in rendered]
        problems = self.pages.problems[known:]
        if self.waiting and not problems:
            ready = [
                (page, content_of(text)) for page, text in written if not page.sort.is_markdown
            ]
            add_documents(self.waiting.folder, self.documents.framed(ready))
            add_documents(self.waiting.folder, self.documents.paired(ready))
        return [(page, self.tree.prepared(page.path, text)) for page, text in written], problems


def add_documents(site: Path, documents: Iterable[Document]) -> int:
    """Add documents below a folder that nobody reads yet; returns how many."""
    count = 0
    for path, content in documents:
        add_file(f"{site}/{path}", content, alone=path.endswith("/index.html"))
        count += 1
    return count
