"""Checks of numbers: what readers see is read back and must be what the data say."""

import re
from collections import Counter
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
_COMPUTED = {"strip", "side"}
"""Blocks with conversions and counts that we make for them alone."""
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
            right = value is not None and _reads_as(value, number.text, number.language, number.is_bare)
            yield None if right else (page.path, f"{number.text!r} is not what {number.target} says")


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
    """Blocks say the same numbers in both languages, and no amount without a link is a new one.

    Years count by themselves: 2021年 is a year anywhere, 2021 only where English says so.
    """
    known = _known_values(site.dataset)
    for english, chinese in site.pairs():
        translations = {block.id: block for block in chinese.blocks}
        for block in english.blocks:
            other = translations.get(block.id)
            if not other or not (block.linked or block.text or other.linked or other.text):
                continue
            one, unlinked = _numbers_in(block.linked, block.text, "en")
            two, _ = _numbers_in(other.linked, other.text, "zh")
            odd = [f"{value:f}" for value in unlinked if value not in known]
            if one != two:
                here = f"en {'; '.join(one - two)}, zh {'; '.join(two - one)}"
                yield english.path, f"#{block.id}: the languages say other numbers: {here}"
            elif odd and not _COMPUTED & set(block.classes.split()):
                yield english.path, f"#{block.id}: {', '.join(odd)} is no number of the data"
            else:
                yield None


def _numbers_in(
    linked: tuple[str, ...], text: str, language: Language
) -> tuple[Counter[str], list[Decimal]]:
    """The numbers of a block in a notation of no language, and the values of those not linked."""
    numbers: Counter[str] = Counter()
    values: list[Decimal] = []
    for phrase in linked:
        quantity = _read(phrase, language).quantity
        numbers[_notation(quantity) if quantity else re.sub(r"[^0-9.]", "", phrase)] += 1
    for match in reversed(find(text, language)):
        if match.quantity and _is_amount(match.exact, match.quantity):
            numbers[_notation(match.quantity)] += 1
            values += [match.quantity.value, match.quantity.value_max or match.quantity.value]
            text = f"{text[: match.start]} {text[match.end :]}"
    numbers.update(_YEAR.findall(text))
    return numbers, values


def _is_amount(exact: str, quantity: Quantity) -> bool:
    """Whether digits stand for an amount: 1800人 does, while 1800 alone may be a year."""
    if quantity.kind in (Kind.YEAR, Kind.DATE) or not _DIGIT.search(exact):
        return False
    return bool(quantity.unit or quantity.currency) or not _YEAR.search(exact)


def _notation(quantity: Quantity) -> str:
    unit = quantity.currency or str(quantity.kind)
    is_measured = quantity.kind in (Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE)
    values = f"{quantity.value:f} {quantity.value_max or ''}"
    return f"{values} {quantity.bound} {unit if is_measured else ''}"


def _known_values(dataset: Dataset) -> frozenset[Decimal]:
    """Every value that the data hold or that we computed."""
    claims = (claim.quantity for figure in dataset.figures.values() for claim in figure.claims)
    reports = (report.quantity for source in dataset.context.values() for report in source.reports)
    printed = [
        value
        for one in (*claims, *reports, *dataset.rates.values())
        for value in (one.value, one.value_max)
        if value is not None
    ]
    return frozenset(printed) | {result.value for result in evaluate_all(dataset).values()}
