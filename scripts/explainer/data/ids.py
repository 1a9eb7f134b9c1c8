"""What was once published stays: ``data/ids.lock`` and ``data/revisions.yml``.

The lock has every id that ever had an address, one a line, ``sort name meaning``, and only grows.
The meaning is what an id may never change without a new id: a figure's kind, a claim's voice and
measure, a derivation's figure, a source's language, a report's measure, a rate's currencies and
period; a chart may be drawn anew, and its id has none. Only figures, charts and reports can leave
the data, by an entry in ``retired.yml``; the claims and derivations of a figure leave with it.

The history gives each figure's status and each claim's value in brief, so that no number changes
silently: what it says last must still be true.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from explainer.data.checks import INPUTS, PRINTED
from explainer.data.dataset import Dataset
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.fields import SLUG, Entity
from explainer.data.models import brief
from explainer.data.yaml_source import IDS, read_lines, read_text
from explainer.extract import Quantity

HISTORY = "revisions.yml"
_SORTS = ("figure", "claim", "derivation", "chart", "source", "report", "rate")
_LINE = re.compile(rf"({'|'.join(_SORTS)}) ({SLUG}(?:/{SLUG})?)(?: (\S+(?: \S+)*))?")
STATED = PRINTED | {"revisions"}
NAMED = INPUTS | {IDS, "charts", "retired"}
"""The files that have to be right before the history and the lock are held against the data."""

Id = tuple[str, str]
"""The sort and the name of an id."""


def published_entries(dataset: Dataset) -> dict[Id, tuple[Entity, str]]:
    """Return every entry of the dataset that has an address, with its meaning, in reading order."""
    found: dict[Id, tuple[Entity, str]] = {}
    for figure in dataset.figures.values():
        found["figure", figure.ref] = figure, figure.kind
        for claim in figure.claims:
            found["claim", claim.ref] = claim, f"{claim.voice.id} {_measure(claim.quantity)}"
    found |= {("derivation", one.ref): (one, one.figure) for one in dataset.derivations.values()}
    found |= {("chart", one.ref): (one, "") for one in dataset.charts.values()}
    found |= {("source", one.ref): (one, one.language) for one in dataset.sources.values()}
    for rate in dataset.rates.values():
        found["rate", rate.ref] = rate, f"{rate.base} {rate.quote} {rate.period}"
    for source in dataset.context.values():
        found["source", source.ref] = source, source.language
        found |= {("report", one.ref): (one, _measure(one.quantity)) for one in source.reports}
    return found


def _measure(quantity: Quantity) -> str:
    return quantity.currency or quantity.unit or quantity.kind


def read_lock(text: str, path: str, faults: list[DataError]) -> dict[Id, tuple[int, str]]:
    """Return line and meaning of each locked id. Adds to ``faults`` what is wrong with the file."""
    locked: dict[Id, tuple[int, str]] = {}
    for number, match in read_lines(text, path, _LINE, "figure jobs-created count", faults):
        sort, name, meaning = match.groups()
        first, _ = locked.setdefault((sort, name), (number, meaning or ""))
        if first != number:
            expected = f"each id once (line {first} has it)"
            faults.append(DataError(path, number, 1, Code.DUPLICATE_ID, "", match[0], expected))
    return locked


def register(data: Path, dataset: Dataset, day: str) -> dict[str, bytes]:
    """Return the new content of lock and history, by name: everything new is added on ``day``.

    Nothing is written. Raises :class:`DataErrors` where the lock cannot be read, and where it
    lacks what the history names: it was emptied, and its ids would count as new.
    """
    faults, last = list[DataError](), _last_states(dataset)
    text, history = read_text(data, IDS, faults), read_text(data, HISTORY, faults).rstrip()
    locked = read_lock(text, f"{data.name}/{IDS}", faults)
    for name in last:
        if ("claim" if "/" in name else "figure", name) not in locked:
            place, expected = (f"{data.name}/{IDS}", 0, 0), f"{name}, which {HISTORY} names"
            faults.append(DataError(*place, Code.LOCK_SHRANK, "", "no such line", expected))
    DataErrors.unless_empty(faults)
    here = published_entries(dataset)
    lines = [f"{' '.join(one)} {here[one][1]}".rstrip() for one in here if one not in locked]
    added = "".join(
        f'\n  - {{date: "{day}", about: "{one.ref}", action: "added", new: "{state}"}}'
        for one, state in _states(dataset)
        if one.ref not in last
    )
    history = f"{history.removesuffix(' []') if added else history}{added}\n"
    lock = "".join(f"{line}\n" for line in [*text.splitlines(), *lines])
    return {IDS: lock.encode("utf-8"), HISTORY: history.encode("utf-8")}


def check_lock(
    dataset: Dataset, locked: dict[Id, tuple[int, str]], path: str
) -> Iterator[DataError]:
    """Yield everything in which the data breaks the promises of the lock."""
    here = published_entries(dataset)
    alike: dict[Id, str] = {}
    for (sort, name), (entry, meaning) in here.items():
        line, known = locked.get((sort, name), (0, ""))
        if name == "index":
            expected = "another id; this is the name of the list's own page"
            yield entry.problem(Code.RESERVED_NAME, name, expected, "id")
        if not line:
            expected = f"its line in {path} (run: explainer register)"
            yield entry.problem(Code.ID_NOT_LOCKED, name, expected, "id")
        elif meaning and known != meaning:
            expected = f"«{known}», as published; a new meaning needs a new id"
            yield entry.problem(Code.ID_CHANGED, meaning, expected, "id")
    for (sort, name), (line, meaning) in locked.items():
        home = ("figure", meaning if sort == "derivation" else name.partition("/")[0])
        if (sort, name) not in here and not dataset.retired.keys() & {(sort, name), home}:
            expected = f"a {sort} with this id in the data, or its entry in retired.yml"
            yield DataError(path, line, 1, Code.ID_LOST, "", f"{sort} {name}", expected)
    for sort, name in {**locked, **here}:
        first = alike.setdefault((sort, name.replace("-", "")), name)
        if first != name:
            expected = f"an id that cannot be taken for {first!r}"
            line, _ = locked.get((sort, name), (1, ""))
            yield DataError(path, line, 1, Code.ID_LOOKS_ALIKE, "", name, expected)
    for (sort, name), retired in dataset.retired.items():
        if (sort, name) in here:
            expected = "an id that is no longer in the data; a retired id is never used again"
            yield retired.problem(Code.ID_REUSED, name, expected, "id")
        elif (sort, name) not in locked:
            yield retired.problem(Code.ID_NOT_LOCKED, name, "an id that was published", "id")
        if retired.successor and (sort, retired.successor) not in here:
            expected = f"the id of a {sort} in the data that stands for {name} now; no retired id"
            yield retired.problem(Code.UNKNOWN_REFERENCE, retired.successor, expected)


class NoHistory(LookupError):
    """Git has no history of this folder. The message says why."""


class CutHistory(OSError):
    """Git does not hold the whole history. The message says what to do."""


def check_published(root: Path, text: str | None = None) -> list[DataError]:
    """Return a fault for each line that the lock once had on the main branch, and has no more.

    The lock is the file of the checkout, or the ``text`` that is to become it. What counts of the
    main branch is what the checkout builds on; where no branch is called main, HEAD counts. Raises
    :class:`NoHistory`, and :class:`CutHistory` in a shallow clone.
    """
    path, refs = f"data/{IDS}", ("refs/heads/main", "refs/remotes/origin/main")
    if _git(root, "rev-parse", "--is-shallow-repository") == "true":
        raise CutHistory(
            "a shallow clone holds only part of the history; fetch the rest: git fetch --unshallow"
            " (in a workflow: fetch-depth: 0)"
        )
    mains = _git(root, "for-each-ref", "--format=%(refname)", *refs).split()
    base = _git(root, "merge-base", "HEAD", *mains) if mains else "HEAD"
    whole = "--format=", "--patch", "-m", "--full-history"
    plain = "--no-renames", "--no-ext-diff", "--no-color", "--text"
    log = _git(root, "log", *whole, *plain, base, "--", path)
    lines = ((root / path).read_text("utf-8") if text is None else text).splitlines()
    here = {*lines, *(" ".join(line.split()[:2]) for line in lines)}  # at first without meanings
    return [
        DataError(path, 0, 0, Code.LOCK_SHRANK, "", "no such line", f"«{line}», as published")
        for line in dict.fromkeys(re.findall(r"^\+([a-z].*)$", log, re.MULTILINE))
        if line not in here
    ]


def _git(root: Path, *command: str) -> str:
    """Return what git prints in ``root``. Raises :class:`NoHistory` with git's own message."""
    try:
        done = subprocess.run(
            ["git", *command], cwd=root, capture_output=True, text=True, check=True
        )
    except FileNotFoundError:
        raise NoHistory("no git on this machine") from None
    except subprocess.CalledProcessError as error:
        raise NoHistory(error.stderr.strip() or "git failed") from None
    return done.stdout.strip()


def _states(dataset: Dataset) -> Iterator[tuple[Entity, str]]:
    """Yield every figure and claim with its present state."""
    for figure in dataset.figures.values():
        yield figure, figure.comparison.status
        for claim in figure.claims:
            yield claim, brief(claim.quantity)


def _last_states(dataset: Dataset) -> dict[str, str | None]:
    with_state = ("added", "value", "status")
    return {one.about: one.new for one in dataset.revisions if one.action in with_state}


def check_history(dataset: Dataset) -> Iterator[DataError]:
    """Yield everything in which the history and the data disagree."""
    last = _last_states(dataset)
    for one, state in _states(dataset):
        if one.ref not in last:
            expected = f"the day it was added, in {HISTORY} (run: explainer register)"
            yield one.problem(Code.NO_REVISION, state, expected, "id")
        elif last[one.ref] != state:
            expected = f"«{last[one.ref]}», as {HISTORY} says last; a change needs an entry there"
            yield one.problem(Code.NO_REVISION, state, expected, "id")
