"""From the text of pages to documents: each page in its frame, and those in two tongues."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from explainer import urls
from explainer.data import LANGUAGES
from explainer.export.context import SiteContext
from explainer.site.bilingual import BilingualRenderer
from explainer.site.frame import Frame, LayoutContext
from explainer.site.page import Page, PageType
from explainer.site.sitemap import sitemap
from explainer.extract import Language

Content = tuple[Page, bytes]
"""A page and what stands in its frame: HTML in UTF-8."""
Document = tuple[str, bytes]
"""A file's path below the site's root, and its text in UTF-8."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What makes the documents of a site."""

    frames: dict[Language, Frame]
    both: BilingualRenderer

    @classmethod
    def of(cls, jinja: Environment, to: SiteContext, furniture: LayoutContext) -> "Documents":
        """The documents of pages framed with ``furniture``."""
        frames = {code: Frame(jinja, to, code, furniture) for code in LANGUAGES}
        return cls(frames, BilingualRenderer(jinja, to, furniture))

    @property
    def to(self) -> SiteContext:
        """The words of the pages, and the site's address."""
        return self.both.to

    @property
    def furniture(self) -> LayoutContext:
        """What all frames share."""
        return self.both.furniture

    def framed(self, contents: Sequence[Content]) -> Iterator[Document]:
        """Each page in the frame of its language."""
        for page, content in contents:
            document = self.frames[page.language].document(page, content)
            yield f"{page.address}index.html", document

    def paired(self, contents: Sequence[Content]) -> Iterator[Document]:
        """Both languages at once of the pages that are here in both; embeds have no such page.

        Raises :class:`~explainer.site.bilingual.TranslationMismatch` where two pages differ.
        """
        by_name: dict[urls.Page, dict[Language, Content]] = {}
        for page, content in contents:
            if page.sort is not PageType.EMBED:
                by_name.setdefault(page.name, {})[page.language] = page, content
        for name, found in by_name.items():
            one, other = (found[code] for code in LANGUAGES)
            said = {code: content.decode("utf-8") for code, (_, content) in found.items()}
            address = urls.folder(urls.both_page(name))
            yield f"{address}index.html", self.both.document(one[0], other[0], said)

    def apart(self, pages: Iterable[Page]) -> Iterator[Document]:
        """What stands for no page: "not found" in every language, and the sitemap of ``pages``."""
        for code in LANGUAGES:
            missing = self.frames[code].missing()
            yield f"{urls.root_of(code)}404.html", missing.encode("utf-8")
        yield "sitemap.xml", sitemap(pages, self.to.root).encode("utf-8")
