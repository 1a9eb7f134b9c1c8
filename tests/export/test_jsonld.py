"""JSON-LD: schema.org's terms alone, the numbers of the tables, references that lead somewhere."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.export.csv import TABLES
from explainer.export.jsonld import figure_graph, graph_script
from explainer.extract import Kind

_ARTICLE = "headline inLanguage publisher datePublished url archivedAt"
PROPERTIES = {
    "WebPage": "url name description inLanguage dateModified publisher isPartOf workTranslation "
    "translationOfWork mainEntity correction citation",
    "CorrectionComment": "text datePublished",
    "StatisticalVariable": "name description statType",
    "Claim": "text inLanguage name appearance claimInterpreter author",
    "Observation": "variableMeasured subjectOf value minValue maxValue unitText "
    "measurementQualifier valueReference",
    "MonetaryAmount": "currency value minValue maxValue",
    "Organization": "name url",
    "Person": "name",
    "NewsArticle": _ARTICLE,
    "QAPage": _ARTICLE,
    "Report": _ARTICLE,
    "Dataset": "name description url version datePublished dateModified license inLanguage "
    "isAccessibleForFree creator isBasedOn distribution",
    "DataDownload": "contentUrl encodingFormat name",
}
"""What schema.org 30.0 gives these types, as far as the graphs use it."""
LIMITS = dict.fromkeys(("more_than", "at_least"), "minValue")
LIMITS |= dict.fromkeys(("nearly", "less_than", "at_most", "range"), "maxValue")


class Page:
    """A built page: its ids and its graph."""

    def __init__(self, path: Path) -> None:
        tree: Any = html.fromstring(path.read_bytes().decode("utf-8"))
        (script,) = tree.xpath("//script[@type='application/ld+json']/text()")
        self.graph: list[dict[str, Any]] = json.loads(script)["@graph"]
        self.ids = set(tree.xpath("//@id"))


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, Page]:
    """Each page that may be listed, by its path: not embeds, retired and bilingual pages."""
    paths = {p: p.parent.relative_to(built).as_posix() for p in built.rglob("index.html")}
    return {
        name: Page(path)
        for path, name in paths.items()
        if "application/ld+json" in path.read_text("utf-8")
    }


def find_objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from find_objects(part)


def test_every_type_and_property_is_schema_orgs(pages: dict[str, Page]) -> None:
    types = set()
    for name, page in pages.items():
        for node in find_objects(page.graph):
            if "@type" in node:
                types.add(node["@type"])
                known = {"@type", "@id", *PROPERTIES[node["@type"]].split()}
                assert set(node) <= known, (name, node)
    assert types == set(PROPERTIES)


def test_every_reference_leads_to_a_node_or_a_part_of_a_page(
    pages: dict[str, Page], site: SiteContext
) -> None:
    nodes = {
        name: {node["@id"] for node in find_objects(page.graph) if len(node) > 1 and "@id" in node}
        for name, page in pages.items()
    }
    checked = 0
    for name, page in pages.items():
        for node in find_objects(page.graph):
            if set(node) != {"@id"}:
                continue
            checked += 1
            url, _, anchor = node["@id"].partition("#")
            target = url.removeprefix(site.root).rstrip("/") or "."
            reached = node["@id"] in nodes[name] | nodes[target] or anchor in pages[target].ids
            assert reached, (name, node)
    assert checked > 1000


def test_numbers_equal_those_of_the_tables(files: dict[str, str], site: SiteContext) -> None:
    for figure in site.dataset.figures.values():
        graph = figure_graph(site, "zh", figure)
        rows = list(csv.DictReader(io.StringIO(files[f"figures/{figure.id}.csv"])))
        claims = {node["@id"]: node for node in graph if node["@type"] == "Claim"}
        observations = [node for node in graph if node["@type"] == "Observation"]
        assert [node["subjectOf"]["@id"] for node in observations] == [row["url"] for row in rows]
        for node, row in zip(observations, rows, strict=True):
            assert claims[row["url"]]["text"]["@value"] == row["printed"]
            assert (node["value"], node["measurementQualifier"]) == (row["value"], row["bound"])
            assert node.get("unitText", "") == (row["currency"] or row["unit"])
            if row["kind"] == Kind.MONEY:
                money = node["valueReference"]
                assert (money["currency"], money["value"]) == (row["currency"], row["value"])
            if row["bound"] in LIMITS:
                assert node[LIMITS[row["bound"]]] == (row["value_max"] or row["value"])


def test_the_set_lists_every_table(pages: dict[str, Page]) -> None:
    (dataset,) = (node for node in pages["data"].graph if node["@type"] == "Dataset")
    names = {download["name"] for download in dataset["distribution"]}
    assert names == {"dataset.json", "datapackage.json", *(f"{name}.csv" for name in TABLES)}


def test_graphs_differ_by_language_only_in_their_page(aged: SiteContext) -> None:
    for figure in aged.dataset.figures.values():
        (one, *rest), (other, *others) = (figure_graph(aged, code, figure) for code in LANGUAGES)
        assert rest == others
        assert (one["inLanguage"], other["inLanguage"]) == ("en", "zh-Hans")
        assert one["workTranslation"]["@id"] == other["@id"]
        assert other["translationOfWork"]["@id"] == one["@id"]
    changed = figure_graph(aged, "en", aged.dataset.figures["jobs-created"])[0]
    assert changed["dateModified"] == "2026-12-24"
    assert changed["correction"][0]["text"] == "A digit was misread."


def test_a_text_cannot_leave_the_script() -> None:
    nodes = [{"@type": "Claim", "text": "</script><script>alert(1)</script>"}]
    script = graph_script(nodes)
    assert "<" not in script
    assert json.loads(script) == {"@context": "https://schema.org", "@graph": nodes}


def test_no_graph_holds_a_quoted_article_beside_its_page(pages: dict[str, Page]) -> None:
    """Reader views take the first article among a graph's own nodes as the page itself."""
    for name, page in pages.items():
        types = [node["@type"] for node in page.graph]
        assert types[0] == "WebPage", name
        assert not {"NewsArticle", "QAPage", "Report"} & set(types), name
