"""The seven pages that tell the story: their length, their parts, their pictures, their pairs."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from explainer.data import LANGUAGES, Dataset
from explainer.export.context import SiteContext
from explainer.extract import Language

PAGES = ("index", "money", "return", "hit", "playbook", "voices", "since")
EVERY_PAGE = pytest.mark.parametrize(
    ("name", "language"), [(name, code) for name in PAGES for code in LANGUAGES]
)
HANZI = re.compile(r"[一-鿿，。；：、“”《》（）]")


def page_of(built: Path, name: str, language: Language) -> Any:
    folder = built if language == "en" else built / language
    path = folder / ("index.html" if name == "index" else f"{name}/index.html")
    return main_of(path)


def main_of(path: Path) -> Any:
    tree: Any = html.fromstring(path.read_bytes().decode("utf-8"))
    return tree.xpath("//main")[0]


@EVERY_PAGE
def test_a_page_is_neither_thin_nor_long(built: Path, name: str, language: Language) -> None:
    main = page_of(built, name, language)
    for part in main.xpath(".//figure | .//table"):
        part.drop_tree()
    text = main.text_content()
    if language == "en":
        assert 500 <= len(text.split()) <= 900
    else:
        assert 900 <= len(HANZI.findall(text)) <= 1600


@EVERY_PAGE
def test_a_page_has_every_part(built: Path, name: str, language: Language) -> None:
    main = page_of(built, name, language)
    ids = main.xpath(".//h2/@id")
    assert "unknown" in ids
    assert main.xpath("./p[@id='summary']")
    assert 4 <= len(ids) <= 8
    assert main.xpath(".//figure[contains(@class, 'chart')]")
    if name != "index":
        assert ids[-1] == "onward"
        assert len(main.xpath("./h2[@id='onward']/following-sibling::p[1]//a")) >= 2
        levels = [
            e.get("class").split("--")[1] for e in main.xpath(".//div[starts-with(@id, 'sure-')]")
        ]
        assert len(levels) >= 2
        assert set(levels) <= {"established", "consistent", "unknown"}


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_rest_on_the_same_numbers(built: Path, name: str) -> None:
    found = []
    for code in LANGUAGES:
        main = page_of(built, name, code)
        found.append(sorted(main.xpath(".//a[contains(@class, 'fig ')]/@href")))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_blocks_in_the_same_order(built: Path, name: str) -> None:
    shape = []
    for code in LANGUAGES:
        main = page_of(built, name, code)
        shape.append([(e.tag, e.get("id")) for e in main.xpath("./*")])
    assert shape[0] == shape[1]


@EVERY_PAGE
def test_every_paragraph_has_an_id(built: Path, name: str, language: Language) -> None:
    for paragraph in page_of(built, name, language).xpath("./p | ./h1 | ./h2"):
        assert paragraph.get("id"), paragraph.text_content()[:60]


def test_every_chart_stands_in_the_story_and_has_its_page(built: Path, dataset: Dataset) -> None:
    told = {
        name.removeprefix("chart-")
        for page in PAGES
        for name in page_of(built, page, "en").xpath(".//figure/@id")
    }
    assert told == set(dataset.charts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_tells_its_numbers_in_words_and_in_a_table(
    built: Path, to: SiteContext, language: Language
) -> None:
    words = to.words[language]
    folder = built if language == "en" else built / language
    for chart in to.dataset.charts.values():
        path = folder / "charts" / chart.id / "index.html"
        main = main_of(path)
        (figure,) = main.xpath(".//figure")
        assert words.text(chart.title) in figure.text_content()
        assert words.text(chart.description) in " ".join(figure.text_content().split())
        (table,) = main.xpath(".//table")
        assert len(table.xpath(".//tbody/tr")) == len(chart.rows)
        shown = figure.xpath(".//*[@class='rows']/li")
        assert len(shown) == len(chart.rows)
        for row in chart.rows:
            assert " ".join(words.text(row.label).split()) in " ".join(table.text_content().split())
        for drawn in figure.xpath(".//svg[@class != 'shape']"):
            hidden = drawn.get("aria-hidden") or drawn.xpath("ancestor::*[@aria-hidden]")
            assert hidden
        assert len((built / "charts" / f"{chart.id}.csv").read_text("utf-8").splitlines()) > 1


def test_the_ten_insights_are_linked_from_home(built: Path) -> None:
    items = page_of(built, "index", "en").xpath(".//ul[@id='insight-list']/li")
    assert len(items) == 10
    assert all(item.xpath("./a") for item in items)


@EVERY_PAGE
def test_nothing_repeats_a_sentence_of_the_articles(
    built: Path, articles: Path, name: str, language: Language
) -> None:
    source = articles / ("en-article.txt" if language == "en" else "zh-article.txt")
    original = re.sub(r"<[^>]+>", "", source.read_text("utf-8"))
    text = " ".join(page_of(built, name, language).text_content().split())
    if language == "en":
        words = text.split()
        runs = (" ".join(words[i : i + 9]) for i in range(len(words) - 8))
    else:
        runs = (text[i : i + 16] for i in range(len(text) - 15))
    title = "五年来在韩国投资了 7700 多亿韩元（约 41 亿人民币）意味着什么"
    assert not [run for run in runs if run in original and run not in title]
