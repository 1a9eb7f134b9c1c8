"""Small windows, large text and wide spacing lose nothing; fingers find every target."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.conftest import ARGUMENTS, chromium

SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
"""WCAG 2.2, success criterion 1.4.12."""

LOST = """() => {
  const said = []
  const wide = document.documentElement
  if (wide.scrollWidth > innerWidth + 1) said.push(`the page is ${wide.scrollWidth} wide in ${innerWidth}`)
  const cuts = (style) => /hidden|clip/.test(style.overflowX + style.overflowY)
  const scrolls = (style) => /auto|scroll/.test(style.overflowX + style.overflowY)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  while (walker.nextNode()) {
    const node = walker.currentNode
    const e = node.parentElement
    if (!node.textContent.trim() || e.closest('script, style, noscript, [hidden], .skip, option')) continue
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (!box.width) continue
    let inside = false
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up)
      if (scrolls(style)) { inside = true; break }
      const frame = up.getBoundingClientRect()
      if (cuts(style) && up.clientWidth && !up.closest('svg') && style.clipPath === 'none' &&
          (box.right > frame.right + 2 || box.bottom > frame.bottom + 2 || box.left < frame.left - 2))
        said.push(`cut: ${node.textContent.trim().slice(0, 40)} in ${up.className}`)
    }
    if (!inside && !e.closest('svg') && (box.right > innerWidth + 2 || box.left < -2))
      said.push(`outside: ${node.textContent.trim().slice(0, 40)} (${e.tagName}.${e.className})`)
  }
  for (const e of document.querySelectorAll('body *')) {
    if (!scrolls(getComputedStyle(e)) || e.scrollWidth <= e.clientWidth + 1) continue
    if (e.matches('nav.pages, nav.pages *')) continue  // links, each of which takes the focus
    const named = e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby') ?? '')
    if (e.matches('textarea, select')) continue
    if (e.tabIndex !== 0 || !e.hasAttribute('role') || !named)
      said.push(`scrolls without a name or the keyboard: ${e.tagName}.${e.className}#${e.id}`)
  }
  return said
}"""

TARGETS = """() => {
  const inline = (e) => {
    if (!e.matches('a')) return false
    // In a sentence, or in the run of one: other text stands beside it in its block (2.5.8, inline).
    const block = e.closest('p, li, td, th, dd, dt, figcaption, h1, h2, h3, summary, output, small') ?? e.parentElement
    return getComputedStyle(e).display === 'inline' &&
      block.textContent.trim().length > e.textContent.trim().length + 1
  }
  const seen = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 0 && !e.matches('.skip'))
  const boxes = seen.map((e) => ({ e, box: e.getBoundingClientRect() }))
  const small = boxes.filter(({ e, box }) => (box.width < 23.9 || box.height < 23.9) && !inline(e))
  const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2]
  const near = (one) => boxes.find((other) => {
    if (other.e === one.e || other.e.contains(one.e) || one.e.contains(other.e)) return false
    const [x, y] = middle(one)
    const { box } = other
    const dx = Math.max(box.left - x, 0, x - box.right)
    const dy = Math.max(box.top - y, 0, y - box.bottom)
    if (dx * dx + dy * dy < 12 * 12) return true
    if (!small.includes(other)) return false
    const [ox, oy] = middle(other)
    return Math.hypot(ox - x, oy - y) < 24
  })
  return small.filter(near).map(({ e, box }) =>
    `${e.tagName}.${e.className} ${Math.round(box.width)}x${Math.round(box.height)} ${e.textContent.trim().slice(0, 24)}`)
}"""


@pytest.fixture(scope="module")
def paths(built: Path) -> list[str]:
    """Every page but the error pages, which are served anywhere."""
    names = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    return [name.removesuffix("index.html") for name in names if not name.endswith("404.html")]


def opened(browser: Browser, width: int, height: int, style: str = "") -> Page:
    """A page of that size on which ``style`` lies above the site's own."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", bypass_csp=True
    )
    if style:
        context.add_init_script(
            "addEventListener('DOMContentLoaded', () => { const sheet = document.createElement('style');"
            f" sheet.textContent = `{style}`; document.head.append(sheet) }})"
        )
    return context.new_page()


def lost(page: Page, base: str, paths: list[str]) -> dict[str, Any]:
    """What each page loses in the window as it stands."""
    assert len(paths) > 50
    found: dict[str, Any] = {}
    for path in paths:
        page.goto(f"{base}{path}", wait_until="load")
        said = page.evaluate(LOST)
        if said:
            found[path] = said[:3]
    page.context.close()
    return found


def test_a_window_of_320_by_256_loses_nothing(
    browser: Browser, base: str, paths: list[str]
) -> None:
    assert lost(opened(browser, 320, 256), base, paths) == {}


def test_wide_spacing_loses_nothing(browser: Browser, base: str, paths: list[str]) -> None:
    assert lost(opened(browser, 320, 256, SPACING), base, paths[::3]) == {}


@pytest.mark.parametrize("width", [1280, 640, 390])
def test_text_of_twice_the_size_loses_nothing(
    browser: Browser, base: str, paths: list[str], width: int
) -> None:
    """The reader's own default size is doubled, as in a browser's settings."""
    large = browser.browser_type.launch(
        executable_path=chromium(), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    assert lost(opened(large, width, 800), base, paths[width // 320 % 3 :: 3]) == {}
    large.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_every_target_is_large_enough_or_stands_alone(
    browser: Browser, base: str, paths: list[str], width: int
) -> None:
    page = opened(browser, width, 800)
    found: dict[str, Any] = {}
    for path in paths[::2]:
        page.goto(f"{base}{path}", wait_until="load")
        said = page.evaluate(TARGETS)
        if said:
            found[path] = said[:4]
    assert found == {}
    page.context.close()


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ('<div style="width:900px">A very wide block of text</div>', "the page is"),
        ('<div style="overflow:hidden;height:1em"><br>Text that is cut off</div>', "cut:"),
        ('<div style="overflow:auto"><div style="width:900px">x</div></div>', "scrolls without"),
    ],
)
def test_what_is_lost_is_told(browser: Browser, base: str, planted: str, said: str) -> None:
    page = opened(browser, 320, 256)
    page.goto(f"{base}names/")
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('afterbegin', html)", planted
    )
    assert any(one.startswith(said) for one in page.evaluate(LOST))
    page.context.close()


def test_targets_that_crowd_are_told(browser: Browser, base: str) -> None:
    page = opened(browser, 320, 256)
    page.goto(f"{base}names/")
    crowd = '<div><button style="all:unset">a</button><button style="all:unset">b</button></div>'
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('afterbegin', html)", crowd
    )
    assert len(page.evaluate(TARGETS)) >= 2
    page.context.close()
