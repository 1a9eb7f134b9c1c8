"""What context sources print: entered by hand, so every number has a second witness."""

import re
from decimal import Decimal

import pytest

from explainer.data import ContextSource, Dataset, Report
from explainer.extract import Kind

KOREAN_SCALES = {"조": 10**12, "억": 10**8, "만": 10**4, "천억": 10**11, "천": 10**3}
DIGITS = re.compile(r"([0-9][0-9,]*(?:[.][0-9]+)?)\s*(조|천억|억|만|천)?")
CURRENCIES = {"원": "KRW", "달러": "USD", "億円": "JPY", "億ドル": "USD"}


def reports(dataset: Dataset) -> list[tuple[ContextSource, Report]]:
    return [(s, r) for s in dataset.context.values() for r in s.reports]


def value_of(phrase: str) -> Decimal:
    """The value that the digits and scales of a Korean or Japanese phrase add up to."""
    phrase = phrase.replace("億", "억").replace("萬", "만")
    total = Decimal(0)
    for digits, scale in DIGITS.findall(phrase):
        total += Decimal(digits.replace(",", "")) * KOREAN_SCALES.get(scale, 1)
    return total


def test_a_source_that_nobody_saw_reports_nothing(dataset: Dataset) -> None:
    unseen = [source for source, _ in reports(dataset) if source.access == "not-seen"]
    assert unseen == []


def test_a_foreign_phrase_says_in_its_own_digits_and_currency_what_we_read(
    dataset: Dataset,
) -> None:
    checked = 0
    for source, report in reports(dataset):
        if source.language not in ("ko", "ja", "nl"):
            continue
        assert value_of(report.phrase) == report.quantity.value, report.ref
        if source.language != "nl" and report.quantity.kind is Kind.MONEY:
            named = {code for word, code in CURRENCIES.items() if word in report.phrase}
            assert named <= {report.quantity.currency}, report.ref
            checked += bool(named)
    assert checked


def test_what_we_read_in_english_and_chinese_has_the_digits_of_the_phrase(
    dataset: Dataset,
) -> None:
    for source, report in reports(dataset):
        if source.language in ("en", "zh", "zh-Hant") and report.normalized:
            printed = re.findall(r"[0-9]+(?:[.,][0-9]+)*", report.phrase)
            read = re.findall(r"[0-9]+(?:[.,][0-9]+)*", report.normalized)
            words = {"nine-episode", "three-year", "nine stages", "一半"}
            assert report.phrase in words or set(read) <= set(printed), report.ref


@pytest.mark.parametrize("figure", ["korea-spend-five-years", "economic-effect", "jobs-created"])
def test_reports_of_the_same_number_share_its_kind(dataset: Dataset, figure: str) -> None:
    same = [r for r in dataset.reports_on(figure) if r.relation == "same"]
    assert len(same) >= 5
    assert {r.quantity.kind for r in same} == {dataset.figures[figure].kind}
