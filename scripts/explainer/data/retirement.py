"""Retired ids: ``retired.yml`` held against the registry, the data and the history.

An id that left the data moved, was superseded or was withdrawn. Its address answers for ever: with
one step to what stands there now, never two and never round in a circle, or with the reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from explainer.data.assembly import LoadContext
from explainer.data.errors import Code, DataError
from explainer.data.model import Action, Dataset, Retired

Id = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Locked:
    """A line of the registry: where it stands and what the id means."""

    line: int
    meaning: str


def problems(
    here: Mapping[Id, str], dataset: Dataset, assembly: LoadContext, locked: Mapping[Id, Locked]
) -> Iterator[DataError]:
    """Everything in which the retirements and the rest of the data disagree.

    ``here`` holds the ids of today with their meanings, ``locked`` every id ever published.
    """
    added = {change.about for change in dataset.revisions if change.action is Action.ADDED}
    for (sort, name), retired in dataset.retired.items():
        key = f"{sort} {name}"
        if (sort, name) in here:
            expected = "an id that is no longer in the data; a retired id is never used again"
            yield assembly.about("retired", key, ("id",), Code.ID_REUSED, name, expected)
        known = locked.get((sort, name))
        if known is None:
            expected = "an id that was once published"
            yield assembly.about("retired", key, ("id",), Code.ID_NOT_LOCKED, name, expected)
            continue
        for field in ("kind", "figure"):
            said = getattr(retired, field)
            if said is not None and said != known.meaning:
                expected = f"{known.meaning}, as published"
                yield assembly.about("retired", key, (field,), Code.ID_CHANGED, said, expected)
        if sort in ("figure", "claim") and name not in added:
            expected = "the day it was added, in revisions.yml; what was published stays readable"
            yield assembly.about("retired", key, ("id",), Code.NO_REVISION, name, expected)
    for retired in dataset.retired.values():
        yield from _successor(here, dataset, assembly, retired)


def _successor(
    here: Mapping[Id, str], dataset: Dataset, assembly: LoadContext, retired: Retired
) -> Iterator[DataError]:
    """What stands for a retired id must be there itself: no chain, no circle, no dead end."""
    sort, there = retired.sort, retired.successor
    if there is None or (sort, there) in here:
        return
    passed = [retired.id]
    while there is not None and there not in passed and (sort, there) in dataset.retired:
        passed.append(there)
        there = dataset.retired[sort, there].successor
    said = retired.successor or ""
    if there in passed:
        expected = f"a way that ends, not one in a circle ({' → '.join([*passed, there or ''])})"
    elif len(passed) > 1 and (sort, there or "") in here:
        expected = f"{there}, where it ends; one step, not a chain of them"
    elif len(passed) > 1 and there is None:
        expected = f"no retired id; {passed[-1]} was withdrawn, so give a reason here as well"
    else:
        expected = f"a {sort} that is in the data"
    field = "moved_to" if retired.moved_to else "superseded_by"
    key = f"{sort} {retired.id}"
    yield assembly.about("retired", key, (field,), Code.UNKNOWN_REFERENCE, said, expected)
