"""Both languages at once: what every form that holds texts in pairs needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.data import LANGUAGES, Dataset, Figure, Text
from explainer.derive import DerivationResult
from explainer.extract import Language
from explainer.i18n import TAGS, Localizer


@dataclass(frozen=True, slots=True)
class SiteContext:
    """The words of the dataset in every language, and the site's absolute address."""

    words: Mapping[Language, Localizer]
    root: str

    @property
    def dataset(self) -> Dataset:
        """The dataset behind the words."""
        return self.words["en"].dataset

    @property
    def reckoned(self) -> Mapping[str, DerivationResult]:
        """The derivations with their results."""
        return self.words["en"].results

    def both(self, pair: Text, figure: Figure | None = None) -> dict[str, str]:
        """A text by BCP 47 tag, references written out."""
        return {TAGS[code]: self.words[code].text(pair, figure) for code in LANGUAGES}

    def each(self, said: Mapping[Language, str]) -> dict[str, str]:
        """Ready texts by BCP 47 tag."""
        return {TAGS[code]: said[code] for code in LANGUAGES}


def site_context(
    dataset: Dataset, reckoned: Mapping[str, DerivationResult], root: str
) -> SiteContext:
    """The words of ``dataset`` in every language. ``root`` ends with a slash."""
    return SiteContext({code: Localizer(dataset, reckoned, code) for code in LANGUAGES}, root)
