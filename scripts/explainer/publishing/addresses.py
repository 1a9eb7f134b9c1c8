"""Where every page stands, and how one page links to another from wherever it is served.

A page is named by its path below the language's root without ending: ``index``, ``money``,
``figures/index``, ``figures/jobs-created``.
"""

import posixpath

Page = str


def folder(page: Page) -> str:
    """The page's address below the language's root: ``""``, ``money/``, ``figures/x/``."""
    stem = page.removesuffix("index").strip("/")
    return f"{stem}/" if stem else ""


def link(here: Page, there: Page, anchor: str = "") -> str:
    """A relative address from ``here`` to ``there``; the same in every language and on any host."""
    path = posixpath.relpath(f"/{folder(there)}", f"/{folder(here)}")
    fragment = f"#{anchor}" if anchor else ""
    if here == there:
        return fragment or "./"
    return f"{path}/{fragment}"


def figure_page(figure: str) -> Page:
    """The page of a figure."""
    return f"figures/{figure}"


def figure_anchor(figure: str) -> str:
    """The id of a figure where prose uses it; the same in both languages."""
    return f"f-{figure}"


def derivation_anchor(derivation: str) -> str:
    """The id of a derivation on its figure's page."""
    return f"d-{derivation}"


def chart_anchor(chart: str) -> str:
    """The id of a chart where it stands."""
    return f"chart-{chart}"
