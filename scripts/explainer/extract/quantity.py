"""What a number phrase says, and what both grammars build it with: numerals, scales, units."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

Language = Literal["en", "zh"]


class Kind(StrEnum):
    """What sort of thing is measured; it decides how the quantity is written."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    YEAR = "year"
    DATE = "date"
    DURATION = "duration"
    RANK = "rank"


class Bound(StrEnum):
    """How the printed hedge limits the value."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value in base units.

    ``value`` is in whole currency units, single things, per cent (12.5 for "12.5%"), times
    (3.6 for "3.6 times"), or the unit named by ``unit`` for a duration; for a range it is the
    low end and ``value_max`` the high end. A date carries ``edtf`` (ISO 8601-2) and the same
    digits as its value (20211006, 202110). ``scale`` is the scale word as printed ("million",
    "亿"), kept as evidence against slips of scale.
    """

    value: Decimal
    kind: Kind
    bound: Bound = Bound.EXACT
    value_max: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    scale: str | None = None
    edtf: str | None = None


class Refusal(StrEnum):
    """Why a number phrase was not read. A refusal is better than a wrong number."""

    NO_NUMBER = "no-number"
    NOT_A_QUANTITY = "not-a-quantity"
    AMBIGUOUS_SCALE = "ambiguous-scale"
    AMBIGUOUS_CURRENCY = "ambiguous-currency"
    AMBIGUOUS_SEPARATOR = "ambiguous-separator"
    CONTRADICTORY = "contradictory-hedges"
    NO_DECIMAL = "no-exact-decimal"
    MALFORMED = "malformed"
    VAGUE = "vague"
    TOUCHING = "touching"
    TRAILING_TEXT = "trailing-text"


@dataclass(frozen=True, slots=True)
class Match:
    """One number phrase of a text: where it stands and what it says, or why it was not read.

    ``exact == text[start:end]``. Exactly one of ``quantity`` and ``reason`` is set.
    """

    exact: str
    start: int
    end: int
    quantity: Quantity | None = None
    reason: Refusal | None = None


# Numbers that are being read

VULGAR = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875",
    "⅕": "0.2", "⅖": "0.4", "⅗": "0.6", "⅘": "0.8", "⅓": "", "⅔": "", "⅙": "", "⅚": "",
}  # fmt: skip
"""The value of a vulgar fraction; thirds and sixths have no exact decimal."""
BLOB = re.compile(
    r"[0-9]+(?:[.,'·][0-9]+)*(?:\u00a0[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?[" + "".join(VULGAR) + "]?"
)
"""Digits and whatever separators stand between them; :func:`read_digits` values them."""
EXACT = Context(prec=80)
"""Room for every product of a numeral and a scale: nothing is ever rounded."""
ZERO = Decimal(0)
_LONGEST = 30
_PLAIN = re.compile(r"[0-9]+(?:[.·][0-9]+)?")
_GROUPED = re.compile(
    r"[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:'[0-9]{3})+|(?:\u00a0[0-9]{3})+)(?:\.[0-9]+)?"
)
_SEPARATORS = str.maketrans("·", ".", ",'\u00a0")


@dataclass(slots=True)
class Measure:
    """What stands behind a number: the kind it makes of it, the unit, and where it ends.

    The number counts ten to the ``factor`` of the unit, and ``plus`` is added: 三成五, 12元5角.
    ``known`` is false for a measure word that names no unit, ``generic`` true for a currency word
    that several currencies share (dollars, 元), ``shared`` for a measure before the number, which
    the other end of a range shares (百分之三十到四十).
    """

    kind: Kind
    end: int
    currency: str | None = None
    unit: str | None = None
    factor: int = 0
    plus: Decimal = ZERO
    known: bool = True
    generic: bool = False
    shared: bool = False
    refusal: Refusal | None = None

    @property
    def is_lasting(self) -> bool:
        """Whether it measures a length of time."""
        return self.kind is Kind.DURATION or self.unit == "seasons"


@dataclass(slots=True)
class Number:
    """A numeral with its scale, before anything is known of what it counts.

    ``power`` is that of the scale word (6 for million), ``scale`` the word's name. ``plain`` marks
    a bare run of digits, ``more`` a number with an open end (7700多), ``loose`` a numeral that
    needs a unit to be one (1·4, 35mm, 过亿), ``measure`` is set where the number has
    its unit inside (三成, 百分之五, threefold), ``refusal`` where it has no value.
    """

    start: int
    end: int
    value: Decimal
    power: int = 0
    scale: str | None = None
    spelled: bool = False
    plain: bool = False
    more: bool = False
    loose: bool = False
    measure: Measure | None = None
    refusal: Refusal | None = None


def read_digits(blob: str) -> Decimal | Refusal:
    """Return the exact value of a numeral, or why it has none.

    Commas, apostrophes and hard spaces group by threes, a point divides: 1,234.5. Whatever reads
    otherwise in another country (2,5; 1.234.567; 1,23,456) is refused, and so is a row of digits
    too long to be an amount.
    """
    fraction = VULGAR.get(blob[-1])
    digits = blob[:-1] if fraction is not None else blob
    if len(digits) > _LONGEST:
        return Refusal.MALFORMED
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return Refusal.AMBIGUOUS_SEPARATOR
    value = Decimal(digits.translate(_SEPARATORS))
    if fraction is None:
        return value
    return value + Decimal(fraction) if fraction else Refusal.NO_DECIMAL


def number_in_digits(text: str, at: int) -> Number:
    """Return the numeral in digits at ``at``, which holds one."""
    blob = BLOB.match(text, at)
    assert blob is not None
    number = Number(at, blob.end(), ZERO, plain=blob[0].isdigit(), loose="·" in blob[0])
    return valued(number, read_digits(blob[0]))


def valued(number: Number, value: Decimal | Refusal) -> Number:
    """Return the number with its value, or with the reason why it has none."""
    if isinstance(value, Refusal):
        number.refusal = number.refusal or value
    else:
        number.value = tidy(value)
    return number


def tidy(number: Decimal) -> Decimal:
    """Return the same value without an exponent or trailing zeros: equal values look equal."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1), context=EXACT)
    return Decimal(f"{number:f}".rstrip("0"))


def times(number: Decimal, power: int) -> Decimal:
    """Return ``number`` times ten to the ``power``, exactly."""
    return tidy(number.scaleb(power, context=EXACT))


def combine(bounds: list[Bound]) -> Bound | Refusal:
    """Return one bound for the hedges around a number.

    "about" gives way to a firmer hedge ("up to about"); two firm hedges that differ are refused.
    """
    firm = {bound for bound in bounds if bound is not Bound.ABOUT}
    if len(firm) > 1:
        return Refusal.CONTRADICTORY
    if firm:
        return firm.pop()
    return Bound.ABOUT if bounds else Bound.EXACT


def date_quantity(year: int, month: int, day: int | None) -> Quantity | None:
    """Return a date as a quantity, or ``None`` where there is no such day."""
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    edtf = f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")
    return Quantity(Decimal(edtf.replace("-", "")), Kind.DATE, edtf=edtf)


def percent_of(parts: Decimal, of: int) -> Decimal | Refusal:
    """Return ``parts`` of ``of`` in per cent; thirds and the like have no exact decimal."""
    share = Fraction(parts) * 100 / of
    rest = share.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return Refusal.NO_DECIMAL
    return tidy(EXACT.divide(share.numerator, share.denominator))
