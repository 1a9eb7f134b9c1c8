"""Dates of the data (ISO 8601-2) as each language prints them."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from explainer.extract import Language

_LOCALES: dict[Language, str] = {"en": "en_US", "zh": "zh_Hans_CN"}
_SKELETONS = {1: "y", 2: "yMMMM", 3: "yMMMMd"}


@lru_cache(maxsize=4096)
def format_edtf(edtf: str, language: Language) -> str:
    """Return "2021-10-06" as "October 6, 2021" or 2021年10月6日; months and years likewise.

    Raises ``ValueError`` for a date that does not exist.
    """
    parts = [int(part) for part in edtf.split("-")]
    day = date(*[*parts, 1, 1][:3])
    if len(parts) == 3:
        return format_date(day, "long", locale=_LOCALES[language])
    return format_skeleton(_SKELETONS[len(parts)], day, locale=_LOCALES[language])
