"""The dataset in forms for programs: JSON, CSV, Markdown, citations, feeds, search data."""

from collections.abc import Iterator

from explainer import urls
from explainer.data import Figure, Retired
from explainer.export.citations import FORMATS, make_record
from explainer.export.csv import csv_tables, data_package
from explainer.export.json import SCHEMAS, SiteContext, place_of, search_data, to_json
from explainer.export.text import feeds, figure_markdown, llms_txt

__all__ = ["SiteContext", "export_files", "place_of", "search_data"]


def export_files(site: SiteContext) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file but search data."""
    data, whole, tables = site.dataset, site.whole, dict(csv_tables(site))
    for one in (*whole["figures"], *whole["retired"]):
        if one.get("sort", "figure") == "figure":
            yield f"figures/{one['id']}.json", to_json(one)
    yield "data/dataset.json", to_json(whole)
    for name, schema in SCHEMAS.items():
        yield f"data/schema/{name}", to_json(schema | {"$id": f"{site.root}data/schema/{name}"})
    for path, text in tables.items():
        yield f"{path}.csv", text
        yield f"{path}.excel.csv", f"\ufeff{text}"  # Excel knows UTF-8 by this mark alone
    yield "data/datapackage.json", data_package(site, tables)
    yield "llms.txt", llms_txt(site)
    retired = [item for item in data.retired.values() if item.sort == "figure"]
    for localizer in site.words.values():
        folder = urls.root_of(localizer.language)
        pages: list[Figure | Retired] = [*data.figures.values(), *retired]
        for item in pages:
            yield f"{folder}figures/{item.id}.md", figure_markdown(localizer, item, site.root)
        for figure in (*data.figures.values(), None):
            record = make_record(localizer, site.root, figure)
            path = f"figures/{figure.id}" if figure else "data/citation"
            for ending, write in FORMATS.items():
                yield f"{folder}{path}.{ending}", write(record)
        for name, text in feeds(localizer, site.root):
            yield f"{folder}{name}", text
