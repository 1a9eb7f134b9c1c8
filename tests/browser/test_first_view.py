"""What a first view loads, that nothing moves, and that actions before the scripts are not lost."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    Route,
    expect,
)
from tests.browser.conftest import BOTH, DIRECTIONS, TAGS, enhance, new_context
from tests.commands import wait_for
from tests.weight.budget import BUDGETS, sort_of

SCRIPT = re.compile(r"/js/enhance\.js")


def note(into: list[str], request: Request) -> None:
    into.append(request.url)


def test_a_first_view_asks_for_little_and_nothing_twice(
    browser: Browser, base: str, pages: list[str]
) -> None:
    for path in pages:
        locale = "zh-CN" if path.startswith("zh/") else "en-GB"
        context = new_context(browser, locale=locale)
        page = context.new_page()
        asked: list[str] = []
        context.on("request", partial(note, asked))
        page.goto(f"{base}{path}")
        # Browsers ask for the icon when they like.
        first = [url for url in asked if "/favicon." not in url]
        assert len(first) + 1 <= BUDGETS[sort_of(path)].requests, (path, asked)
        enhance(page)
        page.wait_for_load_state("networkidle")
        assert len(asked) == len(set(asked)), f"{path} fetched something twice"
        context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_on_a_slow_line(browser: Browser, base: str, width: int) -> None:
    context = new_context(browser, viewport={"width": width, "height": 800}, locale="en-GB")
    context.add_init_script("probes.watchShifts()")
    page = context.new_page()
    line = {
        "offline": False,
        "latency": 20,
        "downloadThroughput": 80_000,
        "uploadThroughput": 9_000,
    }
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    for path in ("", "zh/", "figures/jobs-created/", "both/money/", "charts/one-pile/", "search/"):
        page.goto(f"{base}{path}")
        enhance(page)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifts") == [], path
    context.close()


class Late:
    """Holds the scripts of a page back until a test releases them."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        self.released = False
        context.route(SCRIPT, self.hold)

    def hold(self, route: Route) -> None:
        if self.released:
            route.continue_()
        else:
            self.held.append(route)

    def release(self) -> None:
        """Let the scripts load, once the page has asked for them."""
        wait_for(lambda: bool(self.page.evaluate("1") and self.held))
        assert len(self.held) == 1, "the first action loads the scripts, once"
        self.released = True
        self.held[0].continue_()


@pytest.fixture
def late(context: BrowserContext, page: Page) -> Late:
    return Late(context, page)


NUMBER = "#f-korea-spend-five-years"
LISTED = "#figure-list > li:visible"
SIDE = "zh/figures/korea-spend-five-years/#side"
SLIDER = "#slider-one-pile"
MEANING = f"{SLIDER}-said:text-matches('about .700 million|约7亿美元')"


def move_left(slider: Locator) -> None:
    for _ in range(5):
        slider.press("ArrowLeft")


@pytest.mark.parametrize(
    ("path", "control", "act", "wanted", "count"),
    [
        ("money/", ".colours", lambda e: e.click(), "html[data-colours='light']", 1),
        (SIDE, "[data-side-currency]", lambda e: e.select_option("KRW"), "#side td:visible", 3),
        ("figures/", "[name=status]", lambda e: e.select_option("conflict"), LISTED, 2),
        ("zh/figures/", "[name=number]", lambda e: e.press_sequentially("7700亿"), LISTED, 1),
        ("money/#fold-rates", SLIDER, move_left, MEANING, 1),
        ("zh/money/#fold-rates", SLIDER, move_left, MEANING, 1),
        ("zh/money/", "body", lambda e: e.press("/"), "html[lang=zh-Hans] #query", 1),
        ("money/", NUMBER, lambda e: e.hover(), ".card q:visible", 1),
        ("money/", NUMBER, lambda e: e.press("Shift"), ".card q:visible", 1),
    ],
)
def test_an_action_before_the_scripts_is_done_once_they_are_there(
    page: Page,
    base: str,
    late: Late,
    path: str,
    control: str,
    act: Callable[[Locator], object],
    wanted: str,
    count: int,
) -> None:
    page.goto(f"{base}{path}")
    act(page.locator(control).first)
    late.release()
    expect(page.locator(wanted)).to_have_count(count)


@BOTH
@pytest.mark.parametrize(
    ("control", "ending"),
    [("#english a[data-copy]", "figures/jobs-created/#english"), ("button[data-copies='copied-number']", "/")],
    ids=["address", "text"],
)  # fmt: skip
def test_what_is_copied_before_the_scripts_is_copied_once(
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
    page.locator(control).click()
    late.release()
    expect(page.locator("[data-toast]")).to_have_class(re.compile("toast--shown"))
    (copied,) = page.evaluate("window.copied")
    assert copied.strip().endswith(ending)
    anchor = "#english" if control.startswith("#english") else ""
    assert page.url == f"{base}{prefix}figures/jobs-created/{anchor}"


@DIRECTIONS
def test_a_switch_before_the_scripts_keeps_anchor_query_and_place(
    page: Page, base: str, late: Late, here: str, there: str
) -> None:
    top = "document.getElementById('implied-rate').getBoundingClientRect().top"
    page.goto(f"{base}{here}money/?ref=a%20b#implied-rate")
    page.evaluate(f"scrollBy({{ top: {top} - 60, behavior: 'instant' }})")
    before = page.evaluate(top)
    went: list[str] = []
    page.on("framenavigated", lambda frame: went.append(frame.url))
    # By its place: Playwright would scroll to it first.
    box = page.locator(f".languages a[hreflang='{TAGS[there]}']").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    late.release()
    expect(page).to_have_url(f"{base}{there}money/?ref=a%20b#implied-rate")
    expect(page.locator("html")).to_have_attribute("data-awake", "")
    assert went == [f"{base}{there}money/?ref=a%20b#implied-rate"]
    page.wait_for_function(f"() => Math.abs({top} - {before}) <= 2")


@DIRECTIONS
def test_links_work_if_the_scripts_never_load(
    browser: Browser, base: str, here: str, there: str
) -> None:
    context = browser.new_context()
    context.route(SCRIPT, lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{base}{here}money/")
    page.locator("a[data-switch][hreflang]:not([aria-current])").first.click()
    expect(page).to_have_url(f"{base}{there}money/")
    page.goto(f"{base}{here}figures/jobs-created/")
    page.locator("#english a[data-copy]").click()
    expect(page).to_have_url(f"{base}{here}figures/jobs-created/#english")
    context.close()
