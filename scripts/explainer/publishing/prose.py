"""What templates may call: the numbers, derivations, names, dates and strings of one page."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from markupsafe import Markup

from explainer.charts import Bar, bars
from explainer.dataset import (
    Chart,
    Claim,
    Dataset,
    Derivation,
    Figure,
    Mention,
    Pair,
    Retired,
    Term,
    Topic,
)
from explainer.dataset.references import Reference, Target, split
from explainer.publishing import addresses, dates
from explainer.publishing.escaping import inert
from explainer.quantities import Bound, Language, write, write_number
from explainer.reasoning import Reckoned, working

TAGS: Mapping[Language, str] = {"en": "en", "zh": "zh-Hans"}
"""BCP 47 tags: what ``lang`` says for each language of the site and of the sources."""


_DIGITS = "0123456789"


class UnknownName(LookupError):
    """A template calls a claim, derivation, chart, term or string that the data does not have."""


@dataclass(slots=True)
class Prose:
    """The functions of one page in one language.

    The page's first use of a figure carries the anchor ``f-<figure>``; so the object remembers
    which figures it has shown.
    """

    dataset: Dataset
    reckoned: Mapping[str, Reckoned]
    language: Language
    page: addresses.Page
    _anchored: set[str] = field(default_factory=set)

    @property
    def other(self) -> Language:
        """The language that the page is not in."""
        return "zh" if self.language == "en" else "en"

    def names(self) -> dict[str, object]:
        """The names that templates know."""
        return {
            "dataset": self.dataset,
            "language": self.language,
            "other": self.other,
            "tag": TAGS,
            "t": self.string,
            "text": self.text,
            "say": self.say,
            "fig": self.figure_in_prose,
            "derived": self.derived,
            "date": self.date,
            "term": self.term,
            "name_of": self.name_of,
            "number": self.number,
            "amount": self.amount,
            "in_other": self.in_other,
            "claim": self.claim,
            "working": self.working,
            "derivations_of": self.derivations_of,
            "chart": self.chart,
            "chart_bars": self.chart_bars,
            "to": self.to,
            "figure_page": addresses.figure_page,
            "answers": self.answers,
            "figures_of": self.figures_of,
            "place": self.place,
            "retired_claims": self.retired_claims,
            "script": self.script,
        }

    # Strings and texts

    def string(self, key: str, **values: object) -> Markup:
        """The interface string ``key``, with ``{name}`` parts filled in."""
        try:
            pair = self.dataset.interface[key]
        except KeyError:
            raise UnknownName(f"interface string {key!r}") from None
        text = inert(pair[self.language])
        for name, value in values.items():
            shown = value if isinstance(value, Markup) else inert(value)
            text = Markup(text.replace(f"&#123;{name}&#125;", shown))
        return text

    def text(self, pair: Pair, figure: Figure | None = None) -> Markup:
        """A text of the data with its references as plain text, for titles and descriptions."""
        return self._render(pair, figure, linked=False)

    def say(self, pair: Pair, figure: Figure | None = None) -> Markup:
        """A text of the data with its references as links."""
        return self._render(pair, figure, linked=True)

    def _render(self, pair: Pair, figure: Figure | None, *, linked: bool) -> Markup:
        parts = split(pair[self.language], figure.id if figure else None)
        return Markup("").join(
            self._reference(part, linked=linked) if isinstance(part, Reference) else inert(part)
            for part in parts
        )

    def _reference(self, reference: Reference, *, linked: bool) -> Markup:
        match reference.target:
            case Target.CLAIM:
                claim = self.claim(reference.name)
                return self._claim_link(claim) if linked else inert(self.amount(claim))
            case Target.DERIVATION:
                return self.derived(reference.name) if linked else self._derived(reference.name)
            case Target.DATE:
                return self.date(reference.name)
            case Target.TERM:
                return self.term(reference.name) if linked else self._term_plain(reference.name)

    # Numbers

    def claim(self, ref: str) -> Claim:
        """The claim ``figure/claim``."""
        try:
            return self.dataset.claim(ref)
        except KeyError:
            raise UnknownName(f"claim {ref!r}") from None

    def amount(self, claim: Claim) -> str:
        """The claim's number in the reader's style, with its hedge."""
        return write(claim.quantity, self.language)

    def in_other(self, claim: Claim) -> str:
        """The claim's number in the other language's style, with its hedge."""
        return write(claim.quantity, self.other)

    def number(self, value: Decimal) -> str:
        """A plain number in the reader's style."""
        return write_number(value, self.language)

    def figure_in_prose(self, ref: str) -> Markup:
        """A claim's number in a sentence: a link to it, the page's first one with the anchor."""
        claim = self.claim(ref)
        return self._claim_link(claim, anchor=True)

    def _claim_link(self, claim: Claim, *, anchor: bool = False, text: str = "") -> Markup:
        identity = Markup("")
        if anchor and claim.figure not in self._anchored:
            self._anchored.add(claim.figure)
            identity = Markup(' id="{}"').format(addresses.figure_anchor(claim.figure))
        return Markup('<a class="fig fig--{}"{} href="{}">{}</a>').format(
            claim.voice.shape,
            identity,
            self.to(addresses.figure_page(claim.figure), claim.id),
            inert(text or self.amount(claim)),
        )

    def derived(self, name: str) -> Markup:
        """A derivation's result in a sentence: a link to its working."""
        derivation = self._reckoned(name).derivation
        there = addresses.figure_page(derivation.figure)
        return Markup('<a class="fig fig--derived" href="{}">{}</a>').format(
            self.to(there, addresses.derivation_anchor(name)), self._derived(name)
        )

    def _derived(self, name: str) -> Markup:
        reckoned = self._reckoned(name)
        before, _, after = reckoned.derivation.display[self.language].partition("{value}")
        return inert(f"{before}{self.number(reckoned.value)}{after}")

    def _reckoned(self, name: str) -> Reckoned:
        try:
            return self.reckoned[name]
        except KeyError:
            raise UnknownName(f"derivation {name!r}") from None

    def working(self, name: str) -> Markup:
        """The working of a derivation: claims as links, operators, plain numbers."""
        shown = []
        for part in working(self._reckoned(name)):
            match part:
                case Claim():
                    bare = replace(part.quantity, bound=Bound.EXACT)
                    shown.append(self._claim_link(part, text=write(bare, self.language)))
                case Decimal():
                    shown.append(inert(self.number(part)))
                case _:
                    shown.append(inert(part))
        return Markup(" ").join(shown)

    def derivations_of(self, figure: Figure) -> tuple[Derivation, ...]:
        """The derivations shown on a figure's page: those its comparison names, then its own."""
        named = list(figure.comparison.shown_by)
        own = [d.id for d in self.dataset.derivations.values() if d.figure == figure.id]
        rest = [name for name in own if name not in named]
        return tuple(self.dataset.derivations[name] for name in named + rest)

    def answers(self, figure: Figure, voice: str) -> tuple[Claim, ...]:
        """What one voice prints for a figure; empty where it reports nothing."""
        return tuple(claim for claim in figure.claims if claim.voice.id == voice)

    def figures_of(self, topic: Topic) -> tuple[Figure, ...]:
        """The figures of a topic, in the order of the data."""
        return tuple(f for f in self.dataset.figures.values() if f.topic == topic.id)

    def retired_claims(self, figure: Figure) -> tuple[Retired, ...]:
        """Claims that once stood on the figure's page; their anchors stay."""
        return tuple(
            retired
            for (sort, name), retired in self.dataset.retired.items()
            if sort == "claim" and name.partition("/")[0] == figure.id
        )

    def place(self, mention: Mention) -> Markup:
        """Where in its source a mention stands: the title, or which paragraph or caption."""
        kind = mention.block.rstrip(_DIGITS)
        return self.string(f"place.{kind}", n=mention.block.removeprefix(kind))

    # Names and dates

    def date(self, edtf: str) -> Markup:
        """A date in the reader's style."""
        return inert(dates.written(edtf, self.language))

    def name_of(self, name: str) -> Term:
        """The term with that id."""
        try:
            return self.dataset.terms[name]
        except KeyError:
            raise UnknownName(f"term {name!r}") from None

    def term(self, name: str) -> Markup:
        """A name in a sentence: works in italics or 《》, as the language has it."""
        plain = self._term_plain(name)
        return Markup("<cite>{}</cite>").format(plain) if self._is_work(name) else plain

    def _term_plain(self, name: str) -> Markup:
        name_here = inert(self.name_of(name).name(self.language))
        return self.string("style.work", title=name_here) if self._is_work(name) else name_here

    def _is_work(self, name: str) -> bool:
        return self.name_of(name).kind == "work"

    def script(self, name: str) -> str:
        """The BCP 47 tag of a name in Latin or Chinese script."""
        return TAGS["en"] if name.isascii() else TAGS["zh"]

    # Charts and addresses

    def chart(self, name: str) -> Chart:
        """The chart with that id."""
        try:
            return self.dataset.charts[name]
        except KeyError:
            raise UnknownName(f"chart {name!r}") from None

    def chart_bars(self, chart: Chart) -> tuple[Bar, ...]:
        """The marks of a bar chart."""
        return bars(chart, self.dataset.claim)

    def to(self, page: addresses.Page, anchor: str = "") -> Markup:
        """A relative address from this page."""
        return Markup(addresses.link(self.page, page, anchor))
