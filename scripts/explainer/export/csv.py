"""The dataset as CSV tables, described as a Data Package.

``tables.json`` defines the columns, as Table Schemas by the name of the table. Rows are the JSON
objects of the dataset with one text a cell.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from explainer import urls
from explainer.charts.kinds import make_rows
from explainer.data import Access, Chart, Claim, Figure, Report
from explainer.export.json import Json, SiteContext, json_object, select, to_json
from explainer.i18n import Localizer

_FILE = Path(__file__).with_name("tables.json")
_SCHEMAS: Mapping[str, Json] = json.loads(_FILE.read_text("utf-8"))
TABLES: Mapping[str, Json] = {name: s for name, s in _SCHEMAS.items() if "primaryKey" in s}
"""The Table Schemas of the set's tables; those of one figure and of one chart have no keys."""
_FIGURE_FIELDS = ("id", "topic", "kind", "label", "question", "headline")
_VOICE_FIELDS = ("id", "source", "label")


def write_csv(schema: Json, rows: Iterable[Json]) -> str:
    """Rows as CSV (RFC 4180, lines ended by LF).

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    types = {field["name"]: field["type"] for field in schema["fields"]}
    out = io.StringIO()
    writer = csv.DictWriter(out, types, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = {name: text for name, text in _cells(row) if name in types}
        for name, text in cells.items():
            if types[name] == "string" and text.startswith(("=", "+", "-", "@", "\t")):
                cells[name] = f"'{text}"
        writer.writerow(cells)
    return out.getvalue()


def _cells(row: Json) -> Iterator[tuple[str, str]]:
    """Column names and cells; a text in several languages has a cell for each, a URL one."""
    for name, value in row.items():
        if name == "url" and isinstance(value, dict):
            yield name, value["en"]
        elif isinstance(value, dict):
            yield from ((f"{name}_{tag.partition('-')[0]}", text) for tag, text in value.items())
        elif isinstance(value, bool):
            yield name, "true" if value else "false"
        elif value is not None:
            yield name, str(value)


def csv_tables(site: SiteContext) -> Iterator[tuple[str, str]]:
    """Yield path, without ending, and text of each table: of the set, a figure, a chart."""
    for name, rows in _rows(site).items():
        yield f"data/{name}", write_csv(TABLES[name], rows)
    for figure in site.dataset.figures.values():
        rows = (
            *(_claim_row(site, figure, claim) | {"role": "claim"} for claim in figure.claims),
            *(
                _report_row(site, report) | {"role": "context"}
                for report in site.dataset.reports_on(figure.id)
            ),
        )
        yield f"figures/{figure.id}", write_csv(_SCHEMAS["figure"], rows)
    for chart in site.dataset.charts.values():
        yield f"charts/{chart.id}", write_csv(_SCHEMAS["chart"], _chart_rows(site, chart))


def _rows(site: SiteContext) -> Mapping[str, Iterable[Json]]:
    """The rows of each table of the set."""
    data = site.dataset

    def objects(items: Mapping[str, object]) -> Iterator[Json]:
        return (json_object(site, item) for item in items.values())

    return {
        "figures": (_figure_row(site, figure) for figure in data.figures.values()),
        "claims": (_claim_row(site, f, c) for f in data.figures.values() for c in f.claims),
        "reports": (_report_row(site, r) for s in data.context.values() for r in s.reports),
        "derivations": (
            row | {"inputs": " ".join(f"{name}:{ref}" for name, ref in row["inputs"].items())}
            for row in objects(data.derivations)
        ),
        "sources": chain(
            (row | {"access": Access.PAGE} for row in objects(data.sources)),
            objects(data.context),
        ),
        "voices": (select(site, voice, _VOICE_FIELDS) for voice in data.voices.values()),
        "rates": objects(data.rates),
        "terms": (
            row | {"variants": " | ".join(v["text"] for v in row.get("variants", []))}
            for row in objects(data.terms)
        ),
        "revisions": (
            json_object(site, revision) | {"id": number, "figure": revision.figure}
            for number, revision in enumerate(data.changes, 1)
        ),
    }


def data_package(site: SiteContext, tables: Mapping[str, str]) -> str:
    """``datapackage.json`` (version 2) for the tables of the set, which lie beside it."""
    about, text = site.dataset.about, site.words["en"].text
    licence = about.licence
    sources = site.dataset.sources.values()
    links = ({"title": s.title, "path": s.url or s.archived_url} for s in sources)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.slug,
        "id": f"{site.root}data/datapackage.json",
        "title": text(about.name),
        "description": text(about.description),
        "version": about.version,
        "created": f"{about.published}T00:00:00Z",
        "homepage": f"{site.root}data/",
        "licenses": [{"name": licence.id, "path": licence.url, "title": text(licence.name)}],
        "sources": [link for link in links if link["path"]],
        "contributors": [{"title": text(about.name), "roles": ["creator"]}],
        "resources": [_resource(name, tables[f"data/{name}"].encode()) for name in TABLES],
    }
    return to_json(package)


def _resource(name: str, content: bytes) -> Json:
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": TABLES[name],
    }


def _figure_row(site: SiteContext, figure: Figure) -> Json:
    row = select(site, figure, _FIGURE_FIELDS, figure)
    url = site.page_urls(urls.figure_page(figure.id))
    return row | {"status": figure.comparison.status, "url": url}


def _claim_row(site: SiteContext, figure: Figure, claim: Claim) -> Json:
    return json_object(site, claim, figure) | {
        "id": claim.ref,
        "figure": figure.id,
        "blocks": " ".join(mention.block for mention in claim.mentions),
        "attribution": " ".join(f"{a.role}:{a.agent}:{a.verb}" for a in claim.attribution),
    }


def _report_row(site: SiteContext, report: Report) -> Json:
    source = site.dataset.context[report.source]
    row = json_object(site, report) | select(site, source, ("language", "access", "issued"))
    return row | {"id": report.ref, "source": source.id}


def _chart_rows(site: SiteContext, chart: Chart) -> Iterator[Json]:
    """The numbers of a chart, one row each; one without numbers stands with its label alone.

    ``multiple`` has what a chart of multiples draws.
    """
    for row in make_rows(site.words["en"], chart):
        label = select(site, row.about, ("date", "label"))
        if not row.inputs:
            yield label
        for index, (ref, source) in enumerate(zip(row.about.refs, row.inputs, strict=True)):
            yield label | {
                "ref": f"derivation:{ref[1:]}" if ref.startswith("=") else ref,
                **select(site, row.quantities[index], ("value", "currency", "unit")),
                "display": site.by_tag(Localizer.format_input, source),
                "speaker": site.by_tag(Localizer.attribution_of, source),
                "multiple": str(row.plotted[index].value) if row.plotted else None,
            }
