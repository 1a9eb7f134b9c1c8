"""``data/ids.lock``: every id that was ever published, so that no address is lost or reused.

One id a line, ``sort name meaning``, in the order of first publication. The file only grows. The
meaning is what an id may never change without a new id: a figure's kind, a claim's voice and
measure, a derivation's figure, a source's language, a report's measure, a rate's currencies and
period. A chart may be drawn anew, so that its id has no meaning. An id that leaves the data keeps
its line, and ``retired.yml`` says where it moved to, or when and why it was withdrawn.
"""

import os
import re
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.data.dataset import Dataset
from explainer.data.errors import Code, DataError
from explainer.data.files import IDS
from explainer.data.models.fields import SLUG
from explainer.data.models.publication import Action, Retired
from explainer.data.places import Places
from explainer.extract import Quantity

SORTS = ("figure", "claim", "derivation", "chart", "source", "report", "rate")
_LINE = re.compile(
    rf"(?P<sort>{'|'.join(SORTS)}) (?P<name>{SLUG}(?:/{SLUG})?)(?: (?P<meaning>\S+( \S+)*))?"
)
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index")
"""Ids that are no address: Windows has devices of these names, and ``index`` is its folder's page
("Naming Files, Paths, and Namespaces", Windows documentation)."""

Id = tuple[str, str]
"""The sort and the name of an id."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A line of the registry: its number and what the id means."""

    line: int
    meaning: str


def published_ids(dataset: Dataset) -> dict[Id, str]:
    """Return every id of the dataset that has an address, with its meaning, in reading order."""
    ids: dict[Id, str] = {}
    for figure in dataset.figures.values():
        ids["figure", figure.id] = figure.kind
        for claim in figure.claims:
            ids["claim", claim.ref] = f"{claim.voice.id} {_measure(claim.quantity)}"
    ids |= {("derivation", one.id): one.figure for one in dataset.derivations.values()}
    ids |= {("chart", one.id): "" for one in dataset.charts.values()}
    ids |= {("source", one.id): one.language for one in dataset.sources.values()}
    for rate in dataset.rates.values():
        ids["rate", rate.id] = f"{rate.base} {rate.quote} {rate.period}"
    for source in dataset.context.values():
        ids["source", source.id] = source.language
        ids |= {("report", one.ref): _measure(one.quantity) for one in source.reports}
    return ids


def _measure(quantity: Quantity) -> str:
    return quantity.currency or quantity.unit or quantity.kind


def read_lock(text: str, path: str) -> tuple[dict[Id, Locked], list[DataError]]:
    """Return the locked ids, and what is wrong with the file."""
    locked: dict[Id, Locked] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if match := _LINE.fullmatch(line):
            key = (match["sort"], match["name"])
            first = locked.setdefault(key, Locked(number, match["meaning"] or ""))
            if first.line != number:
                expected = f"each id once (line {first.line} has it)"
                problems.append(DataError(path, number, 1, Code.DUPLICATE_ID, "", line, expected))
        else:
            expected = f"a line such as «figure jobs-created count» ({', '.join(SORTS)})"
            problems.append(DataError(path, number, 1, Code.BAD_VALUE, "", line, expected))
    return locked, problems


def extended_lock(text: str, dataset: Dataset) -> str:
    """Return the registry's text with the dataset's new ids appended."""
    locked, _ = read_lock(text, IDS)
    new = published_ids(dataset).items()
    lines = (f"{sort} {name} {meaning}".rstrip() + "\n" for (sort, name), meaning in new)
    return text + "".join(
        line for line, (key, _) in zip(lines, new, strict=True) if key not in locked
    )


def check_lock(dataset: Dataset, places: Places, text: str, path: str) -> Iterator[DataError]:
    """Yield everything in which the data breaks the promises of the registry."""
    locked, problems = read_lock(text, path)
    yield from problems
    here = published_ids(dataset)
    for (sort, name), meaning in here.items():
        place, known = places[sort, name], locked.get((sort, name))
        if any(RESERVED.fullmatch(part) for part in name.split("/")):
            expected = "an id that every system can use as the name of a file"
            yield place.problem(Code.RESERVED_NAME, name, expected, ("id",))
        if known is None:
            expected = f"its line in {path} (run: explainer lock)"
            yield place.problem(Code.ID_NOT_LOCKED, name, expected, ("id",))
        elif meaning and known.meaning != meaning:
            expected = f"«{known.meaning}», as published; a new meaning needs a new id"
            yield place.problem(Code.ID_CHANGED, meaning, expected, ("id",))
    for (sort, name), known in locked.items():
        # The answer at a retired figure's address answers for all that stood there.
        home = known.meaning if sort == "derivation" else name.partition("/")[0]
        owner = ("source" if sort == "report" else "figure", home)
        if (sort, name) not in here and not dataset.retired.keys() & {(sort, name), owner}:
            expected = f"a {sort} with this id in the data, or its entry in retired.yml"
            yield DataError(path, known.line, 1, Code.ID_LOST, "", f"{sort} {name}", expected)
    for retired in dataset.retired.values():
        yield from _check_retired(retired, dataset, places, here, locked)
    yield from _look_alikes(here, locked, places, path)


def _check_retired(
    retired: Retired,
    dataset: Dataset,
    places: Places,
    here: Mapping[Id, str],
    locked: Mapping[Id, Locked],
) -> Iterator[DataError]:
    place, sort = places["retired", retired.ref], retired.sort
    if (sort, retired.id) in here:
        expected = "an id that is no longer in the data; a retired id is never used again"
        yield place.problem(Code.ID_REUSED, retired.id, expected, ("id",))
    known = locked.get((sort, retired.id))
    if known is None:
        expected = "an id that was once published"
        yield place.problem(Code.ID_NOT_LOCKED, retired.id, expected, ("id",))
        return
    for field, meaning in (("kind", retired.kind), ("figure", retired.figure)):
        if meaning not in (None, known.meaning):
            expected = f"{known.meaning}, as published"
            yield place.problem(Code.ID_CHANGED, meaning or "", expected, (field,))
    added = (r for r in dataset.revisions if r.action is Action.ADDED and r.about == retired.id)
    if sort in ("figure", "claim") and not next(added, None):
        expected = "the day it was added, in revisions.yml; what was published stays readable"
        yield place.problem(Code.NO_REVISION, retired.id, expected, ("id",))
    if retired.successor and (sort, retired.successor) not in here:
        field = "moved_to" if retired.moved_to else "superseded_by"
        expected = f"a {sort} that is in the data; one step, no retired id"
        yield place.problem(Code.UNKNOWN_REFERENCE, retired.successor, expected, (field,))


_LOOKS = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "2": "z", "8": "b"})


def confusable_key(name: str) -> str:
    """Return what a name looks like at a glance: equal for names that readers would confuse."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKS)
    return re.sub("[-_]", "", folded.replace("rn", "m").replace("vv", "w"))


def _look_alikes(
    here: Mapping[Id, str], locked: Mapping[Id, Locked], places: Places, path: str
) -> Iterator[DataError]:
    seen: dict[Id, str] = {}
    for sort, name in {**locked, **here}:
        first = seen.setdefault((sort, confusable_key(name)), name)
        if first == name:
            continue
        expected = f"an id that cannot be taken for {first!r}"
        if (sort, name) in here:
            yield places[sort, name].problem(Code.ID_LOOKS_ALIKE, name, expected, ("id",))
        else:
            line = locked[sort, name].line
            yield DataError(path, line, 1, Code.ID_LOOKS_ALIKE, "", name, expected)


class NoHistory(LookupError):
    """Nothing was ever committed here: no git, no checkout, no commit. The message says which."""


class CutHistory(OSError):
    """Git does not hold, or will not show, the whole history. The message says what to do."""


def check_published(root: Path) -> tuple[list[DataError], int]:
    """Hold the registry against every version of it on the main branch that the checkout builds on.

    Each line that was ever there must still be there as it was: an id that one commit took out and
    another brought back with a new meaning is caught, and so is one that a merge dropped. Where no
    branch is called main, HEAD counts. Returns the faults and the number of commits that changed
    the registry. Raises :class:`NoHistory` where there is no history, and :class:`CutHistory` in a
    shallow clone or where git refuses.
    """
    path = f"data/{IDS}"
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise CutHistory(
            "a shallow clone holds only part of the history; fetch the rest: git fetch --unshallow"
            " (in a workflow: fetch-depth: 0)"
        )
    mains = "refs/heads/main", "refs/remotes/origin/main"
    bases = (_git(root, "merge-base", "HEAD", main, check=False).strip() for main in mains)
    tips = {base for base in bases if base}
    if not tips and not _git(root, "rev-parse", "--verify", "--quiet", "HEAD", check=False):
        raise NoHistory("no commit yet")
    log = _git(
        root,
        *("log", "--format=commit %h %cs", "--patch", "--unified=0", "-m"),
        *("--full-history", "--no-renames", "--no-ext-diff", "--no-color", "--text"),
        *(*(tips or {"HEAD"}), "--", path),
    )
    committed: dict[str, str] = {}
    commits, commit = set(), ""
    for line in log.splitlines():
        if line.startswith("commit "):
            _, commit, day = line.split()
            commits.add(commit)
        elif line.startswith("+") and not line.startswith(("+++ ", "+#")) and line[1:]:
            committed[line[1:]] = f"{day} ({commit})"
    text = (root / path).read_text("utf-8")
    here, _ = read_lock(text, path)
    problems = []
    for line, when in committed.items():
        sort, _, rest = line.partition(" ")
        name, _, meaning = rest.partition(" ")
        known, expected = here.get((sort, name)), f"«{line}», as committed on {when}"
        if known is None:
            found = f"no {sort} {name}"
            problems.append(DataError(path, 0, 0, Code.LOCK_SHRANK, "", found, expected))
        elif meaning not in ("", known.meaning):  # the first registries had no meanings
            problems.append(
                DataError(path, known.line, 1, Code.ID_CHANGED, name, known.meaning, expected)
            )
    return problems, len(commits)


def _git(root: Path, *command: str, check: bool = True) -> str:
    """Return what git prints in ``root``."""
    try:
        # Its own English messages, and history as it was written, whatever was grafted onto it.
        done = subprocess.run(
            ["git", "--no-replace-objects", *command],
            cwd=root,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoHistory("no git on this machine") from None
    if done.returncode and check:
        if b"not a git repository" in done.stderr:
            raise NoHistory("not a git checkout")
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CutHistory(f"git: {lines[0].removeprefix('fatal: ') if lines else 'failed'}")
    return done.stdout.decode("utf-8", "replace")
