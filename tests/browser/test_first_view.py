"""What a first view loads, that nothing moves, and that actions before the scripts are not lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from tests.browser.conftest import DIRECTIONS, enhance, new_context
from tests.commands import wait_for
from tests.weight.budget import BUDGETS, sort_of

SCRIPT = re.compile(r"/js/enhance\.js")


def test_a_first_view_asks_for_little_and_nothing_twice(
    browser: Browser, base: str, pages: list[str]
) -> None:
    asked: list[str] = []
    for path in pages:
        locale = "zh-CN" if path.startswith("zh/") else "en-GB"
        context = new_context(browser, locale=locale)
        page = context.new_page()
        asked.clear()
        context.on("request", lambda request: asked.append(request.url))
        page.goto(f"{base}{path}")
        # Browsers ask for the icon when they like.
        first = [url for url in asked if "/favicon." not in url]
        assert len(first) + 1 <= BUDGETS[sort_of(path)].requests, (path, asked)
        enhance(page)
        assert len(asked) == len(set(asked)), f"{path} fetched something twice"
        context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_on_a_slow_line(browser: Browser, base: str, width: int) -> None:
    context = new_context(browser, viewport={"width": width, "height": 800}, locale="en-GB")
    context.add_init_script("probes.watchShifts()")
    page = context.new_page()
    line = {"latency": 20, "downloadThroughput": 80_000, "uploadThroughput": 9_000}
    context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", line | {"offline": False}
    )
    for path in ("", "zh/", "figures/jobs-created/", "both/money/", "charts/one-pile/", "search/"):
        page.goto(f"{base}{path}")
        enhance(page)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shifts") == [], path
    context.close()


@pytest.fixture
def release(context: BrowserContext, page: Page) -> Callable[[], None]:
    """Hold back the scripts of the page; gives what lets them load once the page has asked."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route(SCRIPT, hold)

    def let_go() -> None:
        wait_for(lambda: bool(page.evaluate("1") and held))
        assert len(held) == 1, "the first action loads the scripts, once"
        held[0].continue_()
        context.unroute(SCRIPT)

    return let_go


NUMBER = "#f-korea-spend-five-years"
LISTED = "#figure-list > li:visible"
JOBS = "figures/jobs-created/"
CHINESE = ".languages a[hreflang='zh-Hans']"
SWITCHED = "html[lang=zh-Hans][data-awake] #implied-rate"
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
        (JOBS, "#english a[data-copy]", lambda e: e.click(), ".toast--shown", 1),
        (f"zh/{JOBS}", "[data-copies='copied-number']", lambda e: e.click(), ".toast--shown", 1),
        ("money/?ref=a#implied-rate", CHINESE, lambda e: e.click(), f"{SWITCHED}:target", 1),
    ],
)
def test_an_action_before_the_scripts_is_done_once_they_are_there(
    page: Page,
    base: str,
    release: Callable[[], None],
    path: str,
    control: str,
    act: Callable[[Locator], object],
    wanted: str,
    count: int,
) -> None:
    page.goto(f"{base}{path}")
    act(page.locator(control).first)
    release()
    expect(page.locator(wanted)).to_have_count(count)


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
