"""Citations of a figure's page and of the data set: four styles, three exchange formats.

Each style is one line of text for a page and one for a data set. They are written here because a
CSL processor takes 50 ms for one page, and the 2025 edition of GB/T 7714 has no packaged style; the
tests compare the others with the output of a CSL processor.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from explainer import urls
from explainer.data import Figure
from explainer.extract import Language
from explainer.i18n import Localizer

_LOCALES = {"en": "en-US", "zh": "zh-CN"}
_BIBTEX_LANGUAGES = {"en": "english", "zh": "chinese"}
# Words that stay small inside an English headline (CMOS 8.159).
_SMALL_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with "
    "yet".split()
)
_FULL_STOPS = ("?", "!", ".", "…", "？", "！", "。")
_TEX_ESCAPES = str.maketrans(
    {mark: f"\\{mark}" for mark in "{}$%&#_"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)

_INNER_QUOTES = str.maketrans("“”", "‘’")


STYLES: Mapping[str, Mapping[str, str]] = {
    # Seventh edition, 10.112 (the day for a page) and 10.9 (the year and version for data).
    "apa": {
        "name": "APA",
        "webpage": "{author}. ({issued:%Y, %B} {issued.day}). {sentence} {author}. {url}",
        "dataset": "{author}. ({issued:%Y}). {title} (Version {version}) [Dataset]. {author}. "
        "{url}",
    },
    # Notes and bibliography, the form of the bibliography; full stops stand inside the quotes.
    "chicago": {
        "name": "Chicago",
        "webpage": "{author}. “{headline}” {author}, {issued:%B} {issued.day}, {issued:%Y}. {url}.",
        "dataset": "{author}. “{headline}” Version {version}. {author}, {issued:%B} {issued.day}, "
        "{issued:%Y}. {url}.",
    },
    # In force since 1 July 2026: full-width round brackets, half-width stops and square brackets,
    # DS for data sets, the version before the publisher. Numeric, without the number.
    "gbt2025": {
        "name": "GB/T 7714—2025",
        "webpage": "{author}. {title}[EB/OL]. （{issued}）[{accessed}]. {url}.",
        "dataset": "{author}. {title}[DS/OL]. V{version}. {author}（{issued}）[{accessed}]. {url}.",
    },
    # Numeric, without the number; Western names in capitals.
    "gbt2015": {
        "name": "GB/T 7714—2015",
        "webpage": "{capitals}. {title}[EB/OL]. ({issued})[{accessed}]. {url}.",
        "dataset": "{capitals}. {title}[DS/OL]. {author}, {issued:%Y}[{accessed}]. {url}.",
    },
}
"""The styles by id: a style's name, and its line for each CSL type.

``{sentence}`` and ``{headline}`` are the title with a full stop, the second one in the capitals of
an English headline and fit to stand between double quotes.
"""


class Record(NamedTuple):
    """One citable thing in one language, as of its last revision.

    ``type`` is a CSL type: a figure is a page of a site, the whole set is a data set. The author
    is the site, which is container and publisher too.
    """

    id: str
    type: Literal["webpage", "dataset"]
    language: Language
    author: str
    title: str
    issued: date
    url: str
    version: str


def make_record(localizer: Localizer, root: str, figure: Figure | None = None) -> Record:
    """The record of a figure's page or, without one, of the whole data set."""
    data, language = localizer.dataset, localizer.language
    name, version = localizer.text(data.about.name), data.about.version
    if figure:
        slug, page = figure.id, urls.figure_page(figure.id)
        modified = data.revisions_of(figure.id)[0].date
        title = localizer.text(figure.headline, figure)
    else:
        slug, page, modified = version, "data", data.modified
        title = localizer.string("data.set_title", name=name)
    return Record(
        id=f"{data.about.slug}-{slug}-{language}",
        type="webpage" if figure else "dataset",
        language=language,
        author=name,
        title=title,
        issued=date.fromisoformat(modified),
        url=urls.absolute(root, language, page),
        version=version,
    )


def cite(record: Record, style: str) -> str:
    """The citation of ``record`` in a style of :data:`STYLES`.

    The day of access is that of the version cited; scripts put the reader's own in its place.
    """
    stop = "" if record.title.endswith(_FULL_STOPS) else "."
    headline = _headline_case(record.title) if record.language == "en" else record.title
    return STYLES[style][record.type].format(
        **record._asdict(),
        accessed=record.issued,
        sentence=record.title + stop,
        headline=headline.translate(_INNER_QUOTES) + stop,
        capitals=record.author.upper(),
    )


def _headline_case(title: str) -> str:
    """An English title with all but its small words capitalised.

    >>> _headline_case("One sum, printed in dollars, won and yuan: a riddle")
    'One Sum, Printed in Dollars, Won and Yuan: A Riddle'
    """
    words = title.split()
    for index, word in enumerate(words):
        is_first = index == 0 or words[index - 1].endswith((":", "."))
        if word.islower() and (is_first or word not in _SMALL_WORDS):
            words[index] = word[0].upper() + word[1:]
    return " ".join(words)


def csl_item(record: Record) -> dict[str, Any]:
    """The record as a CSL-JSON item, without a day of access, which only the reader knows."""
    day = {"date-parts": [[record.issued.year, record.issued.month, record.issued.day]]}
    item = {
        "id": record.id,
        "type": record.type,
        "language": _LOCALES[record.language],
        "author": [{"literal": record.author}],
        "title": record.title,
        "issued": day,
        "URL": record.url,
    }
    if record.type == "webpage":
        return item | {"container-title": record.author}
    return item | {"publisher": record.author, "version": record.version}


def csl_json(record: Record) -> str:
    """The record as a CSL-JSON list, as reference managers import it, one field a line."""
    fields = csl_item(record).items()
    lines = [f'    "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in fields]
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n"


def bibtex(record: Record) -> str:
    """A biblatex entry. Double braces around author and title keep styles from changing them."""
    is_page = record.type == "webpage"
    author, title = record.author.translate(_TEX_ESCAPES), record.title.translate(_TEX_ESCAPES)
    fields = {
        "author": f"{{{author}}}",
        "title": f"{{{title}}}",
        "date": record.issued.isoformat(),
        "year": str(record.issued.year),
        "version": record.version,
        "url": record.url,
        "langid": _BIBTEX_LANGUAGES[record.language],
        "organization" if is_page else "publisher": author,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{'online' if is_page else 'dataset'}{{{record.id},\n{lines}}}\n"


def ris(record: Record) -> str:
    """A RIS entry; lines end with CRLF, as the format demands."""
    fields = {
        "TY": "ELEC" if record.type == "webpage" else "DATA",
        "ID": record.id,
        "AU": record.author,
        "TI": record.title,
        "T2": record.author,
        "PY": str(record.issued.year),
        "DA": record.issued.strftime("%Y/%m/%d"),
        "ET": record.version,
        "LA": _LOCALES[record.language],
        "UR": record.url,
        "ER": "",
    }
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields.items())


FORMATS: Mapping[str, Callable[[Record], str]] = {"bib": bibtex, "ris": ris, "csl.json": csl_json}
"""The exchange formats by the ending of their files."""
