"""A text in both languages, and whether its sides were checked against each other."""

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from explainer.quantities import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""The languages of the site; every text has all of them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both languages, written side by side."""

    en: str
    zh: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


class Stale(StrEnum):
    """Which side has fallen behind: the one that was not edited, or both where neither is known."""

    ENGLISH = "en"
    CHINESE = "zh"
    BOTH = "both"


def digest(text: str) -> str:
    """Twelve hexadecimal digits for a text in NFC without its white space."""
    bare = "".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(bare.encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Checked:
    """The pairs of digests that somebody has checked against each other."""

    pairs: frozenset[tuple[str, str]]
    english: frozenset[str]
    chinese: frozenset[str]

    def stale(self, pair: Pair) -> Stale | None:
        """What is wrong with a pair; ``None`` for one that was checked as it stands."""
        english, chinese = digest(pair.en), digest(pair.zh)
        if (english, chinese) in self.pairs:
            return None
        if (english in self.english) == (chinese in self.chinese):
            return Stale.BOTH
        return Stale.ENGLISH if english in self.english else Stale.CHINESE
