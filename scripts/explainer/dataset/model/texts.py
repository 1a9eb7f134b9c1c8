"""A text in both languages, written side by side."""

from dataclasses import dataclass

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
