"""From the text of pages to documents: each page in its frame, and those in two tongues."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from explainer import addresses
from explainer.dataset import LANGUAGES
from explainer.forms.speakers import Speakers
from explainer.publishing import head
from explainer.publishing.both import Both
from explainer.publishing.frame import Frame, Furniture
from explainer.publishing.page import Page, Sort
from explainer.publishing.sitemap import sitemap
from explainer.quantities import Language

Content = tuple[Page, bytes]
"""A page and what stands in its frame: HTML in UTF-8."""
Document = tuple[str, bytes]
"""A file's path below the site's root, and its text in UTF-8."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What makes the documents of a site."""

    frames: dict[Language, Frame]
    both: Both

    @classmethod
    def of(cls, jinja: Environment, to: Speakers, furniture: Furniture) -> "Documents":
        """The documents of pages framed with ``furniture``."""
        frames = {code: Frame(jinja, to, code, furniture) for code in LANGUAGES}
        return cls(frames, Both(jinja, to, furniture))

    @property
    def to(self) -> Speakers:
        """The words of the pages, and the site's address."""
        return self.both.to

    @property
    def furniture(self) -> Furniture:
        """What all frames share."""
        return self.both.furniture

    def framed(self, contents: Sequence[Content]) -> Iterator[Document]:
        """Each page in the frame of its language."""
        alike: dict[addresses.Page, str] = {}
        for page, content in contents:
            if page.name not in alike:
                alike[page.name] = head.alike(self.to, page)
            document = self.frames[page.language].document(page, content, alike[page.name])
            yield f"{page.address}index.html", document

    def paired(self, contents: Sequence[Content]) -> Iterator[Document]:
        """Both languages at once of the pages that are here in both; embeds have no such page.

        Raises :class:`~explainer.publishing.both.Unpaired` where two pages differ.
        """
        by_name: dict[addresses.Page, dict[Language, Content]] = {}
        for page, content in contents:
            if page.sort is not Sort.EMBED:
                by_name.setdefault(page.name, {})[page.language] = page, content
        for name, found in by_name.items():
            one, other = (found[code] for code in LANGUAGES)
            said = {code: content.decode("utf-8") for code, (_, content) in found.items()}
            address = addresses.folder(addresses.both_page(name))
            yield f"{address}index.html", self.both.document(one[0], other[0], said)

    def apart(self, pages: Iterable[Page]) -> Iterator[Document]:
        """What stands for no page: "not found" in every language, and the sitemap of ``pages``."""
        for code in LANGUAGES:
            missing = self.frames[code].missing()
            yield f"{addresses.root_of(code)}404.html", missing.encode("utf-8")
        yield "sitemap.xml", sitemap(pages, self.to.root).encode("utf-8")
