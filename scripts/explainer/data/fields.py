"""Field types that the models share, and the references inside texts.

Models are frozen dataclasses; pydantic validates the data files against them
and generates ``data/schema``. Ids are ASCII slugs, and every scalar of a data file is a text,
numbers included. Fields with ``init=False`` are no keys of a file; the entry around, or the loader,
sets them.

A number, date or name enters a sentence only by a reference:

========================  =====================================================
``{claim}``               a claim of the figure that the text belongs to
``{figure/claim}``        any claim
``{=derivation}``         a derivation
``{date:2021-10-06}``     a date, as precise as it is written (ISO 8601-2)
``{term:squid-game}``     a name from the terms
``{report:source/name}``  a number that a context source prints
``{rate:name}``           a published exchange rate
========================  =====================================================

Braces around anything else are plain text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, dataclass_transform

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


def text(pattern: str) -> Any:
    """Return the annotation of a text that matches ``pattern`` as a whole."""
    return Field(pattern=f"^({pattern})$")


def number(make: Callable[[str], _T], pattern: str) -> GetPydanticSchema:
    """Return the annotation of a number that a data file spells as a text of that pattern."""

    def schema(_: object, __: object) -> core_schema.CoreSchema:
        spelled = core_schema.str_schema(pattern=f"^({pattern})$")
        return core_schema.no_info_after_validator_function(make, spelled)

    return GetPydanticSchema(schema)


def date_exists(edtf: str) -> bool:
    """Return whether a date (EDTF, whatever its precision and marks) is in the calendar."""
    year, month, day = [*map(int, re.findall("[0-9]+", edtf)), 1, 1][:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _refuse_missing_date(edtf: str) -> str:
    if not date_exists(edtf):
        raise PydanticCustomError("value_error", "a date that exists")
    return edtf


_EXISTING = AfterValidator(_refuse_missing_date)
Wording = Annotated[str, Field(min_length=1, max_length=2000)]
Slug = Annotated[str, text(SLUG)]
Name = Annotated[str, text(f"{SLUG}(/{SLUG})?")]
"""An id as ids.lock writes it: a slug, or two with a slash between."""
FigureOrClaim = Annotated[Name, References("figure or claim")]
ClaimRef = Annotated[str, text(f"{SLUG}/{SLUG}"), References("input")]
InputRef = Annotated[
    str, text(f"{SLUG}/{SLUG}|report:{SLUG}/{SLUG}|rate:{SLUG}|={SLUG}"), References("input")
]
"""A claim as ``figure/claim``, ``report:source/report``, ``rate:id``, or ``=derivation``."""
_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
Edtf = Annotated[str, text(f"{_DATE}~?"), _EXISTING]
"""A date, as precise as it is known; ``~`` marks an approximate one (ISO 8601-2)."""
Period = Annotated[str, text(rf"(\.\./)?{_DATE}\??"), _EXISTING]
"""A year, month or day; ``../`` means up to it, ``?`` marks an inference (ISO 8601-2)."""
Day = Annotated[str, text("[0-9]{4}-[0-9]{2}-[0-9]{2}"), _EXISTING]
Url = Annotated[str, text("https?://[^\\s\"'<>\\\\]+")]
Currency = Annotated[str, text("[A-Z]{3}")]
Block = Annotated[str, text("title|(h|p|caption)[1-9][0-9]*")]
"""A block of an article."""
VoiceBlock = Annotated[str, text(r"title|(h|p|caption)([1-9][0-9]*|\*)")]
Natural = Annotated[int, number(int, "0|[1-9][0-9]{0,8}")]
Number = Annotated[Decimal, number(Decimal, r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")]
Yes = Annotated[bool, number("yes".__eq__, "yes|no")]
DerivationId = Annotated[Slug, References("derivation")]
FigureId = Annotated[Slug, References("figure")]
TermId = Annotated[Slug, References("term")]
VoiceId = Annotated[Slug, References("voice")]
Some = Annotated[tuple[_T, ...], Field(min_length=1)]
"""A list that is not empty."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Entry:
    """A mapping of a data file; keys that it does not have are refused.

    Each subclass is a frozen dataclass. ``entity`` is what ids.lock and errors call it, and is
    empty where it has no id.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    entity: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)


class Text(Entry):
    """One text in both languages, written side by side."""

    en: Wording
    zh: Wording

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


class Entity(Entry):
    """An entry with an id. Its class is named after its sort."""

    id: Slug

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "entity" not in vars(cls):
            cls.entity = cls.__name__.lower()

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


_REFERENCE = re.compile(
    rf"\{{(?:(?P<derivation>={SLUG})|date:(?P<date>[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}})"
    rf"|term:(?P<term>{SLUG})|report:(?P<report>{SLUG}/{SLUG})|rate:(?P<rate>{SLUG})"
    rf"|(?P<claim>{SLUG}(?:/{SLUG})?))\}}"
)
Target = Literal["claim", "derivation", "date", "term", "report", "rate"]
"""What a reference points to."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what sort of thing, and its name (for a claim always ``figure/claim``)."""

    target: Target
    name: str


@lru_cache(maxsize=4096)
def split(sentence: str, figure: str | None = None) -> tuple[str | Reference, ...]:
    """Return a text as literal parts and references, in order.

    ``figure`` is the figure that the text belongs to; its claims may be named alone. Without one,
    a lone claim name keeps no slash and will match no claim.
    """
    parts: list[str | Reference] = []
    last = 0
    for match in _REFERENCE.finditer(sentence):
        parts.append(sentence[last : match.start()])
        last = match.end()
        target: Any = match.lastgroup
        name = match[target].removeprefix("=")
        if target == "claim" and "/" not in name and figure is not None:
            name = f"{figure}/{name}"
        parts.append(Reference(target, name))
    parts.append(sentence[last:])
    return tuple(part for part in parts if part)


def references(sentence: str, figure: str | None = None) -> tuple[Reference, ...]:
    """Return the references of a text, in order."""
    return tuple(part for part in split(sentence, figure) if isinstance(part, Reference))


def typed_digits(sentence: str) -> tuple[str, ...]:
    """Return digits that stand in a text itself and so come from no claim, date or term."""
    literals = (part for part in split(sentence) if isinstance(part, str))
    return tuple(digits for part in literals for digits in re.findall(r"\d+", part))
