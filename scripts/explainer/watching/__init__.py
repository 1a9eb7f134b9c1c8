"""Are the sources still there, and do they still say it? Looks on the web; no build ever does."""

from explainer.watching.fetching import Limits
from explainer.watching.judging import Outcome, State
from explainer.watching.places import Place, places
from explainer.watching.rounds import Unreachable, look
from explainer.watching.telling import as_json, as_table, listed

__all__ = [
    "Limits",
    "Outcome",
    "Place",
    "State",
    "Unreachable",
    "as_json",
    "as_table",
    "listed",
    "look",
    "places",
]
