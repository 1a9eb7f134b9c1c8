"""What stands behind a number in Chinese: per cent, currencies, durations, measure words."""

import re

from explainer.extract.phrase import Measure, Number, any_of
from explainer.extract.quantity import Kind
from explainer.extract.zh import lexicon
from explainer.extract.zh.numbers import GAP

_PERCENT = re.compile(rf"{GAP}(?:%|‰|个百分点|百分点)")
_CHENG = re.compile(r"成(?![为立功员本果年人长绩分熟都就交])半?")
_TIMES = re.compile(rf"{GAP}倍")
_CURRENCY = re.compile(rf"{GAP}({any_of(lexicon.CURRENCIES)})")
_NOT_CURRENCY = re.compile(rf"{GAP}(?:{any_of(lexicon.NOT_CURRENCY)})")
_DURATION = re.compile(rf"{GAP}({any_of(lexicon.DURATIONS)})(?![代级轻纪份货]|度[^假])")
_NOUN = re.compile(rf"{GAP}({any_of(lexicon.NOUNS)})")
_MEASURE_WORD = re.compile(rf"{GAP}({any_of(lexicon.MEASURE_WORDS)})(?![月年日])")
_COUNTED = frozenset("集户股吨架辆")
"""Units of one character that may stand behind a Chinese numeral: 十五集."""


def measure_behind(text: str, number: Number) -> Measure | None:
    """What the number at its end measures, if that is said."""
    end = number.end
    if found := _PERCENT.match(text, end):
        factor = -1 if "‰" in found[0] else 0
        return Measure(Kind.PERCENT, found.end(), factor=factor)
    if (found := _CHENG.match(text, end)) and not number.power and number.value <= 10:
        return Measure(Kind.PERCENT, found.end(), factor=1)
    if found := _TIMES.match(text, end):
        return Measure(Kind.MULTIPLE, found.end())
    if (found := _CURRENCY.match(text, end)) and not _NOT_CURRENCY.match(text, end):
        return Measure(Kind.MONEY, found.end(), currency=lexicon.CURRENCIES[found[1]])
    if found := _DURATION.match(text, end):
        return Measure(Kind.DURATION, found.end(), unit=lexicon.DURATIONS[found[1]])
    if found := _NOUN.match(text, end):
        return Measure(
            Kind.COUNT,
            found.end(),
            unit=lexicon.NOUNS[found[1]],
            known=len(found[1]) > 1 or found[1] in _COUNTED,
        )
    if found := _MEASURE_WORD.match(text, end):
        return Measure(Kind.COUNT, found.end(), known=False)
    return None
