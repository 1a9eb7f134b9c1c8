"""The one loader: the data folder in, a checked :class:`Dataset` or every problem out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from explainer import collector
from explainer.data import files, pairs, registry, schema, strict_yaml
from explainer.data.assemble import assemble
from explainer.data.assembly import LoadContext
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.history import check_history
from explainer.data.model import Dataset, ReviewedPairs
from explainer.data.rules import RULES, Rule
from explainer.data.strict_yaml import Document
from explainer.workers import Started, spread

SINGLE = {
    "sources.yml": "sources",
    "topics.yml": "topics",
    "derivations.yml": "derivations",
    "charts.yml": "charts",
    "terms.yml": "terms",
    "interface.yml": "interface",
    "rates.yml": "rates",
    "retired.yml": "retired",
    "revisions.yml": "revisions",
    "about.yml": "about",
    "statements.yml": "statements",
}
_LARGE = 1_000_000
"""Bytes of data files that are worth a process."""
FOLDERS = {"mentions": "mentions", "figures": "figures", "context": "context"}


Match = tuple[Document | None, tuple[DataError, ...]]
Reader = Callable[[bytes, str, str], Match]
"""What reads a file's content, by the path that problems show and the name of its schema."""


def read(content: bytes, shown: str, form: str) -> Match:
    """A file as a document that its schema allows, or what is wrong with it.

    The same content gives the same answer; who loads again and again may remember answers.
    """
    document, faults = strict_yaml.parse(content, shown)
    if document is not None:
        faults = [*faults, *schema.check(document, form)]
    return document, tuple(faults)


def load(data: Path, *, locked: bool = True, reader: Reader = read) -> Dataset:
    """Read and check the data folder.

    Problems name files by their path below ``data``'s parent ("data/terms.yml"). With
    ``locked=False`` the registry of ids and the history are not held against the data; only the
    command that extends them loads so. Raises :class:`DataErrors` with all problems.
    """
    with loading(data, locked=locked, reader=reader) as dataset:
        return dataset


@contextmanager
def loading(data: Path, *, locked: bool = True, reader: Reader = read) -> Iterator[Dataset]:
    """The same for a ``with`` statement, which may get what proves wrong when it ends.

    Where there is much data, another process checks it meanwhile. A fault of the data takes the
    place of whatever the statement raised.
    """
    with collector.put_off():
        documents, problems = _documents(data, reader)
        DataErrors.unless_empty(problems)
        checked, problems = _checked(data, required=locked)
        DataErrors.unless_empty(problems)
        dataset, assembly = assemble(documents, checked)
        if assembly.problems:
            lock = _lock_problems(data, dataset, assembly) if locked else []
            raise DataErrors([*assembly.problems, *lock])
        rules = [*RULES, *((partial(_lock_problems, data), check_history) if locked else ())]
        piece = 1 if _size(data, documents) >= _LARGE else len(rules)
        with Started(partial(_broken, dataset, assembly), rules, piece) as checking:
            if checking.is_alone:
                _tell(checking)
                yield dataset
                return
            try:
                yield dataset
            except Exception:
                _tell(checking)
                raise
            _tell(checking)


def _tell(checking: Started[Rule, list[DataError]]) -> None:
    DataErrors.unless_empty(problem for found in checking.finish() for problem in found)


def _broken(dataset: Dataset, assembly: LoadContext, rules: Sequence[Rule]) -> list[DataError]:
    return [problem for rule in rules for problem in rule(dataset, assembly)]


def _size(data: Path, names: Iterable[str]) -> int:
    return sum(files.size(data, name) for name in names)


def written_pairs(data: Path) -> tuple[pairs.TextLocation, ...]:
    """Every text in both languages in the data folder, with its place. Raises :class:`DataErrors`."""
    documents, problems = _documents(data, read)
    DataErrors.unless_empty(problems)
    return tuple(pairs.in_documents(documents))


def _checked(data: Path, *, required: bool) -> tuple[ReviewedPairs, list[DataError]]:
    shown = f"{data.name}/{pairs.NAME}"
    if not required and not (data / pairs.NAME).exists():
        return pairs.read("", shown)
    text, problems = files.lines(data, pairs.NAME)
    checked, wrong = pairs.read(text, shown)
    return checked, problems or wrong


def _schema_of(name: str) -> str:
    return SINGLE.get(name) or FOLDERS[name.partition("/")[0]]


def _documents(data: Path, reader: Reader) -> tuple[dict[str, Document], list[DataError]]:
    documents: dict[str, Document] = {}
    problems: list[DataError] = []
    names = list(SINGLE)
    problems.extend(files.unknown_files(data, {*SINGLE, registry.NAME, pairs.NAME}, FOLDERS))
    for folder in FOLDERS:
        found = sorted(one.name for one in (data / folder).glob("*.yml") if files.is_name(one.name))
        if not found:
            shown = f"{data.name}/{folder}"
            problems.append(
                DataError(shown, 0, 0, Code.NOT_FOUND, "", "no .yml file", "at least one")
            )
        names.extend(f"{folder}/{name}" for name in found)
    for name, (document, faults) in _readings(data, names, reader):
        problems.extend(faults)
        if document is not None:
            documents[name] = document
    return documents, problems


def _readings(data: Path, names: Sequence[str], reader: Reader) -> Iterator[tuple[str, Match]]:
    """What each file holds or what is wrong with it: read on every processor where that pays.

    A reader of the caller's own may remember, and so reads here.
    """

    def reading(name: str) -> Match:
        content = files.content(data, name)
        if isinstance(content, DataError):
            return None, (content,)
        return reader(content, f"{data.name}/{name}", _schema_of(name))

    if reader is not read or _size(data, names) < _LARGE:
        yield from ((name, reading(name)) for name in names)
        return
    ordered = sorted(names, key=lambda name: -files.size(data, name))
    found = spread(lambda some: {name: reading(name) for name in some}, ordered, piece=1)
    together = {name: one for part in found for name, one in part.items()}
    yield from ((name, together[name]) for name in names)


def _lock_problems(data: Path, dataset: Dataset, assembly: LoadContext) -> list[DataError]:
    shown = f"{data.name}/{registry.NAME}"
    text, unread = files.lines(data, registry.NAME)
    if unread:
        return unread
    locked, problems = registry.read_lock(text, shown)
    if not assembly.problems:
        problems.extend(registry.check_lock(dataset, assembly, locked, shown))
    return problems
