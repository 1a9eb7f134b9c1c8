"""What a JSON Schema does not allow in a document, in words that we choose."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from explainer.data.errors import Code, DataError
from explainer.data.locator import Locator, suggestion
from explainer.data.strict_yaml import Document, Path


@cache
def _validator(schemas: FilePath, name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (path.name, Resource.from_contents(json.loads(path.read_text("utf-8"))))
        for path in sorted(schemas.glob("*.json"))
    )
    return Draft202012Validator(registry.contents(f"{name}.json"), registry=registry)


def faults(document: Document, name: str, schemas: FilePath) -> Iterator[DataError]:
    """Everything in ``document`` that the schema ``name`` in the folder ``schemas`` refuses."""
    locator = Locator(document)
    for error in _validator(schemas, name).iter_errors(document.value):
        yield from _problems(locator, error)


def _problems(locator: Locator, error: ValidationError) -> Iterator[DataError]:
    path: Path = tuple(error.absolute_path)
    rule = error.validator
    found: Any = error.instance
    wanted: Any = error.validator_value
    schema: Any = error.schema
    match rule:
        case "additionalProperties" if isinstance(wanted, bool):
            known = list(schema.get("properties", {}))
            for key in sorted(set(found) - set(known)):
                yield locator.problem(
                    (*path, key), Code.UNKNOWN_KEY, key, _one_of(known, key), at_key=True
                )
        case "required":
            for key in wanted:
                if key not in found:
                    missing_language = set(wanted) == {"en", "zh"}
                    code = Code.NO_TRANSLATION if missing_language else Code.MISSING_KEY
                    here = ", ".join(found) if isinstance(found, dict) else str(found)
                    yield locator.problem(path, code, here, f"the key {key!r} as well")
        case "type":
            yield locator.problem(path, Code.WRONG_TYPE, _kind(found), f"{_NAMES[wanted]}")
        case "enum":
            yield locator.problem(path, Code.BAD_VALUE, _kind(found), _one_of(wanted, found))
        case "minLength" | "minItems" | "minProperties":
            yield locator.problem(path, Code.EMPTY, "", "something here")
        case "maxLength":
            yield locator.problem(path, Code.BAD_VALUE, found, f"at most {wanted} characters")
        case "oneOf":
            choices = (" and ".join(choice["required"]) for choice in wanted)
            yield locator.problem(
                path, Code.BAD_VALUE, ", ".join(found), f"either {', or '.join(choices)}"
            )
        case "pattern":
            about = schema.get("description", "")
            yield locator.problem(
                path, Code.BAD_VALUE, found, f"a match for {wanted} {about}".strip()
            )
        case _:
            yield locator.problem(path, Code.BAD_VALUE, str(found), error.message)


_NAMES = {"object": "a mapping", "array": "a list", "string": "a text"}


def _kind(found: object) -> str:
    if isinstance(found, dict):
        return "a mapping"
    return "a list" if isinstance(found, list) else str(found)


def _one_of(known: list[str], found: object) -> str:
    return "one of " + ", ".join(known) + suggestion(known, str(found))
