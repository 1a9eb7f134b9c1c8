"""What the layouts of figures and listings show besides their texts: backlinks, facets, examples."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from explainer.data import Claim, Dataset, Derivation, Figure
from explainer.data.fields import references
from explainer.derive import convert, list_currencies, list_periods
from explainer.extract import Kind, Quantity
from explainer.i18n import TAGS, Localizer

Backlinks = Mapping[str, dict[str, None]]
"""The ids of what relies on a figure, by "charts", "derivations" and "figures"."""
_YEAR_DIGITS = 4


def currency_factors(data: Dataset, base: str, period: str) -> dict[str, dict[str, Decimal]]:
    """Return what amounts are worth in each period, as a multiple of their worth in ``period``.

    By period and currency; worth is counted in the currency ``base``.
    """
    factors: dict[str, dict[str, Decimal]] = {at: {} for at in list_periods(data)}
    for currency in list_currencies(data):
        amount = Quantity(Decimal(10**9), Kind.MONEY, currency=currency)
        then = convert(data, amount, base, period)
        for at, by_currency in factors.items():
            now = convert(data, amount, base, at)
            if then and now:
                ratio = now.result.value / then.result.value
                by_currency[currency] = ratio.quantize(Decimal("0.001"))
    return factors


def backlinks(data: Dataset) -> dict[str, Backlinks]:
    """Return by figure id what relies on the figure, in the order of the data."""
    kinds = ("charts", "derivations", "figures")
    links: dict[str, Backlinks] = {name: {kind: {} for kind in kinds} for name in data.figures}
    uses: list[tuple[str, str, Iterable[str]]] = []
    uses += (("charts", chart.id, chart.refs) for chart in data.charts.values())
    uses += (("derivations", d.id, d.inputs.values()) for d in data.derivations.values())
    uses += (("figures", f.id, _claims_used_by(data, f)) for f in data.figures.values())
    for kind, user, refs in uses:
        for owner in (ref.partition("/")[0] for ref in refs):
            if owner in links and (kind, user) != ("figures", owner):
                links[owner][kind][user] = None
    return links


def _claims_used_by(data: Dataset, figure: Figure) -> Iterator[str]:
    """The claims (``figure/claim``) that a figure's page calls, or its arithmetic rests on."""
    texts = [figure.summary, figure.comparison.reason, *figure.unknowns, *figure.notes]
    texts += [figure.context] if figure.context else []
    derived = {derivation.id for derivation in data.derivations_on(figure)}
    for reference in (one for text in texts for one in references(text.en, figure.id)):
        match data.inputs.get(reference.name):
            case Claim(ref=ref):
                yield ref
            case Derivation(id=name):
                derived.add(name)
    for name in derived:
        yield from data.derivations[name].inputs.values()


Facets = Mapping[str, tuple[str, ...]]
"""A figure's values in each filter of the index."""


def list_facets(
    words: Localizer,
) -> tuple[list[tuple[Figure, Facets]], dict[str, list[tuple[str, str]]]]:
    """Return what ``figures.html`` lists: figures with their facets, and the filters' options."""
    entries = [(one, _facets(words.dataset, one)) for one in words.dataset.figures.values()]
    options: dict[str, list[tuple[str, str]]] = {}
    for name in entries[0][1] if entries else ():
        values: Iterable[str] = dict.fromkeys(v for _, facets in entries for v in facets[name])
        values = sorted(values) if name == "year" else values
        options[name] = [(value, _facet_label(words, name, value)) for value in values]
    return entries, options


def _facets(data: Dataset, figure: Figure) -> Facets:
    quantities = [claim.quantity for claim in figure.claims]
    dates = [claim.period.removeprefix("../") for claim in figure.claims if claim.period]
    dates += [q.edtf for q in quantities if q.kind is Kind.YEAR and q.edtf]
    dates += [source.issued for source in data.context_of(figure.id) if source.issued]
    return {
        "voice": tuple(voice.id for voice in figure.voices()),
        "kind": (figure.kind,),
        "status": (figure.comparison.status,),
        "currency": tuple(dict.fromkeys(q.currency for q in quantities if q.currency)),
        "year": tuple(sorted({date[:_YEAR_DIGITS] for date in dates})),
    }


def _facet_label(words: Localizer, name: str, value: str) -> str:
    if name == "voice":
        return words.text(words.dataset.voices[value].label)
    return words.format_date(value) if name == "year" else words.string(f"{name}.{value}")


def search_examples(data: Dataset) -> list[tuple[str, str]]:
    """Return what ``search.html`` offers to look for: each voice's first phrase, and a name.

    Each comes after its language tag.
    """
    first: dict[str, tuple[str, str]] = {}
    for claim in (claim for figure in data.figures.values() for claim in figure.claims):
        phrase = (TAGS[claim.source.language], claim.mentions[0].exact)
        first.setdefault(claim.voice.id, phrase)
    works = [(TAGS["zh"], one.zh) for one in data.terms.values() if one.kind == "work"]
    return [*first.values(), *works[:1]]
