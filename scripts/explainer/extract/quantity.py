"""What a number phrase says."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
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
    "亿"), kept as evidence against slips of scale; quantities are equal whatever it is.
    """

    value: Decimal
    kind: Kind
    bound: Bound = Bound.EXACT
    value_max: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    scale: str | None = field(default=None, compare=False)
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
