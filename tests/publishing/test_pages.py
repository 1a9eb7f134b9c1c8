"""The finished pages: pairs, ids, numbers, charts, assets."""

import json
import re
from collections import Counter
from csv import DictReader
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.commands import read_table
from tests.conftest import ADDRESS, ROOT, page_names, parse, published

from explainer.data import LANGUAGES, Dataset
from explainer.extract import Language
from explainer.site.assets import component_rules, load_assets

STORY = ("", "why/", "playbook/", "money/", "hit/", "return/", "since/", "voices/")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
HANZI = re.compile(r"[一-鿿，。；：、“”《》（）]")


def main_of(built: Path, page: str, language: Language) -> Any:
    folder = built if language == "en" else built / language
    return parse(folder / page / "index.html").xpath("//main")[0]


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def test_every_promised_address_has_its_page(built: Path, dataset: Dataset) -> None:
    """In English, in Chinese and in both. The checks of the site hold the pairs themselves."""
    wanted = {*STORY, "figures/", "lens/", "sources/", "names/", "method/", "data/", "search/"}
    wanted |= {f"figures/{figure}/" for figure in dataset.figures} | {"accessibility/"}
    wanted |= {f"charts/{chart}/" for chart in dataset.charts}
    assert {f"{root}{page}" for root in ("", "zh/", "both/") for page in wanted} <= {
        *page_names(built)
    }


@EVERY_LANGUAGE
def test_anchors_of_parts_that_moved_still_lead_somewhere(built: Path, language: Language) -> None:
    table = (Path(__file__).parent / "anchors.txt").read_text("utf-8")
    for line in table.splitlines():
        page, *wanted = line.split()
        assert {*wanted} <= {*main_of(built, page.lstrip("/"), language).xpath(".//@id")}


@pytest.mark.parametrize("page", STORY)
@EVERY_LANGUAGE
def test_a_page_of_the_story_has_every_part(built: Path, page: str, language: Language) -> None:
    main = main_of(built, page, language)
    ids = main.xpath(".//h2/@id")
    assert "unknown" in ids
    assert main.xpath("./p[@id='summary']")
    assert main.xpath(".//figure[contains(@class, 'chart')]")
    if page:
        assert ids[-2:] == ["unknown", "onward"]
        assert 3 <= len(ids) - 2 <= 6
        (answer,) = main.xpath("./h2[@id='onward']/following-sibling::div[@class='next-card']/div")
        assert len(answer.xpath(".//p[@class='answer__link']/a")) == 1
        notes = main.xpath(".//div[starts-with(@id, 'sure-')]/@class")
        assert len(notes) >= 2
        assert {note.split("--")[1] for note in notes} <= {"established", "consistent", "unknown"}
    else:
        answers = main.xpath("./div[@id='insights']/div[@class='answer']")
        pages = ["money", "why", "playbook", "hit", "return", "since"]
        links = [card.xpath("p[@class='answer__link']/a/@href") for card in answers]
        assert links == [[f"{name}/"] for name in pages]
        assert all(card.xpath("p[@class='answer__number']") for card in answers)
    text = " ".join(main.xpath(".//text()[not(ancestor::figure or ancestor::table)]"))
    if language == "en":
        assert 500 <= len(text.split()) <= 900
    else:
        assert 900 <= len(HANZI.findall(text)) <= 1600


PHRASES: dict[str, dict[str, Any]] = read_table(Path(__file__).with_name("phrases.yml"))


@pytest.mark.parametrize("page", STORY)
@EVERY_LANGUAGE
def test_a_page_says_what_reports_allow(built: Path, page: str, language: Language) -> None:
    main = main_of(built, page, language)
    own = main.xpath(".//text()[not(ancestor::a or ancestor::h1 or ancestor::h2 or ancestor::q)]")
    unquoted = re.sub("“[^”]*”", "", " ".join(" ".join(own).split()))
    headings = " ¦ ".join(map(words_of, main.xpath(".//h1 | .//h2")))
    notes = " ¦ ".join(map(words_of, main.xpath(".//div[contains(@class, '--established')]")))
    for sort, text in (("refuted", unquoted), ("bare", headings), ("unsure", notes)):
        assert not re.findall("|".join(PHRASES[sort][language]), text), sort
    words = words_of(main).replace("*", "")
    needed = PHRASES["needed"].get(page, {}).get(language, ())
    assert [said for said in needed if said not in words] == []


def test_no_chinese_paragraph_holds_a_line_break(built: Path) -> None:
    blocks = "//main//*[self::p or self::h1 or self::h2 or self::li[not(.//li)]]"
    for path in (built / "zh").rglob("*.html"):
        for text in parse(path).xpath(f"{blocks}//text()[not(ancestor::pre or ancestor::svg)]"):
            assert "\n" not in text.strip(), f"{path}: {text.strip()[:40]!r}"


@pytest.mark.parametrize("page", [*STORY, "sources/"])
@EVERY_LANGUAGE
def test_nothing_repeats_a_sentence_of_the_articles(
    built: Path, articles: Path, page: str, language: Language
) -> None:
    source = articles / f"{language}-article.txt"
    original = re.sub(r"<[^>]+>", "", source.read_text("utf-8"))
    text = words_of(main_of(built, page, language))
    parts, length, joint = (text.split(), 9, " ") if language == "en" else (list(text), 16, "")
    runs = (joint.join(parts[at : at + length]) for at in range(len(parts) - length + 1))
    title = "Netflix 五年来在韩国投资了 7700 多亿韩元（约 41 亿人民币）意味着什么？"
    assert not [run for run in runs if run in original and run not in title]


# Charts


@EVERY_LANGUAGE
def test_every_chart_stands_on_a_page_and_links_to_its_table(
    built: Path, dataset: Dataset, language: Language
) -> None:
    linked = set()
    for page in STORY:
        for chart in main_of(built, page, language).xpath(".//figure[contains(@class, 'chart')]"):
            name = chart.get("id").removeprefix("chart-")
            (table,) = chart.xpath("./p[@class='chart__foot']/a[@data-table]/@href")
            assert table.endswith(f"charts/{name}/#table")
            linked.add(name)
    for figure in dataset.figures:
        links = main_of(built, f"figures/{figure}", language).xpath(".//a/@href")
        linked |= {link.split("/")[-2] for link in links if "/charts/" in link}
    assert linked == set(dataset.charts)


@EVERY_LANGUAGE
def test_chart_words_table_and_file_hold_the_same(
    built: Path, dataset: Dataset, language: Language
) -> None:
    for chart in dataset.charts.values():
        main = main_of(built, f"charts/{chart.id}", language)
        (figure,) = main.xpath(".//figure")
        (table,) = main.xpath(".//table[@id='chart-table']")
        assert table.xpath("caption")
        assert set(table.xpath("thead/tr/th/@scope")) == {"col"}
        assert all(row.xpath("th/@scope") == ["row"] for row in table.xpath("tbody/tr"))
        for label in table.xpath("tbody/tr/th"):
            assert words_of(label) in words_of(figure)
        for drawn in figure.xpath(".//svg[@class != 'shape']"):
            assert drawn.get("aria-hidden") or drawn.xpath("ancestor::*[@aria-hidden]")
        numbers = Counter(words_of(a) for a in figure.xpath(".//*[@class='row__number']/a"))
        column = len(table.xpath("thead/tr/th")) - 2
        cells = [row.xpath("td | th")[column] for row in table.xpath("tbody/tr")]
        assert numbers == Counter(words_of(a) for cell in cells for a in cell.xpath(".//a"))
        filed = {row[f"display_{language}"] for row in rows_of(built / f"charts/{chart.id}.csv")}
        rates = {number for number in numbers if re.fullmatch(r"[\d.,]+", number)}
        assert set(numbers) - rates <= filed, chart.id


# Heads and assets


def test_every_listed_page_has_a_share_picture_of_its_own(built: Path) -> None:
    listed = re.findall("<loc>(.+?)</loc>", (built / "sitemap.xml").read_text("utf-8"))
    pictures = set()
    for address in listed:
        name = address.removeprefix(ADDRESS)
        metas = parse(built / name / "index.html").xpath("//meta[@property or @name]")
        found = {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}
        pictures.add(found["og:image"])
        file = built / found["og:image"].removeprefix(ADDRESS)
        is_card = file.parent.name == "share" or file.parent.parent.name == "share"
        with Image.open(file) as image:
            assert (image.format, image.width) == ("PNG", 1200)
            assert image.height == 630 or not is_card
        assert is_card != file.with_suffix(".svg").exists()
        assert file.stat().st_size < 300_000
        locales = ["zh_CN", "en_US"] if name.startswith("zh/") else ["en_US", "zh_CN"]
        assert [found["og:locale"], found["og:locale:alternate"]] == locales
        assert (found["og:url"], found["og:description"]) == (address, found["description"])
        assert found["og:title"]
        assert found["twitter:card"] == "summary_large_image"
    assert len(pictures) == len(listed) > 50


def test_assets_lie_in_one_folder_that_is_named_for_their_content(built: Path) -> None:
    (folder,) = (built / "assets").iterdir()
    assert re.fullmatch(r"[0-9a-f]{8,}", folder.name)
    assert {path.name for path in folder.iterdir()} == {"css", "img", "js"}


def test_every_page_that_can_be_found_is_indexed_once(built: Path) -> None:
    findable = [p for p in built.rglob("*.html") if b"data-pagefind-body" in p.read_bytes()]
    assert len(findable) > 50
    assert len(list((built / "pagefind/fragment").iterdir())) == len(findable)
    entry = json.loads((built / "pagefind/pagefind-entry.json").read_text("utf-8"))
    assert list(entry["languages"]) == sorted(entry["languages"])
    assert not [path for path in (built / "pagefind").iterdir() if "ui" in path.name]


def test_of_the_theme_only_what_can_show_is_sent(built: Path) -> None:
    """Rules for parts that no page has are left out; what Markdown makes is kept."""
    sheet = load_assets(ROOT).theme_sheet
    rules = component_rules(sheet, {"admonition", "admonition-title", "note"})
    assert ".md-typeset .admonition-title{" in rules
    assert re.search(r'--md-admonition-icon--note:url\("data:image[^"]+"\)', rules)
    own = (built / published(built, "assets/css/site.css")).read_text("utf-8")
    for absent in (".md-nav", ".footnote", ".tabbed-set"):
        assert absent in sheet
        assert absent not in rules + own
