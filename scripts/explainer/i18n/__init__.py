"""From the dataset to words: its strings, texts, numbers, names and dates in one language."""

from explainer.i18n.language_tags import tongue, tongues
from explainer.i18n.localize import NAMES, TAGS, Localizer, UnknownName, tidy

__all__ = ["NAMES", "TAGS", "Localizer", "UnknownName", "tidy", "tongue", "tongues"]
