"""Both languages at once: what every form that holds texts in pairs needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.dataset import LANGUAGES, Dataset, Figure, Pair
from explainer.quantities import Language
from explainer.reasoning import Reckoned
from explainer.wording import TAGS, Words


@dataclass(frozen=True, slots=True)
class Speakers:
    """The words of the dataset in every language, and the site's absolute address."""

    words: Mapping[Language, Words]
    root: str

    @property
    def dataset(self) -> Dataset:
        """The dataset behind the words."""
        return self.words["en"].dataset

    @property
    def reckoned(self) -> Mapping[str, Reckoned]:
        """The derivations with their results."""
        return self.words["en"].reckoned

    def both(self, pair: Pair, figure: Figure | None = None) -> dict[str, str]:
        """A text by BCP 47 tag, references written out."""
        return {TAGS[code]: self.words[code].text(pair, figure) for code in LANGUAGES}

    def each(self, said: Mapping[Language, str]) -> dict[str, str]:
        """Ready texts by BCP 47 tag."""
        return {TAGS[code]: said[code] for code in LANGUAGES}


def speakers(dataset: Dataset, reckoned: Mapping[str, Reckoned], root: str) -> Speakers:
    """The words of ``dataset`` in every language. ``root`` ends with a slash."""
    return Speakers({code: Words(dataset, reckoned, code) for code in LANGUAGES}, root)
