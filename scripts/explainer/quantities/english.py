"""Number phrases in English."""

import re
from collections.abc import Iterator
from decimal import Decimal

from explainer.quantities.model import Bound, Kind, Quantity, Reading, Refusal

SCALES = {
    "hundred": 2,
    "thousand": 3,
    "k": 3,
    "million": 6,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "billion": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "tn": 12,
    "trn": 12,
    "t": 12,
}
SCALE_NAMES = {2: "hundred", 3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
CURRENCY_SIGNS = {
    "US$": "USD",
    "$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
    "¥": None,
    "USD": "USD",
    "KRW": "KRW",
    "CNY": "CNY",
    "RMB": "CNY",
    "JPY": "JPY",
    "EUR": "EUR",
    "GBP": "GBP",
    "W": "KRW",
}
CURRENCY_WORDS = {
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "american dollars": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "usd": "USD",
    "korean won": "KRW",
    "south korean won": "KRW",
    "won": "KRW",
    "krw": "KRW",
    "chinese yuan": "CNY",
    "yuan": "CNY",
    "rmb": "CNY",
    "cny": "CNY",
    "renminbi": "CNY",
    "japanese yen": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "euros": "EUR",
    "euro": "EUR",
    "eur": "EUR",
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "gbp": "GBP",
}
UNITS = {
    "jobs": "jobs",
    "job": "jobs",
    "people": "people",
    "persons": "people",
    "workers": "people",
    "countries": "countries",
    "country": "countries",
    "households": "households",
    "accounts": "accounts",
    "subscribers": "subscribers",
    "members": "members",
    "users": "users",
    "viewers": "viewers",
    "views": "views",
    "episodes": "episodes",
    "titles": "titles",
    "shows": "shows",
    "series": "series",
    "films": "films",
    "movies": "films",
    "works": "works",
    "companies": "companies",
    "shares": "shares",
    "hours": "hours",
}
DURATIONS = {
    "years": "years",
    "year": "years",
    "months": "months",
    "month": "months",
    "weeks": "weeks",
    "week": "weeks",
    "days": "days",
    "day": "days",
    "minutes": "minutes",
    "minute": "minutes",
    "seconds": "seconds",
    "second": "seconds",
    "decades": "decades",
}
WORDS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
HEDGES = {
    "nearly": Bound.NEARLY,
    "almost": Bound.NEARLY,
    "close to": Bound.NEARLY,
    "more than": Bound.MORE_THAN,
    "over": Bound.MORE_THAN,
    "above": Bound.MORE_THAN,
    "upwards of": Bound.MORE_THAN,
    "exceeding": Bound.MORE_THAN,
    "at least": Bound.AT_LEAST,
    "less than": Bound.LESS_THAN,
    "fewer than": Bound.LESS_THAN,
    "under": Bound.LESS_THAN,
    "below": Bound.LESS_THAN,
    "up to": Bound.AT_MOST,
    "as much as": Bound.AT_MOST,
    "as many as": Bound.AT_MOST,
    "at most": Bound.AT_MOST,
    "about": Bound.ABOUT,
    "around": Bound.ABOUT,
    "some": Bound.ABOUT,
    "roughly": Bound.ABOUT,
    "approximately": Bound.ABOUT,
    "an estimated": Bound.ABOUT,
    "estimated": Bound.ABOUT,
    "approx.": Bound.ABOUT,
    "circa": Bound.ABOUT,
}


def _any(words: object) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_N = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WORDN = rf"(?:{_any(w for w in WORDS if w != 'zero')})"
_SC = rf"\s?(?:{_any(SCALES)})(?![A-Za-z])"
_PHRASE = re.compile(
    rf"(?<![\w.,$€£₩¥%-])"
    rf"(?:(?P<hedge>{_any(HEDGES)})\s+)?"
    rf"(?:the\s+)?"
    rf"(?:(?P<sign>{_any(CURRENCY_SIGNS)})\s?)?"
    rf"(?P<number>-?{_N}|(?:half\s+)?(?<![A-Za-z]){_WORDN}(?![A-Za-z])|half a)"
    rf"(?P<scale>{_SC})?"
    rf"(?:(?:\s?[\u2013~-]\s?|\s+(?P<to>to|and)\s+)(?:{_any(CURRENCY_SIGNS)})?(?P<high>{_N})(?P<highscale>{_SC})?)?"
    rf"(?P<percent>\s?%|\s+per\s?cent\b|\s+percent\b)?"
    rf"(?P<times>\s+times\b|-fold\b|x\b)?"
    rf"(?:\s+(?P<currency>{_any(CURRENCY_WORDS)})\b)?"
    rf"(?:[\s-](?:[a-z-]+\s){{0,2}}?(?P<unit>{_any([*UNITS, *DURATIONS])})\b)?"
    rf"(?![\w%])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def find(text: str) -> Iterator[Reading]:
    """The number phrases of ``text`` (plain characters), in order."""
    for match in _PHRASE.finditer(text):
        reading = _reading(match)
        if reading is not None:
            yield reading


def parse(text: str) -> Reading:
    """The whole of ``text`` as one number phrase."""
    match = _PHRASE.fullmatch(text)
    reading = _reading(match, alone=True) if match else None
    return reading or Reading(text, 0, len(text), reason=Refusal.NO_NUMBER)


def _reading(match: re.Match[str], *, alone: bool = False) -> Reading | None:
    quantity = _quantity(match, alone=alone)
    if quantity is None:
        return None
    end = match.end()
    if quantity.kind is Kind.MONEY:
        # "$500 million this year": the unit that follows an amount of money is not its own.
        end = max(match.end(part) for part in ("number", "scale", "high", "highscale", "currency"))
    return Reading(match.string[match.start() : end], match.start(), end, quantity)


def _value(number: str, scale: str | None) -> Decimal:
    word = number.lower()
    base = (
        Decimal(WORDS[word])
        if word in WORDS
        else Decimal("0.5")
        if word.startswith("half")
        else Decimal(number.replace(",", ""))
    )
    return base.scaleb(SCALES[scale.strip().lower()]) if scale else base


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _quantity(match: re.Match[str], *, alone: bool) -> Quantity | None:
    number, scale = match["number"], match["scale"]
    spelled = not number[-1].isdigit()
    currency = CURRENCY_SIGNS.get((match["sign"] or "").upper()) or CURRENCY_WORDS.get(
        (match["currency"] or "").lower()
    )
    hedge = HEDGES.get((match["hedge"] or "").lower(), Bound.EXACT)
    unit = (match["unit"] or "").lower()
    exponent = SCALES[scale.strip().lower()] if scale else 0
    name = SCALE_NAMES.get(exponent) if scale else None
    value = _plain(_value(number, scale))
    high = None
    if match["high"]:
        high = _plain(_value(match["high"], match["highscale"] or scale))
        if not scale and match["highscale"]:
            value = _plain(_value(number, match["highscale"]))
        if high <= value:
            return None
        hedge = Bound.RANGE
    if match["percent"]:
        return Quantity(value, Kind.PERCENT, hedge, high)
    if match["times"]:
        return Quantity(value, Kind.MULTIPLE, hedge, high)
    if currency:
        return Quantity(value, Kind.MONEY, hedge, high, currency, scale=name)
    if unit in DURATIONS:
        return Quantity(value, Kind.DURATION, hedge, high, unit=DURATIONS[unit])
    if unit in UNITS:
        if spelled and not scale and not alone:
            return None
        return Quantity(value, Kind.COUNT, hedge, high, unit=UNITS[unit], scale=name)
    if spelled and not scale:
        return None
    if _YEAR.fullmatch(number) and not scale and hedge is Bound.EXACT:
        return Quantity(value, Kind.YEAR)
    if scale or "," in number or hedge is not Bound.EXACT or alone:
        return Quantity(value, Kind.COUNT, hedge, high, scale=name)
    return None
