"""A reader's way through the site, in both languages, in a real browser."""

from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import clipboard, wake


class Side(NamedTuple):
    """One language of the site: its prefix, its tag and the menu's name of the money page."""

    prefix: str
    tag: str
    money: str


ENGLISH = Side("", "en", "The money")
CHINESE = Side("zh/", "zh-Hans", "钱")
BOTH_WAYS = pytest.mark.parametrize(
    ("here", "there"), [(ENGLISH, CHINESE), (CHINESE, ENGLISH)], ids=["english", "chinese"]
)


def in_view(page: Page, selector: str) -> bool:
    """Whether the element's top stands inside the window once the page has loaded."""
    page.wait_for_load_state()
    box = page.locator(selector).bounding_box()
    height = page.evaluate("innerHeight")
    return box is not None and 0 <= box["y"] < height


@BOTH_WAYS
def test_from_home_to_a_figure_and_back_by_its_link(
    page: Page, base: str, here: Side, there: Side
) -> None:
    page.goto(f"{base}{here.prefix}")
    expect(page.locator("html")).to_have_attribute("lang", here.tag)

    page.get_by_role("navigation").get_by_role("link", name=here.money, exact=True).click()
    expect(page).to_have_url(f"{base}{here.prefix}money/")

    page.locator("#f-korea-plan-2021").click()
    expect(page).to_have_url(f"{base}{here.prefix}figures/korea-plan-2021/#english")
    expect(page.locator("#english q").first).to_have_text("$500 million")

    page.locator(f".languages a[hreflang='{there.tag}']").click()
    expect(page).to_have_url(f"{base}{there.prefix}figures/korea-plan-2021/#english")
    expect(page.locator("html")).to_have_attribute("lang", there.tag)
    assert in_view(page, "#english")

    page.locator("#english a[data-copy]").click()
    copied = clipboard(page)
    assert copied == f"{base}{there.prefix}figures/korea-plan-2021/#english"

    page.goto("about:blank")
    page.goto(copied)
    expect(page.locator(":target")).to_have_id("english")
    assert in_view(page, "#english")


@BOTH_WAYS
def test_the_switch_keeps_anchor_and_query(page: Page, base: str, here: Side, there: Side) -> None:
    page.goto(f"{base}{here.prefix}money/?ref=a%20b#f-korea-spend-to-2021")
    page.locator(f".languages a[hreflang='{there.tag}']").click()
    expect(page).to_have_url(f"{base}{there.prefix}money/?ref=a%20b#f-korea-spend-to-2021")
    expect(page.locator(":target")).to_have_id("f-korea-spend-to-2021")
    assert in_view(page, "#f-korea-spend-to-2021")


@BOTH_WAYS
def test_without_scripts_the_switch_leads_to_the_same_page(
    browser: Browser, base: str, here: Side, there: Side
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{base}{here.prefix}figures/jobs-created/")
    page.locator(f".languages a[hreflang='{there.tag}']").click()
    expect(page).to_have_url(f"{base}{there.prefix}figures/jobs-created/")
    expect(page.locator("html")).to_have_attribute("lang", there.tag)
    plain.close()


def test_every_page_opens_clean_and_switches_to_its_pair(
    page: Page, base: str, figures: list[str]
) -> None:
    pages = ["", "money/", "figures/", "names/", "method/", *(f"figures/{f}/" for f in figures)]
    for path in pages:
        page.goto(f"{base}{path}#page-title")
        page.locator(".languages a[hreflang='zh-Hans']").click()
        expect(page).to_have_url(f"{base}zh/{path}#page-title")
        page.locator(".languages a[hreflang='en']").click()
        expect(page).to_have_url(f"{base}{path}#page-title")


@pytest.mark.parametrize(("prefix", "tag"), [("", "en"), ("zh/", "zh-Hans")])
def test_the_missing_page_speaks_the_language_of_its_address(
    browser: Browser, base: str, prefix: str, tag: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{base}{prefix}no/such/page/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", tag)
    page.locator("main li a").first.click()
    expect(page).to_have_url(f"{base}{prefix}")
    context.close()


def test_colours_follow_the_reader_and_are_remembered(page: Page, base: str) -> None:
    def paper() -> str:
        return str(page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor"))

    page.emulate_media(color_scheme="light")
    page.goto(base)
    light = paper()
    page.emulate_media(color_scheme="dark")
    dark = paper()
    assert light != dark
    wake(page)
    button = page.locator("button[data-colours]")
    button.click()
    assert paper() == light
    page.goto(f"{base}money/")
    assert paper() == light
    wake(page)
    page.locator("button[data-colours]").click()
    assert paper() == dark


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_no_page_scrolls_sideways(page: Page, base: str, built: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    paths = [name for name in found if not name.endswith("404.html")]
    assert len(paths) > 100
    for path in paths:
        page.goto(f"{base}{path.removesuffix('index.html')}", wait_until="domcontentloaded")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide at {width}"


@pytest.mark.parametrize("size", [(1280, 800), (375, 812)])
@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_the_first_view_of_home_shows_the_finding_and_its_picture(
    page: Page, base: str, prefix: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{base}{prefix}")
    for selector in ("h1", ".lead", ".chart .chart__title", "a[data-switch] >> nth=1"):
        assert in_view(page, selector)
    bottom = page.locator(".chart .rows").evaluate("e => e.getBoundingClientRect().bottom")
    assert bottom <= size[1]


@pytest.mark.parametrize("prefix", ["", "zh/"])
def test_a_slider_says_what_its_rate_gives(page: Page, base: str, prefix: str) -> None:
    page.goto(f"{base}{prefix}money/")
    slider = page.locator("#slider-one-pile")
    said = page.locator("#slider-one-pile-said")
    expect(said).to_contain_text("1,150" if not prefix else "1150")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("1,100" if not prefix else "1100")
    expect(said).to_contain_text("about $700 million" if not prefix else "约7亿美元")


def test_a_page_prints_without_its_furniture_and_with_source_addresses(
    page: Page, base: str
) -> None:
    page.goto(f"{base}figures/jobs-created/")
    page.emulate_media(media="print", color_scheme="dark")
    paper = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    for selector in (".pages", ".languages", ".copy__button >> nth=0", "button[data-colours]"):
        expect(page.locator(selector)).to_be_hidden()
    address = page.locator("a.source").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "jaynestars.com" in address
