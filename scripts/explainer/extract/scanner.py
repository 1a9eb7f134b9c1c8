"""The scanner of number phrases, which both grammars share.

A phrase is a number with whatever belongs to it: hedge, minus, currency sign, scale, the other end
of a range, currency word, unit or counted noun. A number is read whole or not at all: where
something that looks like a part of it touches the phrase without being understood, the whole run
is refused (:meth:`Scanner._reach`). Numbers that are names, times, scores, ages or parts of codes
are passed over.
"""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from explainer.extract.lexicon import Lexicon
from explainer.extract.quantity import (
    Bound,
    Kind,
    Measure,
    Number,
    Quantity,
    Refusal,
    combine,
    tidy,
    times,
)

Reading = tuple[tuple[int, int], Quantity | Refusal]
"""The span of a number phrase, and what it says or why it cannot be read."""
Found = tuple[Reading | None, int]
"""A reading, or ``None`` where a number is passed over, and the place to go on from."""


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_RADICALS = [*range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4), *range(0xF900, 0xFAFF)]
_TABLE: dict[int, str] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{
        code: unified
        for code in _RADICALS
        if len(unified := unicodedata.normalize("NFKC", chr(code))) == 1 and unified != chr(code)
    },
    **dict.fromkeys(
        map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"),
        "\u00a0",
    ),
    **dict.fromkeys(map(ord, "\t\n\r"), " "),
    **dict.fromkeys(map(ord, "\ufe63\uff0d\u2011\u2010"), "-"),
    **dict.fromkeys(map(ord, "\u2012\u2014\u2015"), "\u2013"),
    **dict.fromkeys(map(ord, "\uff5e\u301c\u223c"), "~"),
    **dict.fromkeys(map(ord, "\u30fb\u2027\u2219\u22c5\uff65"), "·"),
    **dict.fromkeys(map(ord, "\u2019\u02bc"), "'"),
    ord("\uffe5"): "¥",
    ord("\uffe6"): "₩",
    ord("\u5186"): "円",
}


def plain(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` with plain characters, and where each of them stands in ``text``.

    Full-width digits, letters and punctuation, Kangxi radicals, odd spaces and dashes become plain
    ones; invisible characters go. Spaces that do not break (and thin ones) become U+00A0, since
    they may group digits; dashes become "-" (hyphen) or "–" (en, em); the minus sign U+2212 stays.
    The places have one entry more than the text, its end.
    """
    if not _INVISIBLE.search(text):
        return text.translate(_TABLE), range(len(text) + 1)
    places = [at for at, character in enumerate(text) if not _INVISIBLE.match(character)]
    return "".join(text[at] for at in places).translate(_TABLE), [*places, len(text)]


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
    """Reads the number phrases of one text of plain characters (:func:`plain`)."""

    words: ClassVar[Lexicon]
    generic_currencies: ClassVar[tuple[str, ...]]
    """Words that several currencies share and that mean one of them alone."""
    mixes_numerals: ClassVar[bool]
    kinds_after_sum: ClassVar[tuple[Kind, ...]]
    """What may be measured right behind a sum: "a $5 million film"."""
    is_traditional = False
    bound_of_open_end: ClassVar[Bound]
    """What "100+" and "100多" mean."""

    def __init__(self, text: str, lower: str) -> None:
        self.text = text
        self.lower = lower

    def scan(self) -> Iterator[Reading]:
        """Yield the readings and refusals of the text in order, none overlapping."""
        position = 0
        while found := self.words.patterns.candidate.search(self.lower, position):
            reading, position = self._phrase(found.start(), position)
            if reading is not None:
                yield reading

    # What a grammar knows

    @abstractmethod
    def _special(self, at: int, floor: int) -> Found | None:
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
    def _hedge(self, end: int, floor: int, phrase: Phrase) -> tuple[int, str]:
        """The hedge that ends at ``end`` and where it starts with the verb or article behind it."""

    @abstractmethod
    def _accepts_hedge(self, hedge: str, end: int, at: int) -> bool:
        """Whether a hedge at ``at`` belongs to the phrase that ends at ``end``."""

    @abstractmethod
    def _counts(self, phrase: Phrase, *, hedged: bool) -> bool:
        """Whether the number is an amount at all, not a name, an idiom or a part of a code."""

    @abstractmethod
    def _uncounted(self, phrase: Phrase) -> Found:
        """What a number is that is no amount: perhaps a year."""

    def _phrase(self, at: int, floor: int) -> Found:
        """The phrase around the number at ``at``, if there is one, and where to go on.

        ``floor`` is where the phrase before ended; nothing is taken from left of it.
        """
        if special := self._special(at, floor):
            return special
        number = self._number(at)
        if number is None:
            return None, self._run_end(at)
        phrase = Phrase(at, number)
        self._sign_before(phrase, floor)
        patterns = self.words.patterns
        if (start := self._before(patterns.minus, phrase.start, floor, 10)) < phrase.start:
            phrase.start, number.value = start, -number.value
        glue = patterns.glued_word if number.spelled else patterns.glued
        touched = phrase.start == at > floor and self.lower[at - 1] != " "
        if touched and self._before(glue, at, floor, 3) < at:
            return None, self._extent(max(number.end, self._run_end(at)), apart=True)
        vague = self._other_end(phrase, floor)
        measure = phrase.last.measure or (None if phrase.high else phrase.measure)
        measure = measure or self._measure(phrase.last)
        if measure is not None and measure.refusal is Refusal.NOT_A_QUANTITY:
            return None, measure.end
        if phrase.sign and (measure is None or measure.kind is not Kind.MONEY):
            letters = phrase.sign[-1].isalpha()
            loose = phrase.sign in self.words.currencies and not phrase.last.power
            if measure and not loose and (letters or measure.kind not in self.kinds_after_sum):
                vague = vague or Refusal.TOUCHING
            elif letters and (measure or loose):
                phrase.sign, phrase.start = None, phrase.low.start  # 欧元4年新高, "USD 5 people"
            else:
                measure = None
        elif phrase.sign and measure and self.text[phrase.start - 1 : phrase.start] == "每":
            phrase.sign, phrase.start = None, phrase.low.start  # 每美元1100韩元
        phrase.measure, phrase.end = measure, measure.end if measure else phrase.last.end
        bounds = [] if not (phrase.low.more or phrase.last.more) else [self.bound_of_open_end]
        at = phrase.end + (self.lower[phrase.end : phrase.end + 1] in (" ", "-"))
        after = self.words.hedges_after.at(self.lower, at)
        if after and self._accepts_hedge(after, phrase.end, at):
            bounds.append(Bound(self.words.hedges_after[after]))
            phrase.end = at + len(after)
            if measure is None and (noun := self._noun(phrase.end, phrase.last)):
                phrase.measure, phrase.end = noun, noun.end
        bounds += self._hedges_before(phrase, floor)
        if not number.measure and not self._counts(phrase, hedged=bool(bounds)):
            return self._uncounted(phrase)
        start, end = self._reach(phrase, floor)
        whole = (start, end) == (phrase.start, phrase.end)
        if vague or phrase.low.refusal:
            end = self._extent(end, apart=vague is not None)
        refusal = vague or (None if whole else phrase.last.refusal or Refusal.TOUCHING)
        found = refusal or self._quantity(phrase, bounds)
        return ((start, end), found), end

    def _run_end(self, at: int) -> int:
        """The end of the run of letters and digits that the number at ``at`` is a part of."""
        run = self.words.patterns.run.match(self.lower, at)
        return run.end() if run else at + 1

    def _before(self, pattern: re.Pattern[str], start: int, floor: int, size: int) -> int:
        """Where the match of a pattern that ends at ``start`` begins, or ``start``."""
        found = pattern.search(self.lower, max(floor, start - size), start)
        return found.start() if found else start

    def _hedges_before(self, phrase: Phrase, floor: int) -> list[Bound]:
        """At most two hedges before the phrase, nearest first; its start moves to theirs."""
        bounds: list[Bound] = []
        lasting = phrase.measure is not None and phrase.measure.is_lasting
        while len(bounds) < 2:
            end = phrase.start
            while end > floor and self.lower[end - 1] == " ":
                end -= 1
            start, hedge = self._hedge(end, floor, phrase)
            if not hedge or (lasting and hedge in self.words["not_lasting"]):
                break
            bounds.append(Bound(self.words.hedges[hedge]))
            phrase.start = start
        return bounds

    def _touching(self, end: int, measure: Measure | None) -> int:
        """The end of what looks like a part of a number behind ``end``, or ``end``."""
        patterns = self.words.patterns
        found = (patterns.touching_unit if measure else patterns.touching).match(self.lower, end)
        if found is not None:
            return found.end()
        if measure is not None and measure.kind is Kind.MONEY:
            return end + len(self._second_currency(end))
        return end

    def _second_currency(self, end: int) -> str:
        """The currency word that touches the one before it, or an empty string."""
        word = self.words.currencies.at(self.text, end)
        generic = word in self.generic_currencies
        named = word and not generic and not self.words.patterns.not_currency.match(self.text, end)
        return word or "" if named else ""

    def _reach(self, phrase: Phrase, floor: int) -> tuple[int, int]:
        """The span of the phrase with all that touches it and looks like a part of the number."""
        patterns = self.words.patterns
        ahead = patterns.foreign_sign if phrase.sign else patterns.head_before
        start = self._before(ahead, phrase.start, floor, 16)
        end = self._touching(phrase.end, None if phrase.low.measure else phrase.measure)
        return start, self._extent(end) if end > phrase.end else end

    def _extent(self, end: int, *, apart: bool = False) -> int:
        """The end of the run of numerals, scales, signs and joints that goes on at ``end``.

        ``apart``: joints may stand between spaces ("five three to six").
        """
        patterns = self.words.patterns
        while True:
            more = self._touching(end, None)
            joint = patterns.joint.match(self.lower, end) if more == end else None
            word = joint[0].strip() if joint else ""
            if joint and word not in ("and", "or", "、") and (apart or joint[0] == word):
                at = joint.end()
                number = self._number(at) if patterns.candidate.match(self.lower, at) else None
                more = number.end if number else end
            if more == end:
                return end
            end = more

    def _sign_before(self, phrase: Phrase, floor: int) -> None:
        """Take the currency sign or code that stands before the number, with a space or without."""
        text, words = self.text, self.words
        end = phrase.start - (text[phrase.start - 1 : phrase.start] in (" ", "\u00a0"))
        sign = words.signs.before(text, end, floor)
        if sign is None:
            word = (words.currencies.before(text, end, floor) or "").removeprefix("元")
            sign = word if words.patterns.sign_word.match(word) else None
        if sign is None or (sign in words.wordlike_codes and not phrase.low.power):
            return
        phrase.sign, phrase.start = sign, end - len(sign)

    def _money_at(self, at: int, number: Number, *, apart: bool) -> Measure | None:
        """The currency that is named at ``at``, behind the number."""
        words = self.words
        if apart and not number.power and (word := words.cents.at(self.lower, at)):
            return Measure(Kind.MONEY, at + len(word), words.cents[word], factor=-2)
        code = self.text[at : at + 3]
        if code in words.codes:
            if words.patterns.code_goes_on.match(self.text, at + 3) and not number.power:
                return None  # "In 2021 USD 5 million"
            if code not in words.wordlike_codes or number.power:
                return Measure(Kind.MONEY, at + 3, words.codes[code])
        word = words.currencies.at(self.lower, at) if apart else None
        sign = words.signs.at(self.text, at)
        if sign and not sign[-1].isalpha():  # "5 million €"
            end = at + len(sign)
            if not words.patterns.code_goes_on.match(self.text, end):
                return Measure(Kind.MONEY, end, words.signs[sign], generic=sign == "$")
        alone = not number.power and words.patterns.not_currency_alone.match(self.lower, at)
        if word is None or alone or words.patterns.not_currency.match(self.lower, at):
            return None  # 元旦; the verb in "In 2016 won …"
        ambiguous = words.currencies[word] is None or (word == "pounds" and not number.power)
        return Measure(
            Kind.MONEY,
            at + len(word),
            words.currencies[word],
            generic=word in self.generic_currencies,
            refusal=Refusal.AMBIGUOUS_CURRENCY if ambiguous else None,
        )

    def _other_end(self, phrase: Phrase, floor: int) -> Refusal | None:
        """Take the other end where the phrase is a range; a refusal where it is a vague pair."""
        low = phrase.low
        if low.refusal or low.more:
            return None
        phrase.measure = first = self._measure(low)
        for end in [low.end, *([first.end] if first else [])]:
            joint = self.words.patterns.joint.match(self.lower, end)
            if joint is None:
                continue
            word = joint[0].strip()
            if self._is_moved(word, phrase.start, floor, alone=first is None):
                continue
            at = joint.end()
            minus = self.text[at : at + 1] in ("-", "−", "负") and word not in ("-", "–")
            sign = self.words.signs.at(self.text, at + minus)
            at += minus + len(sign or "")
            at += self.text[at : at + 1] == " " and bool(sign)
            high = self._number(at) if self.words.patterns.candidate.match(self.lower, at) else None
            if high is None or high.refusal:
                continue
            if high.spelled != low.spelled and not self.mixes_numerals:
                continue
            if minus:
                high.value = -high.value
            if sign and not phrase.sign:
                continue  # "3.2% to $41.50" are two amounts
            if word in ("or", "、"):
                if first is None and self._is_vague_pair(low, high):
                    phrase.high = high
                    return Refusal.VAGUE
                continue
            if self._pair(phrase, high, first if end > low.end else None):
                return None
            if self._is_broken_range(low, high, first, joint[0]):
                phrase.high = high
                return Refusal.MALFORMED
        return None

    def _is_moved(self, joint: str, start: int, floor: int, *, alone: bool) -> bool:
        """Whether the words before make two amounts of "5 to 7": "fell from 5 to 7"."""
        patterns = self.words.patterns
        if joint == "and":
            return self._before(patterns.between, start, floor, 20) == start
        is_moved = self._before(patterns.moved, start, floor, 24) < start
        is_away = self._before(patterns.away_from, start, floor, 20) < start
        return joint in ("to", "至", "到") and (
            is_away or (is_moved and not (alone and self.mixes_numerals))
        )

    def _is_broken_range(
        self, low: Number, high: Number, first: Measure | None, joint: str
    ) -> bool:
        """Whether two numbers look like the ends of a range and are none: 3至5亿多, 320元～30元."""
        tight = joint == joint.strip()
        second = self._measure(high)
        if first is None and not low.power:
            year = 1800 <= low.value < 2100
            word = joint.strip() in ("to", "至", "到")
            return (tight or word) and not year and bool(high.power or second)
        if first is None:
            return tight and high.value < low.value
        return tight and joint in "-–~−" and second is not None and first.kind is second.kind

    def _pair(self, phrase: Phrase, high: Number, first: Measure | None) -> bool:
        """Make ``high`` the other end of the phrase, if both ends measure the same."""
        low = phrase.low
        second = high.measure or self._measure(high)
        if low.measure and low.measure.shared and second is None:
            high.measure = second = replace(low.measure, end=high.end)  # 百分之三十到四十
        first = low.measure or first
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
        if low.value >= high.value or not self._are_ends(low, high, second, phrase.sign):
            return False
        phrase.low, phrase.high = low, high
        return True

    @abstractmethod
    def _is_vague_pair(self, low: Number, high: Number) -> bool:
        """Whether two numbers stand for one that nobody knows: 2、3万, "five or six"."""

    @abstractmethod
    def _are_ends(
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
        known = self.is_traditional and code in self.words["trillion_currencies"]
        if phrase.last.scale == "兆" and not known:
            refusal = refusal or Refusal.AMBIGUOUS_SCALE
        if high and measure and measure.plus:
            refusal = refusal or Refusal.MALFORMED  # 三到四年半
        bound = Bound.RANGE if high else combine(bounds)
        if refusal or isinstance(bound, Refusal):
            return refusal or Refusal.CONTRADICTORY

        def scaled(number: Number) -> Decimal:
            if measure is None or not (measure.factor or measure.plus):
                return tidy(number.value)
            value = times(number.value, measure.factor)
            return tidy(value - measure.plus if value < 0 else value + measure.plus)

        return Quantity(
            scaled(low),
            kind,
            bound,
            scaled(high) if high else None,
            code,
            measure.unit if measure and kind is not Kind.MONEY else None,
            phrase.last.scale,
        )

    def _currency(self, sign: str | None, measure: Measure | None) -> str | Refusal:
        """The currency of a sign before the number and a word behind it."""
        tables = (self.words.signs, self.words.currencies)
        codes = [str(table[sign]) for table in tables if sign and table.get(sign)]
        before = codes[0] if codes else None
        behind = measure.currency if measure else None
        if measure is not None and behind is None and before is None:
            return Refusal.AMBIGUOUS_CURRENCY
        if before is None:
            context = self._yuan_or_yen if sign == "¥" else None
            return behind or context or Refusal.AMBIGUOUS_CURRENCY
        if behind in (None, before) or (measure and measure.generic):
            return before
        if sign == "$" and behind and behind.endswith("D"):
            return behind
        return Refusal.AMBIGUOUS_CURRENCY

    @cached_property
    def _yuan_or_yen(self) -> str | None:
        """Which currency a bare ¥ means, where the text around it tells."""
        patterns = self.words.patterns
        yuan, yen = patterns.yuan.search(self.lower), patterns.yen.search(self.lower)
        return None if bool(yuan) == bool(yen) else "CNY" if yuan else "JPY"
