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
    Role,
    Source,
    Status,
    Term,
    Topic,
    Variant,
    Voice,
)

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
    "Role",
    "Source",
    "Status",
    "Term",
    "Topic",
    "Variant",
    "Voice",
    "load",
]
