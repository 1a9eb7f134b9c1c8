"""Charts for those who do not see them, pages for those who have no script, no screen or no mouse."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from explainer.data import Dataset

BOTH = pytest.mark.parametrize("prefix", ["", "zh/"], ids=["english", "chinese"])
PROSE = ("", "money/", "return/", "hit/", "playbook/", "voices/", "since/")


def spoken(page: Page) -> list[tuple[str, str]]:
    """Name and description of every figure, as assistive technology is given them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()

    def said(node: dict[str, Any], key: str) -> str:
        return str(node.get(key, {}).get("value", "")).strip()

    figures = [node for node in nodes if said(node, "role") == "figure" and not node["ignored"]]
    return [(said(node, "name"), said(node, "description")) for node in figures]


@BOTH
def test_every_chart_has_a_name_and_a_description(
    page: Page, base: str, dataset: Dataset, prefix: str
) -> None:
    paths = [
        *PROSE,
        *(f"charts/{name}/" for name in dataset.charts),
        *(f"figures/{name}/" for name in dataset.figures),
    ]
    heard = 0
    for path in paths:
        page.goto(f"{base}{prefix}{path}")
        drawn = page.locator("figure.chart").count()
        told = spoken(page)
        assert len(told) == drawn, path
        for name, description in told:
            assert len(name) >= 4, (path, name)
            assert len(description) >= 15, (path, name)
        heard += drawn
    assert heard >= 2 * len(dataset.charts) + len(dataset.figures)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def page_of(path: Path) -> Any:
    return html.fromstring(path.read_text("utf-8"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_chart_table_and_file_hold_the_same_numbers(
    built: Path, dataset: Dataset, language: str
) -> None:
    """On each chart's page, where a table stands behind it; the prose links to that page."""
    folder = built / ("zh" if language == "zh" else "")
    for name in dataset.charts:
        tree = page_of(folder / "charts" / name / "index.html")
        drawn = Counter(words(a) for a in tree.xpath("//figure//*[@class='row__number']/a"))
        (table,) = tree.xpath("//table[@id='chart-table']")
        assert table.xpath("caption")
        assert table.xpath("thead/tr/th/@scope") == ["col"] * len(table.xpath("thead/tr/th"))
        assert all(row.xpath("th/@scope") == ["row"] for row in table.xpath("tbody/tr"))
        column = len(table.xpath("thead/tr/th")) - 2
        cells = [row.xpath("td | th")[column] for row in table.xpath("tbody/tr")]
        tabled = Counter(words(a) for cell in cells for a in cell.xpath(".//a"))
        with (built / "charts" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            filed = Counter(row[f"display_{language}"] for row in csv.DictReader(file))
        del filed[""]
        rates = {number for number in drawn if re.fullmatch(r"[\d.,]+", number)}
        assert drawn == tabled, name
        assert {n for n in drawn if n not in rates} <= set(filed), name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_chart_in_prose_leads_to_its_table(
    built: Path, dataset: Dataset, language: str
) -> None:
    folder = built / ("zh" if language == "zh" else "")
    led = set()
    for page in PROSE:
        tree = page_of(folder / page / "index.html")
        for chart in tree.xpath("//main//figure[contains(@class, 'chart')]"):
            name = chart.get("id").removeprefix("chart-")
            links = chart.xpath(".//p[@class='chart__more']/a/@href")
            assert [link.split("/")[-2] for link in links] == [name]
            led.add(name)
    assert led == set(dataset.charts)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_strip_of_a_figure_shows_what_its_lists_say(
    built: Path, dataset: Dataset, language: str
) -> None:
    folder = built / ("zh" if language == "zh" else "")
    strips = 0
    for figure in dataset.figures:
        tree = page_of(folder / "figures" / figure / "index.html")
        for strip in tree.xpath("//figure[@id='chart-strip']"):
            strips += 1
            drawn = [words(a) for a in strip.xpath(".//*[@class='strip__head']/a[@class!='']")]
            with (built / "figures" / f"{figure}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            claims = [row[f"display_{language}"] for row in rows if row["role"] == "claim"]
            assert drawn == claims, figure
            hollow = len(strip.xpath(".//*[contains(@class, 'mark--hollow')]"))
            said = [words(a) for a in strip.xpath(".//a[@href='#context']")]
            assert [int(re.findall(r"\d+", one)[0]) for one in said] == [hollow][: len(said)]
            listed = words(tree.xpath("//*[@id='context']")[0]) if hollow else ""
            context = [row[f"display_{language}"] for row in rows if row["relation"] == "same"]
            assert all(one in listed for one in context[:hollow])
    assert strips > 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_scripts_the_text_alone_holds_every_figure_source_and_number(
    built: Path, dataset: Dataset, language: str
) -> None:
    """As a text browser or an archive reads it: the words of the file, in order."""
    folder = built / ("zh" if language == "zh" else "")

    def text(path: str) -> str:
        tree = page_of(folder / path / "index.html")
        for hidden in tree.xpath("//script | //style | //*[@data-scripted]"):
            hidden.drop_tree()
        return words(tree)

    index = text("figures")
    sources = text("sources")
    for source in dataset.sources.values():
        assert " ".join(source.title.split()) in sources, source.id
    for figure in dataset.figures.values():
        page = text(f"figures/{figure.id}")
        at = -1
        for claim in figure.claims:
            printed = " ".join(claim.mentions[0].exact.split())
            found = page.find(printed, max(at, 0))
            assert found >= 0, (claim.ref, printed)
        with (built / "figures" / f"{figure.id}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row[f"display_{language}"] in page, (figure.id, row["id"])
    with (built / "data" / "figures.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row[f"label_{language}"] in index, row["id"]


@BOTH
def test_three_stops_lead_from_the_skip_link_to_the_first_number(
    page: Page, base: str, prefix: str
) -> None:
    """Beside the buttons that open a passage in the other language, one behind each passage."""
    for path in PROSE:
        page.goto(f"{base}{prefix}{path}")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        stops = 0
        while not page.evaluate("document.activeElement.matches('main .fig')"):
            page.keyboard.press("Tab")
            stops += not page.evaluate("document.activeElement.matches('.peek')")
            assert stops <= 3, path


@BOTH
def test_the_focus_comes_back_from_whatever_was_open(page: Page, base: str, prefix: str) -> None:
    page.goto(f"{base}{prefix}money/")
    number = page.locator("#f-korea-spend-five-years")
    number.focus()
    expect(page.locator(".card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_have_count(0)
    expect(number).to_be_focused()
    peek = page.locator(".peek").nth(3)
    peek.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".peeked > *").first).to_be_visible()
    expect(peek).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator(".peeked")).to_have_count(0)
    expect(peek).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(peek).not_to_be_focused()


def test_a_print_shows_the_addresses_of_its_sources(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}figures/jobs-created/")
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => [...document.querySelectorAll('a.source, a.archive')].map((e) =>
          getComputedStyle(e, '::after').content)"""
    )
    assert shown
    assert all("http" in one for one in shown)
    hidden = page.evaluate("getComputedStyle(document.querySelector('.pages')).display")
    assert hidden == "none"
    page.close()
