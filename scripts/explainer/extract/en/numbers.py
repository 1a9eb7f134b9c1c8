"""Numerals in English: digits with their scales, and numbers in words."""

import re
from dataclasses import replace
from decimal import Decimal

from explainer.extract.en import lexicon
from explainer.extract.numerals import BLOB, tidy, times
from explainer.extract.numerals import value as value_of
from explainer.extract.phrase import Number, any_of
from explainer.extract.quantity import Refusal

GAP = r"[ \u00a0]"


_NUMBER_WORD = any_of([*lexicon.ONES, *lexicon.TENS, "hundred", "half", "quarter"])
CANDIDATE = re.compile(
    rf"[0-9]|\b(?:{any_of(lexicon.ONES)})-?fold\b|\ban?{GAP}(?:{any_of(lexicon.PARTS)})\b(?={GAP}of\b)"
    rf"|\b(?:{_NUMBER_WORD}|an?(?={GAP}(?:quarter{GAP}of{GAP}a|hundred|{any_of(lexicon.SCALES)})\b))\b"
)
_SCALE_WORD = re.compile(rf"(?:{GAP}|-)?({any_of(lexicon.SCALES)})s?\b")
_SHORT_SCALE = re.compile(rf"{GAP}?({any_of(lexicon.SHORT_SCALES)})(?![a-z0-9²³])", re.IGNORECASE)
_SECOND_SCALE = re.compile(rf"(?:{GAP}(?:hundred|{any_of(lexicon.SCALES)})s?\b)+")
TIMES = re.compile(rf"{GAP}?-?fold\b|x\b|{GAP}times\b")
_RUN = re.compile(r"[0-9a-z]+(?:[.,'-][0-9a-z]+)*")
_WORD = re.compile(r"[a-z]+")
_FRACTION = re.compile(
    rf"(half|quarter|a{GAP}quarter){GAP}(?:of{GAP})?(?:a|an|one)?{GAP}?({any_of(lexicon.SCALES)})\b"
)
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?![0-9,.])")


def run_end(lower: str, at: int) -> int:
    """The end of the run of letters and digits that a number is a part of."""
    end = _RUN.match(lower, at)
    return end.end() if end else at + 1


def number_at(lower: str, at: int) -> Number | None:
    """The numeral at ``at`` with its scale; ``None`` where letters make it part of a name."""
    number = _digits(lower, at) if lower[at].isdigit() else _spelled(lower, at)
    if number is None or number.spelled:
        return number
    scale = _SCALE_WORD.match(lower, number.end) or _SHORT_SCALE.match(lower, number.end)
    if scale is not None:
        power = (lexicon.SCALES | lexicon.SHORT_SCALES)[scale[1]]
        number = replace(
            number,
            end=scale.end(),
            value=times(number.value, power),
            power=power,
            scale=lexicon.SCALE_NAMES[power],
            # A single letter is a scale only beside a currency or a counted noun.
            plain=len(scale[1]) == 1,
        )
    elif number.end < len(lower) and _glued(lower, number.end):
        return None
    if more := _SECOND_SCALE.match(lower, number.end):
        # "3 thousand billion": read by halves it would be a thousand, or a billion, times wrong.
        return replace(number, end=more.end(), refusal=Refusal.MALFORMED)
    if lower[number.end : number.end + 1] == "+":
        return replace(number, end=number.end + 1, more=True)
    return number


def _glued(lower: str, end: int) -> bool:
    """Whether letters stand right behind a number and make it a part of something else."""
    return lower[end].isalpha() and not TIMES.match(lower, end)


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
    fraction = _FRACTION.match(lower, at)
    if fraction:
        power = lexicon.SCALES[fraction[2]]
        share = Decimal("0.5") if fraction[1] == "half" else Decimal("0.25")
        value = times(share, power)
        return Number(at, fraction.end(), value, power, lexicon.SCALE_NAMES[power], spelled=True)
    groups: list[tuple[Decimal, int]] = []  # finished groups and their scales, falling
    section, end, power, seen = Decimal(0), at, 0, False
    for word in _WORD.finditer(lower, at):
        gap = lower[end : word.start()]
        if word.start() > at and gap not in (" ", "-", "\u00a0"):
            break
        name = word[0].removesuffix("s") if word[0] in ("millions", "billions") else word[0]
        if name in lexicon.ONES or name in lexicon.TENS:
            here = Decimal(lexicon.ONES.get(name, lexicon.TENS.get(name, 0)))
            if seen and section % 10 and section % 100:
                return None
            section += here
        elif name in ("a", "an") and not seen:
            section = Decimal(1)
        elif name == "hundred" and seen:
            section = (section or Decimal(1)) * 100
        elif name in lexicon.SCALES and seen:
            scale = lexicon.SCALES[name]
            # "three thousand two hundred million" scales all that is smaller than a million.
            while groups and groups[-1][1] < scale:
                section += groups.pop()[0]
            if groups and times(section, scale) >= Decimal(10) ** groups[-1][1]:
                return None
            groups.append((times(section, scale), scale))
            power, section = max(power, scale), Decimal(0)
        elif name == "and" and seen and lower[word.end() : word.end() + 1] == " ":
            following = _WORD.match(lower, word.end() + 1)
            if (
                section % 100
                or following is None
                or following[0] not in {**lexicon.ONES, **lexicon.TENS}
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
    total = sum((group for group, _ in groups), section)
    return Number(at, end, tidy(total), power, lexicon.SCALE_NAMES.get(power), spelled=True)
