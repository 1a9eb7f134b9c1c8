"""Number phrases in English: a closed grammar that refuses what it does not understand.

A phrase is a number with whatever belongs to it: hedge, minus, currency sign, scale, the other
end of a range, per cent, currency word or counted noun. Numbers that are names, times, scores,
ages or parts of codes are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from explainer.quantities import english_words as words
from explainer.quantities.model import Bound, Kind, Quantity, Reading, Refusal
from explainer.quantities.numerals import BLOB, tidy, times
from explainer.quantities.numerals import value as value_of
from explainer.quantities.phrase import Measure, Number, combine, negative, read

_GAP = r"[ \u00a0]"
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", _GAP) for phrase in ordered)


_NUMBER_WORD = _any([*words.ONES, *words.TENS, "hundred", "half", "quarter"])
_CANDIDATE = re.compile(
    rf"[0-9]|\b(?:{_any(words.ONES)})-?fold\b"
    rf"|\b(?:{_NUMBER_WORD}|an?(?={_GAP}(?:quarter{_GAP}of{_GAP}a|{_any(words.SCALES)})\b))\b"
)
_SIGN_BEFORE = re.compile(rf"(?:{_any(words.SIGNS)}){_GAP}?\Z")
_HEDGE_BEFORE = re.compile(
    rf"(?:\b(?:{_any(w for w in words.HEDGES if w != '~')})(?:{_GAP}+(?:the|an?))?{_GAP}+"
    rf"|~{_GAP}?)\Z"
)
_HEDGE_AFTER = re.compile(
    rf"(?:\+|-plus\b|{_GAP}(?:{_any(['or so', 'or more', 'or less'])})\b"
    rf"|{_GAP}(?:or fewer|or thereabouts|plus)\b)"
)
_SCALE_WORD = re.compile(rf"(?:{_GAP}|-)?({_any(words.SCALES)})s?\b")
_SHORT_SCALE = re.compile(rf"{_GAP}?({_any(words.SHORT_SCALES)})(?![a-z0-9²³])", re.IGNORECASE)
_PERCENT = re.compile(
    rf"{_GAP}?(?:%|\b(?:per{_GAP}cent|percent|pct)\b)(?:(?:{_GAP}|-)points?\b)?"
    rf"|{_GAP}percentage{_GAP}points?\b|-percent\b"
)
_TIMES = re.compile(rf"{_GAP}?-?fold\b|x\b|{_GAP}times\b")
_COMPARED = re.compile(
    rf"{_GAP}(?:as|more|less|higher|lower|larger|bigger|greater|faster|the|what|that|its|their|over|"
    rf"those|longer|smaller|cheaper|better|richer|above)\b"
)
_CURRENCY_AFTER = re.compile(rf"(?:{_GAP}|-)({_any(words.CURRENCIES)})(?![a-z])")
_WON_ENDS = re.compile(rf"\Z|[.,;:)!?]|{_GAP}(?:per|each|an?|to|\(|and|or|more|on){_GAP}?")
_DURATION = re.compile(
    rf"(?:{_GAP}(?:consecutive|straight|full|calendar|business|working|more|whole){_GAP}|{_GAP}|-)"
    rf"({_any(words.DURATIONS)})(s?)\b(?!-old)(?!{_GAP}old\b)(?!-on-)"
)
_NEXT_WORD = re.compile(rf"(?:{_GAP}|-)([a-z][a-z'-]*)")
_AGE = re.compile(rf"(?:-|{_GAP})(?:years?|months?|weeks?)(?:-|{_GAP})old")
_CLOCK = re.compile(rf"{_GAP}?(?:[ap]\.?m\b|o'clock)|:[0-9]")
_JOIN = re.compile(rf"{_GAP}?[-–~]{_GAP}?|{_GAP}(to|and|or){_GAP}")
_FROM = re.compile(rf"\bfrom{_GAP}(?:[a-z]+{_GAP})?\Z")
_MOVED = re.compile(
    rf"\b(?:by|rose|fell|grew|climbed|dropped|declined|increased|decreased|jumped|gained|lost|slid"
    rf"|sank|added|up|down|advanced|slipped|surged|plunged|edged|cut|raised){_GAP}"
    rf"(?:(?:{_any(words.HEDGES)}|another|a){_GAP})?\Z"
)
_BETWEEN = re.compile(rf"\bbetween{_GAP}(?:[a-z]+{_GAP})?\Z")
_MINUS = re.compile(rf"(?:(?:^|(?<=[^0-9A-Za-z)%]))-|(?<![0-9])−|\bminus{_GAP}|\bnegative{_GAP})\Z")
_JUNK = re.compile(
    r"[0-9]+(?:[-/:][0-9]+){2,}|[0-9]+(?:\.[0-9]+){2,}|[0-9]+[/:][0-9]+|[0-9]{3}-[0-9]{4}(?![0-9])"
)
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9,.])")
_AREA = re.compile(rf"{_GAP}square{_GAP}(metres|meters|kilometres|kilometers)\b")
_BASIS = re.compile(rf"{_GAP}basis{_GAP}points?\b")
_OF_THE = re.compile(rf"{_GAP}of{_GAP}(?:the|its|their|his|her|our|those|these)\b")
_FOLD = re.compile(rf"({_any(words.ONES)})-?fold\b")
_ISO_DATE = re.compile(r"([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_MONTH = _any(words.MONTHS)
_MONTH_DAY_BEFORE = re.compile(rf"\b({_MONTH}){_GAP}\Z")
_AFTER_DAY = re.compile(rf"(?:st|nd|rd|th)?,?{_GAP}([12][0-9]{{3}})(?![0-9])")
_MONTH_AFTER_DAY = re.compile(
    rf"(?:st|nd|rd|th)?{_GAP}(?:of{_GAP})?({_MONTH})(?:,?{_GAP}([12][0-9]{{3}}))?(?![0-9a-z])"
)
_RANK_BEFORE = re.compile(rf"(?:\bno\.?{_GAP}?|\bnumber{_GAP}|#)\Z")
_YEAR_BEFORE = re.compile(
    rf"\b(?:in|since|from|by|until|till|of|to|during|before|after|late|early|mid|through|than|and|for|"
    rf"year|autumn|fall|spring|summer|winter|the|end|start|{_MONTH}|q[1-4]|as){_GAP}\Z|[(–-]\Z|\bmid-\Z"
)
_NAME_BEFORE = re.compile(rf"([A-Za-z][A-Za-z.'-]*){_GAP}\Z")
_LOOK_BACK = 40


def scan(text: str) -> Iterator[Reading]:
    """The number phrases of ``text`` (plain characters), in order, none overlapping."""
    lower = text.translate(_LOWER)
    position = 0
    while found := _CANDIDATE.search(lower, position):
        reading, position = _phrase(text, lower, found.start(), position)
        if reading is not None:
            yield reading


def _phrase(text: str, lower: str, at: int, floor: int) -> tuple[Reading | None, int]:
    """The phrase around the number at ``at``, if there is one, and where to go on.

    ``floor`` is where the phrase before ended; nothing is taken from left of it.
    """
    special = _dates(text, lower, at, floor) or _junk(lower, at) or _fold(text, lower, at)
    if special:
        return special
    number = _number(lower, at)
    if number is None:
        return None, _skip(lower, at)
    start, currency, signed = _sign(text, at, floor)
    start, minus = _minus(lower, start, floor)
    before = text[start - 1] if start > floor else " "
    if (
        before.isalnum() or before in "_./:@&'" or (before == "-" and start > floor)
    ) and not signed:
        return None, _skip(lower, at)
    if not signed and _RANK_BEFORE.search(lower, max(floor, at - 10), at):
        return _rank(text, lower, number, floor)
    return _amount(text, lower, (number, start, minus, currency, signed), floor)


def _skip(lower: str, at: int) -> int:
    """The end of the run of letters and digits that a number is a part of."""
    end = re.compile(r"[0-9a-z]+(?:[.,'-][0-9a-z]+)*").match(lower, at)
    return end.end() if end else at + 1


# Dates, times, codes


def _dates(text: str, lower: str, at: int, floor: int) -> tuple[Reading | None, int] | None:
    """A date that the number at ``at`` is a part of; one without a year is passed over."""
    if iso := _ISO_DATE.match(lower, at):
        return _dated(text, (at, iso.end()), (int(iso[1]), int(iso[2]), int(iso[3])))
    blob = re.compile(r"[0-9]{1,4}(?![0-9,]*[0-9])").match(lower, at)
    if blob is None:
        return None
    figure = int(blob[0])
    month = _MONTH_DAY_BEFORE.search(lower, max(floor, at - 12), at)
    if month and 1 <= figure <= 31:
        number = words.MONTHS[month[1]]
        if year := _AFTER_DAY.match(lower, blob.end()):
            return _dated(text, (month.start(1), year.end()), (int(year[1]), number, figure))
        return None, _skip(lower, at)
    if month and 1800 <= figure <= 2099 and blob.end() - at == 4:
        return _dated(text, (month.start(1), blob.end()), (figure, words.MONTHS[month[1]], None))
    after = _MONTH_AFTER_DAY.match(lower, blob.end())
    if after and 1 <= figure <= 31 and text[after.start(1)].isupper():
        if after[2]:
            number = words.MONTHS[after[1]]
            return _dated(text, (at, after.end()), (int(after[2]), number, figure))
        return None, after.end()
    return None


def _dated(
    text: str, span: tuple[int, int], parts: tuple[int, int, int | None]
) -> tuple[Reading | None, int]:
    quantity = date_quantity(*parts)
    return (read(text, span, quantity) if quantity else None), span[1]


def date_quantity(year: int, month: int, day: int | None) -> Quantity | None:
    """A date as a quantity, or nothing where there is no such day."""
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    edtf = f"{year:04}-{month:02}" + (f"-{day:02}" if day is not None else "")
    return Quantity(Decimal(edtf.replace("-", "")), Kind.DATE, edtf=edtf)


def _junk(lower: str, at: int) -> tuple[None, int] | None:
    """Scores, clock times, fractions, versions and telephone numbers are passed over whole."""
    found = _JUNK.match(lower, at)
    return (None, max(found.end(), _skip(lower, at))) if found else None


def _fold(text: str, lower: str, at: int) -> tuple[Reading | None, int] | None:
    """Threefold and ten-fold."""
    found = _FOLD.match(lower, at)
    if found is None:
        return None
    quantity = Quantity(Decimal(words.ONES[found[1]]), Kind.MULTIPLE)
    return read(text, found.span(), quantity), found.end()


def _rank(text: str, lower: str, number: Number, floor: int) -> tuple[Reading | None, int]:
    before = _RANK_BEFORE.search(lower, max(floor, number.start - 10), number.start)
    whole = number.value == number.value.to_integral_value() and not number.power
    if before is None or not whole or number.value < 1 or number.refusal:
        return None, number.end
    quantity = Quantity(number.value, Kind.RANK)
    return read(text, (before.start(), number.end), quantity), number.end


# The number itself


def _number(lower: str, at: int) -> Number | None:
    """The numeral at ``at`` with its scale; ``None`` where letters make it part of a name."""
    number = _digits(lower, at) if lower[at].isdigit() else _spelled(lower, at)
    if number is None or number.spelled:
        return number
    scale = _SCALE_WORD.match(lower, number.end) or _SHORT_SCALE.match(lower, number.end)
    if scale is not None:
        power = (words.SCALES | words.SHORT_SCALES)[scale[1]]
        number = replace(
            number,
            end=scale.end(),
            value=times(number.value, power),
            power=power,
            scale=words.SCALE_NAMES[power],
            # A single letter is a scale only beside a currency or a counted noun.
            plain=len(scale[1]) == 1,
        )
    elif number.end < len(lower) and _glued(lower, number.end):
        return None
    if lower[number.end : number.end + 1] == "+":
        return replace(number, end=number.end + 1, more=True)
    return number


def _glued(lower: str, end: int) -> bool:
    """Whether letters stand right behind a number and make it a part of something else."""
    return lower[end].isalpha() and not _TIMES.match(lower, end)


def _digits(lower: str, at: int) -> Number | None:
    blob = BLOB.match(lower, at)
    if blob is None:
        return None
    if spaced := _SPACED.match(lower, at):
        # "1 200 million": one number, or two? Spaces that break are no separators in English.
        return Number(at, spaced.end(), Decimal(0), refusal=Refusal.AMBIGUOUS_SEPARATOR)
    found = value_of(blob[0])
    if isinstance(found, Refusal):
        return Number(at, blob.end(), Decimal(0), refusal=found)
    return Number(at, blob.end(), tidy(found), plain=blob[0].isdigit())


def _spelled(lower: str, at: int) -> Number | None:
    """A number in words: "seven hundred million", "twenty-five", "half a billion", "a million"."""
    fraction = re.compile(
        rf"(half|quarter|a{_GAP}quarter){_GAP}(?:of{_GAP})?(?:a|an|one)?{_GAP}?({_any(words.SCALES)})\b"
    ).match(lower, at)
    if fraction:
        power = words.SCALES[fraction[2]]
        share = Decimal("0.5") if fraction[1] == "half" else Decimal("0.25")
        value = times(share, power)
        return Number(at, fraction.end(), value, power, words.SCALE_NAMES[power], spelled=True)
    total, section, end, power, seen = Decimal(0), Decimal(0), at, 0, False
    for word in re.compile(r"[a-z]+").finditer(lower, at):
        gap = lower[end : word.start()]
        if word.start() > at and gap not in (" ", "-", "\u00a0"):
            break
        name = word[0].removesuffix("s") if word[0] in ("millions", "billions") else word[0]
        if name in words.ONES or name in words.TENS:
            here = Decimal(words.ONES.get(name, words.TENS.get(name, 0)))
            if seen and section % 10 and section % 100:
                return None
            section += here
        elif name in ("a", "an") and not seen:
            section = Decimal(1)
        elif name == "hundred" and seen:
            section = (section or Decimal(1)) * 100
        elif name in words.SCALES and seen:
            power = max(power, words.SCALES[name])
            total += times(section, words.SCALES[name])
            section = Decimal(0)
        elif name == "and" and seen and lower[word.end() : word.end() + 1] == " ":
            following = re.compile(r"[a-z]+").match(lower, word.end() + 1)
            if (
                section % 100
                or following is None
                or following[0] not in {**words.ONES, **words.TENS}
            ):
                break
            continue_at = word.end()
            end = continue_at
            continue
        else:
            break
        seen, end = True, word.end()
    if not seen or (lower[at : at + 2] in ("a ", "an") and not power):
        return None
    scale = words.SCALE_NAMES.get(power)
    return Number(at, end, tidy(total + section), power, scale, spelled=True)


# What stands before it


def _sign(text: str, at: int, floor: int) -> tuple[int, str | None, bool]:
    """Where a currency sign before the number starts, its currency, whether there is one."""
    found = _SIGN_BEFORE.search(text, max(floor, at - 6), at)
    if found is None:
        return at, None, False
    sign = found[0].strip(" \u00a0")
    before = text[found.start() - 1] if found.start() else " "
    if sign[0].isalpha() and before.isalnum():
        return at, None, False
    return found.start(), words.SIGNS[sign], True


def _minus(lower: str, start: int, floor: int) -> tuple[int, bool]:
    found = _MINUS.search(lower, max(floor, start - 10), start)
    return (found.start(), True) if found else (start, False)


def _hedges(lower: str, start: int, floor: int) -> tuple[int, list[Bound]]:
    bounds: list[Bound] = []
    for _ in range(2):
        found = _HEDGE_BEFORE.search(lower, max(floor, start - _LOOK_BACK), start)
        if found is None:
            break
        phrase = re.sub(rf"{_GAP}+", " ", found[0]).strip()
        phrase = phrase if phrase in words.HEDGES else phrase.rpartition(" ")[0]
        bounds.append(words.HEDGES[phrase])
        start = found.start()
    return start, bounds


# What stands behind it


def _measure(lower: str, text: str, number: Number) -> Measure | None:
    """What the number at its end measures, if that is said."""
    end = number.end
    if found := _PERCENT.match(lower, end):
        return Measure(Kind.PERCENT, found.end())
    if found := _CURRENCY_AFTER.match(lower, end):
        return _currency(lower, number, found)
    if found := _TIMES.match(lower, end):
        compared = "times" not in found[0] or _COMPARED.match(lower, found.end())
        decimal = number.value != number.value.to_integral_value()
        if compared or decimal or found.end() == len(lower):
            return Measure(Kind.MULTIPLE, found.end())
        return Measure(Kind.COUNT, found.end(), unit="times")
    if _AGE.match(lower, end):
        return Measure(Kind.COUNT, end, refusal=Refusal.NOT_A_QUANTITY)
    if found := _DURATION.match(lower, end):
        singular = found[2] == "" and found[0][0] != "-" and number.value != 1
        if not singular:
            return Measure(Kind.DURATION, found.end(), unit=words.DURATIONS[found[1]])
    return _noun(lower, text, number)


def _currency(lower: str, number: Number, found: re.Match[str]) -> Measure | None:
    code, word = words.CURRENCIES[found[1]], found[1]
    if (
        word == "won"
        and number.plain
        and not number.power
        and not _WON_ENDS.match(lower, found.end())
    ):
        return None  # the verb: "In 2016 won …", "the team that in 5 won …"
    if word == "pounds" and not number.power:
        return Measure(Kind.MONEY, found.end(), refusal=Refusal.AMBIGUOUS_CURRENCY)
    return Measure(Kind.MONEY, found.end(), currency=code)


def _noun(lower: str, text: str, number: Number) -> Measure | None:
    """The counted noun behind the number, past at most three adjectives."""
    if basis := _BASIS.match(lower, number.end):
        return Measure(Kind.COUNT, basis.end(), unit="basis_points")
    if area := _AREA.match(lower, number.end):
        return Measure(Kind.COUNT, area.end(), unit=f"square_{words.NOUNS[_singular(area[1])]}")
    at, first = number.end, True
    for _ in range(4):
        found = _NEXT_WORD.match(lower, at)
        if found is None:
            return None
        word = found[1].rstrip("'-")
        singular = _singular(word)
        hyphen = lower[at] == "-"
        many = singular != word or word in _SAME or number.value == 1
        if singular in words.NOUNS and (many or hyphen):
            end = found.start(1) + len(word)
            return Measure(Kind.COUNT, end, unit=words.NOUNS[singular])
        if word in words.STOP_WORDS or (hyphen and first):
            return None
        if first and text[found.start(1)].isupper():
            return None
        at, first = found.end(), False
    return None


_SAME = frozenset("people staff series aircraft women men children".split())


def _singular(word: str) -> str:
    if word in words.NOUNS:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def _plural_follows(lower: str, text: str, end: int) -> bool:
    """Whether a plural noun, whatever it is, follows within two words: "45 sound stages"."""
    at = end
    for _ in range(3):
        found = _NEXT_WORD.match(lower, at)
        if found is None or lower[at] == "-":
            return False
        word = found[1]
        named = text[found.start(1)].isupper() and not (at == end and word.endswith("s"))
        if named or word in words.STOP_WORDS or word in words.NOT_COUNTED:
            return False
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
            return True
        at = found.end()
    return False


# The whole phrase


def _amount(
    text: str,
    lower: str,
    head: tuple[Number, int, bool, str | None, bool],
    floor: int,
) -> tuple[Reading | None, int]:
    number, start, minus, currency, signed = head
    number, high = _range(text, lower, number, (start, floor, signed))
    last = high or number
    bounds: list[Bound] = []
    if (split := _HEDGE_AFTER.match(lower, last.end)) and not number.more:
        # "50 or more workers": the hedge stands between the number and its noun.
        moved = replace(last, end=split.end())
        if _noun(lower, text, moved):
            last = moved
            bounds.append(words.HEDGES_AFTER[split[0].strip(" \u00a0-")])
    measure = _measure(lower, text, last)
    if high is not None and not signed and measure is None and not high.power and high.plain:
        return _year_range(text, lower, number, high, floor)
    if measure is not None and measure.refusal is Refusal.NOT_A_QUANTITY:
        return None, measure.end
    end = measure.end if measure and not (signed and measure.kind is not Kind.MONEY) else last.end
    kind, unit = _kind(measure, signed=signed)
    code = currency or (measure.currency if measure else None)
    if high is not None and (between := _BETWEEN.search(lower, max(floor, start - 20), start)):
        start = between.start()
    start, before = _bounded(lower, start, floor, kind)
    bounds += before
    if number.more or last.more:
        bounds.append(Bound.AT_LEAST)
    if after := _HEDGE_AFTER.match(lower, end):
        bounds.append(words.HEDGES_AFTER[after[0].strip(" \u00a0-")])
        end = after.end()
    if not _counts(text, lower, number, measure, signed=signed, hedged=bool(bounds), high=high):
        return _year(text, lower, number, floor)
    refusal = number.refusal or (high and high.refusal) or (measure and measure.refusal)
    if kind is Kind.MONEY and code is None:
        code = _context(lower)
        refusal = refusal or (None if code else Refusal.AMBIGUOUS_CURRENCY)
    if measure and currency and measure.currency not in (None, currency):
        dollars = lower[:end].endswith("dollars") and measure.currency == "USD"
        refusal = refusal or (None if dollars else Refusal.AMBIGUOUS_CURRENCY)
    bound = Bound.RANGE if high else combine(bounds)
    if isinstance(bound, Refusal) or refusal:
        wrong = refusal or bound
        return read(
            text, (start, end), wrong if isinstance(wrong, Refusal) else Refusal.MALFORMED
        ), end
    quantity = Quantity(
        negative(number.value, minus=minus),
        kind,
        bound,
        negative(high.value, minus=minus) if high else None,
        code if kind is Kind.MONEY else None,
        unit,
        last.scale,
    )
    return read(text, (start, end), quantity), end


def _kind(measure: Measure | None, *, signed: bool) -> tuple[Kind, str | None]:
    if signed:
        return Kind.MONEY, None
    if measure is None:
        return Kind.COUNT, None
    return measure.kind, measure.unit


def _bounded(lower: str, start: int, floor: int, kind: Kind) -> tuple[int, list[Bound]]:
    """The hedges before the phrase; "over five years" says when, not how many."""
    where, bounds = _hedges(lower, start, floor)
    if kind is Kind.DURATION and lower[where:start].strip().startswith(("over", "under")):
        return start, []
    return where, bounds


def _context(lower: str) -> str | None:
    """Which currency a bare ¥ means, where the text around it says so."""
    yuan = any(re.search(rf"\b{word}\b", lower) for word in words.YUAN_CONTEXT)
    yen = any(re.search(rf"\b{word}\b", lower) for word in words.YEN_CONTEXT)
    return None if yuan == yen else "CNY" if yuan else "JPY"


def _range(
    text: str, lower: str, number: Number, before: tuple[int, int, bool]
) -> tuple[Number, Number | None]:
    """The number with its scale settled, and the other end where the phrase is a range.

    ``before``: where the phrase starts, where the one before it ended, whether a sign stands here.
    """
    start, floor, signed = before
    end = number.end
    if percent := _PERCENT.match(lower, end):
        end = percent.end()
    join = _JOIN.match(lower, end)
    if join is None or number.refusal:
        return number, None
    word = join[1]
    between = _BETWEEN.search(lower, max(floor, start - 20), start)
    if word in ("and", "or") and not (word == "and" and between):
        return number, None
    if word == "to" and _MOVED.search(lower, max(floor, start - 24), start):
        return number, None
    if word == "to" and _FROM.search(lower, max(floor, start - 20), start) and not _is_year(number):
        return number, None
    at = join.end()
    sign = re.compile(rf"(?:{_any(words.SIGNS)}){_GAP}?").match(text, at)
    at = sign.end() if sign else at
    if not _CANDIDATE.match(lower, at):
        return number, None
    high = _number(lower, at)
    if high is None or high.refusal or high.spelled != number.spelled:
        return number, None
    shared = _PERCENT.match(lower, high.end)
    if (sign and not signed) or (percent and not shared) or (signed and shared):
        return number, None  # "3.2% to $41.50" are two amounts
    low = number
    if high.power and not number.power:
        value = times(number.value, high.power)
        if value < high.value:
            low = replace(number, value=value, power=high.power, scale=high.scale, plain=False)
        elif number.value < 1000:
            return number, None  # "5 to 3 million" is no range
    return (low, high) if low.value < high.value else (number, None)


def _is_year(number: Number) -> bool:
    return number.plain and not number.power and 1800 <= number.value <= 2099


def _year_range(
    text: str, lower: str, low: Number, high: Number, floor: int
) -> tuple[Reading | None, int]:
    """ "2015–2020", "2015 to 2020"; other pairs of bare numbers are scores or codes."""
    if _is_year(low) and _is_year(high) and not _glued_after(lower, high.end):
        quantity = Quantity(low.value, Kind.YEAR, Bound.RANGE, high.value)
        return read(text, (low.start, high.end), quantity), high.end
    if not low.plain or not high.plain:
        quantity = Quantity(low.value, Kind.COUNT, Bound.RANGE, high.value)
        return read(text, (low.start, high.end), quantity), high.end
    return None, high.end


def _glued_after(lower: str, end: int) -> bool:
    return end < len(lower) and (lower[end].isalnum() or lower[end] == "-")


def _year(text: str, lower: str, number: Number, floor: int) -> tuple[Reading | None, int]:
    """A bare number of four digits is a year where nothing else claims it."""
    alone = number.start == 0 and number.end == len(lower)
    placed = _YEAR_BEFORE.search(lower, max(0, number.start - 14), number.start)
    closed = number.end == len(lower) or lower[number.end] in ".,;:)'" or number.start == 0
    if _is_year(number) and (alone or placed or closed) and not _glued_after(lower, number.end):
        return read(text, (number.start, number.end), Quantity(number.value, Kind.YEAR)), number.end
    return None, number.end


def _counts(
    text: str,
    lower: str,
    number: Number,
    measure: Measure | None,
    *,
    signed: bool,
    hedged: bool,
    high: Number | None,
) -> bool:
    """Whether the number is an amount at all, not a name, a year, a time or a figure of speech."""
    whole = number.start == 0 and (measure.end if measure else number.end) == len(lower)
    if _CLOCK.match(lower, number.end):
        return False
    if number.refusal and not (signed or measure or number.power):
        return False
    if signed or (measure and measure.kind in (Kind.PERCENT, Kind.MONEY)):
        return True
    if number.power and number.plain:
        return measure is not None and measure.kind is Kind.COUNT
    if number.power:
        return True
    if number.spelled:
        small = number.value < 2
        return measure is not None and not small and measure.unit is not None
    if measure and measure.kind is Kind.DURATION:
        return not _named(text, number)
    if _is_year(number) and not hedged:
        return measure is not None and measure.unit in ("people", "jobs", "employees")
    if measure is not None:
        return not _named(text, number)
    if not number.plain and (number.value >= 1000 or high is not None):
        return True
    if _named(text, number):
        return False
    if hedged:
        return number.value >= 100 or _plural_follows(lower, text, number.end) or whole
    if _plural_follows(lower, text, number.end) or _OF_THE.match(lower, number.end):
        return number.plain
    return whole and number.end == len(lower) and not _is_year(number)


def _named(text: str, number: Number) -> bool:
    """Whether a capitalised word before the number makes it part of a name: "Boeing 737"."""
    before = _NAME_BEFORE.search(text, max(0, number.start - _LOOK_BACK), number.start)
    if before is None or before[1].islower():
        return False
    return before[1].lower() not in words.FUNCTION_WORDS and before[1].lower() not in words.HEDGES
