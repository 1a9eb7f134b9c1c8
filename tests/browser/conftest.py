"""A real browser on the built site, served below a sub-path like many hosts do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from tests.commands import wait_for
from tests.conftest import ADDRESS, page_names, parse
from tests.serving import serve

PROBES = Path(__file__).with_name("probes.js")
BOTH = pytest.mark.parametrize("prefix", ["", "zh/"], ids=["english", "chinese"])
DIRECTIONS = pytest.mark.parametrize(
    ("here", "there"), [("", "zh/"), ("zh/", "")], ids=["english", "chinese"]
)
TAGS = {"": "en", "zh/": "zh-Hans"}

KINDS = {
    "home": "",
    "story": "money/",
    "figure": "figures/korea-spend-five-years/",
    "chart": "charts/one-pile/",
    "index": "figures/",
    "names": "names/",
    "search": "search/",
    "lens": "lens/",
}
"""One page of each kind in one language, below the language's root."""
RETIRED = "//meta[@name='robots']"
OTHER_KINDS = ("both/money/", "figures/jobs-created/embed/", "404.html")
"""And one of each kind that has a layout of its own."""


@pytest.fixture(params=["sample", pytest.param("every page", marks=pytest.mark.full)])
def pages(request: pytest.FixtureRequest, built: Path) -> list[str]:
    """Addresses below the root: a page of each kind, or, under ``full``, every page."""
    if request.param == "sample":
        zh = [f"zh/{KINDS[kind]}" for kind in ("home", "story", "figure")]
        return [*KINDS.values(), *zh, *OTHER_KINDS]
    return page_names(built)


@pytest.fixture(params=["sample", pytest.param("every page", marks=pytest.mark.full)])
def pairs(request: pytest.FixtureRequest, built: Path) -> list[str]:
    """Addresses of pages that stand in both languages, below a language's root."""
    if request.param == "sample":
        return [KINDS[kind] for kind in ("home", "story", "figure", "chart", "index", "search")]
    every = [name.removeprefix("both/") for name in page_names(built) if name.startswith("both/")]
    # What is retired has no other language to switch to, only the page that took its place.
    return [name for name in every if not parse(built / name / "index.html").xpath(RETIRED)]


@pytest.fixture(scope="session")
def base(built: Path) -> Iterator[str]:
    """The address at which the built site is served."""
    with serve(built) as address:
        yield address


def enhance(page: Page) -> None:
    """Move the pointer, as readers do, and wait until the scripts that it loads have run."""
    if page.locator("script[src]").count():
        page.mouse.move(1, 1)
        page.mouse.move(2, 2)
        page.wait_for_selector("html[data-awake]", state="attached")


def copy(page: Page, control: str) -> str:
    """Click a control that copies; gives the text that it put on the clipboard."""
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator(control).click()
    text: list[str] = []

    def is_copied() -> bool:
        text[:] = [page.evaluate("navigator.clipboard.readText()")]
        return text != [""]

    wait_for(is_copied)
    return text[0]


def serve_address(context: BrowserContext, base: str) -> None:
    """Answer requests for the address that the site was built for from ``base``."""

    def answer(route: Route) -> None:
        url = route.request.url.replace(ADDRESS, base)
        route.fulfill(response=route.fetch(url=url))

    context.route(f"{ADDRESS}**", answer)


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A fresh context whose pages hold ``window.probes``."""
    context = browser.new_context(**options)
    context.add_init_script(path=PROBES)
    return context


@pytest.fixture
def context(browser: Browser, base: str) -> Iterator[BrowserContext]:
    """A fresh context that may use the clipboard and fails on anything that went wrong.

    Requests to another host, failed requests, answers of 400 and above, script errors, and
    whatever the security policy refused; every file comes with the headers of a real host.
    """
    fresh = new_context(browser, viewport={"width": 1280, "height": 800})
    fresh.grant_permissions(["clipboard-read", "clipboard-write"])
    wrong: list[str] = []

    def note(is_wrong: bool, what: str) -> None:
        if is_wrong:
            wrong.append(what)

    fresh.on(
        "request", lambda r: note(not r.url.startswith((base, ADDRESS)), f"elsewhere: {r.url}")
    )
    fresh.on("response", lambda r: note(r.status >= 400, f"{r.status}: {r.url}"))
    # Leaving a page before its icon has arrived is no error.
    fresh.on(
        "requestfailed",
        lambda r: note(r.failure != "net::ERR_ABORTED", f"failed: {r.url} {r.failure}"),
    )
    fresh.on("console", lambda m: note("Security Policy" in m.text, f"policy: {m.text}"))
    fresh.on("weberror", lambda error: note(True, f"script: {error.error}"))
    yield fresh
    fresh.close()
    assert wrong == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh page."""
    return context.new_page()
