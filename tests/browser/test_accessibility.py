"""Every page for every reader: by axe, by keyboard, in forced colours, without motion, by ear."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import wake

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests/tools/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
SCHEMES = ("light", "dark")
WIDTHS = (1280, 320)
SHARES = 6
BOTH = pytest.mark.parametrize("prefix", ["", "zh/"], ids=["english", "chinese"])

RUN = """(tags) => axe.run({
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'] })"""

CONTRAST = """(selectors) => {
  // Colours of any notation become numbers through a canvas.
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const numbers = (colour) => {
    context.clearRect(0, 0, 1, 1); context.fillStyle = colour; context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
  const behind = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const back = numbers(getComputedStyle(up).backgroundColor)
      if (back[3] === 255) return back
    }
    return [255, 255, 255, 255]
  }
  return selectors.map((selector) => {
    const e = document.querySelector(selector)
    const style = getComputedStyle(e)
    const front = numbers(e instanceof SVGElement ? style.fill : style.color)
    const [one, other] = [light(front), light(behind(e))].sort((a, b) => b - a)
    return [selector, (one + 0.05) / (other + 0.05)]
  })
}"""
"""The contrast of a text with what stands behind it, reckoned from the computed colours."""

UNDECIDED = {
    "elmPartiallyObscured": "a menu that scrolls sideways shows part of its items",
    "elmPartiallyObscuring": "a card lies above the text",
    "imgNode": "a label inside a chart",
    "bgOverlap": "a label inside a chart, above its grid",
    "shortTextContent": "a number of one digit that names a point",
}
"""What axe leaves to people, and what it was each time; its contrast is reckoned here instead."""


def judge(page: Page, where: str) -> int:
    """Hold the page as it stands against axe; returns how many checks axe left to us."""
    found = page.evaluate(RUN, TAGS)
    told = [(v["id"], node["target"], where) for v in found["violations"] for node in v["nodes"]]
    assert told == []
    ours = []
    for left in found["incomplete"]:
        for node in left["nodes"]:
            data = [one["data"] for one in node["any"] if isinstance(one["data"], dict)]
            why = data[0].get("messageKey") if data else None
            assert left["id"] == "color-contrast", (left["id"], node["target"], where)
            assert why in UNDECIDED, (why, node["target"], where)
            ours.append(node["target"][0])
    for selector, ratio in page.evaluate(CONTRAST, ours):
        assert ratio >= 4.5, (selector, ratio, where)
    return len(ours)


@pytest.fixture(scope="session")
def everything(built: Path) -> list[str]:
    """The path of every page of the site, both languages and both at once."""
    found = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    return [name.removesuffix("index.html") for name in found]


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_on_any_page(
    browser: Browser, base: str, everything: list[str], share: int
) -> None:
    assert len(everything) > 150
    axe = AXE.read_text("utf-8")
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for path in everything[share::SHARES]:
        page.goto(f"{base}{path}")
        wake(page)
        page.evaluate(axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                judge(page, f"{path} {width} {scheme}")
    context.close()


def search(page: Page, base: str) -> None:
    page.goto(f"{base}search/?q=7700亿")
    wake(page)
    expect(page.locator(".results__list").first).to_be_visible()


def lens(page: Page, base: str) -> None:
    page.goto(f"{base}lens/")
    wake(page)
    page.locator("[data-use-example]").click()
    expect(page.locator(".lens-table")).to_be_visible()


def card(page: Page, base: str) -> None:
    page.goto(f"{base}money/")
    wake(page)
    page.locator("#f-korea-spend-five-years").focus()
    expect(page.locator(".card")).to_be_visible()


def peeks(page: Page, base: str) -> None:
    page.goto(f"{base}money/")
    wake(page)
    expect(page.locator(".peek").first).to_be_visible()
    for at in (0, 3, 4):
        page.locator(".peek").nth(at).click()
    expect(page.locator(".peeked > *")).to_have_count(3)
    page.evaluate("scrollTo(0, 0)")  # from under the bar that stays


def details(page: Page, base: str) -> None:
    page.goto(f"{base}figures/korea-spend-five-years/")
    wake(page)
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
    page.locator("select").first.select_option(index=1)


def filters(page: Page, base: str) -> None:
    page.goto(f"{base}figures/")
    wake(page)
    page.locator("select[name=status]").select_option("conflict")


STATES = (search, lens, card, peeks, details, filters)


@BOTH
@pytest.mark.parametrize("opened", STATES, ids=[state.__name__ for state in STATES])
def test_axe_finds_nothing_where_something_is_open(
    page: Page, base: str, prefix: str, opened: Callable[[Page, str], None]
) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            chosen: Any = scheme
            page.emulate_media(color_scheme=chosen, reduced_motion="reduce")
            opened(page, f"{base}{prefix}")
            page.evaluate(AXE.read_text("utf-8"))
            judge(page, f"{opened.__name__} {prefix} {width} {scheme}")


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("<img src='x.png'>", "image-alt"),
        ("<button></button>", "button-name"),
        ("<a href='#text' style='color:#999;background:#aaa'>pale</a>", "color-contrast"),
        ("<input type='text'>", "label"),
        ("<div role='nothing'>x</div>", "aria-roles"),
        ("<ul><div>x</div></ul>", "list"),
        ("<h6>too deep</h6>", "heading-order"),
    ],
)
def test_axe_tells_what_was_planted(browser: Browser, base: str, planted: str, rule: str) -> None:
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{base}names/")
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", planted
    )
    page.evaluate(AXE.read_text("utf-8"))
    assert rule in {violation["id"] for violation in page.evaluate(RUN, TAGS)["violations"]}
    page.close()


STOP = """() => {
  const e = document.activeElement
  if (e === document.body) return null
  const box = e.getBoundingClientRect()
  const line = e.getClientRects()[0]
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2
  const hit = document.elementFromPoint(
    middle(line.left, line.right, innerWidth), middle(line.top, line.bottom, innerHeight))
  const style = getComputedStyle(e)
  return {
    what: `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 30)}`,
    name: (e.getAttribute('aria-label') || e.textContent || e.title || e.labels?.[0]?.textContent || '').trim(),
    big: box.width > 0 && box.height > 0,
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: e === hit || e.contains(hit) || (hit?.contains(e) ?? false),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
  }
}"""


@BOTH
@pytest.mark.parametrize(
    "path", ["", "money/", "figures/", "figures/korea-spend-five-years/", "search/", "lens/"]
)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_reaches_everything_in_sight(
    page: Page, base: str, prefix: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{base}{prefix}{path}")
    wake(page)
    if path == "search/":  # begins in its field
        expect(page.locator(".ask__input")).to_be_focused()
        page.locator(".skip").focus()
    else:
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen: list[str] = []
    for _ in range(400):
        stop = page.evaluate(STOP)
        if stop is None or (seen and stop["what"].startswith("A skip")):
            break
        bad = [key for key in ("big", "inView", "uncovered", "outlined") if not stop[key]]
        assert not bad, (stop, bad)
        assert stop["name"], stop["what"]
        seen.append(stop["what"])
        page.keyboard.press("Tab")
    else:
        raise AssertionError("the keyboard never came to the end")
    assert len(seen) > 7


@BOTH
def test_the_skip_link_leads_to_the_text(page: Page, base: str, prefix: str) -> None:
    page.goto(f"{base}{prefix}money/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@BOTH
def test_nothing_moves_for_those_who_ask_for_stillness(
    browser: Browser, base: str, prefix: str
) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for path in ("", "money/", "figures/", "search/"):
        page.goto(f"{base}{prefix}{path}")
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((e) => {
              const s = getComputedStyle(e)
              const long = (value) => value.split(',').some((one) => parseFloat(one) > 0.01)
              return long(s.transitionDuration) || (s.animationName !== 'none' && long(s.animationDuration))
                || s.scrollBehavior === 'smooth'
            }).map((e) => e.tagName + '.' + e.className)"""
        )
        assert moving == []
        assert page.evaluate("document.getAnimations().length") == 0
    context.close()


@BOTH
def test_marks_and_states_survive_forced_colours(browser: Browser, base: str, prefix: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    for path in ("", "return/", "hit/", "money/", "figures/jobs-created/"):
        page.goto(f"{base}{prefix}{path}")
        canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
        faint = page.evaluate(
            """(canvas) => [...document.querySelectorAll('main svg :is(.mark, .shape, .stem)')]
              .filter((e) => e.getBoundingClientRect().width > 0)
              .filter((e) => { const s = getComputedStyle(e); return s.fill === canvas && s.stroke === canvas })
              .map((e) => e.outerHTML.slice(0, 90))""",
            canvas,
        )
        assert faint == []
        current = page.locator(".pages a[aria-current]").first
        if current.count():
            weight = current.evaluate("e => getComputedStyle(e).fontWeight")
            assert int(weight) >= 600
    context.close()


CJK = re.compile(r"[ぁ-ヿ㐀-鿿가-힣]")
LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]*(?: +[A-Za-z][A-Za-z’'-]*){3,}")
TEXTS = """() => {
  const found = []
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement
    if (e.closest('title, script, style, noscript, pre, code, textarea')) continue
    found.push([e.closest('[lang]').lang, walker.currentNode.textContent.trim()])
  }
  for (const e of document.querySelectorAll('[aria-label], [alt]'))
    found.push([e.closest('[lang]').lang, e.getAttribute('aria-label') || e.alt])
  return found.filter(([, text]) => text)
}"""


def test_words_of_another_language_say_which(page: Page, base: str, everything: list[str]) -> None:
    """A voice that reads aloud must know when to change its tongue; names are names anywhere."""
    looked = 0
    for path in everything:
        if path.endswith("404.html"):
            continue
        page.goto(f"{base}{path}", wait_until="domcontentloaded")
        for tag, text in page.evaluate(TEXTS):
            looked += 1
            if tag == "en":
                assert not CJK.search(text), (path, text)
            elif tag.startswith("zh"):
                assert not LATIN.search(text), (path, text)
    assert looked > 10_000
