"""What the search, the number lens and the "not found" page look things up in, one file a language.

Numbers stand as exact values, so that a reader may type them in any writing; names stand with
every variant that the data knows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from explainer import urls
from explainer.data import Figure, Term
from explainer.export.json import written
from explainer.extract import Bound, Kind, Quantity, find, parse
from explainer.extract.lexicon import CHINESE, ENGLISH
from explainer.i18n import Localizer

Titles = Mapping[urls.Page, str]
"""The title of every page that readers may look for."""


def finding_form(words: Localizer, titles: Titles) -> str:
    """``search.json`` of one language."""
    return written(_index(words, titles))


def _index(words: Localizer, titles: Titles) -> dict[str, object]:
    return {
        "numbers": [*_claims(words), *_derivations(words), *_reports(words)],
        "figures": [_figure(words, figure) for figure in words.dataset.figures.values()],
        "names": [_name(words, term) for term in words.dataset.terms.values()],
        "pages": [_page(words, page, title) for page, title in titles.items()],
    }


def _page(words: Localizer, page: urls.Page, title: str) -> dict[str, object]:
    label = words.dataset.interface.get(f"nav.{_slug(page)}")
    return {
        "id": _slug(page),
        "address": urls.folder(page) or "./",
        "title": title,
        "label": label[words.language] if label else None,
    }


def _slug(page: urls.Page) -> str:
    return page.removesuffix("/index").rpartition("/")[2]


def _number(quantity: Quantity, **more: str) -> dict[str, object]:
    return {
        **more,
        "kind": str(quantity.kind),
        "value": f"{quantity.value:f}",
        "valueMax": None if quantity.value_max is None else f"{quantity.value_max:f}",
        "bound": str(quantity.bound),
        "currency": quantity.currency,
        "unit": quantity.unit,
    }


def _claims(words: Localizer) -> Iterator[dict[str, object]]:
    for figure in words.dataset.figures.values():
        for claim in figure.claims:
            yield _number(
                claim.quantity,
                sort="claim",
                figure=figure.id,
                address=f"{urls.folder(urls.figure_page(figure.id))}#{claim.id}",
                said=words.amount(claim),
                about=words.text(figure.label, figure),
                who=words.text(claim.voice.label),
            )


def _reports(words: Localizer) -> Iterator[dict[str, object]]:
    for source in words.dataset.context.values():
        for report in source.reports:
            yield _number(
                report.quantity,
                sort="report",
                figure=report.figure or "",
                address=f"{urls.folder('sources')}#{urls.report_anchor(report.ref)}",
                said=words.reported(report),
                about=words.text(report.scope),
                who=words.source_name(source),
            )


def _derivations(words: Localizer) -> Iterator[dict[str, object]]:
    for name, reckoned in words.reckoned.items():
        page = urls.folder(urls.figure_page(reckoned.derivation.figure))
        yield _number(
            _derived(words, name),
            sort="derivation",
            figure=reckoned.derivation.figure,
            address=f"{page}#{urls.derivation_anchor(name)}",
            said=words.derived(name),
            about=words.text(reckoned.derivation.label),
            who=words.string("key.derived"),
        )


def _derived(words: Localizer, name: str) -> Quantity:
    """A derivation's result under the kind and hedge that its words give it."""
    reckoned = words.reckoned_as(name)
    said = words.derived(name)
    whole = parse(said, words.language).quantity
    if whole is not None:
        return whole
    currency = reckoned.derivation.currency
    inside = [reading.quantity for reading in find(said, words.language) if reading.quantity]
    for quantity in inside:
        if quantity.value == reckoned.value:
            return quantity
    kind = Kind.MONEY if currency else Kind.COUNT
    return Quantity(reckoned.value, kind, Bound.EXACT, currency=currency)


def _figure(words: Localizer, figure: Figure) -> dict[str, object]:
    currencies = {claim.quantity.currency for claim in figure.claims}
    units = {claim.quantity.unit for claim in figure.claims}
    known = [
        *(
            word
            for table in (ENGLISH, CHINESE)
            for word, code in table["currency_words"].items()
            if code and code in currencies
        ),
        *(
            word
            for table in (ENGLISH, CHINESE)
            for word, unit in table["nouns"].items()
            if unit in units
        ),
        *(unit for unit in units if unit),
    ]
    both = (words, replace(words, language=words.other.language))
    return {
        "id": figure.id,
        "address": urls.folder(urls.figure_page(figure.id)),
        "title": words.text(figure.label, figure),
        "headline": words.text(figure.headline, figure),
        "words": sorted({word.casefold() for word in known}),
        "other": both[1].text(figure.label, figure),
    }


def _name(words: Localizer, term: Term) -> dict[str, object]:
    variants = [variant.text for variant in term.variants]
    known = [term.en, term.zh, *([term.ko] if term.ko else []), *variants, *term.printed.values()]
    return {
        "address": f"{urls.folder('names')}#name-{term.id}",
        "title": words.term(term.id),
        "names": sorted({name.casefold() for name in known}),
    }
