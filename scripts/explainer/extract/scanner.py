"""The scanner of number phrases, which both grammars share.

A phrase is a number with whatever belongs to it: hedge, minus, currency sign, scale, the other end
of a range, currency word, unit or counted noun. :meth:`Scanner._phrase` takes these one by one. A
number is read whole or not at all: where something that looks like a part of it touches the phrase
without being understood, the whole run is refused. Numbers that are names, times, scores, ages or
parts of codes are passed over.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import ClassVar, NamedTuple

from explainer.extract.lexicon import Lexicon
from explainer.extract.numerals import Measure, Number, Refused, times
from explainer.extract.quantity import Bound, Kind, Quantity, Refusal

TO, OR = ("to", "至", "到"), ("or", "、")
"""The joints that are words; those of a pair that nobody knows: "five or six"."""
_counted = attrgetter("kind", "unit", "currency")
"""What both ends of a range must count."""


class Found(NamedTuple):
    """A number phrase and what it says or why it cannot be read; without either, passed over."""

    start: int
    end: int
    content: Quantity | Refusal | None = None


@dataclass(slots=True)
class Phrase:
    """A number phrase that is being read: from where to where, and all that is known of it so far.

    ``sign`` is the currency sign, code or word before the number, ``measure`` what stands behind.
    """

    start: int
    low: Number
    high: Number | None = None
    measure: Measure | None = None
    sign: str | None = None
    end: int = 0
    bounds: list[Bound] = field(default_factory=list)
    refusal: Refusal | None = None

    @property
    def last(self) -> Number:
        """The number at the end of the phrase."""
        return self.high or self.low

    @property
    def kind(self) -> Kind | None:
        """What its sign or its measure make of the number."""
        return Kind.MONEY if self.sign else self.measure.kind if self.measure else None

    @property
    def bound(self) -> Bound:
        """One bound for all hedges, of which "about" gives way to a firmer one: "up to about".

        Raises :class:`Refused` for two firm hedges that differ.
        """
        firm = set(self.bounds) - {Bound.ABOUT}
        if len(firm) > 1 and not self.high:
            raise Refused(Refusal.CONTRADICTORY)
        return Bound.RANGE if self.high else [*firm, *self.bounds, Bound.EXACT][0]


class Scanner(ABC):
    """Reads the number phrases of one text of plain characters."""

    words: ClassVar[Lexicon]
    is_traditional = False

    def __init__(self, text: str, lower: str) -> None:
        self.text, self.lower = text, lower
        self.patterns = self.words.patterns
        self.floor = 0
        """Where the phrase before ended; nothing is taken from left of it."""

    def scan(self) -> Iterator[Found]:
        """Yield the readings and refusals of the text in order, none overlapping."""
        while candidate := self.patterns["candidate"].search(self.lower, self.floor):
            found = self._phrase(candidate.start())
            self.floor = found.end
            if found.content is not None:
                yield found

    def _match(self, pattern: str, at: int) -> re.Match[str] | None:
        """The match of a pattern at a place."""
        return self.patterns[pattern].match(self.lower, at)

    def _before(self, pattern: str, end: int, size: int) -> re.Match[str] | None:
        """The match of a pattern that ends at ``end``, of at most ``size`` characters."""
        start = max(self.floor, end - size)
        return self.patterns[pattern].search(self.lower, start, end)

    # What a grammar knows

    @abstractmethod
    def _special(self, at: int) -> Found | None:
        """Dates, shares and ranks; clock times, scores and codes, which are passed over."""

    @abstractmethod
    def _number(self, at: int) -> Number | None:
        """The number at ``at`` with its scale; ``None`` where letters make it part of a name."""

    @abstractmethod
    def _measure(self, number: Number) -> Measure | None:
        """What the number measures, if that stands behind it."""

    @abstractmethod
    def _noun(self, end: int, number: Number) -> Measure | None:
        """The noun that the number counts, where it starts at ``end``."""

    @abstractmethod
    def _passed_over(self, phrase: Phrase) -> Found | None:
        """A number that is no amount but a year, a name, an idiom or a part of a code."""

    def _is_vague_pair(self, low: Number, high: Number) -> bool:
        """Whether two numbers stand for one that nobody knows: 2、3万, "five or six"."""
        years = low.plain and low.value >= 1000
        return not years and not (low.power and high.power) and 0 < low.value < high.value

    def _are_ends(self, phrase: Phrase, high: Number, measure: Measure | None) -> bool:
        """Whether a higher number may be the other end of the phrase."""
        percent = measure is not None and measure.kind is Kind.PERCENT
        return not (phrase.sign and percent)  # "$41 to 3%" are two amounts

    # A phrase, step by step

    def _phrase(self, at: int) -> Found:
        """The phrase around the number at ``at``, or how far a number is passed over."""
        if special := self._special(at):
            return special
        number = self._number(at)
        if number is None:
            return Found(at, self._run_end(at))
        phrase = Phrase(at, number)
        self._take_sign(phrase)
        glue = "glued_word" if number.spelled else "glued"
        if phrase.start == at and self._before(glue, at, 3):  # the end of a word or a code
            return Found(at, self._extent(max(number.end, self._run_end(at)), apart=True))
        phrase.measure = self._measure(number)
        self._take_other_end(phrase)
        if phrase.high:
            phrase.measure = self._measure(phrase.high)
        phrase.measure = phrase.last.measure or phrase.measure
        if phrase.measure and phrase.measure.refusal is Refusal.NOT_A_QUANTITY:
            return Found(at, phrase.measure.end)
        self._settle_sign(phrase)
        phrase.end = phrase.measure.end if phrase.measure else phrase.last.end
        self._take_hedge_behind(phrase)
        self._take_hedges_before(phrase)
        passed = None if number.measure else self._passed_over(phrase)
        return passed or self._read(phrase)

    def _run_end(self, at: int) -> int:
        """The end of the run of letters and digits that the number at ``at`` is a part of."""
        run = self._match("run", at)
        return run.end() if run else at + 1

    def _take_sign(self, phrase: Phrase) -> None:
        """Take the currency sign or code before the number, and the minus before both."""
        text, words = self.text, self.words
        end = phrase.start - (text[phrase.start - 1 : phrase.start] in (" ", "\u00a0"))
        sign = words["signs"].before(text, end, self.floor)
        if sign is None:
            word = (words["currency_words"].before(text, end, self.floor) or "").removeprefix("元")
            sign = word if self.patterns["sign_word"].match(word) else None
        if sign and (phrase.low.power or sign not in words["wordlike_codes"]):
            phrase.sign, phrase.start = sign, end - len(sign)
        if minus := self._before("minus", phrase.start, 10):
            phrase.start, phrase.low.value = minus.start(), -phrase.low.value

    def _settle_sign(self, phrase: Phrase) -> None:
        """Decide between a sign before the number and what is measured behind it."""
        sign, measure, words = phrase.sign, phrase.measure, self.words
        if sign is None:
            return
        if measure and measure.kind is Kind.MONEY:
            if self.text[phrase.start - 1 : phrase.start] == "每":
                phrase.sign, phrase.start = None, phrase.low.start  # 每美元1100韩元
            return
        is_name = sign[-1].isalpha()
        is_loose = sign in words["currency_words"] and not phrase.last.power
        if measure and not is_loose and (is_name or measure.kind not in words["kinds_after_sum"]):
            phrase.refusal = phrase.refusal or Refusal.TOUCHING
        elif is_name and (measure or is_loose):
            phrase.sign, phrase.start = None, phrase.low.start  # 欧元4年新高, "USD 5 people"
        else:
            phrase.measure = None

    def _take_hedge_behind(self, phrase: Phrase) -> None:
        """Take "or more", 以上 and the like, and a noun behind them."""
        if phrase.low.more or phrase.last.more:
            phrase.bounds.append(Bound(self.words["open_end"]))
        if found := self._match("hedge_behind", phrase.end):
            phrase.bounds.append(Bound(self.words["hedges_after"][found[0].lstrip(" -")]))
            phrase.end = found.end()
            if phrase.measure is None and (noun := self._noun(phrase.end, phrase.last)):
                phrase.measure, phrase.end = noun, noun.end

    def _take_hedges_before(self, phrase: Phrase) -> None:
        """Take at most two hedges before the phrase, with the verb or article behind each."""
        measure = phrase.measure
        lasting = measure and (measure.kind is Kind.DURATION or measure.unit == "seasons")
        if phrase.high and (between := self._before("between", phrase.start, 20)):
            phrase.start = between.start()
        is_bare = phrase.low.loose and phrase.start == phrase.low.start
        for name in ("bare_hedge" if is_bare else "hedge", "hedge"):
            found = self._before(name, phrase.start, 24)
            if found is None or (lasting and found[1] in self.words["not_lasting"]):
                break
            phrase.bounds.append(Bound(self.words["hedges"][found[1]]))
            phrase.start = found.start()

    def _read(self, phrase: Phrase) -> Found:
        """The phrase with all that touches it and looks like a part of the number."""
        ahead = self._before("foreign_sign" if phrase.sign else "head_before", phrase.start, 16)
        start = ahead.start() if ahead else phrase.start
        end = self._touching(phrase.end, None if phrase.low.measure else phrase.measure)
        refusal = phrase.refusal
        if (start, end) != (phrase.start, phrase.end):
            refusal = refusal or phrase.last.refusal or Refusal.TOUCHING
        if phrase.refusal or phrase.low.refusal or end > phrase.end:
            end = self._extent(end, apart=phrase.refusal is not None)
        try:
            return Found(start, end, refusal or self._quantity(phrase))
        except Refused as refused:
            return Found(start, end, refused.reason)

    def _quantity(self, phrase: Phrase) -> Quantity:
        """What the phrase says. Raises :class:`Refused`."""
        low, high, kind = phrase.low, phrase.high, phrase.kind or Kind.COUNT
        measure = phrase.measure or Measure(kind, phrase.end)
        if refusal := low.refusal or measure.refusal:
            raise Refused(refusal)
        currency = self._currency(phrase.sign, phrase.measure) if kind is Kind.MONEY else None
        is_known = self.is_traditional and currency in self.words["trillion_currencies"]
        if phrase.last.scale == "兆" and not is_known:
            raise Refused(Refusal.AMBIGUOUS_SCALE)
        if high and measure.plus:
            raise Refused(Refusal.MALFORMED)  # 三到四年半
        value = measure.in_units(low.value)
        value_max = measure.in_units(high.value) if high else None
        unit = None if kind is Kind.MONEY else measure.unit
        return Quantity(value, kind, phrase.bound, value_max, currency, unit, phrase.last.scale)

    # What touches a phrase

    def _touching(self, end: int, measure: Measure | None) -> int:
        """The end of what looks like a part of a number behind ``end``, or ``end``."""
        if found := self._match("touching_unit" if measure else "touching", end):
            return found.end()
        if measure is not None and measure.kind is Kind.MONEY:
            return end + len(self._second_currency(end))
        return end

    def _extent(self, end: int, *, apart: bool = False) -> int:
        """The end of the run of numerals, scales, signs and joints that goes on at ``end``.

        ``apart``: joints may stand between spaces ("five three to six").
        """
        while True:
            more = self._touching(end, None)
            joint = self._match("joint", end) if more == end else None
            word = joint[0].strip() if joint else ""
            if joint and word not in ("and", *OR) and (apart or joint[0] == word):
                at = joint.end()
                number = self._number(at) if self._match("candidate", at) else None
                more = number.end if number else end
            if more == end:
                return end
            end = more

    # Currencies

    def _second_currency(self, end: int) -> str:
        """The currency word that touches the one before it, or an empty string."""
        word: str | None = self.words["currency_words"].at(self.text, end)
        is_other = self._match("not_currency", end) or word in self.words["generic_currencies"]
        return "" if word is None or is_other else word

    def _money_at(self, at: int, number: Number, *, apart: bool) -> Measure | None:
        """The currency that is named at ``at``, behind the number."""
        words, goes_on = self.words, self.patterns["code_goes_on"]
        if apart and not number.power and (cents := words["cents"].at(self.lower, at)):
            return Measure(Kind.MONEY, at + len(cents), words["cents"][cents], factor=-2)
        code = self.text[at : at + 3]
        if code in words["codes"]:
            if goes_on.match(self.text, at + 3) and not number.power:
                return None  # "In 2021 USD 5 million"
            if code not in words["wordlike_codes"] or number.power:
                return Measure(Kind.MONEY, at + 3, words["codes"][code])
        sign = words["signs"].at(self.text, at)
        if sign and not sign[-1].isalpha() and not goes_on.match(self.text, at + len(sign)):
            # "5 million €"
            return Measure(Kind.MONEY, at + len(sign), words["signs"][sign], generic=sign == "$")
        word = words["currency_words"].at(self.lower, at) if apart else None
        is_verb = not number.power and self._match("not_currency_alone", at)
        if word is None or is_verb or self._match("not_currency", at):
            return None  # 元旦; the verb in "In 2016 won …"
        currency = words["currency_words"][word]
        ambiguous = currency is None or (word == "pounds" and not number.power)
        refusal = Refusal.AMBIGUOUS_CURRENCY if ambiguous else None
        end, generic = at + len(word), word in words["generic_currencies"]
        return Measure(Kind.MONEY, end, currency, generic=generic, refusal=refusal)

    def _currency(self, sign: str | None, measure: Measure | None) -> str:
        """The currency of a sign before the number and a word behind it. Raises ``Refused``."""
        before: str | None = self.words["signs"].get(sign) or self.words["currency_words"].get(sign)
        behind = measure.currency if measure else None
        if before is None and sign == "¥" and measure is None:
            before = self._yuan_or_yen
        if before and (behind in (None, before) or (measure and measure.generic)):
            return before
        if behind and (before is None or (sign == "$" and behind.endswith("D"))):
            return behind
        raise Refused(Refusal.AMBIGUOUS_CURRENCY)

    @cached_property
    def _yuan_or_yen(self) -> str | None:
        """Which currency a bare ¥ means, where the text around it tells."""
        yuan, yen = (self.patterns[name].search(self.lower) for name in ("yuan", "yen"))
        return None if bool(yuan) == bool(yen) else "CNY" if yuan else "JPY"

    # Ranges

    def _take_other_end(self, phrase: Phrase) -> None:
        """Take the other end where the phrase is a range, or a reason where that is not clear."""
        low, first = phrase.low, phrase.measure
        if low.refusal or low.more:
            return
        for end in [low.end, first.end] if first else [low.end]:
            joint = self._match("joint", end)
            if joint is None or self._is_moved(joint[0].strip(), phrase.start, first):
                continue
            if (high := self._high(joint, phrase)) is None:
                continue
            if joint[0].strip() in OR:
                is_vague = first is None and self._is_vague_pair(low, high)
                phrase.refusal = Refusal.VAGUE if is_vague else None
            elif self._pair(phrase, high, first if end > low.end else None):
                return
            elif self._is_broken(low, high, first, joint[0]):
                phrase.refusal = Refusal.MALFORMED
            if phrase.refusal:
                phrase.high = high
                return

    def _high(self, joint: re.Match[str], phrase: Phrase) -> Number | None:
        """The number behind a joint that may be the other end, with its minus and sign."""
        at = joint.end()
        minus = self.text[at : at + 1] in ("-", "−", "负") and joint[0].strip() not in ("-", "–")
        at += minus
        if sign := self.words["signs"].at(self.text, at):
            at += len(sign)
            at += self.text[at : at + 1] == " "
        high = self._number(at) if self._match("candidate", at) else None
        is_alike = self.words["mixes_numerals"] or (high and high.spelled == phrase.low.spelled)
        if high is None or high.refusal or not is_alike or (sign and not phrase.sign):
            return None  # "3.2% to $41.50" are two amounts
        high.value = -high.value if minus else high.value
        return high

    def _is_moved(self, joint: str, start: int, first: Measure | None) -> bool:
        """Whether the words before make two amounts of "5 to 7": "fell from 5 to 7"."""
        if joint == "and":
            return self._before("between", start, 20) is None
        if joint not in TO:
            return False
        is_alone = first is None and self.words["mixes_numerals"]
        moved = None if is_alone else self._before("moved", start, 24)
        return bool(moved or self._before("away_from", start, 20))

    def _is_broken(self, low: Number, high: Number, first: Measure | None, joint: str) -> bool:
        """Whether two numbers look like the ends of a range and are none: 3至5亿多, 320元～30元."""
        tight = joint == joint.strip()
        second = self._measure(high)
        if first is not None:
            return tight and joint in "-–~−" and second is not None and first.kind is second.kind
        if low.power:
            return tight and high.value < low.value
        is_year = 1800 <= low.value < 2100
        return (tight or joint.strip() in TO) and not is_year and bool(high.power or second)

    def _pair(self, phrase: Phrase, high: Number, first: Measure | None) -> bool:
        """Make ``high`` the other end of the phrase, if both ends measure the same."""
        low = phrase.low
        second = high.measure or self._measure(high)
        if low.measure and low.measure.shared and second is None:
            high.measure = second = replace(low.measure, end=high.end)  # 百分之三十到四十
        first = low.measure or first
        if first and (second is None or _counted(first) != _counted(second)):
            return False
        if high.power and not low.power:
            value = times(low.value, high.power)
            if value < high.value:
                low = replace(low, value=value, power=high.power, scale=high.scale, plain=False)
            elif abs(low.value) < 1000 or first:
                return False  # "5 to 3 million" is no range
        if low.value > high.value and low.value < 0:
            low, high = replace(low, value=high.value), replace(high, value=low.value)
        if low.value >= high.value or not self._are_ends(phrase, high, second):
            return False
        phrase.low, phrase.high = low, high
        return True
