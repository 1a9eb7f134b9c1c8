"""What stands before a number in English: currency signs, a minus, hedges, names."""

import re

from explainer.extract.en import lexicon
from explainer.extract.en.numbers import GAP
from explainer.extract.phrase import Number, any_of
from explainer.extract.quantity import Bound, Kind

_SIGN_BEFORE = re.compile(rf"(?:{any_of(lexicon.SIGNS)}){GAP}?\Z")
_HEDGE_BEFORE = re.compile(
    rf"(?:\b(?:{any_of(w for w in lexicon.HEDGES if w != '~')})(?:{GAP}+an?)?{GAP}+"
    rf"|~{GAP}?)\Z"
)
_MINUS = re.compile(rf"(?:(?:^|(?<=[^0-9A-Za-z)%]))-|(?<![0-9])−|\bminus{GAP}|\bnegative{GAP})\Z")
_NAME_BEFORE = re.compile(rf"([A-Za-z][A-Za-z.'-]*){GAP}\Z")
_LOOK_BACK = 40


def sign_before(text: str, at: int, floor: int) -> tuple[int, str | None, bool]:
    """Where a currency sign before the number starts, its currency, whether there is one."""
    found = _SIGN_BEFORE.search(text, max(floor, at - 6), at)
    if found is None:
        return at, None, False
    sign = found[0].strip(" \u00a0")
    before = text[found.start() - 1] if found.start() else " "
    if sign[0].isalpha() and before.isalnum():
        return at, None, False
    return found.start(), lexicon.SIGNS[sign], True


def minus_before(lower: str, start: int, floor: int) -> tuple[int, bool]:
    """Where the phrase starts with its minus, and whether there is one."""
    found = _MINUS.search(lower, max(floor, start - 10), start)
    return (found.start(), True) if found else (start, False)


def hedges_before(lower: str, start: int, floor: int) -> tuple[int, list[Bound]]:
    """Where the phrase starts with its hedges, and what they say; at most two, nearest first."""
    bounds: list[Bound] = []
    for _ in range(2):
        found = _HEDGE_BEFORE.search(lower, max(floor, start - _LOOK_BACK), start)
        if found is None:
            break
        phrase = re.sub(rf"{GAP}+", " ", found[0]).strip()
        phrase = phrase if phrase in lexicon.HEDGES else phrase.rpartition(" ")[0]
        bounds.append(lexicon.HEDGES[phrase])
        start = found.start()
    return start, bounds


def bounds_before(
    lower: str, start: int, floor: int, kind: Kind, unit: str | None
) -> tuple[int, list[Bound]]:
    """The hedges before the phrase; "over five years" says when, not how many."""
    where, bounds = hedges_before(lower, start, floor)
    if (kind is Kind.DURATION or unit == "seasons") and lower[where:start].strip().startswith(
        ("over", "under")
    ):
        return start, []
    return where, bounds


def is_name(text: str, number: Number) -> bool:
    """Whether a capitalised word before the number makes it part of a name: "Boeing 737"."""
    before = _NAME_BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
    if before is None or before[1].islower():
        return False
    return (
        before[1].lower() not in lexicon.FUNCTION_WORDS and before[1].lower() not in lexicon.HEDGES
    )
