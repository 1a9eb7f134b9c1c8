"""``data/ids.lock``: every id that was ever published, so that no address is lost or reused.

One id a line, ``sort name meaning``, in the order of first publication. The file only grows. The
meaning is what an id may never change without a new id: a figure's kind, a claim's voice and
measure, a derivation's figure, a chart's kind, a source's language, a report's measure, a rate's
currencies and period. An id that leaves the data is *retired*: it keeps its line, and
``retired.yml`` says where it moved to, or when and why it was withdrawn.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from explainer.data import retirement
from explainer.data.assembly import LoadContext
from explainer.data.errors import Code, DataError
from explainer.data.model import Dataset
from explainer.data.retirement import Id, Locked

NAME = "ids.lock"
SORTS = ("figure", "claim", "derivation", "chart", "source", "report", "rate")
_NAME = re.compile(r"[a-z][a-z0-9-]{1,62}[a-z0-9](?:/[a-z][a-z0-9-]{1,62}[a-z0-9])?")
RESERVED = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]|index")
"""Ids that are no address: Windows has devices of these names, and ``index`` is its folder's page
("Naming Files, Paths, and Namespaces", Windows documentation)."""


def published(dataset: Dataset) -> dict[Id, str]:
    """Every id of the dataset that has an address, with its meaning, in reading order."""
    ids: dict[Id, str] = {}
    for figure in dataset.figures.values():
        ids["figure", figure.id] = figure.kind
        for claim in figure.claims:
            measure = claim.quantity.currency or claim.quantity.unit or claim.quantity.kind
            ids["claim", claim.ref] = f"{claim.voice.id} {measure}"
    for derivation in dataset.derivations.values():
        ids["derivation", derivation.id] = derivation.figure
    for chart in dataset.charts.values():
        ids["chart", chart.id] = chart.kind
    for article in dataset.sources.values():
        ids["source", article.id] = article.language
    for rate in dataset.rates.values():
        ids["rate", rate.id] = f"{rate.base} {rate.quote} {rate.period}"
    for source in dataset.context.values():
        ids["source", source.id] = source.language
        for report in source.reports:
            quantity = report.quantity
            ids["report", report.ref] = quantity.currency or quantity.unit or quantity.kind
    return ids


def read_lock(text: str, path: str) -> tuple[dict[Id, Locked], list[DataError]]:
    """The locked ids, and what is wrong with the file."""
    locked: dict[Id, Locked] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        sort, _, rest = line.partition(" ")
        name, _, meaning = rest.partition(" ")
        spaced = line == " ".join(line.split())
        if sort not in SORTS or not _NAME.fullmatch(name) or not meaning or not spaced:
            expected = f"a line such as «figure jobs-created count» ({', '.join(SORTS)})"
            problems.append(DataError(path, number, 1, Code.BAD_VALUE, "", line, expected))
        elif (sort, name) in locked:
            expected = f"each id once (line {locked[sort, name].line} has it)"
            problems.append(DataError(path, number, 1, Code.DUPLICATE_ID, "", line, expected))
        else:
            locked[sort, name] = Locked(number, meaning)
    return locked, problems


def check_lock(
    dataset: Dataset, assembly: LoadContext, locked: Mapping[Id, Locked], path: str
) -> Iterator[DataError]:
    """Everything in which the data breaks the promises of the registry."""
    here = published(dataset)
    yield from _new_or_changed(here, assembly, locked, path)
    yield from _lost(here, dataset, locked, path)
    yield from retirement.problems(here, dataset, assembly, locked)
    yield from _look_alikes({**locked, **here}, locked, assembly, path)


def _new_or_changed(
    here: Mapping[Id, str], assembly: LoadContext, locked: Mapping[Id, Locked], path: str
) -> Iterator[DataError]:
    for (sort, name), meaning in here.items():
        known = locked.get((sort, name))
        if any(RESERVED.fullmatch(part) for part in name.split("/")):
            expected = "an id that every system can use as the name of a file"
            yield assembly.about(sort, name, ("id",), Code.RESERVED_NAME, name, expected)
        if known is None:
            expected = f"its line in {path} (run: explainer lock)"
            yield assembly.about(sort, name, ("id",), Code.ID_NOT_LOCKED, name, expected)
        elif known.meaning != meaning:
            expected = f"«{known.meaning}», as published; a new meaning needs a new id"
            yield assembly.about(sort, name, ("id",), Code.ID_CHANGED, meaning, expected)


def _lost(
    here: Mapping[Id, str], dataset: Dataset, locked: Mapping[Id, Locked], path: str
) -> Iterator[DataError]:
    for (sort, name), known in locked.items():
        # The answer at a retired figure's address answers for all that stood there.
        home = known.meaning if sort == "derivation" else name.partition("/")[0]
        owner = ("source" if sort == "report" else "figure", home)
        covered = (sort, name) in dataset.retired or owner in dataset.retired
        if (sort, name) not in here and not covered:
            expected = f"a {sort} with this id in the data, or its entry in retired.yml"
            yield DataError(path, known.line, 1, Code.ID_LOST, "", f"{sort} {name}", expected)


_LOOKS = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "2": "z", "8": "b"})


def confusable_key(name: str) -> str:
    """What a name looks like at a glance: equal for names that readers would confuse."""
    folded = (
        unicodedata.normalize("NFKC", name)
        .casefold()
        .translate(_LOOKS)
        .replace("rn", "m")
        .replace("vv", "w")
    )
    return folded.replace("-", "").replace("_", "")


def _look_alikes(
    ids: Mapping[Id, object], locked: Mapping[Id, Locked], assembly: LoadContext, path: str
) -> Iterator[DataError]:
    seen: dict[Id, str] = {}
    for sort, name in ids:
        looks = (sort, confusable_key(name))
        if looks not in seen:
            seen[looks] = name
            continue
        expected = f"an id that cannot be taken for {seen[looks]!r}"
        if (sort, name) in assembly.origins:
            yield assembly.about(sort, name, ("id",), Code.ID_LOOKS_ALIKE, name, expected)
        else:
            line = locked[sort, name].line
            yield DataError(path, line, 1, Code.ID_LOOKS_ALIKE, "", name, expected)


def extended(text: str, dataset: Dataset) -> str:
    """The registry's text with the dataset's new ids appended."""
    locked, _ = read_lock(text, NAME)
    new = [
        f"{sort} {name} {meaning}\n"
        for (sort, name), meaning in published(dataset).items()
        if (sort, name) not in locked
    ]
    return text + "".join(new)
