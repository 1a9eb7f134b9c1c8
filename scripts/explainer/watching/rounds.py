"""A round over all places: one after the other on each host, several hosts side by side."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from explainer.watching.fetching import Limits, Unanswered, fetch
from explainer.watching.judging import Outcome, judged, unanswered
from explainer.watching.places import Place

AT_ONCE = 8
"""How many hosts are asked side by side."""
PAUSE = 1.0
"""How many seconds a host gets to itself between two looks."""


class Unreachable(OSError):
    """No host at all could be found or reached: it is our own network that is down."""


def look(
    places: Sequence[Place],
    agent: str,
    limits: Limits | None = None,
    *,
    pause: float = PAUSE,
    told: Callable[[Outcome], None] = lambda _: None,
) -> tuple[Outcome, ...]:
    """Look at every place once; the outcomes stand in the order of the places.

    ``told`` hears of each as it comes. Raises :class:`Unreachable`.
    """
    limits = limits or Limits()
    hosts: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        hosts.setdefault(urlsplit(place.url).netloc, []).append(number)
    found: dict[int, Outcome] = {}

    def visit(numbers: Iterable[int]) -> None:
        for count, number in enumerate(numbers):
            if count:
                time.sleep(pause)
            found[number] = _look_at(places[number], agent, limits)
            told(found[number])

    with ThreadPoolExecutor(AT_ONCE) as together:
        for _ in together.map(visit, hosts.values()):
            pass
    outcomes = tuple(found[number] for number in range(len(places)))
    if outcomes and not any(outcome.reached for outcome in outcomes):
        raise Unreachable(f"no host could be reached ({outcomes[0].said}); is the network there?")
    return outcomes


def _look_at(place: Place, agent: str, limits: Limits) -> Outcome:
    try:
        return judged(place, fetch(place.url, agent, limits))
    except Unanswered as error:
        return unanswered(place, error)
