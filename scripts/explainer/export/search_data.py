"""``search.json``: what search, the number lens and the "not found" page look things up in.

Numbers are exact values, so that a reader may type them in any notation; names come with every
variant that the data knows.
"""

from collections.abc import Iterator, Mapping

from explainer import urls
from explainer.data import Figure, Term
from explainer.export.json import Json, to_json
from explainer.extract import Kind, Quantity, find, parse
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


def _number(
    sort: str, figure: str, page: urls.Page, anchor: str, quantity: Quantity, texts: dict[str, str]
) -> Json:
    return {
        "sort": sort,
        "figure": figure,
        "address": f"{urls.folder(page)}#{anchor}",
        **texts,
        "kind": quantity.kind,
        "value": f"{quantity.value:f}",
        "valueMax": None if quantity.value_max is None else f"{quantity.value_max:f}",
        "bound": quantity.bound,
        "currency": quantity.currency,
        "unit": quantity.unit,
    }


def _claims(localizer: Localizer) -> Iterator[Json]:
    for figure in localizer.dataset.figures.values():
        page, label = urls.figure_page(figure.id), localizer.text(figure.label, figure)
        for claim in figure.claims:
            voice = localizer.text(claim.voice.label)
            texts = {"said": localizer.amount(claim), "about": label, "who": voice}
            yield _number("claim", figure.id, page, claim.id, claim.quantity, texts)


def _reports(localizer: Localizer) -> Iterator[Json]:
    for source in localizer.dataset.context.values():
        name = localizer.source_name(source)
        for report in source.reports:
            scope, anchor = localizer.text(report.scope), urls.report_anchor(report.ref)
            texts = {"said": localizer.reported(report), "about": scope, "who": name}
            figure = report.figure or ""
            yield _number("report", figure, "sources", anchor, report.quantity, texts)


def _derivations(localizer: Localizer) -> Iterator[Json]:
    name = localizer.string("key.derived")
    for derivation in localizer.dataset.derivations.values():
        page, anchor = urls.figure_page(derivation.figure), urls.derivation_anchor(derivation.id)
        label, display = localizer.text(derivation.label), localizer.derived(derivation.id)
        quantity = _derived_quantity(localizer, derivation.id)
        texts = {"said": display, "about": label, "who": name}
        yield _number("derivation", derivation.figure, page, anchor, quantity, texts)


def _derived_quantity(localizer: Localizer, derivation_id: str) -> Quantity:
    """A derivation's result with the kind and bound that its display text gives it."""
    result, text = localizer.reckoned_as(derivation_id), localizer.derived(derivation_id)
    whole = parse(text, localizer.language).quantity
    if whole is not None:
        return whole
    for match in find(text, localizer.language):
        if match.quantity and match.quantity.value == result.value:
            return match.quantity
    currency = result.derivation.currency
    return Quantity(result.value, Kind.MONEY if currency else Kind.COUNT, currency=currency)


def _figure(localizer: Localizer, figure: Figure) -> Json:
    """A figure with the words for its currencies and units in both languages."""
    units = {claim.quantity.unit for claim in figure.claims if claim.quantity.unit}
    codes = units | {claim.quantity.currency or "" for claim in figure.claims} - {""}
    lexicons = (english.CURRENCIES, english.NOUNS, chinese.CURRENCIES, chinese.NOUNS)
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
