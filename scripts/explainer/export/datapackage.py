"""The tables described as a Data Package (version 2): schemas, keys, sizes and hashes."""

import hashlib

from explainer.export.context import SiteContext
from explainer.export.csv import TABLES
from explainer.export.json import Json, to_json


def _resource(path: str, text: str) -> Json:
    content, name = text.encode("utf-8"), path.removesuffix(".csv")
    return {
        "name": name,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": TABLES[name],
    }


def data_package(site: SiteContext, tables: dict[str, str]) -> str:
    """``datapackage.json`` for the texts of the set's tables by their path beside it."""
    about, text = site.dataset.about, site.words["en"].text
    licence = about.licence
    sources = (
        {"title": source.title, "path": source.url or source.archived_url}
        for source in site.dataset.sources.values()
    )
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
        "sources": [source for source in sources if source["path"]],
        "contributors": [{"title": text(about.name), "roles": ["creator"]}],
        "resources": [_resource(path, table) for path, table in tables.items()],
    }
    return to_json(package)
