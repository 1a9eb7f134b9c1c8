"""Published means for ever: today's registry and retirements held against all that was committed.

Every version of the history counts, not only the last: an id that one commit took out and another
brought back with a new meaning is caught, and so is one that a merge dropped.
"""

from collections.abc import Iterable, Iterator

from explainer.checkout import Version
from explainer.data import strict_yaml
from explainer.data.errors import Code, DataError
from explainer.data.registry import NAME, read_lock
from explainer.data.retirement import Id

RETIRED = "retired.yml"


def forgotten(before: Iterable[Version], now: str, path: str) -> Iterator[DataError]:
    """Every id of an earlier registry that today's lacks, or that it gives another meaning.

    A line without a meaning, as the first registries had them, promised the id alone.
    """
    today, _ = read_lock(now, path)
    told: set[tuple[Id, str]] = set()
    last = ""
    for version in before:
        last = version.text
        for (sort, name), meaning in _promised(version.text):
            known = today.get((sort, name))
            if ((sort, name), meaning) in told or (known and meaning in ("", known.meaning)):
                continue
            told.add(((sort, name), meaning))
            line = f"{sort} {name} {meaning}".rstrip()
            expected = f"«{line}», as committed on {version.day} ({version.commit[:10]})"
            if known is None:
                found = f"no {sort} {name}"
                yield DataError(path, 0, 0, Code.LOCK_SHRANK, "", found, expected)
            else:
                yield DataError(path, known.line, 1, Code.ID_CHANGED, name, known.meaning, expected)
    if not told:
        yield from shrunk(last, now, path)


def _promised(text: str) -> Iterator[tuple[Id, str]]:
    for line in text.splitlines():
        sort, _, rest = line.partition(" ")
        name, _, meaning = rest.partition(" ")
        if name and not line.startswith("#"):
            yield (sort, name), meaning


def shrunk(before: str, now: str, path: str) -> Iterator[DataError]:
    """Where the registry lost or changed a line that the version before had: it only grows."""
    lines = now.splitlines()
    for number, line in enumerate(before.splitlines(), 1):
        found = lines[number - 1] if number <= len(lines) else "the end of the file"
        if found != line:
            expected = f"«{line}», as committed; the registry only grows"
            yield DataError(path, number, 1, Code.LOCK_SHRANK, "", found, expected)
            return


def unretired(before: Iterable[Version], now: str, path: str) -> Iterator[DataError]:
    """Every id that was retired in an earlier version and is not retired today."""
    today = set(_entries(now, path))
    told: set[Id] = set()
    for version in before:
        for sort, name in _entries(version.text, path):
            if (sort, name) not in today and (sort, name) not in told:
                told.add((sort, name))
                expected = f"its entry, as committed on {version.day} ({version.commit[:10]})"
                found = f"no {sort} {name}"
                yield DataError(path, 0, 0, Code.RETIREMENT_LOST, "", found, expected)


def _entries(text: str, path: str) -> Iterator[Id]:
    """Sort and id of every entry; nothing where an early version cannot be read."""
    document, _ = strict_yaml.parse(text.encode("utf-8"), path)
    value = document.value if document else None
    entries = value.get("retired") if isinstance(value, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield str(entry.get("sort", "")), str(entry.get("id", ""))


FILES = {NAME: forgotten, RETIRED: unretired}
"""What holds each file of the data folder against its past."""
