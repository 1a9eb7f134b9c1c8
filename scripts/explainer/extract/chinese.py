"""The grammar of number phrases in Chinese, in either script: a closed one.

A Chinese numeral counts only with a scale, a currency or a known unit behind it: 三星, 四川, 万达
and 一带一路 are no amounts.
"""

import re
from dataclasses import replace
from decimal import Decimal

from explainer.extract.lexicon import CHINESE, Phrases
from explainer.extract.quantity import (
    ZERO,
    Bound,
    Kind,
    Measure,
    Number,
    Quantity,
    Refusal,
    date_quantity,
    percent_of,
    read_digits,
    tidy,
    times,
    valued,
)
from explainer.extract.scanner import Found, Phrase, Scanner

P = CHINESE.patterns
SIMPLE = str.maketrans(CHINESE["traditional"])
DIGITS: dict[str, int] = CHINESE["digits"]
UNITS: dict[str, int] = CHINESE["units"]
HALF = Decimal("0.5")
LONGEST = 30
"""Characters of a numeral; longer ones are rows of digits."""
ENGLISH_SCALES: dict[str, int] = CHINESE["scales"] | CHINESE["short_scales"]
HEDGE_VERBS = Phrases(CHINESE["hedge_verbs"])
BARE_HEDGES = frozenset(CHINESE["bare_hedges"])
NOT_HEDGE: dict[str, str] = CHINESE["not_hedges"]
MEASURE_WORDS = Phrases(CHINESE["measure_words"])
NOT_NOUNS = Phrases(CHINESE["not_nouns"])
SAFE_MEASURE_WORDS = frozenset(CHINESE["safe_measure_words"])
ERAS = Phrases(CHINESE["eras"])
COUNTED = frozenset("集户股吨架辆")
"""Units of one character that may stand behind a Chinese numeral: 十五集."""
_PLAIN_NUMERAL = str.maketrans(
    {"多": "", "余": "", "个": "", " ": "", "〇": "零", "廿": "二十", "卅": "三十"}
)
_SCALES = re.compile("[万亿兆]+")
_HUNDREDS = {"百": 100, "千": 1000, "万": 10_000, "十": 10}


class Chinese(Scanner):
    """Reads the number phrases of one Chinese text; it sees simplified characters only."""

    words = CHINESE
    generic_currencies = ("元", "块钱")
    mixes_numerals = True
    kinds_after_sum = ()
    bound_of_open_end = Bound.MORE_THAN

    def __init__(self, text: str) -> None:
        simple = text.translate(SIMPLE)
        super().__init__(simple, simple.replace("\u00a0", " "))
        self.is_traditional = simple != text

    # Numbers

    def _number(self, at: int) -> Number | None:
        """Digits, Chinese numerals, or both at once, with all their scales: 1亿2千3百万."""
        text, lower = self.text, self.lower
        first = text[at]
        if first == "半":
            return Number(at, at + 1, HALF, spelled=True)
        if first == "翻" and (found := P.fold.match(text, at)):
            measure = Measure(Kind.MULTIPLE, found.end())
            return Number(at, found.end(), Decimal(2 ** DIGITS[found[1]]), measure=measure)
        if found := P.parts.match(text, at):
            return self._share(found)
        if first in UNITS and (found := P.bare.match(lower, at)):
            # A scale word alone, which counts only beside a hedge: 过亿, 百余.
            power = sum(UNITS[character] for character in found[1])
            bare = Number(at, found.end(), times(Decimal(1), power), power, found[1], True)
            return replace(bare, more=found.end() > found.end(1), loose=True)
        run = P.numeral.match(text, at)
        if run is None:
            return None
        numeral = run[0].translate(_PLAIN_NUMERAL)
        scales = _SCALES.findall(numeral)
        scale = max(scales, key=_power, default=None)
        value = _evaluate(numeral) if len(numeral) <= LONGEST else Refusal.MALFORMED
        more = "多" in run[0] or "余" in run[0]
        if more and not P.open_end.search(run[0]):
            value = Refusal.MALFORMED
        number = valued(Number(at, run.end(), ZERO, _power(scale or ""), scale, more=more), value)
        number.spelled, number.loose = not text[at].isascii(), "·" in run[0]
        number.plain = numeral.isascii() and numeral.isdigit()
        if scale == "兆" and numeral[-1] != "兆":
            number.scale = "万亿"  # 亿 behind 兆 says which 兆 it is
        self._go_on(number)
        return number

    def _go_on(self, number: Number) -> None:
        """Take what may stand behind the scales: 两亿半, 3亿多, 1.5 billion."""
        scales = _SCALES.findall(self.text, number.start, number.end)
        last = _power(scales[-1]) if scales and self.text[number.end - 1] in UNITS else 0
        if last and not number.more and P.half.match(self.text, number.end):
            number.value, number.end = number.value + times(Decimal(5), last - 1), number.end + 1
        if not number.more and (found := P.more.match(self.lower, number.end)):
            number.more, number.end = True, found.end()
        english = P.english.match(self.lower, number.end)
        if english and not (number.power or number.spelled or number.more):
            number.scale, number.end = (english[1] or english[2]).lower(), english.end()
            number.power = ENGLISH_SCALES[number.scale]
            number.value = times(number.value, number.power)
            number.plain, number.loose = False, bool(english[2])

    def _share(self, found: re.Match[str]) -> Number | None:
        """百分之十二点五, 千分之三, 四分之三 in per cent; what no decimal can say is refused."""
        end, named = found.end(), found[1]
        is_number = P.candidate.match(self.text, end) and not P.parts.match(self.text, end)
        number = self._number(end) if is_number else None
        if number is None or number.measure:
            return None
        of = int(named) if named.isdigit() else _HUNDREDS.get(named) or DIGITS[named]
        share = percent_of(number.value, of) if of else Refusal.MALFORMED
        measure = Measure(Kind.PERCENT, number.end, shared=of == 100)
        number = replace(number, start=found.start(), measure=measure)
        return valued(number, Refusal.MALFORMED if number.power or number.more else share)

    # Before a number

    def _hedge(self, end: int, floor: int, phrase: Phrase) -> tuple[int, str]:
        """约, 约有, 最多可容纳; of a scale word alone also 过 and 上."""
        text, hedges = self.text, self.words.hedges
        hedge, start = hedges.before(text, end, floor), end
        bare = phrase.low.loose and phrase.start == phrase.low.start
        if hedge is None and (verb := HEDGE_VERBS.before(text, end, floor)):
            start = end - len(verb)
            hedge = hedges.before(text, start, floor)
            hedge = hedge if hedge and (len(hedge) > 1 or hedge == "约") else None
        ahead = text[start - len(hedge or "") - 1 : start - len(hedge or "")]
        if hedge is None or (hedge in BARE_HEDGES and not bare):
            return end, ""
        return (
            (end, "")
            if ahead and ahead in NOT_HEDGE.get(hedge, "")
            else (start - len(hedge), hedge)
        )

    def _accepts_hedge(self, hedge: str, end: int, at: int) -> bool:
        return len(hedge) > 1 or not P.many_of.match(self.lower, at + 1)  # 5天多次

    # Behind a number

    def _measure(self, number: Number) -> Measure | None:
        text, end = self.lower, number.end
        if found := P.percent.match(text, end):
            return Measure(Kind.PERCENT, found.end(), factor=-1 if "‰" in found[0] else 0)
        if (found := P.tenths.match(text, end)) and not number.power and number.value <= 10:
            plus = 5 if found[1] == "半" else DIGITS[found[1]] if found[1] else 0
            return Measure(Kind.PERCENT, found.end(), factor=1, plus=Decimal(plus))
        if found := P.times.match(text, end):
            return self._halved(Measure(Kind.MULTIPLE, found.end()))
        if found := P.half_unit.match(text, end):
            unit = self.words.durations["个" + found[1]]
            return Measure(Kind.DURATION, found.end(), unit=unit, plus=HALF)
        at = end + (text[end : end + 1] == " ")
        if money := self._money_at(at, number, apart=True):
            return self._with_change(money)
        if (word := self.words.durations.at(text, at)) and not P.not_duration.match(
            text, at + len(word)
        ):
            year = word == "年" and number.plain and not number.more and 1000 < number.value < 2200
            if word == "年" and (year or ERAS.before(text, number.start)):
                return Measure(Kind.DURATION, at + 1, refusal=Refusal.NOT_A_QUANTITY)
            return self._halved(
                Measure(Kind.DURATION, at + len(word), unit=self.words.durations[word])
            )
        return self._noun(end, number)

    def _with_change(self, money: Measure) -> Measure:
        """A sum with the currency that is named twice (元欧元) or with its change (12元5角)."""
        end = money.end
        if self.text[end - 1] == "元" and money.generic:
            second = self._second_currency(end)
            if second:
                return Measure(Kind.MONEY, end + len(second), self.words.currencies[second])
            change = P.change.match(self.text, end)
            if change and change.end() > end:
                tenths, hundredths = (DIGITS.get(digit, digit) or 0 for digit in change.groups())
                money.plus = Decimal(f"0.{tenths}{hundredths}")
                money.end = change.end()
        return money

    def _halved(self, measure: Measure) -> Measure:
        """The measure with the half that stands behind it: 两年半, 三倍半."""
        if P.half.match(self.text, measure.end):
            measure.end, measure.plus = measure.end + 1, HALF
        return measure

    def _noun(self, end: int, number: Number) -> Measure | None:
        text, at = self.lower, end + (self.lower[end : end + 1] == " ")
        if NOT_NOUNS.at(text, at):
            return None
        if word := self.words.nouns.at(text, at):
            known = len(word) > 1 or word in COUNTED
            return Measure(Kind.COUNT, at + len(word), unit=self.words.nouns[word], known=known)
        if (word := MEASURE_WORDS.at(text, at)) and text[
            at + len(word) : at + len(word) + 1
        ] not in tuple("月年日"):
            return Measure(Kind.COUNT, at + len(word), known=False)
        return None

    # Whether it counts

    def _counts(self, phrase: Phrase, *, hedged: bool) -> bool:
        text, number, measure, high = self.text, phrase.low, phrase.measure, phrase.high
        whole = (phrase.start, phrase.end) == (0, len(text))
        kind = Kind.MONEY if phrase.sign else measure.kind if measure else None
        sure = kind in (Kind.PERCENT, Kind.MONEY)
        if number.loose and number.spelled:  # a scale word alone
            return hedged and (number.power >= 4 or measure is not None)
        if number.loose and not sure:
            return number.power >= 4 and "·" in text[number.start : number.end]
        if measure is None and phrase.last.more and not number.power:
            return False
        if number.spelled and not number.power and high is None and number.value == 1:
            half = measure is not None and measure.plus > 0
            return half or (whole and kind not in (None, Kind.COUNT)) or kind is Kind.PERCENT
        if sure or number.power >= 4:
            return sure or number.refusal is not Refusal.VAGUE
        if number.refusal is Refusal.VAGUE:
            return False
        if measure is not None:
            small = number.spelled and kind is Kind.COUNT and not number.power and not hedged
            safe = measure.known or text[measure.end - 1] in SAFE_MEASURE_WORDS
            return safe or number.value >= 100 if small else True
        if number.spelled:
            return whole
        if not number.plain and number.value >= 1000:
            return True
        behind = text[number.end : number.end + 1]
        if behind.isascii() and behind.isalnum():
            return False
        return number.power > 0 or whole or (hedged and number.value >= 100)

    def _uncounted(self, phrase: Phrase) -> Found:
        end = phrase.last.end
        if phrase.low.refusal or (phrase.measure is None and self._touching(end, None) > end):
            end = self._extent(end)
        return None, max(end, phrase.low.start + 1)

    def _is_vague_pair(self, low: Number, high: Number) -> bool:
        return low.end == low.start + 1 and str(high.value)[0] == str(low.value + 1)

    def _are_ends(
        self, low: Number, high: Number, measure: Measure | None, sign: str | None
    ) -> bool:
        year = high.plain and 1800 <= high.value <= 2099 and self.text.startswith("年", high.end)
        return not high.more and not year and (high.power > 0 or measure is not None)

    # Dates, shares and ranks

    def _special(self, at: int, floor: int) -> Found | None:
        text = self.text
        before = text[at - 1] if at > floor else " "
        if before == "第":
            return self._rank(at)
        found = self._date(at)
        if found is None and before in "几数好成" and not text[at].isascii():
            vague = P.numerals.match(text, at)  # 几十亿, 数千万: nobody knows how many
            return None, self._extent(vague.end()) if vague else at + 1
        return found

    def _date(self, at: int) -> Found | None:
        """Dates and years; days without a year, clock times and scores are passed over."""
        text = self.text
        if dated := P.date.match(text, at) or P.iso_date.match(text, at):
            day = int(dated[3]) if dated[3] else None
            quantity = date_quantity(int(dated[1]), int(dated[2]), day)
            return ((dated.span(), quantity) if quantity else None), dated.end()
        years = P.years.match(text, at)
        if years and years[1] < years[2]:
            low, high = Decimal(years[1]), Decimal(years[2])
            return (years.span(), Quantity(low, Kind.YEAR, Bound.RANGE, high)), years.end()
        if year := P.year.match(text, at):
            figure = Decimal("".join(str(DIGITS.get(digit, digit)) for digit in year[1]))
            return ((at, year.end(1) + 1), Quantity(figure, Kind.YEAR)), year.end()
        if clock := P.clock.match(text, at):
            return None, self._extent(max(clock.end(), self._run_end(at)))
        undated = P.day_only.match(text, at)
        return (None, undated.end()) if undated else None

    def _rank(self, at: int) -> Found:
        """第三名, 第12位, and 第一 where the words before speak of a rank."""
        text, number = self.text, self._number(at)
        if number is None or number.power or number.refusal or number.more:
            return None, self._extent(number.end) if number else self._run_end(at)
        ahead = P.rank_ahead.search(text, max(0, at - 9), at - 1)
        named = text[number.end : number.end + 1] in ("名", "位")
        several = P.rank_run.match(text, at)
        if several or not (named or ahead or (at == 1 and number.end == len(text))):
            return None, several.end() if several else number.end + 1
        prefix = P.rank_prefix.search(text, max(0, at - 4), at - 1)
        span = (prefix.start() if prefix else at - 1, number.end + named)
        return (span, Quantity(number.value, Kind.RANK)), span[1]


def _power(scale: str) -> int:
    return sum(UNITS[character] for character in scale)


def _evaluate(run: str) -> Decimal | Refusal:
    """The value of a numeral, split at its largest scale: 5万6千亿 is (5万6千) times 亿."""
    if run.isascii():
        return read_digits(run)
    for unit, power in UNITS.items():
        if unit not in run:
            continue
        left, _, right = run.rpartition(unit)
        high = _evaluate(left) if left else Decimal(1) if power == 1 else Refusal.MALFORMED
        rest = right.lstrip("零")
        low = _evaluate(rest) if rest else ZERO
        if isinstance(high, Refusal) or isinstance(low, Refusal):
            return Refusal.VAGUE if Refusal.VAGUE in (high, low) else Refusal.MALFORMED
        if right in DIGITS:
            low = times(low, power - 1)  # 一万二 is 12,000
        elif len(right) == 1 and power > 1:
            return Refusal.MALFORMED  # 3亿7
        broken = low and (high != high.to_integral_value() or low >= Decimal(10) ** power)
        if broken or (power < 4 and high >= 10 and not left.isascii()):
            return Refusal.MALFORMED
        return tidy(times(high, power) + low)
    whole, _, part = run.partition("点")
    if whole[:1].isascii() and whole[:1].isdigit():
        return Refusal.MALFORMED if part else read_digits(whole)
    digit = DIGITS.get(whole.lstrip("零") or "零")
    if digit is None:
        return (
            Refusal.VAGUE if all(character in DIGITS for character in whole) else Refusal.MALFORMED
        )
    return Decimal(digit) + Decimal("0." + "".join(str(DIGITS[c]) for c in part) if part else 0)
