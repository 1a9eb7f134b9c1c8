"""Quantities in brief, as errors and the history write them: written, read back, compared."""

import re
from dataclasses import replace
from decimal import Decimal

from explainer.extract import Bound, Kind, Quantity


def same(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are equal, whatever their printed scale."""
    return replace(one, scale=None) == replace(other, scale=None)


def brief(quantity: Quantity | None) -> str:
    """Return a quantity for an error message: "nearly 700000000 USD"."""
    if quantity is None:
        return "nothing readable"
    high = "" if quantity.value_max is None else f"–{quantity.value_max:f}"
    unit = quantity.currency or quantity.unit or quantity.kind
    return f"{quantity.bound} {quantity.value:f}{high} {unit}"


_BRIEF = re.compile(
    rf"(?P<bound>{'|'.join(Bound)}) (?P<low>-?[0-9.]+)(?:–(?P<high>-?[0-9.]+))?"
    r" (?P<measure>[A-Za-z_]+)"
)


def quantity_told(text: str, kind: Kind) -> Quantity | None:
    """Return the quantity that :func:`brief` wrote, for a figure of that kind, or ``None``."""
    match = _BRIEF.fullmatch(text)
    if match is None:
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


_MEASURES = {Kind.PERCENT: "percent", Kind.MULTIPLE: "times", Kind.RANK: "rank"}
_SHORT = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))


def mention_id(block: str, quantity: Quantity | None, repeat: int) -> str:
    """Return the id of a mention: its block and value ("p1-700m-usd"), numbered from the second."""
    name = f"{block}-{_slug(quantity) if quantity else 'unread'}"
    return name if repeat == 1 else f"{name}-{repeat}"


def _slug(quantity: Quantity) -> str:
    sign = "minus-" if quantity.value < 0 else ""
    high = "" if quantity.value_max is None else f"-to-{_short(quantity.value_max)}"
    measure = (quantity.currency or quantity.unit or _MEASURES.get(quantity.kind, "")).lower()
    tail = f"-{measure.replace('_', '-')}" if measure else ""
    return f"{sign}{_short(abs(quantity.value))}{high}{tail}"


def _short(value: Decimal) -> str:
    if value >= 10_000:
        for scale, letter in _SHORT:
            if value % scale == 0:
                return f"{value / scale:f}{letter}"
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", "-")
