"""The dataset in forms for programs: JSON, CSV, Markdown, citations, feeds, search data."""

from collections.abc import Callable, Iterator
from functools import partial

from explainer import urls
from explainer.export.citations import FORMATS, figure_record, set_record
from explainer.export.context import SiteContext, site_context
from explainer.export.csv import TABLES, chart_csv, figure_csv, table_csv
from explainer.export.datapackage import data_package
from explainer.export.feeds import atom_feed, json_feed
from explainer.export.json import SCHEMAS, dataset_object, json_object, schema_text, to_json
from explainer.export.markdown import figure_markdown, llms_txt, retired_markdown
from explainer.export.search_data import search_data

__all__ = ["SiteContext", "export_files", "search_data", "site_context"]

File = tuple[str, Callable[[], str]]
"""A path below the site's root, and a function that returns the file's text."""


def export_files(site: SiteContext) -> Iterator[File]:
    """Yield every file; its text is made when its function is called."""
    data = site.dataset
    retired = [item for item in data.retired.values() if item.sort == "figure"]
    for figure in data.figures.values():
        yield f"figures/{figure.id}.json", partial(_object_text, site, figure)
        yield f"figures/{figure.id}.csv", partial(figure_csv, site, figure)
    for item in retired:
        yield f"figures/{item.id}.json", partial(_object_text, site, item)
    for chart in data.charts.values():
        yield f"charts/{chart.id}.csv", partial(chart_csv, site, chart)
    for name in TABLES:
        yield f"data/{name}.csv", partial(table_csv, site, name)
    yield "data/dataset.json", lambda: to_json(dataset_object(site))
    yield "data/datapackage.json", partial(data_package, site)
    for name in SCHEMAS:
        yield f"data/schema/{name}", partial(schema_text, site, name)
    yield "llms.txt", partial(llms_txt, site)
    for localizer in site.words.values():
        folder = urls.root_of(localizer.language)
        records = {f"{folder}data/citation": set_record(localizer, site.root)}
        for figure in data.figures.values():
            path = f"{folder}figures/{figure.id}"
            records[path] = figure_record(localizer, figure, site.root)
            yield f"{path}.md", partial(figure_markdown, localizer, figure, site.root)
        for item in retired:
            path = f"{folder}figures/{item.id}.md"
            yield path, partial(retired_markdown, localizer, item, site.root)
        for path, record in records.items():
            for ending, write in FORMATS.items():
                yield f"{path}.{ending}", partial(write, record)
        yield f"{folder}feed.xml", partial(atom_feed, localizer, site.root)
        yield f"{folder}feed.json", partial(json_feed, localizer, site.root)


def _object_text(site: SiteContext, item: object) -> str:
    return to_json(json_object(site, item))
