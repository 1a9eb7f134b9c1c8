"""The tables described as a Data Package (version 2): schemas, keys, sizes and hashes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from explainer.export.context import SiteContext
from explainer.export.csv import TABLES, Column


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    described: dict[str, Any] = {"name": column.name, "type": column.type}
    return described | ({"constraints": constraints} if constraints else {})


def package(to: SiteContext, tables: Mapping[str, str]) -> str:
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
