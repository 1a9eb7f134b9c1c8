"""JSON-LD: schema.org's terms alone, the numbers of the tables, references that lead somewhere."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.commands import read_table

from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.export.csv import TABLES
from explainer.export.jsonld import graph_script, page_graph
from explainer.extract import Kind
from explainer.urls import figure_page

PROPERTIES: dict[str, str] = read_table(Path(__file__).with_name("schema_org.yml"))
"""What schema.org gives each type, as far as the graphs use it."""
Graph = list[dict[str, Any]]
LIMITS = dict.fromkeys(("more_than", "at_least"), "minValue")
LIMITS |= dict.fromkeys(("nearly", "less_than", "at_most", "range"), "maxValue")


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, tuple[Graph, set[str]]]:
    """The graph and the ids of each page that may be listed: no embeds, none in both languages."""
    found = {}
    for path in built.rglob("index.html"):
        name = path.parent.relative_to(built).as_posix()
        if not name.endswith("/embed") and not name.startswith("both"):
            tree: Any = html.fromstring(path.read_bytes().decode("utf-8"))
            if not tree.xpath("//meta[@name='robots']"):
                (script,) = tree.xpath("//script[@type='application/ld+json']/text()")
                found[name] = (json.loads(script)["@graph"], set(tree.xpath("//@id")))
    return found


def find_objects(value: Any) -> Iterator[dict[str, Any]]:
    """The objects in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from find_objects(part)


def test_types_and_properties_are_schema_orgs_and_references_lead_somewhere(
    pages: dict[str, tuple[Graph, set[str]]], site: SiteContext
) -> None:
    nodes = {name: list(find_objects(graph)) for name, (graph, _) in pages.items()}
    known = {
        name: {n["@id"] for n in found if len(n) > 1 and "@id" in n}
        for name, found in nodes.items()
    }
    types = set()
    for name, found in nodes.items():
        # Reader views take the first article among a graph's own nodes as the page itself.
        own = [node["@type"] for node in pages[name][0]]
        assert own[0] == "WebPage", name
        assert not {"NewsArticle", "QAPage", "Report"} & set(own), name
        for node in found:
            if "@type" in node:
                types.add(node["@type"])
                assert set(node) <= {"@type", "@id", *PROPERTIES[node["@type"]].split()}, name
            elif set(node) == {"@id"}:
                url, _, anchor = node["@id"].partition("#")
                target = url.removeprefix(site.root).rstrip("/") or "."
                is_known = node["@id"] in known[name] | known[target]
                assert is_known or anchor in pages[target][1], (name, node)
    assert types == set(PROPERTIES)
    (dataset,) = (node for node in nodes["data"] if node.get("@type") == "Dataset")
    names = {download["name"] for download in dataset["distribution"]}
    assert names == {"dataset.json", "datapackage.json", *(f"{name}.csv" for name in TABLES)}


def test_numbers_equal_those_of_the_tables(files: dict[str, str], site: SiteContext) -> None:
    for figure in site.dataset.figures.values():
        graph = page_graph(site, "zh", figure_page(figure.id), "", "")
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


def test_graphs_differ_by_language_only_in_their_page(aged: SiteContext) -> None:
    for name in aged.dataset.figures:
        graphs = (page_graph(aged, code, figure_page(name), "", "") for code in LANGUAGES)
        (one, *rest), (other, *others) = graphs
        assert rest == others
        assert (one["inLanguage"], other["inLanguage"]) == ("en", "zh-Hans")
        assert one["workTranslation"]["@id"] == other["@id"]
        assert other["translationOfWork"]["@id"] == one["@id"]
    changed = page_graph(aged, "en", figure_page("jobs-created"), "", "")[0]
    assert changed["dateModified"] == "2026-12-24"
    assert changed["correction"][0]["text"] == "A digit was misread."


def test_a_text_cannot_leave_the_script() -> None:
    nodes = [{"@type": "Claim", "text": "</script><script>alert(1)</script>"}]
    script = graph_script(nodes)
    assert "<" not in script
    assert json.loads(script) == {"@context": "https://schema.org", "@graph": nodes}
