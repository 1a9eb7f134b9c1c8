"""Everything of the site that is no page: machine forms and pictures, by path below its root."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from explainer import urls
from explainer.charts.chart_svg import chart_picture
from explainer.charts.figure_svg import figure_picture
from explainer.charts.png import fonts, png
from explainer.charts.social_card import share_picture
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
            draw = partial(figure_picture, words, figure, site.root)
            yield f"{root}{urls.figure_page(figure.id)}", draw
        for chart in site.dataset.charts.values():
            yield (
                f"{root}{urls.chart_page(chart.id)}",
                partial(chart_picture, words, chart, site.root),
            )


def social_cards(site: SiteContext, pages: Sequence[PageInfo]) -> Iterator[Picture]:
    """Yield the social card of every page."""
    for page in pages:
        if page.kind is not PageKind.EMBED:
            path = urls.share_picture(page.language, page.name).removesuffix(".png")
            claims = [site.dataset.claim(ref) for ref in page.claims]
            words = site.words[page.language]
            yield path, partial(share_picture, words, page.title, page.description, claims)


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
        for path, svg in drawn.items():
            add_file(folder / f"{path}.png", _cached_png(svg, cache))


def _cached_png(svg: str, cache: Path) -> bytes:
    source = "\0".join([svg, *fonts()]).encode("utf-8")
    kept = cache / f"{hashlib.sha256(source).hexdigest()}.png"
    if kept.is_file():
        return kept.read_bytes()
    image = png(svg)
    write_file(kept, image, durable=False)
    return image
