"""What stands before a number in Chinese: currency signs, a minus, hedges."""

import re

from explainer.extract.phrase import any_of
from explainer.extract.quantity import Bound, Kind
from explainer.extract.zh import lexicon
from explainer.extract.zh.numbers import GAP

_SIGN_BEFORE = re.compile(rf"(?:{any_of(lexicon.SIGNS)}){GAP}\Z")
_MINUS = re.compile(r"(?:(?<![0-9A-Za-z一-鿿%)])-|负|(?<![0-9])−)\Z")
_BEFORE = re.compile(rf"({any_of(lexicon.BEFORE)}|~){GAP}\Z")


def sign_before(text: str, at: int, floor: int) -> tuple[int, str | None, bool]:
    """Where a currency sign before the number starts, its currency, whether there is one."""
    found = _SIGN_BEFORE.search(text, max(floor, at - 5), at)
    if found is None:
        return at, None, False
    return found.start(), lexicon.SIGNS[found[0].strip(" \u00a0")], True


def minus_before(text: str, start: int, floor: int) -> tuple[int, bool]:
    """Where the phrase starts with its minus, and whether there is one."""
    found = _MINUS.search(text, max(floor, start - 1), start)
    return (found.start(), True) if found else (start, False)


def hedges_before(text: str, start: int, floor: int, kind: Kind) -> tuple[int, list[Bound]]:
    """Where the phrase starts with its hedges, and what they say; at most two, nearest first."""
    bounds: list[Bound] = []
    for _ in range(2):
        found = _BEFORE.search(text, max(floor, start - 5), start)
        if found is None:
            break
        hedge, ahead = found[1], text[found.start() - 1 : found.start()]
        if ahead and ahead in lexicon.NOT_HEDGE.get(hedge, "") and found.start() > 0:
            break
        if hedge == "近" and kind is Kind.DURATION:
            break  # 近五年 is the last five years
        bounds.append(lexicon.BEFORE.get(hedge, Bound.ABOUT))
        start = found.start()
    return start, bounds
