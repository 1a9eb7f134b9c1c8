"""The dataset as JSON: one file for each figure, one for the whole set.

Numbers are decimal strings, texts stand beside each other by BCP 47 tag, fields without a value
are absent. The files follow the schemas in ``schema/``.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from explainer import urls
from explainer.data import (
    Claim,
    ContextSource,
    Derivation,
    Figure,
    Rate,
    Report,
    Retired,
    Source,
    Term,
    Text,
)
from explainer.derive import convert, list_currencies
from explainer.export.context import SiteContext
from explainer.extract import Quantity, write
from explainer.i18n import TAGS, Localizer

Json = dict[str, Any]
_FILE_ENDINGS = ("json", "csv", "md", "bib", "ris", "csl.json", "svg", "png")
SCHEMAS: Mapping[str, Json] = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in sorted(Path(__file__).parent.glob("schema/*.json"))
}
"""The JSON Schemas by file name. They define which fields an object has, and in which order."""
_DEFINITIONS = SCHEMAS["dataset.json"]["$defs"] | SCHEMAS["figure.json"]["$defs"]
"""The schemas of the dataset's types, by the name of the class."""


def to_json(value: object) -> str:
    """The text of a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def drop_empty(record: Json) -> Json:
    """The fields of ``record`` that have a value."""
    return {key: value for key, value in record.items() if value not in (None, "", [], {}, ())}


def json_object(site: SiteContext, item: object, figure: Figure | None = None) -> Json:
    """An item of the dataset as a JSON object; short references in its texts mean ``figure``."""
    figure = item if isinstance(item, Figure) else figure
    fields = _DEFINITIONS[type(item).__name__]["properties"]
    return select(site, item, fields, figure, _computed_fields(site, item, figure))


def select(
    site: SiteContext,
    item: object,
    fields: Iterable[str],
    figure: Figure | None = None,
    computed: Json | None = None,
) -> Json:
    """The named ``fields`` that have a value, of ``computed`` or else attributes of ``item``."""
    values = computed or {}
    values = {name: values[name] if name in values else getattr(item, name) for name in fields}
    return drop_empty({name: _json_value(site, v, figure) for name, v in values.items()})


def _json_value(site: SiteContext, value: Any, figure: Figure | None) -> Any:
    match value:
        case str() | int() | None:
            return value
        case Text():
            return site.texts(value, figure)
        case Decimal():
            return f"{value:f}"
        case tuple() | list():
            return [_json_value(site, part, figure) for part in value]
        case Mapping():
            return dict(value)
    return json_object(site, value, figure)


def _computed_fields(site: SiteContext, item: object, figure: Figure | None) -> Json:
    """The fields of an item's object that are not attributes of the item."""
    data = site.dataset
    match item:
        case Claim():
            return {
                "url": site.page_urls(urls.figure_page(item.figure), item.id),
                "voice": item.voice.id,
                "source": item.source.id,
                "language": TAGS[item.source.language],
                "printed": item.mentions[0].exact,
                **_quantity_fields(site, item.quantity),
            }
        case ContextSource():
            reports = [r for r in item.reports if figure is None or r.figure == figure.id]
            title_from = item.title_from if item.title else None
            return {"role": "context", "title_from": title_from, "reports": reports}
        case Derivation():
            anchor, result = urls.derivation_anchor(item.id), site.results[item.id]
            return {
                "url": site.page_urls(urls.figure_page(item.figure), anchor),
                "value": result.value,
                "exact": result.exact,
                "display": site.by_tag(Localizer.format_derivation, item.id),
                "working": site.by_tag(Localizer.format_steps, item.id),
            }
        case Figure():
            return {
                "$schema": f"{site.root}data/schema/figure.json",
                "url": site.page_urls(urls.figure_page(item.id)),
                "files": {end: f"{site.root}figures/{item.id}.{end}" for end in _FILE_ENDINGS},
                "conversions": _conversions(site, item),
                "derivations": data.derivations_on(item),
                "context_note": item.context,
                "context": data.context_of(item.id),
                "revisions": data.revisions_of(item.id),
                "licence": data.about.licence.id,
            }
        case Rate():
            return {"publisher": site.words["en"].format_term(item.publisher)}
        case Report():
            return {
                "url": site.page_urls("sources", urls.report_anchor(item.ref)),
                "relation": item.relation if item.figure else None,
                "printed": item.phrase,
                **_quantity_fields(site, item.quantity),
            }
        case Retired():
            has_page = item.sort != "report"
            return {"url": site.page_urls(urls.page_of(item.sort, item.id)) if has_page else None}
        case Source():
            return {
                "language": TAGS[item.language],
                "publisher": site.by_tag(Localizer.format_term, item.publisher),
                "sha256": data.digests[item.id].digest,
            }
        case Term():
            return {"name": drop_empty({"en": item.en, "zh-Hans": item.zh, "ko": item.ko})}
    return {}


def _quantity_fields(site: SiteContext, quantity: Quantity) -> Json:
    """A quantity: exact decimals in base units, and the bound that its hedge sets."""
    return {
        "kind": quantity.kind,
        "value": f"{quantity.value:f}",
        "value_max": None if quantity.value_max is None else f"{quantity.value_max:f}",
        "currency": quantity.currency,
        "unit": quantity.unit,
        "bound": quantity.bound,
        "scale_printed": quantity.scale,
        "edtf": quantity.edtf,
        "display": site.by_tag(lambda localizer: write(quantity, localizer.language)),
    }


def _conversions(site: SiteContext, figure: Figure) -> list[Json]:
    """Each money claim in every other currency, at the average rates of the figure's period."""
    period = figure.comparison.rate_period
    if period is None:
        return []
    return [
        drop_empty(
            {
                "claim": claim.id,
                "period": period,
                "rates": [rate.id for rate in conversion.rates],
                **_quantity_fields(site, conversion.result),
            }
        )
        for claim in figure.claims
        for currency in list_currencies(site.dataset)
        if (conversion := convert(site.dataset, claim.quantity, currency, period))
    ]


def dataset_object(site: SiteContext) -> Json:
    """The whole set."""
    data, about = site.dataset, site.dataset.about

    def objects(items: Mapping[Any, object]) -> list[Json]:
        return [json_object(site, item) for item in items.values()]

    return {
        "$schema": f"{site.root}data/schema/dataset.json",
        "id": about.slug,
        "url": site.page_urls("data"),
        **select(site, about, ("name", "description", "version", "published")),
        "modified": data.modified,
        "licence": json_object(site, about.licence),
        "sources": objects(data.sources),
        "context": objects(data.context),
        "figures": objects(data.figures),
        "derivations": objects(data.derivations),
        "rates": objects(data.rates),
        "terms": objects(data.terms),
        "revisions": [json_object(site, revision) for revision in data.changes],
        "retired": objects(data.retired),
    }


def schema_text(site: SiteContext, name: str) -> str:
    """A schema as published, with the URL at which this site has it."""
    return to_json(SCHEMAS[name] | {"$id": f"{site.root}data/schema/{name}"})
