"""The whole site as text: from the dataset to one Markdown file per page and language."""

from collections.abc import Mapping
from pathlib import Path

from explainer.dataset import LANGUAGES, BadData, Dataset
from explainer.publishing import addresses, templates
from explainer.publishing.prose import Prose
from explainer.quantities import Language
from explainer.reasoning import reckon

SHARED = {"figures/index": "figures.md.j2", "names": "names.md.j2"}
"""Pages whose template serves both languages, but for the figure pages."""


def render(dataset: Dataset, folder: Path = templates.FOLDER) -> dict[str, str]:
    """Every page's Markdown by its path below ``docs`` ("en/money.md").

    Raises :class:`BadData` with every problem of every page.
    """
    problems = list(templates.typed_digits(folder))
    BadData.unless_empty(problems)
    prose_pages = templates.prose_pages(folder)
    jinja = templates.make_environment(folder)
    reckoned = reckon(dataset)
    pages: dict[str, str] = {}

    def add(
        language: Language, page: addresses.Page, template: str, names: Mapping[str, object]
    ) -> None:
        prose = Prose(dataset, reckoned, language, page)
        text, problem = templates.render(jinja, template, {**prose.names(), "page": page, **names})
        pages[f"{language}/{page}.md"] = text
        if problem:
            problems.append(problem)

    for language in LANGUAGES:
        for page in prose_pages:
            add(language, page, f"pages/{page}.{language}.md.j2", {})
        for page, template in SHARED.items():
            add(language, page, template, {})
        for figure in dataset.figures.values():
            page = addresses.figure_page(figure.id)
            add(language, page, "figure.md.j2", {"figure": figure})
        for (sort, name), retired in dataset.retired.items():
            if sort == "figure":
                add(language, addresses.figure_page(name), "retired.md.j2", {"retired": retired})
    BadData.unless_empty(problems)
    return pages
