"""What layouts and prose may call: texts, numbers, links and charts of one language as HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup, escape

from explainer import urls
from explainer.charts import Drawing, style_of
from explainer.data import (
    Chart,
    Claim,
    ContextSource,
    Dataset,
    Derivation,
    Figure,
    Input,
    Mention,
    Rate,
    Report,
    Statement,
    Text,
    Voice,
)
from explainer.data.fields import Reference, split
from explainer.derive import Operator, formula_steps, round_significant
from explainer.export import SiteContext
from explainer.extract import Bound, Kind, Language, Quantity, write
from explainer.i18n import (
    NAMES,
    TAGS,
    Localizer,
    UnknownName,
    join_steps,
    split_by_language,
    tag_of_name,
)

LINES_UNFOLDED = 3
"""How many lines of arithmetic a figure's page shows before the rest, which is folded."""


@dataclass(slots=True)
class TemplateGlobals:
    """The functions of templates in one language.

    The object knows the page that is being rendered (:meth:`begin`), because links are relative and
    a page's first use of a figure carries the anchor ``f-<figure>``. ``draw`` gives a chart's
    drawing by its id.
    """

    site: SiteContext
    language: Language
    env: Environment
    draw: Callable[[str], Drawing]
    page: urls.Page | None = None
    shown: dict[str, None] = field(default_factory=dict)
    _strings: dict[str, Markup] = field(default_factory=dict)
    _marks: dict[str, Markup] = field(default_factory=dict)

    def begin(self, page: urls.Page | None) -> None:
        """Turn to a page, on which no figure is shown yet; ``None`` is the "not found" page."""
        self.page, self.shown = page, {}

    @property
    def words(self) -> Localizer:
        """The plain texts of the language."""
        return self.site.words[self.language]

    @property
    def dataset(self) -> Dataset:
        """The dataset that the texts come from."""
        return self.site.dataset

    def names(self) -> dict[str, object]:
        """Return the globals of the language's environment."""
        words = self.words
        names: dict[str, object] = {
            name: getattr(self, name)
            for name in vars(type(self))
            if not name.startswith("_") and name not in _NOT_FOR_TEMPLATES
        }
        return {
            **names,
            "fig": self.figure_in_prose,
            "dataset": self.dataset,
            "language": self.language,
            "other": words.other.language,
            "other_t": words.other.string,
            "tag": TAGS,
            "language_names": NAMES,
            "words": words,
            "here": lambda: self.page,
            "root": self.site.root,
            "script": tag_of_name,
            "number_of": words.format_number,
            "claim": words.claim,
            "derivations_of": self.dataset.derivations_on,
            "lines_unfolded": LINES_UNFOLDED,
            "style_of": style_of,
            "figure_page": urls.figure_page,
            "figure_anchor": urls.figure_anchor,
            "report_anchor": urls.report_anchor,
            "rate_anchor": urls.rate_anchor,
            "into_source": urls.into_source,
        }

    # Texts

    def t(self, key: str, **values: object) -> Markup:
        """Return the interface string ``key``, with ``{name}`` parts filled in."""
        text = self._strings.get(key)
        if text is None:
            text = self._strings[key] = escape(self.words.string(key))
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", escape(value))
        return text

    def text(self, text: Text, figure: Figure | None = None) -> Markup:
        """Return a text of the data with its references as plain text."""
        return escape(self.words.text(text, figure))

    def render_text(self, text: Text, figure: Figure | None = None) -> Markup:
        """Return a text of the data with its references as links."""
        parts = split(text[self.language], figure.id if figure else None)
        return Markup("").join(
            part if isinstance(part, str) else self._render_reference(part) for part in parts
        )

    def _render_reference(self, reference: Reference) -> Markup:
        match reference.target:
            case "claim":
                return self._claim_link(self.words.claim(reference.name))
            case "derivation":
                return self.derived(reference.name)
            case "date":
                return self.date(reference.name)
            case "term":
                return self.term(reference.name)
            case "report":
                return self.report_link(self.dataset.report(reference.name))
            case "rate":
                return self.rate_link(self.dataset.rates[reference.name])

    def wrap_foreign(self, text: Markup | str) -> Markup:
        """Return a text without tags, words of another language in a ``span`` with its tag."""
        plain = text.unescape() if isinstance(text, Markup) else text
        return Markup("").join(
            Markup('<span lang="{}">{}</span>').format(tag, part) if tag else part
            for part, tag in split_by_language(plain, self.language)
        )

    # Marks

    def shape(self, name: str) -> Markup:
        """Return the shape of a speaker: a voice, a context source (triangle), or us (derived)."""
        if name not in self._marks:
            self._marks[name] = self._call("marks", "shape", name)
        return self._marks[name]

    def voice(self, voice: Voice, full: bool = False) -> Markup:
        """Return a voice's shape and name, short or in full."""
        key = f"voice {voice.id} {full}"
        if key not in self._marks:
            name = voice.label if full else voice.short
            self._marks[key] = self._call("marks", "voice", name, voice.shape)
        return self._marks[key]

    def access_badge(self, source: ContextSource | Rate) -> Markup:
        """Return the badge that says how much of a source was seen."""
        return self._call("marks", "access_badge", source.access)

    def _call(self, partial: str, macro: str, *values: object, **named: object) -> Markup:
        module = self.env.get_template(f"partials/{partial}.html").module
        made: Markup = getattr(module, macro)(*values, **named)
        return made

    def chart_figure(self, name: str) -> Markup:
        """Return a chart with its title, marks and description."""
        return self._call("chart", "chart_figure", name)

    def matrix(self) -> Markup:
        """Return the table of every figure by voice."""
        return self._call("matrix", "matrix")

    def statement_table(self) -> Markup:
        """Return the table of statements by theme and voice."""
        return self._call("statements", "statement_table")

    def grade(self, name: str, caller: Callable[[], str]) -> Markup:
        """Return a note with its grade of evidence, around the text of a ``call`` block.

        Raises ``UnknownName`` where the data grades no note of that name on this page.
        """
        grade = self.dataset.grades.get(name)
        if grade is None or grade.page != self.page:
            raise UnknownName(f"grade {name!r}")
        return self._call("grade", "grade", name, grade.level, Markup(caller().strip()))

    def answer_card(
        self,
        name: str,
        question: str,
        number: str,
        page: urls.Page,
        link: str,
        caller: Callable[[], str],
    ) -> Markup:
        """Return a card: a question, its number, and the answer of a ``call`` block with a link."""
        text = Markup(caller().strip())
        return self._call(
            "answer_card", "answer_card", name, question, number, self.to(page), link, text
        )

    def next_card(self, page: urls.Page, title: str) -> Markup:
        """Return a card that leads to the page to read next."""
        return self._call("next_card", "next_card", page, title)

    # Numbers

    def figure_in_prose(self, ref: str) -> Markup:
        """Return a claim's number as a link, with the figure's anchor at its first use."""
        claim = self.words.claim(ref)
        anchor = "" if claim.figure in self.shown else urls.figure_anchor(claim.figure)
        self.shown[claim.figure] = None
        return self._claim_link(claim, anchor)

    def format_quantity(self, quantity: Quantity) -> Markup:
        """Return a quantity in this language's style, with its hedge."""
        return escape(write(quantity, self.language))

    def format_claim(self, claim: Claim) -> Markup:
        """Return a claim's number in this language's style, with its hedge."""
        return escape(self.words.format_claim(claim))

    def in_other(self, claim: Claim) -> Markup:
        """Return a claim's number in the other language's style."""
        return escape(self.words.other.format_claim(claim))

    def _claim_link(
        self, claim: Claim, anchor: str = "", text: str | None = None, *, titled: bool = True
    ) -> Markup:
        status = self.dataset.figures[claim.figure].comparison.status
        card = self.t(
            "card.claim",
            voice=self.text(claim.voice.label),
            phrase=claim.mentions[0].exact,
            status=self.t(f"status.{status}"),
        )
        there = self.to(urls.figure_page(claim.figure), claim.id)
        shown = self.words.format_claim(claim) if text is None else text
        kind = claim.voice.shape
        return self._number_link(kind, there, card if titled else "", shown, anchor=anchor)

    def _number_link(
        self, kind: str, there: str, card: str, text: str, *, anchor: str = "", access: str = ""
    ) -> Markup:
        optional = {"id": anchor, "data-seen": access, "title": card}
        attributes = Markup("").join(
            Markup(' {}="{}"').format(name, value) for name, value in optional.items() if value
        )
        return Markup('<a class="fig fig--{}"{} href="{}">{}</a>').format(
            kind, attributes, there, text
        )

    def report_link(
        self, report: Report, text: str | None = None, *, titled: bool = True
    ) -> Markup:
        """Return a reported number as a link to its source, marked as context."""
        source = self.dataset.context[report.source]
        card = self.t(
            "card.report",
            source=self.source_name(source),
            seen=self.t(f"seen.{source.access}"),
        )
        there = self.to("sources", urls.report_anchor(report.ref))
        shown = self.words.format_input(report) if text is None else text
        title = card if titled else ""
        return self._number_link("triangle", there, title, shown, access=source.access)

    def source_link(self, name: str, text: str) -> Markup:
        """Return words of a sentence as a link to the context source that they rest on."""
        if name not in self.dataset.context:
            raise UnknownName(f"source {name!r}")
        card = self.source_name(self.dataset.context[name])
        return Markup('<a class="source" href="{}" title="{}">{}</a>').format(
            self.to("sources", name), card, text
        )

    def rate_sentence(self, rate: Rate) -> Markup:
        """Return a published rate as a sentence."""
        return escape(self.words.format_rate(rate))

    def rate_link(self, rate: Rate) -> Markup:
        """Return a published rate's number as a link to its line among the rates."""
        there = self.to("sources", urls.rate_anchor(rate.id))
        return self._number_link(
            "rate", there, self.rate_sentence(rate), self.words.format_number(rate.value)
        )

    def derived(self, name: str, *, titled: bool = True) -> Markup:
        """Return a derivation's result as a link to its steps."""
        derivation = self.words.get_result(name).derivation
        text = self.words.format_derivation(name)
        return self._derivation_link(derivation, text, titled=titled)

    def _derivation_link(self, derivation: Derivation, text: str, *, titled: bool = True) -> Markup:
        page = urls.figure_page(derivation.figure)
        there = self.to(page, urls.derivation_anchor(derivation.id))
        card = self.t("card.derived", label=self.text(derivation.label))
        return self._number_link("derived", there, card if titled else "", text)

    def steps(self, name: str) -> Markup:
        """Return the steps of a derivation: inputs as links, operators, plain numbers."""
        parts = formula_steps(self.words.get_result(name))
        return Markup(join_steps([self._render_step(part) for part in parts]))

    def _render_step(self, part: Claim | Report | Rate | Derivation | Decimal | Operator) -> Markup:
        match part:
            case Claim():
                return self._claim_link(part, text=self.words.format_unhedged(part.quantity))
            case Report():
                return self.report_link(part, text=self.words.format_unhedged(part.quantity))
            case Rate():
                return self.rate_link(part)
            case Derivation():
                result = self.words.format_result(self.words.get_result(part.id))
                return self._derivation_link(part, result)
            case Operator():
                return escape(part)
            case Decimal():
                return escape(self.words.format_number(part))

    def input_link(self, number: Input) -> Markup:
        """Return a number that a chart draws, as a link to where it comes from.

        It has no title: its row says what it is.
        """
        match number:
            case Claim():
                return self._claim_link(number, titled=False)
            case Report():
                return self.report_link(number, titled=False)
            case Rate():
                return self.rate_link(number)
            case Derivation():
                return self.derived(number.id, titled=False)

    def answers(self, figure: Figure, voice: str) -> tuple[Claim, ...]:
        """Return what one voice prints for a figure; empty where it prints nothing."""
        return tuple(claim for claim in figure.claims if claim.voice.id == voice)

    # Names, places and dates

    def place(self, mention: Mention) -> Markup:
        """Return where in its source a mention stands."""
        return escape(self.words.format_block(mention.block))

    def places(self, statement: Statement) -> Markup:
        """Return where in its source a statement stands."""
        separator = self.words.string("style.list")
        return escape(separator.join(self.words.format_block(block) for block in statement.blocks))

    def speakers_of_statements(self) -> tuple[Voice, ...]:
        """Return the voices that make statements, in the order of the sources."""
        speaking = {statement.voice.id for statement in self.dataset.statements.values()}
        return tuple(v for v in self.dataset.voices.values() if v.id in speaking)

    def source_name(self, source: ContextSource) -> Markup:
        """Return who published a context source, and when."""
        return escape(self.words.format_source(source))

    def date(self, edtf: str) -> Markup:
        """Return a date in the reader's style."""
        return escape(self.words.format_date(edtf))

    def term(self, name: str) -> Markup:
        """Return a name: works in italics or 《》, as the language has it."""
        shown = self.wrap_foreign(self.words.format_term(name))
        is_work = self.words.get_term(name).kind == "work"
        return Markup("<cite>{}</cite>").format(shown) if is_work else shown

    # Charts and addresses

    def chart(self, name: str) -> Chart:
        """Return the chart with that id. Raises ``UnknownName``."""
        try:
            return self.dataset.charts[name]
        except KeyError:
            raise UnknownName(f"chart {name!r}") from None

    def drawing(self, chart: Chart) -> Drawing:
        """Return a chart as marks."""
        return self.draw(chart.id)

    def slider_steps(self, chart: Chart) -> list[Markup]:
        """Return a slider's text at each of its stops: the rate, and the amount at that rate."""
        if chart.slider is None:
            return []
        slider, quantity = chart.slider, self.words.claim(chart.slider.ref).quantity
        count = int((slider.high - slider.low) / slider.step)
        texts = []
        for rate in (slider.low + slider.step * number for number in range(count + 1)):
            value = round_significant(quantity.value / rate)
            amount = Quantity(value, Kind.MONEY, Bound.ABOUT, currency=slider.currency)
            shown = self.format_quantity(amount)
            texts.append(self.t("slider.step", rate=self.words.format_number(rate), amount=shown))
        return texts

    def to(self, page: urls.Page, anchor: str = "") -> str:
        """Return the address of a page of this language, relative to the page being rendered."""
        if self.page is None:
            return f"{self._base}{urls.root_of(self.language)}{urls.folder(page)}"
        return urls.link(self.page, page, anchor)

    def file(self, name: str, *, shared: bool = False) -> str:
        """Return the relative address of a file below this language's root, or the site's."""
        if self.page is None:
            return f"{self._base}{'' if shared else urls.root_of(self.language)}{name}"
        return urls.file_link(self.page, self.language, name, shared=shared)

    def to_language(self, language: Language) -> str:
        """Return the relative address of the page in ``language``."""
        folder = urls.folder(self.page or "index")
        if self.page is None:
            return f"{self._base}{urls.root_of(language)}{folder}"
        here = f"{urls.root_of(self.language)}{folder}"
        return urls.relative(here, f"{urls.root_of(language)}{folder}")

    def absolute(self, page: urls.Page, anchor: str = "") -> str:
        """Return the permanent address of a page, or of a part of it, in this language."""
        return urls.absolute(self.site.root, self.language, page, anchor)

    @property
    def _base(self) -> str:
        """The path of the site on its host, for the page that may be shown at any depth."""
        return urlsplit(self.site.root).path


_NOT_FOR_TEMPLATES = frozenset(
    ("begin", "dataset", "draw", "env", "figure_in_prose", "language", "names", "page", "shown")
    + ("site", "words")
)
