"""Where everything in the data files stands: entities, texts, names that refer to others."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

from explainer.data.errors import Code, DataError, Path
from explainer.data.models.fields import Entry, References, Text, Verbatim
from explainer.data.models.sources import ContextSource, Mention, Source
from explainer.data.yaml_source import Document


class Place(NamedTuple):
    """A value of a data file: the document and its path there, and the annotations of its field.

    ``owner`` is the entity around the value, or the outermost entry where none has an id.
    """

    document: Document
    path: Path
    value: Any
    marks: tuple[Any, ...] = ()
    owner: Any = None

    def problem(self, code: Code, found: str, expected: str, below: Path = ()) -> DataError:
        """Return the fault ``code`` of this value, or of one ``below`` it."""
        return self.document.problem((*self.path, *below), code, found, expected)


class Places:
    """An index of the data files.

    ``entities`` finds the place of an entity by its sort and name, ``known`` the entity by its name
    among those of a sort. ``texts`` are those that readers see, ``names`` the values that have to
    be an id of the given sort.
    """

    def __init__(self) -> None:
        self.entities: dict[tuple[str, str], Place] = {}
        self.known: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        self.texts: list[Place] = []
        self.names: list[tuple[str, Place]] = []

    def __getitem__(self, entity: tuple[str, str]) -> Place:
        """Return the place of an entity by its sort and name."""
        return self.entities[entity]

    def add(self, document: Document, content: Mapping[str, Any] | Entry) -> Iterator[DataError]:
        """Index one file. Yields a fault for every id that is taken."""
        for place in walk(Place(document, (), content)):
            if isinstance(place.value, Text):
                if not any(mark is Verbatim for mark in place.marks):
                    self.texts.append(place)
            elif getattr(place.value, "entity", ""):
                yield from self._add_entity(place.value.entity, place.value.ref, place)
            elif isinstance(place.value, str):
                sorts = (mark.sort for mark in place.marks if isinstance(mark, References))
                self.names.extend((sort, place) for sort in sorts)

    def _add_entity(self, sort: str, name: str, place: Place) -> Iterator[DataError]:
        first = self.entities.setdefault((sort, name), place)
        if first is not place:
            line, _ = first.document.place(first.path)
            expected = f"an id of its own ({first.document.path}:{line} has it)"
            yield place.problem(Code.DUPLICATE_ID, name.rpartition("/")[2], expected, ("id",))
            return
        self.known[sort][name] = place.value
        match place.value:
            case Source():
                self.known["primary source"][name] = place.value
            case ContextSource():
                self.known["context source"][name] = place.value
            case Mention(id=mention, source=source):
                self.known[f"mention in {source}"][mention] = place.value


def walk(place: Place) -> Iterator[Place]:
    """Yield a place and those of everything inside its value, in the order of the fields."""
    yield place
    document, path, value, marks, owner = place
    inside: list[tuple[str | int, Any, tuple[Any, ...]]] = []
    if isinstance(value, tuple):
        inside = [(index, one, marks) for index, one in enumerate(value)]
    elif isinstance(value, Mapping):
        inside = [(key, one, marks) for key, one in value.items()]
    elif isinstance(value, Entry) and not isinstance(value, Text):
        owner = value if value.entity or not owner else owner
        model: Any = type(value)
        inside = [(key, getattr(value, name), its) for name, key, its in _fields(model)]
    for step, one, its_marks in inside:
        if one is not None:
            yield from walk(Place(document, (*path, step), one, its_marks, owner))


@cache
def _fields(model: Any) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Return attribute, key in the file, and annotations of every field of a model."""
    hints = get_type_hints(model, include_extras=True)
    found = []
    for one in dataclasses.fields(model):
        if one.init:
            marks = tuple(_marks(hints[one.name]))
            aliases = (alias for mark in marks if (alias := getattr(mark, "alias", None)))
            found.append((one.name, next(aliases, one.name), marks))
    return found


def _marks(hint: Any) -> Iterator[Any]:
    yield from getattr(hint, "__metadata__", ())
    for inner in get_args(hint):
        yield from _marks(inner)
