"""The dataset: what the sources print, who says it, and how the editors arrange it.

Ids are ASCII slugs. A reference names a claim as ``figure/claim``. Nothing here holds a value that
an editor typed: a claim takes its quantity from its mentions, a report from its phrase.
"""

from explainer.dataset.model.arithmetic import (
    ChainStep,
    Chart,
    ChartKind,
    ChartRow,
    Derivation,
    Slider,
)
from explainer.dataset.model.context import ContextSource, Rate, Relation, Report, Seen
from explainer.dataset.model.figures import (
    Attribution,
    Claim,
    Comparison,
    Figure,
    Nature,
    Statement,
    Status,
    Topic,
)
from explainer.dataset.model.names import Term, Variant
from explainer.dataset.model.publication import About, Action, Charter, Retired, Revision
from explainer.dataset.model.sources import Fingerprint, Mention, Role, Source, Voice
from explainer.dataset.model.texts import LANGUAGES, Checked, Pair, Stale, digest
from explainer.dataset.model.whole import Dataset

__all__ = [
    "LANGUAGES",
    "About",
    "Action",
    "Attribution",
    "ChainStep",
    "Chart",
    "ChartKind",
    "ChartRow",
    "Charter",
    "Checked",
    "Claim",
    "Comparison",
    "ContextSource",
    "Dataset",
    "Derivation",
    "Figure",
    "Fingerprint",
    "Mention",
    "Nature",
    "Pair",
    "Rate",
    "Relation",
    "Report",
    "Retired",
    "Revision",
    "Role",
    "Seen",
    "Slider",
    "Source",
    "Stale",
    "Statement",
    "Status",
    "Term",
    "Topic",
    "Variant",
    "Voice",
    "digest",
]
