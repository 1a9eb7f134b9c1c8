"""The dataset as tables, and their description as a Data Package (version 2)."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from explainer import addresses
from explainer.dataset import Claim, Figure, Report
from explainer.forms.speakers import Speakers
from explainer.quantities import Quantity
from explainer.wording import TAGS

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its Table Schema type, and what must hold for its cells."""

    name: str
    type: str = "string"
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the package. ``keys`` maps a column to the table whose ``id`` it holds."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Speakers], Iterator[Row]]
    primary: tuple[str, ...] = ("id",)
    keys: Mapping[str, str] = field(default_factory=dict)


_BOUNDS = ("exact", "about", "nearly", "more_than", "at_least", "less_than", "at_most", "range")
_KINDS = ("money", "count", "percent", "multiple", "year", "date", "duration", "rank")
_QUANTITY = (
    Column("kind", required=True, values=_KINDS),
    Column("value", "number", required=True),
    Column("value_max", "number"),
    Column("currency"),
    Column("unit"),
    Column("bound", required=True, values=_BOUNDS),
    Column("scale_printed"),
    Column("edtf"),
)


def _needed(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, required=True) for name in names)


def _optional(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _quantity(found: Quantity) -> Row:
    return {
        "kind": found.kind,
        "value": f"{found.value:f}",
        "value_max": "" if found.value_max is None else f"{found.value_max:f}",
        "currency": found.currency or "",
        "unit": found.unit or "",
        "bound": found.bound,
        "scale_printed": found.scale or "",
        "edtf": found.edtf or "",
    }


def _figures(to: Speakers) -> Iterator[Row]:
    en, zh = to.words["en"], to.words["zh"]
    for figure in to.dataset.figures.values():
        texts = {
            f"{name}_{code}": words.text(getattr(figure, name), figure)
            for name in ("label", "question", "finding")
            for code, words in (("en", en), ("zh", zh))
        }
        yield {
            "id": figure.id,
            "topic": figure.topic,
            "kind": figure.kind,
            "status": figure.comparison.status,
            **texts,
            "url": addresses.absolute(to.root, "en", addresses.figure_page(figure.id)),
        }


def _claim(to: Speakers, figure: Figure, said: Claim) -> Row:
    en, zh = to.words["en"], to.words["zh"]
    return {
        "id": said.ref,
        "figure": figure.id,
        "voice": said.voice.id,
        "source": said.source.id,
        "language": TAGS[said.source.language],
        "printed": said.mentions[0].exact,
        "blocks": " ".join(found.block for found in said.mentions),
        **_quantity(said.quantity),
        "nature": said.nature,
        "period": said.period or "",
        "display_en": en.amount(said),
        "display_zh": zh.amount(said),
        "measures_en": en.text(said.measures, figure),
        "measures_zh": zh.text(said.measures, figure),
        "attribution": " ".join(f"{a.role}:{a.agent}:{a.verb}" for a in said.attribution),
        "url": addresses.absolute(to.root, "en", addresses.figure_page(figure.id), said.id),
    }


def _claims(to: Speakers) -> Iterator[Row]:
    for figure in to.dataset.figures.values():
        for said in figure.claims:
            yield _claim(to, figure, said)


def _report(to: Speakers, found: Report) -> Row:
    en, zh = to.words["en"], to.words["zh"]
    source = to.dataset.context[found.source]
    return {
        "id": found.ref,
        "figure": found.figure or "",
        "relation": found.relation if found.figure else "",
        "source": found.source,
        "language": source.language,
        "printed": found.phrase,
        "reads": found.reads or "",
        **_quantity(found.quantity),
        "nature": found.nature,
        "seen": source.seen,
        "issued": source.issued or "",
        "display_en": en.reported(found),
        "display_zh": zh.reported(found),
        "measures_en": en.text(found.measures),
        "measures_zh": zh.text(found.measures),
        "url": addresses.absolute(to.root, "en", "sources", addresses.report_anchor(found.ref)),
    }


def _reports(to: Speakers) -> Iterator[Row]:
    for source in to.dataset.context.values():
        for found in source.reports:
            yield _report(to, found)


def _derivations(to: Speakers) -> Iterator[Row]:
    en, zh = to.words["en"], to.words["zh"]
    for found in to.dataset.derivations.values():
        result = to.reckoned[found.id]
        yield {
            "id": found.id,
            "figure": found.figure,
            "formula": found.formula,
            "inputs": " ".join(f"{name}:{ref}" for name, ref in found.inputs.items()),
            "value": f"{result.value:f}",
            "currency": found.currency or "",
            "exact": "true" if result.exact else "false",
            "label_en": en.text(found.label),
            "label_zh": zh.text(found.label),
            "display_en": en.derived(found.id),
            "display_zh": zh.derived(found.id),
        }


def _sources(to: Speakers) -> Iterator[Row]:
    en, zh = to.words["en"], to.words["zh"]
    for source in to.dataset.sources.values():
        yield {
            "id": source.id,
            "role": source.role,
            "language": TAGS[source.language],
            "publisher_en": en.term(source.publisher),
            "publisher_zh": zh.term(source.publisher),
            "title": source.title,
            "issued": source.issued or "",
            "seen": "page",
            "url": source.url or "",
            "archived_url": source.archived_url or "",
        }
    for seen in to.dataset.context.values():
        yield {
            "id": seen.id,
            "role": "context",
            "language": seen.language,
            "publisher_en": en.text(seen.publisher),
            "publisher_zh": zh.text(seen.publisher),
            "title": seen.title or "",
            "issued": seen.issued or "",
            "seen": seen.seen,
            "url": seen.url or "",
            "archived_url": seen.archived_url or "",
        }


def _voices(to: Speakers) -> Iterator[Row]:
    for voice in to.dataset.voices.values():
        yield {
            "id": voice.id,
            "source": voice.source,
            "label_en": to.words["en"].text(voice.label),
            "label_zh": to.words["zh"].text(voice.label),
        }


def _rates(to: Speakers) -> Iterator[Row]:
    for rate in to.dataset.rates.values():
        yield {
            "id": rate.id,
            "base": rate.base,
            "quote": rate.quote,
            "period": rate.period,
            "value": f"{rate.value:f}",
            "value_max": "" if rate.value_max is None else f"{rate.value_max:f}",
            "publisher": rate.publisher,
            "seen": rate.seen,
            "url": rate.url,
        }


def _terms(to: Speakers) -> Iterator[Row]:
    for term in to.dataset.terms.values():
        yield {
            "id": term.id,
            "kind": term.kind,
            "name_en": term.en,
            "name_zh": term.zh,
            "name_ko": term.ko or "",
            "variants": " | ".join(v.text for v in term.variants),
        }


def _revisions(to: Speakers) -> Iterator[Row]:
    en, zh = to.words["en"], to.words["zh"]
    for number, told in enumerate(to.dataset.revisions, 1):
        yield {
            "id": str(number),
            "date": told.date,
            "figure": told.figure,
            "about": told.about,
            "action": told.action,
            "old": told.old or "",
            "new": told.new or "",
            "reason_en": en.text(told.reason) if told.reason else "",
            "reason_zh": zh.text(told.reason) if told.reason else "",
        }


_WORDS = ("display_en", "display_zh", "measures_en", "measures_zh")
_CLAIM = (
    *_needed("id", "figure", "voice", "source", "language", "printed", "blocks"),
    *_QUANTITY,
    *_needed("nature"),
    *_optional("period"),
    *_needed(*_WORDS),
    *_optional("attribution"),
    *_needed("url"),
)
_REPORT = (
    *_needed("id"),
    *_optional("figure", "relation"),
    *_needed("source", "language", "printed"),
    *_optional("reads"),
    *_QUANTITY,
    *_needed("nature", "seen"),
    *_optional("issued"),
    *_needed(*_WORDS, "url"),
)
TABLES: tuple[Table, ...] = (
    Table(
        "figures",
        _needed(
            *("id", "topic", "kind", "status", "label_en", "label_zh", "question_en"),
            *("question_zh", "finding_en", "finding_zh", "url"),
        ),
        _figures,
    ),
    Table(
        "claims",
        _CLAIM,
        _claims,
        keys={"figure": "figures", "voice": "voices", "source": "sources"},
    ),
    Table("reports", _REPORT, _reports, keys={"source": "sources"}),
    Table(
        "derivations",
        (
            *_needed("id", "figure", "formula", "inputs"),
            Column("value", "number", required=True),
            *_optional("currency"),
            Column("exact", "boolean", required=True),
            *_needed("label_en", "label_zh", "display_en", "display_zh"),
        ),
        _derivations,
        keys={"figure": "figures"},
    ),
    Table(
        "sources",
        (
            *_needed("id", "role", "language", "publisher_en", "publisher_zh"),
            *_optional("title", "issued"),
            *_needed("seen"),
            *_optional("url", "archived_url"),
        ),
        _sources,
    ),
    Table(
        "voices",
        _needed("id", "source", "label_en", "label_zh"),
        _voices,
        keys={"source": "sources"},
    ),
    Table(
        "rates",
        (
            *_needed("id", "base", "quote", "period"),
            Column("value", "number", required=True),
            Column("value_max", "number"),
            *_needed("publisher", "seen", "url"),
        ),
        _rates,
    ),
    Table(
        "terms",
        (*_needed("id", "kind", "name_en", "name_zh"), *_optional("name_ko", "variants")),
        _terms,
    ),
    Table(
        "revisions",
        (
            Column("id", "integer", required=True),
            Column("date", "date", required=True),
            *_needed("figure", "about", "action"),
            *_optional("old", "new", "reason_en", "reason_zh"),
        ),
        _revisions,
    ),
)


def _cell(column: Column, value: str) -> str:
    """A cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    risky = column.type == "string" and value[:1] in tuple("=+-@\t")
    return f"'{value}" if risky else value


def csv_text(columns: tuple[Column, ...], rows: Iterator[Row]) -> str:
    """A table as CSV (RFC 4180, lines ended by LF)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_cell(column, row[column.name]) for column in columns])
    return out.getvalue()


_OBSERVED = (
    *_needed("id", "role", "figure", "source"),
    *_optional("voice"),
    *_needed("language", "printed"),
    *_QUANTITY,
    *_needed("nature"),
    *_optional("period", "relation", "seen", "issued"),
    *_needed("display_en", "display_zh", "measures_en", "measures_zh", "url"),
)


def figure_csv(to: Speakers, figure: Figure) -> str:
    """One figure's claims and what context sources print about it, as CSV."""

    def rows() -> Iterator[Row]:
        empty = {column.name: "" for column in _OBSERVED}
        for said in figure.claims:
            yield empty | _claim(to, figure, said) | {"role": "claim"}
        for found in to.dataset.reports_on(figure.id):
            yield empty | _report(to, found) | {"role": "context"}

    return csv_text(_OBSERVED, rows())


def set_csvs(to: Speakers) -> dict[str, str]:
    """Every table of the set by its file's name."""
    return {f"{table.name}.csv": csv_text(table.columns, table.rows(to)) for table in TABLES}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    described: dict[str, Any] = {"name": column.name, "type": column.type}
    return described | ({"constraints": constraints} if constraints else {})


def package(to: Speakers, tables: Mapping[str, str]) -> str:
    """``datapackage.json``: the tables with their schemas, sizes and hashes."""
    about, data = to.dataset.about, to.dataset
    resources = []
    for table in TABLES:
        content = tables[f"{table.name}.csv"].encode("utf-8")
        foreign = [
            {"fields": [column], "reference": {"resource": other, "fields": ["id"]}}
            for column, other in table.keys.items()
        ]
        schema: dict[str, Any] = {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.primary),
            "missingValues": [""],
        }
        resources.append(
            {
                "name": table.name,
                "path": f"{table.name}.csv",
                "type": "table",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": schema | ({"foreignKeys": foreign} if foreign else {}),
            }
        )
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.slug,
        "id": f"{to.root}data/datapackage.json",
        "title": to.words["en"].text(about.name),
        "description": to.words["en"].text(about.description),
        "version": about.version,
        "created": f"{about.published}T00:00:00Z",
        "homepage": f"{to.root}data/",
        "licenses": [
            {
                "name": about.licence.id,
                "path": about.licence.url,
                "title": to.words["en"].text(about.licence.name),
            }
        ],
        "sources": [
            {"title": s.title, "path": s.url or s.archived_url}
            for s in data.sources.values()
            if s.url or s.archived_url
        ],
        "contributors": [{"title": to.words["en"].text(about.name), "roles": ["creator"]}],
        "resources": resources,
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
