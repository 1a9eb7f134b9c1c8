"""From the Markdown trees to documents: pages that are HTML already, and those in two tongues."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from explainer import addresses
from explainer.dataset import LANGUAGES
from explainer.forms.speakers import Speakers
from explainer.publishing import head
from explainer.publishing.both import Both
from explainer.publishing.frame import Frame, Furniture
from explainer.publishing.page import Page, Sort
from explainer.publishing.pages import content_of
from explainer.publishing.sitemap import sitemap
from explainer.publishing.writer import read_file
from explainer.quantities import Language

Contents = Mapping[tuple[Language, addresses.Page], str]
"""The HTML of pages whose Markdown was read elsewhere, by language and name."""
Document = tuple[str, bytes]
"""A file's path below the site's root, and its text in UTF-8."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a site whose ``pages`` lie, as Markdown, below ``docs``."""

    docs: Path
    pages: Mapping[Language, Mapping[addresses.Page, Page]]
    frames: Mapping[Language, Frame]
    both: Both

    @classmethod
    def of(
        cls,
        jinja: Environment,
        to: Speakers,
        furniture: Furniture,
        pages: Mapping[Language, Mapping[addresses.Page, Page]],
        docs: Path,
    ) -> "Documents":
        """The documents of ``pages``, framed with ``furniture``."""
        frames = {code: Frame(jinja, to, code, furniture) for code in LANGUAGES}
        return cls(docs, pages, frames, Both(jinja, to, furniture))

    def ready(self, names: Sequence[addresses.Page]) -> Iterator[Document]:
        """The pages ``names``, which need no Markdown, in every language."""
        for name in names:
            alike = head.alike(self.both.to, self.pages[addresses.DEFAULT][name])
            for code in LANGUAGES:
                page = self.pages[code][name]
                document = self.frames[code].document(page, self._read(page), alike)
                yield f"{page.address}index.html", document

    def paired(self, names: Sequence[addresses.Page], contents: Contents) -> Iterator[Document]:
        """The pages ``names`` in both languages at once; what MkDocs made of them is ``contents``.

        Raises :class:`~explainer.publishing.both.Unpaired` where two pages differ.
        """
        for name in names:
            one, other = (self.pages[code][name] for code in LANGUAGES)
            if one.sort is Sort.EMBED:
                continue
            said = {
                code: contents.get((code, name))
                or self._read(self.pages[code][name]).decode("utf-8")
                for code in LANGUAGES
            }
            address = addresses.folder(addresses.both_page(name))
            yield f"{address}index.html", self.both.document(one, other, said)

    def apart(self) -> Iterator[Document]:
        """What stands for no page: "not found" in every language, and the sitemap."""
        for code in LANGUAGES:
            missing = self.frames[code].missing()
            yield f"{addresses.root_of(code)}404.html", missing.encode("utf-8")
        everything = (page for pages in self.pages.values() for page in pages.values())
        yield "sitemap.xml", sitemap(everything, self.both.to.root).encode("utf-8")

    def _read(self, page: Page) -> bytes:
        return content_of(read_file(f"{self.docs}/{page.path}"))
