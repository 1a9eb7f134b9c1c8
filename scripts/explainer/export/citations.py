"""Citations of a figure's page and of the data set: four styles, three exchange formats, CFF.

Each style is one line of text for each of the two. They are written here because a CSL processor
takes 50 ms for one page, and the 2025 edition of GB/T 7714 has no packaged style; the tests compare
them with the output of two CSL processors.
"""

import calendar
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import yaml

from explainer import urls
from explainer.data import Figure
from explainer.extract import Language
from explainer.i18n import Localizer

_LOCALES: Mapping[Language, str] = {"en": "en-US", "zh": "zh-CN"}
_BIBTEX_LANGUAGES: Mapping[Language, str] = {"en": "english", "zh": "chinese"}
# Document and carrier codes of GB/T 7714: electronic bulletin and data set, online.
_GBT_TYPES = {"webpage": "EB/OL", "dataset": "DS/OL"}
# Words that stay small inside an English headline (CMOS 8.159).
_SMALL_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up via with "
    "yet".split()
)
_FULL_STOPS = ("?", "!", ".", "…", "？", "！", "。")
_TEX_ESCAPES = {
    **{mark: f"\\{mark}" for mark in "{}$%&#_"},
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


@dataclass(frozen=True, slots=True)
class Record:
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

    @property
    def is_page(self) -> bool:
        """Whether this is a page; else it is the data set."""
        return self.type == "webpage"

    @property
    def accessed(self) -> date:
        """The day of the version cited; scripts put the reader's own day in its place."""
        return self.issued


def figure_record(localizer: Localizer, figure: Figure, root: str) -> Record:
    """The record of a figure's page."""
    about = localizer.dataset.about
    return Record(
        id=f"{about.slug}-{figure.id}-{localizer.language}",
        type="webpage",
        language=localizer.language,
        author=localizer.text(about.name),
        title=localizer.text(figure.headline, figure),
        issued=date.fromisoformat(localizer.dataset.revisions_of(figure.id)[0].date),
        url=urls.absolute(root, localizer.language, urls.figure_page(figure.id)),
        version=about.version,
    )


def set_record(localizer: Localizer, root: str) -> Record:
    """The record of the whole data set."""
    about = localizer.dataset.about
    name = localizer.text(about.name)
    return Record(
        id=f"{about.slug}-{about.version}-{localizer.language}",
        type="dataset",
        language=localizer.language,
        author=name,
        title=localizer.string("data.set_title", name=name),
        issued=date.fromisoformat(localizer.dataset.modified),
        url=urls.absolute(root, localizer.language, "data"),
        version=about.version,
    )


def _end_sentence(text: str) -> str:
    """``text`` with one full stop, question or exclamation mark at its end."""
    return text if text.endswith(_FULL_STOPS) else f"{text}."


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


def apa(record: Record) -> str:
    """APA, seventh edition: the day for a page (10.112), the year and version for data (10.9)."""
    day, title = record.issued, record.title
    if record.is_page:
        issued = f"{day.year}, {calendar.month_name[day.month]} {day.day}"
    else:
        issued, title = str(day.year), f"{title} (Version {record.version}) [Dataset]"
    title = _end_sentence(title)
    return f"{record.author}. ({issued}). {title} {record.author}. {record.url}"


def chicago(record: Record) -> str:
    """Chicago, notes and bibliography: the bibliography's form; stops stand inside the quotes."""
    title = _headline_case(record.title) if record.language == "en" else record.title
    version = "" if record.is_page else f" Version {record.version}."
    issued = f"{calendar.month_name[record.issued.month]} {record.issued.day}, {record.issued.year}"
    source = f"“{_end_sentence(title)}”{version} {record.author}, {issued}"
    return f"{record.author}. {source}. {record.url}."


def gbt2015(record: Record) -> str:
    """GB/T 7714—2015, numeric, without the number; Western names in capitals."""
    day = record.issued
    issued = f"({day})" if record.is_page else f"{record.author}, {day.year}"
    title = f"{record.title}[{_GBT_TYPES[record.type]}]"
    return f"{record.author.upper()}. {title}. {issued}[{record.accessed}]. {record.url}."


def gbt2025(record: Record) -> str:
    """GB/T 7714—2025, numeric, without the number.

    The edition in force since 1 July 2026: full-width round brackets, half-width stops and square
    brackets, ``DS`` for data sets, the version before the publisher.
    """
    publisher = "" if record.is_page else f"V{record.version}. {record.author}"
    title = f"{record.title}[{_GBT_TYPES[record.type]}]"
    dates = f"（{record.issued}）[{record.accessed}]"
    return f"{record.author}. {title}. {publisher}{dates}. {record.url}."


def csl_item(record: Record) -> dict[str, Any]:
    """The record as a CSL-JSON item."""
    day = {"date-parts": [[record.issued.year, record.issued.month, record.issued.day]]}
    if record.is_page:
        container = {"container-title": record.author}
    else:
        container = {"publisher": record.author, "version": record.version}
    return {
        "id": record.id,
        "type": record.type,
        "language": _LOCALES[record.language],
        "author": [{"literal": record.author}],
        "title": record.title,
        "issued": day,
        "accessed": day,
        "URL": record.url,
        **container,
    }


def csl_json(record: Record) -> str:
    """The record as a CSL-JSON list, as reference managers import it, one field a line."""
    fields = csl_item(record).items()
    lines = [f'    "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in fields]
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n"


def bibtex(record: Record) -> str:
    """A biblatex entry. Double braces around author and title keep styles from changing them."""

    def escape(text: str) -> str:
        return "".join(_TEX_ESCAPES.get(character, character) for character in text)

    fields = {
        "author": f"{{{escape(record.author)}}}",
        "title": f"{{{escape(record.title)}}}",
        "date": record.issued.isoformat(),
        "year": str(record.issued.year),
        "version": record.version,
        "url": record.url,
        "langid": _BIBTEX_LANGUAGES[record.language],
        "organization" if record.is_page else "publisher": escape(record.author),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{'online' if record.is_page else 'dataset'}{{{record.id},\n{lines}}}\n"


def ris(record: Record) -> str:
    """A RIS entry; lines end with CRLF, as the format demands."""
    fields = {
        "TY": "ELEC" if record.is_page else "DATA",
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


def citation_cff(localizer: Localizer, root: str) -> str:
    """``CITATION.cff`` (Citation File Format 1.2.0): how to cite the whole set."""
    about = localizer.dataset.about
    name = localizer.text(about.name)
    content = {
        "cff-version": "1.2.0",
        "message": localizer.string("data.cite_message"),
        "type": "dataset",
        "title": localizer.string("data.set_title", name=name),
        "abstract": localizer.text(about.description),
        "authors": [{"name": name}],
        "version": about.version,
        "date-released": localizer.dataset.modified,
        "license": about.licence.id,
        "url": root,
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)


STYLES: Mapping[str, Callable[[Record], str]] = {
    "apa": apa,
    "chicago": chicago,
    "gbt2025": gbt2025,
    "gbt2015": gbt2015,
}
STYLE_NAMES: Mapping[str, str] = {
    "apa": "APA",
    "chicago": "Chicago",
    "gbt2025": "GB/T 7714—2025",
    "gbt2015": "GB/T 7714—2015",
}
"""What readers of both languages call the styles."""
FORMATS: Mapping[str, Callable[[Record], str]] = {"bib": bibtex, "ris": ris, "csl.json": csl_json}
"""The exchange formats by the ending of their files."""
