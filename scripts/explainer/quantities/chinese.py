"""Number phrases in Chinese."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from explainer.quantities.model import Bound, Kind, Quantity, Reading, Refusal

SCALES = {
    "十": 1,
    "百": 2,
    "千": 3,
    "万": 4,
    "萬": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "億": 8,
    "万亿": 12,
    "萬億": 12,
}
CURRENCIES = {
    "美元": "USD",
    "美金": "USD",
    "韩元": "KRW",
    "韓元": "KRW",
    "韩圆": "KRW",
    "韓圓": "KRW",
    "元人民币": "CNY",
    "人民币": "CNY",
    "人民幣": "CNY",
    "元": "CNY",
    "日元": "JPY",
    "日圓": "JPY",
    "欧元": "EUR",
    "歐元": "EUR",
    "英镑": "GBP",
    "英鎊": "GBP",
    "港元": "HKD",
    "港币": "HKD",
    "新台币": "TWD",
}
UNITS = {
    "个工作岗位": "jobs",
    "個工作崗位": "jobs",
    "个岗位": "jobs",
    "个就业岗位": "jobs",
    "工作岗位": "jobs",
    "个国家和地区": "countries",
    "个国家": "countries",
    "個國家": "countries",
    "人": "people",
    "户家庭": "households",
    "户": "households",
    "集": "episodes",
    "部作品": "works",
    "部": "works",
    "小时": "hours",
    "个小时": "hours",
    "家公司": "companies",
    "次": "times",
}
DURATIONS = {
    "年": "years",
    "个月": "months",
    "個月": "months",
    "天": "days",
    "周": "weeks",
    "分钟": "minutes",
}
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "兩": 2,
    "〇": 0,
    "十": 10,
}
BEFORE = {
    "近": Bound.NEARLY,
    "将近": Bound.NEARLY,
    "接近": Bound.NEARLY,
    "约": Bound.ABOUT,
    "約": Bound.ABOUT,
    "大约": Bound.ABOUT,
    "超过": Bound.MORE_THAN,
    "超過": Bound.MORE_THAN,
    "超": Bound.MORE_THAN,
    "逾": Bound.MORE_THAN,
    "至少": Bound.AT_LEAST,
    "不到": Bound.LESS_THAN,
    "不足": Bound.LESS_THAN,
    "至多": Bound.AT_MOST,
    "最多": Bound.AT_MOST,
    "高达": Bound.AT_MOST,
}
AFTER = {"左右": Bound.ABOUT, "以上": Bound.AT_LEAST, "以下": Bound.AT_MOST}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_S = _any(SCALES)
_PHRASE = re.compile(
    rf"(?:(?P<before>{_any(BEFORE)})\s?)?"
    rf"(?P<number>-?{_N}|[一二三四五六七八九十两]+)\s?"
    rf"(?P<more>[多余餘]\s?)?(?P<scale>{_S})?\s?(?P<more2>[多余餘]\s?)?"
    rf"(?:[至到~\u2013-]\s?(?P<high>{_N})\s?(?P<highscale>{_S})?\s?)?"
    rf"(?:(?P<percent>%)|(?P<times>倍)|(?P<currency>{_any(CURRENCIES)})|(?P<unit>{_any(UNITS)})|(?P<duration>{_any(DURATIONS)}))?"
    rf"(?P<after>{_any(AFTER)})?"
)


def find(text: str) -> Iterator[Reading]:
    """The number phrases of ``text`` (plain characters), in order."""
    for match in _PHRASE.finditer(text):
        if match.start() and re.match(r"[第A-Za-z\d.]", text[match.start() - 1]):
            continue
        quantity = _quantity(match)
        if quantity is not None:
            exact = match.group().rstrip()
            yield Reading(exact, match.start(), match.start() + len(exact), quantity)


def parse(text: str) -> Reading:
    """The whole of ``text`` as one number phrase."""
    match = _PHRASE.fullmatch(text)
    quantity = _quantity(match, alone=True) if match else None
    if quantity is None:
        return Reading(text, 0, len(text), reason=Refusal.NO_NUMBER)
    return Reading(text, 0, len(text), quantity)


def _base(number: str) -> Decimal | None:
    if number[-1].isascii():
        return Decimal(number.replace(",", ""))
    if len(number) == 1:
        return Decimal(DIGITS[number])
    return None


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _quantity(match: re.Match[str], *, alone: bool = False) -> Quantity | None:
    number, scale = match["number"], match["scale"]
    base = _base(number)
    if base is None:
        return None
    spelled = not number[-1].isascii()
    value = _plain(base.scaleb(SCALES[scale] if scale else 0))
    bounds = [
        BEFORE.get(match["before"] or ""),
        Bound.MORE_THAN if match["more"] or match["more2"] else None,
        AFTER.get(match["after"] or ""),
    ]
    named = [b for b in bounds if b]
    bound = named[0] if named else Bound.EXACT
    high = None
    if match["high"]:
        top = match["highscale"] or scale
        high = _plain(Decimal(match["high"].replace(",", "")).scaleb(SCALES[top] if top else 0))
        if not scale and top:
            value = _plain(base.scaleb(SCALES[top]))
        bound = Bound.RANGE
    if match["percent"]:
        return Quantity(value, Kind.PERCENT, bound, high)
    if match["times"]:
        return Quantity(value, Kind.MULTIPLE, bound, high)
    if match["currency"]:
        return Quantity(value, Kind.MONEY, bound, high, CURRENCIES[match["currency"]], scale=scale)
    if match["duration"]:
        if match["duration"] == "年" and re.fullmatch(r"(?:1[89]|20)\d\d", number) and not scale:
            return Quantity(value, Kind.YEAR)
        return Quantity(value, Kind.DURATION, bound, high, unit=DURATIONS[match["duration"]])
    if spelled and not scale:
        return None
    if match["unit"]:
        return Quantity(value, Kind.COUNT, bound, high, unit=UNITS[match["unit"]], scale=scale)
    if scale or alone or named:
        return Quantity(value, Kind.COUNT, bound, high, scale=scale)
    return None
