"""The dataset as text: strings, numbers, names and dates in one language."""

from explainer.i18n.language_tags import split_by_language, tag_of_name
from explainer.i18n.localize import NAMES, TAGS, Localizer, UnknownName, join_steps

__all__ = [
    "NAMES",
    "TAGS",
    "Localizer",
    "UnknownName",
    "join_steps",
    "split_by_language",
    "tag_of_name",
]
