"""Checks of numbers: what readers see is read back and must be what the data say."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from explainer.data import Claim, Dataset, Rate, Report, same
from explainer.derive import DerivationResult, evaluate_all
from explainer.extract import Bound, Kind, Language, Quantity, find, parse, write_number
from explainer.urls import PREFIX, derivation_anchor, figure_page, rate_anchor, report_anchor
from explainer.verify.crawl import Site, SiteFinding

_YEAR = re.compile(r"(?<![0-9,.])(?:1[89]|20)[0-9]{2}(?![0-9,.]*[0-9]|[万亿千百%])")
_DIGIT = re.compile(r"[0-9]")
_read = lru_cache(maxsize=10_000)(parse)
Value = Claim | Report | Rate | DerivationResult


def check_linked_numbers(site: Site) -> Iterator[SiteFinding]:
    """Every linked number reads back, in its language, as what its link leads to."""
    values = _linked_values(site.dataset)
    for page in site.pages.values():
        for number in page.numbers:
            name, _, anchor = number.target.partition("#")
            if name.startswith("both/"):
                anchor = anchor.removeprefix(PREFIX)
            place = re.sub(r"^(?:zh|both)/|/index\.html$", "", name)
            value = values.get(f"{place}#{anchor}")
            right = value is not None and _reads_as(
                value, number.text, number.language, number.is_bare
            )
            yield (
                None if right else (page.path, f"{number.text!r} is not what {number.target} says")
            )


def _linked_values(dataset: Dataset) -> Mapping[str, Value]:
    """What each address of a number stands for."""
    found: dict[str, Value] = {}
    for figure in dataset.figures.values():
        found |= {f"{figure_page(figure.id)}#{claim.id}": claim for claim in figure.claims}
    for name, result in evaluate_all(dataset).items():
        page = figure_page(dataset.derivations[name].figure)
        found[f"{page}#{derivation_anchor(name)}"] = result
    for source in dataset.context.values():
        found |= {f"sources#{report_anchor(report.ref)}": report for report in source.reports}
    return found | {f"sources#{rate_anchor(name)}": rate for name, rate in dataset.rates.items()}


def _reads_as(value: Value, text: str, language: Language, is_bare: bool) -> bool:
    match value:
        case Claim() | Report():
            return says(value.quantity, text, language, bare=is_bare)
        case DerivationResult():
            return reads_value(value.value, text, language)
        case Rate():
            return text == write_number(value.value, language)


def says(wanted: Quantity, text: str, language: Language, *, bare: bool = False) -> bool:
    """Whether ``text`` reads, in ``language``, as the quantity; ``bare`` leaves the hedge out."""
    read = _read(text, language).quantity
    if bare and wanted.value_max is None:
        wanted = replace(wanted, bound=Bound.EXACT)
    return read is not None and same(read, wanted)


def reads_value(value: Decimal, text: str, language: Language) -> bool:
    """Whether a number with that value can be read in ``text``, whatever it counts."""
    found = (match.quantity for match in find(text, language))
    return write_number(value, language) in text or any(q and q.value == value for q in found)


def check_block_numbers(site: Site) -> Iterator[SiteFinding]:
    """Blocks have the same numbers in both languages, and none without a link is a new one.

    Years count for nothing here: a year may stand in one language alone.
    """
    known = {value for one in _linked_values(site.dataset).values() for value in _values_of(one)}
    for english, chinese in site.pairs():
        translations = {block.id: block for block in chinese.blocks}
        for block in english.blocks:
            other = translations.get(block.id, block)
            if not (block.links or block.text or other.links or other.text):
                continue
            one, two = _amounts_in(block.text, "en"), _amounts_in(other.text, "zh")
            if sorted(block.links) != sorted(other.links) or one != two:
                found = f"{sorted(block.links)} {one}, {sorted(other.links)} {two}"
                yield english.path, f"#{block.id}: the languages have other numbers: {found}"
            elif not known.issuperset(one):
                yield english.path, f"#{block.id}: {one} are no numbers of the data"
            else:
                yield None


def _values_of(value: Value) -> tuple[Decimal | None, ...]:
    match value:
        case Claim() | Report():
            return value.quantity.value, value.quantity.value_max
        case Rate():
            return value.value, value.value_max
        case DerivationResult():
            return (value.value,)


def _amounts_in(text: str, language: Language) -> list[Decimal]:
    """The values that stand in a text as digits, but for years: 1800人 counts, 1800 does not."""
    quantities = [
        match.quantity
        for match in (find(text, language) if text else ())
        if match.quantity and _DIGIT.search(match.exact)
        if match.quantity.unit or match.quantity.currency or not _YEAR.search(match.exact)
    ]
    return sorted(
        value
        for quantity in quantities
        if quantity.kind not in (Kind.YEAR, Kind.DATE)
        for value in (quantity.value, quantity.value_max)
        if value is not None
    )
