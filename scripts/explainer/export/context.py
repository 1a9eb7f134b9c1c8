"""The context of every export: the dataset in each language, and the site's address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explainer import urls
from explainer.data import LANGUAGES, Dataset, Figure, Text
from explainer.derive import DerivationResult
from explainer.extract import Language
from explainer.i18n import TAGS, Localizer


@dataclass(frozen=True, slots=True)
class SiteContext:
    """A localizer for each language, and the absolute URL of the site's root, with its slash."""

    words: Mapping[Language, Localizer]
    root: str

    @property
    def dataset(self) -> Dataset:
        """The dataset."""
        return self.words[urls.DEFAULT].dataset

    @property
    def results(self) -> Mapping[str, DerivationResult]:
        """The results of the derivations, by id."""
        return self.words[urls.DEFAULT].results

    def by_tag(self, write: Callable[..., str], *args: object) -> dict[str, str]:
        """What ``write`` returns for each language's localizer and ``args``, by BCP 47 tag."""
        return {TAGS[code]: write(self.words[code], *args) for code in LANGUAGES}

    def texts(self, text: Text, figure: Figure | None = None) -> dict[str, str]:
        """A text of the data by BCP 47 tag, with its references resolved."""
        return self.by_tag(Localizer.text, text, figure)

    def page_urls(self, page: urls.Page, anchor: str = "") -> dict[str, str]:
        """The URL of a page, or of a part of it, by BCP 47 tag."""
        return {TAGS[code]: urls.absolute(self.root, code, page, anchor) for code in LANGUAGES}


def site_context(
    dataset: Dataset, results: Mapping[str, DerivationResult], root: str
) -> SiteContext:
    """The context of a site whose root has the URL ``root``, with its slash."""
    missing = set[str]()
    words = {code: Localizer(dataset, results, code, missing) for code in LANGUAGES}
    return SiteContext(words, root)
