"""The words of the English grammar, as plain tables."""

from explainer.extract.quantity import Bound

SCALES = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "lakh": 5,
    "crore": 7,
}
"""Scale words; "hundred" belongs to spelled numbers alone."""

SHORT_SCALES = {
    "k": 3,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "mil": 6,
    "mm": 6,
    "b": 9,
    "bn": 9,
    "bln": 9,
    "bil": 9,
    "t": 12,
    "tn": 12,
    "trn": 12,
    "tr": 12,
}
"""Abbreviated scales. Those of one letter need a currency or a counted noun beside them."""

SCALE_NAMES = {3: "thousand", 5: "lakh", 6: "million", 7: "crore", 9: "billion", 12: "trillion"}

ONES = {
    word: number
    for number, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen"
            " fourteen fifteen sixteen seventeen eighteen nineteen"
        ).split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}

PARTS = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
"""What "two-fifths" counts in."""

SIGNS = {
    "US$": "USD",
    "AU$": "AUD",
    "CA$": "CAD",
    "HK$": "HKD",
    "NT$": "TWD",
    "NZ$": "NZD",
    "A$": "AUD",
    "C$": "CAD",
    "S$": "SGD",
    "R$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "₫": "VND",
    "฿": "THB",
    "₱": "PHP",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "¥": None,
    "USD": "USD",
    "KRW": "KRW",
    "CNY": "CNY",
    "RMB": "CNY",
    "CNH": "CNY",
    "JPY": "JPY",
    "EUR": "EUR",
    "GBP": "GBP",
    "HKD": "HKD",
    "TWD": "TWD",
    "NTD": "TWD",
    "SGD": "SGD",
    "AUD": "AUD",
    "CAD": "CAD",
    "INR": "INR",
    "CHF": "CHF",
    "Rs.": "INR",
    "Rs": "INR",
}
"""Signs and codes before a number. ``None``: which currency it is, only the text can tell."""

CURRENCIES = {
    "us dollars": "USD",
    "us dollar": "USD",
    "u.s. dollars": "USD",
    "american dollars": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "usd": "USD",
    "us$": "USD",
    "canadian dollars": "CAD",
    "australian dollars": "AUD",
    "hong kong dollars": "HKD",
    "singapore dollars": "SGD",
    "new zealand dollars": "NZD",
    "taiwan dollars": "TWD",
    "new taiwan dollars": "TWD",
    "taiwanese dollars": "TWD",
    "south korean won": "KRW",
    "korean won": "KRW",
    "won": "KRW",
    "krw": "KRW",
    "chinese yuan": "CNY",
    "yuan": "CNY",
    "rmb": "CNY",
    "renminbi": "CNY",
    "cny": "CNY",
    "japanese yen": "JPY",
    "yen": "JPY",
    "jpy": "JPY",
    "euros": "EUR",
    "euro": "EUR",
    "eur": "EUR",
    "british pounds": "GBP",
    "pounds sterling": "GBP",
    "pound sterling": "GBP",
    "pounds": "GBP",
    "gbp": "GBP",
    "swiss francs": "CHF",
    "indian rupees": "INR",
    "rupees": "INR",
    "baht": "THB",
    "rubles": "RUB",
    "roubles": "RUB",
    "ringgit": "MYR",
    "hkd": "HKD",
    "sgd": "SGD",
    "twd": "TWD",
    "aud": "AUD",
    "cad": "CAD",
    "inr": "INR",
    "chf": "CHF",
}
"""Currency words after a number, in lower case."""

YUAN_CONTEXT = ("yuan", "rmb", "renminbi", "china", "chinese", "beijing", "shanghai")
YEN_CONTEXT = ("yen", "japan", "japanese", "tokyo")

DURATIONS = {
    "year": "years",
    "month": "months",
    "week": "weeks",
    "day": "days",
    "hour": "hours",
    "minute": "minutes",
    "second": "seconds",
    "decade": "decades",
    "quarter": "quarters",
}

NOUNS = {
    "job": "jobs",
    "people": "people",
    "person": "people",
    "employee": "employees",
    "worker": "people",
    "staff": "employees",
    "country": "countries",
    "city": "cities",
    "household": "households",
    "home": "homes",
    "account": "accounts",
    "subscriber": "subscribers",
    "subscription": "subscribers",
    "member": "members",
    "user": "users",
    "viewer": "viewers",
    "view": "views",
    "episode": "episodes",
    "season": "seasons",
    "stage": "stages",
    "title": "titles",
    "show": "shows",
    "series": "series",
    "film": "films",
    "movie": "films",
    "work": "works",
    "song": "songs",
    "book": "books",
    "store": "stores",
    "company": "companies",
    "brand": "brands",
    "share": "shares",
    "car": "cars",
    "vehicle": "vehicles",
    "plane": "planes",
    "aircraft": "planes",
    "flight": "flights",
    "student": "students",
    "school": "schools",
    "tonne": "tonnes",
    "ton": "tonnes",
    "kilometre": "kilometres",
    "kilometer": "kilometres",
    "metre": "metres",
    "meter": "metres",
    "kilogram": "kilograms",
    "gigawatt": "gigawatts",
    "megawatt": "megawatts",
    "visit": "visits",
    "visitor": "people",
    "download": "downloads",
    "ticket": "tickets",
    "case": "cases",
    "death": "deaths",
    "vote": "votes",
    "seat": "seats",
    "point": "points",
    "resident": "people",
    "women": "people",
    "men": "people",
    "children": "people",
    "passenger": "people",
    "unit": "units",
    "copy": "copies",
}
"""Counted nouns in the singular (or as they stand, where the plural is the word itself)."""

HEDGES = {
    "no more than": Bound.AT_MOST,
    "not more than": Bound.AT_MOST,
    "no fewer than": Bound.AT_LEAST,
    "no less than": Bound.AT_LEAST,
    "not less than": Bound.AT_LEAST,
    "nearly": Bound.NEARLY,
    "almost": Bound.NEARLY,
    "close to": Bound.NEARLY,
    "just under": Bound.LESS_THAN,
    "just over": Bound.MORE_THAN,
    "more than": Bound.MORE_THAN,
    "greater than": Bound.MORE_THAN,
    "higher than": Bound.MORE_THAN,
    "over": Bound.MORE_THAN,
    "above": Bound.MORE_THAN,
    "upwards of": Bound.MORE_THAN,
    "upward of": Bound.MORE_THAN,
    "in excess of": Bound.MORE_THAN,
    "exceeding": Bound.MORE_THAN,
    "exceeded": Bound.MORE_THAN,
    "at least": Bound.AT_LEAST,
    "a minimum of": Bound.AT_LEAST,
    "less than": Bound.LESS_THAN,
    "fewer than": Bound.LESS_THAN,
    "lower than": Bound.LESS_THAN,
    "under": Bound.LESS_THAN,
    "below": Bound.LESS_THAN,
    "up to": Bound.AT_MOST,
    "as much as": Bound.AT_MOST,
    "as many as": Bound.AT_MOST,
    "as high as": Bound.AT_MOST,
    "at most": Bound.AT_MOST,
    "a maximum of": Bound.AT_MOST,
    "about": Bound.ABOUT,
    "around": Bound.ABOUT,
    "some": Bound.ABOUT,
    "roughly": Bound.ABOUT,
    "approximately": Bound.ABOUT,
    "approx.": Bound.ABOUT,
    "approx": Bound.ABOUT,
    "an estimated": Bound.ABOUT,
    "estimated": Bound.ABOUT,
    "circa": Bound.ABOUT,
    "c.": Bound.ABOUT,
    "~": Bound.ABOUT,
}
HEDGES_AFTER = {
    "or so": Bound.ABOUT,
    "or thereabouts": Bound.ABOUT,
    "or more": Bound.AT_LEAST,
    "or less": Bound.AT_MOST,
    "or fewer": Bound.AT_MOST,
    "plus": Bound.AT_LEAST,
    "+": Bound.AT_LEAST,
}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan jan.",
            "february feb feb.",
            "march mar mar.",
            "april apr apr.",
            "may",
            "june jun jun.",
            "july jul jul.",
            "august aug aug.",
            "september sept sep sept. sep.",
            "october oct oct.",
            "november nov nov.",
            "december dec dec.",
        ),
        start=1,
    )
    for name in names.split()
}

STOP_WORDS = frozenset(
    "a an the of in on at by to from for with and or but nor as than that which who whom whose"
    " was were is are be been being has have had will would could should may might can it its"
    " he she they we you i this these those there their his her our more less not no so if when"
    " while after before since until during between over under above below into out up down off"
    " about around per said says during against through within without times years months weeks"
    " days percent million billion trillion thousand ago".split()
)
"""Words that cannot stand between a number and the noun it counts."""

NOT_COUNTED = frozenset("cents pence percents others times".split())
"""Plurals that do not turn a bare number into a count."""

FUNCTION_WORDS = frozenset(
    "the in about some more nearly at of for with by and but over all its their these those"
    " another from to on up around roughly only just fewer less almost approximately between"
    " than last past next first our my his her a an as both or".split()
)
"""Capitalised at the start of a sentence, these do not turn a number into part of a name."""
