"""Everything of the site that is no page: machine forms and pictures, by path below its root."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from explainer import urls
from explainer.charts.pictures import draw_chart_picture, draw_figure_picture
from explainer.charts.png import font_files, render_pngs
from explainer.charts.social_card import draw_social_card
from explainer.data import LANGUAGES
from explainer.export import SiteContext, export_files, search_data
from explainer.files import add_file, write_file
from explainer.site.headers import header_file, redirect_file
from explainer.site.pages import PageInfo, PageKind

Picture = tuple[str, Callable[[], str]]
"""A picture's path without its ending, and what draws it as SVG."""


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


def pictures(site: SiteContext) -> Iterator[Picture]:
    """Yield every picture that readers may take."""
    for code in LANGUAGES:
        words, root = site.words[code], urls.root_of(code)
        for figure in site.dataset.figures.values():
            draw = partial(draw_figure_picture, words, figure, site.root)
            yield f"{root}{urls.figure_page(figure.id)}", draw
        for chart in site.dataset.charts.values():
            yield (
                f"{root}{urls.chart_page(chart.id)}",
                partial(draw_chart_picture, words, chart, site.root),
            )


def social_cards(site: SiteContext, pages: Sequence[PageInfo]) -> Iterator[Picture]:
    """Yield the social card of every page."""
    for page in pages:
        if page.kind is not PageKind.EMBED:
            path = urls.share_picture(page.language, page.name).removesuffix(".png")
            claims = [site.dataset.claim(ref) for ref in page.claims]
            words = site.words[page.language]
            yield path, partial(draw_social_card, words, page.title, page.description, claims)


def write_pictures(
    site: SiteContext, pages: Sequence[PageInfo], folder: Path, cache: Path | None
) -> None:
    """Write the pictures as SVG and, where there is a ``cache``, as PNG with the social cards.

    PNGs that were made before are taken from the cache; the bytes are the same.
    """
    drawn = {path: draw() for path, draw in pictures(site)}
    for path, svg in drawn.items():
        add_file(folder / f"{path}.svg", svg.encode("utf-8"))
    if cache is not None:
        drawn.update((path, draw()) for path, draw in social_cards(site, pages))
        for path, image in zip(drawn, _cached_pngs(list(drawn.values()), cache), strict=True):
            add_file(folder / f"{path}.png", image)


def _cached_pngs(svgs: Sequence[str], cache: Path) -> Iterator[bytes]:
    """Yield the PNG of each picture, after rendering those that the cache does not hold."""
    fonts = "\0".join(font_files())
    digests = [hashlib.sha256(f"{svg}\0{fonts}".encode()).hexdigest() for svg in svgs]
    paths = [cache / f"{digest}.png" for digest in digests]
    missing = {path: svg for path, svg in zip(paths, svgs, strict=True) if not path.is_file()}
    for path, image in zip(missing, render_pngs(list(missing.values())), strict=True):
        write_file(path, image, durable=False)
    return (path.read_bytes() for path in paths)
