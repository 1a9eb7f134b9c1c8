"""What a reader does with a figure: look closer, compare, copy, take, embed, look it up."""

import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import clipboard, wake

from explainer.data import Dataset
from explainer.export.context import SiteContext
from explainer.site.figure import EMBED_SIZE

BOTH = pytest.mark.parametrize(
    ("prefix", "language"), [("", "en"), ("zh/", "zh")], ids=["english", "chinese"]
)


def press(page: Page, name: str) -> None:
    """Empty the clipboard and press the button of a box."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator(f"button[data-copies='{name}']").click()


def copied(page: Page, name: str) -> str:
    """What lies on the clipboard once the button of a box was pressed."""
    press(page, name)
    return clipboard(page)


@BOTH
def test_a_number_is_copied_with_hedge_source_and_address(
    page: Page, base: str, dataset: Dataset, to: SiteContext, prefix: str, language: str
) -> None:
    words = to.words["zh" if language == "zh" else "en"]
    for figure in dataset.figures.values():
        address = f"{base}{prefix}figures/{figure.id}/"
        page.goto(address)
        text = copied(page, "copied-number")
        assert text.endswith(address)
        for claim in figure.claims:
            assert words.amount(claim) in text
            assert claim.mentions[0].exact in text


@BOTH
def test_every_citation_is_copied_with_the_day_of_reading(
    page: Page, base: str, prefix: str, language: str
) -> None:
    address = f"{base}{prefix}figures/jobs-created/"
    page.goto(address)
    today = page.evaluate(
        "(d => [d.getFullYear(), d.getMonth() + 1, d.getDate()]"
        ".map(n => String(n).padStart(2, '0')).join('-'))(new Date())"
    )
    for style in ("cite-sentence-text", "cite-apa", "cite-chicago"):
        assert address in copied(page, style)
    assert f"（2026-11-23）[{today}]. {address}." in copied(page, "cite-gbt2025")
    page.locator("#cite-more > summary").click()
    assert f"(2026-11-23)[{today}]. {address}." in copied(page, "cite-gbt2015")
    assert copied(page, "cite-bib").startswith("@online{korea-bet-jobs-created-")
    assert copied(page, "cite-ris").startswith("TY  - ELEC")
    (item,) = json.loads(copied(page, "cite-csl-json"))
    assert item["URL"] == address


def test_the_last_copy_is_told_for_its_whole_time(page: Page, base: str) -> None:
    page.clock.install(time=0)
    page.goto(f"{base}figures/jobs-created/")
    wake(page)
    page.clock.pause_at(time=600_000)
    toast = page.locator("[data-toast]")
    shown = re.compile("toast--shown")
    for name in ("copied-number", "cite-apa"):
        press(page, name)
        while not page.evaluate("navigator.clipboard.readText()"):
            page.wait_for_timeout(20)
        expect(toast).to_have_class(shown)
        page.clock.run_for(1500)
    expect(toast).to_have_class(shown)
    page.clock.run_for(1000)
    expect(toast).not_to_have_class(shown)


def test_a_copy_is_told_above_the_suggestion_of_a_language(page: Page, base: str) -> None:
    page.goto(f"{base}zh/figures/jobs-created/")
    page.locator("button[data-copies='copied-number']").click()
    expect(page.locator("[data-suggest]")).to_be_visible()
    clipboard(page)
    assert page.locator("[data-toast]").evaluate(
        """(toast) => {
          toast.style.pointerEvents = 'auto'
          const { left, top, width, height } = toast.getBoundingClientRect()
          return document.elementFromPoint(left + width / 2, top + height / 2) === toast
        }"""
    )


@BOTH
def test_json_and_picture_are_downloaded(
    page: Page, base: str, tmp_path: Path, prefix: str, language: str
) -> None:
    page.goto(f"{base}{prefix}figures/economic-effect/")
    for name in ("economic-effect.json", "economic-effect.png"):
        with page.expect_download() as started:
            page.locator(f"#take a[download][href$='/{name}']").click()
        assert started.value.suggested_filename == name
        started.value.save_as(tmp_path / name)
    found = json.loads((tmp_path / "economic-effect.json").read_text("utf-8"))
    assert [claim["value"] for claim in found["claims"]] == ["5000000000", "9450000000"]
    with Image.open(tmp_path / "economic-effect.png") as picture:
        assert picture.size[0] == 1200


@BOTH
def test_an_embed_stands_in_another_page_and_leads_back(
    browser: Browser, page: Page, base: str, tmp_path: Path, prefix: str, language: str
) -> None:
    page.goto(f"{base}{prefix}figures/korea-spend-five-years/")
    code = copied(page, "embed-code")
    (tmp_path / "index.html").write_text(f"<h1>Somebody else</h1>{code}", "utf-8")
    theirs = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    )
    threading.Thread(target=theirs.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{theirs.server_port}/")
    inside = page.locator("iframe").element_handle().content_frame()
    assert inside is not None
    # The frame waits until it comes into view; without its styles it is taller.
    inside.wait_for_url("**/embed/", wait_until="load")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    expect(frame.locator(".embed__numbers li")).to_have_count(3)
    height = frame.locator("html").evaluate("e => [e.scrollHeight, e.clientHeight]")
    assert height[0] <= height[1], "the embed does not fit its frame"
    with page.context.expect_page() as opened:
        frame.locator("#back a").click()
    expect(opened.value).to_have_url(f"{base}{prefix}figures/korea-spend-five-years/")
    (tmp_path / "index.html").write_text(code.replace("/embed/", "/"), "utf-8")
    page.reload()
    # Only embeds may be framed.
    expect(page.frame_locator("iframe").locator("#page-title")).to_have_count(0)
    theirs.shutdown()
    page.close()


@BOTH
def test_a_card_opens_by_pointer_and_by_keyboard(
    page: Page, base: str, prefix: str, language: str
) -> None:
    page.goto(f"{base}{prefix}money/")
    link = page.locator("#f-korea-spend-five-years")
    said = link.get_attribute("title") or ""
    assert "nearly $700 million US dollars" in said
    card = page.locator(".card")
    link.hover()
    expect(card).to_be_visible()
    expect(card.locator("q")).to_have_text("nearly $700 million US dollars")
    expect(card.locator(".status")).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "card")
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.mouse.move(0, 0)

    link.evaluate(
        "e => { let n = document.createElement('a'); n.href = '#x'; n.id = 'before';"
        " n.textContent = 'x'; e.before(n); n.focus() }"
    )
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()
    assert link.get_attribute("title") == said
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}{prefix}figures/korea-spend-five-years/#english")


@BOTH
def test_every_number_in_prose_has_a_card(
    page: Page, base: str, prefix: str, language: str
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    for path in ("money/", "figures/jobs-created/"):
        page.goto(f"{base}{prefix}{path}")
        links = page.locator("main p .fig[href]")
        assert links.count() > 5
        for number in range(links.count()):
            links.nth(number).focus()
            page.keyboard.press("Shift")  # the keyboard is in use
            links.nth(number).blur()
            page.evaluate("n => document.querySelectorAll('main p .fig[href]')[n].focus()", number)
            expect(page.locator(".card")).to_be_visible()
            box = page.locator(".card").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 375
            page.keyboard.press("Escape")


@BOTH
def test_amounts_stand_side_by_side_in_the_chosen_currency(
    page: Page, base: str, prefix: str, language: str
) -> None:
    page.goto(f"{base}{prefix}figures/korea-spend-five-years/")
    side = page.locator("#side")
    cells = side.locator("tbody td:visible")
    expect(cells).to_have_count(9)
    side.locator("[data-side-currency]").select_option("KRW")
    expect(cells).to_have_count(3)
    before = cells.first.inner_text()
    side.locator("[data-side-period]").select_option("2021-10")
    assert cells.first.inner_text() != before
    shown = {"en": "about 827 billion won", "zh": "约8270亿韩元"}[language]
    expect(cells.first).to_contain_text(shown)
    rate = side.locator(".side__rate:visible")
    expect(rate).to_have_count(1)
    expect(rate).to_contain_text({"en": "1,181.8900", "zh": "1181.8900"}[language])
    expect(rate).to_contain_text({"en": "October 2021", "zh": "2021年10月"}[language])


@BOTH
def test_the_index_filters_sorts_and_keeps_it_in_the_address(
    page: Page, base: str, dataset: Dataset, prefix: str, language: str
) -> None:
    page.goto(f"{base}{prefix}figures/")
    items = page.locator("#figure-list > li:visible")
    expect(items).to_have_count(len(dataset.figures))
    wake(page)
    counted = page.locator("[data-count]")
    expect(counted).not_to_be_empty()
    wanted = {
        "voice": ("chinese-question", ["korea-spend-five-years", "five-year-period"]),
        "kind": ("count", ["jobs-created", "squid-game-first-places"]),
        "status": ("conflict", ["economic-effect", "jobs-created"]),
        "currency": ("KRW", ["korea-spend-five-years"]),
        "year": ("2018", ["production-centre-year"]),
    }
    for name, (value, expected) in wanted.items():
        page.locator(f"select[name={name}]").select_option(value)
        assert items.evaluate_all("all => all.map(e => e.id)") == expected
        expect(page).to_have_url(re.compile(f"[?&]{name}={value}(&|$)"))
        page.reload()
        wake(page)
        expect(counted).not_to_be_empty()
        assert items.evaluate_all("all => all.map(e => e.id)") == expected
        page.locator("button[type=reset]").click()
        expect(items).to_have_count(len(dataset.figures))
    page.locator("select[name=sort]").select_option("voices")
    first = items.first.get_attribute("data-voice") or ""
    assert len(first.split()) == 2
    page.locator("select[name=sort]").select_option("name")
    names = items.evaluate_all("all => all.map(e => e.dataset.name)")
    assert names == page.evaluate(
        "n => n.slice().sort((a, b) => a.localeCompare(b, document.documentElement.lang))", names
    )


@BOTH
def test_without_scripts_everything_is_read_all_the_same(
    browser: Browser, base: str, dataset: Dataset, prefix: str, language: str
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{base}{prefix}figures/")
    expect(page.locator("#figure-list > li")).to_have_count(len(dataset.figures))
    expect(page.locator("form.filters")).to_be_hidden()
    page.goto(f"{base}{prefix}figures/korea-spend-five-years/")
    expect(page.locator("#side tbody td:visible")).to_have_count(9)
    expect(page.locator("#side [data-tools]")).to_be_hidden()
    expect(page.locator("button:visible")).to_have_count(0)
    for name in ("copied-number", "cite-apa", "cite-gbt2025", "embed-code"):
        expect(page.locator(f"#{name}")).to_be_visible()
    page.locator("#cite-more > summary").click()
    expect(page.locator("#cite-bib")).to_be_visible()
    plain.close()


@BOTH
def test_every_embed_fits_the_frame_that_its_code_asks_for(
    page: Page, base: str, figures: list[str], prefix: str, language: str
) -> None:
    wide, high = EMBED_SIZE
    page.set_viewport_size({"width": wide, "height": high})
    for figure in figures:
        page.goto(f"{base}{prefix}figures/{figure}/embed/")
        size = page.evaluate("[document.body.scrollWidth, document.documentElement.scrollHeight]")
        assert size[0] <= wide, figure
        assert size[1] <= high, figure
