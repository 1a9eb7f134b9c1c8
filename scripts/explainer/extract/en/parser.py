"""Whole number phrases in English: a closed grammar that refuses what it does not understand.

A phrase is a number with whatever belongs to it: hedge, minus, currency sign, scale, the other
end of a range, per cent, currency word or counted noun. Numbers that are names, times, scores,
ages or parts of codes are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from explainer.extract.en import lexicon
from explainer.extract.en.dates import (
    RANK_BEFORE,
    date_at,
    fold_at,
    is_year,
    junk_at,
    rank_at,
    year_at,
    year_range,
)
from explainer.extract.en.fractions import share_at
from explainer.extract.en.numbers import CANDIDATE, GAP, number_at, run_end
from explainer.extract.en.prefixes import bounds_before, is_name, minus_before, sign_before
from explainer.extract.en.units import PERCENT, measure_behind, noun_behind, plural_follows
from explainer.extract.numerals import times
from explainer.extract.phrase import Measure, Number, any_of, combine, negative, read
from explainer.extract.quantity import Bound, Kind, Match, Quantity, Refusal

_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_HEDGE_AFTER = re.compile(
    rf"(?:\+|-plus\b|{GAP}(?:{any_of(['or so', 'or more', 'or less'])})\b"
    rf"|{GAP}(?:or fewer|or thereabouts|plus)\b)"
)
_CLOCK = re.compile(rf"{GAP}?(?:[ap]\.?m\b|o'clock)|:[0-9]")
_SIGN = re.compile(rf"(?:{any_of(lexicon.SIGNS)}){GAP}?")
_JOIN = re.compile(rf"{GAP}?[-–~]{GAP}?|{GAP}(to|and|or){GAP}")
_FROM = re.compile(rf"\bfrom{GAP}(?:[a-z]+{GAP})?\Z")
_MOVED = re.compile(
    rf"\b(?:by|rose|fell|grew|climbed|dropped|declined|increased|decreased|jumped|gained|lost|slid"
    rf"|sank|added|up|down|advanced|slipped|surged|plunged|edged|cut|raised){GAP}"
    rf"(?:(?:{any_of(lexicon.HEDGES)}|another|a){GAP})?\Z"
)
_BETWEEN = re.compile(rf"\bbetween{GAP}(?:[a-z]+{GAP})?\Z")
_ONE_IN = re.compile(
    rf"(?<!no\.{GAP})(?<!#)\b(?:[0-9]{{1,2}}|{any_of(lexicon.ONES)}){GAP}in{GAP}\Z"
)
_OF_THE = re.compile(rf"{GAP}of{GAP}(?:the|its|their|his|her|our|those|these)\b")


def scan(text: str) -> Iterator[Match]:
    """The number phrases of ``text`` (plain characters), in order, none overlapping."""
    lower = text.translate(_LOWER)
    position = 0
    while found := CANDIDATE.search(lower, position):
        reading, position = _phrase(text, lower, found.start(), position)
        if reading is not None:
            yield reading


def _phrase(text: str, lower: str, at: int, floor: int) -> tuple[Match | None, int]:
    """The phrase around the number at ``at``, if there is one, and where to go on.

    ``floor`` is where the phrase before ended; nothing is taken from left of it.
    """
    special = (
        date_at(text, lower, at, floor)
        or junk_at(lower, at)
        or fold_at(text, lower, at, floor)
        or share_at(text, lower, at, floor)
    )
    if special:
        return special
    number = number_at(lower, at)
    if number is None:
        return None, run_end(lower, at)
    start, currency, signed = sign_before(text, at, floor)
    start, minus = minus_before(lower, start, floor)
    before = text[start - 1] if start > floor else " "
    if (
        before.isalnum() or before in "_./:@&'" or (before == "-" and start > floor)
    ) and not signed:
        return None, run_end(lower, at)
    if not signed and RANK_BEFORE.search(lower, max(floor, at - 10), at):
        return rank_at(text, lower, number, floor)
    return _amount(text, lower, (number, start, minus, currency, signed), floor)


def _amount(
    text: str,
    lower: str,
    head: tuple[Number, int, bool, str | None, bool],
    floor: int,
) -> tuple[Match | None, int]:
    number, start, minus, currency, signed = head
    number, high = _range(text, lower, number, (start, floor, signed))
    last = high or number
    bounds: list[Bound] = []
    if (split := _HEDGE_AFTER.match(lower, last.end)) and not number.more:
        # "50 or more workers": the hedge stands between the number and its noun.
        moved = replace(last, end=split.end())
        if noun_behind(lower, moved):
            last = moved
            bounds.append(lexicon.HEDGES_AFTER[split[0].strip(" \u00a0-")])
    measure = measure_behind(lower, last)
    if high is not None and not signed and measure is None and not high.power and high.plain:
        return year_range(text, lower, number, high, floor)
    if measure is not None and measure.refusal is Refusal.NOT_A_QUANTITY:
        return None, measure.end
    end = measure.end if measure and not (signed and measure.kind is not Kind.MONEY) else last.end
    kind, unit = _kind(measure, signed=signed)
    code = currency or (measure.currency if measure else None)
    if high is not None and (between := _BETWEEN.search(lower, max(floor, start - 20), start)):
        start = between.start()
    start, before = bounds_before(lower, start, floor, kind, unit)
    bounds += before
    if number.more or last.more:
        bounds.append(Bound.AT_LEAST)
    if after := _HEDGE_AFTER.match(lower, end):
        bounds.append(lexicon.HEDGES_AFTER[after[0].strip(" \u00a0-")])
        end = after.end()
    if not _counts(text, lower, number, measure, signed=signed, hedged=bool(bounds), high=high):
        return year_at(text, lower, number, floor)
    refusal = number.refusal or (high and high.refusal) or (measure and measure.refusal)
    if kind is Kind.MONEY and code is None:
        code = _context(lower)
        refusal = refusal or (None if code else Refusal.AMBIGUOUS_CURRENCY)
    if measure and currency and measure.currency not in (None, currency):
        dollars = lower[:end].endswith("dollars") and measure.currency == "USD"
        refusal = refusal or (None if dollars else Refusal.AMBIGUOUS_CURRENCY)
    bound = Bound.RANGE if high else combine(bounds)
    if isinstance(bound, Refusal) or refusal:
        wrong = refusal or bound
        return read(
            text, (start, end), wrong if isinstance(wrong, Refusal) else Refusal.MALFORMED
        ), end
    quantity = Quantity(
        negative(number.value, minus=minus),
        kind,
        bound,
        negative(high.value, minus=minus) if high else None,
        code if kind is Kind.MONEY else None,
        unit,
        last.scale,
    )
    return read(text, (start, end), quantity), end


def _kind(measure: Measure | None, *, signed: bool) -> tuple[Kind, str | None]:
    if signed:
        return Kind.MONEY, None
    if measure is None:
        return Kind.COUNT, None
    return measure.kind, measure.unit


@lru_cache(maxsize=1)  # asked again for every ¥ of one text
def _context(lower: str) -> str | None:
    """Which currency a bare ¥ means, where the text around it says so."""
    yuan = any(re.search(rf"\b{word}\b", lower) for word in lexicon.YUAN_CONTEXT)
    yen = any(re.search(rf"\b{word}\b", lower) for word in lexicon.YEN_CONTEXT)
    return None if yuan == yen else "CNY" if yuan else "JPY"


def _range(
    text: str, lower: str, number: Number, before: tuple[int, int, bool]
) -> tuple[Number, Number | None]:
    """The number with its scale settled, and the other end where the phrase is a range.

    ``before``: where the phrase starts, where the one before it ended, whether a sign stands here.
    """
    start, floor, signed = before
    end = number.end
    if percent := PERCENT.match(lower, end):
        end = percent.end()
    join = _JOIN.match(lower, end)
    if join is None or number.refusal:
        return number, None
    word = join[1]
    between = _BETWEEN.search(lower, max(floor, start - 20), start)
    if word in ("and", "or") and not (word == "and" and between):
        return number, None
    if word == "to" and _MOVED.search(lower, max(floor, start - 24), start):
        return number, None
    if word == "to" and _FROM.search(lower, max(floor, start - 20), start) and not is_year(number):
        return number, None
    at = join.end()
    sign = _SIGN.match(text, at)
    at = sign.end() if sign else at
    if not CANDIDATE.match(lower, at):
        return number, None
    high = number_at(lower, at)
    if high is None or high.refusal or high.spelled != number.spelled:
        return number, None
    shared = PERCENT.match(lower, high.end)
    if (sign and not signed) or (percent and not shared) or (signed and shared):
        return number, None  # "3.2% to $41.50" are two amounts
    low = number
    if high.power and not number.power:
        value = times(number.value, high.power)
        if value < high.value:
            low = replace(number, value=value, power=high.power, scale=high.scale, plain=False)
        elif number.value < 1000:
            return number, None  # "5 to 3 million" is no range
    return (low, high) if low.value < high.value else (number, None)


def _counts(
    text: str,
    lower: str,
    number: Number,
    measure: Measure | None,
    *,
    signed: bool,
    hedged: bool,
    high: Number | None,
) -> bool:
    """Whether the number is an amount at all, not a name, a year, a time or a figure of speech."""
    whole = number.start == 0 and (measure.end if measure else number.end) == len(lower)
    if _CLOCK.match(lower, number.end):
        return False
    if number.plain and _ONE_IN.search(lower, max(0, number.start - 12), number.start):
        return False  # "one in four" is a share
    if number.refusal and not (signed or measure or number.power):
        return False
    if signed or (measure and measure.kind in (Kind.PERCENT, Kind.MONEY)):
        return True
    if number.power and number.plain:
        return measure is not None and measure.kind is Kind.COUNT
    if number.power:
        return True
    if measure and measure.kind is Kind.MULTIPLE:
        return True
    if number.spelled:
        small = number.value < 2
        return measure is not None and not small and measure.unit is not None
    if measure and measure.kind is Kind.DURATION:
        return not is_name(text, number)
    if is_year(number) and not hedged:
        return measure is not None and measure.unit in ("people", "jobs", "employees")
    if measure is not None:
        return not is_name(text, number)
    if not number.plain and (number.value >= 1000 or high is not None):
        return True
    if is_name(text, number):
        return False
    if hedged:
        return number.value >= 100 or plural_follows(lower, text, number.end) or whole
    if plural_follows(lower, text, number.end) or _OF_THE.match(lower, number.end):
        return number.plain
    return whole and number.end == len(lower) and not is_year(number)
