"""Shares in words in Chinese: 百分之十二点五, 千分之三, 四分之三."""

import re
from decimal import Decimal

from explainer.extract.phrase import percent_of, read, with_bounds
from explainer.extract.quantity import Kind, Match, Refusal
from explainer.extract.zh import lexicon
from explainer.extract.zh.numbers import number_at
from explainer.extract.zh.prefixes import hedges_before

_PARTS = re.compile(r"([百千万]|[二三四五六七八九十]|[0-9]{1,3})分之")
_POINT = re.compile(r"点([零〇一二三四五六七八九]+)")
_HUNDREDS = {"百": 100, "千": 1000, "万": 10_000, "十": 10}


def share_at(text: str, at: int, floor: int) -> tuple[Match | None, int] | None:
    """The share at ``at`` in per cent, if there is one; what no decimal can say is refused."""
    found = _PARTS.match(text, at)
    if found is None:
        return None
    number = number_at(text, found.end())
    if number is None or number.refusal or number.power:
        return None, found.end()
    parts, end = number.value, number.end
    if point := _POINT.match(text, end):
        digits = "".join(str(lexicon.DIGITS[character]) for character in point[1])
        parts, end = Decimal(f"{parts}.{digits}"), point.end()
    named = found[1]
    of = int(named) if named.isdigit() else _HUNDREDS.get(named) or lexicon.DIGITS[named]
    start, bounds = hedges_before(text, at, floor, Kind.PERCENT)
    share = percent_of(parts, of) if of else Refusal.MALFORMED
    return read(text, (start, end), with_bounds(share, bounds)), end
