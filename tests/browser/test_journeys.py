"""Readers' ways: from home to a figure, its cards, copies, embeds, tables and filters."""

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser.conftest import BOTH, DIRECTIONS, TAGS, copy, enhance, serve_address
from tests.conftest import ADDRESS
from tests.serving import serve

from explainer.data import Dataset

FIGURE = "figures/korea-spend-five-years/"
MONEY = {"": "The money", "zh/": "押了多少"}
"""What the menu calls the page of the money."""


@DIRECTIONS
def test_from_home_to_a_figure_and_back_by_its_link(
    page: Page, base: str, here: str, there: str
) -> None:
    page.goto(f"{base}{here}")
    expect(page.locator("html")).to_have_attribute("lang", TAGS[here])
    page.get_by_role("navigation").get_by_role("link", name=MONEY[here], exact=True).click()
    expect(page).to_have_url(f"{base}{here}money/")

    page.locator("#f-korea-plan-2021").click()
    expect(page).to_have_url(f"{base}{here}figures/korea-plan-2021/#english")
    expect(page.locator("#english q").first).to_have_text("$500 million")

    page.locator(f".languages a[hreflang='{TAGS[there]}']").click()
    expect(page).to_have_url(f"{base}{there}figures/korea-plan-2021/#english")
    expect(page.locator("#english")).to_be_in_viewport()

    link = copy(page, "#english a[data-copy]")
    assert link == page.url == f"{base}{there}figures/korea-plan-2021/#english"
    expect(page.locator("[data-toast]")).to_contain_text(link)
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(":target")).to_have_id("english")
    expect(page.locator("#english")).to_be_in_viewport()


def test_colours_follow_the_reader_and_are_remembered(page: Page, base: str) -> None:
    def paper() -> str:
        return str(page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor"))

    page.emulate_media(color_scheme="light")
    page.goto(base)
    light = paper()
    page.emulate_media(color_scheme="dark")
    dark = paper()
    assert light != dark
    enhance(page)
    page.locator(".top__bar > [data-colours]").click()
    assert paper() == light
    page.goto(f"{base}money/")
    assert paper() == light
    enhance(page)
    page.locator(".top__bar > [data-colours]").click()
    assert paper() == dark


@BOTH
def test_the_number_and_every_citation_are_copied_with_the_day_of_reading(
    page: Page, base: str, prefix: str
) -> None:
    address = f"{ADDRESS}{prefix}figures/jobs-created/"
    page.goto(f"{base}{prefix}figures/jobs-created/#cite")

    def cited(style: str) -> str:
        return copy(page, f"button[data-copies='{style}']")

    for style in ("copied-number", "cite-sentence-text", "cite-apa", "cite-chicago"):
        assert address in cited(style)
    today = page.evaluate(
        "(d => [d.getFullYear(), d.getMonth() + 1, d.getDate()]"
        ".map(n => String(n).padStart(2, '0')).join('-'))(new Date())"
    )
    assert f"（2026-11-23）[{today}]. {address}." in cited("cite-gbt2025")
    page.locator("#cite-more > summary").click()
    assert f"(2026-11-23)[{today}]. {address}." in cited("cite-gbt2015")
    assert cited("cite-bib").startswith("@online{korea-bet-jobs-created-")
    assert cited("cite-ris").startswith("TY  - ELEC")
    (item,) = json.loads(cited("cite-csl-json"))
    assert item["URL"] == address


@BOTH
def test_an_embed_stands_in_another_page_and_leads_back(
    browser: Browser, context: BrowserContext, page: Page, base: str, tmp_path: Path, prefix: str
) -> None:
    page.goto(f"{base}{prefix}{FIGURE}#embed-code")
    code = copy(page, "button[data-copies='embed-code']")
    (tmp_path / "index.html").write_text(f"<h1>Somebody else</h1>{code}", "utf-8")
    theirs = browser.new_context()
    serve_address(theirs, base)
    with serve(tmp_path, prefix="/", rules=False) as address:
        page = theirs.new_page()
        page.goto(address)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".embed__numbers li")).to_have_count(3)
        with theirs.expect_page() as opened:
            frame.locator("#back a").click()
        expect(opened.value).to_have_url(f"{ADDRESS}{prefix}{FIGURE}")
        (tmp_path / "index.html").write_text(code.replace("/embed/", "/"), "utf-8")
        page.reload()
        # Only embeds may be framed.
        expect(frame.locator("#page-title")).to_have_count(0)
    theirs.close()


@BOTH
def test_a_card_opens_by_pointer_and_by_keyboard(page: Page, base: str, prefix: str) -> None:
    page.clock.install()
    page.goto(f"{base}{prefix}money/")
    link = page.locator("#f-korea-spend-five-years")
    title = link.get_attribute("title") or ""
    assert "nearly $700 million US dollars" in title
    card = page.locator(".card")
    link.hover()
    expect(card.locator("q")).to_have_text("nearly $700 million US dollars")
    expect(card.locator(".status")).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "card")
    card.hover()
    page.clock.run_for(1000)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.mouse.move(0, 0)

    link.evaluate(
        "e => { let n = document.createElement('a'); n.href = '#x'; n.textContent = 'x';"
        " e.before(n); n.focus() }"
    )
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link).to_be_focused()
    assert link.get_attribute("title") == title
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{base}{prefix}{FIGURE}#english")


def test_every_number_in_prose_has_a_card_within_the_window(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    for path in ("money/", "zh/figures/jobs-created/"):
        page.goto(f"{base}{path}")
        page.keyboard.press("Tab")  # the keyboard is in use
        links = page.locator("main p .fig[href]:visible")
        assert links.count() > 5
        for number in range(links.count()):
            links.nth(number).focus()
            card = page.locator(".card")
            expect(card).to_be_visible()
            box = card.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= 375 - box["width"]
            page.keyboard.press("Escape")
            expect(card).to_have_count(0)


@BOTH
def test_amounts_and_marks_follow_the_chosen_currency_and_rate(
    page: Page, base: str, prefix: str
) -> None:
    page.goto(f"{base}{prefix}{FIGURE}#side")
    enhance(page)
    table = page.locator("#side")
    cells = table.locator("tbody td:visible")
    expect(cells).to_have_count(9)
    table.locator("[data-side-currency]").select_option("KRW")
    expect(cells).to_have_count(3)
    converted = page.locator("#chart-strip [data-converted]").first
    marks = "[...document.querySelectorAll('#chart-strip [data-money]')].map(m => m.getAttribute('width'))"
    before, places = converted.inner_text(), page.evaluate(marks)
    table.locator("[data-side-period]").select_option("2021-10")
    expect(cells.first).to_contain_text("约8270亿韩元" if prefix else "about 827 billion won")
    rate = table.locator(".side__rate:visible")
    expect(rate).to_have_count(1)
    expect(rate).to_contain_text("1181.8900" if prefix else "1,181.8900")
    expect(rate).to_contain_text("2021年10月" if prefix else "October 2021")
    expect(converted).not_to_have_text(before)
    assert all(one != other for one, other in zip(places, page.evaluate(marks), strict=True))


@BOTH
def test_the_index_filters_sorts_and_keeps_it_in_the_address(
    page: Page, base: str, dataset: Dataset, prefix: str
) -> None:
    page.goto(f"{base}{prefix}figures/")
    items = page.locator("#figure-list > li:visible")
    expect(items).to_have_count(len(dataset.figures))
    enhance(page)
    wanted = {
        "voice": ("chinese-question", ["korea-spend-five-years", "five-year-period"]),
        "kind": ("count", ["jobs-created", "squid-game-first-places"]),
        "status": ("conflict", ["economic-effect", "jobs-created"]),
        "currency": ("KRW", ["korea-spend-five-years"]),
        "year": ("2018", ["production-centre-year"]),
    }

    def shows(ids: list[str]) -> None:
        expect(items).to_have_count(len(ids))
        assert items.evaluate_all("all => all.map(e => e.id)") == ids
        expect(page.locator("#matrix tbody tr:visible")).to_have_count(len(ids))

    for name, (value, ids) in wanted.items():
        page.locator(f"select[name={name}]").select_option(value)
        shows(ids)
        expect(page).to_have_url(re.compile(f"[?&]{name}={value}(&|$)"))
        page.reload()
        shows(ids)
        page.locator("button[type=reset]").click()
        expect(items).to_have_count(len(dataset.figures))
    page.locator("select[name=sort]").select_option("voices")
    expect(items.first).to_have_attribute("data-voice", re.compile(r"^\S+ \S+$"))
    page.locator("select[name=sort]").select_option("name")
    expect(page).to_have_url(re.compile("sort=name"))
    names = items.evaluate_all("all => all.map(e => e.dataset.name)")
    assert names == page.evaluate(
        "n => n.slice().sort((a, b) => a.localeCompare(b, document.documentElement.lang))", names
    )


@BOTH
def test_without_scripts_everything_can_be_read(
    browser: Browser, base: str, dataset: Dataset, prefix: str
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{base}{prefix}figures/")
    expect(page.locator("#figure-list > li")).to_have_count(len(dataset.figures))
    expect(page.locator("form.filters")).to_be_hidden()
    page.goto(f"{base}{prefix}{FIGURE}")
    for summary in page.locator(".fold > details > summary").all():
        summary.click()
    expect(page.locator("#side tbody td:visible")).to_have_count(9)
    expect(page.locator("#side [data-tools]")).to_be_hidden()
    expect(page.locator("button:visible")).to_have_count(0)
    for name in ("copied-number", "cite-apa", "cite-gbt2025", "embed-code"):
        expect(page.locator(f"#{name}")).to_be_visible()
    page.locator("#cite-more > summary").click()
    expect(page.locator("#cite-bib")).to_be_visible()
    plain.close()
