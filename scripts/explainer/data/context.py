"""Context: what independent sources print, and the exchange rates that conversions use."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from explainer.data.assembly import LoadContext, below, entries, optional_pair, pair, pick
from explainer.data.errors import Code
from explainer.data.locator import Locator
from explainer.data.model import Access, ContextSource, Figure, Nature, Rate, Relation, Report, Term
from explainer.data.strict_yaml import Path
from explainer.extract import Language, parse

_GRAMMARS: Mapping[str, Language] = {"en": "en", "zh": "zh", "zh-Hant": "zh"}


def sources(
    assembly: LoadContext, figures: Mapping[str, Figure]
) -> Iterator[tuple[str, ContextSource]]:
    """Every context source by its id. Its reports take their quantity from their phrase."""
    for document in below(assembly.documents, "context"):
        value: Any = document.value
        where = assembly.locator(document)
        for index, raw in enumerate(value["sources"]):
            path: Path = ("sources", index)
            if assembly.remember("source", raw["id"], document, path):
                yield raw["id"], _source(assembly, figures, raw, where, path)


def _source(
    assembly: LoadContext, figures: Mapping[str, Figure], raw: Any, where: Locator, path: Path
) -> ContextSource:
    named = raw.get("figures", [])
    for number, figure in enumerate(named):
        pick(assembly, figures, figure, "figure", where, (*path, "figures", number))
    reports = []
    for number, entry in enumerate(raw.get("reports", ())):
        report = _report(assembly, figures, raw, entry, where, (*path, "reports", number))
        if report is not None:
            reports.append(report)
    bears_on = dict.fromkeys([*named, *(report.figure for report in reports if report.figure)])
    return ContextSource(
        raw["id"],
        pair(raw["publisher"]),
        raw["language"],
        Access(raw["access"]),
        pair(raw["shows"]),
        tuple(bears_on),
        tuple(reports),
        raw.get("publisher_original"),
        raw.get("host"),
        raw.get("title"),
        raw.get("title_from", "page"),
        optional_pair(raw.get("title_translation")),
        raw.get("url"),
        raw.get("archived_url"),
        raw.get("issued"),
    )


def _report(
    assembly: LoadContext,
    figures: Mapping[str, Figure],
    source: Any,
    raw: Any,
    where: Locator,
    path: Path,
) -> Report | None:
    if not assembly.remember("report", f"{source['id']}/{raw['id']}", where.document, path):
        return None
    if "figure" in raw:
        pick(assembly, figures, raw["figure"], "figure", where, (*path, "figure"))
    key = "normalized" if "normalized" in raw else "phrase"
    quantity = next(
        (
            read.quantity
            for grammar in _grammars(source["language"], key, raw[key])
            if (read := parse(raw[key], grammar)).quantity is not None
        ),
        None,
    )
    if quantity is None:
        expected = "a number that the grammar reads; put it in English or Chinese into reads"
        assembly.report(where, (*path, key), Code.UNREAD_MENTION, raw[key], expected)
        return None
    return Report(
        raw["id"],
        source["id"],
        raw["phrase"],
        quantity,
        Nature(raw["nature"]),
        pair(raw["scope"]),
        raw.get("figure"),
        Relation(raw.get("relation", "same")),
        raw.get("normalized"),
    )


def _grammars(language: str, key: str, text: str) -> tuple[Language, ...]:
    """Which grammars may read the text: the source's own for a phrase, either for ``reads``."""
    if key == "phrase":
        # Bare digits with a sign ("71%") say the same in any language.
        return (_GRAMMARS.get(language, "en"),)
    return ("en",) if text.isascii() else ("zh",)


def rates(assembly: LoadContext, terms: Mapping[str, Term]) -> Iterator[tuple[str, Rate]]:
    """Every exchange rate by its id; its publisher is a term."""
    for raw, where, path in entries(assembly, "rates.yml", "rate"):
        pick(assembly, terms, raw["publisher"], "term", where, (*path, "publisher"))
        yield (
            raw["id"],
            Rate(
                raw["id"],
                raw["base"],
                raw["quote"],
                raw["period"],
                Decimal(raw["value"]),
                raw["publisher"],
                raw["url"],
                Access(raw["access"]),
                Decimal(raw["value_max"]) if "value_max" in raw else None,
            ),
        )
