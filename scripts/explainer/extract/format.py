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
_WORDS = {"en": ENGLISH, "zh": CHINESE}
_SMALL = {"en": [[Decimal(n)] for n in range(2, 11)], "zh": [[Decimal(n)] for n in range(1, 10)]}
"""Lengths of time that are written in words."""


def write(quantity: Quantity, language: Language) -> str:
    """Return the quantity with its hedge and unit: "nearly $700 million", “近7亿美元”."""
    hedge, ends = _hedge(quantity, language), _ends(quantity, language)
    match quantity.kind:
        case Kind.RANK:
            return f"{hedge}No. {ends[0]}" if language == "en" else f"{hedge}第{ends[0]}位"
        case Kind.DATE:
            return hedge + _date(quantity.edtf or "", language)
        case Kind.YEAR:
            return hedge + ("–".join(ends) if language == "en" else f"{'—'.join(ends)}年")
    form = _form(quantity, language)
    last = _amount(ends[-1], form)
    if len(ends) == 1:
        return hedge + last
    money = ENGLISH["style_money"].get(quantity.currency, "") if language == "en" else ""
    is_repeated = quantity.kind is Kind.PERCENT or money.endswith("{}")
    low = _amount(ends[0], form if is_repeated else "{}")
    return f"{low} to {last}" if language == "en" else f"{low}～{last}"


def write_number(value: Decimal, language: Language) -> str:
    """Return a plain number: "1,100" and "29,700"; in Chinese 1100 and 2.97万."""
    return _amount(_scaled(value, language) or _full(value, language), "{}")


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
    ends = [end for end in (quantity.value, quantity.value_max) if end is not None]
    if quantity.kind in (Kind.RANK, Kind.YEAR):
        return [f"{end:f}" for end in ends]
    if quantity.kind is Kind.DURATION and ends in _SMALL[language]:
        return [_WORDS[language]["style_numbers"][_SMALL[language].index(ends)]]
    # 1800年 would name a year where a length of time is meant.
    years = quantity.unit == "years" and any(1001 <= end < 2200 for end in ends)
    scaled = [_scaled(end, language) for end in ends]
    return [
        short if short and all(scaled) else _full(end, language, grouped=years)
        for short, end in zip(scaled, ends, strict=True)
    ]


def _hedge(quantity: Quantity, language: Language) -> str:
    if quantity.bound is Bound.LESS_THAN and quantity.kind is Kind.COUNT and language == "en":
        return "fewer than "
    if quantity.bound is Bound.NEARLY and quantity.kind is Kind.DURATION and language == "zh":
        return "将近"  # 近五年 means the last five years
    return str(_WORDS[language]["style_hedges"].get(quantity.bound, ""))


def _date(edtf: str, language: Language) -> str:
    year, month, day = [*(int(part) for part in edtf.split("-")), 0][:3]
    if language == "zh":
        return f"{year}年{month}月" + (f"{day}日" if day else "")
    name = ENGLISH["style_months"][month - 1]
    return f"{name} {day}, {year}" if day else f"{name} {year}"


def _form(quantity: Quantity, language: Language) -> str:
    """What stands around a number: a sign before it, a word or unit behind it."""
    words, is_english = _WORDS[language], language == "en"
    code, unit = quantity.currency or "", quantity.unit or ""
    match quantity.kind:
        case Kind.MONEY if is_english:
            return str(words["style_money"].get(code, f"{code} {{}}"))
        case Kind.MONEY:
            return f"{{}}{words['style_money'].get(code, code)}"
        case Kind.PERCENT:
            return "{}%"
        case Kind.MULTIPLE:
            return "{} times" if is_english else "{}倍"
    if not is_english:
        return f"{{}}{words['style_units'].get(unit, '')}"
    unit = unit.replace("_", " ")
    if quantity.value == 1 and quantity.value_max is None:
        unit = words["style_one"].get(unit, unit.removesuffix("s"))
    return f"{{}} {unit}".rstrip()


def _amount(number: str, form: str) -> str:
    """A number in its form, a minus before both."""
    return f"−{form.format(number[1:])}" if number.startswith("-") else form.format(number)
