"""The data files: which model each has to match."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import ConfigDict, Field, create_model

from explainer.data.models.fields import NOT_EMPTY, Text
from explainer.data.models.figures import Chart, Derivation, Figure, Statement, Theme, Topic
from explainer.data.models.publication import About, Retired, Revision, Term
from explainer.data.models.sources import ContextSource, MentionsFile, Rate, Source

StringKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)*$")]


def _file(title: str, description: str, **keys: Any) -> Any:
    """Return the model of a file with these keys at its top."""
    fields: Any = {key: (form, ...) for key, form in keys.items()}
    config = ConfigDict(extra="forbid")
    return create_model(title, __doc__=description, __config__=config, **fields)


def _some(model: Any) -> Any:
    return Annotated[tuple[model, ...], NOT_EMPTY]


FOLDERS = ("mentions", "figures", "context")
"""Folders of the data: each of their files matches the model of the folder's name."""

MODELS: Mapping[str, Any] = {
    "sources": _file("Sources", "Documents and the voices in them.", sources=_some(Source)),
    "mentions": MentionsFile,
    "topics": _file("Topics", "What the figures are about, in reading order.", topics=_some(Topic)),
    "figures": _file(
        "Figures",
        "Questions with permanent ids, the claims that answer them, and how the claims compare.",
        figures=_some(Figure),
    ),
    "context": _file(
        "ContextSources",
        "Independent reports and their numbers, entered by hand from the passage that was seen.",
        sources=_some(ContextSource),
    ),
    "derivations": _file(
        "Derivations",
        "Our own arithmetic on claims, each with its formula.",
        derivations=_some(Derivation),
    ),
    "charts": _file("Charts", "Pictures of numbers that belong together.", charts=_some(Chart)),
    "statements": _file(
        "Statements",
        "Points that voices make in words, and the themes that group them.",
        themes=_some(Theme),
        statements=_some(Statement),
    ),
    "terms": _file(
        "Terms",
        "Names in English, Simplified Chinese and Korean, with variants and how each is known.",
        terms=_some(Term),
    ),
    "interface": _file(
        "InterfaceStrings",
        "Every string of the interface, both languages beside each other.",
        strings=Annotated[Mapping[StringKey, Text], NOT_EMPTY],
    ),
    "rates": _file(
        "ExchangeRates",
        "Published exchange rates: the quote currency that one unit of the base currency bought.",
        rates=_some(Rate),
    ),
    "retired": _file(
        "RetiredIds",
        "Published ids that left the data: where each moved to, or why it was withdrawn.",
        retired=tuple[Retired, ...],
    ),
    "revisions": _file(
        "Revisions",
        "Dated changes, oldest first. The program writes additions, editors the reasons.",
        revisions=tuple[Revision, ...],
    ),
    "about": _file("About", "The publication itself: its name, version and licence.", about=About),
}
SINGLE = tuple(f"{name}.yml" for name in MODELS if name not in FOLDERS)
"""Files of the data folder itself."""
