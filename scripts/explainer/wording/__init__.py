"""From the dataset to words: its strings, texts, numbers, names and dates in one language."""

from explainer.wording.tongues import tongue, tongues
from explainer.wording.words import NAMES, TAGS, UnknownName, Words, tidy

__all__ = ["NAMES", "TAGS", "UnknownName", "Words", "tidy", "tongue", "tongues"]
