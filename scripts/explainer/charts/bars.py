"""Horizontal bars on one scale from zero: from claims to marks. Pure; templates draw them."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from explainer.dataset import Chart, Claim


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the claim it draws and its length in per cent of the longest, two decimals."""

    ref: str
    claim: Claim
    length: Decimal


def bars(chart: Chart, claim: Callable[[str], Claim]) -> tuple[Bar, ...]:
    """The bars of ``chart``, in the order of its rows. All claims share one measure."""
    claims = [(row.ref, claim(row.ref)) for row in chart.rows]
    longest = max(abs(one.quantity.value_max or one.quantity.value) for _, one in claims)
    return tuple(
        Bar(ref, one, (abs(one.quantity.value) * 100 / longest).quantize(Decimal("0.01")))
        for ref, one in claims
    )
