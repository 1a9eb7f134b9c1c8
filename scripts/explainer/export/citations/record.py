"""What every citation says: who, what, when, where. CSL-JSON is its form for programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from explainer import urls
from explainer.data import Figure
from explainer.extract import Language
from explainer.i18n import Localizer

LOCALES: Mapping[Language, str] = {"en": "en-US", "zh": "zh-CN"}
"""What CSL calls the languages; it decides words such as "et al." and 等."""


@dataclass(frozen=True, slots=True)
class Record:
    """One citable thing in one language.

    ``type`` is a CSL type: a figure is a page of a site, the set is a data set. ``accessed`` is
    the day of the version cited; a reader's own day may take its place in the page.
    """

    id: str
    type: str
    language: Language
    author: str
    title: str
    container: str
    issued: date
    accessed: date
    url: str
    version: str

    def csl(self) -> dict[str, object]:
        """The record as a CSL-JSON item."""

        def parts(day: date) -> dict[str, object]:
            return {"date-parts": [[day.year, day.month, day.day]]}

        item: dict[str, object] = {
            "id": self.id,
            "type": self.type,
            "language": LOCALES[self.language],
            "author": [{"literal": self.author}],
            "title": self.title,
            "issued": parts(self.issued),
            "accessed": parts(self.accessed),
            "URL": self.url,
        }
        if self.type == "webpage":
            item["container-title"] = self.container
        else:
            item |= {"publisher": self.container, "version": self.version}
        return item


def figure_record(words: Localizer, figure: Figure, root: str) -> Record:
    """The record of a figure's page, as of its last revision."""
    about = words.dataset.about
    name = words.text(about.name)
    changed = date.fromisoformat(words.dataset.revisions_of(figure.id)[0].date)
    page = urls.figure_page(figure.id)
    return Record(
        f"{about.slug}-{figure.id}-{words.language}",
        "webpage",
        words.language,
        name,
        words.text(figure.headline, figure),
        name,
        changed,
        changed,
        urls.absolute(root, words.language, page),
        about.version,
    )


def set_record(words: Localizer, root: str) -> Record:
    """The record of the whole data set, as of its last revision."""
    about = words.dataset.about
    name = words.text(about.name)
    changed = date.fromisoformat(words.dataset.modified)
    return Record(
        f"{about.slug}-{about.version}-{words.language}",
        "dataset",
        words.language,
        name,
        words.string("data.set_title", name=name),
        name,
        changed,
        changed,
        urls.absolute(root, words.language, "data"),
        about.version,
    )
