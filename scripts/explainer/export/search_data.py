"""``search.json``: what search, the number lens and the "not found" page look things up in.

Numbers are exact values, so that a reader may type them in any notation; names come with every
variant that the data knows.
"""

from collections.abc import Mapping

from explainer import urls
from explainer.data import Claim, Derivation, Figure, Report, Term
from explainer.export.json import Json, to_json
from explainer.extract import Kind, Quantity, find
from explainer.extract.lexicon import CHINESE, ENGLISH
from explainer.i18n import Localizer


def search_data(localizer: Localizer, titles: Mapping[urls.Page, str]) -> str:
    """``search.json`` of one language; ``titles`` are those of the pages to be found."""
    data = localizer.dataset
    claims = [claim for figure in data.figures.values() for claim in figure.claims]
    reports = [report for source in data.context.values() for report in source.reports]
    numbers: list[Claim | Report | Derivation] = [*claims, *data.derivations.values(), *reports]
    return to_json(
        {
            "numbers": [_number(localizer, number) for number in numbers],
            "figures": [_figure(localizer, figure) for figure in data.figures.values()],
            "names": [_name(localizer, term) for term in data.terms.values()],
            "pages": [_page(localizer, page, title) for page, title in titles.items()],
        }
    )


def _number(localizer: Localizer, number: Claim | Report | Derivation) -> Json:
    match number:
        case Claim():
            figure = localizer.dataset.figures[number.figure]
            page, anchor, quantity = urls.figure_page(figure.id), number.id, number.quantity
            about = localizer.text(figure.label, figure)
        case Report():
            page, anchor, quantity = "sources", urls.report_anchor(number.ref), number.quantity
            about = localizer.text(number.scope)
        case Derivation():
            page, anchor = urls.figure_page(number.figure), urls.derivation_anchor(number.id)
            quantity = _derived_quantity(localizer, number.id)
            about = localizer.text(number.label)
    return {
        "sort": type(number).__name__.lower(),
        "figure": number.figure or "",
        "address": f"{urls.folder(page)}#{anchor}",
        "said": localizer.format_input(number),
        "about": about,
        "who": localizer.attribution_of(number),
        "kind": quantity.kind,
        "value": f"{quantity.value:f}",
        "valueMax": None if quantity.value_max is None else f"{quantity.value_max:f}",
        "bound": quantity.bound,
        "currency": quantity.currency,
        "unit": quantity.unit,
    }


def _derived_quantity(localizer: Localizer, derivation_id: str) -> Quantity:
    """A derivation's result with the kind and bound that its display text gives it."""
    result, text = localizer.get_result(derivation_id), localizer.format_derivation(derivation_id)
    for match in find(text, localizer.language):
        if match.quantity and match.quantity.value == result.value:
            return match.quantity
    currency = result.derivation.currency
    return Quantity(result.value, Kind.MONEY if currency else Kind.COUNT, currency=currency)


def _figure(localizer: Localizer, figure: Figure) -> Json:
    """A figure with the words for its currencies and units in both languages."""
    units = {claim.quantity.unit for claim in figure.claims if claim.quantity.unit}
    codes = units | {claim.quantity.currency or "" for claim in figure.claims} - {""}
    lexicons = (ENGLISH.currencies, ENGLISH.nouns, CHINESE.currencies, CHINESE.nouns)
    words = {word for lexicon in lexicons for word, code in lexicon.items() if code in codes}
    return {
        "id": figure.id,
        "address": urls.folder(urls.figure_page(figure.id)),
        "title": localizer.text(figure.label, figure),
        "headline": localizer.text(figure.headline, figure),
        "words": sorted({word.casefold() for word in words | units}),
        "other": localizer.other.text(figure.label, figure),
    }


def _name(localizer: Localizer, term: Term) -> Json:
    variants = [variant.text for variant in term.variants]
    names = [term.en, term.zh, term.ko or "", *variants, *term.printed.values()]
    return {
        "address": f"{urls.folder('names')}#name-{term.id}",
        "title": localizer.format_term(term.id),
        "kind": term.kind,
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
