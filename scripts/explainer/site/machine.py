"""Everything of the site that is no page: machine forms and pictures, by path below its root.

Each file is made when it is asked for: a build asks for all, a preview for the one it shows.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from explainer import urls
from explainer.data import LANGUAGES
from explainer.export import SiteContext, export_files, search_data
from explainer.charts.chart_svg import chart_picture
from explainer.charts.figure_svg import figure_picture
from explainer.charts.png import png
from explainer.charts.social_card import share_picture
from explainer.charts.png import fonts
from explainer.site.headers import header_file, redirect_file
from explainer.site.page import Page, PageType
from explainer.site.writer import add_file, write_file
from explainer.extract import Language
from explainer.workers import spread

_NOT_LOOKED_FOR = (PageType.EMBED, PageType.RETIRED)
Drawing = tuple[str, Callable[[], str]]
"""A picture's path without its ending, and what draws it as SVG."""
Files = Mapping[str, Callable[[], bytes]]
"""What makes a file, by the file's path below the site's root."""


def svgs(to: SiteContext) -> Iterator[Drawing]:
    """Every picture that readers may take."""
    for code in LANGUAGES:
        words, folder = to.words[code], urls.root_of(code)
        for figure in to.dataset.figures.values():
            page = urls.figure_page(figure.id)
            yield f"{folder}{page}", partial(figure_picture, words, figure, to.root)
        for chart in to.dataset.charts.values():
            page = urls.chart_page(chart.id)
            yield f"{folder}{page}", partial(chart_picture, words, chart, to.root)


def share_svgs(to: SiteContext, pages: Sequence[Page]) -> Iterator[Drawing]:
    """The share picture of every page."""
    for page in pages:
        if page.sort is not PageType.EMBED:
            path = urls.share_picture(page.language, page.name).removesuffix(".png")
            yield path, partial(_share_svg, to, page)


def _share_svg(to: SiteContext, page: Page) -> str:
    claims = [to.dataset.claim(ref) for ref in page.claims]
    return share_picture(to.words[page.language], page.title, page.about, claims)


def machine_files(to: SiteContext, pages: Sequence[Page], cache: Path) -> Files:
    """Every machine form and picture.

    Pictures of pixels that were made before are taken from ``cache``; the bytes are the same.
    """
    texts = dict(export_files(to))
    for code in LANGUAGES:
        texts[f"{urls.root_of(code)}search.json"] = partial(_search, to, pages, code)
    texts["_headers"] = partial(header_file, to.root)
    texts["_redirects"] = partial(redirect_file, to.dataset, to.root)
    drawn = dict(svgs(to))
    files = {path: partial(_encoded, text) for path, text in texts.items()}
    files |= {f"{path}.svg": partial(_encoded, svg) for path, svg in drawn.items()}
    for path, svg in {**drawn, **dict(share_svgs(to, pages))}.items():
        files[f"{path}.png"] = partial(_cached_png, svg, cache)
    return files


def write_machine_files(files: Files, site: Path) -> int:
    """Write ``files`` below ``site``; returns how many."""

    def write(share: Sequence[tuple[str, Callable[[], bytes]]]) -> int:
        for path, made in share:
            add_file(site / path, made())
        return len(share)

    # Sorted by path, each share has files of every sort, of quick ones and of slow ones.
    return sum(spread(write, sorted(files.items(), key=lambda one: one[0])))


def _encoded(text: Callable[[], str]) -> bytes:
    return text().encode("utf-8")


def _search(to: SiteContext, pages: Sequence[Page], code: Language) -> str:
    found = (p for p in pages if p.language == code and p.sort not in _NOT_LOOKED_FOR)
    return search_data(to.words[code], {page.name: page.title for page in found})


def _cached_png(svg: Callable[[], str], cache: Path) -> bytes:
    drawn = svg()
    made_of = "\0".join([drawn, *fonts()]).encode("utf-8")
    kept = cache / f"{hashlib.sha256(made_of).hexdigest()}.png"
    if kept.is_file():
        return kept.read_bytes()
    made = png(drawn)
    write_file(kept, made, durable=False)
    return made
