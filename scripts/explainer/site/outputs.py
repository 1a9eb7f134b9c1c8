"""Everything of the site that is no page: machine forms, pictures and the search index.

Pagefind makes one index a language from the finished pages, by their ``<html lang>``. Its files are
plain and static; a reader's browser fetches a few of them with the first search.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from pagefind_bin_extended import get_executable

from explainer import urls
from explainer.charts.pictures import draw_chart_picture, draw_figure_picture
from explainer.data import LANGUAGES, simplified_forms
from explainer.export import SiteContext, export_files, search_data
from explainer.files import add_file
from explainer.site.pages import PageInfo

_UNUSED = ("pagefind-*ui*", "pagefind-component*", "pagefind-highlight*")
"""What Pagefind adds and the site does not use."""
_NOT_INDEXED = ".permalink, .copy, .take, [data-scripted], [hidden], [lang=ja], svg"
"""What is no text to find; for kana Pagefind would also load a dictionary of its own, for long."""


class SearchIndexError(RuntimeError):
    """Pagefind refused the site; the message holds its output."""


def forms(
    site: SiteContext, pages: Sequence[PageInfo], *, preview: bool
) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file for programs; in a preview, of what pages load."""
    for code in LANGUAGES:
        titles = {p.name: p.title for p in pages if p.language == code and p.is_listed}
        yield f"{urls.root_of(code)}search.json", search_data(site, code, titles)
    if not preview:
        yield from export_files(site)


def draw_pictures(site: SiteContext) -> Iterator[tuple[str, str]]:
    """Yield the path, without its ending, and the SVG of every picture that readers may take."""
    for code in LANGUAGES:
        words, root = site.words[code], urls.root_of(code)
        for figure in site.dataset.figures.values():
            path = f"{root}{urls.figure_page(figure.id)}"
            yield path, draw_figure_picture(words, figure, site.root)
        for chart in site.dataset.charts.values():
            path = f"{root}{urls.page_of('chart', chart.id)}"
            yield path, draw_chart_picture(words, chart, site.root)


class SearchIndexer:
    """Pagefind, indexing the pages with ``data-pagefind-body`` while files are added beside them."""

    def __init__(self, site: Path) -> None:
        self._site = site
        command = (get_executable(), "--site", site, "--exclude-selectors", _NOT_INDEXED)
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def finish(self) -> None:
        """Wait for the index, and make it the same in every build.

        Raises :class:`SearchIndexError`.
        """
        output, _ = self._process.communicate()
        if self._process.returncode:
            raise SearchIndexError(output.strip())
        folder = self._site / "pagefind"
        for path in folder.iterdir():
            if any(fnmatch(path.name, pattern) for pattern in _UNUSED):
                path.unlink() if path.is_file() else shutil.rmtree(path)
        entry = folder / "pagefind-entry.json"  # its keys come in random order
        entry.write_text(json.dumps(json.loads(entry.read_text("utf-8")), sort_keys=True), "utf-8")
        table = simplified_characters(self._site)
        text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
        add_file(folder / "simplified.json", text.encode("utf-8"))

    def stop(self) -> None:
        """End Pagefind if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def simplified_characters(site: Path) -> dict[str, str]:
    """Return traditional characters and their simplified forms, as far as the site uses these.

    The table is OpenCC's ``TSCharacters``; of several simplified forms the first one stands.
    """
    pages = (path.read_text("utf-8") for path in sorted((site / urls.OTHER).rglob("index.html")))
    used = set().union(*pages)
    table = {one: forms[0] for one, forms in simplified_forms().items()}
    return {one: other for one, other in table.items() if one != other and other in used}
