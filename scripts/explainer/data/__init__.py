"""YAML to typed data: strict reading, models, references, checks, and the registry of ids.

Other packages import from here.
"""

# ruff: noqa: F401
# mypy: implicit-reexport

from explainer.data.dataset import Dataset, Input
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.fields import LANGUAGES, Text
from explainer.data.load import load
from explainer.data.models import (
    Chart,
    ChartKind,
    Claim,
    ContextSource,
    Derivation,
    Figure,
    Rate,
    Report,
    Retired,
    Revision,
    Status,
    Term,
    mention_ids,
)
from explainer.data.translations import (
    TextLocation,
    outdated_texts,
    read_reviewed,
    simplified_forms,
    untranslated,
    written_texts,
)
from explainer.data.yaml_source import hidden
