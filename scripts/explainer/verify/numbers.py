"""Checks of numbers: what readers and programs see is read back and must be what the data say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from explainer import urls
from explainer.data import Claim, Derivation, Rate, Report, same
from explainer.derive import evaluate_all
from explainer.export.json import place_of
from explainer.extract import Bound, Language, Quantity, find, parse, write_number
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding, text_of

_read = lru_cache(maxsize=10_000)(parse)


def check_linked_numbers(site: Site) -> Iterator[SiteFinding]:
    """Every linked number reads back, in its language, as what its link leads to."""
    results, inputs = evaluate_all(site.dataset), site.dataset.inputs.values()
    linked = {"{}#{}".format(*place_of(number)): number for number in inputs}
    for page in site.pages.values():
        for number in page.numbers:
            name, _, anchor = number.target.partition("#")
            if name.startswith("both/"):
                anchor = anchor.removeprefix(urls.PREFIX)
            place = re.sub(r"^(?:zh|both)/|/index\.html$", "", name)
            match linked.get(f"{place}#{anchor}"):
                case Claim(quantity=quantity) | Report(quantity=quantity):
                    right = says(quantity, number.text, number.language, bare=number.is_bare)
                case Rate(value=value):
                    right = reads_value(value, number.text, number.language)
                case Derivation(id=own):
                    right = reads_value(results[own].quantity.value, number.text, number.language)
                case None:
                    right = False
            fault = f"{number.text!r} is not what {number.target} says"
            yield None if right else (page.path, fault)


def says(wanted: Quantity, text: str, language: Language, *, bare: bool = False) -> bool:
    """Whether ``text`` reads, in ``language``, as the quantity; ``bare`` leaves the hedge out."""
    read = _read(text, language).quantity
    if bare and wanted.value_max is None:
        wanted = replace(wanted, bound=Bound.EXACT)
    return read is not None and same(read, wanted)


@lru_cache(maxsize=10_000)
def reads_value(value: Decimal, text: str, language: Language) -> bool:
    """Whether a number with that value can be read in ``text``, whatever it counts."""
    found = (match.quantity for match in find(text, language))
    written = rf"(?<![0-9.,]){re.escape(write_number(value, language))}(?![0-9]|[.,][0-9])"
    return bool(re.search(written, text)) or any(q and q.value == value for q in found)


def check_claims(page: Page, site: Site) -> Iterator[PageFinding]:
    """The page of a figure shows each claim as printed and as a number, and each derivation."""
    figure_id = page.path.removeprefix(urls.root_of("zh")).removeprefix("figures/").split("/")[0]
    figure = site.dataset.figures.get(figure_id)
    if figure is None or page.path.startswith("both/"):
        return
    is_whole = not page.path.endswith("embed/index.html")
    numbers = list(map(text_of, page.find("//*[starts-with(@class, 'number ')]")))
    for claim in figure.claims:
        shown = any(says(claim.quantity, number, page.language) for number in numbers)
        yield None if shown else f"claim {claim.id} is not among the numbers"
        printed = "".join(page.find(f"//*[@id='{claim.id}']//*[@class='printed']//text()"))
        wrong = is_whole and printed != claim.mentions[0].exact
        yield f"claim {claim.id} is not shown as printed, but as {printed!r}" if wrong else None
    for name in figure.comparison.derivations if is_whole else ():
        is_own = site.dataset.derivations[name].figure == figure.id
        yield f"no derivation {name}" if is_own and f"d-{name}" not in page.ids else None
