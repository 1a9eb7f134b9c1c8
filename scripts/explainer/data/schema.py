"""Hold parsed files against their models, find every value again, generate the JSON Schemas."""

import dataclasses
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import ErrorDetails, core_schema

from explainer.data.errors import Code, DataError, Path, did_you_mean, one_of
from explainer.data.fields import LANGUAGES, Entry, References, Some, Text, Verbatim
from explainer.data.figures import Chart, Derivation, Figure, Grade, Statement, Theme, Topic
from explainer.data.publication import About, Retired, Revision, Term
from explainer.data.sources import ContextSource, MentionsFile, Rate, Source
from explainer.data.yaml_source import Document

FOLDERS = ("mentions", "figures", "context")
"""Folders of the data: each of their files matches the model of the folder's name."""


def _file(name: str, **keys: Any) -> Any:
    """Return the model of a file with these keys at its top."""
    fields: Any = {key: (form, ...) for key, form in keys.items()}
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


_STRING_KEY = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)*$")]
_STRINGS = Annotated[Mapping[_STRING_KEY, Text], Field(min_length=1)]
MODELS: Mapping[str, Any] = {
    "sources": _file("Sources", sources=Some[Source]),
    "mentions": MentionsFile,
    "topics": _file("Topics", topics=Some[Topic]),
    "figures": _file("Figures", figures=Some[Figure]),
    "context": _file("ContextSources", sources=Some[ContextSource]),
    "derivations": _file("Derivations", derivations=Some[Derivation]),
    "charts": _file("Charts", charts=Some[Chart]),
    "statements": _file("Statements", themes=Some[Theme], statements=Some[Statement]),
    "grades": _file("Grades", grades=tuple[Grade, ...]),
    "terms": _file("Terms", terms=Some[Term]),
    "interface": _file("Interface", strings=_STRINGS),
    "rates": _file("Rates", rates=Some[Rate]),
    "retired": _file("RetiredIds", retired=tuple[Retired, ...]),
    "revisions": _file("Revisions", revisions=tuple[Revision, ...]),
    "about": _file("AboutFile", about=About),
}
"""The model of each data file."""
SINGLE = tuple(f"{name}.yml" for name in MODELS if name not in FOLDERS)
"""Files of the data folder itself."""


class _Generator(GenerateJsonSchema):
    """A key that may be left out may not be null: YAML's null is refused."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the value without null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of the value without its default, which is no text of a file."""
        return self.generate_inner(schema["schema"])


@cache
def _adapter(form: str) -> TypeAdapter[Any]:
    return TypeAdapter(MODELS[form])


@cache
def json_schema(form: str) -> Mapping[str, Any]:
    """Return the JSON Schema of the data files of one form ("figures")."""
    made = _adapter(form).json_schema(schema_generator=_Generator)
    return {"$schema": _Generator.schema_dialect, **made}


def schema_files() -> dict[str, str]:
    """Return the content of ``data/schema``, by name: generated from the models."""
    return {
        f"{form}.json": json.dumps(json_schema(form), indent=2, ensure_ascii=False) + "\n"
        for form in MODELS
    }


def validate(document: Document, form: str) -> tuple[Any, list[DataError]]:
    """Return the file's content as its model says, or ``None`` with everything that is wrong."""
    try:
        content = _adapter(form).validate_python(document.value)
        return (dict(content) if isinstance(content, BaseModel) else content), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, [_problem(document, form, one) for one in errors if not _is_echo(one)]


def _is_echo(error: ErrorDetails) -> bool:
    """Return whether a list counts as too short only because its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


_TYPES = {
    **dict.fromkeys(("dataclass_type", "dict_type", "mapping_type", "model_type"), "a mapping"),
    **dict.fromkeys(("tuple_type", "list_type"), "a list"),
    **dict.fromkeys(("string_type", "enum", "literal_error"), "a text"),
}


def _problem(document: Document, form: str, error: ErrorDetails) -> DataError:
    """Return in our own words what pydantic found."""
    path, found, limits = error["loc"], error["input"], error.get("ctx", {})
    code, expected = Code.BAD_VALUE, error["msg"]
    shown = found if isinstance(found, str) else f"a {type(found).__name__}"
    at_key = path[-1:] == ("[key]",)
    path = path[:-1] if at_key else path
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            code, shown, at_key = Code.UNKNOWN_KEY, str(path[-1]), True
            parts = (json_schema(form), *json_schema(form)["$defs"].values())
            known = (key for part in parts for key in part.get("properties", {}))
            expected = f"a key of {form}.json{did_you_mean(known, shown)}"
        case "missing":
            code = Code.NO_TRANSLATION if path[-1] in LANGUAGES else Code.MISSING_KEY
            path, shown, expected = path[:-1], ", ".join(found), f"the key {path[-1]!r} as well"
        case "unread":
            code, shown = Code.UNREAD_MENTION, limits["phrase"]
        case "missing_key":
            code, shown = Code.MISSING_KEY, ", ".join(found)
        case "enum" | "literal_error" if isinstance(found, str):
            code = Code.UNKNOWN_KEY if at_key else code
            expected = one_of(re.findall("'([^']*)'", limits["expected"]), found)
        case "string_pattern_mismatch":
            expected = f"a match for {limits['pattern']}"
        case "string_too_short" | "too_short" if not found:
            code, shown, expected = Code.EMPTY, "", "something here"
        case name if name in _TYPES:
            code, expected = Code.WRONG_TYPE, _TYPES[name]
    return document.problem(path, code, shown, expected, at_key=at_key)


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

    def add(self, document: Document, content: Any) -> Iterator[DataError]:
        """Index one file. Yields a fault for every id that is taken."""
        for place in _walk(Place(document, (), content)):
            if isinstance(place.value, Text):
                if Verbatim not in place.marks:
                    self.texts.append(place)
            elif isinstance(place.value, str):
                sorts = (mark.sort for mark in place.marks if isinstance(mark, References))
                self.names.extend((sort, place) for sort in sorts)
            elif getattr(place.value, "entity", ""):
                yield from self._add_entity(place.value.entity, place.value.ref, place)

    def _add_entity(self, sort: str, name: str, place: Place) -> Iterator[DataError]:
        first = self.entities.setdefault((sort, name), place)
        if first is not place:
            line, _ = first.document.place(first.path)
            expected = f"an id of its own ({first.document.path}:{line} has it)"
            yield place.problem(Code.DUPLICATE_ID, name.rpartition("/")[2], expected, ("id",))
            return
        if sort == "source":
            sort = "primary source" if isinstance(place.value, Source) else "context source"
        self.known[sort][name] = place.value


def _walk(place: Place) -> Iterator[Place]:
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
            yield from _walk(Place(document, (*path, step), one, its_marks, owner))


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
