"""The JSON Schemas are those of the models, and say of the data what loading says."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.conftest import ROOT

from explainer.data import models

SCHEMAS = {path.name: path.read_text("utf-8") for path in (ROOT / "data/schema").glob("*.json")}
FILES = sorted(path.relative_to(ROOT / "data") for path in (ROOT / "data").rglob("*.yml"))


def test_the_committed_schemas_are_generated_from_the_models() -> None:
    assert models.schema_files() == SCHEMAS, "run: explainer schema"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_data_file_names_its_schema_and_matches_it(path: Path) -> None:
    text = (ROOT / "data" / path).read_text("utf-8")
    first, _, _ = text.partition("\n")
    named = (ROOT / "data" / path.parent / first.partition("$schema=")[2]).resolve()
    assert named.parent == ROOT / "data" / "schema"
    whole = json.loads(SCHEMAS[named.name])
    Draft202012Validator.check_schema(whole)
    validator = Draft202012Validator(whole)
    value: Any = yaml.load(text, yaml.BaseLoader)
    assert [error.message for error in validator.iter_errors(value)] == []
    assert list(validator.iter_errors({**value, "more": "x"}))
