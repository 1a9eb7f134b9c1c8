"""What the layouts of figures show: sources, currencies, backlinks, citations, filters."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import escape

from explainer import urls
from explainer.data import Chart, Claim, Dataset, Derivation, Figure, Rate, Relation, Report
from explainer.data.fields import references
from explainer.derive import convert, list_currencies, list_periods
from explainer.export.citations import FORMATS, STYLES, Record, cite, make_record
from explainer.extract import Kind, Quantity
from explainer.i18n import Localizer

EMBED_SIZE = (480, 400)
"""Width and height of an embed in pixels, large enough for three numbers."""
_YEAR_DIGITS = 4


def attribution_chain(words: Localizer, claim: Claim) -> list[tuple[str, str]]:
    """Return (role, sentence) for everybody a claim passed through, from the outlet back.

    The last one says so where nobody, or no document, is named.
    """
    source, voice = claim.source, claim.voice
    term = words.format_term
    chain = [("outlet", words.string("chain.outlet", name=term(source.publisher)))]
    if voice.author:
        chain.append(("writer", words.string("chain.writer", name=term(voice.author))))
    else:
        chain.append(("writer", words.string("chain.unnamed")))
    if source.credit:
        chain.append(("credit", words.string("chain.credit", name=term(source.credit))))
    chain += [
        (link.role, words.string(f"attribution.{link.verb}", agent=term(link.agent)))
        for link in claim.attribution
    ]
    end = "chain.no_document" if claim.attribution else "chain.nobody"
    return [*chain, ("end", words.string(end))]


@dataclass(frozen=True, slots=True)
class Cell:
    """One claim in one currency: as printed, or converted at each period's average."""

    printed: Quantity | None
    converted: Mapping[str, Quantity]


@dataclass(frozen=True, slots=True)
class CurrencyTable:
    """The claims of a money figure in every currency.

    ``rows`` holds one cell for each currency, ``rates`` the rates of each period; ``period`` is
    the one shown first. ``factors`` holds for each period and currency what an amount is worth in
    ``base``, the currency of the first claim, as a multiple of its worth in ``period``.
    """

    currencies: tuple[str, ...]
    period: str
    rates: Mapping[str, tuple[Rate, ...]]
    rows: tuple[tuple[Claim, tuple[Cell, ...]], ...]
    base: str
    factors: Mapping[str, Mapping[str, Decimal]]


def currency_table(data: Dataset, figure: Figure) -> CurrencyTable | None:
    """Return the amounts of a figure in each currency; ``None`` for what is no money."""
    period = figure.comparison.rate_period
    if period is None:
        return None
    known = list_currencies(data)

    def make_cell(quantity: Quantity, currency: str) -> Cell:
        if quantity.currency == currency:
            return Cell(quantity, {})
        made = {at: convert(data, quantity, currency, at) for at in list_periods(data)}
        return Cell(None, {at: conversion.result for at, conversion in made.items() if conversion})

    rates = {
        at: tuple(r for r in data.rates.values() if r.period == at and r.value_max is None)
        for at in list_periods(data)
    }
    rows = tuple(
        (claim, tuple(make_cell(claim.quantity, currency) for currency in known))
        for claim in figure.claims
    )
    base = figure.claims[0].quantity.currency or ""
    factors = {at: _factors(data, known, base, at, period) for at in rates}
    return CurrencyTable(known, period, rates, rows, base, factors)


def _factors(
    data: Dataset, known: Iterable[str], base: str, at: str, period: str
) -> dict[str, Decimal]:
    factors = {}
    for currency in known:
        amount = Quantity(Decimal(10**9), Kind.MONEY, currency=currency)
        then, now = convert(data, amount, base, period), convert(data, amount, base, at)
        if then and now:
            factors[currency] = (now.result.value / then.result.value).quantize(Decimal("0.001"))
    return factors


@dataclass(slots=True)
class Backlinks:
    """What relies on a figure, in the order of the data."""

    charts: dict[str, Chart]
    derivations: dict[str, Derivation]
    figures: dict[str, Figure]


def backlinks(data: Dataset) -> dict[str, Backlinks]:
    """Return by figure id what relies on the figure."""
    links = {figure_id: Backlinks({}, {}, {}) for figure_id in data.figures}
    for chart in data.charts.values():
        for figure_id in _figure_ids(data, chart.refs):
            links[figure_id].charts[chart.id] = chart
    for derivation in data.derivations.values():
        for figure_id in _figure_ids(data, derivation.inputs.values()):
            links[figure_id].derivations[derivation.id] = derivation
    for other in data.figures.values():
        for figure_id in _figures_used_by(data, other):
            if figure_id != other.id:
                links[figure_id].figures[other.id] = other
    return links


def _figure_ids(data: Dataset, refs: Iterable[str]) -> Iterator[str]:
    """The figures whose claims are among ``refs``; other inputs have no figure."""
    owners = (ref.partition("/")[0] for ref in refs)
    return (owner for owner in owners if owner in data.figures)


def _figures_used_by(data: Dataset, figure: Figure) -> Iterator[str]:
    """The figures whose claims, or whose arithmetic, a figure's page calls."""
    texts = [figure.summary, figure.comparison.reason, *figure.unknowns, *figure.notes]
    texts += [figure.context] if figure.context else []
    named = {r for text in texts for r in references(text.en, figure.id)}
    derived = {r.name for r in named if r.target == "derivation"}
    derived |= {derivation.id for derivation in data.derivations_on(figure)}
    claims = {r.name for r in named if r.target == "claim"}
    claims |= {ref for name in derived for ref in data.derivations[name].inputs.values()}
    return _figure_ids(data, claims)


def reports_by_relation(data: Dataset, figure: Figure) -> list[tuple[Relation, list[Report]]]:
    """Return what context sources print about a figure: the same number, parts, related ones."""
    reports = data.reports_on(figure.id)
    groups = ((kind, [r for r in reports if r.relation is kind]) for kind in Relation)
    return [(kind, group) for kind, group in groups if group]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation to copy: the style's id and name, and the text around the day of reading."""

    style: str
    name: str
    before: str
    accessed: str = ""
    after: str = ""


def format_citations(record: Record) -> list[Citation]:
    """Return a record in every reference style, the day of reading apart where a style wants it."""
    citations = []
    day = record.issued.isoformat()
    for style, rules in STYLES.items():
        before, mark, after = cite(record, style).partition(f"[{day}]")
        rest = (f"{before}[", day, f"]{after}") if mark else (before,)
        citations.append(Citation(style, rules.name, *rest))
    return citations


def cite_in_sentence(words: Localizer, figure: Figure, record: Record) -> str:
    """Return a figure cited in a sentence: its subject, who gives which number, and this site."""
    return words.string(
        "cite.sentence",
        subject=words.text(figure.label, figure),
        printed=words.string("style.semicolon").join(
            [*(_cite_claim(words, claim) for claim in figure.claims), *_quote_note(words, figure)]
        ),
        name=record.author,
        date=words.format_date(record.issued.isoformat()),
        url=record.url,
    )


def _quote_note(words: Localizer, figure: Figure) -> list[str]:
    """Return what a quotation must add, where the figure says so."""
    return [words.text(figure.quote_note, figure)] if figure.quote_note else []


def _cite_claim(words: Localizer, claim: Claim) -> str:
    """One claim inside a sentence; the publisher is left out where the voice's name holds it."""
    source = claim.source
    voice, publisher = words.text(claim.voice.short), words.format_term(source.publisher)
    date = words.format_date(source.issued) if source.issued else words.string("cite.undated")
    where = [date] if publisher in voice else [publisher, date]
    return words.string(
        "cite.printed",
        amount=words.format_claim(claim),
        voice=voice,
        where=words.string("style.comma").join(where),
    )


def cite_number(words: Localizer, figure: Figure, url: str) -> str:
    """Return a figure's claims as one line to copy: subject, numbers, status, address."""
    claims = words.string("style.semicolon").join(
        words.string(
            "copy.claim",
            voice=words.text(claim.voice.short),
            amount=words.format_claim(claim),
            phrase=claim.mentions[0].exact,
        )
        for claim in figure.claims
    )
    return words.string(
        "copy.number",
        subject=words.text(figure.label, figure),
        said=claims,
        status=words.string("style.semicolon").join(
            [words.string(f"status.{figure.comparison.status}"), *_quote_note(words, figure)]
        ),
        url=url,
    )


def embed_code(words: Localizer, figure: Figure, root: str) -> str:
    """Return what another site pastes to frame the figure, as plain text."""
    address = urls.absolute(root, words.language, urls.embed_page(figure.id))
    title = escape(words.text(figure.headline, figure))
    wide, high = EMBED_SIZE
    size = f'width="{wide}" height="{high}"'
    return f'<iframe src="{escape(address)}" title="{title}" {size} loading="lazy"></iframe>'


def figure_context(words: Localizer, figure: Figure, root: str) -> dict[str, object]:
    """Return what ``figure.html`` shows of a figure in one language.

    ``exchange`` holds the exchange formats by file ending, each with its id on the page.
    """
    record = make_record(words, root, figure)
    url = urls.absolute(root, words.language, urls.figure_page(figure.id))
    history = words.dataset.revisions_of(figure.id)
    return {
        "figure": figure,
        "side": currency_table(words.dataset, figure),
        "chain": lambda claim: attribution_chain(words, claim),
        "context_reports": reports_by_relation(words.dataset, figure),
        "context_sources": words.dataset.context_of(figure.id),
        "citations": format_citations(record),
        "exchange": {
            ending: (f"cite-{ending.replace('.', '-')}", form(record))
            for ending, form in FORMATS.items()
        },
        "sentence": cite_in_sentence(words, figure, record),
        "copied": cite_number(words, figure, url),
        "embed_code": embed_code(words, figure, root),
        "history": [(one.date, words.describe_revision(one)) for one in history],
    }


def index_facets(words: Localizer, figure: Figure) -> dict[str, tuple[str, ...]]:
    """Return a figure's values in each filter of the index."""
    quantities = [claim.quantity for claim in figure.claims]
    dates = [claim.period.removeprefix("../") for claim in figure.claims if claim.period]
    dates += [q.edtf for q in quantities if q.kind is Kind.YEAR and q.edtf]
    dates += [s.issued for s in words.dataset.context_of(figure.id) if s.issued]
    return {
        "voice": tuple(voice.id for voice in figure.voices()),
        "kind": (figure.kind,),
        "status": (figure.comparison.status,),
        "currency": tuple(dict.fromkeys(q.currency for q in quantities if q.currency)),
        "year": tuple(sorted({date[:_YEAR_DIGITS] for date in dates})),
    }


def index_context(words: Localizer) -> dict[str, object]:
    """Return what ``figures.html`` lists: figures with their facets, and the filters' options."""
    entries = [(one, index_facets(words, one)) for one in words.dataset.figures.values()]
    occurring: dict[str, dict[str, None]] = {}
    for _, facets in entries:
        for name, values in facets.items():
            occurring.setdefault(name, {}).update(dict.fromkeys(values))
    options = {
        name: [(value, _facet_label(words, name, value)) for value in _ordered(name, values)]
        for name, values in occurring.items()
    }
    return {"entries": entries, "facets": options}


def _ordered(name: str, values: Iterable[str]) -> list[str]:
    return sorted(values) if name == "year" else list(values)


def _facet_label(words: Localizer, name: str, value: str) -> str:
    if name == "voice":
        return words.text(words.dataset.voices[value].label)
    return words.format_date(value) if name == "year" else words.string(f"{name}.{value}")
