"""Numerals in Chinese: digits, Chinese numerals, and both at once (1亿2千万)."""

import re
from decimal import Decimal

from explainer.extract.numerals import BLOB, tidy, times
from explainer.extract.numerals import value as value_of
from explainer.extract.phrase import Number
from explainer.extract.quantity import Refusal
from explainer.extract.zh import lexicon

GAP = r"[ \u00a0]?"
NUMERAL = "".join([*lexicon.DIGITS, *lexicon.SMALL])
CANDIDATE = re.compile(rf"[0-9]|[{NUMERAL}]|[百千万]分之|翻了?[一两二三]番")
_RUN = re.compile(rf"[0-9A-Za-z.,:/{NUMERAL}万亿]+")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?= ?[多余]? ?[万亿元美韩日欧英港人])")
_DIGITS = re.compile(rf"[{''.join(lexicon.DIGITS)}]+")
_MORE = re.compile(rf"{GAP}([多余])(?={GAP}[十百千万亿])")
_VAGUE = re.compile(r"[几数来]")
_BIG = re.compile(rf"{GAP}([十百千]?[万亿]+|[百千])")
_TRILLION = re.compile(rf"{GAP}兆(?![瓦赫比帕字欧伏焦])")


def run_end(text: str, at: int) -> int:
    """The end of the run of letters and digits that a number is a part of."""
    run = _RUN.match(text, at)
    if run is None or not text[at].isascii():
        return at + 1
    return run.end()


def number_at(text: str, at: int) -> Number | None:
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
        exponent = sum(lexicon.SMALL.get(c, 0) or lexicon.BIG.get(c, 0) for c in big[1])
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
        if character in lexicon.DIGITS:
            if digit >= 0 and not (digit == 0 and zero):
                return Decimal(0), _digits_end(text, at), True, Refusal.VAGUE
            digit = lexicon.DIGITS[character]
            zero = digit == 0
        elif character in lexicon.SMALL:
            exponent = lexicon.SMALL[character]
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
        short = last > 1 and last < 4 and text[end - 2] in lexicon.SMALL
        total += digit * (10 ** (last - 1) if short else 1)
    return Decimal(total), end, last == 4, None


def _digits_end(text: str, at: int) -> int:
    found = _DIGITS.match(text, at)
    return found.end() if found else at + 1
