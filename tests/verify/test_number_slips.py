"""Every slip of scale, currency or hedge in a printed number is noticed, in either language."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from explainer.data import Dataset
from explainer.extract import Bound, Kind, Language, Quantity, write
from explainer.verify.checks import says

FACTORS = [Decimal(10) ** n for n in (-4, -3, -1, 1, 3, 4)]
CURRENCIES = {"USD": "KRW", "KRW": "USD", "CNY": "USD"}


def slips(quantity: Quantity) -> Iterator[Quantity]:
    """The quantity with every slip of scale, currency or hedge that keeps it writable."""
    is_amount = quantity.kind in (Kind.MONEY, Kind.COUNT)
    for factor in FACTORS if is_amount else ():
        yield replace(quantity, value=quantity.value * factor)
    if quantity.currency:
        yield replace(quantity, currency=CURRENCIES[quantity.currency])
    for bound in Bound if is_amount or quantity.kind is Kind.DURATION else ():
        if bound not in (quantity.bound, Bound.RANGE):
            yield replace(quantity, bound=bound)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_claim_reads_as_written_and_every_slip_is_noticed(
    dataset: Dataset, language: Language
) -> None:
    for claim in (claim for figure in dataset.figures.values() for claim in figure.claims):
        assert says(claim.quantity, write(claim.quantity, language), language), claim.ref
        for wrong in slips(claim.quantity):
            assert not says(claim.quantity, write(wrong, language), language), (claim.ref, wrong)
