"""What a page is, without its text: its name, its sort, and what heads and menus say of it."""

from dataclasses import dataclass
from enum import StrEnum

from explainer import urls
from explainer.data import Retired
from explainer.extract import Language


class PageType(StrEnum):
    """What a page is made of, and so how it becomes HTML.

    TemplateGlobals is Markdown. Pages made from the data alone are HTML already when they are rendered:
    there may be thousands of them, and some list thousands of things.
    """

    PROSE = "prose"
    RETIRED = "retired"
    REFERENCE = "reference"
    FIGURE = "figure"
    EMBED = "embed"
    CHART = "chart"

    @property
    def is_markdown(self) -> bool:
        """Whether the page's text needs a Markdown reader."""
        return self is PageType.PROSE


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one language.

    ``claims`` names those that its share picture and backlinks show, each ``figure/claim``.
    """

    name: urls.Page
    language: Language
    sort: PageType
    title: str
    about: str
    claims: tuple[str, ...] = ()
    retired: Retired | None = None

    @property
    def path(self) -> str:
        """The path of its Markdown file below ``docs``."""
        return f"{self.language}/{self.name}.md"

    @property
    def address(self) -> str:
        """Its address below the site's root ("zh/figures/jobs-created/")."""
        return f"{urls.root_of(self.language)}{urls.folder(self.name)}"

    @property
    def id(self) -> str:
        """The id of the figure or chart that it is about."""
        return self.name.split("/")[1]
