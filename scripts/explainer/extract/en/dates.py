"""Dates, years and ranks in English; and times, scores and codes, which are passed over."""

import re
from decimal import Decimal

from explainer.extract.en import lexicon
from explainer.extract.en.numbers import GAP, run_end
from explainer.extract.en.prefixes import hedges_before
from explainer.extract.phrase import Number, any_of, combine, date_quantity, read
from explainer.extract.quantity import Bound, Kind, Match, Quantity, Refusal

_JUNK = re.compile(
    r"[0-9]+(?:[-/:][0-9]+){2,}|[0-9]+(?:\.[0-9]+){2,}|[0-9]+[/:][0-9]+|[0-9]{3}-[0-9]{4}(?![0-9])"
)
_FOLD = re.compile(rf"({any_of(lexicon.ONES)})-?fold\b")
_ISO_DATE = re.compile(r"([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_SHORT = re.compile(r"[0-9]{1,4}(?![0-9,]*[0-9])")
_MONTH = any_of(lexicon.MONTHS)
_MONTH_DAY_BEFORE = re.compile(rf"\b({_MONTH}){GAP}\Z")
_AFTER_DAY = re.compile(rf"(?:st|nd|rd|th)?,?{GAP}([12][0-9]{{3}})(?![0-9])")
_MONTH_AFTER_DAY = re.compile(
    rf"(?:st|nd|rd|th)?{GAP}(?:of{GAP})?({_MONTH})(?:,?{GAP}([12][0-9]{{3}}))?(?![0-9a-z])"
)
RANK_BEFORE = re.compile(rf"(?:\bno\.?{GAP}?|\bnumber{GAP}|#)\Z")
_YEAR_BEFORE = re.compile(
    rf"\b(?:in|since|from|by|until|till|of|to|during|before|after|late|early|mid|through|than|and|for|"
    rf"year|autumn|fall|spring|summer|winter|the|end|start|{_MONTH}|q[1-4]|as){GAP}\Z|[(–-]\Z|\bmid-\Z"
)


def date_at(text: str, lower: str, at: int, floor: int) -> tuple[Match | None, int] | None:
    """A date that the number at ``at`` is a part of; one without a year is passed over."""
    if iso := _ISO_DATE.match(lower, at):
        return _dated(text, (at, iso.end()), (int(iso[1]), int(iso[2]), int(iso[3])))
    blob = _SHORT.match(lower, at)
    if blob is None:
        return None
    figure = int(blob[0])
    month = _MONTH_DAY_BEFORE.search(lower, max(floor, at - 12), at)
    if month and 1 <= figure <= 31:
        number = lexicon.MONTHS[month[1]]
        if year := _AFTER_DAY.match(lower, blob.end()):
            return _dated(text, (month.start(1), year.end()), (int(year[1]), number, figure))
        return None, run_end(lower, at)
    if month and 1800 <= figure <= 2099 and blob.end() - at == 4:
        return _dated(text, (month.start(1), blob.end()), (figure, lexicon.MONTHS[month[1]], None))
    after = _MONTH_AFTER_DAY.match(lower, blob.end())
    if after and 1 <= figure <= 31 and text[after.start(1)].isupper():
        if after[2]:
            number = lexicon.MONTHS[after[1]]
            return _dated(text, (at, after.end()), (int(after[2]), number, figure))
        return None, after.end()
    return None


def _dated(
    text: str, span: tuple[int, int], parts: tuple[int, int, int | None]
) -> tuple[Match | None, int]:
    quantity = date_quantity(*parts)
    return (read(text, span, quantity) if quantity else None), span[1]


def junk_at(lower: str, at: int) -> tuple[None, int] | None:
    """Scores, clock times, fractions, versions and telephone numbers are passed over whole."""
    found = _JUNK.match(lower, at)
    return (None, max(found.end(), run_end(lower, at))) if found else None


def fold_at(text: str, lower: str, at: int, floor: int) -> tuple[Match | None, int] | None:
    """Threefold and ten-fold, with their hedge."""
    found = _FOLD.match(lower, at)
    if found is None:
        return None
    start, bounds = hedges_before(lower, at, floor)
    bound = combine(bounds)
    value = Decimal(lexicon.ONES[found[1]])
    quantity = bound if isinstance(bound, Refusal) else Quantity(value, Kind.MULTIPLE, bound)
    return read(text, (start, found.end()), quantity), found.end()


def rank_at(text: str, lower: str, number: Number, floor: int) -> tuple[Match | None, int]:
    """No. 1, #3, number 12."""
    before = RANK_BEFORE.search(lower, max(floor, number.start - 10), number.start)
    whole = number.value == number.value.to_integral_value() and not number.power
    if before is None or not whole or number.value < 1 or number.refusal:
        return None, number.end
    quantity = Quantity(number.value, Kind.RANK)
    return read(text, (before.start(), number.end), quantity), number.end


def is_year(number: Number) -> bool:
    """Whether a bare number may be a year."""
    return number.plain and not number.power and 1800 <= number.value <= 2099


def year_range(
    text: str, lower: str, low: Number, high: Number, floor: int
) -> tuple[Match | None, int]:
    """ "2015–2020", "2015 to 2020"; other pairs of bare numbers are scores or codes."""
    if is_year(low) and is_year(high) and not _glued_after(lower, high.end):
        quantity = Quantity(low.value, Kind.YEAR, Bound.RANGE, high.value)
        return read(text, (low.start, high.end), quantity), high.end
    if not low.plain or not high.plain:
        quantity = Quantity(low.value, Kind.COUNT, Bound.RANGE, high.value)
        return read(text, (low.start, high.end), quantity), high.end
    return None, high.end


def _glued_after(lower: str, end: int) -> bool:
    return end < len(lower) and (lower[end].isalnum() or lower[end] == "-")


def year_at(text: str, lower: str, number: Number, floor: int) -> tuple[Match | None, int]:
    """A bare number of four digits is a year where nothing else claims it."""
    alone = number.start == 0 and number.end == len(lower)
    placed = _YEAR_BEFORE.search(lower, max(0, number.start - 14), number.start)
    closed = number.end == len(lower) or lower[number.end] in ".,;:)'" or number.start == 0
    if is_year(number) and (alone or placed or closed) and not _glued_after(lower, number.end):
        return read(text, (number.start, number.end), Quantity(number.value, Kind.YEAR)), number.end
    return None, number.end
