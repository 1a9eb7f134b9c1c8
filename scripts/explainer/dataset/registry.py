"""``data/ids.lock``: every id that was ever published, so that no address is lost or reused.

One id a line, ``sort name``, in the order of first publication. The file only grows.
"""

from collections.abc import Iterator

from explainer.dataset.assemble import Assembly
from explainer.dataset.errors import Code, Problem
from explainer.dataset.model import Dataset

NAME = "ids.lock"
SORTS = ("figure", "claim", "derivation", "chart")


def published(dataset: Dataset) -> tuple[tuple[str, str], ...]:
    """Every id of the dataset that has an address, as ``(sort, name)``, in reading order."""
    ids: list[tuple[str, str]] = []
    for figure in dataset.figures.values():
        ids.append(("figure", figure.id))
        ids.extend(("claim", claim.ref) for claim in figure.claims)
    ids.extend(("derivation", name) for name in dataset.derivations)
    ids.extend(("chart", name) for name in dataset.charts)
    return tuple(ids)


def read_lock(text: str, path: str) -> tuple[dict[tuple[str, str], int], list[Problem]]:
    """The locked ids with their line numbers, and what is wrong with the file."""
    locked: dict[tuple[str, str], int] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        sort, _, name = line.partition(" ")
        if sort not in SORTS or not name or name != name.strip():
            expected = f"a line such as «figure jobs-created» ({', '.join(SORTS)})"
            problems.append(Problem(path, number, 1, Code.BAD_VALUE, "", line, expected))
        elif (sort, name) in locked:
            expected = f"each id once (line {locked[sort, name]} has it)"
            problems.append(Problem(path, number, 1, Code.DUPLICATE_ID, "", line, expected))
        else:
            locked[sort, name] = number
    return locked, problems


def check_lock(
    dataset: Dataset, assembly: Assembly, locked: dict[tuple[str, str], int], path: str
) -> Iterator[Problem]:
    """Ids of the dataset that are not locked, and locked ids that the dataset has lost."""
    here = published(dataset)
    for sort, name in here:
        if (sort, name) not in locked:
            expected = f"the line «{sort} {name}» in {path} (run: explainer lock)"
            yield assembly.about(sort, name, ("id",), Code.ID_NOT_LOCKED, name, expected)
    for (sort, name), line in locked.items():
        if (sort, name) not in here:
            found = f"{sort} {name}"
            yield Problem(
                path, line, 1, Code.ID_LOST, "", found, f"a {sort} with this id in the data"
            )


def extended(text: str, dataset: Dataset) -> str:
    """The lock file's text with the dataset's new ids appended."""
    locked, _ = read_lock(text, NAME)
    new = [f"{sort} {name}\n" for sort, name in published(dataset) if (sort, name) not in locked]
    return text + "".join(new)
