"""Which pages there are, what kind each is, and the files that make MkDocs render them.

Prose and listings are written by hand in ``docs/en`` and ``docs/zh``. The pages of figures, charts
and embeds are Markdown files of a front matter alone, written here from the data; the layout named
in it does the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from explainer import urls
from explainer.data import LANGUAGES, Dataset, Retired
from explainer.extract import Language
from explainer.files import write_file

MARK = "# Written from the data by the build. Do not edit."
"""The line by which the program knows the files that it wrote itself."""


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

    ``retired`` is the entry that a page of a retired id stands for.
    """

    name: urls.Page
    language: Language
    kind: PageKind
    title: str
    description: str
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


def write_generated_pages(docs: Path, dataset: Dataset) -> int:
    """Bring the generated Markdown files below ``docs`` up to date; returns how many changed.

    Only files that carry :data:`MARK` are overwritten or removed. Raises ``FileExistsError`` where
    a hand-written file stands in the place of a generated one.
    """
    wanted: dict[Path, bytes] = {}
    for name, fields in generated_pages(dataset):
        front = "".join(f'{key}: "{value}"\n' for key, value in fields.items())
        for language in LANGUAGES:
            wanted[docs / language / f"{name}.md"] = f"---\n{MARK}\n{front}---\n".encode()
    existing = {
        path
        for language in LANGUAGES
        for folder in ("figures", "charts")
        for path in (docs / language / folder).rglob("*.md")
    }
    for path in existing & wanted.keys():
        if not is_generated(path):
            raise FileExistsError(17, "a hand-written page stands in the place of a figure", path)
    changed = sum(write_file(path, content, durable=False) for path, content in wanted.items())
    for path in sorted(existing - wanted.keys()):
        if is_generated(path):
            path.unlink()
            changed += 1
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
    return changed


def is_generated(path: Path) -> bool:
    """Whether the program wrote the file."""
    with path.open(encoding="utf-8") as file:
        return file.readline() == "---\n" and file.readline() == f"{MARK}\n"
