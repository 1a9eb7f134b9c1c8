"""What templates may call: the words of one page as HTML, its links, numbers and charts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Environment
from markupsafe import Markup

from explainer import urls
from explainer.charts import SIDE, Drawing, style_of
from explainer.data import (Chart, Claim, ContextSource, Dataset, Derivation, Figure, Input, Mention, Text, Rate, Report, Statement, Topic, Voice)
from explainer.data import Reference, Target, split
from explainer.site.template_env import STRINGS, finished, inert
from explainer.extract import Bound, Kind, Language, Quantity, write
from explainer.derive import Operator, significant
from explainer.derive import working
from explainer.i18n import TAGS, UnknownName, Localizer, tidy, tongue
from explainer.i18n import tongues

_MARKS = "parts/marks.html.j2"


class _Strings(dict[str, Markup]):
    """Interface strings by key; those that it does not hold are asked for each time."""

    def __init__(self, known: Mapping[str, Markup], ask: Callable[[str], Markup]) -> None:
        super().__init__(known)
        self._ask = ask

    def __missing__(self, key: str) -> Markup:
        return self._ask(key)


@dataclass(slots=True)
class TemplateGlobals:
    """The functions of templates in one language, on one page after the other.

    ``root`` is the site's absolute address. A page's first use of a figure carries the anchor
    ``f-<figure>``; so the object remembers which figures the page has shown, and which strings it
    used that nobody has checked in this language. ``memory`` holds what all pages share;
    ``drawn`` gives a chart's drawing by its id, for it is the same in every language.
    """

    words: Localizer
    root: str
    jinja: Environment
    drawn: Callable[[str], Drawing]
    page: urls.Page = ""
    memory: dict[object, Markup] = field(default_factory=dict)
    shown: dict[str, None] = field(default_factory=dict)

    @property
    def dataset(self) -> Dataset:
        """The dataset that the words come from."""
        return self.words.dataset

    @property
    def language(self) -> Language:
        """The page's language."""
        return self.words.language

    def begin(self, page: urls.Page) -> None:
        """Turn to a page, of which nothing has been shown."""
        self.page = page
        self.shown = {}

    def names(self) -> dict[str, object]:
        """The names that templates know on every page."""
        said = {k: self.string(k) for k in self.dataset.interface}
        return {
            **{name: getattr(self, method.__name__) for name, method in _METHODS.items()},
            STRINGS: _Strings(said, self.string),
            "dataset": self.dataset,
            "language": self.language,
            "other": self.words.other.language,
            "tag": TAGS,
            "words": self.words,
            "here": lambda: self.page,
            "root": self.root,
            "script": tongue,
            "name_of": self.words.name_of,
            "number": self.words.number,
            "number_of": self.words.number_of,
            "claim": self.words.claim,
            "derivations_of": self.dataset.derivations_on,
            "square_side": SIDE,
            "style_of": style_of,
            "figure_page": urls.figure_page,
            "report_anchor": urls.report_anchor,
            "rate_anchor": urls.rate_anchor,
            "into_source": urls.into_source,
            "speakers_of_statements": self.speakers_of_statements(),
        }

    def _once(self, key: object, make: Callable[[], Markup]) -> Markup:
        """What ``make`` gives, made once for all pages of the language."""
        found = self.memory.get(key)
        if found is None:
            found = self.memory[key] = make()
        return found

    # Strings and texts

    def string(self, key: str, **values: object) -> Markup:
        """The interface string ``key``, with ``{name}`` parts filled in."""
        if not values:
            return self._once(("string", key), lambda: inert(self.words.string(key)))
        said = inert(self.words.string(key))
        text = str(said)
        for name, value in values.items():
            shown = value if isinstance(value, Markup) else inert(value)
            text = text.replace(f"&#123;{name}&#125;", shown)
        return finished(text)

    def text(self, pair: Text, figure: Figure | None = None) -> Markup:
        """A text of the data with its references as plain text, for titles and descriptions."""
        key = (pair, figure.id) if figure else pair
        return self._once(key, lambda: inert(self.words.text(pair, figure)))

    def say(self, pair: Text, figure: Figure | None = None) -> Markup:
        """A text of the data with its references as links."""
        parts = split(pair[self.language], figure.id if figure else None)
        return finished(
            "".join(
                [inert(p) if isinstance(p, str) else self._reference(p) for p in parts],
            )
        )

    def _reference(self, reference: Reference) -> Markup:
        match reference.target:
            case Target.CLAIM:
                return self._claim_link(self.words.claim(reference.name))
            case Target.DERIVATION:
                return self.derived(reference.name)
            case Target.DATE:
                return self.date(reference.name)
            case Target.TERM:
                return self.term(reference.name)
            case Target.REPORT:
                return self.report_link(self.dataset.report(reference.name))
            case Target.RATE:
                return self.rate_link(self.dataset.rates[reference.name])

    def tongued(self, said: Markup | str) -> Markup:
        """Words without markup, those of another language tagged with it."""
        text = said if isinstance(said, Markup) else inert(said)
        stretches = [*tongues(text, self.language)]
        if all(tag is None for _, tag in stretches):
            return text
        return finished(
            "".join(
                [
                    f'<span lang="{tag}">{stretch}</span>' if tag else stretch
                    for stretch, tag in stretches
                ]
            )
        )

    # Marks

    def shape(self, name: str) -> Markup:
        """The shape of who speaks: a voice, a context source (triangle), or we (derived)."""
        return self._mark("shape", name)

    def voice(self, voice: Voice, full: bool = False) -> Markup:
        """A voice by its shape and its name, short or in full."""
        return self._mark("voice", voice.label if full else voice.short, voice.shape)

    def seen(self, source: ContextSource) -> Markup:
        """How much of a context source was seen."""
        return self._mark("seen", source.access)

    def _mark(self, name: str, *about: object) -> Markup:
        """A macro among the marks, rendered once for all pages unless it has something to note."""

        def make() -> Markup:
            macro: Callable[..., Markup] = getattr(self.jinja.get_template(_MARKS).module, name)
            return macro(*about)

        return self._once((name, *about), make)

    # Numbers

    def figure_in_prose(self, ref: str) -> Markup:
        """A claim's number in a sentence: a link to it, the page's first one with the anchor."""
        claim = self.words.claim(ref)
        identity = Markup("")
        if claim.figure not in self.shown:
            self.shown[claim.figure] = None
            identity = Markup(' id="{}"').format(urls.figure_anchor(claim.figure))
        return self._claim_link(claim, identity)

    def written(self, quantity: Quantity) -> Markup:
        """A quantity in this language's style, with its hedge."""
        return inert(write(quantity, self.language))

    def amount(self, claim: Claim) -> Markup:
        """A claim's number in this language's style, with its hedge."""
        return self._once(("amount", claim.ref), lambda: inert(self.words.amount(claim)))

    def in_other(self, claim: Claim) -> Markup:
        """The same in the other language's style."""
        return self._once(("in other", claim.ref), lambda: inert(self.words.other.amount(claim)))

    def _claim_link(
        self, claim: Claim, identity: Markup | str = "", text: str | None = None
    ) -> Markup:
        status = self.dataset.figures[claim.figure].comparison.status
        there = self.to(urls.figure_page(claim.figure), claim.id)
        card = self._once(
            ("claim", claim.ref),
            lambda: self.string(
                "card.claim",
                voice=self.text(claim.voice.label),
                phrase=claim.mentions[0].exact,
                status=self.string(f"status.{status}"),
            ),
        )
        said = self.amount(claim) if text is None else inert(text)
        kind = f"fig fig--{claim.voice.shape}"
        return finished(f'<a class="{kind}"{identity} href="{there}" title="{card}">{said}</a>')

    def report_link(self, report: Report, text: str | None = None) -> Markup:
        """A reported number: a link to its source, marked as context and by how it was seen."""
        source = self.dataset.context[report.source]
        there = self.to("sources", urls.report_anchor(report.ref))
        card = self.string(
            "card.report",
            source=self.source_name(source),
            phrase=report.phrase,
            seen=self.string(f"seen.{source.access}"),
        )
        said = inert(self.words.reported(report) if text is None else text)
        seen = f'data-seen="{source.access}"'
        return finished(
            f'<a class="fig fig--triangle" {seen} href="{there}" title="{card}">{said}</a>'
        )

    def rate_sentence(self, rate: Rate) -> Markup:
        """A published rate as a sentence."""
        return self._once(("rate", rate.id), lambda: inert(self.words.rate(rate)))

    def rate_link(self, rate: Rate) -> Markup:
        """A published rate's number: a link to its line among the rates."""
        there = self.to("sources", urls.rate_anchor(rate.id))
        card, said = self.rate_sentence(rate), inert(self.words.number(rate.value))
        return finished(f'<a class="fig fig--rate" href="{there}" title="{card}">{said}</a>')

    def derived(self, name: str) -> Markup:
        """A derivation's result in a sentence: a link to its working."""
        return self._derivation_link(
            self.words.reckoned_as(name).derivation, self.words.derived(name)
        )

    def _derivation_link(self, derivation: Derivation, text: str) -> Markup:
        page = urls.figure_page(derivation.figure)
        there = self.to(page, urls.derivation_anchor(derivation.id))
        card = self.string("card.derived", label=self.text(derivation.label))
        return finished(
            f'<a class="fig fig--derived" href="{there}" title="{card}">{inert(text)}</a>'
        )

    def working(self, name: str) -> Markup:
        """The working of a derivation: inputs as links, operators, plain numbers."""
        parts = working(self.words.reckoned_as(name))
        return finished(tidy(" ".join([self._step(part) for part in parts])))

    def _step(self, part: Claim | Report | Rate | Derivation | Decimal | Operator) -> Markup:
        match part:
            case Claim():
                return self._claim_link(part, text=self.words.bare(part.quantity))
            case Report():
                return self.report_link(part, text=self.words.bare(part.quantity))
            case Rate():
                return self.rate_link(part)
            case Derivation():
                result = self.words.result(self.words.reckoned_as(part.id))
                return self._derivation_link(part, result)
            case Operator():
                return inert(part)
            case Decimal():
                return inert(self.words.number(part))

    def answers(self, figure: Figure, voice: str) -> tuple[Claim, ...]:
        """What one voice prints for a figure; empty where it reports nothing."""
        return tuple(claim for claim in figure.claims if claim.voice.id == voice)

    def figures_of(self, topic: Topic) -> tuple[Figure, ...]:
        """The figures of a topic, in the order of the data."""
        return tuple(f for f in self.dataset.figures.values() if f.topic == topic.id)

    # Names, places and dates

    def place(self, mention: Mention) -> Markup:
        """Where in its source a mention stands."""
        return self._once(("place", mention.block), lambda: inert(self.words.place(mention)))

    def places(self, statement: Statement) -> Markup:
        """Where in its source a statement stands."""
        blocks = (self.words.block(block) for block in statement.blocks)
        return inert(self.words.string("style.list").join(blocks))

    def speakers_of_statements(self) -> tuple[Voice, ...]:
        """The voices that say anything in words, in the order of the sources."""
        speaking = {statement.voice.id for statement in self.dataset.statements.values()}
        return tuple(v for v in self.dataset.voices.values() if v.id in speaking)

    def source_name(self, source: ContextSource) -> Markup:
        """Who published a context source, and when."""
        return inert(self.words.source_name(source))

    def date(self, edtf: str) -> Markup:
        """A date in the reader's style."""
        return self._once(("date", edtf), lambda: inert(self.words.date(edtf)))

    def term(self, name: str) -> Markup:
        """A name in a sentence: works in italics or 《》, as the language has it."""
        return self._once(("term", name), lambda: self._term(name))

    def _term(self, name: str) -> Markup:
        plain = self.tongued(self.words.term(name))
        is_work = self.words.name_of(name).kind == "work"
        return Markup("<cite>{}</cite>").format(plain) if is_work else plain

    # Charts and addresses

    def chart(self, name: str) -> Chart:
        """The chart with that id."""
        try:
            return self.dataset.charts[name]
        except KeyError:
            raise UnknownName(f"chart {name!r}") from None

    def drawing(self, chart: Chart) -> Drawing:
        """A chart as marks."""
        return self.drawn(chart.id)

    def slider_steps(self, chart: Chart) -> tuple[Markup, ...]:
        """What a slider says at each of its stops: the rate, and the amount at that rate."""
        if chart.slider is None:
            return ()
        slider, quantity = chart.slider, self.words.claim(chart.slider.ref).quantity
        count = int((slider.high - slider.low) / slider.step)
        said = []
        for rate in (slider.low + slider.step * number for number in range(count + 1)):
            made = significant(quantity.value / rate)
            amount = Quantity(made, Kind.MONEY, Bound.ABOUT, currency=slider.currency)
            said.append(
                self.string(
                    "slider.step",
                    rate=self.words.number(rate),
                    amount=write(amount, self.language),
                )
            )
        return tuple(said)

    def input_link(self, found: Input) -> Markup:
        """A number that a chart draws, as a link to where it comes from."""
        match found:
            case Claim():
                return self._claim_link(found)
            case Report():
                return self.report_link(found)
            case Rate():
                return self.rate_link(found)
            case Derivation():
                return self.derived(found.id)

    def to(self, page: urls.Page, anchor: str = "") -> Markup:
        """A relative address from this page."""
        return finished(urls.link(self.page, page, anchor))

    def file(self, name: str, *, shared: bool = False) -> Markup:
        """A relative address of a machine form below this language's root, or the site's."""
        return finished(urls.file_link(self.page, self.language, name, shared=shared))

    def absolute(self, page: urls.Page, anchor: str = "") -> str:
        """The permanent address of a page, or of a part of it, in this language."""
        return urls.absolute(self.root, self.language, page, anchor)


_METHODS: Mapping[str, Callable[..., object]] = {
    "absolute": TemplateGlobals.absolute,
    "amount": TemplateGlobals.amount,
    "answers": TemplateGlobals.answers,
    "chart": TemplateGlobals.chart,
    "date": TemplateGlobals.date,
    "derived": TemplateGlobals.derived,
    "drawing": TemplateGlobals.drawing,
    "fig": TemplateGlobals.figure_in_prose,
    "figures_of": TemplateGlobals.figures_of,
    "file": TemplateGlobals.file,
    "in_other": TemplateGlobals.in_other,
    "input_link": TemplateGlobals.input_link,
    "place": TemplateGlobals.place,
    "places": TemplateGlobals.places,
    "rate_link": TemplateGlobals.rate_link,
    "rate_sentence": TemplateGlobals.rate_sentence,
    "report_link": TemplateGlobals.report_link,
    "say": TemplateGlobals.say,
    "seen": TemplateGlobals.seen,
    "shape": TemplateGlobals.shape,
    "slider_steps": TemplateGlobals.slider_steps,
    "source_name": TemplateGlobals.source_name,
    "t": TemplateGlobals.string,
    "term": TemplateGlobals.term,
    "text": TemplateGlobals.text,
    "to": TemplateGlobals.to,
    "tongued": TemplateGlobals.tongued,
    "voice": TemplateGlobals.voice,
    "working": TemplateGlobals.working,
    "written": TemplateGlobals.written,
}
"""What templates call on every page, by the name that they call it."""
MARKUP = frozenset(
    name for name, method in _METHODS.items() if method.__annotations__["return"] is Markup
)
"""Those of them that give markup, which is printed as it is."""
