"""The grammar of number phrases in English, which refuses what it does not understand."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from explainer.extract import numerals
from explainer.extract.lexicon import ENGLISH
from explainer.extract.numerals import Measure, Number, Refused, share_of, times
from explainer.extract.quantity import Bound, Kind, Quantity, Refusal
from explainer.extract.scanner import Found, Phrase, Scanner

SCALES: dict[str, int] = ENGLISH["scales"]
SCALE_NAMES = {power: name for name, power in SCALES.items()}
LARGEST_FIRST = sorted([*SCALES.items(), ("hundred", 2)], key=lambda scale: -scale[1])
ONES: dict[str, int] = ENGLISH["ones"]
NUMERALS: dict[str, int] = ONES | ENGLISH["tens"] | {"a": 1, "an": 1}
STOP_WORDS = frozenset(ENGLISH["stop_words"])
NOT_BEFORE_PLURALS = STOP_WORDS.union(ENGLISH["not_counted"])
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {0xA0: " "}
_LONGEST = 40
"""Words of a numeral; longer ones are rows of words."""


class English(Scanner):
    """Reads the number phrases of one English text."""

    words = ENGLISH

    def __init__(self, text: str) -> None:
        super().__init__(text, text.translate(_LOWER))

    # Numbers

    def _number(self, at: int) -> Number | None:
        if not self.lower[at].isdigit():
            return self._share(at) or self._spelled(at)
        number = self._digits(at)
        if not number.power and (part := self._match("and_part", number.end)):
            number.end = part.end()  # "2 and a half million"
            if not number.plain:
                number.refusal = Refusal.NO_DECIMAL
            if number.valued(lambda whole: whole + _part(part), number.value).refusal:
                return number
            number.plain = False
            number = self._scaled(number)
        if not number.power and self._match("word_behind", number.end):
            return None
        while number.power and self._match("next_digits", number.end):
            lower = self._digits(number.end + 1)  # "5 trillion 600 billion"
            is_lower = not lower.refusal and 0 < lower.power < number.power
            if not is_lower or times(lower.value, -number.power) >= 1:
                break
            number = replace(number, end=lower.end, value=number.value + lower.value)
        if self.lower.startswith("+", number.end):
            number.end, number.more = number.end + 1, True
        return number

    def _digits(self, at: int) -> Number:
        if spaced := self.patterns["spaced"].match(self.text, at):
            # "1 200 million": one number, or two? Spaces that break are no separators in English.
            return self._scaled(Number(at, spaced.end(), refusal=Refusal.AMBIGUOUS_SEPARATOR))
        blob = self.patterns["blob"].match(self.text, at)
        assert blob is not None
        number = Number(at, blob.end(), plain=blob[0].isdigit(), loose="·" in blob[0])
        return self._scaled(number.valued(numerals.read_digits, blob[0]))

    def _scaled(self, number: Number) -> Number:
        """The number with the scale word behind it, if there is one."""
        scale = self._match("scales_behind", number.end)
        if scale is None or (scale[3] and scale[4].upper() not in self.words["codes"]):
            return number  # "50 MUSD" has a scale and a code, "10 mbps" has none
        word, letters, glued, _ = scale.groups()
        power = SCALES[word] if word else self.words["short_scales"][letters or glued]
        number.scale_by(power, SCALE_NAMES[power], scale.end())
        # A single letter is a scale only beside a currency or a counted noun, "mm" beside a sign.
        number.plain = letters is not None and len(letters) == 1
        number.loose = number.loose or letters == "mm"
        return number

    def _share(self, at: int) -> Number | None:
        """Threefold, "half a million", "three-quarters of a percentage point", "two-fifths"."""
        if found := self._match("fold", at):
            measure = Measure(Kind.MULTIPLE, found.end())
            return Number(at, found.end(), Decimal(ONES[found[1]]), spelled=True, measure=measure)
        if found := self._match("fraction", at):
            number = Number(at, found.end(), spelled=True).valued(_part, found)
            if found[4]:
                number.scale_by(SCALES[found[4]], found[4], found.end(4))
            return number
        if found := self._match("share", at):
            measure = Measure(Kind.PERCENT, found.end(), factor=2)
            return Number(at, found.end(), spelled=True, measure=measure).valued(_part, found)
        return None

    def _spelled(self, at: int) -> Number | None:
        """A number in words: "seven hundred million", "two and a half", "one point two million"."""
        if (run := self._match("spelled", at)) is None:
            return None
        words = run[0].replace("lions", "lion").replace("-", " ").split()
        number = Number(at, run.end(), spelled=True)
        for word in words:
            if SCALES.get(word, 0) > number.power:
                number.power, number.scale = SCALES[word], word
        if words[0] in ("a", "an") and not number.power:
            return None  # "a hundred people", "a dozen"
        if words[:2] == ["one", "point"] and self.lower.endswith("at ", 0, at):
            number.refusal = Refusal.VAGUE
            return number
        return number.valued(_read_words, run[0])

    # Before a number

    def _is_name(self, number: Number) -> bool:
        """Whether a capitalised word before the number makes it part of a name: "Boeing 737"."""
        start, words = max(0, number.start - 40), self.words
        found = self.patterns["name_before"].search(self.text, start, number.start)
        word = found[1].lower() if found else ""
        return bool(word) and word not in words["function_words"] and word not in words["hedges"]

    # Behind a number

    def _measure(self, number: Number) -> Measure | None:
        lower, end = self.lower, number.end
        if found := self._match("percent", end):
            return Measure(Kind.PERCENT, found.end(), factor=-1 if "‰" in found[0] else 0)
        at = end + (lower[end : end + 1] in (" ", "-"))
        at += lower[at : at + 1] == " "
        if money := self._money_at(at, number, apart=at > end):
            return money
        if found := self._match("times", end):
            compared = not found[0].endswith("times") or self._match("compared", found.end())
            whole = number.value == number.value.to_integral_value()
            if compared or not whole or found[0][0] == "-" or found.end() == len(lower):
                return Measure(Kind.MULTIPLE, found.end())
            return Measure(Kind.COUNT, found.end(), unit="times")
        if self._match("age", end):
            return Measure(Kind.COUNT, end, refusal=Refusal.NOT_A_QUANTITY)
        found = self._match("duration", end)
        if found and (found[2] or found[0][0] == "-" or number.value == 1):
            return Measure(Kind.DURATION, found.end(), unit=self.words["durations"][found[1]])
        return self._noun(end, number)

    def _next_words(self, end: int) -> Iterator[re.Match[str]]:
        """The words behind a place, each with the space or hyphen before it."""
        while found := self._match("next_word", end):
            yield found
            end = found.end()

    def _noun(self, end: int, number: Number) -> Measure | None:
        """The counted noun behind the number, past at most three adjectives."""
        nouns = self.words["nouns"]
        for unit in ("basis_points", "square_kilometres", "square_metres"):
            if found := self._match(unit, end):
                return Measure(Kind.COUNT, found.end(), unit=unit)
        for found in islice(self._next_words(end), 4):
            word, is_joined = found[1].rstrip("'-"), found[0][0] == "-"
            noun = _singular(word)
            many = noun != word or word in self.words["same_in_plural"] or number.value == 1
            if noun in nouns and (many or is_joined):
                return Measure(Kind.COUNT, found.start(1) + len(word), unit=nouns[noun])
            if word in STOP_WORDS or (is_joined and found.start() == end):
                return None
        return None

    # Whether it counts

    def _plural_follows(self, end: int) -> bool:
        """Whether a plural noun, whatever it is, follows within two words: "45 sound stages"."""
        for found in islice(self._next_words(end), 3):
            word, is_first = found[1], found.start() == end
            named = self.text[found.start(1)].isupper() and not (is_first and word.endswith("s"))
            if found[0][0] == "-" or named or word in NOT_BEFORE_PLURALS:
                return False
            if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
                return True
        return False

    def _counts(self, phrase: Phrase) -> bool:
        number, high, measure, kind = phrase.low, phrase.high, phrase.measure, phrase.kind
        is_code = high and kind is None and not high.power and number.plain and high.plain
        if is_code or self._match("clock", number.end):
            return False  # years, scores or codes; times of the day
        if number.loose and not phrase.sign:
            dotted = "·" in self.text[number.start : number.end]
            return dotted and (number.power > 0 or kind is Kind.PERCENT)
        if number.refusal and kind is None and not number.power:
            return number.refusal is Refusal.VAGUE
        if kind in (Kind.PERCENT, Kind.MONEY, Kind.MULTIPLE):
            return True
        if number.power:
            return not number.plain or kind is Kind.COUNT
        if measure is None:
            return self._counts_alone(phrase)
        if number.spelled:
            return measure.unit is not None and number.value >= 2
        if number.may_be_year() and not phrase.bounds and kind is Kind.COUNT:
            return measure.unit in ("people", "jobs", "employees")
        return not self._is_name(number)

    def _counts_alone(self, phrase: Phrase) -> bool:
        """Whether a number without scale and unit is an amount: "more than 200", "25 of the"."""
        number = phrase.low
        if number.spelled or (number.may_be_year() and not phrase.bounds):
            return False
        if not number.plain and (number.value >= 1000 or phrase.high is not None):
            return True
        if self._is_name(number):
            return False
        whole = number.start == 0 and number.end == len(self.lower)
        plural = self._plural_follows(number.end)
        if phrase.bounds:
            return number.value >= 100 or plural or whole
        return number.plain if plural or self._match("of_the", number.end) else whole

    def _passed_over(self, phrase: Phrase) -> Found | None:
        """A bare number of four digits is a year where nothing else claims it."""
        if self._counts(phrase):
            return None
        low, high, end = phrase.low, phrase.high, phrase.last.end
        behind = self.lower[end : end + 1]
        is_year = low.may_be_year() and not behind.isalnum() and behind != "-"
        if high is not None and low.plain and high.plain and not high.power:
            years = Quantity(low.value, Kind.YEAR, Bound.RANGE, high.value)
            is_year = is_year and high.may_be_year() and phrase.measure is None
            return Found(low.start, end, years if is_year else None)
        ahead = self.patterns["year_ahead"].search(self.lower, max(0, low.start - 16), low.start)
        if is_year and (ahead or low.start == 0 or not behind or behind in ".,;:)'"):
            return Found(low.start, low.end, Quantity(low.value, Kind.YEAR))
        end = self._extent(low.end, apart=True) if low.refusal else low.end
        return Found(low.start, max(end, low.start + 1))

    # Dates, shares and ranks

    def _special(self, at: int) -> Found | None:
        if date := self._match("date", at):
            return self._date(date)
        if not self.lower[at].isdigit() and (rank := self._match("rank", at)):
            value = Decimal(ONES.get(rank[1]) or rank[1])
            return Found(*rank.span(), Quantity(value, Kind.RANK))
        # Scores, clock times, fractions, versions, telephone numbers and shares of people.
        code = self._match("code", at) or self._match("out_of", at)
        return Found(at, max(code.end(), self._run_end(at))) if code else None

    def _date(self, found: re.Match[str]) -> Found | None:
        """A date; one without a year is passed over, and so is "may 5"."""
        start, end = found.span()
        year = found[1] or found[6] or found[8] or found[11]
        day = found[3] or found[5] or found[9]
        name = found[4] or found[7] or found[10]
        at = found.start(10) if found[10] else start
        if name in ("may", "march") and self.text[at].islower():
            return None
        if year is None:
            return Found(start, max(end, self._run_end(end - 1)))
        month = self.words["months"][name] if name else found[2]
        return Found(start, end, numerals.date_quantity(year, month, day))


def _read_words(run: str) -> Decimal:
    """The value of a numeral in words. Raises :class:`Refused` where they are no number."""
    # "and a half" becomes a term of its own: two +0.5 million.
    plain = ENGLISH.patterns["and_part"].sub(lambda part: f" +{_part(part)}", run)
    words = [word.replace("lions", "lion") for word in re.findall("[+a-z0-9.]+", plain)]
    if len(words) > _LONGEST:
        raise Refused(Refusal.MALFORMED)
    return _evaluate([word for word in words if word != "and"])


def _evaluate(words: list[str]) -> Decimal:
    """The value of number words, split at the largest scale. Raises :class:`Refused`.

    "three thousand two hundred million" is (three thousand two hundred) times a million.
    """
    for scale, power in LARGEST_FIRST:
        if scale not in words:
            continue
        at = words.index(scale)
        left, right = words[:at], words[at + 1 :]
        high, low = _evaluate(left), _evaluate(right) if right else Decimal(0)
        if power > 2 and len(right) == 1 and right[0][0] == "+":
            low = times(low, power)  # "a million and a half"
        if scale in right or (power == 2 and high >= 100) or low >= Decimal(10) ** power:
            raise Refused(Refusal.MALFORMED)
        return times(high, power) + low
    if "point" in words:
        at = words.index("point")
        digits = [str(ONES.get(word, "")) for word in words[at + 1 :]]
        if any(len(digit) != 1 for digit in digits):
            raise Refused(Refusal.MALFORMED)
        return _evaluate(words[:at]) + Decimal("0." + "".join(digits))
    match words:
        case [*rest, "dozen"] if rest:
            return _evaluate(rest) * 12
        case [*rest, part] if part[0] == "+" and part[1:2].isdigit():
            return (_evaluate(rest) if rest else 0) + Decimal(part[1:])
        case [word] if word in NUMERALS:
            return Decimal(NUMERALS[word])
        case [tens, ones] if NUMERALS.get(tens, 0) > 19 and 0 < NUMERALS.get(ones, 10) < 10:
            return Decimal(NUMERALS[tens] + NUMERALS[ones])
    raise Refused(Refusal.MALFORMED)


def _part(found: re.Match[str]) -> Decimal:
    """One half, three quarters as a decimal. Raises :class:`Refused` for a third."""
    parts = 1 if found[1] else ONES[found[2]]
    return share_of(Decimal(parts), ENGLISH["parts"][found[1] or found[3]])


def _singular(word: str) -> str:
    if word in ENGLISH["nouns"]:
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
