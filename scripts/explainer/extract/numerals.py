"""What both grammars build with: plain characters, numerals, measures and exact arithmetic."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, Inexact, InvalidOperation

from explainer.extract.lexicon import ENGLISH
from explainer.extract.quantity import Kind, Quantity, Refusal

# Plain characters

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
# Full-width characters and radicals; then what is read as one of a few characters.
_UNIFIED = [
    *range(0xFF01, 0xFF5F), *range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6), *range(0xF900, 0xFAFF),
]  # fmt: skip
_PLAIN = {
    code: one for code in _UNIFIED if len(one := unicodedata.normalize("NFKC", chr(code))) == 1
} | {ord(variant): one for one, variants in ENGLISH["variants"].items() for variant in variants}


def plain(text: str) -> tuple[str, list[int]]:
    """Return ``text`` with plain characters, and where each of them stands in ``text``.

    Full-width digits, letters and punctuation, Kangxi radicals, odd spaces and dashes become plain
    ones; invisible characters go. Spaces that do not break (and thin ones) become U+00A0, since
    they may group digits; dashes become "-" (hyphen) or "–" (en, em); the minus sign U+2212 stays.
    The places have one entry more than the text, its end.
    """
    places = [at for at, character in enumerate(text) if not INVISIBLE.match(character)]
    return "".join(text[at] for at in places).translate(_PLAIN), [*places, len(text)]


# Exact arithmetic

_EXACT = Context(prec=80, traps=[Inexact, InvalidOperation])
"""Room for every product of a numeral and a scale: nothing is ever rounded."""
HALF = Decimal("0.5")


@dataclass(eq=False)
class Refused(Exception):
    """A number has no value, or a phrase cannot be read; ``reason`` says why."""

    reason: Refusal


def tidy(number: Decimal) -> Decimal:
    """Return the same value without an exponent or trailing zeros: equal values look equal."""
    return Decimal(f"{_EXACT.normalize(number):f}")


def times(number: Decimal, power: int) -> Decimal:
    """Return ``number`` times ten to the ``power``, exactly."""
    return tidy(number.scaleb(power, context=_EXACT))


def share_of(parts: Decimal, of: int) -> Decimal:
    """Return ``parts`` of ``of`` as a decimal. Raises :class:`Refused` for thirds and the like."""
    try:
        return _EXACT.divide(parts, Decimal(of))
    except Inexact:
        raise Refused(Refusal.NO_DECIMAL) from None


# Numbers and measures


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
    plus: Decimal = Decimal(0)
    known: bool = True
    generic: bool = False
    shared: bool = False
    refusal: Refusal | None = None

    def in_units(self, number: Decimal) -> Decimal:
        """Return how many units a number of this measure is."""
        value = times(number, self.factor)
        return tidy(value - self.plus if value < 0 else value + self.plus)


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
    value: Decimal = Decimal(0)
    power: int = 0
    scale: str | None = None
    spelled: bool = False
    plain: bool = False
    more: bool = False
    loose: bool = False
    measure: Measure | None = None
    refusal: Refusal | None = None

    def valued(self, read: Callable[..., Decimal], *of: object) -> "Number":
        """Return the number with the value that ``read(*of)`` gives, or why it has none."""
        try:
            self.value = tidy(read(*of))
        except Refused as refused:
            self.refusal = self.refusal or refused.reason
        return self

    def scale_by(self, power: int, scale: str, end: int) -> None:
        """Multiply the number by the scale word that ends at ``end``."""
        self.value, self.power, self.scale, self.end = times(self.value, power), power, scale, end

    def may_be_year(self) -> bool:
        """Whether a bare number may be a year."""
        return self.plain and not self.power and 1800 <= self.value <= 2099


LONGEST = 30
"""Characters of a numeral; longer ones are rows of digits."""
_NUMERAL = re.compile(
    r"[0-9]+(?:[.·][0-9]+)?"
    r"|[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:'[0-9]{3})+|(?:\u00a0[0-9]{3})+)(?:\.[0-9]+)?"
)
_SEPARATORS = str.maketrans("·", ".", ",'\u00a0")


def read_digits(blob: str) -> Decimal:
    """Return the exact value of a numeral.

    Commas, apostrophes and hard spaces group by threes, a point divides: 1,234.5. Raises
    :class:`Refused` for whatever reads otherwise in another country (2,5; 1.234.567; 1,23,456),
    and for a row of digits too long to be an amount.
    """
    fraction = ENGLISH["fractions"].get(blob[-1])
    digits = blob if fraction is None else blob[:-1]
    if len(digits) > LONGEST:
        raise Refused(Refusal.MALFORMED)
    if not _NUMERAL.fullmatch(digits):
        raise Refused(Refusal.AMBIGUOUS_SEPARATOR)
    if fraction == "":
        raise Refused(Refusal.NO_DECIMAL)
    return Decimal(digits.translate(_SEPARATORS)) + Decimal(fraction or 0)


def date_quantity(year: str, month: str | int, day: str | None) -> Quantity | None:
    """Return a date as a quantity, or ``None`` where there is no such day."""
    edtf = "-".join(f"{int(part):02}" for part in (year, month, day) if part)
    try:
        date.fromisoformat(edtf if day else f"{edtf}-01")
    except ValueError:
        return None
    return Quantity(Decimal(edtf.replace("-", "")), Kind.DATE, edtf=edtf)
