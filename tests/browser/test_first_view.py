"""A site that opens at once: what a first view loads, and that an early act is never lost."""

import re
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from tests.browser.conftest import Handler, clipboard, served, wake
from tests.weight.budget import BUDGETS, sort_of

BOTH = pytest.mark.parametrize("prefix", ["", "zh/"], ids=["english", "chinese"])
FIRST_VIEWS = (
    "",
    "money/",
    "figures/",
    "figures/korea-spend-five-years/",
    "figures/korea-spend-five-years/embed/",
    "charts/one-pile/",
    "names/",
    "sources/",
    "data/",
    "method/",
    "search/",
    "lens/",
    "no/such/page/",
)
SHIFTS = """() => {
  window.shifts = []
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
    .observe({ type: 'layout-shift', buffered: true })
}"""


def note(into: list[str], request: Request) -> None:
    into.append(request.url)


def quiet(page: Page) -> None:
    """Wait until nothing more comes by itself."""
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise((done) => setTimeout(done, 300))")


@BOTH
@pytest.mark.parametrize("width", [1280, 375])
def test_a_first_view_asks_for_little_and_nothing_moves(
    browser: Browser, base: str, prefix: str, width: int
) -> None:
    locale = "zh-CN" if prefix else "en-GB"
    for path in (*FIRST_VIEWS, "both/money/", "both/figures/jobs-created/"):
        address = path if path.startswith("both/") else f"{prefix}{path}"
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale, has_touch=width < 500
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", partial(note, asked))
        page.goto(f"{base}{address}")
        page.evaluate(SHIFTS)
        quiet(page)
        assert len(asked) == len(set(asked)), asked
        budget = BUDGETS[sort_of("404.html" if "no/such" in path else address)]
        # The icon comes when the browser likes.
        first = {url for url in asked if "/favicon." not in url}
        assert len(first) + 1 <= budget.requests, (address, asked)
        assert page.evaluate("window.shifts") == [], address
        if page.locator("script[src*=start]").count():
            wake(page)
            quiet(page)
            assert len(asked) == len(set(asked)), "something was fetched twice"
            moved = page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)")
            assert moved == 0, (address, moved)
        context.close()


class Trickling(Handler):
    """Sends every page in small pieces, as a bad line does."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        content = source.read()
        size = 700 if self.path.endswith("/") else len(content) or 1
        for start in range(0, len(content), size):
            outputfile.write(content[start : start + size])
            outputfile.flush()
            time.sleep(0.02)


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_while_a_page_trickles_in(
    browser: Browser, by_mkdocs: tuple[Path, int], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
    context.add_init_script(f"({SHIFTS})()")
    page = context.new_page()
    with served(by_mkdocs[0], Trickling) as base:
        for path in ("", "figures/jobs-created/", "both/money/"):
            page.goto(f"{base}{path}")
            quiet(page)
            assert page.evaluate("window.shifts") == [], path
            if not path.startswith("both"):
                page.goto(f"{base}zh/{path}")
                quiet(page)
                assert page.evaluate("window.shifts") == [], f"zh/{path}"
    context.close()


class Late:
    """The helps of a page, on their way until they are let go."""

    def __init__(self, context: BrowserContext) -> None:
        self.waiting: list[Route] = []
        self.gone = False
        context.route(re.compile(r"/assets/js/helps\."), self.hold)

    def hold(self, route: Route) -> None:
        if self.gone:
            route.continue_()
        else:
            self.waiting.append(route)

    def let_go(self, page: Page) -> None:
        """Let them come, once they were asked for, and wait until they are there."""
        for _ in range(1000):
            if self.waiting:
                break
            page.wait_for_timeout(20)
        assert len(self.waiting) == 1, "the helps are fetched once, with the first act"
        self.gone = True
        self.waiting[0].continue_()


@pytest.fixture
def late(context: BrowserContext) -> Late:
    return Late(context)


@BOTH
def test_colours_chosen_before_the_helps_come_change_once(
    page: Page, base: str, late: Late, prefix: str
) -> None:
    page.goto(f"{base}{prefix}money/")
    page.locator("button[data-colours]").click()
    assert page.locator("html").get_attribute("data-colours") is None
    late.let_go(page)
    expect(page.locator("html")).to_have_attribute("data-awake", "")
    expect(page.locator("html")).to_have_attribute("data-colours", "light")


@BOTH
@pytest.mark.parametrize(
    ("control", "ending"),
    [("#english a[data-copy]", "figures/jobs-created/#english"), ("#cite-bib", "}")],
    ids=["address", "text"],
)
def test_what_is_copied_before_the_helps_come_is_copied_once(
    page: Page, base: str, late: Late, prefix: str, control: str, ending: str
) -> None:
    page.goto(f"{base}{prefix}figures/jobs-created/")
    page.evaluate(
        """() => {
          const write = navigator.clipboard.writeText.bind(navigator.clipboard)
          window.copied = []
          navigator.clipboard.writeText = (text) => { window.copied.push(text); return write(text) }
        }"""
    )
    if control.startswith("#cite"):
        page.locator("#cite-more > summary").click()
        control = f"button[data-copies='{control[1:]}']"
    page.locator(control).click()
    late.let_go(page)
    text = clipboard(page)
    (copied,) = page.evaluate("window.copied")
    assert copied == text
    assert copied.strip().endswith(ending)
    assert page.url == f"{base}{prefix}figures/jobs-created/"


@pytest.mark.parametrize(("here", "there", "tag"), [("", "zh/", "zh-Hans"), ("zh/", "", "en")])
def test_a_switch_of_language_before_the_helps_come_keeps_anchor_and_query(
    page: Page, base: str, late: Late, here: str, there: str, tag: str
) -> None:
    page.goto(f"{base}{here}money/?ref=a%20b#implied-rate")
    went: list[str] = []
    page.on("framenavigated", lambda frame: went.append(frame.url))
    page.locator(f".languages a[hreflang='{tag}']").click()
    late.let_go(page)
    expect(page).to_have_url(f"{base}{there}money/?ref=a%20b#implied-rate")
    assert went == [f"{base}{there}money/?ref=a%20b#implied-rate"]


@BOTH
def test_a_currency_chosen_before_the_helps_come_is_shown(
    page: Page, base: str, late: Late, prefix: str
) -> None:
    page.goto(f"{base}{prefix}figures/korea-spend-five-years/")
    page.locator("[data-side-currency]").select_option("KRW")
    late.let_go(page)
    expect(page.locator("#side tbody td:visible")).to_have_count(3)
    expect(page.locator("[data-side-currency]")).to_have_value("KRW")


@BOTH
def test_filters_chosen_before_the_helps_come_are_applied(
    page: Page, base: str, late: Late, prefix: str
) -> None:
    page.goto(f"{base}{prefix}figures/")
    page.locator("select[name=status]").select_option("conflict")
    page.locator("select[name=sort]").select_option("name")
    late.let_go(page)
    shown = page.locator("#figure-list > li:visible")
    expect(shown).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?status=conflict&sort=name$"))


@BOTH
def test_a_number_typed_before_the_helps_come_is_looked_up(
    page: Page, base: str, late: Late, prefix: str
) -> None:
    page.goto(f"{base}{prefix}figures/")
    page.locator("input[name=number]").press_sequentially("7700亿")
    late.let_go(page)
    expect(page.locator("#figure-list > li:visible")).to_have_count(1)
    expect(page.locator("input[name=number]")).to_have_value("7700亿")


@BOTH
def test_a_slider_moved_before_the_helps_come_says_where_it_stands(
    page: Page, base: str, late: Late, prefix: str
) -> None:
    page.goto(f"{base}{prefix}money/")
    page.locator("#slider-one-pile").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    late.let_go(page)
    said = "about $700 million" if not prefix else "约7亿美元"
    expect(page.locator("#slider-one-pile-said")).to_contain_text(said)


@BOTH
def test_the_key_of_the_search_works_before_the_helps_come(
    page: Page, base: str, late: Late, prefix: str
) -> None:
    page.goto(f"{base}{prefix}money/")
    page.keyboard.press("/")
    late.let_go(page)
    expect(page).to_have_url(f"{base}{prefix}search/")


@pytest.mark.parametrize("way", ["pointer", "keyboard"])
def test_a_card_opens_for_a_number_reached_before_the_helps_come(
    page: Page, base: str, late: Late, way: str
) -> None:
    page.goto(f"{base}money/")
    link = page.locator("#f-korea-spend-five-years")
    if way == "pointer":
        link.hover()
    else:
        page.keyboard.press("Tab")
        link.focus()
    late.let_go(page)
    expect(page.locator(".card q")).to_have_text("nearly $700 million US dollars")


@BOTH
def test_links_lead_where_they_lead_if_the_helps_never_come(
    browser: Browser, base: str, prefix: str
) -> None:
    context = browser.new_context()
    context.route(re.compile(r"/assets/js/helps\."), lambda route: route.abort())
    page = context.new_page()
    other = "" if prefix else "zh/"
    page.goto(f"{base}{prefix}money/")
    page.locator("a[data-switch][hreflang]:not([aria-current])").first.click()
    expect(page).to_have_url(f"{base}{other}money/")
    page.goto(f"{base}{prefix}figures/jobs-created/")
    page.locator("#english a[data-copy]").click()
    expect(page).to_have_url(f"{base}{prefix}figures/jobs-created/#english")
    context.close()


def test_the_place_is_kept_from_the_very_first_click(page: Page, base: str, late: Late) -> None:
    top = "document.getElementById('implied-rate').getBoundingClientRect().top"
    page.goto(f"{base}money/")
    page.evaluate(f"scrollBy({{ top: {top} - 60, behavior: 'instant' }})")
    before = page.evaluate(top)
    # By its place: Playwright would scroll to it first.
    box = page.locator(".languages a[hreflang='zh-Hans']").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    late.let_go(page)
    expect(page).to_have_url(f"{base}zh/money/")
    expect(page.locator("html")).to_have_attribute("data-awake", "")
    assert abs(page.evaluate(top) - before) <= 2
