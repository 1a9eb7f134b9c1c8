"""Plain text in one language: what pages, pictures, feeds and machine forms all say alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from explainer.data import (
    Action,
    Claim,
    ContextSource,
    Dataset,
    Figure,
    Input,
    Mention,
    Rate,
    Reference,
    Report,
    Revision,
    Target,
    Term,
    Text,
    quantity_told,
    split,
)
from explainer.derive import DerivationResult, Operator, working
from explainer.extract import Bound, Kind, Language, Quantity, write, write_number
from explainer.i18n import dates

TAGS: Mapping[str, str] = {"en": "en", "zh": "zh-Hans"}
"""BCP 47 tags of the site's languages; the tags of other sources stand for themselves."""
NAMES: Mapping[Language, str] = {"en": "English", "zh": "中文"}
"""What each language calls itself; the switch shows these in every language."""
_DIGITS = "0123456789"


class UnknownName(LookupError):
    """Something calls a claim, derivation, chart, term or string that the data does not have."""


def tidy(working: str) -> str:
    """A working's parts set in a line, brackets close to what they hold."""
    return working.replace("( ", "(").replace(" )", ")")


@dataclass(frozen=True, slots=True)
class Localizer:
    """The words of the dataset in one language, as plain text."""

    dataset: Dataset
    reckoned: Mapping[str, DerivationResult]
    language: Language

    @property
    def lang(self) -> str:
        """The language's BCP 47 tag."""
        return TAGS[self.language]

    @property
    def other(self) -> "Localizer":
        """The same in the other language."""
        return Localizer(self.dataset, self.reckoned, "zh" if self.language == "en" else "en")

    # Strings and texts

    def string(self, key: str, **values: object) -> str:
        """The interface string ``key``, with ``{name}`` parts filled in."""
        try:
            text = self.dataset.interface[key][self.language]
        except KeyError:
            raise UnknownName(f"interface string {key!r}") from None
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def text(self, pair: Text, figure: Figure | None = None) -> str:
        """A text of the data with its references written out."""
        parts = split(pair[self.language], figure.id if figure else None)
        return "".join(part if isinstance(part, str) else self.reference(part) for part in parts)

    def reference(self, reference: Reference) -> str:
        """What a reference stands for."""
        match reference.target:
            case Target.CLAIM:
                return self.amount(self.claim(reference.name))
            case Target.DERIVATION:
                return self.derived(reference.name)
            case Target.DATE:
                return self.date(reference.name)
            case Target.TERM:
                return self.term(reference.name)
            case Target.REPORT:
                return self.reported(self.dataset.report(reference.name))
            case Target.RATE:
                return self.number(self.dataset.rates[reference.name].value)

    # Numbers

    def claim(self, ref: str) -> Claim:
        """The claim ``figure/claim``."""
        try:
            return self.dataset.claim(ref)
        except KeyError:
            raise UnknownName(f"claim {ref!r}") from None

    def amount(self, claim: Claim) -> str:
        """A claim's number in this language's style, with its hedge."""
        return write(claim.quantity, self.language)

    def reported(self, report: Report) -> str:
        """A reported number in this language's style, with its hedge."""
        return write(report.quantity, self.language)

    def bare(self, quantity: Quantity) -> str:
        """A quantity without its hedge, as arithmetic uses it."""
        is_bare = quantity.bound is Bound.EXACT or quantity.value_max is not None
        plain = quantity if is_bare else replace(quantity, bound=Bound.EXACT)
        return write(plain, self.language)

    def number(self, value: Decimal) -> str:
        """A plain number in this language's style."""
        return write_number(value, self.language)

    def number_of(self, count: int) -> str:
        """A number of things."""
        return self.number(Decimal(count))

    def reckoned_as(self, name: str) -> DerivationResult:
        """The derivation with that id, and its result."""
        try:
            return self.reckoned[name]
        except KeyError:
            raise UnknownName(f"derivation {name!r}") from None

    def result(self, reckoned: DerivationResult) -> str:
        """A derivation's bare number, or its amount where it is money."""
        currency = reckoned.derivation.currency
        if currency is None:
            return self.number(reckoned.value)
        return write(Quantity(reckoned.value, Kind.MONEY, currency=currency), self.language)

    def derived(self, name: str) -> str:
        """A derivation's result as a sentence uses it."""
        reckoned = self.reckoned_as(name)
        display = reckoned.derivation.display[self.language]
        return display.replace("{value}", self.result(reckoned))

    def working(self, name: str) -> str:
        """A derivation's working, without its result."""
        shown = []
        for part in working(self.reckoned_as(name)):
            match part:
                case Claim() | Report():
                    shown.append(self.bare(part.quantity))
                case Rate():
                    shown.append(self.number(part.value))
                case Operator():
                    shown.append(str(part))
                case Decimal():
                    shown.append(self.number(part))
                case _:
                    shown.append(self.result(self.reckoned_as(part.id)))
        return tidy(" ".join(shown))

    def number_behind(self, found: Input) -> str:
        """An input as a chart names it: the number with its hedge, or a derivation's result."""
        match found:
            case Claim():
                return self.amount(found)
            case Report():
                return self.reported(found)
            case Rate():
                return self.number(found.value)
            case _:
                return self.derived(found.id)

    def speaker_behind(self, found: Input) -> str:
        """Who says it: a voice, a context source, whoever published a rate, or we."""
        match found:
            case Claim():
                return self.text(found.voice.label)
            case Report():
                return self.source_name(self.dataset.context[found.source])
            case Rate():
                return self.term(found.publisher)
            case _:
                return self.string("key.derived")

    def tag(self, said: Quantity | Text | Input | str) -> str:
        """What a chart's tag says: a number, a text, a derivation's result, a date or a numeral."""
        match said:
            case Quantity():
                return self.bare(said)
            case Text():
                return self.text(said)
            case str():
                return self.date(said) if "-" in said else said
            case _:
                return self.number_behind(said)

    # Names, places and dates

    def date(self, edtf: str) -> str:
        """A date: exact, about (``~``), inferred (``?``), or up to (``../``)."""
        shown = dates.written(edtf.removeprefix("../").rstrip("~?"), self.language)
        if edtf.startswith("../"):
            shown = self.string("date.until", date=shown)
        if edtf.endswith("~"):
            return self.string("date.about", date=shown)
        return self.string("date.inferred", date=shown) if edtf.endswith("?") else shown

    def name_of(self, name: str) -> Term:
        """The term with that id."""
        try:
            return self.dataset.terms[name]
        except KeyError:
            raise UnknownName(f"term {name!r}") from None

    def term(self, name: str) -> str:
        """A name in this language; works marked as the language marks titles."""
        term = self.name_of(name)
        here = term.name(self.language)
        return self.string("style.work", title=here) if term.kind == "work" else here

    def place(self, mention: Mention) -> str:
        """Where in its source a mention stands: the title, or which paragraph or caption."""
        return self.block(mention.block)

    def block(self, block: str) -> str:
        """A block of a source, as readers call it."""
        kind = block.rstrip(_DIGITS)
        return self.string(f"place.{kind}", n=block.removeprefix(kind))

    def source_name(self, source: ContextSource) -> str:
        """Who published a context source, with its day or month where known."""
        name = self.text(source.publisher)
        if source.issued is None:
            return name
        return self.string("context.dated", name=name, date=self.date(source.issued))

    def rate(self, rate: Rate) -> str:
        """A rate as a sentence: how much, on average or between which limits, in which period."""
        ends = [self.date(day) for day in rate.period.split("/")]
        money = [
            write(Quantity(value, Kind.MONEY, currency=rate.quote), self.language)
            for value in (rate.value, rate.value_max)
            if value is not None
        ]
        key = "rate.average" if rate.value_max is None else "rate.range"
        base = self.string(f"currency.{rate.base}")
        return self.string(
            key, base=base, low=money[0], high=money[-1], period=ends[0], last=ends[-1]
        )

    def changed(self, revision: Revision) -> str:
        """What a revision is about: a figure by its label, a claim by its voice's.

        What was retired goes by the label that it left behind.
        """
        owner, _, claim = revision.about.partition("/")
        figure = self.dataset.figures.get(owner)
        if figure and claim in {one.id for one in figure.claims}:
            return self.text(figure.claim(claim).voice.label)
        retired = self.dataset.retired.get(("claim" if claim else "figure", revision.about))
        if retired:
            return self.text(retired.label)
        if figure:
            return self.text(figure.label, figure)
        whole = self.text(self.dataset.retired["figure", owner].label)
        return self.string("retired.part", label=whole, id=claim)

    def state(self, revision: Revision, state: str) -> str:
        """A revision's old or new state: a status in words, a value in this language's style.

        Where something moved or gave way, the name of what stands there now.
        """
        if revision.action in (Action.MOVED, Action.SUPERSEDED):
            now = self.changed(replace(revision, about=state))
            there = self.dataset.figures.get(state.partition("/")[0])
            if there is None or "/" not in state or there.id == revision.figure:
                return now
            return self.string("retired.part", label=self.text(there.label, there), id=now)
        key = f"status.{state}"
        if key in self.dataset.interface:
            return self.string(key)
        kind = self.dataset.kind_of(revision.figure)
        told = quantity_told(state, kind) if kind else None
        return write(told, self.language) if told else state
