"""Number phrases in Chinese, in either script: a closed grammar that refuses what it does not know.

Digits and Chinese numerals may be mixed (1亿2千万). A Chinese numeral counts only with a scale, a
currency or a known unit behind it: 三星, 四川, 万达 and 一带一路 are no amounts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.quantities import chinese_words as words
from explainer.quantities.english import date_quantity
from explainer.quantities.model import Bound, Kind, Quantity, Reading, Refusal
from explainer.quantities.numerals import BLOB, tidy, times
from explainer.quantities.numerals import value as value_of
from explainer.quantities.phrase import Measure, Number, combine, negative, read


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase) for phrase in ordered)


_GAP = r"[ \u00a0]?"
_NUMERAL = "".join([*words.DIGITS, *words.SMALL])
_CANDIDATE = re.compile(rf"[0-9]|[{_NUMERAL}]|百分之|千分之|翻[一两二三]番")
_RUN = re.compile(rf"[0-9A-Za-z.,:/{_NUMERAL}万亿]+")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?= ?[多余]? ?[万亿元美韩日欧英港人])")
_MORE = re.compile(rf"{_GAP}([多余])(?={_GAP}[十百千万亿])")
_VAGUE = re.compile(r"[几数来]")
_BIG = re.compile(rf"{_GAP}([十百千]?[万亿]+|[百千])")
_TRILLION = re.compile(rf"{_GAP}兆(?![瓦赫比帕字欧伏焦])")
_SIGN_BEFORE = re.compile(rf"(?:{_any(words.SIGNS)}){_GAP}\Z")
_MINUS = re.compile(r"(?:(?<![0-9A-Za-z一-鿿%)])-|负|(?<![0-9])−)\Z")
_BEFORE = re.compile(rf"({_any(words.BEFORE)}|~){_GAP}\Z")
_AFTER = re.compile(rf"{_GAP}({_any(words.AFTER)})(?![人重元年月次方])")
_PERCENT = re.compile(rf"{_GAP}(?:%|‰|个百分点|百分点)")
_CHENG = re.compile(r"成(?![为立功员本果年人长绩分熟都就交])半?")
_TIMES = re.compile(rf"{_GAP}倍")
_CURRENCY = re.compile(rf"{_GAP}({_any(words.CURRENCIES)})")
_NOT_CURRENCY = re.compile(rf"{_GAP}(?:{_any(words.NOT_CURRENCY)})")
_DURATION = re.compile(rf"{_GAP}({_any(words.DURATIONS)})(?![代级轻纪份货]|度[^假])")
_NOUN = re.compile(rf"{_GAP}({_any(words.NOUNS)})")
_MEASURE_WORD = re.compile(rf"{_GAP}({_any(words.MEASURE_WORDS)})(?![月年日])")
_JOIN = re.compile(rf"{_GAP}(?:[-–~]|至|到){_GAP}")
_FROM = re.compile(r"[从由自][^，。；、]{0,6}\Z")
_DATE = re.compile(r"([12][0-9]{3})年([0-9]{1,2})月(?:([0-9]{1,2})[日号])?")
_ISO_DATE = re.compile(r"([12][0-9]{3})-([01][0-9])-([0-3][0-9])(?![0-9-])")
_DAY_ONLY = re.compile(
    r"[0-9一二三四五六七八九十]{1,3}"
    r"(?:月(?:[0-9一二三四五六七八九十]{1,3}[日号])?|[日号](?![元圆币])|点(?![零一二三四五六七八九])"
    r"|时|楼|层|岁|周岁|号线|后(?!续)|届|版|比)"
)
_CLOCK = re.compile(
    r"[0-9]{1,2}[:：][0-9]{1,2}(?:[:：][0-9]{1,2})?|[0-9]+(?:[-/.][0-9]+){2,}"
    r"|(?:[0-9]+分)?[0-9]+秒[0-9]+|[0-9]+[:：/][0-9]+|[0-9]{3,4}-[0-9]{4,8}(?![0-9])"
)
_YEARS = re.compile(r"([12][0-9]{3})年?[-–~至到]([12][0-9]{3})年")
_YEAR = re.compile(r"([12][0-9]{3})年(?!代)(?:度|初|底|末|中|间)?")
_SPELLED_YEAR = re.compile(r"([一二][〇零一二三四五六七八九]{3})年(?!代)")
_RANK_PREFIX = re.compile(r"(?:排名|位列|位居|名列|排在|排)\Z")
_RANK_AHEAD = re.compile(
    r"(?:排名|位列|位居|名列|排在|居|列|登上|夺得|蝉联|重回|升至|跌至|全球|世界|全国|行业|总分)\Z"
)


def scan(text: str) -> Iterator[Reading]:
    """The number phrases of ``text`` (plain characters), in order, none overlapping."""
    simple = text.translate(words.TRADITIONAL)
    position = 0
    while found := _CANDIDATE.search(simple, position):
        reading, position = _phrase(simple, found.start(), position)
        if reading is not None:
            yield reading


def _phrase(text: str, at: int, floor: int) -> tuple[Reading | None, int]:
    """The phrase around the number at ``at``, if there is one, and where to go on."""
    before = text[at - 1] if at > floor else " "
    if before == "第":
        return _rank(text, at)
    special = _date(text, at) or _fold(text, at)
    if special:
        return special
    share = _share(text, at, floor)
    if share:
        return share
    if before in "几数上好成" and not text[at].isascii():
        # 几十亿, 数千万, 上百家: nobody knows how many.
        vague = re.compile(rf"[{_NUMERAL}万亿]+").match(text, at)
        return None, vague.end() if vague else at + 1
    number = _number(text, at)
    if number is None:
        return None, _skip(text, at)
    start, currency, signed = _sign(text, at, floor)
    start, minus = _minus(text, start, floor)
    edge = text[start - 1] if start > floor else " "
    glued = edge.isascii() and (edge.isalnum() or edge in "_./:@#&-")
    if (glued and not signed) or (edge in "周期" and number.spelled):
        return None, _skip(text, at)
    return _amount(text, (number, start, minus, currency, signed), floor)


def _skip(text: str, at: int) -> int:
    run = _RUN.match(text, at)
    if run is None or not text[at].isascii():
        return at + 1
    return run.end()


# Dates, years, ranks


def _date(text: str, at: int) -> tuple[Reading | None, int] | None:
    """Dates and years; days without a year, clock times and scores are passed over."""
    dated = _DATE.match(text, at) or _ISO_DATE.match(text, at)
    if dated is not None:
        day = int(dated[3]) if dated[3] else None
        quantity = date_quantity(int(dated[1]), int(dated[2]), day)
        return (read(text, dated.span(), quantity) if quantity else None), dated.end()
    if years := _YEARS.match(text, at):
        low, high = Decimal(years[1]), Decimal(years[2])
        if 1800 <= low < high <= 2099:
            return read(
                text, years.span(), Quantity(low, Kind.YEAR, Bound.RANGE, high)
            ), years.end()
    if year := _YEAR.match(text, at):
        if 1800 <= int(year[1]) <= 2099:
            end = year.start() + 5
            return read(text, (at, end), Quantity(Decimal(year[1]), Kind.YEAR)), year.end()
    elif spelled := _SPELLED_YEAR.match(text, at):
        figure = Decimal("".join(str(words.DIGITS[character]) for character in spelled[1]))
        if 1800 <= figure <= 2099:
            return read(text, spelled.span(), Quantity(figure, Kind.YEAR)), spelled.end()
    if clock := _CLOCK.match(text, at):
        return None, max(clock.end(), _skip(text, at))
    if undated := _DAY_ONLY.match(text, at):
        return None, undated.end()
    return None


def _rank(text: str, at: int) -> tuple[Reading | None, int]:
    """第三名, 第12位, and 第一 where the words before speak of a rank."""
    number = _number(text, at)
    if number is None or number.power or number.refusal:
        return None, _skip(text, at)
    ahead = _RANK_AHEAD.search(text, max(0, at - 9), at - 1)
    named = text[number.end : number.end + 1] in ("名", "位") and text[number.end :][:1]
    whole = at == 1 and number.end == len(text)
    if not (named or ahead or whole):
        return None, number.end + 1
    end = number.end + (1 if named else 0)
    prefix = _RANK_PREFIX.search(text, max(0, at - 4), at - 1)
    return read(
        text, (prefix.start() if prefix else at - 1, end), Quantity(number.value, Kind.RANK)
    ), end


def _fold(text: str, at: int) -> tuple[Reading | None, int] | None:
    """翻一番 is twice, 翻两番 four times."""
    found = re.compile(r"翻([一两二三])番").match(text, at)
    if found is None:
        return None
    value = Decimal(2 ** words.DIGITS[found[1]])
    return read(text, found.span(), Quantity(value, Kind.MULTIPLE)), found.end()


def _share(text: str, at: int, floor: int) -> tuple[Reading | None, int] | None:
    """百分之十二点五, 千分之三."""
    found = re.compile(r"(百|千)分之").match(text, at)
    if found is None:
        return None
    number = _number(text, found.end())
    if number is None or number.refusal or number.power:
        return None, found.end()
    whole, end = number.value, number.end
    if point := re.compile(r"点([零〇一二三四五六七八九]+)").match(text, end):
        digits = "".join(str(words.DIGITS[character]) for character in point[1])
        whole, end = Decimal(f"{whole}.{digits}"), point.end()
    value = whole if found[1] == "百" else times(whole, -1)
    start, bounds = _hedges(text, at, floor, Kind.PERCENT)
    return _finish(text, (start, end), bounds, Quantity(tidy(value), Kind.PERCENT))


# The number itself


def _number(text: str, at: int) -> Number | None:
    """The numeral at ``at``: digits, Chinese numerals, or both, with scales up to 万亿."""
    total, end, last, more, plain = Decimal(0), at, 99, False, False
    scale: str | None = None
    power = 0
    refusal: Refusal | None = None
    spelled = not text[at : at + 1].isascii()
    while True:
        section = _section(text, end)
        if section is None:
            break
        value, here, bare, wrong = section
        refusal = refusal or wrong
        if found := _MORE.match(text, here):
            more, here = True, found.end()
        big = _BIG.match(text, here)
        if big is None:
            if end == at:
                plain = bare and not spelled
                total, end = value, here
            elif bare and last >= 4 and value < 10 and spelled and here - end == 1:
                total, end = total + times(value, last - 1), here  # 一万二 is 12,000
            elif last >= 4 and value < 10_000 and not (bare and value < 10 and not spelled):
                total, end = total + value, here
            else:
                refusal = Refusal.MALFORMED
                end = here
            break
        exponent = sum(words.SMALL.get(c, 0) or words.BIG.get(c, 0) for c in big[1])
        if exponent >= last and big[1].endswith("亿") and last == 4:
            # 5万6千亿: what stands before 亿 is one number below it.
            total = times(total + times(value, exponent - 8), 8)
            scale, power, last, end = "亿", 8, 8, big.end()
            continue
        if exponent >= last:
            break
        total += times(value, exponent)
        scale, power = scale or big[1], max(power, exponent)
        last, end = exponent, big.end()
        if more or exponent < 4:
            break
    if end == at:
        return None
    if _TRILLION.match(text, end):
        return Number(at, end + 1, Decimal(0), refusal=Refusal.AMBIGUOUS_SCALE)
    if _VAGUE.match(text, end) and text[end : end + 1] != "来" and power == 0 and not plain:
        return None
    return Number(at, end, tidy(total), power, scale, spelled, plain, more, refusal)


def _section(text: str, at: int) -> tuple[Decimal, int, bool, Refusal | None] | None:
    """One numeral below 万: its value, its end, whether it is bare, and why it was refused."""
    spaced = _SPACED.match(text, at)
    if spaced:
        return Decimal(spaced[0].replace(" ", "")), spaced.end(), True, None
    blob = BLOB.match(text, at)
    if blob:
        found = value_of(blob[0])
        if isinstance(found, Refusal):
            return Decimal(0), blob.end(), False, found
        return tidy(found), blob.end(), blob[0].isdigit(), None
    return _spelled(text, at)


def _spelled(text: str, at: int) -> tuple[Decimal, int, bool, Refusal | None] | None:
    """A Chinese numeral below 万: 七千七百, 十五, 一百零五, 两千三."""
    total, digit, end, last, zero = 0, -1, at, 4, False
    while end < len(text):
        character = text[end]
        if character in words.DIGITS:
            if digit >= 0 and not (digit == 0 and zero):
                return Decimal(0), _digits_end(text, at), True, Refusal.VAGUE
            digit = words.DIGITS[character]
            zero = digit == 0
        elif character in words.SMALL:
            exponent = words.SMALL[character]
            if (
                exponent >= last
                or digit == 0
                or (digit < 0 and (exponent > 1 or (end > at and not zero)))
            ):
                break
            total += (1 if digit < 0 else digit) * 10**exponent
            last, digit, zero = exponent, -1, False
        else:
            break
        end += 1
    if end == at or (end - at == 1 and text[at] in "百千佰仟"):
        return None
    if digit > 0:
        # 两千三 is 2,300, but 二十三 is 23 and 两千零三 is 2,003.
        short = last > 1 and last < 4 and text[end - 2] in words.SMALL
        total += digit * (10 ** (last - 1) if short else 1)
    return Decimal(total), end, last == 4, None


def _digits_end(text: str, at: int) -> int:
    found = re.compile(rf"[{''.join(words.DIGITS)}]+").match(text, at)
    return found.end() if found else at + 1


# What stands before and behind it


def _sign(text: str, at: int, floor: int) -> tuple[int, str | None, bool]:
    found = _SIGN_BEFORE.search(text, max(floor, at - 5), at)
    if found is None:
        return at, None, False
    return found.start(), words.SIGNS[found[0].strip(" \u00a0")], True


def _minus(text: str, start: int, floor: int) -> tuple[int, bool]:
    found = _MINUS.search(text, max(floor, start - 1), start)
    return (found.start(), True) if found else (start, False)


def _hedges(text: str, start: int, floor: int, kind: Kind) -> tuple[int, list[Bound]]:
    bounds: list[Bound] = []
    for _ in range(2):
        found = _BEFORE.search(text, max(floor, start - 5), start)
        if found is None:
            break
        hedge, ahead = found[1], text[found.start() - 1 : found.start()]
        if ahead and ahead in words.NOT_HEDGE.get(hedge, "") and found.start() > 0:
            break
        if hedge == "近" and kind is Kind.DURATION:
            break  # 近五年 is the last five years
        bounds.append(words.BEFORE.get(hedge, Bound.ABOUT))
        start = found.start()
    return start, bounds


_COUNTED = frozenset("集户股吨架辆")
"""Units of one character that may stand behind a Chinese numeral: 十五集."""


def _measure(text: str, number: Number) -> Measure | None:
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
        return Measure(Kind.MONEY, found.end(), currency=words.CURRENCIES[found[1]])
    if found := _DURATION.match(text, end):
        return Measure(Kind.DURATION, found.end(), unit=words.DURATIONS[found[1]])
    if found := _NOUN.match(text, end):
        return Measure(
            Kind.COUNT,
            found.end(),
            unit=words.NOUNS[found[1]],
            known=len(found[1]) > 1 or found[1] in _COUNTED,
        )
    if found := _MEASURE_WORD.match(text, end):
        return Measure(Kind.COUNT, found.end(), known=False)
    return None


# The whole phrase


def _amount(
    text: str, head: tuple[Number, int, bool, str | None, bool], floor: int
) -> tuple[Reading | None, int]:
    number, start, minus, currency, signed = head
    more_at = re.compile(rf"{_GAP}[多余]").match(text, number.end)
    if more_at and not number.more:
        number = replace(number, end=more_at.end(), more=True)
    number, high = _range(text, number, start, floor)
    last = high or number
    measure = _measure(text, last)
    if measure is None and last.more and not number.power:
        return None, last.end
    end = measure.end if measure else last.end
    kind = Kind.MONEY if signed else measure.kind if measure else Kind.COUNT
    start, bounds = _hedges(text, start, floor, kind)
    if number.more or last.more:
        bounds.append(Bound.MORE_THAN)
    if after := _AFTER.match(text, end):
        bounds.append(words.AFTER[after[1]])
        end = after.end()
    if not _counts(
        text, number, measure, (start, end), signed=signed, hedged=bool(bounds), high=high
    ):
        return None, max(last.end, number.start + 1)
    factor = measure.factor if measure else 0
    value, top = times(number.value, factor), times(high.value, factor) if high else None
    if measure and text[measure.end - 1] == "半" and measure.kind is Kind.PERCENT:
        value = value + 5
    code = currency or (measure.currency if measure else None)
    refusal = number.refusal or (high and high.refusal)
    if kind is Kind.MONEY and code is None:
        code = None if any(word in text for word in words.YEN_CONTEXT) else "CNY"
        refusal = refusal or (None if code else Refusal.AMBIGUOUS_CURRENCY)
    if currency and measure and measure.currency not in (None, currency, "CNY"):
        refusal = refusal or Refusal.AMBIGUOUS_CURRENCY
    if refusal:
        return read(text, (start, end), refusal), end
    quantity = Quantity(
        negative(value, minus=minus),
        kind,
        Bound.EXACT,
        negative(top, minus=minus) if top is not None else None,
        code if kind is Kind.MONEY else None,
        measure.unit if measure and kind is not Kind.MONEY else None,
        last.scale,
    )
    return _finish(text, (start, end), bounds, quantity)


def _finish(
    text: str, span: tuple[int, int], bounds: list[Bound], quantity: Quantity
) -> tuple[Reading, int]:
    bound = Bound.RANGE if quantity.value_max is not None else combine(bounds)
    if isinstance(bound, Refusal):
        return read(text, span, bound), span[1]
    settled = replace(quantity, bound=bound)
    return read(text, span, settled), span[1]


def _range(text: str, number: Number, start: int, floor: int) -> tuple[Number, Number | None]:
    """The number with its scale settled, and the other end where the phrase is a range."""
    first = _measure(text, number)
    ends = [number.end, *([first.end] if first else [])]
    for end in ends:
        join = _JOIN.match(text, end)
        if join is None or number.refusal:
            continue
        spoken = join[0].strip() in ("至", "到")
        if spoken and _FROM.search(text, max(floor, start - 8), start):
            continue
        if text[join.end() - 1 : join.end() + 1] == "––" or not _CANDIDATE.match(text, join.end()):
            continue
        sign = re.compile(rf"(?:{_any(words.SIGNS)}){_GAP}").match(text, join.end())
        high = _number(text, sign.end() if sign else join.end())
        if high is None or high.refusal or high.more:
            continue
        low = number
        if high.power and not number.power:
            value = times(number.value, high.power)
            if value < high.value:
                low = replace(number, value=value, power=high.power, scale=high.scale, plain=False)
            elif number.value < 1000:
                continue  # 5至3万 is no range
        if low.value < high.value and (high.power or _measure(text, high)):
            return low, high
    return number, None


def _counts(
    text: str,
    number: Number,
    measure: Measure | None,
    span: tuple[int, int],
    *,
    signed: bool,
    hedged: bool,
    high: Number | None,
) -> bool:
    """Whether the number is an amount at all, not a name, an idiom or a part of a code."""
    whole = span == (0, len(text))
    one = number.spelled and not number.power and number.value < 2 and high is None
    if signed or (measure and measure.kind in (Kind.PERCENT, Kind.MONEY)):
        return not (one and measure is not None and measure.kind is Kind.MONEY and not whole)
    if number.refusal is Refusal.VAGUE:
        return False
    if number.power >= 4:
        return True
    if one:
        return whole and measure is not None and measure.kind is not Kind.COUNT
    if number.spelled and measure and measure.kind is Kind.COUNT and not number.power:
        return measure.known or number.value >= 100
    if measure is not None:
        return True
    if number.spelled:
        return whole
    if not number.plain and number.value >= 1000:
        return True
    ascii_behind = text[number.end : number.end + 1]
    if ascii_behind.isascii() and ascii_behind.isalnum():
        return False
    return number.power > 0 or whole or (hedged and number.value >= 100)
