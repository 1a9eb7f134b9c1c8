"""The dataset as JSON: one file for each figure, one for the whole set, one for search.

Numbers are decimal strings, texts stand beside each other by BCP 47 tag, fields without a value
are absent. The files follow the schemas in ``schema/``; ``search.json`` is for the site's own use.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pydantic_core

from explainer import urls
from explainer.data import LANGUAGES, Dataset, Input, Text, models
from explainer.derive import convert, evaluate_all, list_currencies
from explainer.extract import Language, Quantity, find, write
from explainer.extract.lexicon import CHINESE, ENGLISH
from explainer.i18n import TAGS, Localizer

Json = dict[str, Any]
_Number = models.Claim | models.Derivation | models.Report
_QUANTITY = ("kind", "value", "value_max", "currency", "unit", "bound")
_FILE_ENDINGS = ("json", "csv", "md", "bib", "ris", "csl.json", "svg", "png")
SCHEMAS: Mapping[str, Json] = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted(Path(__file__).parent.glob("schema/*.json"))
}
"""The JSON Schemas by file name. They define which fields an object has, and in which order."""
_DEFINITIONS = SCHEMAS["dataset.json"]["$defs"] | SCHEMAS["figure.json"]["$defs"]
"""The schemas of the dataset's types, by the name of the class."""


@dataclass(frozen=True)
class SiteContext:
    """The dataset, and the absolute URL of the site's root, with its slash."""

    dataset: Dataset
    root: str

    @cached_property
    def words(self) -> Mapping[Language, Localizer]:
        """A localizer for each language."""
        results, missing = evaluate_all(self.dataset), set[str]()
        return {code: Localizer(self.dataset, results, code, missing) for code in LANGUAGES}

    @cached_property
    def whole(self) -> Json:
        """The JSON object of the whole set."""
        data, about = self.dataset, self.dataset.about
        keys = ("sources", "context", "figures", "derivations", "rates", "terms")
        lists = {key: [*getattr(data, key).values()] for key in keys}
        lists |= {"revisions": [*data.changes], "retired": [*data.retired.values()]}
        return {
            "$schema": f"{self.root}data/schema/dataset.json",
            "id": about.slug,
            "url": self.page_urls("data"),
            **json_object(self, about, fields=("name", "description", "version", "published")),
            "modified": data.modified,
            "licence": json_object(self, about.licence),
            **{key: [json_object(self, one) for one in items] for key, items in lists.items()},
        }

    @cached_property
    def figures(self) -> Mapping[str, Json]:
        """The JSON object of each figure, by id."""
        return {figure["id"]: figure for figure in self.whole["figures"]}

    def by_tag(self, write: Callable[..., str], *args: object) -> dict[str, str]:
        """What ``write`` returns for each language's localizer and ``args``, by BCP 47 tag."""
        return {TAGS[code]: write(self.words[code], *args) for code in LANGUAGES}

    def page_urls(self, page: urls.Page, anchor: str = "") -> dict[str, str]:
        """The URL of a page, or of a part of it, by BCP 47 tag."""
        return {TAGS[code]: urls.absolute(self.root, code, page, anchor) for code in LANGUAGES}


def to_json(value: object) -> str:
    """The text of a JSON file."""
    return pydantic_core.to_json(value, indent=2).decode("utf-8") + "\n"


def drop_empty(record: Json) -> Json:
    """The fields of ``record`` that have a value."""
    return {key: value for key, value in record.items() if value not in (None, "", [], {}, ())}


def json_object(
    site: SiteContext, item: object, figure: models.Figure | None = None, fields: Iterable[str] = ()
) -> Json:
    """The ``fields`` of an item that have a value, all those of its schema by default.

    Short references in its texts mean ``figure``.
    """
    figure = item if isinstance(item, models.Figure) else figure
    computed = _computed_fields(site, item, figure)
    names = fields or _DEFINITIONS[type(item).__name__]["properties"]
    values = {key: computed[key] if key in computed else getattr(item, key) for key in names}
    return drop_empty({key: _json_value(site, value, figure) for key, value in values.items()})


def _json_value(site: SiteContext, value: Any, figure: models.Figure | None) -> Any:
    match value:
        case str() | int() | None:
            return value
        case Text():
            return site.by_tag(Localizer.text, value, figure)
        case Decimal():
            return f"{value:f}"
        case tuple() | list():
            return [_json_value(site, part, figure) for part in value]
        case Mapping():
            return drop_empty({key: _json_value(site, one, figure) for key, one in value.items()})
    return json_object(site, value, figure)


def place_of(number: Input) -> tuple[urls.Page, str]:
    """The page that shows a number, and the anchor of the number on it."""
    match number:
        case models.Claim():
            return urls.figure_page(number.figure), number.id
        case models.Report():
            return "sources", urls.report_anchor(number.ref)
        case models.Rate():
            return "sources", urls.rate_anchor(number.id)
    return urls.figure_page(number.figure), urls.derivation_anchor(number.id)


def _computed_fields(site: SiteContext, item: object, figure: models.Figure | None) -> Json:
    """The fields of an item's object that are not attributes of the item."""
    data = site.dataset
    match item:
        case models.Claim():
            return {
                "url": site.page_urls(*place_of(item)),
                "voice": item.voice.id,
                "source": item.source.id,
                "language": TAGS[item.source.language],
                "printed": item.mentions[0].exact,
                **_quantity_fields(site, item.quantity),
            }
        case models.ContextSource():
            reports = [r for r in item.reports if figure is None or r.figure == figure.id]
            title_from = item.title_from if item.title else None
            return {"role": "context", "title_from": title_from, "reports": reports}
        case models.Derivation():
            result = site.words["en"].results[item.id]
            return {
                "url": site.page_urls(*place_of(item)),
                "value": result.quantity.value,
                "exact": result.exact,
                "display": site.by_tag(Localizer.format_input, item),
                "working": site.by_tag(Localizer.format_steps, item.id),
            }
        case models.Figure():
            return {
                "$schema": f"{site.root}data/schema/figure.json",
                "url": site.page_urls(urls.figure_page(item.id)),
                "files": {end: f"{site.root}figures/{item.id}.{end}" for end in _FILE_ENDINGS},
                "conversions": [*_conversions(site, item)],
                "derivations": data.derivations_on(item),
                "context_note": item.context,
                "context": data.context_of(item.id),
                "revisions": data.revisions_of(item.id),
                "licence": data.about.licence.id,
            }
        case models.Rate():
            return {"publisher": site.words["en"].format_term(item.publisher)}
        case models.Report():
            return {
                "url": site.page_urls(*place_of(item)),
                "relation": item.relation if item.figure else None,
                "printed": item.phrase,
                **_quantity_fields(site, item.quantity),
            }
        case models.Retired():
            has_page = item.sort != "report"
            return {"url": site.page_urls(urls.page_of(item.sort, item.id)) if has_page else None}
        case models.Source():
            return {
                "language": TAGS[item.language],
                "publisher": site.by_tag(Localizer.format_term, item.publisher),
                "sha256": data.digests[item.id].digest,
            }
        case models.Term():
            return {"name": drop_empty({"en": item.en, "zh-Hans": item.zh, "ko": item.ko})}
    return {}


def _quantity_fields(site: SiteContext, quantity: Quantity) -> Json:
    """A quantity: exact decimals in base units, and the bound that its hedge sets."""
    return {
        **{name: getattr(quantity, name) for name in _QUANTITY},
        "scale_printed": quantity.scale,
        "edtf": quantity.edtf,
        "display": site.by_tag(lambda localizer: write(quantity, localizer.language)),
    }


def _conversions(site: SiteContext, figure: models.Figure) -> Iterator[Json]:
    """Each money claim in every other currency, at the average rates of the figure's period."""
    period = figure.comparison.rate_period or ""
    for claim in figure.claims:
        for currency in list_currencies(site.dataset):
            if conversion := convert(site.dataset, claim.quantity, currency, period):
                rates = [rate.id for rate in conversion.rates]
                about = {"claim": claim.id, "period": period, "rates": rates}
                yield about | _quantity_fields(site, conversion.result)


def search_data(site: SiteContext, language: Language, titles: Mapping[urls.Page, str]) -> str:
    """``search.json`` of one language; ``titles`` are those of the pages to be found."""
    data, localizer = site.dataset, site.words[language]
    numbers: list[_Number] = [*data.claims(), *data.derivations.values(), *data.reports.values()]
    return to_json(
        {
            "numbers": [_number(site, localizer, number) for number in numbers],
            "figures": [_figure(localizer, figure) for figure in data.figures.values()],
            "names": [_name(localizer, term) for term in data.terms.values()],
            "pages": [_page(localizer, page, title) for page, title in titles.items()],
        }
    )


def _number(site: SiteContext, localizer: Localizer, number: _Number) -> Json:
    (page, anchor), figures = place_of(number), localizer.dataset.figures
    said = localizer.format_input(number)
    match number:
        case models.Claim():
            about, quantity = figures[number.figure].label, number.quantity
        case models.Report():
            about, quantity = number.scope, number.quantity
        case models.Derivation():
            about, quantity = number.label, localizer.results[number.id].quantity
            # Its text gives it a kind and a bound.
            read = (match.quantity for match in find(said, localizer.language))
            quantity = next((one for one in read if one and one.value == quantity.value), quantity)
    return {
        "sort": type(number).__name__.lower(),
        "figure": number.figure or "",
        "address": f"{urls.folder(page)}#{anchor}",
        "said": said,
        "about": localizer.text(about, figures.get(number.figure or "")),
        "who": localizer.attribution_of(number),
        **json_object(site, quantity, fields=_QUANTITY),
    }


def _figure(localizer: Localizer, figure: models.Figure) -> Json:
    """A figure with the words for its currencies and units in both languages."""
    units = {claim.quantity.unit for claim in figure.claims if claim.quantity.unit}
    codes = units | {claim.quantity.currency or "" for claim in figure.claims} - {""}
    tables = [it[name] for it in (ENGLISH, CHINESE) for name in ("currency_words", "nouns")]
    words = {word for table in tables for word, code in table.items() if code in codes}
    return {
        "id": figure.id,
        "address": urls.folder(urls.figure_page(figure.id)),
        "title": localizer.text(figure.label, figure),
        "headline": localizer.text(figure.headline, figure),
        "words": sorted({word.casefold() for word in words | units}),
        "other": localizer.other.text(figure.label, figure),
    }


def _name(localizer: Localizer, term: models.Term) -> Json:
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
