"""Every machine form by its path below the site's root, made when it is asked for."""

import json as stdlib_json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from explainer import urls
from explainer.data import LANGUAGES, Retired
from explainer.export import csv, datapackage, feeds, json, markdown, retired
from explainer.export.citations import EXCHANGE, figure_record, set_record
from explainer.export.citations.record import Record
from explainer.export.context import SiteContext

SCHEMAS = Path(__file__).parent / "schema"
Form = tuple[str, Callable[[], str]]
"""A file's path below the site's root, and what makes its text."""


def shared_forms(to: SiteContext) -> Iterator[Form]:
    """The forms that serve both languages: JSON, CSV, their descriptions, ``llms.txt``."""
    for figure in to.dataset.figures.values():
        yield f"figures/{figure.id}.json", partial(_figure_json, to, figure.id)
        yield f"figures/{figure.id}.csv", partial(csv.figure_csv, to, figure)
    for gone in to.dataset.retired.values():
        if gone.sort == "figure":
            yield f"figures/{gone.id}.json", partial(_retired_json, to, gone)
    for table in csv.TABLES:
        yield f"data/{table.name}.csv", partial(csv.set_csv, to, table)
    yield "data/dataset.json", partial(_set_json, to)
    yield "data/datapackage.json", lambda: datapackage.package(to, csv.set_csvs(to))
    for path in sorted(SCHEMAS.glob("*.json")):
        yield f"data/schema/{path.name}", partial(_schema, to, path)
    speaking = tuple(to.words[code] for code in LANGUAGES)
    yield "llms.txt", lambda: markdown.llms(speaking, to.root)


def _figure_json(to: SiteContext, figure: str) -> str:
    return json.written(json.figure_object(to, to.dataset.figures[figure]))


def _retired_json(to: SiteContext, gone: Retired) -> str:
    return json.written(retired.retired_object(to, gone))


def _set_json(to: SiteContext) -> str:
    gone = [retired.retired_object(to, one) for one in to.dataset.retired.values()]
    return json.written(json.set_object(to) | {"retired": gone})


def _schema(to: SiteContext, path: Path) -> str:
    schema = stdlib_json.loads(path.read_text("utf-8"))
    schema["$id"] = f"{to.root}data/schema/{path.name}"
    return json.written(schema)


def spoken_forms(to: SiteContext) -> Iterator[Form]:
    """The forms that each language has of its own: citations, Markdown twins, feeds."""
    for code in LANGUAGES:
        words, folder = to.words[code], urls.root_of(code)
        for figure in to.dataset.figures.values():
            name = f"{folder}figures/{figure.id}"
            for ending, form in EXCHANGE.items():
                record = partial(figure_record, words, figure, to.root)
                yield f"{name}.{ending}", partial(_cited, form, record)
            yield f"{name}.md", partial(markdown.markdown_twin, words, figure, to.root)
        for gone in to.dataset.retired.values():
            if gone.sort == "figure":
                twin = partial(retired.retired_twin, words, gone, to.root)
                yield f"{folder}figures/{gone.id}.md", twin
        for ending, form in EXCHANGE.items():
            record = partial(set_record, words, to.root)
            yield f"{folder}data/citation.{ending}", partial(_cited, form, record)
        yield f"{folder}feed.xml", partial(feeds.atom, words, to.root)
        yield f"{folder}feed.json", partial(feeds.json_feed, words, to.root)


def _cited(form: Callable[[Record], str], record: Callable[[], Record]) -> str:
    return form(record())


def chart_forms(to: SiteContext) -> Iterator[Form]:
    """The table behind every chart."""
    for chart in to.dataset.charts.values():
        yield f"charts/{chart.id}.csv", partial(csv.chart_csv, to, chart)
