"""Small windows, large text and wide spacing lose nothing; embeds fit their frames."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import new_context
from tests.conftest import ARGUMENTS, tool

from explainer.data import Dataset

SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
"""WCAG 2.2, success criterion 1.4.12."""


def open_page(browser: Browser, width: int, height: int) -> Page:
    """A page of that size."""
    size = {"width": width, "height": height}
    context = new_context(browser, viewport=size, reduced_motion="reduce", bypass_csp=True)
    return context.new_page()


def losses(page: Page, base: str, pages: list[str], style: str = "") -> dict[str, Any]:
    """What is lost, by page, when ``style`` lies above the site's own.

    The error pages are left to the host's own address.
    """
    found: dict[str, Any] = {}
    for path in pages:
        if not path.endswith("404.html"):
            page.goto(f"{base}{path}")
            if style:
                page.add_style_tag(content=style)
            if said := page.evaluate("probes.lost()"):
                found[path] = said[:3]
    page.context.close()
    return found


@pytest.mark.parametrize(
    ("width", "height", "style"),
    [(320, 256, ""), (320, 256, SPACING), pytest.param(375, 800, "", marks=pytest.mark.full)],
    ids=["400 %", "spacing", "phone"],
)
def test_narrow_windows_and_wide_spacing_lose_nothing(
    browser: Browser, base: str, pages: list[str], width: int, height: int, style: str
) -> None:
    assert losses(open_page(browser, width, height), base, pages, style) == {}


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[Browser]:
    """A browser whose reader has doubled the default size of text."""
    started = browser.browser_type.launch(
        executable_path=tool("CHROMIUM"), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield started
    started.close()


@pytest.mark.parametrize("width", [1280, pytest.param(640, marks=pytest.mark.full), 390])
def test_text_of_twice_the_size_loses_nothing(
    large: Browser, base: str, pages: list[str], width: int
) -> None:
    assert losses(open_page(large, width, 800), base, pages) == {}


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ('<div style="width:900px">A very wide block of text</div>', "the page is"),
        ('<div style="overflow:hidden;height:1em"><br>Text cut off</div>', "cut:"),
        ('<div style="overflow:auto"><div style="width:900px">x</div></div>', "scrolls without"),
    ],
)
def test_planted_faults_are_reported(browser: Browser, base: str, planted: str, said: str) -> None:
    page = open_page(browser, 320, 256)
    page.goto(f"{base}names/")
    page.evaluate("html => probes.plant(html, 'afterbegin')", planted)
    assert any(one.startswith(said) for one in page.evaluate("probes.lost()"))
    page.context.close()


def test_embeds_fit_the_frame_that_their_code_asks_for(
    page: Page, base: str, dataset: Dataset
) -> None:
    page.goto(f"{base}figures/jobs-created/")
    code = page.locator("#embed-code").text_content() or ""
    width, height = (int(code.split(f'{name}="')[1].split('"')[0]) for name in ("width", "height"))
    page.set_viewport_size({"width": width, "height": height})
    for figure in dataset.figures:
        for prefix in ("", "zh/"):
            page.goto(f"{base}{prefix}figures/{figure}/embed/")
            size = page.evaluate(
                "[document.body.scrollWidth, document.documentElement.scrollHeight]"
            )
            assert size[0] <= width, figure
            assert size[1] <= height, figure
