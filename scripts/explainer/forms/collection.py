"""Every machine form by its path below the site's root."""

import json
from pathlib import Path

from explainer import addresses
from explainer.citations import EXCHANGE, figure_record, set_record
from explainer.dataset import LANGUAGES
from explainer.forms import as_json, feeds, package, retired, tables, twins
from explainer.forms.speakers import Speakers

SCHEMAS = Path(__file__).parent / "schema"


def shared_forms(to: Speakers) -> dict[str, str]:
    """The forms that serve both languages: JSON, CSV, their descriptions, ``llms.txt``."""
    data = to.dataset
    forms: dict[str, str] = {}
    for figure in data.figures.values():
        forms[f"figures/{figure.id}.json"] = as_json.written(as_json.figure_object(to, figure))
        forms[f"figures/{figure.id}.csv"] = tables.figure_csv(to, figure)
    for gone in data.retired.values():
        if gone.sort == "figure":
            made = as_json.written(retired.retired_object(to, gone))
            forms[f"figures/{gone.id}.json"] = made
    csvs = tables.set_csvs(to)
    forms |= {f"data/{name}": text for name, text in csvs.items()}
    forms["data/dataset.json"] = as_json.written(
        as_json.set_object(to)
        | {"retired": [retired.retired_object(to, gone) for gone in data.retired.values()]}
    )
    forms["data/datapackage.json"] = package.package(to, csvs)
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        schema["$id"] = f"{to.root}data/schema/{path.name}"
        forms[f"data/schema/{path.name}"] = as_json.written(schema)
    forms["llms.txt"] = twins.llms(tuple(to.words[code] for code in LANGUAGES), to.root)
    return forms


def spoken_forms(to: Speakers) -> dict[str, str]:
    """The forms that each language has of its own: citations, Markdown twins, feeds."""
    forms: dict[str, str] = {}
    for code in LANGUAGES:
        words, folder = to.words[code], addresses.root_of(code)
        records = {
            f"figures/{figure.id}": figure_record(words, figure, to.root)
            for figure in to.dataset.figures.values()
        } | {"data/citation": set_record(words, to.root)}
        for name, record in records.items():
            for ending, form in EXCHANGE.items():
                forms[f"{folder}{name}.{ending}"] = form(record)
        for figure in to.dataset.figures.values():
            forms[f"{folder}figures/{figure.id}.md"] = twins.markdown_twin(words, figure, to.root)
        for gone in to.dataset.retired.values():
            if gone.sort == "figure":
                twin = retired.retired_twin(words, gone, to.root)
                forms[f"{folder}figures/{gone.id}.md"] = twin
        forms[f"{folder}feed.xml"] = feeds.atom(words, to.root)
        forms[f"{folder}feed.json"] = feeds.json_feed(words, to.root)
    return forms


def chart_forms(to: Speakers) -> dict[str, str]:
    """The table behind every chart, by its path."""
    charts = to.dataset.charts.values()
    return {f"charts/{chart.id}.csv": tables.chart_csv(to, chart) for chart in charts}
