"""The history of what was published: ``revisions.yml`` held against the data, and extended.

A figure's additions and changes tell its status, a claim's tell its value in brief ("about
5000000000 USD"). What the file tells last must still be true, so that no number changes silently.
"""

from collections.abc import Iterator

from explainer.data.assembly import LoadContext
from explainer.data.brief import brief
from explainer.data.errors import Code, DataError
from explainer.data.model import Action, Dataset

NAME = "revisions.yml"
_TELLING = {Action.ADDED, Action.VALUE, Action.STATUS}


def _now(dataset: Dataset) -> Iterator[tuple[str, str, str]]:
    """Sort, name and present state of every figure and claim."""
    for figure in dataset.figures.values():
        yield "figure", figure.id, figure.comparison.status
        for claim in figure.claims:
            yield "claim", claim.ref, brief(claim.quantity)


def _told(dataset: Dataset) -> dict[str, str | None]:
    """What the history tells last of each figure and claim."""
    return {r.about: r.new for r in dataset.revisions if r.action in _TELLING}


def check_history(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """Everything in which the history and the data disagree."""
    last = ""
    for number, revision in enumerate(dataset.revisions):
        if revision.date < last:
            expected = f"{last} or later; the history runs forward"
            yield assembly.about(
                "revision", str(number), ("date",), Code.BAD_VALUE, revision.date, expected
            )
        last = max(last, revision.date)
    told = _told(dataset)
    for sort, name, state in _now(dataset):
        if name not in told:
            expected = f"the day it was added, in {NAME} (run: explainer lock)"
            yield assembly.about(sort, name, ("id",), Code.NO_REVISION, state, expected)
        elif told[name] != state:
            expected = f"«{told[name]}», as {NAME} last tells; a change needs an entry and a reason"
            yield assembly.about(sort, name, ("id",), Code.NO_REVISION, state, expected)


def extended(text: str, dataset: Dataset, day: str) -> str:
    """The text of ``revisions.yml`` with everything new told as added on ``day``."""
    told = _told(dataset)
    new = "".join(
        f'  - {{date: "{day}", about: "{name}", action: "added", new: "{state}"}}\n'
        for _, name, state in _now(dataset)
        if name not in told
    )
    if not new:
        return text
    return f"{text.rstrip().removesuffix(' []')}\n{new}"
