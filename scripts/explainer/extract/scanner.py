"""The scanner of number phrases, which both grammars share.

A phrase is a number with whatever belongs to it: hedge, minus, currency sign, scale, the other end
of a range, currency word, unit or counted noun. A number is read whole or not at all: where
something that looks like a part of it touches the phrase without being understood, the whole run
is refused (:meth:`Scanner.reach`). Numbers that are names, times, scores, ages or parts of codes
are passed over.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar

from explainer.extract.lexicon import Phrases
from explainer.extract.numerals import Measure, Number, combine, tidy, times
from explainer.extract.quantity import Bound, Kind, Match, Quantity, Refusal

Found = tuple[Match | None, int]
"""A reading, or ``None`` where a number is passed over, and the place to go on from."""


@dataclass(slots=True)
class Phrase:
    """A number phrase that is being read: from where, and all that is known of it so far."""

    start: int
    low: Number
    high: Number | None = None
    measure: Measure | None = None
    sign: str | None = None
    end: int = 0

    @property
    def last(self) -> Number:
        """The number at the end of the phrase."""
        return self.high or self.low


class Scanner(ABC):
    """Reads the number phrases of one text of plain characters (``normalize.plain``)."""

    candidate: ClassVar[re.Pattern[str]]
    """Where a number may start."""
    joint: ClassVar[re.Pattern[str]]
    """What stands between the ends of a range."""
    signs: ClassVar[Phrases]
    bound_of_open_end: ClassVar[Bound]
    """What "100+" and "100多" mean."""

    def __init__(self, text: str, lower: str) -> None:
        self.text = text
        self.lower = lower

    def scan(self) -> Iterator[Match]:
        """Yield the readings and refusals of the text in order, none overlapping."""
        position = 0
        while found := self.candidate.search(self.lower, position):
            match, position = self._phrase(found.start(), position)
            if match is not None:
                yield match

    # What a grammar knows

    @abstractmethod
    def special(self, at: int, floor: int) -> Found | None:
        """Dates, shares and ranks; clock times, scores and codes, which are passed over."""

    @abstractmethod
    def number(self, at: int, floor: int = 0) -> Number | None:
        """The number at ``at`` with its scale; ``None`` where letters make it part of a name."""

    @abstractmethod
    def run_end(self, at: int) -> int:
        """The end of the run of letters and digits that the number at ``at`` is a part of."""

    @abstractmethod
    def measure(self, number: Number) -> Measure | None:
        """What the number measures, if that stands behind it."""

    @abstractmethod
    def noun(self, end: int, number: Number) -> Measure | None:
        """The noun that the number counts, where it starts at ``end``."""

    @abstractmethod
    def minus_before(self, start: int, floor: int) -> int:
        """Where the phrase starts with its minus, or ``start``."""

    @abstractmethod
    def hedges_before(self, phrase: Phrase, floor: int) -> list[Bound]:
        """The hedges before the phrase, whose start moves to theirs."""

    @abstractmethod
    def hedge_after(self, end: int) -> tuple[Bound, int] | None:
        """The hedge behind the phrase and its end."""

    @abstractmethod
    def is_moved(self, joint: str, start: int, floor: int, *, alone: bool) -> bool:
        """Whether the words before make two amounts of "5 to 7": "fell from 5 to 7"."""

    @abstractmethod
    def is_glued(self, phrase: Phrase, floor: int) -> bool:
        """Whether what stands before makes the number part of a name."""

    @abstractmethod
    def counts(self, phrase: Phrase, floor: int, *, hedged: bool) -> bool:
        """Whether the number is an amount at all, not a name, an idiom or a part of a code."""

    @abstractmethod
    def uncounted(self, phrase: Phrase, floor: int) -> Found:
        """What a number is that is no amount: perhaps a year."""

    @abstractmethod
    def touching(self, end: int, measure: Measure | None) -> int:
        """The end of what looks like a part of a number behind ``end``, or ``end``."""

    @abstractmethod
    def foreign_before(self, start: int, floor: int, *, signed: bool) -> int:
        """Where a currency or numeral starts that touches the phrase from before, or ``start``."""

    @abstractmethod
    def currency_in_context(self) -> str | None:
        """Which currency a bare ¥ means, where the text around it tells."""

    # Phrases

    def _phrase(self, at: int, floor: int) -> Found:
        """The phrase around the number at ``at``, if there is one, and where to go on.

        ``floor`` is where the phrase before ended; nothing is taken from left of it.
        """
        if special := self.special(at, floor):
            return special
        number = self.number(at, floor)
        if number is None:
            return None, self.run_end(at)
        phrase = Phrase(at, number)
        self._sign_before(phrase, floor)
        if (start := self.minus_before(phrase.start, floor)) < phrase.start:
            phrase.start, number.value = start, -number.value
        if self.is_glued(phrase, floor):
            return None, max(number.end, self.run_end(at))
        vague = self._other_end(phrase, floor)
        measure = self.measure(phrase.last)
        if measure is not None and measure.refusal is Refusal.NOT_A_QUANTITY:
            return None, measure.end
        if phrase.sign and measure is not None and measure.kind is not Kind.MONEY:
            measure = None
        phrase.measure, phrase.end = measure, measure.end if measure else phrase.last.end
        bounds = [] if not (phrase.low.more or phrase.last.more) else [self.bound_of_open_end]
        if after := self.hedge_after(phrase.end):
            bounds.append(after[0])
            phrase.end = after[1]
            if measure is None and (noun := self.noun(after[1], phrase.last)):
                phrase.measure, phrase.end = noun, noun.end
        bounds += self.hedges_before(phrase, floor)
        if not self.counts(phrase, floor, hedged=bool(bounds)):
            return self.uncounted(phrase, floor)
        start, end = self.reach(phrase, floor)
        whole = (start, end) == (phrase.start, phrase.end)
        refusal = vague or (None if whole else phrase.last.refusal or Refusal.TOUCHING)
        found = refusal or self._quantity(phrase, bounds)
        return match(self.text, (start, end), found), end

    def reach(self, phrase: Phrase, floor: int) -> tuple[int, int]:
        """The span of the phrase with all that touches it and looks like a part of the number."""
        start = self.foreign_before(phrase.start, floor, signed=phrase.sign is not None)
        end, more = phrase.end, self.touching(phrase.end, phrase.measure)
        while more > end:
            end, more = more, self.touching(more, None)
        return start, end

    def _sign_before(self, phrase: Phrase, floor: int) -> None:
        """Take the currency sign that stands before the number, with a space or without."""
        end = phrase.start - (self.text[phrase.start - 1 : phrase.start] in (" ", "\u00a0"))
        sign = self.signs.before(self.text, end, floor)
        if sign is not None and self.accepts_sign(sign, phrase.low):
            phrase.sign, phrase.start = sign, end - len(sign)

    @abstractmethod
    def accepts_sign(self, sign: str, number: Number) -> bool:
        """Whether a word or code before the number is a currency there: not in TOP 10."""

    def _other_end(self, phrase: Phrase, floor: int) -> Refusal | None:
        """Take the other end where the phrase is a range; a refusal where it is a vague pair."""
        low = phrase.low
        if low.refusal or low.more:
            return None
        first = self.measure(low)
        for end in [low.end, *([first.end] if first else [])]:
            joint = self.joint.match(self.lower, end)
            if joint is None:
                continue
            word = joint[0].strip()
            if self.is_moved(word, phrase.start, floor, alone=first is None):
                continue
            at = joint.end()
            minus = self.text[at : at + 1] in ("-", "−", "负") and word not in ("-", "–")
            sign = self.signs.at(self.text, at + minus)
            at += minus + len(sign or "")
            at += self.text[at : at + 1] == " " and bool(sign)
            high = self.number(at) if self.candidate.match(self.lower, at) else None
            if high is None or high.refusal or high.spelled != low.spelled:
                continue
            if minus:
                high.value = -high.value
            if sign and not phrase.sign:
                continue  # "3.2% to $41.50" are two amounts
            if word in ("or", "、"):
                if not first and not (low.power and high.power) and 0 < low.value < high.value:
                    phrase.high = high
                    return Refusal.VAGUE
                continue
            if self._pair(phrase, high, first if end > low.end else None):
                return None
        return None

    def _pair(self, phrase: Phrase, high: Number, first: Measure | None) -> bool:
        """Make ``high`` the other end of the phrase, if both ends measure the same."""
        low = phrase.low
        second = self.measure(high)
        if first and (second is None or first.kind is not second.kind):
            return False
        if first and second and (first.unit, first.currency) != (second.unit, second.currency):
            return False
        if high.power and not low.power:
            value = times(low.value, high.power)
            if value < high.value:
                low = replace(low, value=value, power=high.power, scale=high.scale, plain=False)
            elif abs(low.value) < 1000 or first:
                return False  # "5 to 3 million" is no range
        if low.value > high.value and low.value < 0:
            low, high = replace(low, value=high.value), replace(high, value=low.value)
        if low.value >= high.value or not self.are_ends(low, high, second, phrase.sign):
            return False
        phrase.low, phrase.high = low, high
        return True

    @abstractmethod
    def are_ends(
        self, low: Number, high: Number, measure: Measure | None, sign: str | None
    ) -> bool:
        """Whether two numbers, the low one first, are the ends of a range."""

    def _quantity(self, phrase: Phrase, bounds: list[Bound]) -> Quantity | Refusal:
        """What the phrase says, or why it cannot be read."""
        measure, low, high = phrase.measure, phrase.low, phrase.high
        kind = Kind.MONEY if phrase.sign else measure.kind if measure else Kind.COUNT
        refusal = low.refusal or (high and high.refusal) or (measure and measure.refusal)
        code: str | None = None
        if kind is Kind.MONEY:
            currency = self._currency(phrase.sign, measure)
            if isinstance(currency, Refusal):
                refusal = refusal or currency
            else:
                code = currency
        if phrase.last.scale == "兆" and self.is_ambiguous_trillion(code):
            refusal = refusal or Refusal.AMBIGUOUS_SCALE
        bound = Bound.RANGE if high else combine(bounds)
        if refusal or isinstance(bound, Refusal):
            return refusal or Refusal.CONTRADICTORY

        def scaled(number: Number) -> Decimal:
            if measure is None or not (measure.factor or measure.plus):
                return tidy(number.value)
            return tidy(times(number.value, measure.factor) + measure.plus)

        return Quantity(
            scaled(low),
            kind,
            bound,
            scaled(high) if high else None,
            code,
            measure.unit if measure and kind is not Kind.MONEY else None,
            phrase.last.scale,
        )

    def is_ambiguous_trillion(self, currency: str | None) -> bool:
        """Whether 兆 may mean a million here."""
        return True

    def _currency(self, sign: str | None, measure: Measure | None) -> str | Refusal:
        """The currency of a sign before the number and a word behind it."""
        before: str | None = self.signs[sign] if sign else None
        behind = measure.currency if measure else None
        if measure is not None and behind is None and before is None:
            return Refusal.AMBIGUOUS_CURRENCY
        if before is None:
            return behind or self.currency_in_context() or Refusal.AMBIGUOUS_CURRENCY
        if behind in (None, before) or (measure and measure.generic):
            return before
        if sign == "$" and behind and behind.endswith("D"):
            return behind
        return Refusal.AMBIGUOUS_CURRENCY


def match(text: str, span: tuple[int, int], found: Quantity | Refusal) -> Match:
    """The reading of ``text[start:end]``."""
    start, end = span
    if isinstance(found, Refusal):
        return Match(text[start:end], start, end, reason=found)
    return Match(text[start:end], start, end, found)
