"""Everything of the site that is no page: machine forms and pictures, by path below its root."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from explainer import urls
from explainer.charts.pictures import draw_chart_picture, draw_figure_picture, draw_social_card
from explainer.data import LANGUAGES
from explainer.export import SiteContext, export_files, search_data
from explainer.files import add_file
from explainer.site.headers import header_file, redirect_file
from explainer.site.pages import PageInfo, PageKind


def write_forms(site: SiteContext, pages: Sequence[PageInfo], folder: Path) -> None:
    """Write every text file for programs below ``folder``, the finished site."""
    for path, text in export_files(site):
        add_file(folder / path, text.encode("utf-8"))
    for code in LANGUAGES:
        listed = (page for page in pages if page.language == code and page.kind.is_listed)
        data = search_data(site.words[code], {page.name: page.title for page in listed})
        add_file(folder / f"{urls.root_of(code)}search.json", data.encode("utf-8"))
    add_file(folder / "_headers", header_file(site.root).encode("utf-8"))
    add_file(folder / "_redirects", redirect_file(site.dataset, site.root).encode("utf-8"))


def draw_pictures(site: SiteContext) -> Iterator[tuple[str, str]]:
    """Yield the path, without its ending, and the SVG of every picture that readers may take."""
    for code in LANGUAGES:
        words, root = site.words[code], urls.root_of(code)
        for figure in site.dataset.figures.values():
            path = f"{root}{urls.figure_page(figure.id)}"
            yield path, draw_figure_picture(words, figure, site.root)
        for chart in site.dataset.charts.values():
            path = f"{root}{urls.chart_page(chart.id)}"
            yield path, draw_chart_picture(words, chart, site.root)


def draw_social_cards(site: SiteContext, pages: Iterable[PageInfo]) -> Iterator[tuple[str, str]]:
    """Yield the path, without its ending, and the SVG of the card of every page without picture."""
    for page in pages:
        if page.kind in (PageKind.PROSE, PageKind.LISTING):
            words = site.words[page.language]
            yield page.picture, draw_social_card(words, page.title, page.description)
