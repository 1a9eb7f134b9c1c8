"""Quantities in the house style of each language."""

from decimal import Decimal

from explainer.quantities.model import Bound, Kind, Language, Quantity

_HEDGES: dict[Language, dict[Bound, str]] = {
    "en": {
        Bound.ABOUT: "about ",
        Bound.NEARLY: "nearly ",
        Bound.MORE_THAN: "more than ",
        Bound.AT_LEAST: "at least ",
        Bound.LESS_THAN: "less than ",
        Bound.AT_MOST: "at most ",
    },
    "zh": {
        Bound.ABOUT: "约",
        Bound.NEARLY: "近",
        Bound.MORE_THAN: "超过",
        Bound.AT_LEAST: "至少",
        Bound.LESS_THAN: "不到",
        Bound.AT_MOST: "至多",
    },
}
_EN_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_ZH_SCALES = ((12, "万亿"), (8, "亿"), (4, "万"))
_EN_MONEY = {
    "USD": "${}",
    "KRW": "{} won",
    "CNY": "{} yuan",
    "EUR": "€{}",
    "GBP": "£{}",
    "JPY": "{} yen",
}
_ZH_MONEY = {
    "USD": "美元",
    "KRW": "韩元",
    "CNY": "元人民币",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
}
_ZH_UNITS = {
    "jobs": "个岗位",
    "countries": "个国家",
    "people": "人",
    "households": "户",
    "episodes": "集",
    "works": "部作品",
    "hours": "小时",
    "companies": "家公司",
    "years": "年",
    "months": "个月",
    "weeks": "周",
    "days": "天",
    "minutes": "分钟",
}
_EN_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ZH_WORDS = "零一二三四五六七八九十"


def _trim(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_number(value: Decimal, language: Language) -> str:
    """A plain number: "1,100", "7.14", "29,700"; in Chinese 1100, 7.14, 2.97万."""
    if language == "en":
        for power, name in _EN_SCALES:
            if abs(value) >= Decimal(10) ** power:
                return f"{_trim(value.scaleb(-power))} {name}"
        return f"{value:,f}"
    for power, name in _ZH_SCALES:
        if abs(value) >= Decimal(10) ** power:
            return f"{_trim(value.scaleb(-power))}{name}"
    return f"{value:f}"


def write(quantity: Quantity, language: Language) -> str:
    """The quantity with its hedge and unit."""
    return _HEDGES[language].get(quantity.bound, "") + (_english if language == "en" else _chinese)(
        quantity
    )


def _english(quantity: Quantity) -> str:
    value = quantity.value
    number = write_number(value, "en")
    match quantity.kind:
        case Kind.MONEY:
            return _EN_MONEY.get(quantity.currency or "", "{} " + (quantity.currency or "")).format(
                number
            )
        case Kind.PERCENT:
            return f"{number}%"
        case Kind.MULTIPLE:
            return f"{number} times"
        case Kind.YEAR:
            return f"{value:f}"
        case Kind.DURATION if value == value.to_integral_value() and 0 < value <= 10:
            return f"{_EN_WORDS[int(value)]} {quantity.unit}"
    return f"{number} {quantity.unit}" if quantity.unit else number


def _chinese(quantity: Quantity) -> str:
    value = quantity.value
    number = write_number(value, "zh")
    match quantity.kind:
        case Kind.MONEY:
            return number + _ZH_MONEY.get(quantity.currency or "", quantity.currency or "")
        case Kind.PERCENT:
            return f"{number}%"
        case Kind.MULTIPLE:
            return f"{number}倍"
        case Kind.YEAR:
            return f"{value:f}年"
        case Kind.DURATION if value == value.to_integral_value() and 0 < value < 10:
            return f"{_ZH_WORDS[int(value)]}{_ZH_UNITS[quantity.unit or 'years']}"
    return number + _ZH_UNITS.get(quantity.unit or "", "")
