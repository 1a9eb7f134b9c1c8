"""The published JSON Schemas, applied to a parsed document.

Two validators read the same schemas. A quick one says whether there is any problem at all; only
where there is, a slower one, which takes seconds to load, tells which.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import jsonschema_rs

from explainer.data.errors import DataError
from explainer.data.strict_yaml import Document

SCHEMAS = FilePath(__file__).parents[3] / "data" / "schema"


@cache
def _quick(name: str) -> jsonschema_rs.Draft202012Validator:
    def schema(address: str) -> Any:
        return json.loads((SCHEMAS / address.rpartition("/")[2]).read_text("utf-8"))

    return jsonschema_rs.Draft202012Validator(schema(f"{name}.json"), retriever=schema)


def check(document: Document, name: str) -> Iterator[DataError]:
    """Everything in ``document`` that the schema ``name`` does not allow."""
    if not _quick(name).is_valid(document.value):
        from explainer.data.schema_faults import faults  # noqa: PLC0415

        yield from faults(document, name, SCHEMAS)
