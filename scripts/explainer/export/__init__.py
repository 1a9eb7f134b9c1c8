"""The dataset in forms for programs: JSON, CSV, Markdown, citations, feeds, search data."""

from collections.abc import Iterator

from explainer import urls
from explainer.export.citations import FORMATS, make_record
from explainer.export.context import SiteContext, site_context
from explainer.export.csv import chart_csv, data_package, figure_csv, set_csvs
from explainer.export.feeds import atom_feed, json_feed
from explainer.export.json import SCHEMAS, dataset_object, json_object, schema_text, to_json
from explainer.export.markdown import figure_markdown, llms_txt, retired_markdown
from explainer.export.search_data import search_data

__all__ = ["SiteContext", "export_files", "search_data", "site_context"]


def _csv_files(path: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield a table plain, for programs, and with the mark by which Excel knows UTF-8."""
    yield f"{path}.csv", text
    yield f"{path}.excel.csv", f"\ufeff{text}"


def export_files(site: SiteContext) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file but search data."""
    data = site.dataset
    retired = [item for item in data.retired.values() if item.sort == "figure"]
    for figure in data.figures.values():
        yield f"figures/{figure.id}.json", to_json(json_object(site, figure))
        yield from _csv_files(f"figures/{figure.id}", figure_csv(site, figure))
    for item in retired:
        yield f"figures/{item.id}.json", to_json(json_object(site, item))
    for chart in data.charts.values():
        yield from _csv_files(f"charts/{chart.id}", chart_csv(site, chart))
    tables = set_csvs(site)
    for name, text in tables.items():
        yield from _csv_files(f"data/{name.removesuffix('.csv')}", text)
    yield "data/datapackage.json", data_package(site, tables)
    yield "data/dataset.json", to_json(dataset_object(site))
    for name in SCHEMAS:
        yield f"data/schema/{name}", schema_text(site, name)
    yield "llms.txt", llms_txt(site)
    for localizer in site.words.values():
        folder, root = urls.root_of(localizer.language), site.root
        records = {"data/citation": make_record(localizer, root)}
        for figure in data.figures.values():
            records[f"figures/{figure.id}"] = make_record(localizer, root, figure)
            yield f"{folder}figures/{figure.id}.md", figure_markdown(localizer, figure, root)
        for item in retired:
            yield f"{folder}figures/{item.id}.md", retired_markdown(localizer, item, root)
        for path, record in records.items():
            for ending, write in FORMATS.items():
                yield f"{folder}{path}.{ending}", write(record)
        yield f"{folder}feed.xml", atom_feed(localizer, root)
        yield f"{folder}feed.json", json_feed(localizer, root)
