"""The dataset as CSV tables, described as a Data Package.

``tables.json`` defines the columns, as Table Schemas by the name of the table. Rows are the JSON
objects of the dataset with one text a cell.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from explainer.charts.kinds import make_rows
from explainer.data import Access, Chart
from explainer.export.json import Json, SiteContext, json_object, to_json
from explainer.i18n import Localizer

_FILE = Path(__file__).with_name("tables.json")
_SCHEMAS: Mapping[str, Json] = json.loads(_FILE.read_text("utf-8"))
TABLES: Mapping[str, Json] = {name: s for name, s in _SCHEMAS.items() if "primaryKey" in s}
"""The Table Schemas of the set's tables; those of one figure and of one chart have no keys."""


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
    for name, rows in _rows(site.whole).items():
        yield f"data/{name}", write_csv(TABLES[name], rows)
    for figure in site.whole["figures"]:
        claims = [_claim_row(figure, claim) | {"role": "claim"} for claim in figure["claims"]]
        reports = [row | {"role": "context"} for row in _report_rows(figure.get("context", []))]
        yield f"figures/{figure['id']}", write_csv(_SCHEMAS["figure"], claims + reports)
    for chart in site.dataset.charts.values():
        yield f"charts/{chart.id}", write_csv(_SCHEMAS["chart"], _chart_rows(site, chart))


def _rows(data: Json) -> Mapping[str, Iterable[Json]]:
    """The rows of each table of the set."""
    figures, sources = data["figures"], data["sources"]
    return {
        "figures": (one | {"status": one["comparison"]["status"]} for one in figures),
        "claims": (_claim_row(figure, one) for figure in figures for one in figure["claims"]),
        "reports": _report_rows(data["context"]),
        "derivations": (
            one | {"inputs": " ".join(f"{name}:{ref}" for name, ref in one["inputs"].items())}
            for one in data["derivations"]
        ),
        "sources": [*(one | {"access": Access.PAGE} for one in sources), *data["context"]],
        "voices": (one | {"source": s["id"]} for s in sources for one in s["voices"]),
        "rates": data["rates"],
        "terms": (
            one | {"variants": " | ".join(v["text"] for v in one.get("variants", []))}
            for one in data["terms"]
        ),
        "revisions": (
            one | {"id": number, "figure": one["about"].partition("/")[0]}
            for number, one in enumerate(data["revisions"], 1)
        ),
    }


def _claim_row(figure: Json, claim: Json) -> Json:
    chain = (f"{one['role']}:{one['agent']}:{one['verb']}" for one in claim.get("attribution", []))
    return claim | {
        "id": f"{figure['id']}/{claim['id']}",
        "figure": figure["id"],
        "blocks": " ".join(mention["block"] for mention in claim["mentions"]),
        "attribution": " ".join(chain),
    }


def _report_rows(sources: Iterable[Json]) -> Iterator[Json]:
    for source in sources:
        about = {key: source.get(key) for key in ("language", "access", "issued")}
        for report in source.get("reports", []):
            ref = f"{source['id']}/{report['id']}"
            yield report | about | {"id": ref, "source": source["id"]}


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


def _chart_rows(site: SiteContext, chart: Chart) -> Iterator[Json]:
    """The numbers of a chart, one row each; one without numbers stands with its label alone.

    ``multiple`` has what a chart of multiples draws.
    """
    for about, row in zip(chart.rows, make_rows(site.words["en"], chart), strict=True):
        label = json_object(site, about, fields=("date", "label"))
        if not row.inputs:
            yield label
        for index, (ref, source) in enumerate(zip(about.refs, row.inputs, strict=True)):
            yield label | {
                "ref": f"derivation:{ref[1:]}" if ref.startswith("=") else ref,
                **json_object(site, row.quantities[index], fields=("value", "currency", "unit")),
                "display": site.by_tag(Localizer.format_input, source),
                "speaker": site.by_tag(Localizer.attribution_of, source),
                "multiple": str(row.multiples[index].value) if row.multiples else None,
            }
