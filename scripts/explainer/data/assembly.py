"""The dataset under construction: what every builder needs to place objects and report faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from explainer.data.errors import Code, DataError
from explainer.data.locator import Locator, suggestion
from explainer.data.model import Text
from explainer.data.strict_yaml import Document, Path


@dataclass(slots=True)
class LoadContext:
    """The dataset under construction, its problems, and where each object was written."""

    documents: Mapping[str, Document]
    problems: list[DataError] = field(default_factory=list)
    origins: dict[tuple[str, str], tuple[Locator, Path]] = field(default_factory=dict)
    _locators: dict[str, Locator] = field(default_factory=dict)

    def locator(self, document: Document) -> Locator:
        """The one locator of ``document``."""
        if document.path not in self._locators:
            self._locators[document.path] = Locator(document)
        return self._locators[document.path]

    def remember(self, sort: str, name: str, document: Document, path: Path) -> bool:
        """Note where the object was written; ``False`` and a problem where the id is taken."""
        if (sort, name) in self.origins:
            first, first_path = self.origins[sort, name]
            place = first.document.places().get(first_path, (0, 0))
            self.report(
                self.locator(document),
                (*path, "id"),
                Code.DUPLICATE_ID,
                name.rpartition("/")[2],
                f"an id of its own ({first.document.path}:{place[0]} has it)",
            )
            return False
        self.origins[sort, name] = (self.locator(document), path)
        return True

    def report(self, where: Locator, path: Path, code: Code, found: str, expected: str) -> None:
        """Add the problem ``code`` at ``path`` of the document behind ``where``."""
        self.problems.append(where.problem(path, code, found, expected))

    def about(
        self, sort: str, name: str, sub: Path, code: Code, found: str, expected: str
    ) -> DataError:
        """The problem ``code`` at ``sub`` inside an object that was remembered."""
        where, path = self.origins[sort, name]
        return where.problem((*path, *sub), code, found, expected)


def pair(raw: Any) -> Text:
    """The text in both languages that a mapping spells."""
    return Text(raw["en"], raw["zh"])


def optional_pair(raw: Any) -> Text | None:
    """The same, or ``None`` where nothing was written."""
    return None if raw is None else pair(raw)


_V = TypeVar("_V")


def pick(
    assembly: LoadContext, known: Mapping[str, _V], name: str, what: str, where: Locator, path: Path
) -> _V | None:
    """The object called ``name``; ``None`` and a problem where there is none."""
    if name in known:
        return known[name]
    hint = suggestion(list(known), name)
    assembly.report(where, path, Code.UNKNOWN_REFERENCE, name, f"the id of a {what}{hint}")
    return None


def value_of(documents: Mapping[str, Document], name: str) -> Any:
    """A document's content."""
    return documents[name].value


def below(documents: Mapping[str, Document], folder: str) -> Iterator[Document]:
    """The documents of one folder, in order."""
    for name in sorted(documents):
        if name.startswith(f"{folder}/"):
            yield documents[name]


def entries(
    assembly: LoadContext, name: str, sort: str, *, key: str = ""
) -> Iterator[tuple[Any, Locator, Path]]:
    """Every entry of the file ``name`` whose id is its own, with where it stands.

    The root key is the file's own name, or ``key``; an entry is remembered as ``sort``.
    """
    document = assembly.documents[name]
    where = assembly.locator(document)
    key = key or name.removesuffix(".yml").rpartition("/")[2]
    value: Any = document.value
    for index, raw in enumerate(value[key]):
        path: Path = (key, index)
        label = raw["id"] if sort != "retired" else f"{raw['sort']} {raw['id']}"
        if assembly.remember(sort, label, document, path):
            yield raw, where, path
