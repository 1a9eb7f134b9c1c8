"""What a figure's page shows besides its texts: chains, links into sources, one currency, uses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from explainer import urls
from explainer.export.citations import FORMATS, STYLES, Record, cite, make_record
from explainer.data import Chart, Claim, Dataset, Derivation, Figure, Rate, Relation, Report
from explainer.data.references import Target, references
from explainer.extract import Quantity
from explainer.derive import convert, list_currencies, list_periods
from explainer.i18n import Localizer

EMBED_SIZE = (480, 400)
"""Width and height of an embed in pixels, large enough for three numbers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain of who said it: the part played, and what is known."""

    role: str
    said: str


def chain(words: Localizer, claim: Claim) -> tuple[Step, ...]:
    """From the outlet back to whoever is named last; the end says so where nobody is."""
    source, voice = claim.source, claim.voice
    steps = [Step("outlet", words.string("chain.outlet", name=words.format_term(source.publisher)))]
    if voice.author:
        steps.append(Step("writer", words.string("chain.writer", name=words.format_term(voice.author))))
    else:
        steps.append(Step("writer", words.string("chain.unnamed")))
    if source.credit:
        steps.append(Step("credit", words.string("chain.credit", name=words.format_term(source.credit))))
    for link in claim.attribution:
        said = words.string(f"attribution.{link.verb}", agent=words.format_term(link.agent))
        steps.append(Step(link.role, said))
    end = "chain.no_document" if claim.attribution else "chain.nobody"
    return (*steps, Step("end", words.string(end)))


@dataclass(frozen=True, slots=True)
class Cell:
    """One claim in one currency: as printed, or converted at each period's average."""

    printed: Quantity | None
    converted: Mapping[str, Quantity]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The claims of a money figure in every currency.

    ``rows`` holds one cell for each currency; ``rates`` the rates of each period, as sentences.
    """

    currencies: tuple[str, ...]
    period: str
    rates: Mapping[str, tuple[Rate, ...]]
    rows: tuple[tuple[Claim, tuple[Cell, ...]], ...]


def side_by_side(data: Dataset, figure: Figure) -> SideBySide | None:
    """The table of one quantity in the reader's currency; ``None`` for what is no money."""
    period = figure.comparison.rate_period
    if period is None:
        return None
    offered = list_periods(data)
    known = list_currencies(data)

    def cell(quantity: Quantity, currency: str) -> Cell:
        if quantity.currency == currency:
            return Cell(quantity, {})
        made = {at: convert(data, quantity, currency, at) for at in offered}
        return Cell(None, {at: c.result for at, c in made.items() if c})

    rates = {
        at: tuple(r for r in data.rates.values() if r.period == at and r.value_max is None)
        for at in offered
    }
    rows = tuple(
        (claim, tuple(cell(claim.quantity, currency) for currency in known))
        for claim in figure.claims
    )
    return SideBySide(known, period, rates, rows)


@dataclass(frozen=True, slots=True)
class Uses:
    """Where the site relies on a figure: pages of prose, charts, other figures, our arithmetic."""

    pages: tuple[str, ...]
    charts: tuple[Chart, ...]
    figures: tuple[Figure, ...]
    derivations: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True)
class Backlinks:
    """Who relies on each figure, by its id, in the order of the data."""

    charts: Mapping[str, Mapping[str, Chart]]
    derivations: Mapping[str, Mapping[str, Derivation]]
    figures: Mapping[str, Mapping[str, Figure]]

    def uses(self, figure: Figure, pages: tuple[str, ...]) -> Uses:
        """The uses of ``figure``; ``pages`` are those whose prose shows it."""
        charts = self.charts.get(figure.id, {})
        figures = self.figures.get(figure.id, {})
        derivations = self.derivations.get(figure.id, {})
        return Uses(
            pages, tuple(charts.values()), tuple(figures.values()), tuple(derivations.values())
        )


def backlinks(data: Dataset) -> Backlinks:
    """Every use of every figure."""
    charts: dict[str, dict[str, Chart]] = {}
    for chart in data.charts.values():
        for name in _figures_of(chart.refs):
            charts.setdefault(name, {})[chart.id] = chart
    derivations: dict[str, dict[str, Derivation]] = {}
    for derivation in data.derivations.values():
        for name in _figures_of(derivation.inputs.values()):
            derivations.setdefault(name, {})[derivation.id] = derivation
    figures: dict[str, dict[str, Figure]] = {}
    for other in data.figures.values():
        for name in _relied_on(data, other):
            if name != other.id:
                figures.setdefault(name, {})[other.id] = other
    return Backlinks(charts, derivations, figures)


def _figures_of(refs: Iterable[str]) -> Iterator[str]:
    """The figures whose claims are among ``refs``, and names of no figure for all other inputs."""
    return (ref.partition("/")[0] for ref in refs)


def _relied_on(data: Dataset, figure: Figure) -> Iterator[str]:
    """The figures whose claims, or whose arithmetic, a figure's page calls."""
    texts = [figure.summary, figure.comparison.reason, *figure.unknowns, *figure.notes]
    texts += [figure.context] if figure.context else []
    named = {r for text in texts for r in references(text.en, figure.id)}
    derived = {r.name for r in named if r.target is Target.DERIVATION}
    derived |= {d.id for d in data.derivations_on(figure)}
    claims = {r.name for r in named if r.target is Target.CLAIM}
    claims |= {ref for name in derived for ref in data.derivations[name].inputs.values()}
    yield from _figures_of(claims)


def reports_by_relation(
    data: Dataset, figure: Figure
) -> tuple[tuple[Relation, tuple[Report, ...]], ...]:
    """What context sources print about a figure: the same number, parts of it, related ones."""
    found = data.reports_on(figure.id)
    groups = (
        (relation, tuple(r for r in found if r.relation is relation)) for relation in Relation
    )
    return tuple((relation, reports) for relation, reports in groups if reports)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation to copy: the style's name, and the text around the day it was read."""

    style: str
    name: str
    before: str
    accessed: str
    after: str


def set_in_styles(record: Record) -> tuple[Citation, ...]:
    """A record in every reference style. Where a style wants the day of reading, it is apart, so
    that a page may put the reader's own day there."""
    return tuple(_citation(style, cite(record, style), record) for style in STYLES)


def _citation(style: str, text: str, record: Record) -> Citation:
    day = record.issued.isoformat()
    before, mark, after = text.partition(f"[{day}]")
    if not mark:
        return Citation(style, STYLES[style].name, text, "", "")
    return Citation(style, STYLES[style].name, f"{before}[", day, f"]{after}")


def sentence(words: Localizer, figure: Figure, record: Record) -> str:
    """The figure cited in a sentence: the numbers as printed, who prints them, this site."""
    printed = words.string("style.comma").join(
        words.string(
            "cite.printed",
            voice=words.text(claim.voice.label),
            phrase=claim.mentions[0].exact,
            source=claim.source.title,
            publisher=words.format_term(claim.source.publisher),
        )
        for claim in figure.claims
    )
    return words.string(
        "cite.sentence",
        printed=printed,
        title=record.title,
        name=record.author,
        date=words.format_date(record.issued.isoformat()),
        url=record.url,
    )


def number_sentence(words: Localizer, figure: Figure, root: str) -> str:
    """A figure's claims as one line to copy: voice, hedged number and phrase, status, URL."""
    claims = words.string("style.semicolon").join(
        words.string(
            "copy.claim",
            voice=words.text(claim.voice.label),
            amount=words.format_claim(claim),
            phrase=claim.mentions[0].exact,
        )
        for claim in figure.claims
    )
    url = urls.absolute(root, words.language, urls.figure_page(figure.id))
    status = words.string(f"status.{figure.comparison.status}")
    return words.string("copy.number", said=claims, status=status, url=url)


def embed_code(words: Localizer, figure: Figure, root: str) -> str:
    """What another site pastes to frame the figure, as plain text."""
    address = urls.absolute(root, words.language, urls.embed_page(figure.id))
    title = escape(words.text(figure.headline, figure))
    wide, high = EMBED_SIZE
    size = f'width="{wide}" height="{high}"'
    return f'<iframe src="{escape(address)}" title="{title}" {size} loading="lazy"></iframe>'


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a figure's history."""

    date: str
    said: str


def figure_context(words: Localizer, figure: Figure, root: str) -> dict[str, object]:
    """The names that the figure's templates know in one language, on top of a page's.

    ``exchange`` holds the exchange formats by their file endings, each with its place on the page.
    """
    record = make_record(words, root, figure)
    return {
        "chain": lambda claim: chain(words, claim),
        "context_reports": reports_by_relation(words.dataset, figure),
        "context_sources": words.dataset.context_of(figure.id),
        "citations": set_in_styles(record),
        "exchange": {
            ending: (f"cite-{ending.replace('.', '-')}", form(record))
            for ending, form in FORMATS.items()
        },
        "sentence": sentence(words, figure, record),
        "copied": number_sentence(words, figure, root),
        "embed_code": embed_code(words, figure, root),
        "history": tuple(
            Told(r.date, words.describe_revision(r)) for r in words.dataset.revisions_of(figure.id)
        ),
    }
