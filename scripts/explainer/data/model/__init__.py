"""The dataset: what the sources print, who says it, and how the editors arrange it.

Ids are ASCII slugs. A reference names a claim as ``figure/claim``. Nothing here holds a value that
an editor typed: a claim takes its quantity from its mentions, a report from its phrase.
"""

from explainer.data.model.arithmetic import (
    ChainStep,
    Chart,
    ChartKind,
    ChartRow,
    Derivation,
    Slider,
)
from explainer.data.model.context import Access, ContextSource, Rate, Relation, Report
from explainer.data.model.figures import (
    Attribution,
    Claim,
    Comparison,
    Figure,
    Nature,
    Statement,
    Status,
    Topic,
)
from explainer.data.model.names import Term, Variant
from explainer.data.model.publication import About, Action, Retired, Revision, Standard
from explainer.data.model.sources import Digest, Mention, Role, Source, Voice
from explainer.data.model.texts import LANGUAGES, Outdated, ReviewedPairs, Text, digest
from explainer.data.model.whole import Dataset

__all__ = [
    "LANGUAGES",
    "About",
    "Access",
    "Action",
    "Attribution",
    "ChainStep",
    "Chart",
    "ChartKind",
    "ChartRow",
    "Claim",
    "Comparison",
    "ContextSource",
    "Dataset",
    "Derivation",
    "Digest",
    "Figure",
    "Mention",
    "Nature",
    "Outdated",
    "Rate",
    "Relation",
    "Report",
    "Retired",
    "ReviewedPairs",
    "Revision",
    "Role",
    "Slider",
    "Source",
    "Standard",
    "Statement",
    "Status",
    "Term",
    "Text",
    "Topic",
    "Variant",
    "Voice",
    "digest",
]
