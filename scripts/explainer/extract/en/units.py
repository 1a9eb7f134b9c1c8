"""What stands behind a number in English: per cent, currencies, durations, counted nouns."""

import re

from explainer.extract.en import lexicon
from explainer.extract.en.numbers import GAP, TIMES
from explainer.extract.phrase import Measure, Number, any_of
from explainer.extract.quantity import Kind, Refusal

PERCENT = re.compile(
    rf"{GAP}?(?:%|\b(?:per{GAP}cent|percent|pct)\b)(?:(?:{GAP}|-)points?\b)?"
    rf"|{GAP}percentage{GAP}points?\b|-percent\b"
)
_COMPARED = re.compile(
    rf"{GAP}(?:as|more|less|higher|lower|larger|bigger|greater|faster|the|what|that|its|their|over|"
    rf"those|longer|smaller|cheaper|better|richer|above|(?!after|under|per|her|other|later|earlier|together|ever|never|whether|either|over)[a-z]+er)\b"
)
_CURRENCY_AFTER = re.compile(rf"(?:{GAP}|-)({any_of(lexicon.CURRENCIES)})(?![a-z])")
_WON_ENDS = re.compile(rf"\Z|[.,;:)!?]|{GAP}(?:per|each|an?|to|\(|and|or|more|on){GAP}?")
_DURATION = re.compile(
    rf"(?:{GAP}(?:consecutive|straight|full|calendar|business|working|more|whole){GAP}|{GAP}|-)"
    rf"({any_of(lexicon.DURATIONS)})(s?)\b(?!-old)(?!{GAP}old\b)(?!-on-)"
)
_NEXT_WORD = re.compile(rf"(?:{GAP}|-)([a-z][a-z'-]*)")
_AGE = re.compile(rf"(?:-|{GAP})(?:years?|months?|weeks?)(?:-|{GAP})old")
_AREA = re.compile(rf"{GAP}square{GAP}(metres|meters|kilometres|kilometers)\b")
_BASIS = re.compile(rf"{GAP}basis{GAP}points?\b")


def measure_behind(lower: str, number: Number) -> Measure | None:
    """What the number at its end measures, if that is said."""
    end = number.end
    if found := PERCENT.match(lower, end):
        return Measure(Kind.PERCENT, found.end())
    if found := _CURRENCY_AFTER.match(lower, end):
        return _currency(lower, number, found)
    if found := TIMES.match(lower, end):
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
            return Measure(Kind.DURATION, found.end(), unit=lexicon.DURATIONS[found[1]])
    return noun_behind(lower, number)


def _currency(lower: str, number: Number, found: re.Match[str]) -> Measure | None:
    code, word = lexicon.CURRENCIES[found[1]], found[1]
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


def noun_behind(lower: str, number: Number) -> Measure | None:
    """The counted noun behind the number, past at most three adjectives."""
    if basis := _BASIS.match(lower, number.end):
        return Measure(Kind.COUNT, basis.end(), unit="basis_points")
    if area := _AREA.match(lower, number.end):
        return Measure(Kind.COUNT, area.end(), unit=f"square_{lexicon.NOUNS[_singular(area[1])]}")
    at, first = number.end, True
    for _ in range(4):
        found = _NEXT_WORD.match(lower, at)
        if found is None:
            return None
        word = found[1].rstrip("'-")
        singular = _singular(word)
        hyphen = lower[at] == "-"
        many = singular != word or word in _SAME or number.value == 1
        if singular in lexicon.NOUNS and (many or hyphen):
            end = found.start(1) + len(word)
            return Measure(Kind.COUNT, end, unit=lexicon.NOUNS[singular])
        if word in lexicon.STOP_WORDS or (hyphen and first):
            return None
        at, first = found.end(), False
    return None


_SAME = frozenset("people staff series aircraft women men children".split())


def _singular(word: str) -> str:
    if word in lexicon.NOUNS:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else word


def plural_follows(lower: str, text: str, end: int) -> bool:
    """Whether a plural noun, whatever it is, follows within two words: "45 sound stages"."""
    at = end
    for _ in range(3):
        found = _NEXT_WORD.match(lower, at)
        if found is None or lower[at] == "-":
            return False
        word = found[1]
        named = text[found.start(1)].isupper() and not (at == end and word.endswith("s"))
        if named or word in lexicon.STOP_WORDS or word in lexicon.NOT_COUNTED:
            return False
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
            return True
        at = found.end()
    return False
