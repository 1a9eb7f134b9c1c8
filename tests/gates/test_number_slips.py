"""Every slip of scale, currency or hedge in a printed number is noticed, in either language."""

from dataclasses import replace
from decimal import Decimal

import pytest

from explainer.data import Claim, Dataset
from explainer.extract import Bound, Kind, Language, Quantity, write
from explainer.verify.rules import says

LANGUAGES: list[Language] = ["en", "zh"]
FACTORS = [Decimal(10) ** n for n in (-4, -3, -1, 1, 3, 4)]
SCALE_WORDS = {
    "en": [("million", "billion"), ("billion", "million"), ("billion", "trillion")],
    "zh": [("亿", "万"), ("亿", "万亿"), ("万", "亿"), ("美元", "韩元"), ("韩元", "美元")],
}


def claims(dataset: Dataset) -> list[Claim]:
    return [claim for figure in dataset.figures.values() for claim in figure.claims]


def slipped(quantity: Quantity) -> list[Quantity]:
    """The quantity after every slip that keeps it writable."""
    kinds = (Kind.MONEY, Kind.COUNT)
    scaled = [
        replace(quantity, value=quantity.value * f) for f in FACTORS if quantity.kind in kinds
    ]
    money = {"USD": "KRW", "KRW": "USD", "CNY": "USD"}
    swapped = [replace(quantity, currency=money[quantity.currency])] if quantity.currency else []
    hedged = [
        replace(quantity, bound=bound)
        for bound in Bound
        if bound not in (quantity.bound, Bound.RANGE) and quantity.kind in (*kinds, Kind.DURATION)
    ]
    return scaled + swapped + hedged


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_claim_as_written_is_doubted(dataset: Dataset, language: Language) -> None:
    found = claims(dataset)
    assert len(found) == 16
    for claim in found:
        assert says(claim.quantity, write(claim.quantity, language), language), claim.ref


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_of_value_currency_and_hedge_is_noticed(
    dataset: Dataset, language: Language
) -> None:
    planted = 0
    for claim in claims(dataset):
        for wrong in slipped(claim.quantity):
            text = write(wrong, language)
            assert not says(claim.quantity, text, language), (claim.ref, text)
            planted += 1
    assert planted > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_of_a_scale_word_is_noticed(dataset: Dataset, language: Language) -> None:
    planted = 0
    for claim in claims(dataset):
        text = write(claim.quantity, language)
        for old, new in SCALE_WORDS[language]:
            if old in text:
                assert not says(claim.quantity, text.replace(old, new, 1), language), (
                    claim.ref,
                    text,
                )
                planted += 1
    assert planted >= 10
