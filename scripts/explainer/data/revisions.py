"""``data/revisions.yml``: the history of what was published, held against the data and extended.

A figure's additions and changes give its status, a claim's give its value in brief ("about
5000000000 USD"). What the file says last must still be true, so that no number changes silently.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from explainer.data.dataset import Dataset
from explainer.data.errors import Code, DataError
from explainer.data.models.publication import Action
from explainer.data.places import Places
from explainer.extract import Bound, Kind, Quantity

NAME = "revisions.yml"
_WITH_STATE = {Action.ADDED, Action.VALUE, Action.STATUS}


def same(one: Quantity, other: Quantity) -> bool:
    """Return whether two quantities are equal, whatever their printed scale."""
    return replace(one, scale=None) == replace(other, scale=None)


def brief(quantity: Quantity | None) -> str:
    """Return a quantity for an error message: "nearly 700000000 USD"."""
    if quantity is None:
        return "nothing readable"
    high = "" if quantity.value_max is None else f"–{quantity.value_max:f}"
    unit = quantity.currency or quantity.unit or quantity.kind
    return f"{quantity.bound} {quantity.value:f}{high} {unit}"


_BRIEF = re.compile(
    rf"(?P<bound>{'|'.join(Bound)}) (?P<low>-?[0-9.]+)(?:–(?P<high>-?[0-9.]+))?"
    r" (?P<measure>[A-Za-z_]+)"
)


def quantity_told(text: str, kind: Kind) -> Quantity | None:
    """Return the quantity that :func:`brief` wrote, for a figure of that kind, or ``None``."""
    match = _BRIEF.fullmatch(text)
    if match is None:
        return None
    measure = match["measure"]
    return Quantity(
        Decimal(match["low"]),
        kind,
        Bound(match["bound"]),
        Decimal(match["high"]) if match["high"] else None,
        measure if kind is Kind.MONEY else None,
        measure if kind is not Kind.MONEY and measure != kind else None,
        edtf=match["low"] if kind is Kind.YEAR else None,
    )


def _states(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """Yield sort, name and present state of every figure and claim."""
    for figure in dataset.figures.values():
        yield "figure", figure.id, figure.comparison.status
        for claim in figure.claims:
            yield "claim", claim.ref, brief(claim.quantity)


def _last_states(dataset: Dataset) -> dict[str, str | None]:
    return {r.about: r.new for r in dataset.revisions if r.action in _WITH_STATE}


def check_history(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """Yield everything in which the history and the data disagree."""
    day = ""
    for sort, place in places.names:
        if sort == "figure or claim":
            date = place.owner.date
            if date < day:
                expected, at = (
                    f"{day} or later; the history runs forward",
                    (*place.path[:-1], "date"),
                )
                yield place.document.problem(at, Code.BAD_VALUE, date, expected)
            day = max(day, date)
    last = _last_states(dataset)
    for sort, name, state in _states(dataset):
        if last.get(name) == state:
            continue
        expected = f"«{last.get(name)}», as {NAME} says last; a change needs an entry and a reason"
        if name not in last:
            expected = f"the day it was added, in {NAME} (run: explainer lock)"
        yield places[sort, name].problem(Code.NO_REVISION, state, expected, ("id",))


def extended_history(text: str, dataset: Dataset, day: str) -> str:
    """Return the text of ``revisions.yml`` with everything new entered as added on ``day``."""
    last = _last_states(dataset)
    new = "".join(
        f'  - {{date: "{day}", about: "{name}", action: "added", new: "{state}"}}\n'
        for _, name, state in _states(dataset)
        if name not in last
    )
    return f"{text.rstrip().removesuffix(' []')}\n{new}" if new else text
