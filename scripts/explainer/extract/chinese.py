"""The grammar of number phrases in Chinese, in either script: a closed one.

A Chinese numeral counts only with a scale, a currency or a known unit behind it: 三星, 四川, 万达
and 一带一路 are no amounts.
"""

import re
from decimal import Decimal

from explainer.extract import numerals
from explainer.extract.lexicon import CHINESE
from explainer.extract.numerals import HALF, Measure, Number, Refused, share_of, times
from explainer.extract.quantity import Bound, Kind, Quantity, Refusal
from explainer.extract.scanner import Found, Phrase, Scanner

SIMPLE = str.maketrans(CHINESE["traditional"])
DIGITS: dict[str, int] = CHINESE["digits"]
UNITS: dict[str, int] = CHINESE["units"]
ENGLISH_SCALES: dict[str, int] = CHINESE["scales"] | CHINESE["short_scales"]
_PLAIN_NUMERAL = str.maketrans(
    {"多": "", "余": "", "个": "", " ": "", "〇": "零", "廿": "二十", "卅": "三十"}
)
_SCALES = re.compile("[万亿兆]+")


class Chinese(Scanner):
    """Reads the number phrases of one Chinese text; it sees simplified characters only."""

    words = CHINESE

    def __init__(self, text: str) -> None:
        simple = text.translate(SIMPLE)
        super().__init__(simple, simple.replace("\u00a0", " "))
        self.is_traditional = simple != text

    # Numbers

    def _number(self, at: int) -> Number | None:
        """Digits, Chinese numerals, or both at once, with all their scales: 1亿2千3百万."""
        first = self.text[at]
        if first == "半":
            return Number(at, at + 1, HALF, spelled=True)
        if first == "翻" and (found := self._match("fold", at)):
            measure = Measure(Kind.MULTIPLE, found.end())
            return Number(at, found.end(), Decimal(2 ** DIGITS[found[1]]), measure=measure)
        if found := self._match("parts", at):
            return self._share(found)
        if first in UNITS and (found := self._match("bare", at)):
            # A scale word alone, which counts only beside a hedge: 过亿, 百余.
            value, power = times(Decimal(1), _power(found[1])), _power(found[1])
            bare = Number(at, found.end(), value, power, found[1], spelled=True, loose=True)
            bare.more = found.end() > found.end(1)
            return bare
        if (run := self.patterns["numeral"].match(self.text, at)) is None:
            return None
        numeral = run[0].translate(_PLAIN_NUMERAL)
        scale = max(_SCALES.findall(numeral), key=_power, default="")
        number = Number(at, run.end(), power=_power(scale), scale=scale or None)
        number.more = "多" in run[0] or "余" in run[0]
        if number.more and not self.patterns["open_end"].search(run[0]):
            number.refusal = Refusal.MALFORMED
        else:
            number.valued(_evaluate, numeral)
        number.spelled, number.loose = not first.isascii(), "·" in run[0]
        number.plain = numeral.isascii() and numeral.isdigit()
        if scale == "兆" and numeral[-1] != "兆":
            number.scale = "万亿"  # 亿 behind 兆 says which 兆 it is
        self._take_scale_behind(number)
        return number

    def _take_scale_behind(self, number: Number) -> None:
        """Take what may stand behind the scales: 两亿半, 3亿多, 1.5 billion."""
        scales = _SCALES.findall(self.text, number.start, number.end)
        last = _power(scales[-1]) if scales and self.text[number.end - 1] in UNITS else 0
        if last and not number.more and self._match("half", number.end):
            number.value, number.end = number.value + times(HALF, last), number.end + 1
        if not number.more and (found := self._match("more", number.end)):
            number.more, number.end = True, found.end()
        english = self._match("english", number.end)
        if english and not (number.power or number.spelled or number.more):
            scale = (english[1] or english[2]).lower()
            number.scale_by(ENGLISH_SCALES[scale], scale, english.end())
            number.plain, number.loose = False, bool(english[2])

    def _share(self, found: re.Match[str]) -> Number | None:
        """百分之十二点五, 千分之三, 四分之三 in per cent; what no decimal can say is refused."""
        end, named = found.end(), found[1]
        is_number = self._match("candidate", end) and not self._match("parts", end)
        number = self._number(end) if is_number else None
        if number is None or number.measure:
            return None
        of = 10 ** UNITS[named] if named in UNITS else DIGITS.get(named) or int(named)
        number.start = found.start()
        number.measure = Measure(Kind.PERCENT, number.end, shared=of == 100)
        if number.power or number.more or not of:
            number.refusal = number.refusal or Refusal.MALFORMED
            return number
        return number.valued(lambda parts: times(share_of(parts, of), 2), number.value)

    # Behind a number

    def _measure(self, number: Number) -> Measure | None:
        end, durations = number.end, self.words["durations"]
        if found := self._match("percent", end):
            return Measure(Kind.PERCENT, found.end(), factor=-1 if "‰" in found[0] else 0)
        if (found := self._match("tenths", end)) and not number.power and number.value <= 10:
            plus = 5 if found[1] == "半" else DIGITS.get(found[1], 0)
            return Measure(Kind.PERCENT, found.end(), factor=1, plus=Decimal(plus))
        if found := self._match("times", end):
            return self._halved(Measure(Kind.MULTIPLE, found.end()))
        if found := self._match("half_unit", end):
            unit = durations["个" + found[1]]
            return Measure(Kind.DURATION, found.end(), unit=unit, plus=HALF)
        at = end + self.lower.startswith(" ", end)
        if money := self._money_at(at, number, apart=True):
            return self._with_change(money)
        if (found := self._match("duration", end)) is None:
            return self._noun(end, number)
        is_year = number.plain and not number.more and 1000 < number.value < 2200
        if found[1] == "年" and (is_year or self._before("era", number.start, 3)):
            return Measure(Kind.DURATION, found.end(), refusal=Refusal.NOT_A_QUANTITY)
        return self._halved(Measure(Kind.DURATION, found.end(), unit=durations[found[1]]))

    def _with_change(self, money: Measure) -> Measure:
        """A sum with the currency that is named twice (元欧元) or with its change (12元5角)."""
        if self.text[money.end - 1] != "元" or not money.generic:
            return money
        if second := self._second_currency(money.end):
            currency = self.words["currency_words"][second]
            return Measure(Kind.MONEY, money.end + len(second), currency)
        if change := self._match("change", money.end):
            tenths, hundredths = (DIGITS.get(digit, digit) or 0 for digit in change.groups())
            money.plus, money.end = Decimal(f"0.{tenths}{hundredths}"), change.end()
        return money

    def _halved(self, measure: Measure) -> Measure:
        """The measure with the half that stands behind it: 两年半, 三倍半."""
        if self._match("half", measure.end):
            measure.end, measure.plus = measure.end + 1, HALF
        return measure

    def _noun(self, end: int, number: Number) -> Measure | None:
        if noun := self._match("noun", end):
            known = len(noun[1]) > 1 or noun[1] in self.words["known_characters"]
            return Measure(Kind.COUNT, noun.end(), unit=self.words["nouns"][noun[1]], known=known)
        word = self._match("measure_word", end)
        return Measure(Kind.COUNT, word.end(), known=False) if word else None

    # Whether it counts

    def _counts(self, phrase: Phrase) -> bool:
        text, number, measure, kind = self.text, phrase.low, phrase.measure, phrase.kind
        is_whole = (phrase.start, phrase.end) == (0, len(text))
        is_hedged, is_sure = bool(phrase.bounds), kind in (Kind.PERCENT, Kind.MONEY)
        if number.loose and number.spelled:  # a scale word alone
            return is_hedged and (number.power >= 4 or measure is not None)
        if number.loose and not is_sure:
            return number.power >= 4 and "·" in text[number.start : number.end]
        if measure is None and phrase.last.more and not number.power:
            return False
        if number.spelled and not number.power and phrase.high is None and number.value == 1:
            is_half = measure is not None and measure.plus > 0
            return is_half or kind is Kind.PERCENT or (is_whole and kind not in (None, Kind.COUNT))
        if is_sure or number.refusal is Refusal.VAGUE or number.power >= 4:
            return is_sure or number.refusal is not Refusal.VAGUE
        if measure is not None:
            is_small = number.spelled and kind is Kind.COUNT and number.value < 100
            is_safe = measure.known or text[measure.end - 1] in self.words["safe_measure_words"]
            return not is_small or is_safe or is_hedged
        if number.spelled:
            return is_whole
        if not number.plain and number.value >= 1000:
            return True
        behind = text[number.end : number.end + 1]
        if behind.isascii() and behind.isalnum():
            return False
        return number.power > 0 or is_whole or (is_hedged and number.value >= 100)

    def _passed_over(self, phrase: Phrase) -> Found | None:
        if self._counts(phrase):
            return None
        start, end = phrase.low.start, phrase.last.end
        if phrase.low.refusal or (phrase.measure is None and self._touching(end, None) > end):
            end = self._extent(end)
        return Found(start, max(end, start + 1))

    def _is_vague_pair(self, low: Number, high: Number) -> bool:
        return low.end == low.start + 1 and str(high.value)[0] == str(low.value + 1)

    def _are_ends(self, phrase: Phrase, high: Number, measure: Measure | None) -> bool:
        is_year = high.may_be_year() and self.text.startswith("年", high.end)
        return not high.more and not is_year and (high.power > 0 or measure is not None)

    # Dates, shares and ranks

    def _special(self, at: int) -> Found | None:
        before = self.text[at - 1] if at > self.floor else " "
        if before == "第":
            return self._rank(at)
        found = self._date(at)
        if found is None and before in "几数好成" and not self.text[at].isascii():
            vague = self._match("numerals", at)  # 几十亿, 数千万: nobody knows how many
            return Found(at, self._extent(vague.end()) if vague else at + 1)
        return found

    def _date(self, at: int) -> Found | None:
        """Dates and years; days without a year, clock times and scores are passed over."""
        if dated := self._match("date", at) or self._match("iso_date", at):
            return Found(*dated.span(), numerals.date_quantity(*dated.groups()))
        years = self._match("years", at)
        if years and years[1] < years[2]:
            low, high = Decimal(years[1]), Decimal(years[2])
            return Found(*years.span(), Quantity(low, Kind.YEAR, Bound.RANGE, high))
        if year := self._match("year", at):
            figure = Decimal("".join(str(DIGITS.get(digit, digit)) for digit in year[1]))
            return Found(at, year.end(1) + 1, Quantity(figure, Kind.YEAR))
        if clock := self._match("clock", at):
            return Found(at, self._extent(max(clock.end(), self._run_end(at))))
        undated = self._match("day_only", at)
        return Found(*undated.span()) if undated else None

    def _rank(self, at: int) -> Found:
        """第三名, 第12位, and 第一 where the words before speak of a rank."""
        number = self._number(at)
        if number is None or number.power or number.refusal or number.more:
            return Found(at, self._extent(number.end) if number else self._run_end(at))
        is_ahead = self._before("rank_ahead", at - 1, 8)
        is_named = self.text.startswith(("名", "位"), number.end)
        is_whole = at == 1 and number.end == len(self.text)
        several = self._match("rank_run", at)
        if several or not (is_named or is_ahead or is_whole):
            return Found(at, several.end() if several else number.end + 1)
        prefix = self._before("rank_prefix", at - 1, 3)
        start = prefix.start() if prefix else at - 1
        return Found(start, number.end + is_named, Quantity(number.value, Kind.RANK))


def _power(scale: str) -> int:
    return sum(UNITS[character] for character in scale)


def _evaluate(run: str) -> Decimal:
    """The value of a numeral, split at its largest scale: 5万6千亿 is (5万6千) times 亿.

    Raises :class:`Refused`.
    """
    if not 0 < len(run) <= numerals.LONGEST:
        raise Refused(Refusal.MALFORMED)
    for unit, power in UNITS.items():
        if unit not in run:
            continue
        left, _, right = run.rpartition(unit)
        rest = right.lstrip("零")
        low = _evaluate(rest) if rest else Decimal(0)
        if right in DIGITS:
            low = times(low, power - 1)  # 一万二 is 12,000
        elif len(right) == 1 and power > 1:
            raise Refused(Refusal.MALFORMED)  # 3亿7
        high = Decimal(1) if power == 1 and not left else _evaluate(left)
        broken = low and (high != high.to_integral_value() or low >= Decimal(10) ** power)
        if broken or (power < 4 and high >= 10 and not left.isascii()):
            raise Refused(Refusal.MALFORMED)
        return times(high, power) + low
    if run[0].isdigit():
        return numerals.read_digits(run)
    whole, _, part = run.partition("点")
    digit = DIGITS.get(whole.lstrip("零") or "零")
    if digit is None or "点" in part:
        is_row = digit is None and all(character in DIGITS for character in whole)
        raise Refused(Refusal.VAGUE if is_row else Refusal.MALFORMED)
    return Decimal(f"{digit}.{''.join(str(DIGITS[digit]) for digit in part)}")
