"""Field types that the models share, and the references inside texts.

Models are frozen dataclasses; pydantic validates the data files against them and generates
``data/schema``. Ids are ASCII slugs, and every scalar of a data file is a text, numbers included.
Fields with ``init=False`` are no keys of a file; the entry around, or the loader, sets them.

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
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, dataclass_transform
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    WrapValidator,
)
from pydantic_core import core_schema

from explainer.data.errors import Code, DataError, refuse
from explainer.data.yaml_source import Keys, Node, Scalar
from explainer.extract import Language
from explainer.extract.lexicon import CODES
from explainer.limits import LAST_YEAR, NUMBER_DIGITS, TEXT_CHARACTERS

LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""The languages of the site; every text has all of them."""
SLUG = r"[a-z][a-z0-9-]{1,62}[a-z0-9]"
_SAFE = re.compile("[a-z0-9 /:=-]+")


@dataclass(frozen=True, slots=True)
class Context:
    """What the files hold, gathered while pydantic validates them.

    ``nodes`` has where each entry with an id stands, valid or not, by its sort and ref; the ref ""
    stands for ids that are not valid. ``entries`` has the valid ones. ``references`` are values
    that must be the refs of a sort, ``texts`` those that may hold such, ``sentences`` our own.
    """

    faults: list[DataError] = field(default_factory=list)
    nodes: defaultdict[str, dict[str, Keys]] = field(default_factory=lambda: defaultdict(dict))
    entries: defaultdict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    references: list[tuple[Node, str, str]] = field(default_factory=list)
    texts: list[tuple[Node, "Text"]] = field(default_factory=list)
    sentences: list[tuple[Node, "Text"]] = field(default_factory=list)

    def has(self, sort: str, ref: str) -> bool:
        """Return whether there is such an entry, or one without a valid id that may be meant."""
        return ref in self.nodes[sort] or "" in self.nodes[sort]

    def broken_references(self) -> Iterator[DataError]:
        """Yield a fault for every reference to nothing, and for what else is wrong with texts."""
        for node, sort, ref in self.references:
            figure = f"figure {ref.partition('/')[0]}"
            is_retired = sort == "figure or claim" and figure in self.nodes["retired"]
            if not (is_retired or self.has(sort, ref)):
                article = "an" if sort == "input" else "a"
                known, expected = self.nodes[sort], f"the id of {article} {sort}"
                yield node.problem(Code.UNKNOWN_REFERENCE, str(node), expected, known)
        for node, text in self.texts:
            yield from _reference_faults(node, text, self)
        for node, text in self.sentences:
            yield from _sentence_faults(node, text)


Info = core_schema.ValidationInfo[Context]
Handler = core_schema.ValidatorFunctionWrapHandler
_T = TypeVar("_T")


def refers_to(sort: str) -> WrapValidator:
    """Return the annotation of a value that is the ref of a ``sort`` that the data must have."""

    def collect(node: Node, handler: Handler, info: Info) -> Any:
        ref = handler(node)
        info.context.references.append((node, sort, ref))
        return ref

    return WrapValidator(collect)


def text(pattern: str) -> Any:
    """Return the annotation of a text that matches ``pattern`` as a whole."""
    return Field(pattern=f"^({pattern})$")


def number(make: Callable[[str], _T], pattern: str) -> GetPydanticSchema:
    """Return the annotation of a number that a data file spells as a text of that pattern."""

    def schema(_: object, __: object) -> core_schema.CoreSchema:
        spelled = core_schema.str_schema(pattern=f"^({pattern})$", max_length=NUMBER_DIGITS)
        return core_schema.no_info_after_validator_function(make, spelled)

    return GetPydanticSchema(schema)


def require(condition: Callable[[Any], bool], expected: str) -> AfterValidator:
    """Return the annotation of a value for which ``condition`` holds."""

    def check(value: _T) -> _T:
        if not condition(value):
            raise refuse(expected)
        return value

    return AfterValidator(check)


def first_day(edtf: str) -> date:
    """Return the first day of a date (EDTF, whatever its precision and marks).

    Raises ``ValueError`` for a date that does not exist.
    """
    year, month, day = [*map(int, re.findall("[0-9]+", edtf)), 1, 1][:3]
    return date(year, month, day)


def date_exists(edtf: str) -> bool:
    """Return whether a date is in the calendar, and not beyond the last year."""
    try:
        return first_day(edtf).year <= LAST_YEAR
    except ValueError:
        return False


_EXISTING = require(
    lambda value: all(map(date_exists, re.findall("[0-9][0-9-]*", value))),
    f"a date that exists, up to {LAST_YEAR}",
)
MARKS = ("{{", "{%", "{: ", "](", "**")
"""Marks of templates, attribute lists, links and emphasis: pages show texts of the data as they
are, so readers would see the marks."""
_MARKED = re.compile("|".join(map(re.escape, MARKS)))
_UNMARKED = require(
    lambda value: not _MARKED.search(value),
    f"none of the marks {'  '.join(MARKS)}, which nothing reads here",
)
Wording = Annotated[
    str,
    Field(min_length=1, max_length=TEXT_CHARACTERS),
    require(str.strip, "more than white space"),
    _UNMARKED,
]


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname) and urlsplit(url).port != 0
    except ValueError:  # a port out of range
        return False


Slug = Annotated[str, text(SLUG)]
Name = Annotated[str, text(f"{SLUG}(/{SLUG})?")]
"""An id as ids.lock writes it: a slug, or two with a slash between."""
FigureOrClaim = Annotated[Name, refers_to("figure or claim")]
ClaimRef = Annotated[str, text(f"{SLUG}/{SLUG}"), refers_to("claim")]
InputRef = Annotated[
    str, text(f"{SLUG}/{SLUG}|report:{SLUG}/{SLUG}|rate:{SLUG}|={SLUG}"), refers_to("input")
]
"""A claim as ``figure/claim``, ``report:source/report``, ``rate:id``, or ``=derivation``."""
_DATE = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
Edtf = Annotated[str, text(f"{_DATE}~?"), _EXISTING]
"""A date, as precise as it is known; ``~`` marks an approximate one (ISO 8601-2)."""
Period = Annotated[str, text(rf"(\.\./)?{_DATE}\??"), _EXISTING]
"""A year, month or day; ``../`` means up to it, ``?`` marks an inference (ISO 8601-2)."""
Day = Annotated[str, text(_DAY), _EXISTING]
RatePeriod = Annotated[str, text(f"[0-9]{{4}}(-[0-9]{{2}})?|{_DAY}/{_DAY}"), _EXISTING]
"""A year or month, or the first and last day of a range."""
Url = Annotated[
    str,
    text("https?://[^\\s\"'<>\\\\\\[\\]]+"),
    require(_has_host, "an address with a host"),
    _UNMARKED,
]
Currency = Annotated[str, text("[A-Z]{3}"), require(CODES.__contains__, "a currency in use")]
Block = Annotated[str, text("title|(h|p|caption)[1-9][0-9]*")]
"""A block of an article."""
VoiceBlock = Annotated[str, text(r"title|(h|p|caption)([1-9][0-9]*|\*)")]
Natural = Annotated[int, number(int, "0|[1-9][0-9]{0,8}")]
Number = Annotated[Decimal, number(Decimal, r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")]
Positive = Annotated[Number, require(lambda value: value > 0, "a number above zero")]
Yes = Annotated[bool, number("yes".__eq__, "yes|no")]
DerivationId = Annotated[Slug, refers_to("derivation")]
FigureId = Annotated[Slug, refers_to("figure")]
TermId = Annotated[Slug, refers_to("term")]
VoiceId = Annotated[Slug, refers_to("voice")]
Some = Annotated[tuple[_T, ...], Field(min_length=1)]
"""A list that is not empty."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Entry:
    """A mapping of a data file, as a frozen dataclass; keys that it does not have are refused."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    def __init_subclass__(cls) -> None:
        dataclass(frozen=True)(cls)


def set_fields(entry: Entry, **values: object) -> None:
    """Set fields of a frozen entry that are no keys of its file, while it is loaded."""
    for name, value in values.items():
        object.__setattr__(entry, name, value)


class Entity(Entry):
    """An entry of a list, with an id, which names it among those of its ``sorts``.

    Without ``sorts`` the key of the list says what sort it is ("charts"). With an ``owner`` its id
    is unique only within the entry, or file, around it, whose id it keeps in the field of that
    name. Formulas and charts name it with a ``prefix``, where it has one.
    """

    sorts: ClassVar[tuple[str, ...]] = ()
    owner: ClassVar[str] = ""
    prefix: ClassVar[str | None] = None
    id: Slug
    ref: str = field(init=False, repr=False, compare=False)
    node: Keys = field(init=False, repr=False, compare=False)

    def problem(self, code: Code, found: str, expected: str, *below: str | int) -> DataError:
        """Return the fault ``code`` of this entry, or of the value that ``below`` leads to."""
        fault: DataError = self.node.at(*below).problem(code, found, expected)
        return fault

    @classmethod
    def ref_of(cls, node: Keys) -> str:
        """Return what names the entry at ``node``: its id, with that of its owner before it."""
        around = node.lineage()[-3]
        owner = f"{around.at('id' if around.parent else 'source')}/" if cls.owner else ""
        return f"{owner}{node['id']}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_wrap_validator_function(cls._collect, handler(source))

    @classmethod
    def _collect(cls, node: Node, handler: Handler, info: Info) -> Any:
        if not isinstance(node, Keys) or not isinstance(own := node.get("id"), Scalar):
            return handler(node)
        context, ref, around = info.context, cls.ref_of(node), node.lineage()[-2]
        names = dict.fromkeys(cls.sorts or (around.key.removesuffix("s"),), ref)
        if cls.prefix is not None:
            names["input"] = f"{cls.prefix}{ref}"
        for sort, name in names.items():
            if not _SAFE.fullmatch(ref):
                context.nodes[sort][""] = node
            first = context.nodes[sort].setdefault(name, node)
            if first is not node and name == ref:
                path, line, *_ = first.place()
                expected = f"an id of its own ({path}:{line} has it)"
                context.faults.append(own.problem(Code.DUPLICATE_ID, own, expected))
        entry = handler(node)
        owner = {cls.owner: ref.partition("/")[0]} if cls.owner else {}
        set_fields(entry, ref=ref, node=node, **owner)
        for sort, name in names.items():
            context.entries[sort][name] = entry
        return entry


class Text(Entry):
    """A text in both languages, written side by side; a name or title is as it is printed."""

    en: Wording
    zh: Wording

    def __getitem__(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


_REFERENCE = re.compile(
    rf"\{{(?:date:(?P<date>[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}})|term:(?P<term>{SLUG})"
    rf"|(?P<input>(?:=|rate:)?{SLUG}|(?:report:)?{SLUG}/{SLUG}))\}}"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what sort of thing, and its name; inputs as formulas and charts name them."""

    sort: Literal["input", "date", "term"]
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
        sort: Any = match.lastgroup
        name = match[sort]
        if figure and _is_lone(sort, name):
            name = f"{figure}/{name}"
        parts.append(Reference(sort, name))
    parts.append(sentence[last:])
    return tuple(part for part in parts if part)


def _is_lone(sort: str, name: str) -> bool:
    """Return whether a reference is a claim's id alone."""
    return sort == "input" and not re.search("[=:/]", name)


def references(sentence: str, figure: str | None = None) -> tuple[Reference, ...]:
    """Return the references of a text, in order."""
    return tuple(part for part in split(sentence, figure) if isinstance(part, Reference))


_NEEDS_A_LOOK = re.compile(r"[{\d]")


def _collect_text(node: Node, handler: Handler, info: Info) -> Text:
    text: Text = handler(node)
    if "{" in text.en + text.zh:
        info.context.texts.append((node, text))
    return text


def _collect_sentence(node: Node, handler: Handler, info: Info) -> Text:
    text: Text = handler(node)
    if _NEEDS_A_LOOK.search(text.en + text.zh):
        info.context.sentences.append((node, text))
    return text


def _figure_of(node: Node) -> str:
    """Return the figure that the text at ``node`` is about; its claims may be named alone."""
    _, group, entry, *_ = node.lineage()
    about = entry.at({"figures": "id", "revisions": "about"}.get(group.key, ""))
    return about.partition("/")[0] if isinstance(about, Scalar) else ""


def _reference_faults(node: Node, text: Text, context: Context) -> Iterator[DataError]:
    """Yield references to nothing; the program fills places such as ``{value}``."""
    has_blanks = node.lineage()[1].key in ("strings", "derivations")
    figure = _figure_of(node)
    for language in LANGUAGES:
        for one in references(text[language], figure):
            is_blank = has_blanks and _is_lone(one.sort, one.name)
            is_date = one.sort == "date" and date_exists(one.name)
            if not (is_blank or is_date or context.has(one.sort, one.name)):
                expected, known = "the name of something in the data", context.nodes[one.sort]
                place = node.at(language)
                yield place.problem(Code.UNKNOWN_REFERENCE, one.name, expected, known)


def _sentence_faults(node: Node, text: Text) -> Iterator[DataError]:
    """Yield references in one language only, and digits that are typed."""
    names: dict[str, list[str]] = {}
    figure = _figure_of(node)
    for language in LANGUAGES:
        parts = split(text[language], figure)
        called = [part for part in parts if isinstance(part, Reference)]
        names[language] = sorted(f"{one.sort} {one.name}" for one in called)
        for digits in re.findall(r"\d+", "|".join(one for one in parts if isinstance(one, str))):
            expected = "a reference such as {claim}, {=derivation} or {date:…}"
            yield node.at(language).problem(Code.TYPED_DIGIT, digits, expected)
    if names["en"] != names["zh"]:
        expected = f"the references of the English text: {', '.join(names['en']) or 'none'}"
        found = ", ".join(names["zh"]) or "no references"
        yield node.at("zh").problem(Code.PAIR_MISMATCH, found, expected)


Title = Annotated[Text, WrapValidator(_collect_text)]
"""A name or a title in both languages, with digits as they are printed."""
Sentence = Annotated[Title, WrapValidator(_collect_sentence)]
"""A text of our own, in which numbers, dates and names are references."""


def missing_key(key: str) -> Exception:
    """Return the error of an entry that needs ``key`` because of its other values."""
    return refuse(f"the key {key!r} as well", code=Code.MISSING_KEY)
