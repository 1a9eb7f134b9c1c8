"""Where everything in the data files stands: entities, texts, names that refer to others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from explainer.data.errors import Code, DataError, Path
from explainer.data.models.fields import Entry, References, Text, Verbatim, Visit, walk
from explainer.data.models.sources import ContextSource, Mention, Source
from explainer.data.yaml_source import Document

SORTS_OF_SOURCES = {Source: "article", ContextSource: "context source"}


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a data file: the document, its path there, and the entity around it."""

    document: Document
    path: Path
    value: Any
    owner: Any

    def problem(self, code: Code, found: str, expected: str, below: Path = ()) -> DataError:
        """Return the fault ``code`` of this value, or of one ``below`` it."""
        return self.document.problem((*self.path, *below), code, found, expected)


@dataclass(slots=True)
class Places:
    """An index of the data files.

    ``entities`` finds an entity by its sort and name, ``texts`` are those that readers see and
    ``names`` the values that have to be an id of the given sort.
    """

    entities: dict[tuple[str, str], Place] = field(default_factory=dict)
    known: Mapping[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    texts: list[Place] = field(default_factory=list)
    names: list[tuple[str, Place]] = field(default_factory=list)

    def add(self, document: Document, content: Mapping[str, Any] | Entry) -> Iterator[DataError]:
        """Index one file. Yields a fault for every id that is taken."""
        for visit in walk(content):
            place = Place(document, visit.path, visit.value, visit.owner)
            if isinstance(visit.value, Text):
                if not any(mark is Verbatim for mark in visit.marks):
                    self.texts.append(place)
            elif isinstance(visit.value, Entry):
                if visit.value.entity:
                    yield from self._add_entity(visit, place)
            elif isinstance(visit.value, str):
                for mark in visit.marks:
                    if isinstance(mark, References):
                        self.names.append((mark.sort, place))

    def _add_entity(self, visit: Visit, place: Place) -> Iterator[DataError]:
        sort, name = visit.value.entity, visit.value.ref
        first = self.entities.setdefault((sort, name), place)
        if first is not place:
            line, _ = first.document.place(first.path)
            expected = f"an id of its own ({first.document.path}:{line} has it)"
            found = name.rpartition("/")[2]
            yield place.problem(Code.DUPLICATE_ID, found, expected, ("id",))
            return
        self.known[sort][name] = visit.value
        if narrow := SORTS_OF_SOURCES.get(type(visit.value)):
            self.known[narrow][name] = visit.value
        elif isinstance(visit.value, Mention):
            self.known[f"mention in {visit.value.source}"][visit.value.id] = visit.value

    def problem(
        self, sort: str, name: str, below: Path, code: Code, found: str, expected: str
    ) -> DataError:
        """Return the fault ``code`` at ``below`` inside an entity."""
        return self.entities[sort, name].problem(code, found, expected, below)
