"""Names in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.data.model.texts import Text
from explainer.extract import Language


@dataclass(frozen=True, slots=True)
class Variant:
    """Another form of a name that readers may meet or search for."""

    text: str
    lang: str
    evidence: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A name in English, Simplified Chinese and Korean, with its variants."""

    id: str
    kind: str
    en: str
    zh: str
    ko: str | None
    variants: tuple[Variant, ...]
    printed: Mapping[str, str]
    evidence: Mapping[str, str]
    ids: Mapping[str, str]
    role: Text | None = None
    note: Text | None = None

    def name(self, language: Language) -> str:
        """The form that pages in ``language`` use."""
        return self.en if language == "en" else self.zh
