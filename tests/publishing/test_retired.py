"""The site some years on: every id that left the data still has its answer, for ever."""

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html
from playwright.sync_api import Browser
from tests.commands import BUILD, mark_reviewed, run
from tests.conftest import ADDRESS, checkout_in
from tests.data.aged import grow_old
from tests.serving import PREFIX, serve

LANGUAGES = pytest.mark.parametrize("language", ["", "zh/"])


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a checkout whose data has aged; the build has verified it."""
    checkout = checkout_in(tmp_path_factory.mktemp("aged") / "checkout")
    grow_old(checkout / "data")
    mark_reviewed(checkout)
    done = run(checkout, *BUILD, SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    return checkout / "site"


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """The address of the aged site."""
    with serve(site) as address:
        yield address


@LANGUAGES
def test_a_tombstone_names_id_day_and_reason_and_keeps_every_value(
    site: Path, language: str
) -> None:
    page = html.parse(site / f"{language}figures/old-figure/index.html").getroot()
    text = " ".join(page.xpath("//main")[0].text_content().split())
    for said in {
        "": ("old-figure", "December 1, 2026", "It was counted twice.", "30,000", "20,000"),
        "zh/": ("old-figure", "2026年12月1日", "重复计入。", "3万个岗位", "2万个岗位", "看错了"),
    }[language]:
        assert said in text
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//li/@id") == ["answer"]


@LANGUAGES
def test_a_moved_page_names_its_one_new_address(site: Path, language: str) -> None:
    page = html.parse(site / f"{language}figures/moved-figure/index.html").getroot()
    assert page.xpath("//link[@rel='canonical']/@href") == [
        f"{ADDRESS}{language}figures/jobs-created/"
    ]
    assert page.xpath("//head/noscript/meta[@http-equiv='refresh']/@content") == [
        "0; url=../jobs-created/"
    ]
    assert page.xpath("//p[@id='moved']/a/@href") == ["../jobs-created/"]


def test_what_took_a_figures_place_is_one_link_away(site: Path) -> None:
    page = html.parse(site / "figures/split-figure/index.html").getroot()
    assert "It asked two questions." in page.xpath("string(//p[@id='withdrawn'])")
    assert page.xpath("//p[@id='instead']/a/@href") == ["../jobs-created/"]
    assert page.xpath("//noscript") == []


def test_markup_in_what_is_gone_is_shown_and_does_nothing(site: Path) -> None:
    for name in ("figures/split-figure", "figures/split-figure/embed", "both/figures/split-figure"):
        page = html.parse(site / name / "index.html").getroot()
        assert "Jobs <b onclick=x>and</b> money" in page.xpath("//main")[0].text_content()
        assert page.xpath("//main//b | //main//script | //*[@onclick]") == []
    space = "{http://www.w3.org/2005/Atom}"
    newest = etree.parse(site / "feed.xml").find(f"{space}entry/{space}title")
    assert newest is not None
    assert newest.text == "Replaced: Jobs <b onclick=x>and</b> money"


def test_nothing_lists_what_is_gone(site: Path) -> None:
    for name in ("sitemap.xml", "search.json", "zh/search.json", "llms.txt"):
        text = (site / name).read_text("utf-8")
        for gone in ("old-figure", "moved-figure", "split-figure", "old-chart"):
            assert gone not in text, name


@LANGUAGES
def test_the_feeds_announce_what_left_and_where_it_went(site: Path, language: str) -> None:
    feed = feedparser.parse((site / f"{language}feed.xml").read_bytes())
    found = {entry.link: entry for entry in reversed(feed.entries)}
    own = f"{ADDRESS}{language}figures/"
    for gone, said in {
        f"{own}old-figure/": {"": "It was counted twice.", "zh/": "重复计入。"},
        f"{own}moved-figure/": {"": "Jobs said to follow", "zh/": "据称由投资带来"},
        f"{own}split-figure/": {"": "It asked two questions.", "zh/": "一次问了两个问题。"},
    }.items():
        assert said[language] in found[gone].summary
    assert feed.feed.updated.startswith("2026-12-03")


def test_programs_get_an_answer_too(site: Path) -> None:
    found = json.loads((site / "figures/old-figure.json").read_text("utf-8"))
    assert (found["state"], found["date"]) == ("withdrawn", "2026-12-01")
    assert found["reason"] == {"en": "It was counted twice.", "zh-Hans": "重复计入。"}
    assert "exact 20000 jobs" in [told.get("new") for told in found["revisions"]]
    whole = json.loads((site / "data/dataset.json").read_text("utf-8"))
    assert {gone["id"] for gone in whole["retired"]} >= {"old-figure", "old-chart", "old-ratio"}
    twin = (site / "zh/figures/split-figure.md").read_text("utf-8")
    assert f"<{ADDRESS}zh/figures/jobs-created/>" in twin


def test_a_page_of_what_is_gone_stands_in_both_languages_at_once(site: Path) -> None:
    text = (site / "both/figures/old-figure/index.html").read_text("utf-8")
    assert "It was counted twice." in text
    assert "重复计入。" in text


def test_hosts_send_every_page_and_file_of_what_moved_one_step_on(site: Path) -> None:
    lines = (site / "_redirects").read_text("utf-8").splitlines()
    moved: dict[str, str] = {}
    for line in lines:
        old, new, code = line.split(" ")
        assert code == "301"
        moved[old.removeprefix(PREFIX)] = new.removeprefix(PREFIX)
    assert {
        "figures/moved-figure/",
        "figures/moved-figure.json",
        "charts/old-chart/",
    } <= moved.keys()
    for old, new in moved.items():
        assert new not in moved
        assert old.startswith("zh/") == new.startswith("zh/")
        target = site / new
        assert (target / "index.html").is_file() if new.endswith("/") else target.is_file(), new


@LANGUAGES
def test_a_reader_of_a_moved_page_keeps_the_anchor(
    browser: Browser, base: str, language: str
) -> None:
    old = f"{base}{language}figures/moved-figure/"
    page = browser.new_page()
    for anchor, there in {
        "": "figures/jobs-created/",
        "#english": "figures/jobs-created/#english",
        "#effect": "figures/economic-effect/#english",
    }.items():
        page.goto("about:blank")
        page.goto(f"{old}{anchor}")
        page.wait_for_url(f"{base}{language}{there}")
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{old}#english")
    page.wait_for_url(f"{base}{language}figures/jobs-created/")
    context.close()
