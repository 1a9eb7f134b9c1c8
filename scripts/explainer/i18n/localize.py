"""The dataset's strings, texts, numbers, names and dates as plain text in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from explainer.data import (
    Claim,
    ContextSource,
    Dataset,
    Figure,
    Input,
    Mention,
    Rate,
    Report,
    Revision,
    Term,
    Text,
    read_brief,
)
from explainer.data.fields import Reference, split
from explainer.derive import DerivationResult, Operator, formula_steps
from explainer.extract import Bound, Kind, Language, Quantity, write, write_number
from explainer.i18n.dates import format_edtf

TAGS: Mapping[str, str] = {"en": "en", "zh": "zh-Hans"}
"""BCP 47 tags of the site's languages; the tags of other sources stand for themselves."""
NAMES: Mapping[Language, str] = {"en": "English", "zh": "中文"}
"""What each language calls itself; the language switch shows these in every language."""


class UnknownName(LookupError):
    """A call names a claim, derivation, chart or term that the data does not have."""


def join_steps(steps: list[str]) -> str:
    """Join the steps of a formula by spaces, with brackets close to their content."""
    return " ".join(steps).replace("( ", "(").replace(" )", ")")


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
        return Localizer(self.dataset, self.results, language, self.missing)

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
            part if isinstance(part, str) else self.format_reference(part) for part in parts
        )

    def format_reference(self, reference: Reference) -> str:
        """Return what a reference stands for."""
        match reference.target:
            case "claim":
                return self.format_claim(self.claim(reference.name))
            case "derivation":
                return self.format_derivation(reference.name)
            case "date":
                return self.format_date(reference.name)
            case "term":
                return self.format_term(reference.name)
            case "report":
                return self.format_report(self.dataset.report(reference.name))
            case "rate":
                return self.format_number(self.dataset.rates[reference.name].value)

    # Numbers

    def claim(self, ref: str) -> Claim:
        """Return the claim ``figure/claim``. Raises :class:`UnknownName`."""
        try:
            return self.dataset.claim(ref)
        except KeyError:
            raise UnknownName(f"claim {ref!r}") from None

    def format_claim(self, claim: Claim) -> str:
        """Return a claim's number in this language's style, with its hedge."""
        return write(claim.quantity, self.language)

    def format_report(self, report: Report) -> str:
        """Return a reported number in this language's style, with its hedge."""
        return write(report.quantity, self.language)

    def format_unhedged(self, quantity: Quantity) -> str:
        """Return a quantity without its hedge, as arithmetic uses it; a range stays one."""
        is_range = quantity.value_max is not None
        bare = quantity if is_range else replace(quantity, bound=Bound.EXACT)
        return write(bare, self.language)

    def format_number(self, value: Decimal) -> str:
        """Return a plain number in this language's style."""
        return write_number(value, self.language)

    def format_count(self, count: int) -> str:
        """Return a number of things in this language's style."""
        return self.format_number(Decimal(count))

    def get_result(self, name: str) -> DerivationResult:
        """Return the derivation with that id and its result. Raises :class:`UnknownName`."""
        try:
            return self.results[name]
        except KeyError:
            raise UnknownName(f"derivation {name!r}") from None

    def format_result(self, result: DerivationResult) -> str:
        """Return a derivation's plain number, or its amount where it is money."""
        currency = result.derivation.currency
        if currency is None:
            return self.format_number(result.value)
        return write(Quantity(result.value, Kind.MONEY, currency=currency), self.language)

    def format_derivation(self, name: str) -> str:
        """Return a derivation's result as a sentence uses it."""
        result = self.get_result(name)
        display = result.derivation.display[self.language]
        return display.replace("{value}", self.format_result(result))

    def format_steps(self, name: str) -> str:
        """Return the arithmetic of a derivation, without its result."""
        return join_steps(
            [self._format_step(step) for step in formula_steps(self.get_result(name))]
        )

    def _format_step(self, step: Input | Decimal | Operator) -> str:
        match step:
            case Claim() | Report():
                return self.format_unhedged(step.quantity)
            case Rate():
                return self.format_number(step.value)
            case Operator():
                return str(step)
            case Decimal():
                return self.format_number(step)
            case _:
                return self.format_result(self.get_result(step.id))

    def format_input(self, found: Input) -> str:
        """Return the number of an input with its hedge, or the result of a derivation."""
        match found:
            case Claim():
                return self.format_claim(found)
            case Report():
                return self.format_report(found)
            case Rate():
                return self.format_number(found.value)
            case _:
                return self.format_derivation(found.id)

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

    def format_tag(self, content: Quantity | Text | Input | str) -> str:
        """Return the text of a chart's tag: a number, a text, a date or a numeral."""
        match content:
            case Quantity():
                return self.format_unhedged(content)
            case Text():
                return self.text(content)
            case str():
                return self.format_date(content) if "-" in content else content
            case _:
                return self.format_input(content)

    # Names, places and dates

    def format_date(self, edtf: str) -> str:
        """Return a date: exact, about (``~``), inferred (``?``), or up to (``../``)."""
        shown = format_edtf(edtf.removeprefix("../").rstrip("~?"), self.language)
        if edtf.startswith("../"):
            shown = self.string("date.until", date=shown)
        if edtf.endswith("~"):
            return self.string("date.about", date=shown)
        return self.string("date.inferred", date=shown) if edtf.endswith("?") else shown

    def get_term(self, name: str) -> Term:
        """Return the term with that id. Raises :class:`UnknownName`."""
        try:
            return self.dataset.terms[name]
        except KeyError:
            raise UnknownName(f"term {name!r}") from None

    def format_term(self, name: str) -> str:
        """Return a name in this language; titles of works as the language marks them."""
        term = self.get_term(name)
        title = term.name(self.language)
        return self.string("style.work", title=title) if term.kind == "work" else title

    def format_place(self, mention: Mention) -> str:
        """Return where a mention stands in its source: title, paragraph or caption."""
        return self.format_block(mention.block)

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
        parts = [self.string(f"revision.{revision.action}", about=self.revision_subject(revision))]
        if revision.new:
            key = "change" if revision.old else "state"
            if revision.new in self.dataset.figures:
                key = "successor"
            old, new = (self.format_state(revision, s) for s in (revision.old or "", revision.new))
            parts.append(self.string(f"revision.{key}", old=old, new=new))
        if revision.reason:
            figure = self.dataset.figures.get(revision.figure)
            parts.append(self.text(revision.reason, figure))
        return self.string("style.semicolon").join(parts)

    def revision_subject(self, revision: Revision) -> str:
        """Return the label of what a revision changes: a figure, or the voice of a claim."""
        figure = self.dataset.figures.get(revision.figure)
        if figure is None:
            return self.text(self.dataset.retired["figure", revision.figure].label)
        if "/" in revision.about:
            return self.text(self.dataset.claim(revision.about).voice.label)
        return self.text(figure.label, figure)

    def format_state(self, revision: Revision, state: str) -> str:
        """Return a revision's state: a status in words, a value, or the figure it moved to."""
        if successor := self.dataset.figures.get(state):
            return self.text(successor.label, successor)
        key = f"status.{state}"
        if key in self.dataset.interface:
            return self.string(key)
        figure = self.dataset.figures.get(revision.figure)
        quantity = read_brief(state, figure.kind) if figure else None
        return write(quantity, self.language) if quantity else state
