"""The dataset as plain text in one language: strings, texts, numbers, names and dates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from explainer.data import (
    Claim,
    ContextSource,
    Dataset,
    Derivation,
    Figure,
    Input,
    Rate,
    Report,
    Revision,
    Term,
    Text,
)
from explainer.data.fields import Reference, split
from explainer.derive import DerivationResult
from explainer.extract import Bound, Kind, Language, Quantity, parse, write, write_number

TAGS: Mapping[str, str] = {"en": "en", "zh": "zh-Hans"}
"""BCP 47 tags of the site's languages; the tags of other sources stand for themselves."""
NAMES: Mapping[Language, str] = {"en": "English", "zh": "中文"}
"""What each language calls itself; the language switch shows these in every language."""


_TOKEN = re.compile(r"[a-z]+|[0-9]+|[-+*/()]")
_SIGNS = {"-": "−", "*": "×", "/": "÷"}


def join_steps(steps: list[str]) -> str:
    """Join the steps of a formula by spaces, with brackets close to their content."""
    return " ".join(steps).replace("( ", "(").replace(" )", ")")


_FOREIGN = {
    "en": re.compile(r"(?P<zh>[㐀-鿿]+)|(?P<ko>[가-힣]+)"),
    "zh": re.compile(
        r"(?<![A-Za-z])(?P<en>[A-Za-z][A-Za-z’'-]*+(?: [A-Za-z][A-Za-z’'-]*+){2,})|(?P<ko>[가-힣]+)"
    ),
}
"""Words of other languages: Han and Hangul; among Han, Latin letters from three words in a row."""


def split_by_language(text: str, language: Language) -> Iterator[tuple[str, str | None]]:
    """Yield ``text`` in pieces, each with its language's tag where that is not ``language``."""
    end = 0
    for match in _FOREIGN[language].finditer(text):
        if match.start() > end:
            yield text[end : match.start()], None
        yield match.group(), TAGS.get(str(match.lastgroup), match.lastgroup)
        end = match.end()
    if end < len(text) or not text:
        yield text[end:], None


def tag_of_name(name: str) -> str:
    """Return the tag of a name that is all in one script: Korean, Chinese, else English."""
    return next((tag for _, tag in split_by_language(name, "en") if tag), TAGS["en"])


@lru_cache(maxsize=4096)
def _format_day(edtf: str, language: Language) -> str:
    """Return a year, month or day of ISO 8601-2 as the language prints it.

    Raises ``ValueError`` for a date that does not exist.
    """
    parts = [int(part) for part in edtf.split("-")]
    day, locale = date(*[*parts, 1, 1][:3]), TAGS[language].replace("-", "_")
    if len(parts) == 3:
        return format_date(day, "long", locale=locale)
    return format_skeleton("yMMMM" if len(parts) == 2 else "y", day, locale=locale)


@dataclass(frozen=True, slots=True)
class Localizer:
    """Formats the dataset as plain text in one language."""

    dataset: Dataset
    results: Mapping[str, DerivationResult]
    language: Language
    missing: set[str] = field(default_factory=set, compare=False)

    @property
    def lang(self) -> str:
        """The language's BCP 47 tag."""
        return TAGS[self.language]

    @property
    def other(self) -> "Localizer":
        """The localizer of the other language."""
        language: Language = "zh" if self.language == "en" else "en"
        return replace(self, language=language)

    # Strings and texts

    def string(self, key: str, **values: object) -> str:
        """Return the interface string ``key``, with ``{name}`` parts filled in.

        A key that the data lacks is noted in ``missing``; it stands for itself.
        """
        if key not in self.dataset.interface:
            self.missing.add(key)
            return key
        text = self.dataset.interface[key][self.language]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def text(self, pair: Text, figure: Figure | None = None) -> str:
        """Return a text of the data with its references written out."""
        parts = split(pair[self.language], figure.id if figure else None)
        return "".join(
            part if isinstance(part, str) else self.format_input(self.resolve(part))
            for part in parts
        )

    def resolve(self, reference: Reference) -> Input | Term | str:
        """Return what a reference names; a date is its own name. Raises ``KeyError``."""
        match reference.sort:
            case "input":
                return self.dataset.inputs[reference.name]
            case "term":
                return self.dataset.terms[reference.name]
            case "date":
                return reference.name

    def format_input(self, found: Input | Term | str) -> str:
        """Return an input as a sentence uses it, with its hedge; or a name, or a date."""
        match found:
            case Claim() | Report():
                return write(found.quantity, self.language)
            case Rate():
                return self.format_number(found.value)
            case Derivation():
                result = write(self.results[found.id].quantity, self.language)
                return found.display[self.language].replace("{value}", result)
            case Term():
                return self.format_term(found.id)
            case _:
                return self.format_date(found)

    # Numbers

    def format_unhedged(self, quantity: Quantity) -> str:
        """Return a quantity without its hedge, as arithmetic uses it; a range stays one."""
        return write(replace(quantity, bound=Bound.EXACT), self.language)

    def format_number(self, value: Decimal | int) -> str:
        """Return a plain number in this language's style."""
        return write_number(Decimal(value), self.language)

    def steps(self, name: str) -> Iterator[tuple[Input | None, str]]:
        """Yield the parts of a derivation's formula as arithmetic prints them, without a hedge.

        Each comes with the input that it stands for, if any.
        """
        derivation = self.dataset.derivations[name]
        for token in _TOKEN.findall(derivation.formula):
            match self.dataset.inputs.get(derivation.inputs.get(token, "")):
                case Claim() | Report() as printed:
                    yield printed, self.format_unhedged(printed.quantity)
                case Rate() as rate:
                    yield rate, self.format_number(rate.value)
                case Derivation() as earlier:
                    yield earlier, write(self.results[earlier.id].quantity, self.language)
                case None if token.isdigit():
                    yield None, self.format_number(int(token))
                case None:
                    yield None, _SIGNS.get(token, token)

    def format_steps(self, name: str) -> str:
        """Return the arithmetic of a derivation, without its result."""
        return join_steps([text for _, text in self.steps(name)])

    def attribution_of(self, found: Input) -> str:
        """Return who says it: a voice, a context source, the publisher of a rate, or us."""
        match found:
            case Claim():
                return self.text(found.voice.label)
            case Report():
                return self.format_source(self.dataset.context[found.source])
            case Rate():
                return self.format_term(found.publisher)
            case _:
                return self.string("key.derived")

    # Names, places and dates

    def format_date(self, edtf: str) -> str:
        """Return a date: exact, about (``~``), inferred (``?``), or up to (``../``)."""
        shown = _format_day(edtf.removeprefix("../").rstrip("~?"), self.language)
        if edtf.startswith("../"):
            shown = self.string("date.until", date=shown)
        if edtf.endswith("~"):
            return self.string("date.about", date=shown)
        return self.string("date.inferred", date=shown) if edtf.endswith("?") else shown

    def format_term(self, name: str) -> str:
        """Return a name in this language; titles of works as the language marks them."""
        term = self.dataset.terms[name]
        title = term.en if self.language == "en" else term.zh
        return self.string("style.work", title=title) if term.kind == "work" else title

    def format_block(self, block: str) -> str:
        """Return what readers call a block of a source."""
        kind = block.rstrip("0123456789")
        return self.string(f"place.{kind}", n=block.removeprefix(kind))

    def format_source(self, source: ContextSource) -> str:
        """Return who published a context source, with its day or month where known."""
        name = self.text(source.publisher)
        if source.issued is None:
            return name
        return self.string("context.dated", name=name, date=self.format_date(source.issued))

    def format_rate(self, rate: Rate) -> str:
        """Return a rate as a sentence: an average or limits, and their period."""
        ends = [self.format_date(day) for day in rate.period.split("/")]
        low, high = (
            write(Quantity(value, Kind.MONEY, currency=rate.quote), self.language)
            for value in (rate.value, rate.value_max or rate.value)
        )
        key = "rate.average" if rate.value_max is None else "rate.range"
        base = self.string(f"currency.{rate.base}")
        return self.string(key, base=base, low=low, high=high, period=ends[0], last=ends[-1])

    # Revisions

    def figure_title(self, figure_id: str) -> str:
        """Return a figure's headline; of a retired one, that it moved or was withdrawn."""
        figure = self.dataset.figures.get(figure_id)
        if figure:
            return self.text(figure.headline, figure)
        retired = self.dataset.retired["figure", figure_id]
        return self.string(f"revision.{retired.state}", about=self.text(retired.label))

    def describe_revision(self, revision: Revision) -> str:
        """Return a revision as a sentence: action, subject, old and new state, reason."""
        figure = self.dataset.figures.get(revision.figure)
        if figure is None:
            about = self.text(self.dataset.retired["figure", revision.figure].label)
        elif "/" in revision.about:
            about = self.text(self.dataset.claim(revision.about).voice.label)
        else:
            about = self.text(figure.label, figure)
        parts = [self.string(f"revision.{revision.action}", about=about)]
        if revision.new:
            is_moved = revision.new in self.dataset.figures
            key = "successor" if is_moved else "change" if revision.old else "state"
            old, new = (self._format_state(one or "") for one in (revision.old, revision.new))
            parts.append(self.string(f"revision.{key}", old=old, new=new))
        if revision.reason:
            parts.append(self.text(revision.reason, figure))
        return self.string("style.semicolon").join(parts)

    def _format_state(self, state: str) -> str:
        """Return an old or new state: a status in words, a value, or the figure it moved to."""
        if successor := self.dataset.figures.get(state):
            return self.text(successor.label, successor)
        key = f"status.{state}"
        if key in self.dataset.interface:
            return self.string(key)
        quantity = parse(state, "en").quantity
        return write(quantity, self.language) if quantity else state
