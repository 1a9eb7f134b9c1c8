"""Numerals written in digits: what separators mean, and where they are ambiguous."""

import re
from decimal import Context, Decimal

from explainer.extract.quantity import Refusal

BLOB = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:\u00a0[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?")
"""Digits and whatever separators stand between them; :func:`value` says whether it is a number."""

EXACT = Context(prec=80)
"""Room for every product of a numeral and a scale: nothing is ever rounded."""

_LONGEST = 30
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPACES = re.compile(r"[0-9]{1,3}(?:\u00a0[0-9]{3})+(?:\.[0-9]+)?")


def value(blob: str) -> Decimal | Refusal:
    """The exact value of a numeral, or why it has none.

    Commas and hard spaces group by threes, a point divides: 1,234.5. Whatever reads otherwise in
    another country (2,5; 1.234.567; 1,23,456) is refused, and so is a row of digits too long
    to be an amount.
    """
    if len(blob) > _LONGEST:
        return Refusal.MALFORMED
    if _PLAIN.fullmatch(blob) or _COMMAS.fullmatch(blob) or _SPACES.fullmatch(blob):
        return Decimal(blob.replace(",", "").replace("\u00a0", ""))
    return Refusal.AMBIGUOUS_SEPARATOR


def tidy(number: Decimal) -> Decimal:
    """The same value without an exponent or trailing zeros: equal values look equal."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1), context=EXACT)
    return Decimal(f"{number:f}".rstrip("0"))


def times(number: Decimal, power: int) -> Decimal:
    """``number`` times ten to the ``power``, exactly."""
    return tidy(number.scaleb(power, context=EXACT))
