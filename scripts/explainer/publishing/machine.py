"""Everything of the site that is no page: machine forms and pictures, by path below its root."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from explainer import addresses
from explainer.dataset import LANGUAGES, Dataset
from explainer.forms import chart_forms, finding_forms, shared_forms, spoken_forms
from explainer.forms.speakers import Speakers, speakers
from explainer.pictures import chart_picture, figure_picture, png, share_picture
from explainer.pictures.raster import fonts
from explainer.publishing.hosting import header_file, redirect_file
from explainer.publishing.page import Page, Sort
from explainer.publishing.writer import add_file, write_file
from explainer.reasoning import reckon


def svgs(to: Speakers) -> Iterator[tuple[str, str]]:
    """Every picture that readers may take, by its path without the ending."""
    for code in LANGUAGES:
        words, folder = to.words[code], addresses.root_of(code)
        for figure in to.dataset.figures.values():
            page = addresses.figure_page(figure.id)
            yield f"{folder}{page}", figure_picture(words, figure, to.root)
        for chart in to.dataset.charts.values():
            page = addresses.chart_page(chart.id)
            yield f"{folder}{page}", chart_picture(words, chart, to.root)


def share_svgs(to: Speakers, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """The share picture of every page, by its path without the ending."""
    for page in pages:
        if page.sort is not Sort.EMBED:
            words = to.words[page.language]
            claims = [to.dataset.claim(ref) for ref in page.claims]
            drawn = share_picture(words, page.title, page.about, claims)
            yield addresses.share_picture(page.language, page.name).removesuffix(".png"), drawn


def write_machine_files(
    dataset: Dataset, pages: Sequence[Page], root: str, site: Path, cache: Path
) -> int:
    """Write every machine form and picture below ``site``; returns how many.

    Pictures that were made before are taken from ``cache``; the bytes are the same.
    """
    to = speakers(dataset, reckon(dataset), root)
    drawn = dict(svgs(to))
    texts = {**shared_forms(to), **spoken_forms(to), **dict(chart_forms(to))}
    titles = {
        code: {
            page.name: page.title
            for page in pages
            if page.language == code and page.sort is not Sort.EMBED
        }
        for code in LANGUAGES
    }
    texts |= finding_forms(to, titles)
    texts["_headers"] = header_file(root)
    texts["_redirects"] = redirect_file(dataset, root)
    texts |= {f"{path}.svg": svg for path, svg in drawn.items()}
    for path, text in texts.items():
        add_file(site / path, text.encode("utf-8"))
    shared = dict(share_svgs(to, pages))
    for path, svg in {**drawn, **shared}.items():
        write_file(site / f"{path}.png", _cached_png(svg, cache))
    return len(texts) + len(drawn) + len(shared)


def _cached_png(svg: str, cache: Path) -> bytes:
    made_of = "\0".join([svg, *fonts()]).encode("utf-8")
    kept = cache / f"{hashlib.sha256(made_of).hexdigest()}.png"
    if kept.is_file():
        return kept.read_bytes()
    made = png(svg)
    write_file(kept, made)
    return made
