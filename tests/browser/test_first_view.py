"""What a first view loads, that nothing moves, and that actions before the scripts are not lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.browser.conftest import BOTH, DIRECTIONS, TAGS, enhance
from tests.commands import wait_for
from tests.weight.budget import BUDGETS, sort_of

SHIFTS = """() => {
  window.shifts = []
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value)))
    .observe({ type: 'layout-shift', buffered: true })
}"""
SCRIPT = re.compile(r"/assets/js/enhance\.")


@pytest.mark.parametrize("width", [1280, pytest.param(375, marks=pytest.mark.full)])
def test_a_first_view_asks_for_little_and_nothing_moves(
    browser: Browser, base: str, pages: list[str], width: int
) -> None:
    for path in pages:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            locale="zh-CN" if path.startswith("zh/") else "en-GB",
            has_touch=width < 500,
        )
        page = context.new_page()
        asked: list[str] = []
        context.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{base}{path}")
        page.evaluate(SHIFTS)
        page.wait_for_load_state("networkidle")
        # Browsers ask for the icon when they like.
        first = [url for url in asked if "/favicon." not in url]
        assert len(first) + 1 <= BUDGETS[sort_of(path)].requests, (path, asked)
        enhance(page)
        page.wait_for_load_state("networkidle")
        assert len(asked) == len(set(asked)), f"{path} fetched something twice"
        assert page.evaluate("window.shifts.reduce((sum, one) => sum + one, 0)") == 0, path
        context.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_moves_on_a_slow_line(browser: Browser, base: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
    context.add_init_script(f"({SHIFTS})()")
    page = context.new_page()
    line = {
        "offline": False,
        "latency": 20,
        "downloadThroughput": 80_000,
        "uploadThroughput": 9_000,
    }
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
    for path in ("", "zh/", "figures/jobs-created/", "both/money/"):
        page.goto(f"{base}{path}", wait_until="networkidle")
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


def choose_colours(page: Page) -> None:
    page.locator("button[data-colours]").click()
    assert page.locator("html").get_attribute("data-colours") is None


def colours_are_light(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("data-awake", "")
    expect(page.locator("html")).to_have_attribute("data-colours", "light")


def choose_currency(page: Page) -> None:
    page.locator("[data-side-currency]").select_option("KRW")


def one_currency_is_shown(page: Page) -> None:
    expect(page.locator("#side tbody td:visible")).to_have_count(3)
    expect(page.locator("[data-side-currency]")).to_have_value("KRW")


def choose_filters(page: Page) -> None:
    page.locator("select[name=status]").select_option("conflict")
    page.locator("select[name=sort]").select_option("name")


def filters_are_applied(page: Page) -> None:
    expect(page.locator("#figure-list > li:visible")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?status=conflict&sort=name$"))


def type_number(page: Page) -> None:
    page.locator("input[name=number]").press_sequentially("7700亿")


def number_is_found(page: Page) -> None:
    expect(page.locator("#figure-list > li:visible")).to_have_count(1)
    expect(page.locator("input[name=number]")).to_have_value("7700亿")


def move_slider(page: Page) -> None:
    page.locator("#slider-one-pile").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")


def slider_says_its_meaning(page: Page) -> None:
    expect(page.locator("#slider-one-pile-said")).to_contain_text(
        re.compile("about .700 million|约7亿美元")
    )


def press_search_key(page: Page) -> None:
    page.keyboard.press("/")


def search_is_open(page: Page) -> None:
    expect(page).to_have_url(re.compile("/search/$"))


def point_at_number(page: Page) -> None:
    page.locator("#f-korea-spend-five-years").hover()


def focus_number(page: Page) -> None:
    page.keyboard.press("Tab")
    page.locator("#f-korea-spend-five-years").focus()


def card_is_open(page: Page) -> None:
    expect(page.locator(".card q")).to_have_text("nearly $700 million US dollars")


Act = Callable[[Page], None]


@pytest.mark.parametrize(
    ("path", "act", "happened"),
    [
        ("money/", choose_colours, colours_are_light),
        ("zh/figures/korea-spend-five-years/", choose_currency, one_currency_is_shown),
        ("figures/", choose_filters, filters_are_applied),
        ("zh/figures/", type_number, number_is_found),
        ("money/", move_slider, slider_says_its_meaning),
        ("zh/money/", move_slider, slider_says_its_meaning),
        ("zh/money/", press_search_key, search_is_open),
        ("money/", point_at_number, card_is_open),
        ("money/", focus_number, card_is_open),
    ],
)
def test_an_action_before_the_scripts_is_done_once_they_are_there(
    page: Page, base: str, late: Late, path: str, act: Act, happened: Act
) -> None:
    page.goto(f"{base}{path}")
    act(page)
    late.release()
    happened(page)


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
    assert page.url == f"{base}{prefix}figures/jobs-created/"


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
