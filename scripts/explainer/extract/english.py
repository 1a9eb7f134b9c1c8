"""The grammar of number phrases in English, which refuses what it does not understand."""

import re
from dataclasses import replace
from decimal import Decimal

from explainer.extract.lexicon import ENGLISH
from explainer.extract.quantity import (
    ZERO,
    Bound,
    Kind,
    Measure,
    Number,
    Quantity,
    Refusal,
    date_quantity,
    number_in_digits,
    percent_of,
    times,
    valued,
)
from explainer.extract.scanner import Found, Phrase, Scanner

P = ENGLISH.patterns
SCALES: dict[str, int] = ENGLISH["scales"]
SHORT: dict[str, int] = ENGLISH["short_scales"]
NAMES = {power: name for name, power in SCALES.items()}
LARGEST_FIRST = sorted([*SCALES.items(), ("hundred", 2)], key=lambda scale: -scale[1])
ONES: dict[str, int] = ENGLISH["ones"]
NUMERALS: dict[str, int] = ONES | ENGLISH["tens"]
PARTS: dict[str, int] = ENGLISH["parts"]
MONTHS: dict[str, int] = ENGLISH["months"]
NOUNS: dict[str, str] = ENGLISH["nouns"]
STOP_WORDS = frozenset(ENGLISH["stop_words"])
NOT_COUNTED = frozenset(ENGLISH["not_counted"])
FUNCTION_WORDS = frozenset(ENGLISH["function_words"])
SAME_IN_PLURAL = frozenset(ENGLISH["same_in_plural"])
YEAR_WORDS = frozenset([*MONTHS, *ENGLISH["year_words"]])
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {0xA0: " "}
_LOOK_BACK = 40
_LONGEST = 40
"""Words of a numeral; longer ones are rows of words."""


class English(Scanner):
    """Reads the number phrases of one English text."""

    words = ENGLISH
    generic_currencies = ("dollars", "dollar")
    mixes_numerals = False
    kinds_after_sum = (Kind.COUNT, Kind.DURATION)
    bound_of_open_end = Bound.AT_LEAST

    def __init__(self, text: str) -> None:
        super().__init__(text, text.translate(_LOWER))

    # Numbers

    def _number(self, at: int) -> Number | None:
        if not self.lower[at].isdigit():
            return self._share(at) or self._spelled(at)
        number = self._digits(at)
        if not number.power and (part := P.and_part.match(self.lower, number.end)):
            share = _part(part)  # "2 and a half million"
            if isinstance(share, Refusal) or not number.plain:
                return replace(number, end=part.end(), refusal=Refusal.NO_DECIMAL)
            number = replace(number, end=part.end(), value=number.value + share, plain=False)
            number = self._scaled(number)
        if not number.power and P.word_behind.match(self.lower, number.end):
            return None
        while number.power and P.next_digits.match(self.lower, number.end):
            lower = self._digits(number.end + 1)  # "5 trillion 600 billion"
            is_lower = not lower.refusal and 0 < lower.power < number.power
            if not is_lower or times(lower.value, -number.power) >= 1:
                break
            number = replace(number, end=lower.end, value=number.value + lower.value)
        if self.lower[number.end : number.end + 1] == "+":
            number.end, number.more = number.end + 1, True
        return number

    def _digits(self, at: int) -> Number:
        if spaced := P.spaced.match(self.text, at):
            # "1 200 million": one number, or two? Spaces that break are no separators in English.
            refused = Number(at, spaced.end(), ZERO, refusal=Refusal.AMBIGUOUS_SEPARATOR)
            return self._scaled(refused)
        return self._scaled(number_in_digits(self.text, at))

    def _scaled(self, number: Number) -> Number:
        """The number with the scale word behind it, if there is one."""
        scale = P.scales_behind.match(self.lower, number.end)
        if scale is None or (scale[3] and scale[4].upper() not in self.words.codes):
            return number  # "50 MUSD" has a scale and a code, "10 mbps" has none
        word, short, glued, _ = scale.groups()
        power = SCALES[word] if word else SHORT[short or glued]
        number.end, number.power, number.scale = scale.end(), power, NAMES[power]
        number.value = times(number.value, power)
        # A single letter is a scale only beside a currency or a counted noun, "mm" beside a sign.
        number.plain, number.loose = (
            short is not None and len(short) == 1,
            number.loose or short == "mm",
        )
        return number

    def _share(self, at: int) -> Number | None:
        """Threefold, "half a million", "three-quarters of a percentage point", "two-fifths"."""
        lower = self.lower
        if found := P.fold.match(lower, at):
            measure = Measure(Kind.MULTIPLE, found.end())
            return Number(at, found.end(), Decimal(ONES[found[1]]), spelled=True, measure=measure)
        if found := P.fraction.match(lower, at):
            share, power = _part(found), SCALES.get(found[4] or "", 0)
            end = found.end(4) if power else found.end()
            number = Number(at, end, ZERO, power, NAMES.get(power), spelled=True)
            return valued(number, share if isinstance(share, Refusal) else times(share, power))
        found = P.share.match(lower, at)
        # "One third" and "three quarters" may be ranks or times of the year, but for "of".
        of = found is not None and lower.startswith(" of", found.end())
        if found is None or (found[0].startswith(("a", "one", "half")) and not of):
            return None
        if "quarter" in found[0] and "-" not in found[0] and not of:
            return None
        measure = Measure(Kind.PERCENT, found.end(), factor=2)
        return valued(Number(at, found.end(), ZERO, spelled=True, measure=measure), _part(found))

    def _spelled(self, at: int) -> Number | None:
        """A number in words: "seven hundred million", "two and a half", "one point two million"."""
        run = P.spelled.match(self.lower, at)
        if run is None:
            return None
        # "and a half" becomes a term of its own: two +0.5 million.
        plain = P.and_part.sub(lambda part: f" +{_part(part)}", run[0])
        words = [word.replace("lions", "lion") for word in re.findall("[+a-z0-9.]+", plain)]
        power = max(SCALES.get(word, 0) for word in words)
        if words[0] in ("a", "an") and not power:
            return None  # "a hundred people", "a dozen"
        is_row = len(words) > _LONGEST
        value = None if is_row else _evaluate([word for word in words if word != "and"])
        broken = Refusal.NO_DECIMAL if Refusal.NO_DECIMAL in plain else Refusal.MALFORMED
        number = Number(at, run.end(), ZERO, power, NAMES.get(power), spelled=True)
        if words[:2] == ["one", "point"] and self.lower.endswith("at ", 0, at):
            return valued(number, Refusal.VAGUE)
        return valued(number, broken if value is None else value)

    # Before a number

    def _hedge(self, end: int, floor: int, phrase: Phrase) -> tuple[int, str]:
        lower, hedges = self.lower, self.words.hedges
        if phrase.high and (found := P.between.search(lower, max(floor, end - 20), phrase.start)):
            end = phrase.start = found.start()
            end -= lower[end - 1 : end] == " "
            return self._hedge(end, floor, Phrase(end + 1, phrase.low))
        hedge = hedges.before(lower, end, floor)
        if hedge is None and (article := P.hedge_gap.search(lower, max(floor, end - 3), end)):
            hedge, end = hedges.before(lower, article.start(), floor), article.start()
        if hedge is None or (end == phrase.start and hedge != "~"):
            return end, ""
        return end - len(hedge), hedge

    def _accepts_hedge(self, hedge: str, end: int, at: int) -> bool:
        return (at == end) is (hedge == "+")

    def _is_name(self, number: Number) -> bool:
        """Whether a capitalised word before the number makes it part of a name: "Boeing 737"."""
        word = self._word_before(number.start)
        if not P.name.fullmatch(word) or word.islower():
            return False
        return word.lower() not in FUNCTION_WORDS and word.lower() not in self.words.hedges

    def _word_before(self, at: int) -> str:
        """The word that stands before ``at`` and a space, or an empty string."""
        if at < 2 or self.lower[at - 1] != " ":
            return ""
        start = self.lower.rfind(" ", max(0, at - _LOOK_BACK), at - 1) + 1
        return self.text[max(start, at - _LOOK_BACK) : at - 1].lstrip("([“\"'‘—–")

    # Behind a number

    def _measure(self, number: Number) -> Measure | None:
        lower, end = self.lower, number.end
        if found := P.percent.match(lower, end):
            return Measure(Kind.PERCENT, found.end(), factor=-1 if "‰" in found[0] else 0)
        at = end + (lower[end : end + 1] in (" ", "-"))
        at += lower[at : at + 1] == " "
        if money := self._money_at(at, number, apart=at > end):
            return money
        if found := P.times.match(lower, end):
            compared = found[0][-5:] != "times" or P.compared.match(lower, found.end())
            whole = number.value == number.value.to_integral_value()
            if compared or not whole or found[0][0] == "-" or found.end() == len(lower):
                return Measure(Kind.MULTIPLE, found.end())
            return Measure(Kind.COUNT, found.end(), unit="times")
        if P.age.match(lower, end):
            return Measure(Kind.COUNT, end, refusal=Refusal.NOT_A_QUANTITY)
        if found := P.duration.match(lower, end):
            singular = found[2] == "" and found[0][0] != "-" and number.value != 1
            if not singular:
                return Measure(Kind.DURATION, found.end(), unit=self.words.durations[found[1]])
        return self._noun(end, number)

    def _noun(self, end: int, number: Number) -> Measure | None:
        """The counted noun behind the number, past at most three adjectives."""
        lower = self.lower
        if basis := P.basis.match(lower, end):
            return Measure(Kind.COUNT, basis.end(), unit="basis_points")
        if area := P.area.match(lower, end):
            long = (area[1] or area[2]).startswith("k")
            unit = "square_kilometres" if long else "square_metres"
            return Measure(Kind.COUNT, area.end(), unit=unit)
        first = True
        for _ in range(4):
            found = P.next_word.match(lower, end)
            if found is None:
                return None
            word = found[1].rstrip("'-")
            singular = _singular(word)
            hyphen = lower[end] == "-"
            many = singular != word or word in SAME_IN_PLURAL or number.value == 1
            if singular in NOUNS and (many or hyphen):
                return Measure(Kind.COUNT, found.start(1) + len(word), unit=NOUNS[singular])
            if word in STOP_WORDS or (hyphen and first):
                return None
            end, first = found.end(), False
        return None

    # Whether it counts

    def _plural_follows(self, end: int) -> bool:
        """Whether a plural noun, whatever it is, follows within two words: "45 sound stages"."""
        at = end
        for _ in range(3):
            found = P.next_word.match(self.lower, at)
            if found is None or self.lower[at] == "-":
                return False
            word = found[1]
            named = self.text[found.start(1)].isupper() and not (at == end and word.endswith("s"))
            if named or word in STOP_WORDS or word in NOT_COUNTED:
                return False
            if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
                return True
            at = found.end()
        return False

    def _counts(self, phrase: Phrase, *, hedged: bool) -> bool:
        number, high, measure = phrase.low, phrase.high, phrase.measure
        signed, kind = phrase.sign is not None, measure.kind if measure else None
        if high and not (signed or measure or high.power) and number.plain and high.plain:
            return False  # years, scores or codes
        if P.clock.match(self.lower, number.end):
            return False
        if number.loose and not signed:
            dotted = "·" in self.text[number.start : number.end]
            return dotted and (number.power > 0 or kind is Kind.PERCENT)
        if number.refusal and not (signed or measure or number.power):
            return number.refusal is Refusal.VAGUE
        if signed or kind in (Kind.PERCENT, Kind.MONEY, Kind.MULTIPLE):
            return True
        if number.power:
            return not number.plain or kind is Kind.COUNT
        if measure is None:
            return self._counts_alone(phrase, hedged=hedged)
        if number.spelled:
            return measure.unit is not None and number.value >= 2
        if _is_year(number) and not hedged and kind is Kind.COUNT:
            return measure.unit in ("people", "jobs", "employees")
        return not self._is_name(number)

    def _counts_alone(self, phrase: Phrase, *, hedged: bool) -> bool:
        """Whether a number without scale and unit is an amount: "more than 200", "25 of the"."""
        number = phrase.low
        if number.spelled or (_is_year(number) and not hedged):
            return False
        if not number.plain and (number.value >= 1000 or phrase.high is not None):
            return True
        if self._is_name(number):
            return False
        whole = number.start == 0 and number.end == len(self.lower)
        plural = self._plural_follows(number.end)
        if hedged:
            return number.value >= 100 or plural or whole
        return number.plain if plural or P.of_the.match(self.lower, number.end) else whole

    def _uncounted(self, phrase: Phrase) -> Found:
        """A bare number of four digits is a year where nothing else claims it."""
        low, high = phrase.low, phrase.high
        end = phrase.last.end
        behind = self.lower[end : end + 1]
        clear = not behind.isalnum() and behind != "-"
        if high is not None and low.plain and high.plain and not high.power:
            if clear and _is_year(low) and _is_year(high) and phrase.measure is None:
                years = Quantity(low.value, Kind.YEAR, Bound.RANGE, high.value)
                return ((low.start, end), years), end
            return None, end
        before = self.text[low.start - 1] if low.start else "("
        placed = before in "(–-" or self._word_before(low.start).lower() in YEAR_WORDS
        if clear and _is_year(low) and (placed or not behind or behind in ".,;:)'"):
            return ((low.start, low.end), Quantity(low.value, Kind.YEAR)), low.end
        end = self._extent(low.end, apart=True) if low.refusal else low.end
        return None, max(end, low.start + 1)

    def _is_vague_pair(self, low: Number, high: Number) -> bool:
        years = low.plain and low.value >= 1000
        return not years and not (low.power and high.power) and 0 < low.value < high.value

    def _are_ends(
        self, low: Number, high: Number, measure: Measure | None, sign: str | None
    ) -> bool:
        percent = measure is not None and measure.kind is Kind.PERCENT
        return not (sign and percent)  # "$41 to 3%" are two amounts

    # Dates, shares and ranks

    def _special(self, at: int, floor: int) -> Found | None:
        lower = self.lower
        if date := P.date.match(lower, at):
            return self._date(date)
        if not lower[at].isdigit() and (rank := P.rank.match(lower, at)):
            quantity = Quantity(Decimal(ONES.get(rank[1]) or rank[1]), Kind.RANK)
            return (rank.span(), quantity), rank.end()
        # Scores, clock times, fractions, versions, telephone numbers and shares of people.
        found = P.code.match(lower, at) or P.out_of.match(lower, at)
        return (None, max(found.end(), self._run_end(at))) if found else None

    def _date(self, found: re.Match[str]) -> Found | None:
        """A date; one without a year is passed over, and so is "may 5"."""
        year = found[1] or found[6] or found[8] or found[11]
        day = found[3] or found[5] or found[9]
        name = found[4] or found[7] or found[10]
        at = found.start(10) if found[10] else found.start()
        if name in ("may", "march") and self.text[at].islower():
            return None
        if year is None:
            return None, max(found.end(), self._run_end(found.end() - 1))
        month = MONTHS[name] if name else int(found[2])
        quantity = date_quantity(int(year), month, int(day) if day else None)
        return ((found.span(), quantity) if quantity else None), found.end()


def _evaluate(words: list[str]) -> Decimal | None:
    """The value of number words, split at the largest scale, or ``None`` where they are no number.

    "three thousand two hundred million" is (three thousand two hundred) times a million.
    """
    for scale, power in LARGEST_FIRST:
        if scale not in words:
            continue
        at = len(words) - 1 - words[::-1].index(scale)
        left, right = words[:at], words[at + 1 :]
        high, low = _evaluate(left), _evaluate(right) if right else ZERO
        if high is None or low is None or scale in left or (power == 2 and high >= 100):
            return None
        if power > 2 and len(right) == 1 and right[0][0] == "+":
            low = times(low, power)  # "a million and a half"
        return None if low >= Decimal(10) ** power else times(high, power) + low
    if "point" in words:
        at = words.index("point")
        whole, digits = _evaluate(words[:at]), [ONES.get(word, 10) for word in words[at + 1 :]]
        return (
            None
            if whole is None or max(digits) > 9
            else whole + Decimal("0." + "".join(map(str, digits)))
        )
    match words:
        case [*rest, "dozen"] if rest:
            dozens = _evaluate(rest)
            return dozens and dozens * 12
        case [*rest, part] if part[0] == "+" and part[1:2].isdigit():
            whole = _evaluate(rest) if rest else ZERO
            return None if whole is None else whole + Decimal(part[1:])
        case ["a" | "an"]:
            return Decimal(1)
        case [word] if word in NUMERALS:
            return Decimal(NUMERALS[word])
        case [tens, ones] if NUMERALS.get(tens, 0) > 19 and 0 < NUMERALS.get(ones, 10) < 10:
            return Decimal(NUMERALS[tens] + NUMERALS[ones])
    return None


def _part(found: re.Match[str]) -> Decimal | Refusal:
    """One half, three quarters as a decimal."""
    parts = 1 if found[1] else ONES[found[2]]
    share = percent_of(Decimal(parts), PARTS[found[1] or found[3]])
    return share if isinstance(share, Refusal) else times(share, -2)


def _singular(word: str) -> str:
    if word in NOUNS:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def _is_year(number: Number) -> bool:
    """Whether a bare number may be a year."""
    return number.plain and not number.power and 1800 <= number.value <= 2099
