"""Quantities in brief, as problems and the history tell them: written, read back, compared."""

import re
from decimal import Decimal

from explainer.extract import Bound, Kind, Quantity


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities say the same, whatever their printed scale."""
    return (one.value, one.value_max, one.kind, one.bound, one.currency, one.unit, one.edtf) == (
        other.value,
        other.value_max,
        other.kind,
        other.bound,
        other.currency,
        other.unit,
        other.edtf,
    )


def brief(quantity: Quantity | None) -> str:
    """A quantity for an error message: "nearly 700000000 USD"."""
    if quantity is None:
        return "nothing readable"
    high = "" if quantity.value_max is None else f"–{quantity.value_max:f}"
    unit = quantity.currency or quantity.unit or quantity.kind
    return f"{quantity.bound} {quantity.value:f}{high} {unit}"


_BRIEF = re.compile(
    r"(?P<bound>[a-z_]+) (?P<low>-?[0-9.]+)(?:–(?P<high>-?[0-9.]+))? (?P<measure>[A-Za-z_]+)"
)


_BOUNDS = frozenset(Bound)


def quantity_told(text: str, kind: Kind) -> Quantity | None:
    """The quantity that a brief text tells, for a figure of that kind; ``None`` for any other."""
    match = _BRIEF.fullmatch(text)
    if match is None or match["bound"] not in _BOUNDS:
        return None
    measure = match["measure"]
    return Quantity(
        Decimal(match["low"]),
        kind,
        Bound(match["bound"]),
        Decimal(match["high"]) if match["high"] else None,
        measure if kind is Kind.MONEY else None,
        measure if kind is not Kind.MONEY and measure != kind else None,
        edtf=match["low"] if kind is Kind.YEAR else None,
    )
