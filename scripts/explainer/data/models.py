"""The models of all entries: sources and what they print, figures, charts, the publication."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache, cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from explainer.data import fields
from explainer.data.errors import Code, refuse
from explainer.data.yaml_source import Keys
from explainer.extract import Bound, Kind, Language, Quantity, parse, write
from explainer.limits import FORMULA_CHARACTERS, FORMULA_INPUTS, SLIDER_STEPS

Shape = Literal["circle", "diamond", "square", "triangle"]
Nature = Literal["actual", "cumulative", "planned", "estimated", "projected"]
"""What sort of statement a claim makes about its quantity."""


class Voice(fields.Entity):
    """Who speaks inside a source: the blocks that are theirs, and the shape that marks them."""

    label: fields.Sentence
    short: fields.Sentence
    shape: Shape
    blocks: fields.Some[fields.VoiceBlock]
    author: fields.TermId | None = None
    source: str = field(init=False)

    def speaks_in(self, block: str) -> bool:
        """Return whether ``block`` (``title``, ``p3``) is its own; "p*" is every paragraph."""
        return any(fnmatchcase(block, pattern) for pattern in self.blocks)


class Source(fields.Entity):
    """One article. ``file`` is the name of the saved article that mentions are pulled from.

    ``retrieved`` is the day on which its text was taken; ``archive_is_folder`` says that
    ``archived_url`` leads to a folder of texts.
    """

    sorts = ("source", "primary source")
    role: Literal["primary"]
    type: Literal["article", "question-and-answer", "report", "press-release", "dataset"]
    language: Language
    title: fields.Wording
    title_translation: fields.Wording
    publisher: fields.TermId
    voices: fields.Some[Voice]
    date_note: fields.Sentence
    file: Annotated[str, fields.text("[A-Za-z0-9][A-Za-z0-9._-]*")] | None = None
    author: fields.TermId | None = None
    credit: fields.TermId | None = None
    issued: fields.Edtf | None = None
    url: fields.Url | None = None
    archived_url: fields.Url | None = None
    archive_note: fields.Sentence | None = None
    retrieved: fields.Day | None = None
    archive_is_folder: fields.Yes = False

    def __post_init__(self) -> None:
        if not (self.url or self.archived_url):
            raise fields.missing_key("url")
        if not (self.archived_url or self.archive_note):
            raise fields.missing_key("archive_note")
        if self.retrieved and self.issued and self.retrieved < self.issued.removesuffix("~"):
            raise refuse(f"a day after {self.issued}, when it was issued", "retrieved")
        for voice in self.voices:
            fields.set_fields(voice, source=self.id)


class Mention(fields.Entity):
    """A number phrase that the program found in a source. Machine-made.

    ``start`` and ``end`` count characters in the block's text; ``reason`` says why a phrase was not
    read.
    """

    owner = "source"
    block: fields.Block
    start: fields.Natural
    end: fields.Natural
    exact: fields.Wording
    kind: Kind | None = None
    value: fields.Number | None = None
    value_max: fields.Number | None = None
    bound: Bound | None = None
    currency: fields.Currency | None = None
    unit: Annotated[str, fields.text("[a-z][a-z0-9_-]*")] | None = None
    scale: fields.Wording | None = None
    edtf: fields.Edtf | None = None
    reason: fields.Wording | None = None
    source: str = field(init=False)

    def __post_init__(self) -> None:
        if self.quantity is None and self.reason is None:
            raise fields.missing_key("reason")
        if self.quantity is not None and self.reason is not None:
            raise refuse("a value or a reason, not both", "reason")

    @cached_property
    def quantity(self) -> Quantity | None:
        """What the phrase says, or ``None`` where it was not read."""
        if self.kind is None or self.bound is None or self.value is None:
            return None
        measure = (self.currency, self.unit, self.scale, self.edtf)
        return Quantity(self.value, self.kind, self.bound, self.value_max, *measure)


_MEASURES = {Kind.PERCENT: "percent", Kind.MULTIPLE: "times", Kind.RANK: "rank"}
_SHORT = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))


def mention_ids(found: Iterable[tuple[str, Quantity | None]]) -> Iterator[str]:
    """Yield the ids of mentions: block and value ("p1-700m-usd"), numbered where both repeat."""
    repeats = Counter[str]()
    for block, quantity in found:
        name = f"{block}-{_slug(quantity) if quantity else 'unread'}"
        repeats[name] += 1
        yield name if repeats[name] == 1 else f"{name}-{repeats[name]}"


def _slug(quantity: Quantity) -> str:
    sign = "minus-" if quantity.value < 0 else ""
    high = "" if quantity.value_max is None else f"-to-{_short(quantity.value_max)}"
    measure = (quantity.currency or quantity.unit or _MEASURES.get(quantity.kind, "")).lower()
    tail = f"-{measure.replace('_', '-')}" if measure else ""
    return f"{sign}{_short(abs(quantity.value))}{high}{tail}"


def _short(value: Decimal) -> str:
    if value >= 10_000:
        for scale, letter in _SHORT:
            if value % scale == 0:
                return f"{value / scale:f}{letter}"
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", "-")


class MentionsFile(fields.Entry):
    """Number phrases that the program pulled from one source. Never edited by hand.

    ``digest`` is the SHA-256 of the text that was read, in hexadecimal; ``blocks`` says how many
    characters each of its blocks has.
    """

    source: Annotated[fields.Slug, fields.refers_to("primary source")]
    digest: Annotated[str, fields.text("[0-9a-f]{64}")]
    blocks: Annotated[Mapping[fields.Block, fields.Natural], Field(min_length=1)]
    mentions: tuple[Mention, ...]


_HAN = re.compile("[\u4e00-\u9fff]")


class Report(fields.Entity):
    """A number that a context source prints, entered by hand with the phrase as it was seen.

    ``normalized`` says in English or Chinese what a phrase in another language says; the quantity
    is what the grammar reads in it. ``figure`` is ``None`` where no figure asks for the number;
    ``relation`` says whether the number answers its question, is part of an answer, or is merely
    worth knowing.
    """

    owner, prefix = "source", "report:"
    phrase: fields.Wording
    nature: Nature
    scope: fields.Sentence
    figure: fields.FigureId | None = None
    relation: Literal["same", "part", "related"] = "same"
    normalized: fields.Wording | None = None
    source: str = field(init=False)
    quantity: Quantity = field(init=False)

    def __post_init__(self) -> None:
        phrase = self.normalized or self.phrase
        # Bare digits with a sign ("71%") say the same in any language.
        quantity = parse(phrase, "zh" if _HAN.search(phrase) else "en").quantity
        if quantity is None:
            expected = "a number that the grammar reads; perhaps in normalized"
            raise refuse(expected, "phrase", code=Code.UNREAD_MENTION)
        fields.set_fields(self, quantity=quantity)


class ContextSource(fields.Entity):
    """An independent report about the same matters.

    ``access`` says how an editor saw it: on the publisher's own page, in somebody's copy or
    retelling, or not at all. ``host`` is where a copy stood; ``title_from`` says whether the title
    was seen on the page or read from its address. ``named`` are figures that it bears on without
    a number.
    """

    sorts = ("source", "context source")
    publisher: fields.Title
    language: Literal["en", "zh", "zh-Hant", "ko", "ja", "nl", "id"]
    access: Literal["page", "copy", "not-seen"]
    shows: fields.Sentence
    named: Annotated[fields.Some[fields.FigureId], Field(alias="figures")] = ()
    reports: fields.Some[Report] = ()
    publisher_original: fields.Wording | None = None
    host: fields.Wording | None = None
    title: fields.Wording | None = None
    title_from: Literal["page", "address"] = "page"
    title_translation: fields.Title | None = None
    url: fields.Url | None = None
    archived_url: fields.Url | None = None
    issued: fields.Edtf | None = None

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures that it bears on, each once."""
        answered = (report.figure for report in self.reports if report.figure)
        return tuple(dict.fromkeys((*self.named, *answered)))


class Rate(fields.Entity):
    """A published exchange rate: how much ``quote`` one unit of ``base`` bought.

    ``period`` is a year or month, averaged, or the first and last day of a range, for which
    ``value`` is the lowest and ``value_max`` the highest.
    """

    prefix = "rate:"
    base: fields.Currency
    quote: fields.Currency
    period: fields.RatePeriod
    value: fields.Positive
    publisher: fields.TermId
    url: fields.Url
    access: Literal["page", "copy"]
    value_max: fields.Positive | None = None

    def __post_init__(self) -> None:
        first, _, last = self.period.partition("/")
        if last and last < first:
            raise refuse(f"a day from {first} on", "period")
        if self.value_max is not None and self.value_max < self.value:
            raise refuse(f"at least {self.value}", "value_max")


Evidence = Literal["seen", "memory"]
"""Whether a form of a name was seen in print or is known from memory."""
VariantTag = Literal["en", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "ko", "ko-Latn", "zh-Latn"]


class Variant(fields.Entry):
    """Another form of a name that readers may meet or search for."""

    text: fields.Wording
    lang: VariantTag
    evidence: Evidence
    note: fields.Title | None = None


class Term(fields.Entity):
    """A name in English, Simplified Chinese and Korean, with its variants.

    ``printed`` has the form that each voice prints.
    """

    kind: Literal["organisation", "person", "work", "term"]
    en: fields.Wording
    zh: fields.Wording
    evidence: Mapping[Literal["en", "zh", "ko"], Evidence]
    ko: fields.Wording | None = None
    variants: fields.Some[Variant] = ()
    printed: Mapping[fields.VoiceId, fields.Wording] = field(default_factory=dict)
    ids: Mapping[Literal["imdb", "wikidata", "site"], fields.Wording] = field(default_factory=dict)
    role: fields.Sentence | None = None
    note: fields.Sentence | None = None


class Retired(fields.Entity):
    """A published figure, chart or report that left the data, and the answer that it leaves.

    It moved (the same thing under another id, a redirect), or it was withdrawn for a reason,
    perhaps with something else in its place (a page that says so). Reports have no page; the
    anchor of one that moved leads to the new one. ``label`` is what it was called.
    """

    id: fields.Name
    sort: Literal["figure", "chart", "report"]
    date: fields.Day
    label: fields.Sentence
    moved_to: fields.Name | None = None
    reason: fields.Sentence | None = None
    superseded_by: fields.Name | None = None

    def __post_init__(self) -> None:
        with_reason = self.reason is not None
        if (self.moved_to is None) != with_reason or (self.superseded_by and not with_reason):
            raise refuse("either moved_to, or reason", "id")

    @classmethod
    def ref_of(cls, node: Keys) -> str:
        """Return its sort and id."""
        return f"{node.get('sort')} {node['id']}"

    @property
    def state(self) -> str:
        """ "moved", "superseded" or "withdrawn"."""
        return "moved" if self.moved_to else "superseded" if self.superseded_by else "withdrawn"

    @property
    def successor(self) -> str | None:
        """The id that stands for it now, of the same sort."""
        return self.moved_to or self.superseded_by


class Revision(fields.Entry):
    """A dated change to a published figure or claim (``figure/claim``).

    ``action`` is one of those below, or the state of a :class:`Retired` figure. ``old`` and ``new``
    are the value in English ("about $5 billion") or the status; all but an addition have a reason.
    """

    date: fields.Day
    about: fields.FigureOrClaim
    action: Annotated[str, fields.text("added|value|status|wording|translation|context")]
    old: fields.Wording | None = None
    new: fields.Wording | None = None
    reason: fields.Sentence | None = None

    def __post_init__(self) -> None:
        if self.reason is None and self.action not in ("added", "moved"):
            raise fields.missing_key("reason")

    @property
    def figure(self) -> str:
        """The figure whose page shows the revision."""
        return self.about.partition("/")[0]


def brief(quantity: Quantity | None) -> str:
    """Return a quantity as revisions and errors spell it: "nearly $700 million"."""
    return write(quantity, "en") if quantity else "nothing readable"


class Standard(fields.Entry):
    """A public text that the site keeps to: its id, its name, its address.

    The id of a licence is its SPDX id.
    """

    id: fields.Wording
    name: fields.Title
    url: fields.Url


class About(fields.Entry):
    """The publication itself. ``slug`` names it in machine forms; ``version`` is semantic."""

    name: fields.Title
    description: fields.Title
    slug: fields.Slug
    version: Annotated[str, fields.text(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")]
    published: fields.Day
    licence: Standard
    accessibility: Standard


class Status(StrEnum):
    """How the claims of a figure stand to each other."""

    SINGLE_SOURCE = "single-source"
    AGREE = "agree"
    AGREE_AFTER_CONVERSION = "agree-after-conversion"
    AGREE_WITHIN_ROUNDING = "agree-within-rounding"
    SCOPE_DIFFERS = "scope-differs"
    PERIOD_DIFFERS = "period-differs"
    DEFINITION_DIFFERS = "definition-differs"
    CONFLICT = "conflict"
    UNRESOLVED = "unresolved"


class Attribution(fields.Entry):
    """One link in the chain of who said it: a term's id, the role played, a neutral verb."""

    agent: fields.TermId
    role: Literal["outlet", "speaker", "company", "study"]
    verb: Literal["said", "announced", "estimated", "reported", "planned", "published", "asked"]


class Claim(fields.Entity):
    """One voice's printed answer to a figure; ``quantity`` is that of its mentions.

    The loader puts the voice, source and mentions behind the ids that the file names.
    """

    sorts = ("claim", "figure or claim")
    owner, prefix = "figure", ""
    voice_id: Annotated[fields.VoiceId, Field(alias="voice")]
    mention_ids: Annotated[fields.Some[fields.Slug], Field(alias="mentions")]
    nature: Nature
    scope: fields.Sentence
    attribution: fields.Some[Attribution] = ()
    note: fields.Sentence | None = None
    period: fields.Period | None = None
    figure: str = field(init=False)
    voice: Voice = field(init=False, repr=False)
    source: Source = field(init=False, repr=False)
    mentions: tuple[Mention, ...] = field(init=False, repr=False)
    quantity: Quantity = field(init=False)


class Comparison(fields.Entry):
    """How the claims of a figure stand to each other, why, and the derivations that show it.

    ``rate_period`` is the period whose average rates bring its claims into one currency.
    """

    status: Status
    reason: fields.Sentence
    derivations: fields.Some[fields.DerivationId] = ()
    rate_period: fields.Edtf | None = None


class Figure(fields.Entity):
    """A question with a permanent id and address. It has no value of its own."""

    sorts = ("figure", "figure or claim")
    topic: Annotated[fields.Slug, fields.refers_to("topic")]
    kind: Kind
    label: fields.Sentence
    question: fields.Sentence
    headline: fields.Sentence
    summary: fields.Sentence
    claims: fields.Some[Claim]
    comparison: Comparison
    unknowns: fields.Some[fields.Sentence] = ()
    context: fields.Sentence | None = None
    notes: fields.Some[fields.Sentence] = ()
    quote_note: fields.Sentence | None = None  # what a quotation must add

    def __post_init__(self) -> None:
        if self.comparison.status is not Status.AGREE and not self.unknowns:
            raise fields.missing_key("unknowns")
        if self.kind is Kind.MONEY and self.comparison.rate_period is None:
            raise fields.missing_key("rate_period")

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that answer, in the order of their claims, each once."""
        return tuple({claim.voice.id: claim.voice for claim in self.claims}.values())


class Topic(fields.Entity):
    """What a group of figures or of statements is about."""

    label: fields.Sentence


class Statement(fields.Entity):
    """A point that a voice makes in words, paraphrased, with the blocks where it stands."""

    theme: Annotated[fields.Slug, fields.refers_to("theme")]
    voice_id: Annotated[fields.VoiceId, Field(alias="voice")]
    blocks: fields.Some[fields.Block]
    text: fields.Sentence
    voice: Voice = field(init=False, repr=False)


_Variable = Annotated[str, fields.text("[a-z]+")]


class Derivation(fields.Entity):
    """Our own arithmetic: a formula over named inputs, shown with ``decimals`` decimals.

    ``inputs`` maps a name of the formula to a claim (``figure/claim``), ``report:source/report``,
    ``rate:id`` or an earlier derivation (``=id``). ``display`` holds ``{value}``: the number, or
    the amount where there is a ``currency``. Negative ``decimals`` round to tens, thousands ….
    """

    prefix = "="
    figure: fields.FigureId
    label: fields.Sentence
    formula: Annotated[str, Field(pattern="^[a-z0-9+*/(). -]+$", max_length=FORMULA_CHARACTERS)]
    inputs: Annotated[
        Mapping[_Variable, fields.InputRef], Field(min_length=1, max_length=FORMULA_INPUTS)
    ]
    decimals: Annotated[int, fields.number(int, "[0-6]|-[1-9]|-1[0-2]")]
    display: fields.Sentence
    currency: fields.Currency | None = None
    note: fields.Sentence | None = None


class Assertion(fields.Entry):
    """What a note says of two numbers, named as a derivation names its inputs."""

    left: fields.InputRef
    relation: Annotated[
        Literal["more_than", "at_least", "about", "less_than", "at_most"], Field(alias="is")
    ]
    right: fields.InputRef


class Grade(fields.Entity):
    """The grade of one note: its page, how sure it is, and the ids that it rests on.

    established: several sources or arithmetic show it, and nothing on the site contradicts it;
    consistent: it fits, and other explanations fit too.
    """

    page: fields.Slug
    level: Literal["established", "consistent", "unknown"]
    rests_on: fields.Some[fields.InputRef]
    asserts: Assertion | None = None


ChartKind = Literal["bars", "columns", "spread", "waffle", "slopes", "ring", "chain", "timeline"]
"""How a chart draws its rows.

bars: a bar for each number of a row, from zero; columns: a year or period a row, side by side;
spread: all answers of a row, as multiples of the row's first; waffle: squares, each worth the same;
slopes: a line from a row's first number to its second, on one logarithmic scale; ring: steps of
which the last leads to the first; chain: who has it from whom, step by step; timeline: dated
events, known by a certain day or not.
"""


class ChainStep(fields.Entry):
    """One station of a chain: what stands there, and whether it is known."""

    text: fields.Sentence
    known: fields.Yes


class ChartRow(fields.Entry):
    """One row of a chart: what it is called and the numbers that it draws.

    ``shape`` marks a row without numbers, or counts of another kind; ``source`` is a context source
    that an event rests on; ``style`` is for numbers that are planned, or that no source stands
    behind; ``across`` is how many of the first columns a number is the average of.
    """

    label: fields.Sentence
    refs: fields.Some[fields.InputRef] = ()
    note: fields.Sentence | None = None
    date: fields.Edtf | None = None
    shape: Literal["circle", "diamond", "square", "triangle", "open", "derived"] | None = None
    source: Annotated[fields.Slug, fields.refers_to("context source")] | None = None
    style: Literal["planned", "unsourced"] | None = None
    across: Annotated[int, fields.number(int, "[1-9]")] | None = None
    steps: fields.Some[ChainStep] = ()


class Slider(fields.Entry):
    """A claim converted at rates from ``low`` to ``high``, its own units to one ``currency``."""

    ref: fields.ClaimRef
    currency: fields.Currency
    low: fields.Positive
    high: fields.Positive
    step: fields.Positive

    def __post_init__(self) -> None:
        if not 1 <= (self.high - self.low) / self.step <= SLIDER_STEPS:
            raise refuse(f"1 to {SLIDER_STEPS} steps from low to high", "step")


class Chart(fields.Entity):
    """A picture of numbers that belong together.

    ``series`` names what the first, second … number of a row is; ``each`` is what a square of a
    waffle is worth, the first row's number if not given; ``until`` splits a timeline.
    """

    kind: ChartKind
    title: fields.Sentence
    description: fields.Sentence
    rows: fields.Some[ChartRow]
    series: fields.Some[fields.Sentence] = ()
    each: fields.Positive | None = None
    until: fields.Edtf | None = None
    slider: Slider | None = None

    @property
    def dated(self) -> bool:
        """Whether its rows have dates."""
        return any(row.date for row in self.rows)

    @property
    def refs(self) -> tuple[str, ...]:
        """Every number that the chart draws, each once."""
        return tuple(dict.fromkeys(ref for row in self.rows for ref in row.refs))


_STRING_KEY = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*(\.[A-Za-z0-9_-]+)*$")]
_STRINGS = Annotated[Mapping[_STRING_KEY, fields.Sentence], Field(min_length=1)]
FILES: Mapping[str, Any] = {
    "sources": {"sources": fields.Some[Source]},
    "mentions": MentionsFile,
    "topics": {"topics": fields.Some[Topic]},
    "figures": {"figures": fields.Some[Figure]},
    "context": {"sources": fields.Some[ContextSource]},
    "derivations": {"derivations": fields.Some[Derivation]},
    "charts": {"charts": fields.Some[Chart]},
    "statements": {"themes": fields.Some[Topic], "statements": fields.Some[Statement]},
    "grades": {"grades": tuple[Grade, ...]},
    "terms": {"terms": fields.Some[Term]},
    "interface": {"strings": _STRINGS},
    "rates": {"rates": fields.Some[Rate]},
    "retired": {"retired": tuple[Retired, ...]},
    "revisions": {"revisions": tuple[Revision, ...]},
    "about": {"about": About},
}
"""What stands at the top of each data file: its keys, or the model of the whole."""
FOLDERS = ("mentions", "figures", "context")
"""Folders of the data: each of their files matches the model of the folder's name."""
SINGLE = tuple(f"{name}.yml" for name in FILES if name not in FOLDERS)
"""Files of the data folder itself."""


class _Generator(GenerateJsonSchema):
    """A key that may be left out may not be null: YAML's null is refused."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the value without null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of the value without its default, which is no text of a file."""
        return self.generate_inner(schema["schema"])


@cache
def adapter(form: str) -> TypeAdapter[Any]:
    """Return what validates the data files of one form ("figures")."""
    model, config = FILES[form], ConfigDict(extra="forbid")
    if isinstance(model, dict):
        keys: Any = {key: (kind, ...) for key, kind in model.items()}
        model = create_model(form.capitalize(), __config__=config, **keys)
    return TypeAdapter(model)


@cache
def json_schema(form: str) -> Mapping[str, Any]:
    """Return the JSON Schema of the data files of one form."""
    made = adapter(form).json_schema(schema_generator=_Generator)
    return {"$schema": _Generator.schema_dialect, **made}


def schema_files() -> dict[str, str]:
    """Return the content of ``data/schema``, by name: generated from the models."""
    return {
        f"{form}.json": json.dumps(json_schema(form), indent=2, ensure_ascii=False) + "\n"
        for form in FILES
    }
