"""Field types that the models share, and the annotations that give references and texts a check.

Models are frozen dataclasses with annotated fields; pydantic validates the data files against them
and generates ``data/schema``. Every scalar of a data file is a text, numbers included.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, GetPydanticSchema
from pydantic_core import PydanticCustomError, core_schema

from explainer.extract import Language

LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""The languages of the site; every text has all of them."""
SLUG = r"[a-z][a-z0-9-]{1,62}[a-z0-9]"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class References:
    """Annotation: the value is the id of a ``sort`` that the data must have."""

    sort: str


class Verbatim:
    """Annotation: the text stands as printed; references and digits in it are not checked."""


def _text(pattern: str, description: str = "") -> Any:
    return Field(pattern=f"^{pattern}$", description=description or None)


def number(make: Callable[[str], _T], pattern: str) -> GetPydanticSchema:
    """Return the annotation of a number that a data file spells as a text of that pattern."""

    def schema(_: object, __: object) -> core_schema.CoreSchema:
        text = core_schema.str_schema(pattern=f"^{pattern}$")
        return core_schema.no_info_after_validator_function(make, text)

    return GetPydanticSchema(schema)


def date_exists(text: str) -> bool:
    """Return whether a date (EDTF, whatever its precision and marks) is in the calendar."""
    year, month, day = [*map(int, re.findall("[0-9]+", text)), 1, 1][:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _refuse_missing_date(text: str) -> str:
    if not date_exists(text):
        raise PydanticCustomError("value_error", "a date that exists")
    return text


_EXISTING = AfterValidator(_refuse_missing_date)
Wording = Annotated[str, Field(min_length=1, max_length=2000)]
Slug = Annotated[
    str, _text(SLUG, "An ASCII id, the same in both languages; once published it stays.")
]
Name = Annotated[
    str,
    _text(rf"{SLUG}(/{SLUG})?", "An id as ids.lock writes it: figure/claim, source/report."),
]
ClaimRef = Annotated[
    str, _text(rf"{SLUG}/{SLUG}", "A claim, as figure/claim."), References("input")
]
InputRef = Annotated[
    str,
    _text(
        rf"({SLUG}/{SLUG}|report:{SLUG}/{SLUG}|rate:{SLUG}|={SLUG})",
        "A claim as figure/claim, report:source/report, rate:id, or =derivation.",
    ),
    References("input"),
]
Edtf = Annotated[
    str,
    _text(
        "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?~?",
        "A date, as precise as it is known; ~ marks an approximate one (ISO 8601-2).",
    ),
    _EXISTING,
]
Period = Annotated[
    str,
    _text(
        r"(\.\./)?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\??",
        "A year, month or day; ../ means up to it, ? marks an inference (ISO 8601-2).",
    ),
    _EXISTING,
]
Day = Annotated[str, _text("[0-9]{4}-[0-9]{2}-[0-9]{2}"), _EXISTING]
Url = Annotated[str, _text("https?://[^\\s\"'<>\\\\]+")]
Currency = Annotated[str, _text("[A-Z]{3}", "An ISO 4217 code.")]
Block = Annotated[str, _text("(title|(h|p|caption)[1-9][0-9]*)", "A block of an article.")]
VoiceBlock = Annotated[str, _text(r"(title|(h|p|caption)([1-9][0-9]*|\*))")]
Natural = Annotated[int, number(int, "(0|[1-9][0-9]{0,8})")]
Number = Annotated[Decimal, number(Decimal, r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")]
Yes = Annotated[bool, number("yes".__eq__, "(yes|no)")]
FigureId = Annotated[Slug, References("figure")]
TermId = Annotated[Slug, References("term")]
NOT_EMPTY = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of a data file; keys that it does not have are refused.

    ``entity`` is what ids.lock and errors call it, and is empty where it has no id.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    entity: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Text(Entry):
    """One text in both languages, written side by side."""

    en: Wording
    zh: Wording

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Entity(Entry):
    """An entry with an id."""

    id: Slug

    @property
    def ref(self) -> str:
        """The name by which the dataset finds it: its id, or ``parent/id``."""
        return self.id


Printed = Annotated[Text, Verbatim]
"""A name or title in both languages, as it is printed elsewhere."""


def set_fields(entry: Entry, **values: object) -> None:
    """Set fields of a frozen entry that are no keys of its file, while it is loaded."""
    for name, value in values.items():
        object.__setattr__(entry, name, value)


def missing_key(key: str) -> PydanticCustomError:
    """Return the error of an entry that needs ``key`` because of its other values."""
    return PydanticCustomError("missing_key", "the key '{key}' as well", {"key": key})
