"""``search.json``: what search, the number lens and the "not found" page look things up in.

Numbers are exact values, so that a reader may type them in any notation; names come with every
variant that the data knows.
"""

from collections.abc import Iterator, Mapping

from explainer import urls
from explainer.data import Figure, Term
from explainer.export.json import Json, to_json
from explainer.extract import Bound, Kind, Quantity, find, parse
from explainer.extract.en import lexicon as english
from explainer.extract.zh import lexicon as chinese
from explainer.i18n import Localizer


def search_data(localizer: Localizer, titles: Mapping[urls.Page, str]) -> str:
    """``search.json`` of one language; ``titles`` are those of the pages to be found."""
    data = localizer.dataset
    return to_json(
        {
            "numbers": [*_claims(localizer), *_derivations(localizer), *_reports(localizer)],
            "figures": [_figure(localizer, figure) for figure in data.figures.values()],
            "names": [_name(localizer, term) for term in data.terms.values()],
            "pages": [_page(localizer, page, title) for page, title in titles.items()],
        }
    )


def _number(quantity: Quantity, **fields: str) -> Json:
    return {
        **fields,
        "kind": quantity.kind,
        "value": f"{quantity.value:f}",
        "valueMax": None if quantity.value_max is None else f"{quantity.value_max:f}",
        "bound": quantity.bound,
        "currency": quantity.currency,
        "unit": quantity.unit,
    }


def _claims(localizer: Localizer) -> Iterator[Json]:
    for figure in localizer.dataset.figures.values():
        for claim in figure.claims:
            yield _number(
                claim.quantity,
                sort="claim",
                figure=figure.id,
                address=f"{urls.folder(urls.figure_page(figure.id))}#{claim.id}",
                said=localizer.amount(claim),
                about=localizer.text(figure.label, figure),
                who=localizer.text(claim.voice.label),
            )


def _reports(localizer: Localizer) -> Iterator[Json]:
    for source in localizer.dataset.context.values():
        for report in source.reports:
            yield _number(
                report.quantity,
                sort="report",
                figure=report.figure or "",
                address=f"{urls.folder('sources')}#{urls.report_anchor(report.ref)}",
                said=localizer.reported(report),
                about=localizer.text(report.scope),
                who=localizer.source_name(source),
            )


def _derivations(localizer: Localizer) -> Iterator[Json]:
    for derivation in localizer.dataset.derivations.values():
        page = urls.folder(urls.figure_page(derivation.figure))
        yield _number(
            _derived_quantity(localizer, derivation.id),
            sort="derivation",
            figure=derivation.figure,
            address=f"{page}#{urls.derivation_anchor(derivation.id)}",
            said=localizer.derived(derivation.id),
            about=localizer.text(derivation.label),
            who=localizer.string("key.derived"),
        )


def _derived_quantity(localizer: Localizer, derivation_id: str) -> Quantity:
    """A derivation's result with the kind and bound that its display text gives it."""
    result = localizer.reckoned_as(derivation_id)
    text = localizer.derived(derivation_id)
    whole = parse(text, localizer.language).quantity
    if whole is not None:
        return whole
    for match in find(text, localizer.language):
        if match.quantity and match.quantity.value == result.value:
            return match.quantity
    currency = result.derivation.currency
    kind = Kind.MONEY if currency else Kind.COUNT
    return Quantity(result.value, kind, Bound.EXACT, currency=currency)


def _figure(localizer: Localizer, figure: Figure) -> Json:
    currencies = {claim.quantity.currency for claim in figure.claims} - {None}
    units = {claim.quantity.unit for claim in figure.claims} - {None}
    words = {word for word, code in english.CURRENCIES.items() if code in currencies}
    words |= {word for word, code in chinese.CURRENCIES.items() if code in currencies}
    words |= {word for word, unit in english.NOUNS.items() if unit in units}
    words |= {word for word, unit in chinese.NOUNS.items() if unit in units}
    words |= {unit for unit in units if unit}
    return {
        "id": figure.id,
        "address": urls.folder(urls.figure_page(figure.id)),
        "title": localizer.text(figure.label, figure),
        "headline": localizer.text(figure.headline, figure),
        "words": sorted({word.casefold() for word in words}),
        "other": localizer.other.text(figure.label, figure),
    }


def _name(localizer: Localizer, term: Term) -> Json:
    variants = [variant.text for variant in term.variants]
    names = [term.en, term.zh, term.ko or "", *variants, *term.printed.values()]
    return {
        "address": f"{urls.folder('names')}#name-{term.id}",
        "title": localizer.term(term.id),
        "names": sorted({name.casefold() for name in names if name}),
    }


def _page(localizer: Localizer, page: urls.Page, title: str) -> Json:
    slug = page.removesuffix("/index").rpartition("/")[2]
    label = localizer.dataset.interface.get(f"nav.{slug}")
    return {
        "id": slug,
        "address": urls.folder(page) or "./",
        "title": title,
        "label": label[localizer.language] if label else None,
    }
