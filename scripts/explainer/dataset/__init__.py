"""YAML to typed data: strict reading, schemas, references, rules, and the registry of ids."""

from explainer.dataset.errors import BadData, Code, Problem
from explainer.dataset.loader import load
from explainer.dataset.model import (
    LANGUAGES,
    Chart,
    Claim,
    Comparison,
    Dataset,
    Derivation,
    Figure,
    Mention,
    Pair,
    Rate,
    Retired,
    Role,
    Source,
    Status,
    Term,
    Topic,
    Variant,
    Voice,
)
from explainer.dataset.rules import same

__all__ = [
    "LANGUAGES",
    "BadData",
    "Chart",
    "Claim",
    "Code",
    "Comparison",
    "Dataset",
    "Derivation",
    "Figure",
    "Mention",
    "Pair",
    "Problem",
    "Rate",
    "Retired",
    "Role",
    "Source",
    "Status",
    "Term",
    "Topic",
    "Variant",
    "Voice",
    "load",
    "same",
]
