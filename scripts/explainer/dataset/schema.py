"""The published JSON Schemas, applied: from a parsed document to problems a person can mend.

Two validators read the same schemas. A quick one says whether there is any problem at all; only
where there is, a slower one tells which, in words that we choose.
"""

import difflib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource

from explainer.dataset.errors import Code, Problem
from explainer.dataset.strict_yaml import Document, Path, field_name

SCHEMAS = FilePath(__file__).parents[3] / "data" / "schema"


@cache
def _quick(name: str) -> jsonschema_rs.Draft202012Validator:
    def schema(address: str) -> Any:
        return json.loads((SCHEMAS / address.rpartition("/")[2]).read_text("utf-8"))

    return jsonschema_rs.Draft202012Validator(schema(f"{name}.json"), retriever=schema)


@cache
def _validator(name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (path.name, Resource.from_contents(json.loads(path.read_text("utf-8"))))
        for path in sorted(SCHEMAS.glob("*.json"))
    )
    return Draft202012Validator(registry.contents(f"{name}.json"), registry=registry)


class Locator:
    """Turns places in one document into problems; finds lines only once one is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._values: dict[Path, tuple[int, int]] | None = None
        self._keys: dict[Path, tuple[int, int]] = {}

    def problem(
        self, path: Path, code: Code, found: str, expected: str, *, at_key: bool = False
    ) -> Problem:
        """The problem ``code`` at ``path``, with its line, column and field name."""
        if self._values is None:
            self._values = self.document.places()
            self._keys = self.document.key_places()
        place = self._keys.get(path) if at_key else None
        known = path
        while place is None:
            place = self._values.get(known)
            known = known[:-1]
        field = field_name(self.document.value, path)
        return Problem(self.document.path, *place, code, field, found, expected)


def check(document: Document, name: str) -> Iterator[Problem]:
    """Everything in ``document`` that the schema ``name`` does not allow."""
    if _quick(name).is_valid(document.value):
        return
    locator = Locator(document)
    for error in _validator(name).iter_errors(document.value):
        yield from _problems(locator, error)


def _problems(locator: Locator, error: ValidationError) -> Iterator[Problem]:
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


def suggestion(known: list[str], found: str) -> str:
    """What a near miss gets to read, " (did you mean …?)"; nothing where no known name is close."""
    close = difflib.get_close_matches(found, known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
