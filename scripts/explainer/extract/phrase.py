"""What the grammars of both languages build with: bare numbers, bounds, readings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from explainer.extract.numerals import EXACT, tidy
from explainer.extract.quantity import Bound, Kind, Match, Quantity, Refusal


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of ``phrases``, the longest first; a space in one may be a hard space."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", "[ \u00a0]") for phrase in ordered)


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral with its scale, before anything is known of what it counts.

    ``power`` is that of the scale word (6 for million), ``scale`` the word's name. ``plain`` says
    that it is a bare run of digits. ``refusal`` says why the numeral has no value.
    """

    start: int
    end: int
    value: Decimal
    power: int = 0
    scale: str | None = None
    spelled: bool = False
    plain: bool = False
    more: bool = False
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands behind a number: the kind it makes of it, the unit, and where it ends."""

    kind: Kind
    end: int
    currency: str | None = None
    unit: str | None = None
    factor: int = 0
    known: bool = True
    refusal: Refusal | None = None


def combine(bounds: list[Bound]) -> Bound | Refusal:
    """One bound from the hedges around a number.

    "about" gives way to a firmer hedge ("up to about"); two firm hedges that differ are refused.
    """
    firm = {bound for bound in bounds if bound is not Bound.ABOUT}
    if len(firm) > 1:
        return Refusal.CONTRADICTORY
    if firm:
        return firm.pop()
    return Bound.ABOUT if bounds else Bound.EXACT


def read(
    text: str,
    span: tuple[int, int],
    quantity: Quantity | Refusal,
) -> Match:
    """The reading of ``text[start:end]``."""
    start, end = span
    if isinstance(quantity, Refusal):
        return Match(text[start:end], start, end, reason=quantity)
    return Match(text[start:end], start, end, quantity)


def negative(number: Decimal, *, minus: bool) -> Decimal:
    """``number`` with its sign."""
    return tidy(number.copy_negate()) if minus and number else number


def date_quantity(year: int, month: int, day: int | None) -> Quantity | None:
    """A date as a quantity, or nothing where there is no such day."""
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    edtf = f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")
    return Quantity(Decimal(edtf.replace("-", "")), Kind.DATE, edtf=edtf)


def percent_of(parts: Decimal, of: int) -> Quantity | Refusal:
    """``parts`` of ``of`` as a percentage; thirds and the like have no exact decimal."""
    share = Fraction(parts) * 100 / of
    rest = share.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return Refusal.NO_DECIMAL
    return Quantity(tidy(EXACT.divide(share.numerator, share.denominator)), Kind.PERCENT)


def with_bounds(quantity: Quantity | Refusal, bounds: list[Bound]) -> Quantity | Refusal:
    """The quantity under the hedges around it."""
    bound = combine(bounds)
    if isinstance(quantity, Refusal) or isinstance(bound, Refusal):
        return quantity if isinstance(quantity, Refusal) else Refusal.CONTRADICTORY
    return replace(quantity, bound=bound)
