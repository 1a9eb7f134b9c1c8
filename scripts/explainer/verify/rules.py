"""The promises of a finished site, one rule each.

A rule yields ``None`` for every thing it looked at and found right, and a failure for every one
it found wrong; a rule that looked at nothing has failed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from urllib.parse import urlsplit

from explainer.data import Claim, Dataset, Rate, Report, same
from explainer.derive import DerivationResult, evaluate_all
from explainer.extract import Bound, Language, Quantity, find, parse, write_number
from explainer.i18n import TAGS
from explainer.urls import PREFIX, report_anchor
from explainer.verify import csp, files, languages, links, redirects
from explainer.verify.crawl import Page, Site
from explainer.verify.languages import language_of, twin_of
from explainer.verify.report import Finding, fail

Rule = Callable[[Site, Dataset], Iterator[Finding]]

_ID = re.compile(r"[a-z][a-z0-9-]{1,99}")
_RAW_MARKUP = re.compile(r"\{\{|\{%|\{:\s|\]\(|\*\*")


def pages_come_in_pairs(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every page has its twin with the same ids, blocks in the same order.

    Where a figure stands inside a sentence follows each language's own word order.
    """
    for page in site.spoken.values():
        twin = site.spoken.get(twin_of(page))
        if twin is None:
            yield fail("pair", page, f"no page {twin_of(page)}")
        elif sorted(page.ids) != sorted(twin.ids) or _blocks(page) != _blocks(twin):
            odd = sorted(set(page.ids) ^ set(twin.ids)) or ["the order"]
            yield fail("pair", page, f"ids differ from {twin.path}: {', '.join(odd[:5])}")
        else:
            yield None


def _blocks(page: Page) -> list[str]:
    return [name for name in page.ids if not name.startswith("f-")]


def languages_are_told(site: Site, _: Dataset) -> Iterator[Finding]:
    """``<html lang>`` is the language of the address."""
    for page in site.spoken.values():
        wanted = TAGS[language_of(page)]
        found = page.tree.get("lang")
        yield None if found == wanted else fail("lang", page, f"lang={found!r}, not {wanted!r}")


def ids_are_unique(site: Site, _: Dataset) -> Iterator[Finding]:
    """Ids are readable ASCII slugs, each once a page."""
    for page in site.pages.values():
        for name, count in Counter(page.ids).items():
            if count > 1:
                yield fail("id", page, f"id {name!r} stands {count} times")
            elif not _ID.fullmatch(name):
                yield fail("id", page, f"id {name!r} is no readable slug")
            else:
                yield None


def figures_have_forms(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """Every figure has all its machine forms and pictures, and so has the set."""
    wanted = [
        *(f"figures/{f}.{e}" for f in dataset.figures for e in ("json", "csv")),
        *(
            f"{prefix}figures/{f}.{e}"
            for f in dataset.figures
            for prefix in ("", "zh/")
            for e in ("md", "bib", "ris", "csl.json", "svg", "png")
        ),
        *(f"{prefix}feed.{e}" for prefix in ("", "zh/") for e in ("xml", "json")),
        *(f"charts/{chart}.csv" for chart in dataset.charts),
        *("_headers", "_redirects", "data/dataset.json", "data/datapackage.json", "llms.txt"),
    ]
    for name in wanted:
        yield None if name in site.files else fail("form", name, "is missing")


def figures_have_pages(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """Every figure has a page in both languages with all its claims, phrases and derivations."""
    for figure in dataset.figures.values():
        for prefix in ("", "zh/"):
            name = f"{prefix}figures/{figure.id}/index.html"
            page = site.pages.get(name)
            if page is None:
                yield fail("figure", name, f"no page for figure {figure.id}")
                continue
            for claim in figure.claims:
                printed = page.texts(f"string(//*[@id='{claim.id}']//*[@class='printed'])")
                if claim.id not in page.ids:
                    yield fail("figure", page, f"no anchor for claim {claim.id}")
                elif printed != [claim.mentions[0].exact]:
                    yield fail("figure", page, f"claim {claim.id} is not shown as printed")
                else:
                    yield None
            for name in figure.comparison.derivations:
                derivation = dataset.derivations[name]
                missing = derivation.figure == figure.id and f"d-{name}" not in page.ids
                yield fail("figure", page, f"no derivation {name}") if missing else None


def figures_stand_in_prose(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """An anchor ``f-…`` names a figure, and the link it stands on leads to that figure."""
    for page in site.spoken.values():
        for element in page.elements("//a[starts-with(@id, 'f-')]"):
            figure = str(element.get("id")).removeprefix("f-")
            target = site.target(page, element.get("href") or "")
            wanted = f"figures/{figure}/index.html"
            right = target is not None and target[0].endswith(wanted) and figure in dataset.figures
            yield (
                None if right else fail("prose", page, f"#f-{figure} does not lead to its figure")
            )


def numbers_read_back(site: Site, dataset: Dataset) -> Iterator[Finding]:
    """Every printed number reads back, in its page's language, as what it links to.

    The working of a derivation shows inputs without their hedges; everywhere else the hedge must
    read back too. Of a derivation's result the value must read back, of a rate the digits.
    """
    reckoned = evaluate_all(dataset)
    for page in site.pages.values():
        for element in page.elements("//a[contains(@class, 'fig ')]"):
            tag = element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]
            language: Language = "zh" if tag == TAGS["zh"] else "en"
            target = site.target(page, element.get("href") or "")
            text = element.text_content()
            meant = _meant(target, dataset, reckoned)
            match meant:
                case Claim() | Report():
                    bare = bool(element.xpath("ancestor::*[@class='working']"))
                    right = says(meant.quantity, text, language, bare=bare)
                case DerivationResult():
                    right = reads_value(meant.value, text, language)
                case Rate():
                    right = text == write_number(meant.value, language)
                case None:
                    right = False
            yield None if right else fail("number", page, f"{text!r} is not what {target} says")


def says(wanted: Quantity, text: str, language: Language, *, bare: bool = False) -> bool:
    """Whether ``text`` reads, in ``language``, as the quantity; ``bare`` leaves the hedge out."""
    read = parse(text, language).quantity
    if bare and wanted.value_max is None:
        wanted = replace(wanted, bound=Bound.EXACT)
    return read is not None and same(read, wanted)


def reads_value(value: Decimal, text: str, language: Language) -> bool:
    """Whether a number with that value can be read in ``text``, whatever it counts."""
    found = (reading.quantity for reading in find(text, language))
    plain = text.replace(write_number(value, language), "", 1) != text
    return plain or any(quantity and quantity.value == value for quantity in found)


def _meant(
    target: tuple[str, str] | None, dataset: Dataset, reckoned: Mapping[str, DerivationResult]
) -> Claim | Report | Rate | DerivationResult | None:
    """What a number's link leads to: a claim, a derivation, a report or a rate."""
    name, fragment = target or ("", "")
    if name.startswith("both/"):
        fragment = fragment.removeprefix(PREFIX)
    page = name.removesuffix("/index.html").rpartition("/")[2]
    if page == "sources":
        return next(
            (
                report
                for source in dataset.context.values()
                for report in source.reports
                if report_anchor(report.ref) == fragment
            ),
            dataset.rates.get(fragment.removeprefix("rate-")),
        )
    if fragment.startswith("d-"):
        return reckoned.get(fragment.removeprefix("d-"))
    figure = dataset.figures.get(page)
    claims = figure.claims if figure else ()
    return next((claim for claim in claims if claim.id == fragment), None)


def languages_know_each_other(site: Site, _: Dataset) -> Iterator[Finding]:
    """``hreflang`` is absolute, names both languages and the default, matches the canonical, and
    is the same on both pages of a pair."""
    for page in site.spoken.values():
        if not page.is_listed:
            continue
        canonical = page.texts("//link[@rel='canonical']/@href")
        forms = _forms(page)
        twin = site.spoken.get(twin_of(page))
        own = forms.get(TAGS[language_of(page)])
        if set(forms) != {"en", "zh-Hans", "x-default"} or forms["en"] != forms["x-default"]:
            yield fail("hreflang", page, f"languages are {sorted(forms)}")
        elif canonical != [own]:
            yield fail("hreflang", page, f"canonical {canonical} is not {own}")
        elif not all(urlsplit(form).scheme for form in forms.values()):
            yield fail("hreflang", page, "an address is not absolute")
        elif twin is not None and _forms(twin) != forms:
            yield fail("hreflang", page, f"{twin.path} names other addresses")
        else:
            yield None


def _forms(page: Page) -> dict[str, str]:
    return {
        str(link.get("hreflang")): str(link.get("href"))
        for link in page.elements("//link[@rel='alternate'][@hreflang]")
    }


_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
"""A language, perhaps its script, perhaps its region, in the case of RFC 5646, section 2.1.1."""


def languages_have_codes(site: Site, _: Dataset) -> Iterator[Finding]:
    """Every ``lang`` and ``hreflang`` is a well-formed BCP 47 tag, or ``x-default`` for a link."""
    for page in site.pages.values():
        named = {*page.texts("//@lang"), *page.texts("//@hreflang")} - {"x-default"}
        for tag in sorted(named):
            known = _TAG.fullmatch(tag)
            yield None if known else fail("lang-code", page, f"{tag!r} is no language")


def no_markup_shows(site: Site, _: Dataset) -> Iterator[Finding]:
    """No template or Markdown mark is left in what readers see."""
    for page in site.pages.values():
        seen = "\n".join(page.texts("//text()[not(ancestor::script or ancestor::pre)]"))
        found = _RAW_MARKUP.search(seen)
        yield fail("markup", page, f"{found.group()!r} is visible") if found else None


_REFERENCES = (
    *("for", "headers", "list", "form", "popovertarget"),
    *(f"aria-{what}" for what in "activedescendant controls describedby details".split()),
    *(f"aria-{what}" for what in "errormessage flowto labelledby owns".split()),
)


def references_hold(site: Site, _: Dataset) -> Iterator[Finding]:
    """Whatever names another element by its id finds it on the page; every label labels."""
    wanted = " | ".join(f"//@{name}" for name in _REFERENCES)
    for page in site.pages.values():
        known = set(page.ids)
        for value in page.texts(wanted):
            names = value.split() or [""]
            for name in names:
                yield None if name in known else fail("reference", page, f"no id {name!r}")
        for label in page.elements("//label[not(@for)]"):
            holds = label.xpath(".//input | .//select | .//textarea | .//button | .//output")
            yield None if holds else fail("reference", page, "a label labels nothing")


RULES: tuple[Rule, ...] = (
    pages_come_in_pairs,
    languages_are_told,
    ids_are_unique,
    references_hold,
    figures_have_forms,
    figures_have_pages,
    figures_stand_in_prose,
    numbers_read_back,
    languages_know_each_other,
    languages_have_codes,
    no_markup_shows,
    *links.RULES,
    *files.RULES,
    *csp.RULES,
    *languages.RULES,
    *redirects.RULES,
)
