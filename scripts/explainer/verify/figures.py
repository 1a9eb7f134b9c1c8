"""Checks of figures: each has its pages and machine forms, and they show what the data say."""

import json
from collections.abc import Iterator

from explainer.data import LANGUAGES
from explainer.urls import figure_page, root_of
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding, language_of
from explainer.verify.numbers import says


def check_claims(page: Page, site: Site) -> Iterator[PageFinding]:
    """The page of a figure shows each claim as printed and as a number, and each derivation."""
    figure_id = page.path.removeprefix(root_of("zh")).removeprefix("figures/").split("/")[0]
    figure = site.dataset.figures.get(figure_id)
    if figure is None or page.path.startswith("both/"):
        return
    language = language_of(page.path)
    numbers = [e.text_content() for e in page.elements("//*[starts-with(@class, 'number ')]")]
    for claim in figure.claims:
        shown = any(says(claim.quantity, number, language) for number in numbers)
        yield None if shown else f"claim {claim.id} is not among the numbers"
    if page.path.endswith("embed/index.html"):
        return
    for claim in figure.claims:
        printed = page.texts(f"//*[@id='{claim.id}']//*[@class='printed']//text()")
        right = "".join(printed) == claim.mentions[0].exact
        yield None if right else f"claim {claim.id} is not shown as printed, but as {printed}"
    ids = site.pages[page.path].ids
    for name in figure.comparison.derivations:
        is_own = site.dataset.derivations[name].figure == figure.id
        yield f"no derivation {name}" if is_own and f"d-{name}" not in ids else None


def check_figures(site: Site) -> Iterator[SiteFinding]:
    """Every figure has its pages, and a JSON with the claims, values and bounds of the data."""
    for figure in site.dataset.figures.values():
        for language in LANGUAGES:
            path = f"{root_of(language)}{figure_page(figure.id)}/index.html"
            yield None if path in site.pages else (path, "is missing")
        name = f"{figure_page(figure.id)}.json"
        wanted = {
            claim.id: (claim.mentions[0].exact, f"{claim.quantity.value:f}", claim.quantity.bound)
            for claim in figure.claims
        }
        try:
            claims = json.loads(site.text(name))["claims"]
            found = {one["id"]: (one["printed"], one["value"], one["bound"]) for one in claims}
        except (ValueError, KeyError, TypeError) as error:
            yield name, f"cannot be read: {error!r}"
            continue
        yield None if found == wanted else (name, f"has {found}, not {wanted}")


def check_prose_anchors(page: Page, site: Site) -> Iterator[PageFinding]:
    """An anchor ``f-…`` names a figure, and the link it stands on leads to that figure."""
    for link in page.elements("//a[starts-with(@id, 'f-')]"):
        figure = link.get("id", "").removeprefix("f-")
        target = site.target(page.path, link.get("href", "")) or ""
        wanted = f"{root_of(language_of(page.path))}{figure_page(figure)}/index.html"
        is_right = target.partition("#")[0] == wanted and figure in site.dataset.figures
        yield None if is_right else f"#f-{figure} does not lead to its figure"
