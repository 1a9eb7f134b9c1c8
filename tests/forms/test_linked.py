"""Linked data, share tags and citation tags on every page."""

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from explainer import urls
from explainer.data import LANGUAGES, Dataset, load
from explainer.export.context import SiteContext
from explainer.export.jsonld import listed, written
from explainer.extract import Kind, Language

ROOT = Path(__file__).parents[2]
FIGURES = list(load(ROOT / "data").figures)
EVERY_PAGE = pytest.mark.parametrize(
    ("name", "language"), [(f, code) for f in FIGURES for code in LANGUAGES]
)
# What schema.org 30.0 gives these types, as far as the graphs use it.
PROPERTIES = {
    "WebPage": {
        *("url", "name", "description", "inLanguage", "dateModified", "publisher", "isPartOf"),
        *("workTranslation", "translationOfWork", "mainEntity", "correction"),
    },
    "StatisticalVariable": {"name", "description", "statType"},
    "Claim": {
        *("text", "inLanguage", "name", "appearance", "claimInterpreter", "author"),
    },
    "Observation": {
        *("variableMeasured", "subjectOf", "value", "minValue", "maxValue", "unitText"),
        *("measurementQualifier", "valueReference"),
    },
    "MonetaryAmount": {"currency", "value", "minValue", "maxValue"},
    "Organization": {"name", "url"},
    "Person": {"name"},
    "NewsArticle": {
        *("headline", "inLanguage", "publisher", "datePublished", "url", "archivedAt"),
    },
    "QAPage": {"headline", "inLanguage", "publisher", "datePublished", "url", "archivedAt"},
    "Report": {"headline", "inLanguage", "publisher", "datePublished", "url"},
    "Dataset": {
        *("name", "description", "url", "version", "datePublished", "dateModified", "license"),
        *("inLanguage", "isAccessibleForFree", "creator", "isBasedOn", "distribution"),
    },
    "DataDownload": {"contentUrl", "encodingFormat", "name"},
}


def pages(built: Path) -> Iterator[Path]:
    """Every page that may be listed: no embeds, no pages in both languages."""
    for path in sorted(built.rglob("*.html")):
        listed = path.parent.name != "embed" and path.relative_to(built).parts[0] != "both"
        if path.name == "index.html" and listed:
            yield path


def tree_of(path: Path) -> Any:
    return html.fromstring(path.read_bytes().decode("utf-8"))


def graph_of(path: Path) -> list[dict[str, Any]]:
    tree = tree_of(path)
    (script,) = tree.xpath("//script[@type='application/ld+json']/text()")
    found = json.loads(script)
    assert found["@context"] == "https://schema.org"
    return list(found["@graph"])


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            yield from nodes(one)


def references(value: Any) -> Iterator[str]:
    for node in [value] if isinstance(value, dict) else []:
        if set(node) == {"@id"}:
            yield node["@id"]
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from references(child)


def test_every_type_and_property_is_schema_orgs(built: Path) -> None:
    seen = set()
    for path in pages(built):
        for node in nodes(graph_of(path)):
            extra = set(node) - {"@type", "@id"} - PROPERTIES[node["@type"]]
            assert not extra, (path, node["@type"], extra)
            seen.add(node["@type"])
    assert seen == set(PROPERTIES)


def test_every_reference_leads_to_a_node_or_a_place_of_the_site(
    built: Path, to: SiteContext
) -> None:
    checked = 0
    ids = {path: set(tree_of(path).xpath("//@id")) for path in pages(built)}
    for path in pages(built):
        graph = graph_of(path)
        own = {node["@id"] for node in nodes(graph) if "@id" in node}
        for reference in references(graph):
            checked += 1
            if reference in own:
                continue
            page, _, anchor = reference.partition("#")
            assert page.startswith(to.root)
            target = built / page.removeprefix(to.root) / "index.html"
            assert target.is_file(), reference
            names = {node["@id"] for node in nodes(graph_of(target)) if "@id" in node}
            assert anchor in ids[target] or reference in names, reference
    assert checked > 1000


@EVERY_PAGE
def test_the_numbers_equal_those_of_the_tables(
    built: Path, dataset: Dataset, to: SiteContext, name: str, language: Language
) -> None:
    folder = built if language == "en" else built / language
    graph = graph_of(folder / "figures" / name / "index.html")
    observed = {n["subjectOf"]["@id"]: n for n in graph if n["@type"] == "Observation"}
    text = (built / "figures" / f"{name}.csv").read_text("utf-8")
    table = {row["url"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(observed) == set(table)
    for url, row in table.items():
        node = observed[url]
        assert node["value"] == row["value"]
        assert node["measurementQualifier"] == row["bound"]
        assert node.get("unitText", "") == (row["currency"] or row["unit"])
        if row["kind"] == Kind.MONEY:
            assert node["valueReference"]["currency"] == row["currency"]
            assert node["valueReference"]["value"] == row["value"]
    claims = [n for n in graph if n["@type"] == "Claim"]
    assert {n["@id"]: n["text"]["@value"] for n in claims} == {
        url: row["printed"] for url, row in table.items()
    }
    values = [observed[n["@id"]]["value"] for n in claims[: len(dataset.figures[name].claims)]]
    assert [Decimal(v) for v in values] == [c.quantity.value for c in dataset.figures[name].claims]


def test_a_text_cannot_leave_the_script() -> None:
    node = {"@type": "Claim", "text": "</script><script>alert(1)</script>"}
    graph = written(listed([node]), listed([]), listed([node]))
    assert "<" not in graph
    assert json.loads(graph) == {"@context": "https://schema.org", "@graph": [node, node]}


@pytest.mark.parametrize("figure", FIGURES)
def test_graphs_differ_by_language_only_in_their_page(figure: str, built: Path) -> None:
    folders = (built / urls.root_of(code) / "figures" / figure for code in LANGUAGES)
    (one, *rest), (other, *others) = (graph_of(folder / "index.html") for folder in folders)
    assert rest == others
    assert rest[0]["@type"] == "StatisticalVariable"
    assert (one["inLanguage"], other["inLanguage"]) == ("en", "zh-Hans")


def metas(path: Path) -> dict[str, list[str]]:
    tree = tree_of(path)
    found: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@property or @name]"):
        found.setdefault(meta.get("property") or meta.get("name"), []).append(meta.get("content"))
    return found


def test_every_page_has_a_share_picture_of_its_own(built: Path, to: SiteContext) -> None:
    pictures = set()
    for path in pages(built):
        found = metas(path)
        (picture,) = found["og:image"]
        file = built / picture.removeprefix(to.root)
        with Image.open(file) as image:
            assert image.size == (1200, 630)
            assert image.format == "PNG"
        assert file.stat().st_size < 300_000
        pictures.add(picture)
        (url,) = found["og:url"]
        assert built / url.removeprefix(to.root) / "index.html" == path
        chinese = path.relative_to(built).parts[0] == "zh"
        locales = ["zh_CN", "en_US"] if chinese else ["en_US", "zh_CN"]
        assert [*found["og:locale"], *found["og:locale:alternate"]] == locales
        assert found["og:title"][0]
        assert found["og:description"] == found["description"]
        assert found["twitter:card"] == ["summary_large_image"]
    assert len(pictures) == len(list(pages(built)))


@EVERY_PAGE
def test_a_figure_can_be_cited_from_its_head(
    built: Path, to: SiteContext, name: str, language: Language
) -> None:
    folder = built if language == "en" else built / language
    found = metas(folder / "figures" / name / "index.html")
    words = to.words[language]
    assert found["citation_title"] == [
        words.text(to.dataset.figures[name].headline, to.dataset.figures[name])
    ]
    assert found["citation_author"] == [words.text(to.dataset.about.name)]
    assert found["citation_publication_date"] == ["2026/11/23"]
    assert found["citation_public_url"] == found["og:url"]


def test_every_twin_that_a_head_names_exists(built: Path, to: SiteContext) -> None:
    checked = 0
    for path in pages(built):
        tree = tree_of(path)
        for twin in tree.xpath("//link[@rel='alternate'][@type]/@href"):
            assert (built / twin.removeprefix(to.root)).is_file(), twin
            checked += 1
    assert checked > 100
