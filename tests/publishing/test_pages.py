"""The finished pages: pairs, ids, numbers, charts, assets; and faults of the prose, by line."""

import json
import re
from collections import Counter
from csv import DictReader
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.commands import BUILD, prose, replace, run
from tests.conftest import page_names, published

from explainer.data import LANGUAGES, Code, Dataset
from explainer.extract import Language

STORY = ("", "why/", "playbook/", "money/", "hit/", "return/", "since/", "voices/")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
HANZI = re.compile(r"[一-鿿，。；：、“”《》（）]")


@cache
def parse(path: Path) -> Any:
    return html.fromstring(path.read_bytes().decode("utf-8"))


def main_of(built: Path, page: str, language: Language) -> Any:
    folder = built if language == "en" else built / language
    return parse(folder / page / "index.html").xpath("//main")[0]


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(DictReader(file))


def test_every_page_has_its_pair_and_every_figure_its_page(built: Path, dataset: Dataset) -> None:
    pages = page_names(built)
    chinese = {page.removeprefix("zh/") for page in pages if page.startswith("zh/")}
    english = {page for page in pages if not page.startswith(("zh/", "both/"))}
    assert english == chinese
    wanted = {*STORY, "figures/", "lens/", "sources/", "names/", "method/", "data/", "search/"}
    wanted |= {f"figures/{figure}/" for figure in dataset.figures} | {"accessibility/"}
    wanted |= {f"charts/{chart}/" for chart in dataset.charts}
    assert wanted <= english
    assert {f"both/{page}" for page in wanted} <= set(pages)


def test_ids_are_names_and_stand_once(built: Path) -> None:
    """No id counts, as Markdown's do where a name is missing: ``_1``, ``title_2``."""
    counted = re.compile(r"_[0-9]+$|^_|-[0-9]$")
    for path in built.rglob("*.html"):
        ids = parse(path).xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert [one for one in ids if counted.search(one)] == [], path


def test_the_first_use_of_a_figure_has_the_same_anchor_in_both_languages(built: Path) -> None:
    for page in STORY:
        anchors = [
            set(main_of(built, page, code).xpath(".//@id[starts-with(., 'f-')]"))
            for code in LANGUAGES
        ]
        assert anchors[0] == anchors[1]
        assert anchors[0] or page == "why/", "no number of the articles"


@pytest.mark.parametrize("page", STORY)
def test_both_languages_have_the_same_blocks_and_numbers(built: Path, page: str) -> None:
    english, chinese = (
        (
            [(e.tag, e.get("id")) for e in main.xpath("./*")],
            sorted(main.xpath(".//a[contains(@class, 'fig ')]/@href")),
        )
        for main in (main_of(built, page, code) for code in LANGUAGES)
    )
    assert english == chinese
    assert all(name for tag, name in english[0] if tag in ("p", "h1", "h2"))


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


REFUTED = {
    "en": r"promise was kept|plan was (?:kept|carried out)|[Kk]ept in won|another title|Both articles"
    r" end|others hesitate|two ends of the loop|smaller answer|shows where its numbers come from|"
    r"many times over|is that study in dollars|steps of ten|Star Daily, a (?:Korean )?newspaper|"
    r"\d countries(?! and)",
    "zh": r"承诺兑现|按韩元兑现|计划得到兑现|另一部作品|两篇文章都以|别人犹豫|循环的两头|较小的答案|"
    r"没有交代|就是这项研究|十倍一格|韩星网[^。]{0,8}报纸|一美元|\d个国家(?!和地区)",
}
"""Sentences that stood here and claimed more than the reports allow."""
NEEDED = {
    "since/": ("91% of the plan", "计划的91%", "an American film", "美国电影"),
    "hit/": (
        "as of February 2026 it still is",
        "截至2026年2月仍然如此",
        "FlixPatrol, a site",
        "网站FlixPatrol",
    ),
    "money/": (
        "at most 2.9%",
        "至多占2.9%",
        "half of the budget for Asia-Pacific",
        "亚太预算的一半",
    ),
    "playbook/": ("2 billion to 3 billion won", "20亿～30亿韩元"),
    "why/": ("the right strategy", "对的策略", "631.7 billion won", "6317亿韩元"),
    "return/": ("yearly audit of the government", "国政监查"),
    "voices/": ("a Chinese-language website about Korean entertainment", "报道韩国娱乐的中文网站"),
}
"""What a page must say, in both languages, so that its story holds."""


@pytest.mark.parametrize("page", STORY)
@EVERY_LANGUAGE
def test_a_page_says_what_reports_allow(built: Path, page: str, language: Language) -> None:
    main = main_of(built, page, language)
    own = main.xpath(".//text()[not(ancestor::a or ancestor::h1 or ancestor::h2 or ancestor::q)]")
    unquoted = re.sub("“[^”]*”", "", " ".join(" ".join(own).split()))
    assert not re.findall(REFUTED[language], unquoted)
    words = words_of(main).replace("*", "")
    needed = [
        said for said in NEEDED.get(page, ()) if bool(HANZI.search(said)) == (language == "zh")
    ]
    assert [said for said in needed if said not in words] == []
    for note in main.xpath(".//div[contains(@class, '--established')]"):
        assert not re.search(
            r"inference|likely|perhaps|unknown|推断|可能|多半|不明", words_of(note)
        )


def test_the_table_files_each_paragraph_of_the_answer_where_it_belongs(dataset: Dataset) -> None:
    answers = [s for s in dataset.statements.values() if s.voice.id == "chinese-answer"]
    filed = {block: one.theme for one in answers for block in one.blocks}
    assert filed.items() >= {"p5": "aim", "p6": "aim", "p8": "aim", "p9": "benefit"}.items()
    assert filed.items() >= {"p13": "licences-and-originals", "p18": "position"}.items()


def test_no_chinese_paragraph_holds_a_line_break(built: Path) -> None:
    blocks = "//main//*[self::p or self::h1 or self::h2 or self::li[not(.//li)]]"
    for path in (built / "zh").rglob("*.html"):
        for text in parse(path).xpath(f"{blocks}//text()[not(ancestor::pre or ancestor::svg)]"):
            assert "\n" not in text.strip(), f"{path}: {text.strip()[:40]!r}"


@pytest.mark.parametrize("page", STORY)
@EVERY_LANGUAGE
def test_nothing_repeats_a_sentence_of_the_articles(
    built: Path, articles: Path, page: str, language: Language
) -> None:
    source = articles / f"{language}-article.txt"
    original = re.sub(r"<[^>]+>", "", source.read_text("utf-8"))
    text = words_of(main_of(built, page, language))
    parts, length, joint = (text.split(), 9, " ") if language == "en" else (list(text), 16, "")
    runs = (joint.join(parts[at : at + length]) for at in range(len(parts) - length + 1))
    title = "五年来在韩国投资了 7700 多亿韩元（约 41 亿人民币）意味着什么"
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
        assert len(figure.xpath(".//*[@class='rows']/li")) == len(chart.rows)
        assert table.xpath("caption")
        assert set(table.xpath("thead/tr/th/@scope")) == {"col"}
        assert all(row.xpath("th/@scope") == ["row"] for row in table.xpath("tbody/tr"))
        assert len(table.xpath("tbody/tr")) == len(chart.rows)
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


@EVERY_LANGUAGE
def test_without_scripts_the_text_holds_every_source_and_number(
    built: Path, dataset: Dataset, language: Language
) -> None:
    """As a text browser or an archive reads it."""

    def text(page: str) -> str:
        hidden = "ancestor::script or ancestor::style or ancestor::*[@data-scripted]"
        parts = main_of(built, page, language).xpath(f".//text()[not({hidden})]")
        return " ".join("".join(parts).split())

    sources, index = text("sources"), text("figures")
    for source in dataset.sources.values():
        assert " ".join(source.title.split()) in sources, source.id
    for row in rows_of(built / "data/figures.csv"):
        assert row[f"label_{language}"] in index, row["id"]
    for figure in dataset.figures.values():
        page = text(f"figures/{figure.id}")
        for claim in figure.claims:
            assert " ".join(claim.mentions[0].exact.split()) in page, claim.ref
        for row in rows_of(built / f"figures/{figure.id}.csv"):
            assert row[f"display_{language}"] in page, (figure.id, row["id"])


# Assets


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
    sheet = (built / published(built, "assets/css/site.css")).read_text("utf-8")
    assert ".md-typeset" in sheet
    for absent in (".md-nav", ".md-search", ".md-clipboard", "@font-face"):
        assert absent not in sheet


# Faults of the prose


@pytest.mark.parametrize(
    ("page", "language", "old", "new", "said"),
    [
        ("money", "en", "korea-plan-2021/english", "korea-plan/x", "korea-plan/x"),
        ("money", "en", "deadline-2021-04/global", "deadline/x", "deadline/x"),
        ("method", "en", "\n## ", "\n{% if %}\n## ", Code.BAD_TEMPLATE),
    ],
    ids=["in the title", "an unknown claim", "a broken call"],
)
def test_a_fault_of_the_prose_is_named_with_its_line(
    checkout: Path, page: str, language: str, old: str, new: str, said: str
) -> None:
    path = prose(checkout, page, language)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    failed = run(checkout, *BUILD)
    assert failed.returncode == 2, failed.stderr
    lines = [line, line + 1]  # of a call, or of the line that it was put into
    place = path.relative_to(checkout).as_posix()
    assert any(f"{place}:{one}:" in failed.stderr for one in lines), failed.stderr
    assert said in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (checkout / "site").exists()


def test_a_typed_digit_is_refused_with_its_line(checkout: Path) -> None:
    replace(prose(checkout, "money", "zh"), "对同一笔钱", "对7700亿")
    failed = run(checkout, *BUILD)
    assert failed.returncode == 2
    assert re.search(r"docs/zh/money\.md:\d+:\d+: \[NUM01\] found «7700»", failed.stderr)


def test_a_page_without_its_pair_is_refused(checkout: Path) -> None:
    prose(checkout, "money", "zh").unlink()
    failed = run(checkout, *BUILD)
    assert failed.returncode != 0
    assert "money" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_two_languages_with_different_ids_are_refused(checkout: Path) -> None:
    replace(prose(checkout, "money", "zh"), "three-ways", "four-ways")
    failed = run(checkout, *BUILD)
    assert failed.returncode != 0
    assert "three-ways" in failed.stderr
    assert "Traceback" not in failed.stderr
