"""YAML to typed data: strict reading, models, references, checks, and the registry of ids."""

from explainer.data.brief import brief, quantity_told, same
from explainer.data.dataset import Dataset, Input, exact, input_of
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.load import load
from explainer.data.models.charts import Chart, ChartKind, ChartRow
from explainer.data.models.fields import LANGUAGES, Text
from explainer.data.models.figures import (
    Claim,
    Comparison,
    Derivation,
    Figure,
    Statement,
    Status,
    Topic,
)
from explainer.data.models.publication import (
    About,
    Action,
    Retired,
    Revision,
    Standard,
    Term,
    Variant,
)
from explainer.data.models.sources import (
    Access,
    ContextSource,
    Mention,
    Nature,
    Rate,
    Relation,
    Report,
    Role,
    Source,
    Voice,
)
from explainer.data.references import Reference, Target, references, split
from explainer.data.translations import (
    Outdated,
    ReviewedPairs,
    TextLocation,
    outdated_texts,
    written_texts,
)
from explainer.data.yaml_source import hidden

__all__ = [
    "LANGUAGES",
    "About",
    "Access",
    "Action",
    "Chart",
    "ChartKind",
    "ChartRow",
    "Claim",
    "Code",
    "Comparison",
    "ContextSource",
    "DataError",
    "DataErrors",
    "Dataset",
    "Derivation",
    "Figure",
    "Input",
    "Mention",
    "Nature",
    "Outdated",
    "Rate",
    "Reference",
    "Relation",
    "Report",
    "Retired",
    "ReviewedPairs",
    "Revision",
    "Role",
    "Source",
    "Standard",
    "Statement",
    "Status",
    "Target",
    "Term",
    "Text",
    "TextLocation",
    "Topic",
    "Variant",
    "Voice",
    "brief",
    "exact",
    "hidden",
    "input_of",
    "load",
    "outdated_texts",
    "quantity_told",
    "references",
    "same",
    "split",
    "written_texts",
]
