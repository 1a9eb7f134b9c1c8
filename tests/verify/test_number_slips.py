"""Every slip of scale, currency or hedge in a printed number is noticed, in either language."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from explainer.data import Dataset
from explainer.extract import Bound, Kind, Language, Quantity, write
from explainer.verify.numbers import says

FACTORS = [Decimal(10) ** n for n in (-4, -3, -1, 1, 3, 4)]
CURRENCIES = {"USD": "KRW", "KRW": "USD", "CNY": "USD"}
SCALE_WORDS = {
    "en": [("million", "billion"), ("billion", "million"), ("billion", "trillion")],
    "zh": [("亿", "万"), ("亿", "万亿"), ("万", "亿"), ("美元", "韩元"), ("韩元", "美元")],
}


def slips(quantity: Quantity, language: Language) -> Iterator[str]:
    """The quantity as written after every slip that keeps it writable."""
    is_amount = quantity.kind in (Kind.MONEY, Kind.COUNT)
    for factor in FACTORS if is_amount else ():
        yield write(replace(quantity, value=quantity.value * factor), language)
    if quantity.currency:
        yield write(replace(quantity, currency=CURRENCIES[quantity.currency]), language)
    for bound in Bound if is_amount or quantity.kind is Kind.DURATION else ():
        if bound not in (quantity.bound, Bound.RANGE):
            yield write(replace(quantity, bound=bound), language)
    right = write(quantity, language)
    yield from (right.replace(a, b, 1) for a, b in SCALE_WORDS[language] if a in right)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_claim_reads_as_written_and_every_slip_is_noticed(
    dataset: Dataset, language: Language
) -> None:
    claims = [claim for figure in dataset.figures.values() for claim in figure.claims]
    for claim in claims:
        assert says(claim.quantity, write(claim.quantity, language), language), claim.ref
        for wrong in slips(claim.quantity, language):
            assert not says(claim.quantity, wrong, language), (claim.ref, wrong)
