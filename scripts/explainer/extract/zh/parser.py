"""Whole number phrases in Chinese, in either script: a closed grammar.

A Chinese numeral counts only with a scale, a currency or a known unit behind it: 三星, 四川, 万达
and 一带一路 are no amounts.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from explainer.extract.numerals import times
from explainer.extract.phrase import Measure, Number, any_of, negative, read, with_bounds
from explainer.extract.quantity import Bound, Kind, Match, Quantity, Refusal
from explainer.extract.zh import lexicon
from explainer.extract.zh.dates import date_at, fold_at, rank_at
from explainer.extract.zh.fractions import share_at
from explainer.extract.zh.numbers import CANDIDATE, GAP, NUMERAL, number_at, run_end
from explainer.extract.zh.prefixes import hedges_before, minus_before, sign_before
from explainer.extract.zh.units import measure_behind

_AFTER = re.compile(rf"{GAP}({any_of(lexicon.AFTER)})(?![人重元年月次方])")
_NUMERALS = re.compile(rf"[{NUMERAL}万亿]+")
_MORE = re.compile(rf"{GAP}[多余]")
_SIGN = re.compile(rf"(?:{any_of(lexicon.SIGNS)}){GAP}")
_JOIN = re.compile(rf"{GAP}(?:[-–~]|至|到){GAP}")
_MOVED = re.compile(r"(?:涨|跌|升|降|增|减|加|少|高|调|长|落)[了约近逾超]?\Z")
_FROM = re.compile(r"[从由自][^，。；、]{0,6}\Z")


def scan(text: str) -> Iterator[Match]:
    """The number phrases of ``text`` (plain characters), in order, none overlapping."""
    simple = text.translate(lexicon.TRADITIONAL)
    position = 0
    while found := CANDIDATE.search(simple, position):
        reading, position = _phrase(simple, found.start(), position)
        if reading is not None:
            yield reading


def _phrase(text: str, at: int, floor: int) -> tuple[Match | None, int]:
    """The phrase around the number at ``at``, if there is one, and where to go on."""
    before = text[at - 1] if at > floor else " "
    if before == "第":
        return rank_at(text, at)
    special = date_at(text, at) or fold_at(text, at) or share_at(text, at, floor)
    if special:
        return special
    if before in "几数上好成" and not text[at].isascii():
        # 几十亿, 数千万, 上百家: nobody knows how many.
        vague = _NUMERALS.match(text, at)
        return None, vague.end() if vague else at + 1
    number = number_at(text, at)
    if number is None:
        return None, run_end(text, at)
    start, currency, signed = sign_before(text, at, floor)
    start, minus = minus_before(text, start, floor)
    edge = text[start - 1] if start > floor else " "
    glued = edge.isascii() and (edge.isalnum() or edge in "_./:@#&-")
    if (glued and not signed) or (edge in "周期" and number.spelled):
        return None, run_end(text, at)
    return _amount(text, (number, start, minus, currency, signed), floor)


def _amount(
    text: str, head: tuple[Number, int, bool, str | None, bool], floor: int
) -> tuple[Match | None, int]:
    number, start, minus, currency, signed = head
    more_at = _MORE.match(text, number.end)
    if more_at and not number.more:
        number = replace(number, end=more_at.end(), more=True)
    number, high = _range(text, number, start, floor)
    last = high or number
    measure = measure_behind(text, last)
    if measure is None and last.more and not number.power:
        return None, last.end
    end = measure.end if measure else last.end
    kind = Kind.MONEY if signed else measure.kind if measure else Kind.COUNT
    start, bounds = hedges_before(text, start, floor, kind)
    if number.more or last.more:
        bounds.append(Bound.MORE_THAN)
    if after := _AFTER.match(text, end):
        bounds.append(lexicon.AFTER[after[1]])
        end = after.end()
    if not _counts(
        text, number, measure, (start, end), signed=signed, hedged=bool(bounds), high=high
    ):
        return None, max(last.end, number.start + 1)
    factor = measure.factor if measure else 0
    value, top = times(number.value, factor), times(high.value, factor) if high else None
    if measure and text[measure.end - 1] == "半" and measure.kind is Kind.PERCENT:
        value = value + 5
    code = currency or (measure.currency if measure else None)
    refusal = number.refusal or (high and high.refusal)
    if kind is Kind.MONEY and code is None:
        code = _context(text)
        refusal = refusal or (None if code else Refusal.AMBIGUOUS_CURRENCY)
    if currency and measure and measure.currency not in (None, currency, "CNY"):
        refusal = refusal or Refusal.AMBIGUOUS_CURRENCY
    if refusal:
        return read(text, (start, end), refusal), end
    quantity = Quantity(
        negative(value, minus=minus),
        kind,
        Bound.EXACT if high is None else Bound.RANGE,
        negative(top, minus=minus) if top is not None else None,
        code if kind is Kind.MONEY else None,
        measure.unit if measure and kind is not Kind.MONEY else None,
        last.scale,
    )
    if high is None:
        return read(text, (start, end), with_bounds(quantity, bounds)), end
    return read(text, (start, end), quantity), end


@lru_cache(maxsize=1)  # asked again for every ¥ of one text
def _context(text: str) -> str | None:
    """Which currency a bare ¥ means: yuan, unless the text speaks of yen or Japan."""
    return None if any(word in text for word in lexicon.YEN_CONTEXT) else "CNY"


def _range(text: str, number: Number, start: int, floor: int) -> tuple[Number, Number | None]:
    """The number with its scale settled, and the other end where the phrase is a range."""
    first = measure_behind(text, number)
    ends = [number.end, *([first.end] if first else [])]
    for end in ends:
        join = _JOIN.match(text, end)
        if join is None or number.refusal:
            continue
        spoken = join[0].strip() in ("至", "到")
        moved = _FROM.search(text, max(floor, start - 8), start) or _MOVED.search(
            text, max(floor, start - 5), start
        )
        if spoken and moved:
            continue
        if text[join.end() - 1 : join.end() + 1] == "––" or not CANDIDATE.match(text, join.end()):
            continue
        sign = _SIGN.match(text, join.end())
        high = number_at(text, sign.end() if sign else join.end())
        if high is None or high.refusal or high.more:
            continue
        if high.plain and 1800 <= high.value <= 2099 and text[high.end : high.end + 1] == "年":
            continue  # 一部到2022年才上线
        low = number
        if high.power and not number.power:
            value = times(number.value, high.power)
            if value < high.value:
                low = replace(number, value=value, power=high.power, scale=high.scale, plain=False)
            elif number.value < 1000:
                continue  # 5至3万 is no range
        if low.value < high.value and (high.power or measure_behind(text, high)):
            return low, high
    return number, None


def _counts(
    text: str,
    number: Number,
    measure: Measure | None,
    span: tuple[int, int],
    *,
    signed: bool,
    hedged: bool,
    high: Number | None,
) -> bool:
    """Whether the number is an amount at all, not a name, an idiom or a part of a code."""
    whole = span == (0, len(text))
    one = number.spelled and not number.power and number.value < 2 and high is None
    if signed or (measure and measure.kind in (Kind.PERCENT, Kind.MONEY)):
        return not (one and measure is not None and measure.kind is Kind.MONEY and not whole)
    if number.refusal is Refusal.VAGUE:
        return False
    if number.power >= 4:
        return True
    if one:
        return whole and measure is not None and measure.kind is not Kind.COUNT
    if number.spelled and measure and measure.kind is Kind.COUNT and not number.power:
        return measure.known or number.value >= 100
    if measure is not None:
        return True
    if number.spelled:
        return whole
    if not number.plain and number.value >= 1000:
        return True
    ascii_behind = text[number.end : number.end + 1]
    if ascii_behind.isascii() and ascii_behind.isalnum():
        return False
    return number.power > 0 or whole or (hedged and number.value >= 100)
