"""Slips of scale and currency: where a number says ten or a thousand times too much.

Three independent witnesses speak for every number: the phrase, whose reading must be the mention's
value; the mention's id, which spells the value again; and, where one sum is printed in two
currencies, the exchange rate that the pair implies. A slip in one of them contradicts the others.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from explainer.data.assembly import LoadContext
from explainer.data.errors import Code, DataError
from explainer.data.model import Dataset, Status
from explainer.extract import Kind, Quantity

TOLERANCE = Decimal("0.25")
"""How far an implied rate may lie outside the published rates. Hedged and rounded amounts stay
within a tenth or so of the market; the smallest slip is a factor of ten."""

_MEASURES = {Kind.PERCENT: "percent", Kind.MULTIPLE: "times", Kind.RANK: "rank"}
_SHORT = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))


def slug(quantity: Quantity) -> str:
    """A short readable name of a quantity: ``700m-usd``, ``16k-jobs``, ``2016``."""
    sign = "minus-" if quantity.value < 0 else ""
    high = "" if quantity.value_max is None else f"-to-{_short(quantity.value_max)}"
    measure = (quantity.currency or quantity.unit or _MEASURES.get(quantity.kind, "")).lower()
    tail = f"-{measure.replace('_', '-')}" if measure else ""
    return f"{sign}{_short(abs(quantity.value))}{high}{tail}"


def _short(value: Decimal) -> str:
    if value >= 10_000:
        for scale, letter in _SHORT:
            if value % scale == 0:
                return f"{value / scale:f}{letter}"
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", "-")


def mention_id(block: str, quantity: Quantity | None, repeat: int) -> str:
    """The id of a mention: its block and quantity, and a number where that pair repeats."""
    name = f"{block}-{slug(quantity) if quantity else 'unread'}"
    return name if repeat == 1 else f"{name}-{repeat}"


def ids_spell_their_values(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """A mention's id names its own block and value."""
    for source, mentions in dataset.mentions.items():
        seen: dict[str, int] = {}
        for mention in mentions.values():
            name = mention_id(mention.block, mention.quantity, 1)
            seen[name] = seen.get(name, 0) + 1
            wanted = mention_id(mention.block, mention.quantity, seen[name])
            if mention.id != wanted:
                key = f"{source}/{mention.id}"
                yield assembly.about("mention", key, ("id",), Code.SLIP, mention.id, wanted)


def conversions_are_plausible(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """One sum in two currencies implies a rate that the published rates make possible."""
    for figure in dataset.figures.values():
        if figure.comparison.status is not Status.AGREE_AFTER_CONVERSION:
            continue
        for one, other in combinations(figure.claims, 2):
            pair = (one.quantity.currency, other.quantity.currency)
            known = list(_cross(dataset, *pair))
            if one.quantity.value <= 0 or not known:
                continue
            implied = other.quantity.value / one.quantity.value
            low, high = min(known) * (1 - TOLERANCE), max(known) * (1 + TOLERANCE)
            if not low <= implied <= high:
                yield assembly.about(
                    "claim",
                    other.ref,
                    ("mentions",),
                    Code.SLIP,
                    f"{implied:.6g} {pair[1]} to one {pair[0]}",
                    f"{low:.4g} to {high:.4g}, as the published rates allow",
                )


def _cross(dataset: Dataset, base: str | None, quote: str | None) -> Iterator[Decimal]:
    """The rate from ``base`` to ``quote`` in every period that has one, through the dollar."""
    per_dollar: dict[str, dict[str, Decimal]] = {}
    for rate in dataset.rates.values():
        if rate.value_max is not None:
            continue
        per_dollar.setdefault(rate.period, {rate.base: Decimal(1)})[rate.quote] = rate.value
    for rates in per_dollar.values():
        if base in rates and quote in rates and base != quote:
            yield rates[quote] / rates[base]
