"""Quantities in the house style of each language; what is written reads back as the same.

English: digits with million, billion, trillion; the dollar sign before, other currencies in words.
Chinese: Arabic digits with 万 and 亿 only (GB/T 15835—2011), ungrouped below ten thousand. Values
are exact: what does not fit a scale with four decimals is written out in full.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from explainer.extract.numerals import times
from explainer.extract.quantity import Bound, Kind, Language, Quantity

_DECIMALS = 4
"""More decimals than this before a scale word are harder to read than the number in full."""

_EN_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_ZH_SCALES = ((12, "万亿"), (8, "亿"), (4, "万"))
_EN_HEDGES = {
    Bound.ABOUT: "about ",
    Bound.NEARLY: "nearly ",
    Bound.MORE_THAN: "more than ",
    Bound.AT_LEAST: "at least ",
    Bound.LESS_THAN: "less than ",
    Bound.AT_MOST: "at most ",
}
_ZH_HEDGES = {
    Bound.ABOUT: "约",
    Bound.NEARLY: "近",
    Bound.MORE_THAN: "超过",
    Bound.AT_LEAST: "至少",
    Bound.LESS_THAN: "不到",
    Bound.AT_MOST: "至多",
}
_EN_MONEY = {
    "USD": "${}",
    "EUR": "€{}",
    "GBP": "£{}",
    "KRW": "{} won",
    "CNY": "{} yuan",
    "JPY": "{} yen",
    "HKD": "HK${}",
    "TWD": "NT${}",
    "SGD": "S${}",
    "AUD": "A${}",
    "CAD": "C${}",
    "NZD": "NZ${}",
    "BRL": "R${}",
    "INR": "₹{}",
    "RUB": "₽{}",
    "VND": "₫{}",
    "THB": "{} baht",
    "PHP": "₱{}",
    "CHF": "CHF {}",
    "MYR": "{} ringgit",
}
_ZH_MONEY = {
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "KRW": "韩元",
    "CNY": "元人民币",
    "JPY": "日元",
    "HKD": "港元",
    "TWD": "新台币",
    "SGD": "新加坡元",
    "AUD": "澳元",
    "CAD": "加元",
    "NZD": "新西兰元",
    "BRL": "雷亚尔",
    "INR": "卢比",
    "RUB": "卢布",
    "VND": "越南盾",
    "THB": "泰铢",
    "PHP": "菲律宾比索",
    "CHF": "瑞士法郎",
    "MYR": "林吉特",
}
ZH_UNITS = {
    "jobs": "个岗位",
    "people": "人",
    "employees": "名员工",
    "countries": "个国家",
    "cities": "座城市",
    "households": "户家庭",
    "homes": "套住房",
    "accounts": "个账户",
    "subscribers": "名订阅用户",
    "members": "名会员",
    "users": "名用户",
    "viewers": "名观众",
    "views": "次播放",
    "visits": "人次",
    "downloads": "次下载",
    "episodes": "集",
    "stages": "个摄影棚",
    "works": "部作品",
    "films": "部电影",
    "series": "部剧集",
    "songs": "首歌曲",
    "books": "本书",
    "companies": "家公司",
    "stores": "家门店",
    "brands": "个品牌",
    "shares": "股",
    "cars": "辆汽车",
    "vehicles": "辆",
    "planes": "架飞机",
    "students": "名学生",
    "schools": "所学校",
    "tickets": "张票",
    "votes": "票",
    "seats": "个席位",
    "tonnes": "吨",
    "kilometres": "公里",
    "metres": "米",
    "square_metres": "平方米",
    "square_kilometres": "平方公里",
    "kilograms": "公斤",
    "years": "年",
    "quarters": "个季度",
    "months": "个月",
    "weeks": "周",
    "days": "天",
    "hours": "小时",
    "minutes": "分钟",
    "seconds": "秒",
}
_EN_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ZH_WORDS = ("一", "两", "三", "四", "五", "六", "七", "八", "九")


def write(quantity: Quantity, language: Language) -> str:
    """The quantity with its hedge and unit: "nearly $700 million", “近7亿美元”."""
    return _WRITERS[language](quantity)


def write_number(value: Decimal, language: Language) -> str:
    """A plain number: "1,100" and "29,700"; in Chinese 1100 and 2.97万."""
    return _NUMBERS[language](value)


def _scaled(value: Decimal, scales: tuple[tuple[int, str], ...]) -> tuple[str, str] | None:
    """Digits and scale word, where a scale fits the value exactly."""
    for power, name in scales:
        if value and value.adjusted() >= power:
            digits = f"{times(value, -power):f}"
            return (digits, name) if len(digits.partition(".")[2]) <= _DECIMALS else None
    return None


def _english_number(value: Decimal) -> str:
    scaled = _scaled(value, _EN_SCALES)
    return f"{scaled[0]} {scaled[1]}" if scaled else f"{value:,f}"


def _chinese_number(value: Decimal) -> str:
    scaled = _scaled(value, _ZH_SCALES)
    return "".join(scaled) if scaled else f"{value:f}"


def _ends(
    quantity: Quantity,
    scales: tuple[tuple[int, str], ...],
    scaled: Callable[[Decimal], str],
    full: Callable[[Decimal], str],
) -> tuple[str, str]:
    """Both ends of a range in one style: with scales on both, or both in full."""
    high = quantity.value_max if quantity.value_max is not None else quantity.value
    both = all(_scaled(end, scales) for end in (quantity.value, high))
    writer = scaled if both else full
    return writer(quantity.value), writer(high)


def _signed(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text


# English


def _english(quantity: Quantity) -> str:
    hedge = _EN_HEDGES.get(quantity.bound, "")
    if quantity.bound is Bound.LESS_THAN and quantity.kind is Kind.COUNT:
        hedge = "fewer than "
    if quantity.kind in (Kind.YEAR, Kind.DATE, Kind.RANK):
        return hedge + _english_moment(quantity)
    if quantity.value_max is not None:
        return _english_range(quantity)
    return hedge + _english_amount(quantity, _english_number(quantity.value))


def _english_amount(quantity: Quantity, number: str) -> str:
    """One end, with what it measures: a sign before the number, a word or unit behind it."""
    minus = "−" if number.startswith("-") else ""
    number = number.removeprefix("-")
    match quantity.kind:
        case Kind.MONEY:
            form = _EN_MONEY.get(quantity.currency or "", f"{quantity.currency} {{}}")
            return minus + form.format(number)
        case Kind.PERCENT:
            return f"{minus}{number}%"
        case Kind.MULTIPLE:
            return f"{minus}{number} times"
        case Kind.DURATION if _is_small(quantity.value) and quantity.value_max is None:
            number = _EN_WORDS[int(quantity.value) - 2]
    unit = (quantity.unit or "").replace("_", " ")
    if quantity.value == 1 and quantity.value_max is None:
        unit = _ONE.get(unit, unit.removesuffix("s"))
    return f"{minus}{number} {unit}" if unit else minus + number


_ONE = {"people": "people", "countries": "country", "companies": "company", "cities": "city"} | {
    name: name for name in ("series", "staff")
}


def _is_small(value: Decimal) -> bool:
    return value == value.to_integral_value() and 2 <= value <= 10


def _english_range(quantity: Quantity) -> str:
    low, high = _ends(quantity, _EN_SCALES, _english_number, lambda value: f"{value:,f}")
    last = _english_amount(quantity, high)
    money = _EN_MONEY.get(quantity.currency or "", "")
    if quantity.kind is Kind.PERCENT or (quantity.kind is Kind.MONEY and money.endswith("{}")):
        return f"{_english_amount(quantity, low)} to {last}"
    return f"{_signed(low)} to {last}"


def _english_moment(quantity: Quantity) -> str:
    match quantity.kind:
        case Kind.RANK:
            return f"No. {quantity.value:f}"
        case Kind.DATE:
            return _date(quantity.edtf or "", "{month} {day}, {year}", "{month} {year}", _MONTHS)
    end = "" if quantity.value_max is None else f"–{quantity.value_max:f}"
    return f"{quantity.value:f}{end}"


_MONTHS = tuple(
    (
        "January February March April May June July August September October November December"
    ).split()
)


def _date(edtf: str, full: str, month_only: str, months: tuple[str, ...]) -> str:
    year, month, day = [*edtf.split("-"), "0", "0"][:3]
    form = full if int(day) else month_only
    return form.format(year=year, month=months[int(month) - 1], day=int(day))


# Chinese


def _chinese(quantity: Quantity) -> str:
    hedge = _ZH_HEDGES.get(quantity.bound, "")
    if quantity.bound is Bound.NEARLY and quantity.kind is Kind.DURATION:
        hedge = "将近"  # 近五年 means the last five years
    if quantity.kind in (Kind.YEAR, Kind.DATE, Kind.RANK):
        return hedge + _chinese_moment(quantity)
    if quantity.value_max is not None:
        full = _grouped if _looks_like_years(quantity) else lambda value: f"{value:f}"
        low, high = _ends(quantity, _ZH_SCALES, _chinese_number, full)
        repeated = "%" if quantity.kind is Kind.PERCENT else ""
        return f"{_signed(low)}{repeated}～{_chinese_amount(quantity, high)}"
    number = _grouped if _looks_like_years(quantity) else _chinese_number
    return hedge + _chinese_amount(quantity, number(quantity.value))


def _looks_like_years(quantity: Quantity) -> bool:
    """Whether 1800年 would name a year where a length of time is meant."""
    ends = (quantity.value, quantity.value_max or quantity.value)
    return quantity.unit == "years" and any(1800 <= end <= 2099 for end in ends)


def _grouped(value: Decimal) -> str:
    return f"{value:,f}"


def _chinese_amount(quantity: Quantity, number: str) -> str:
    number = _signed(number)
    match quantity.kind:
        case Kind.MONEY:
            return number + _ZH_MONEY.get(quantity.currency or "", quantity.currency or "")
        case Kind.PERCENT:
            return f"{number}%"
        case Kind.MULTIPLE:
            return f"{number}倍"
        case Kind.DURATION if quantity.value_max is None and quantity.value in range(1, 10):
            number = _ZH_WORDS[int(quantity.value) - 1]
    return number + ZH_UNITS.get(quantity.unit or "", "")


def _chinese_moment(quantity: Quantity) -> str:
    match quantity.kind:
        case Kind.RANK:
            return f"第{quantity.value:f}位"
        case Kind.DATE:
            numbers = tuple(str(month) for month in range(1, 13))
            return _date(
                quantity.edtf or "", "{year}年{month}月{day}日", "{year}年{month}月", numbers
            )
    if quantity.value_max is not None:
        return f"{quantity.value:f}—{quantity.value_max:f}年"
    return f"{quantity.value:f}年"


_WRITERS: Mapping[Language, Callable[[Quantity], str]] = {"en": _english, "zh": _chinese}
_NUMBERS: Mapping[Language, Callable[[Decimal], str]] = {
    "en": lambda value: _signed(_english_number(value)),
    "zh": lambda value: _signed(_chinese_number(value)),
}

STYLE: Mapping[str, object] = {
    "enHedges": {str(bound): hedge for bound, hedge in _EN_HEDGES.items()},
    "zhHedges": {str(bound): hedge for bound, hedge in _ZH_HEDGES.items()},
    "enMoney": _EN_MONEY,
    "zhMoney": _ZH_MONEY,
    "zhUnits": ZH_UNITS,
    "one": _ONE,
    "enWords": _EN_WORDS,
    "zhWords": _ZH_WORDS,
    "months": _MONTHS,
}
"""The tables of the house style, for the writer that runs in browsers."""
