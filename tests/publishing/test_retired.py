"""The site some years on: every figure and chart that left the data still has its answer."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.commands import BUILD, mark_reviewed, run
from tests.conftest import ADDRESS, checkout_in, parse
from tests.data.aged import grow_old
from tests.serving import PREFIX, serve

LANGUAGES = pytest.mark.parametrize("language", ["", "zh/"])


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a checkout whose data has aged; the build has verified it."""
    checkout = checkout_in(tmp_path_factory.mktemp("aged") / "checkout")
    grow_old(checkout / "data")
    mark_reviewed(checkout)
    done = run(checkout, *BUILD)
    assert done.returncode == 0, done.stderr
    return checkout / "site"


@LANGUAGES
def test_a_withdrawn_page_names_id_day_and_reason(site: Path, language: str) -> None:
    page = parse(site / f"{language}figures/old-figure/index.html")
    text = " ".join(page.xpath("//main")[0].text_content().split())
    for said in {
        "": ("old-figure", "December 1, 2026", "It was counted <b>twice</b>."),
        "zh/": ("old-figure", "2026年12月1日", "重复计入。"),
    }[language]:
        assert said in text
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


@LANGUAGES
def test_a_moved_page_names_its_one_new_address(site: Path, language: str) -> None:
    page = parse(site / f"{language}figures/moved-figure/index.html")
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical == f"{ADDRESS}{language}figures/jobs-created/"
    refresh = page.xpath("//head/noscript/meta[@http-equiv='refresh']/@content")
    assert refresh == ["0; url=../jobs-created/"]
    assert page.xpath("//a[@data-moved]/@href") == ["../jobs-created/"]


def test_markup_in_what_is_gone_is_shown_and_does_nothing(site: Path) -> None:
    for name in ("figures/split-figure", "figures/split-figure/embed", "both/figures/split-figure"):
        page = parse(site / name / "index.html")
        assert "Jobs <b onclick=x>and</b> money" in page.xpath("//main")[0].text_content()
        assert page.xpath("//main//b | //main//script | //*[@onclick] | //noscript") == []
    twin = (site / "figures/split-figure.md").read_text("utf-8")
    assert r"Jobs &lt;b onclick=x\>and&lt;/b\> money" in twin
    assert f"<{ADDRESS}figures/jobs-created/>" in twin


def test_lists_name_nothing_that_is_gone(site: Path) -> None:
    gone = ["old-figure", "moved-figure", "split-figure", "old-chart"]
    for name in ("sitemap.xml", "search.json", "zh/search.json", "llms.txt"):
        text = (site / name).read_text("utf-8")
        assert not [one for one in gone if one in text], name


def test_hosts_send_every_page_and_file_of_what_moved_one_step_on(site: Path) -> None:
    """Cloudflare Pages reads 2,000 plain redirects of at most 1,000 characters."""
    lines = (site / "_redirects").read_text("utf-8").splitlines()
    assert len(lines) <= 2000
    assert max(map(len, lines)) <= 1000
    assert all(re.fullmatch(rf"{PREFIX}[^\s*]* {PREFIX}[^\s*]* 301", line) for line in lines)
    moved = dict(line.replace(PREFIX, "").split(" ")[:2] for line in lines)
    assert {"figures/moved-figure.json", "zh/charts/old-chart/"} <= moved.keys()
    for old, new in moved.items():
        assert old.startswith("zh/") == new.startswith("zh/")
        target = site / new
        assert (target / "index.html").is_file() if new.endswith("/") else target.is_file(), new


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_of_a_moved_page_is_led_on(site: Path, browser: Browser, scripts: bool) -> None:
    with serve(site) as base:
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{base}zh/figures/moved-figure/#english")
        page.wait_for_url(f"{base}zh/figures/jobs-created/{'#english' if scripts else ''}")
        context.close()
