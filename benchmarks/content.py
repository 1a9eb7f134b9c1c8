"""An invented dataset of any size, the same bytes every time.

Figure by figure: two or three claims by three voices, with phrases that the grammars read, every
kind of comparison, unknowns, notes, a chart; for every fourth a derivation, for every fifth a
report by somebody else. Each figure's page holds about 120 words in English and 250 hanzi.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks import words
from benchmarks.words import PHRASES, Said, begun, joined, phrase, say
from explainer.data import mention_ids
from explainer.extract import Bound, Kind, Language, Quantity, parse, write

Data = dict[str, Any]
"""What a mapping of a data file holds."""

CHARTS_AT_MOST = 5_000
"""All charts stand in one file, and a data file may not be larger than the loader allows."""

_RATES = words.FIXED["rates.yml"]["rates"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice: what claims by it are called, where it speaks, and in which language."""

    claim: str
    voice: str
    source: str
    language: Language
    block: str


ENGLISH = Speaker("english", "english-article", "paper", "en", "p")
QUESTION = Speaker("question", "chinese-question", "thread", "zh", "h")
ANSWER = Speaker("answer", "chinese-answer", "thread", "zh", "p")
LATER = Speaker("later", "chinese-answer", "thread", "zh", "caption")
"""The answer, speaking again under a picture."""

STATUSES = (
    "conflict",
    "agree",
    "agree-after-conversion",
    "single-source",
    "scope-differs",
    "unresolved",
    "period-differs",
    "agree",
    "definition-differs",
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One figure as its data files spell it."""

    figure: Data
    mentions: Sequence[tuple[str, Data]]
    chart: Data
    derivation: Data | None
    report: Data | None


def figure_ids(count: int) -> Iterator[str]:
    """That many ids, no two alike, in an order that mixes their words."""
    parts = [words.WORDS[sort] for sort in ("adjective", "noun", "aspect")]
    total = len(parts[0]) * len(parts[1]) * len(parts[2])
    step = 7_919  # a prime that divides no list's length, so that every id comes once
    for number in range(count):
        rest, name = number * step % total, []
        for part in parts:
            rest, at = divmod(rest, len(part))
            name.append(part[at]["en"])
        yield "-".join(name)


def invented(count: int) -> Iterator[Invented]:
    """``count`` figures, in order."""
    for number, name in enumerate(figure_ids(count), start=1):
        yield _invented(name, number, Random(number))


def _invented(name: str, number: int, random: Random) -> Invented:
    status = STATUSES[number % len(STATUSES)]
    spoken = _spoken(number, status, random)
    kind = spoken[0][1].kind
    mentions, claims = [], []
    for speaker, wanted in spoken:
        mention = _mention(speaker, f"{speaker.block}{number}", wanted)
        mentions.append((speaker.source, mention))
        claims.append(
            {
                "id": speaker.claim,
                "voice": speaker.voice,
                "mentions": [mention["id"]],
                "nature": random.choice(("actual", "cumulative", "planned", "estimated")),
                "scope": say(random, "measure"),
            }
        )
    derivation = _derivation(name, spoken) if number % 4 == 0 else None
    report = _report(name, number, spoken[0][1], random) if number % 5 == 0 else None
    figure: Data = {
        "id": name,
        "topic": topic_of(number),
        "kind": str(kind),
        "label": say(random, "measure"),
        "question": say(random, "question"),
        "headline": say(random, "finding"),
        "summary": joined(_who_prints(spoken), say(random, "told")),
        "claims": claims,
        "comparison": _comparison(status, kind, derivation, random),
    }
    if report:
        seen = phrase("reported", f"{{report:{report['source']}/{report['id']}}}")
        figure["context"] = joined(seen, say(random, "told"))
    figure["unknowns"] = [say(random, "unknown")]
    figure["notes"] = [say(random, "told")]
    return Invented(figure, mentions, _chart(name, spoken, random), derivation, report)


TOPICS: tuple[str, ...] = tuple(topic["id"] for topic in words.FIXED["topics.yml"]["topics"])


def topic_of(number: int) -> str:
    """The topic of the figure with that number."""
    return TOPICS[number % len(TOPICS)]


def _spoken(number: int, status: str, random: Random) -> list[tuple[Speaker, Quantity]]:
    """Who prints what, so that the numbers stand to each other as the status says."""
    if status == "agree-after-conversion":
        dollars = _amount(random, "USD")
        return [
            (ENGLISH, dollars),
            (QUESTION, _converted(dollars, "KRW")),
            (ANSWER, _converted(dollars, "CNY")),
        ]
    first = _quantity(random)
    if status == "single-source":
        return [(ANSWER, first), (LATER, _other(first, random))]
    site_context = (ENGLISH, QUESTION, ANSWER)[: 2 + number % 2]
    if status == "agree":
        return [(speaker, first) for speaker in site_context]
    return [(site_context[0], first), *((one, _other(first, random)) for one in site_context[1:])]


_BOUNDS = (Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.MORE_THAN, Bound.AT_LEAST)


def _amount(random: Random, currency: str) -> Quantity:
    value = Decimal(random.randint(11, 989)) * 10 ** random.randint(5, 8)
    return Quantity(value, Kind.MONEY, random.choice(_BOUNDS), currency=currency)


def _converted(amount: Quantity, currency: str) -> Quantity:
    rate = next(Decimal(rate["value"]) for rate in _RATES if rate["quote"] == currency)
    rounded = Decimal(f"{amount.value * rate:.1e}")
    return Quantity(Decimal(f"{rounded:f}"), Kind.MONEY, Bound.ABOUT, currency=currency)


def _quantity(random: Random) -> Quantity:
    bound = random.choice(_BOUNDS)
    match random.randrange(10):
        case 0 | 1 | 2 | 3:
            return _amount(random, random.choice(("USD", "KRW", "CNY")))
        case 4 | 5 | 6:
            unit = random.choice(("jobs", "countries"))
            return Quantity(Decimal(random.randint(11, 989) * 100), Kind.COUNT, bound, unit=unit)
        case 7:
            return Quantity(Decimal(random.randint(3, 97)), Kind.PERCENT, bound)
        case 8:
            # Never a whole one: in running English "7 times" counts how often.
            tenths = Decimal(random.randrange(11, 99, 10) + random.choice((0, 2, 4, 6, 8)))
            return Quantity(tenths / 10, Kind.MULTIPLE, bound)
        case _:
            year = random.randint(1990, 2025)
            return Quantity(Decimal(year), Kind.YEAR, edtf=str(year))


def _other(first: Quantity, random: Random) -> Quantity:
    """A different value in the same measure."""
    if first.kind is Kind.YEAR:
        year = int(first.value) - random.randint(1, 9)
        return Quantity(Decimal(year), Kind.YEAR, edtf=str(year))
    if first.kind is Kind.MULTIPLE:
        return Quantity(first.value + random.randint(1, 4), Kind.MULTIPLE, first.bound)
    value = (first.value * random.choice((3, 4, 5, 7)) / 2).normalize()
    plain = Decimal(f"{value:f}")
    return Quantity(plain, first.kind, first.bound, currency=first.currency, unit=first.unit)


def _mention(speaker: Speaker, block: str, wanted: Quantity) -> Data:
    """The phrase for a quantity, and what the grammar reads in it."""
    exact = write(wanted, speaker.language)
    read = parse(exact, speaker.language).quantity
    if read is None:
        raise ValueError(f"the grammar does not read {exact!r}")
    fields: Data = {
        "id": next(mention_ids([(block, read)])),
        "block": block,
        "start": "10",
        "end": str(10 + len(exact)),
        "exact": exact,
        "kind": str(read.kind),
        "value": f"{read.value:f}",
        "bound": str(read.bound),
    }
    more = {"currency": read.currency, "unit": read.unit, "scale": read.scale, "edtf": read.edtf}
    return fields | {key: value for key, value in more.items() if value}


def _who_prints(spoken: Sequence[tuple[Speaker, Quantity]]) -> Said:
    said = [phrase(f"prints-{speaker.claim}", f"{{{speaker.claim}}}") for speaker, _ in spoken]
    return begun(joined(joined(*said, by="then"), PHRASES["stop"], by="nothing"))


def _comparison(status: str, kind: Kind, derivation: Data | None, random: Random) -> Data:
    reason = say(random, "told", 2)
    found: Data = {"status": status}
    if kind is Kind.MONEY:
        found["rate_period"] = _RATES[0]["period"]
    if derivation:
        found["reason"] = joined(phrase("shown", f"{{={derivation['id']}}}"), reason)
        found["derivations"] = [derivation["id"]]
    else:
        found["reason"] = reason
    return found


def _derivation(name: str, spoken: Sequence[tuple[Speaker, Quantity]]) -> Data | None:
    """How many times the smaller of the first two numbers goes into the larger."""
    (one, low), (other, high) = sorted(spoken[:2], key=lambda claim: claim[1].value)
    if low.kind is Kind.YEAR:
        return None
    sort = "ratio" if low.currency == high.currency else "rate"
    return {
        "id": f"{name}-ratio",
        "figure": name,
        "label": PHRASES[f"{sort}-label"],
        "formula": "larger / smaller",
        "inputs": {"larger": f"{name}/{other.claim}", "smaller": f"{name}/{one.claim}"},
        "decimals": "2",
        "display": PHRASES[sort],
    }


def _report(name: str, number: int, like: Quantity, random: Random) -> Data:
    phrase = write(_other(like, random), "en")
    return {
        "source": f"daily-{number}",
        "id": "number",
        "figure": name,
        "relation": random.choice(("same", "part", "related")),
        "phrase": phrase,
        "nature": "actual",
        "scope": say(random, "measure"),
    }


def _chart(name: str, spoken: Sequence[tuple[Speaker, Quantity]], random: Random) -> Data:
    refs = [f"{name}/{speaker.claim}" for speaker, _ in spoken]
    first = spoken[0][1]
    chart: Data = {"id": f"{name}-chart", "title": say(random, "finding")}
    chart["description"] = say(random, "told")
    if any(quantity.currency != first.currency for _, quantity in spoken):
        label = say(random, "measure")
        return chart | {"kind": "spread", "rows": [{"refs": refs, "label": label}]}
    chart["kind"] = "bars"
    if first.kind is Kind.YEAR:
        chart |= {"kind": "dots", "from_zero": "no"}
    rows = [{"refs": [ref], "label": say(random, "measure")} for ref in refs]
    return chart | {"rows": rows}
