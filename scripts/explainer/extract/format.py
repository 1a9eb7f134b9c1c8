"""Quantities in the house style of each language; what is written reads back as the same.

English: digits with million, billion, trillion; the dollar sign before, other currencies in words.
Chinese: Arabic digits with 万 and 亿 only (GB/T 15835—2011), ungrouped below ten thousand. Values
are exact: what does not fit a scale with four decimals is written out in full.
"""

from decimal import Decimal

from explainer.extract.lexicon import CHINESE, ENGLISH
from explainer.extract.numerals import times
from explainer.extract.quantity import Kind, Language, Quantity

_DECIMALS = 4
"""More decimals than this before a scale word are harder to read than the number in full."""
_WORDS = {"en": ENGLISH, "zh": CHINESE}
_FULL = {"en": ",f", "zh": "f"}


def write(quantity: Quantity, language: Language) -> str:
    """Return the quantity with its hedge and unit: "nearly $700 million", “近7亿美元”."""
    words, kind = _WORDS[language], quantity.kind
    hedges, joints = words["style_hedges"], words["style_joints"]
    hedge = str(hedges.get(f"{quantity.bound} {kind}") or hedges.get(quantity.bound, ""))
    if kind is Kind.DATE and quantity.edtf:
        year, month, *day = map(int, quantity.edtf.split("-"))
        name = words["style_months"][month - 1]
        return hedge + str(words["style_dates"][len(day)].format(year, name, *day))
    form, (low, *high) = _form(quantity, language), _ends(quantity, language)
    if not high:
        return hedge + _amount(low, form)
    is_repeated = kind is Kind.PERCENT or form.endswith("{}")
    low = _amount(low, form if is_repeated else "{}")
    return f"{low}{joints.get(kind, joints['range'])}{_amount(high[0], form)}"


def write_number(value: Decimal, language: Language) -> str:
    """Return a plain number: "1,100" and "29,700"; in Chinese 1100 and 2.97万."""
    return write(Quantity(value, Kind.COUNT), language)


def _scaled(value: Decimal, language: Language) -> str | None:
    """Digits and scale word, where a scale fits the value exactly."""
    for name, power in _WORDS[language]["style_scales"].items():
        if value and value.adjusted() >= power:
            digits = f"{times(value, -power):f}"
            return digits + name if len(digits.partition(".")[2]) <= _DECIMALS else None
    return None


def _ends(quantity: Quantity, language: Language) -> list[str]:
    """One or both ends in one style: all with scales, or all in full."""
    ends = [end for end in (quantity.value, quantity.value_max) if end is not None]
    if quantity.kind in (Kind.RANK, Kind.YEAR):
        return [f"{end:f}" for end in ends]
    word = _WORDS[language]["style_numbers"].get(ends[0])
    if quantity.kind is Kind.DURATION and len(ends) == 1 and word:
        return [word]
    # 1800年 would name a year where a length of time is meant.
    years = quantity.unit == "years" and any(1001 <= end < 2200 for end in ends)
    scaled = [short for end in ends if (short := _scaled(end, language))]
    if len(scaled) == len(ends):
        return scaled
    return [format(end, ",f" if years else _FULL[language]) for end in ends]


def _form(quantity: Quantity, language: Language) -> str:
    """What stands around a number: a sign before it, a word or unit behind it."""
    words, code, unit = _WORDS[language], quantity.currency or "", quantity.unit or ""
    if form := words["style_money"].get(code) or words["style_forms"].get(quantity.kind):
        return str(form).replace("¤", code)
    if language == "zh":
        return f"{{}}{words['style_units'].get(unit, '')}"
    unit = unit.replace("_", " ")
    if quantity.value == 1 and quantity.value_max is None:
        unit = words["style_one"].get(unit, unit.removesuffix("s"))
    return f"{{}} {unit}".rstrip()


def _amount(number: str, form: str) -> str:
    """A number in its form, a minus before both."""
    return f"−{form.format(number[1:])}" if number.startswith("-") else form.format(number)
