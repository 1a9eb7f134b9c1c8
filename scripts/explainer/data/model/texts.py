"""A text in both languages, and whether its sides were checked against each other."""

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from explainer.extract import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""The languages of the site; every text has all of them."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages, written side by side."""

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


class Outdated(StrEnum):
    """Which side has fallen behind: the one that was not edited, or both where neither is known."""

    ENGLISH = "en"
    CHINESE = "zh"
    BOTH = "both"


def digest(text: str) -> str:
    """Twelve hexadecimal digits for a text in NFC without its white space."""
    bare = "".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(bare.encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class ReviewedPairs:
    """The pairs of digests that somebody has checked against each other."""

    pairs: frozenset[tuple[str, str]]
    english: frozenset[str]
    chinese: frozenset[str]

    def stale(self, pair: Text) -> Outdated | None:
        """What is wrong with a pair; ``None`` for one that was checked as it stands."""
        english, chinese = digest(pair.en), digest(pair.zh)
        if (english, chinese) in self.pairs:
            return None
        if (english in self.english) == (chinese in self.chinese):
            return Outdated.BOTH
        return Outdated.ENGLISH if english in self.english else Outdated.CHINESE
