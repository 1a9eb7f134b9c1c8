"""Hold a parsed file against its model, and generate the JSON Schemas of ``data/schema``."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import ErrorDetails, core_schema

from explainer.data.errors import Code, DataError, one_of
from explainer.data.models.fields import NOT_EMPTY, Text
from explainer.data.models.figures import Chart, Derivation, Figure, Statement, Theme, Topic
from explainer.data.models.publication import About, Retired, Revision, Term
from explainer.data.models.sources import ContextSource, MentionsFile, Rate, Source
from explainer.data.yaml_source import Document

FOLDERS = ("mentions", "figures", "context")
"""Folders of the data: each of their files matches the model of the folder's name."""


def _file(name: str, **keys: Any) -> Any:
    """Return the model of a file with these keys at its top."""
    fields: Any = {key: (form, ...) for key, form in keys.items()}
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


def _some(model: Any) -> Any:
    return Annotated[tuple[model, ...], NOT_EMPTY]


_STRING_KEY = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)*$")]
MODELS: Mapping[str, Any] = {
    "sources": _file("Sources", sources=_some(Source)),
    "mentions": MentionsFile,
    "topics": _file("Topics", topics=_some(Topic)),
    "figures": _file("Figures", figures=_some(Figure)),
    "context": _file("ContextSources", sources=_some(ContextSource)),
    "derivations": _file("Derivations", derivations=_some(Derivation)),
    "charts": _file("Charts", charts=_some(Chart)),
    "statements": _file("Statements", themes=_some(Theme), statements=_some(Statement)),
    "terms": _file("Terms", terms=_some(Term)),
    "interface": _file("Interface", strings=Annotated[Mapping[_STRING_KEY, Text], NOT_EMPTY]),
    "rates": _file("Rates", rates=_some(Rate)),
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
    """Return the file as an object of its model, or ``None`` with everything that is wrong."""
    try:
        return _adapter(form).validate_python(document.value), []
    except ValidationError as error:
        found = (_problem(document, form, one) for one in error.errors(include_url=False))
        return None, [problem for problem in found if problem is not None]


_TYPES = {
    **dict.fromkeys(("dataclass_type", "dict_type", "mapping_type", "model_type"), "a mapping"),
    **dict.fromkeys(("tuple_type", "list_type"), "a list"),
    **dict.fromkeys(("string_type", "enum", "literal_error"), "a text"),
}


def _problem(document: Document, form: str, error: ErrorDetails) -> DataError | None:
    """Return in our own words what pydantic found."""
    path, found, limits = error["loc"], error["input"], error.get("ctx", {})
    code, shown, expected = Code.BAD_VALUE, _name(found), error["msg"]
    at_key = path[-1:] == ("[key]",)
    path = path[:-1] if at_key else path
    around = _schema_at(form, path[:-1])
    wanted = around.get("propertyNames", {}) if at_key else _schema_at(form, path)
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            code, shown, at_key = Code.UNKNOWN_KEY, str(path[-1]), True
            expected = one_of([*around.get("properties", {})], shown)
        case "missing":
            code = Code.NO_TRANSLATION if around.get("title") == "Text" else Code.MISSING_KEY
            path, shown, expected = path[:-1], ", ".join(found), f"the key {path[-1]!r} as well"
        case "missing_key":
            code, shown = Code.MISSING_KEY, ", ".join(found)
        case "enum" | "literal_error" if isinstance(found, str):
            code = Code.UNKNOWN_KEY if at_key else code
            expected = one_of(wanted.get("enum") or [wanted.get("const", "")], found)
        case "string_pattern_mismatch":
            expected = f"a match for {limits['pattern']} {wanted.get('description', '')}".strip()
        case "string_too_long" | "too_long":
            unit = "characters" if isinstance(found, str) else "items"
            expected = f"at most {limits['max_length']} {unit}"
        case "string_too_short" | "too_short":
            if len(found) >= limits["min_length"]:
                return None  # all items of a list are wrong, and reported
            code, shown, expected = Code.EMPTY, "", "something here"
        case name if name in _TYPES:
            code, expected = Code.WRONG_TYPE, _TYPES[name]
    return document.problem(path, code, shown, expected, at_key=at_key)


def _name(found: object) -> str:
    if isinstance(found, dict):
        return "a mapping"
    return "a list" if isinstance(found, list) else str(found)


def _schema_at(form: str, path: tuple[str | int, ...]) -> Mapping[str, Any]:
    """Return the part of a form's schema that a value at ``path`` has to match."""
    definitions = json_schema(form)["$defs"]

    def resolved(part: Mapping[str, Any]) -> Mapping[str, Any]:
        name = part.get("$ref", "").rpartition("/")[2]
        return {**resolved(definitions[name]), **part} if name else part

    part = resolved(json_schema(form))
    for step in path:
        inner = part.get("properties", {}).get(step) or part.get("items")
        patterns = part.get("patternProperties", {}).values()
        part = resolved(inner or part.get("additionalProperties") or next(iter(patterns), {}))
    return part
