"""Which pages there are, what kind each is, and what makes MkDocs render them.

Prose and listings are written by hand in ``docs/en`` and ``docs/zh``. The pages of figures, charts
and embeds have a front matter alone, made here from the data and given to MkDocs without a file;
the layout named in it does the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from explainer import urls
from explainer.data import Dataset, Retired
from explainer.extract import Language


class PageKind(StrEnum):
    """What a page is made of."""

    PROSE = "prose"
    LISTING = "listing"
    FIGURE = "figure"
    CHART = "chart"
    EMBED = "embed"
    RETIRED = "retired"

    @property
    def is_listed(self) -> bool:
        """Whether the sitemap and the search list such pages."""
        return self not in (PageKind.EMBED, PageKind.RETIRED)


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page of one language, without its content.

    ``claims`` (``figure/claim``) are the numbers that its social card shows, if it has one.
    ``retired`` is the entry that a page of a retired id stands for.
    """

    name: urls.Page
    language: Language
    kind: PageKind
    title: str
    description: str
    claims: tuple[str, ...] = ()
    retired: Retired | None = None

    @property
    def url(self) -> str:
        """Its address below the site's root ("zh/figures/jobs-created/")."""
        return f"{urls.root_of(self.language)}{urls.folder(self.name)}"

    @property
    def picture(self) -> str:
        """The path of the picture that is shared with it, without ending: its own, or a card."""
        folder = "" if self.kind in (PageKind.FIGURE, PageKind.CHART) else "share/"
        return f"{urls.root_of(self.language)}{folder}{self.name}"

    @property
    def id(self) -> str:
        """The id of the figure or chart that it is about."""
        return self.name.split("/")[1]


def generated_pages(dataset: Dataset) -> Iterator[tuple[urls.Page, dict[str, str]]]:
    """Yield the name and front matter of every page that is made from the data."""
    for figure in dataset.figures:
        yield urls.figure_page(figure), {"template": "figure.html", "figure": figure}
        yield urls.embed_page(figure), {"template": "embed.html", "figure": figure}
    for chart in dataset.charts:
        yield urls.chart_page(chart), {"template": "chart.html", "chart": chart}
    for sort, name in dataset.retired:
        if sort == "report":
            continue
        retired = f"{sort}/{name}"
        yield urls.page_of(sort, name), {"template": "retired.html", "retired": retired}
        if sort == "figure":
            yield urls.embed_page(name), {"template": "retired_embed.html", "retired": retired}


def front_matter(fields: Mapping[str, str]) -> str:
    """Return the Markdown of a page that its layout makes alone."""
    return "".join(("---\n", *(f'{key}: "{value}"\n' for key, value in fields.items()), "---\n"))
