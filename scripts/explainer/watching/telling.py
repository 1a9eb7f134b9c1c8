"""The outcome of a round, for people as a table and for programs as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from explainer.watching.judging import Outcome, State
from explainer.watching.places import Place


def listed(places: Sequence[Place]) -> str:
    """What would be looked at, a line each."""
    lines = [
        f"{place.role:<8} {place.source:<34} {len(place.phrases):>2} phrases  {place.url}"
        for place in places
    ]
    return "\n".join([*lines, f"{len(places)} addresses"])


def as_table(outcomes: Sequence[Outcome]) -> str:
    """A line for each place, the bad ones last, and how many there are of each state."""
    order = list(State)
    lines: list[str] = []
    for outcome in sorted(outcomes, key=lambda one: order.index(one.state) if one.is_bad else -1):
        lines += _lines(outcome)
    counted = Counter(outcome.state for outcome in outcomes)
    lines.append(", ".join(f"{counted[state]} {state}" for state in State))
    return "\n".join(lines)


def _lines(outcome: Outcome) -> Iterator[str]:
    place = outcome.place
    status = str(outcome.status or "")
    yield f"{outcome.state:<12} {status:<4} {place.role:<8} {place.source}: {outcome.said}"
    for phrase in outcome.missing:
        yield f"{'':<26} missing «{phrase}»"
    if outcome.is_bad:
        yield f"{'':<26} {place.url}"


def as_json(outcomes: Sequence[Outcome]) -> str:
    """One object: every place with its state, and the count of each state."""
    counted = Counter(outcome.state for outcome in outcomes)
    return json.dumps(
        {
            "counts": {state: counted[state] for state in State},
            "places": [
                {
                    "source": outcome.place.source,
                    "role": outcome.place.role,
                    "url": outcome.place.url,
                    "state": outcome.state,
                    "status": outcome.status,
                    "final_url": outcome.url,
                    "said": outcome.said,
                    "phrases": list(outcome.place.phrases),
                    "missing": list(outcome.missing),
                }
                for outcome in outcomes
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
