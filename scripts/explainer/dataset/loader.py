"""The one loader: the data folder in, a checked :class:`Dataset` or every problem out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from explainer import collector
from explainer.dataset import files, pairs, registry, schema, strict_yaml
from explainer.dataset.assemble import assemble
from explainer.dataset.assembly import Assembly
from explainer.dataset.errors import BadData, Code, Problem
from explainer.dataset.history import check_history
from explainer.dataset.model import Checked, Dataset
from explainer.dataset.rules import RULES, Rule
from explainer.dataset.strict_yaml import Document
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


Reading = tuple[Document | None, tuple[Problem, ...]]
Reader = Callable[[bytes, str, str], Reading]
"""What reads a file's content, by the path that problems show and the name of its schema."""


def read(content: bytes, shown: str, form: str) -> Reading:
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
    command that extends them loads so. Raises :class:`BadData` with all problems.
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
        BadData.unless_empty(problems)
        checked, problems = _checked(data, required=locked)
        BadData.unless_empty(problems)
        dataset, assembly = assemble(documents, checked)
        if assembly.problems:
            lock = _lock_problems(data, dataset, assembly) if locked else []
            raise BadData([*assembly.problems, *lock])
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


def _tell(checking: Started[Rule, list[Problem]]) -> None:
    BadData.unless_empty(problem for found in checking.finish() for problem in found)


def _broken(dataset: Dataset, assembly: Assembly, rules: Sequence[Rule]) -> list[Problem]:
    return [problem for rule in rules for problem in rule(dataset, assembly)]


def _size(data: Path, names: Iterable[str]) -> int:
    return sum(files.size(data, name) for name in names)


def written_pairs(data: Path) -> tuple[pairs.Written, ...]:
    """Every text in both languages in the data folder, with its place. Raises :class:`BadData`."""
    documents, problems = _documents(data, read)
    BadData.unless_empty(problems)
    return tuple(pairs.in_documents(documents))


def _checked(data: Path, *, required: bool) -> tuple[Checked, list[Problem]]:
    shown = f"{data.name}/{pairs.NAME}"
    if not required and not (data / pairs.NAME).exists():
        return pairs.read("", shown)
    text, problems = files.lines(data, pairs.NAME)
    checked, wrong = pairs.read(text, shown)
    return checked, problems or wrong


def _schema_of(name: str) -> str:
    return SINGLE.get(name) or FOLDERS[name.partition("/")[0]]


def _documents(data: Path, reader: Reader) -> tuple[dict[str, Document], list[Problem]]:
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    names = list(SINGLE)
    problems.extend(files.strays(data, {*SINGLE, registry.NAME, pairs.NAME}, FOLDERS))
    for folder in FOLDERS:
        found = sorted(one.name for one in (data / folder).glob("*.yml") if files.is_name(one.name))
        if not found:
            shown = f"{data.name}/{folder}"
            problems.append(
                Problem(shown, 0, 0, Code.NOT_FOUND, "", "no .yml file", "at least one")
            )
        names.extend(f"{folder}/{name}" for name in found)
    for name, (document, faults) in _readings(data, names, reader):
        problems.extend(faults)
        if document is not None:
            documents[name] = document
    return documents, problems


def _readings(data: Path, names: Sequence[str], reader: Reader) -> Iterator[tuple[str, Reading]]:
    """What each file holds or what is wrong with it: read on every processor where that pays.

    A reader of the caller's own may remember, and so reads here.
    """

    def reading(name: str) -> Reading:
        content = files.content(data, name)
        if isinstance(content, Problem):
            return None, (content,)
        return reader(content, f"{data.name}/{name}", _schema_of(name))

    if reader is not read or _size(data, names) < _LARGE:
        yield from ((name, reading(name)) for name in names)
        return
    ordered = sorted(names, key=lambda name: -files.size(data, name))
    found = spread(lambda some: {name: reading(name) for name in some}, ordered, piece=1)
    together = {name: one for part in found for name, one in part.items()}
    yield from ((name, together[name]) for name in names)


def _lock_problems(data: Path, dataset: Dataset, assembly: Assembly) -> list[Problem]:
    shown = f"{data.name}/{registry.NAME}"
    text, unread = files.lines(data, registry.NAME)
    if unread:
        return unread
    locked, problems = registry.read_lock(text, shown)
    if not assembly.problems:
        problems.extend(registry.check_lock(dataset, assembly, locked, shown))
    return problems
