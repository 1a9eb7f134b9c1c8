"""Quantities in the house style of each language; what is written reads back as the same.

English: digits with million, billion, trillion; the dollar sign before, other currencies in words.
Chinese: Arabic digits with 万 and 亿 only (GB/T 15835—2011), ungrouped below ten thousand. Values
are exact: what does not fit a scale with four decimals is written out in full.
"""

from decimal import Decimal

from explainer.extract.lexicon import CHINESE, ENGLISH
from explainer.extract.numerals import times
from explainer.extract.quantity import Bound, Kind, Language, Quantity

_DECIMALS = 4
"""More decimals than this before a scale word are harder to read than the number in full."""
_SCALES = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_EN_MONEY: dict[str, str] = ENGLISH["style_money"]
_ZH_MONEY: dict[str, str] = CHINESE["style_money"]


def write(quantity: Quantity, language: Language) -> str:
    """Return the quantity with its hedge and unit: "nearly $700 million", “近7亿美元”."""
    return _english(quantity) if language == "en" else _chinese(quantity)


def write_number(value: Decimal, language: Language) -> str:
    """Return a plain number: "1,100" and "29,700"; in Chinese 1100 and 2.97万."""
    return _signed(_scaled(value, language) or _full(value, language))


def _scaled(value: Decimal, language: Language) -> str | None:
    """Digits and scale word, where a scale fits the value exactly."""
    for power, name in _SCALES[language]:
        if value and value.adjusted() >= power:
            digits = f"{times(value, -power):f}"
            return digits + name if len(digits.partition(".")[2]) <= _DECIMALS else None
    return None


def _full(value: Decimal, language: Language, *, grouped: bool = False) -> str:
    return f"{value:,f}" if grouped or language == "en" else f"{value:f}"


def _ends(quantity: Quantity, language: Language) -> list[str]:
    """One or both ends in one style: all with scales, or all in full."""
    ends = [quantity.value] + ([quantity.value_max] if quantity.value_max is not None else [])
    # 1800年 would name a year where a length of time is meant.
    years = quantity.unit == "years" and any(1001 <= end < 2200 for end in ends)
    scaled = [_scaled(end, language) for end in ends]
    return [
        short if short and all(scaled) else _full(end, language, grouped=years)
        for short, end in zip(scaled, ends, strict=True)
    ]


def _signed(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text


def _english(quantity: Quantity) -> str:
    hedge: str = ENGLISH["style_hedges"].get(quantity.bound, "")
    if quantity.bound is Bound.LESS_THAN and quantity.kind is Kind.COUNT:
        hedge = "fewer than "
    match quantity.kind:
        case Kind.RANK:
            return f"{hedge}No. {quantity.value:f}"
        case Kind.DATE:
            year, month, day = [*(quantity.edtf or "").split("-"), ""][:3]
            name = ENGLISH["style_months"][int(month) - 1]
            return f"{hedge}{name} {int(day)}, {year}" if day else f"{hedge}{name} {year}"
        case Kind.YEAR:
            return hedge + "–".join(f"{end:f}" for end in _values(quantity))
    first, *last = _ends(quantity, "en")
    if not last:
        return hedge + _english_amount(quantity, first)
    form = _EN_MONEY.get(quantity.currency or "", "")
    repeated = quantity.kind is Kind.PERCENT or form.endswith("{}")
    low = _english_amount(quantity, first) if repeated else _signed(first)
    return f"{low} to {_english_amount(quantity, last[0])}"


def _values(quantity: Quantity) -> list[Decimal]:
    return [end for end in (quantity.value, quantity.value_max) if end is not None]


def _english_amount(quantity: Quantity, number: str) -> str:
    """One end, with what it measures: a sign before the number, a word or unit behind it."""
    minus, number = ("−", number[1:]) if number.startswith("-") else ("", number)
    value, alone = quantity.value, quantity.value_max is None
    match quantity.kind:
        case Kind.MONEY:
            form = _EN_MONEY.get(quantity.currency or "", f"{quantity.currency} {{}}")
            return minus + form.format(number)
        case Kind.PERCENT:
            return f"{minus}{number}%"
        case Kind.MULTIPLE:
            return f"{minus}{number} times"
        case Kind.DURATION if alone and value in range(2, 11):
            number = ENGLISH["style_numbers"][int(value) - 2]
    unit = (quantity.unit or "").replace("_", " ")
    if value == 1 and alone:
        unit = ENGLISH["style_one"].get(unit, unit.removesuffix("s"))
    return f"{minus}{number} {unit}".rstrip()


def _chinese(quantity: Quantity) -> str:
    hedge: str = CHINESE["style_hedges"].get(quantity.bound, "")
    if quantity.bound is Bound.NEARLY and quantity.kind is Kind.DURATION:
        hedge = "将近"  # 近五年 means the last five years
    match quantity.kind:
        case Kind.RANK:
            return f"{hedge}第{quantity.value:f}位"
        case Kind.DATE:
            year, month, day = [*(quantity.edtf or "").split("-"), ""][:3]
            return f"{hedge}{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
        case Kind.YEAR:
            return f"{hedge}{'—'.join(f'{end:f}' for end in _values(quantity))}年"
    first, *last = _ends(quantity, "zh")
    if not last:
        return hedge + _chinese_amount(quantity, first)
    repeated = "%" if quantity.kind is Kind.PERCENT else ""
    return f"{_signed(first)}{repeated}～{_chinese_amount(quantity, last[0])}"


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
            number = CHINESE["style_numbers"][int(quantity.value) - 1]
    return number + str(CHINESE["style_units"].get(quantity.unit or "", ""))
