"""The dataset as tables: their columns, keys and CSV text."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from explainer.data import Chart, Figure
from explainer.export import table_rows
from explainer.export.context import SiteContext
from explainer.export.table_rows import Row


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
    rows: Callable[[SiteContext], Iterator[Row]]
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


_WORDS = ("display_en", "display_zh", "scope_en", "scope_zh")
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
    *_optional("normalized"),
    *_QUANTITY,
    *_needed("nature", "access"),
    *_optional("issued"),
    *_needed(*_WORDS, "url"),
)
TABLES: tuple[Table, ...] = (
    Table(
        "figures",
        _needed(
            *("id", "topic", "kind", "status", "label_en", "label_zh", "question_en"),
            *("question_zh", "headline_en", "headline_zh", "url"),
        ),
        table_rows.figures,
    ),
    Table(
        "claims",
        _CLAIM,
        table_rows.claims,
        keys={"figure": "figures", "voice": "voices", "source": "sources"},
    ),
    Table("reports", _REPORT, table_rows.reports, keys={"source": "sources"}),
    Table(
        "derivations",
        (
            *_needed("id", "figure", "formula", "inputs"),
            Column("value", "number", required=True),
            *_optional("currency"),
            Column("exact", "boolean", required=True),
            *_needed("label_en", "label_zh", "display_en", "display_zh"),
        ),
        table_rows.derivations,
        keys={"figure": "figures"},
    ),
    Table(
        "sources",
        (
            *_needed("id", "role", "language", "publisher_en", "publisher_zh"),
            *_optional("title", "issued"),
            *_needed("access"),
            *_optional("url", "archived_url"),
        ),
        table_rows.sources,
    ),
    Table(
        "voices",
        _needed("id", "source", "label_en", "label_zh"),
        table_rows.voices,
        keys={"source": "sources"},
    ),
    Table(
        "rates",
        (
            *_needed("id", "base", "quote", "period"),
            Column("value", "number", required=True),
            Column("value_max", "number"),
            *_needed("publisher", "access", "url"),
        ),
        table_rows.rates,
    ),
    Table(
        "terms",
        (*_needed("id", "kind", "name_en", "name_zh"), *_optional("name_ko", "variants")),
        table_rows.terms,
    ),
    Table(
        "revisions",
        (
            Column("id", "integer", required=True),
            Column("date", "date", required=True),
            *_needed("figure", "about", "action"),
            *_optional("old", "new", "reason_en", "reason_zh"),
        ),
        table_rows.revisions,
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
    *_optional("period", "relation", "access", "issued"),
    *_needed("display_en", "display_zh", "scope_en", "scope_zh", "url"),
)


def figure_csv(to: SiteContext, figure: Figure) -> str:
    """One figure's claims and what context sources print about it, as CSV."""

    def observed() -> Iterator[Row]:
        empty = {column.name: "" for column in _OBSERVED}
        for said in figure.claims:
            yield empty | table_rows.claim(to, figure, said) | {"role": "claim"}
        for found in to.dataset.reports_on(figure.id):
            yield empty | table_rows.report(to, found) | {"role": "context"}

    return csv_text(_OBSERVED, observed())


def set_csvs(to: SiteContext) -> dict[str, str]:
    """Every table of the set by its file's name."""
    return {f"{table.name}.csv": set_csv(to, table) for table in TABLES}


def set_csv(to: SiteContext, table: Table) -> str:
    """One table of the set, as CSV."""
    return csv_text(table.columns, table.rows(to))


_DRAWN = (
    *_optional("date"),
    *_needed("label_en", "label_zh"),
    *_optional("ref"),
    Column("value", "number"),
    *_optional("currency", "unit", "display_en", "display_zh", "speaker_en", "speaker_zh"),
)


def chart_csv(to: SiteContext, chart: Chart) -> str:
    """The numbers behind a chart, one line for each number of each row, as CSV."""
    return csv_text(_DRAWN, table_rows.chart(to, chart))
