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
from explainer.data import Chart
from explainer.export.json import Json, SiteContext, json_object, to_json
from explainer.i18n import Localizer

_FILE = Path(__file__).with_name("tables.json")
_SCHEMAS: Mapping[str, Json] = json.loads(_FILE.read_text("utf-8"))
TABLES: Mapping[str, Json] = {name: s for name, s in _SCHEMAS.items() if "primaryKey" in s}
"""The Table Schemas of the set's tables; those of one figure and of one chart have no keys."""


def write_csv(schema: Json, rows: Iterable[Json]) -> str:
    """Rows as CSV (RFC 4180, lines ended by LF): of each row the fields of the schema.

    A value in several languages has a column for each, or the English one alone. A text that a
    spreadsheet would take for a formula gets an apostrophe in front.
    """
    types = {field["name"]: field["type"] for field in schema["fields"]}
    out = io.StringIO()
    writer = csv.DictWriter(out, types, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        cells = dict(row)
        for name, value in row.items():
            if isinstance(value, dict):
                cells[name] = value.get("en")
                cells |= {f"{name}_{tag[:2]}": text for tag, text in value.items()}
        for name, value in cells.items():
            is_text = isinstance(value, str) and types.get(name) == "string"
            if is_text and value.startswith(("=", "+", "-", "@", "\t")):
                cells[name] = f"'{value}"
        writer.writerow(cells)
    return out.getvalue()


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
            one
            | {"inputs": " ".join(f"{name}:{ref}" for name, ref in one["inputs"].items())}
            | {"exact": str(one["exact"]).lower()}
            for one in data["derivations"]
        ),
        "sources": [*(one | {"access": "page"} for one in sources), *data["context"]],
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
    licence, sources = about.licence, site.dataset.sources.values()
    resources = []
    for name, schema in TABLES.items():
        content = tables[f"data/{name}"].encode("utf-8")
        size, digest = len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"
        file: Json = {"name": name, "path": f"{name}.csv", "type": "table", "format": "csv"}
        file |= {"mediatype": "text/csv", "encoding": "utf-8", "bytes": size, "hash": digest}
        resources.append(file | {"schema": schema})
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
        "sources": [{"title": s.title, "path": s.url or s.archived_url} for s in sources],
        "contributors": [{"title": text(about.name), "roles": ["creator"]}],
        "resources": resources,
    }
    return to_json(package)


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
