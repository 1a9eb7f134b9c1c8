"""The header and its menu, folds and their anchors, charts and figure pages as they are used."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import BOTH, new_context

FIGURE = "figures/korea-spend-five-years/"
PHONE = {"width": 375, "height": 812}
TARGET = 44
"""The least width and height of a touch target, in pixels."""


@pytest.fixture
def phone(browser: Browser) -> Page:
    """A page of a phone's size without scripts."""
    return new_context(browser, viewport=PHONE, java_script_enabled=False).new_page()


@BOTH
def test_the_menu_of_a_phone_opens_without_scripts(phone: Page, base: str, prefix: str) -> None:
    phone.goto(f"{base}{prefix}money/")
    current = phone.locator(".menu a[aria-current=page]")
    expect(current).not_to_be_visible()
    phone.locator(".menu summary").click()
    expect(current).to_be_in_viewport()
    for target in phone.locator(".top :is(a, summary):visible").all():
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET, target.inner_text()


@BOTH
def test_the_pages_stand_in_one_row(page: Page, base: str, prefix: str) -> None:
    page.goto(f"{base}{prefix}money/")
    boxes = [link.bounding_box() for link in page.locator(".pages > ul a").all()]
    assert len(boxes) <= 8
    assert len({box["y"] for box in boxes if box}) == 1
    page.locator(".more summary").click()
    expect(page.locator(".more a").first).to_be_visible()


HOME = ("h1", ".lead", ".answer__number", "a[data-switch]:visible")
QUOTED = ("#status", "#copied-number", "#actions .permalink", "#actions [href='#cite']")


@BOTH
@pytest.mark.parametrize(
    ("path", "parts", "width", "height"),
    [("", HOME, 1280, 800), ("", HOME, 375, 812), (FIGURE, QUOTED, 375, 2 * 812)],
)
def test_what_readers_need_first_stands_within_one_or_two_screens(
    phone: Page, base: str, prefix: str, path: str, parts: tuple[str, ...], width: int, height: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 812})
    phone.goto(f"{base}{prefix}{path}")
    for part in parts:
        box = phone.locator(part).first.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= height - box["height"], part


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"{FIGURE}#cite", "#cite-apa"),
        (f"{FIGURE}#side", "#side table"),
        (f"{FIGURE}#cite-bib", "#cite-bib"),
    ],
)
def test_an_anchor_opens_the_fold_it_leads_to(page: Page, base: str, path: str, shown: str) -> None:
    page.goto(base + path)
    expect(page.locator(shown)).to_be_visible()
    expect(page.locator("#" + path.split("#")[1])).to_be_in_viewport()


def test_the_table_of_a_chart_opens_in_place(page: Page, base: str) -> None:
    page.goto(f"{base}money/")
    link = page.locator("a[data-table]").first
    link.click()
    table = page.locator(".chart__foot + .scroll table")
    expect(table).to_be_visible()
    assert page.url == f"{base}money/"
    link.click()
    expect(table).to_have_count(0)


@pytest.mark.parametrize("path", ["playbook/", "figures/", "names/"])
def test_tables_name_their_columns_on_a_phone(phone: Page, base: str, path: str) -> None:
    phone.goto(base + path)
    unnamed = phone.locator("table td:not(:empty)").evaluate_all(
        "all => all.filter(e => !getComputedStyle(e, '::before').content"
        ".includes(e.dataset.label ?? '?')).map(e => e.outerHTML)"
    )
    assert unnamed == []


@BOTH
def test_a_figure_prints_on_two_pages_without_menus_and_with_addresses(
    page: Page, base: str, prefix: str
) -> None:
    page.goto(f"{base}{prefix}figures/economic-effect/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 2
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    expect(page.locator("#unknown")).to_be_visible()
    for part in (".to-search", ".pages", ".languages", ".copy__button", ".colours"):
        expect(page.locator(part).first).to_be_hidden()
    shown = page.locator("a.source, a.archive").evaluate_all(
        "all => all.map((e) => getComputedStyle(e, '::after').content)"
    )
    assert shown
    assert all("http" in one for one in shown)


@BOTH
def test_a_context_number_leads_to_its_report_in_its_open_fold(
    page: Page, base: str, prefix: str
) -> None:
    page.goto(f"{base}{prefix}figures/economic-effect/")
    page.goto(page.locator("main a[href*='sources/#'][href*='--']").first.evaluate("a => a.href"))
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator("details.source-entry[open]")).to_have_count(1)
    assert page.locator("body").evaluate("body => body.scrollHeight") < 20_000
