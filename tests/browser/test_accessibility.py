"""Pages for every reader: axe, keyboard, forced colours, reduced motion, contrast, languages."""

import io
import math
import re
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import BOTH, enhance

from explainer.data import Dataset

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "tests/tools/node_modules/axe-core/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (1280, 375)
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

RUN = """(tags) => axe.run({
  runOnly: { type: 'tag', values: tags }, resultTypes: ['violations', 'incomplete'] })"""

COLOURS = """
  // Colours of any notation become numbers through a canvas.
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const numbers = (colour) => {
    context.clearRect(0, 0, 1, 1); context.fillStyle = colour; context.fillRect(0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data]
  }
  const light = (rgb) => rgb.slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0)
  const contrast = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a)
    return (high + 0.05) / (low + 0.05)
  }
  const behind = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const back = numbers(getComputedStyle(up).backgroundColor)
      if (back[3] === 255) return back
    }
    return [255, 255, 255, 255]
  }
  const laid = (front, back, opacity) => {
    const share = opacity * front[3] / 255
    return front.slice(0, 3).map((part, at) => share * part + (1 - share) * back[at])
  }
  const visible = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 0
"""
"""Contrast as WCAG 2.2 defines it, and the background behind an element."""

TEXT = f"""(selectors) => {{ {COLOURS}
  return selectors.map((selector) => {{
    const e = document.querySelector(selector)
    const style = getComputedStyle(e)
    const front = numbers(e instanceof SVGElement ? style.fill : style.color)
    return [selector, contrast(front, behind(e))]
  }})
}}"""

UNDECIDED = {
    "elmPartiallyObscured": "a menu that scrolls sideways shows part of its items",
    "elmPartiallyObscuring": "a card lies above the text",
    "imgNode": "a label inside a chart",
    "bgOverlap": "a label inside a chart, above its grid",
    "shortTextContent": "a number of one digit that names a point",
}
"""The contrasts that axe leaves to people, by axe's reason; the tests compute them."""


def check_with_axe(page: Page, where: str) -> None:
    """Hold the page as it stands against axe, and compute the contrasts that axe leaves open."""
    found = page.evaluate(RUN, TAGS)
    assert [(v["id"], n["target"], where) for v in found["violations"] for n in v["nodes"]] == []
    left = []
    for check in found["incomplete"]:
        for node in check["nodes"]:
            data = [one["data"] for one in node["any"] if isinstance(one["data"], dict)]
            why = data[0].get("messageKey") if data else None
            assert check["id"] == "color-contrast", (check["id"], node["target"], where)
            assert why in UNDECIDED, (why, node["target"], where)
            left.append(node["target"][0])
    assert [one for one in page.evaluate(TEXT, left) if one[1] < 4.5] == [], where


SETTINGS = [f"{width} {scheme}" for width in WIDTHS for scheme in ("light", "dark")]


def choose(page: Page, setting: str) -> None:
    """Set the width and the colour scheme ("375 dark")."""
    width, scheme = setting.split()
    chosen: Any = scheme
    page.set_viewport_size({"width": int(width), "height": 800})
    page.emulate_media(color_scheme=chosen, reduced_motion="reduce")


def test_axe_finds_nothing(page: Page, base: str, pages: list[str]) -> None:
    for path in pages:
        page.goto(f"{base}{path}")
        enhance(page)
        page.evaluate(AXE)
        for setting in SETTINGS:
            choose(page, setting)
            check_with_axe(page, f"{path} {setting}")


def open_search(page: Page, base: str) -> None:
    page.goto(f"{base}search/?q=7700亿")
    enhance(page)
    expect(page.locator(".results__list").first).to_be_visible()


def open_lens(page: Page, base: str) -> None:
    page.goto(f"{base}lens/")
    enhance(page)
    page.locator("[data-use-example]").click()
    expect(page.locator(".lens-table")).to_be_visible()


def open_card_and_translations(page: Page, base: str) -> None:
    page.goto(f"{base}money/")
    enhance(page)
    for at in (0, 3, 4):
        page.locator(".peek").nth(at).click()
    expect(page.locator(".peeked > *")).to_have_count(3)
    page.evaluate("scrollTo(0, 0)")
    page.locator("#f-korea-spend-five-years").hover()
    expect(page.locator(".card")).to_be_visible()


def open_details(page: Page, base: str) -> None:
    page.goto(f"{base}figures/korea-spend-five-years/")
    enhance(page)
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
    page.locator("select").first.select_option(index=1)


STATES = (open_search, open_lens, open_card_and_translations, open_details)


@pytest.mark.parametrize("prefix", ["", pytest.param("zh/", marks=pytest.mark.full)])
@pytest.mark.parametrize("opened", STATES, ids=[state.__name__ for state in STATES])
def test_axe_finds_nothing_in_open_parts(
    page: Page, base: str, prefix: str, opened: Callable[[Page, str], None]
) -> None:
    for setting in ("1280 light", "375 dark"):
        choose(page, setting)
        opened(page, f"{base}{prefix}")
        page.evaluate(AXE)
        check_with_axe(page, f"{opened.__name__} {prefix} {setting}")


def test_axe_reports_planted_faults(browser: Browser, base: str) -> None:
    planted: Mapping[str, str] = {
        "image-alt": "<img src='x.png'>",
        "button-name": "<button></button>",
        "color-contrast": "<a href='#text' style='color:#999;background:#aaa'>pale</a>",
        "label": "<input type='text'>",
        "aria-roles": "<div role='nothing'>x</div>",
        "list": "<ul><div>x</div></ul>",
        "heading-order": "<h6>too deep</h6>",
        "target-size": "<div><button style='all:unset'>a</button><button style='all:unset'>b</button></div>",
    }
    page = browser.new_page(bypass_csp=True)
    page.goto(f"{base}names/")
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)",
        "".join(planted.values()),
    )
    page.evaluate(AXE)
    found = {violation["id"] for violation in page.evaluate(RUN, TAGS)["violations"]}
    assert planted.keys() - found == set()
    page.close()


STOP = f"""() => {{ {COLOURS}
  const e = document.activeElement
  if (e === document.body) return null
  const box = e.getBoundingClientRect()
  const line = e.getClientRects()[0]
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2
  const hit = document.elementFromPoint(
    middle(line.left, line.right, innerWidth), middle(line.top, line.bottom, innerHeight))
  const style = getComputedStyle(e)
  const ring = behind(parseFloat(style.outlineOffset) >= 0 ? e.parentElement : e)
  return {{
    what: `${{e.tagName}} ${{e.className}} ${{e.textContent.trim().slice(0, 30)}}`,
    named: (e.getAttribute('aria-label') || e.textContent || e.title || e.labels?.[0]?.textContent || '').trim() !== '',
    big: box.width > 0 && box.height > 0,
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: e === hit || e.contains(hit) || (hit?.contains(e) ?? false),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    contrast: contrast(numbers(style.outlineColor), ring) >= 3,
  }}
}}"""


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [
        ("", 1280, "dark"),
        ("zh/money/", 375, "light"),
        ("figures/", 375, "dark"),
        ("figures/korea-spend-five-years/", 1280, "light"),
        ("zh/lens/", 1280, "dark"),
    ],
)
def test_the_keyboard_reaches_every_control_and_shows_where_it_is(
    page: Page, base: str, path: str, width: int, scheme: str
) -> None:
    choose(page, f"{width} {scheme}")
    page.goto(f"{base}{path}")
    enhance(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen: list[str] = []
    for _ in range(400):
        stop = page.evaluate(STOP)
        if stop is None or (seen and stop["what"].startswith("A skip")):
            break
        assert [key for key, holds in stop.items() if not holds] == [], stop
        seen.append(stop["what"])
        page.keyboard.press("Tab")
    else:
        raise AssertionError("the keyboard never came to the end")
    assert len(seen) > 7


@BOTH
def test_the_skip_link_leads_to_the_text(page: Page, base: str, prefix: str) -> None:
    """From there at most three stops lead to the first number, beside the translation buttons."""
    page.goto(f"{base}{prefix}money/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    stops = 0
    while not page.evaluate("document.activeElement.matches('main .fig')"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        stops += not page.evaluate("document.activeElement.matches('.peek')")
        assert stops <= 3


def test_nothing_moves_with_reduced_motion(page: Page, base: str, pages: list[str]) -> None:
    page.emulate_media(reduced_motion="reduce")
    for path in pages:
        page.goto(f"{base}{path}")
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter((e) => {
              const s = getComputedStyle(e)
              const long = (value) => value.split(',').some((one) => parseFloat(one) > 0.01)
              return long(s.transitionDuration) || (s.animationName !== 'none' && long(s.animationDuration))
                || s.scrollBehavior === 'smooth'
            }).map((e) => e.tagName + '.' + e.className)"""
        )
        assert moving == [], path
        assert page.evaluate("document.getAnimations().length") == 0


def test_marks_and_the_current_page_survive_forced_colours(
    page: Page, base: str, pages: list[str]
) -> None:
    page.emulate_media(forced_colors="active")
    for path in pages:
        page.goto(f"{base}{path}")
        faint = page.evaluate(
            """() => { const canvas = getComputedStyle(document.body).backgroundColor
              return [...document.querySelectorAll('main svg :is(.mark, .shape, .stem)')]
              .filter((e) => e.getBoundingClientRect().width > 0)
              .filter((e) => { const s = getComputedStyle(e); return s.fill === canvas && s.stroke === canvas })
              .map((e) => e.outerHTML.slice(0, 90)) }"""
        )
        assert faint == [], path
        current = page.locator(".pages a[aria-current]").first
        if current.count():
            assert int(current.evaluate("e => getComputedStyle(e).fontWeight")) >= 600


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


def test_texts_of_another_language_are_tagged(page: Page, base: str, pages: list[str]) -> None:
    """Screen readers change their voice by the tag. Short names may stand in any language."""
    for path in pages:
        if path.endswith("404.html"):
            continue
        page.goto(f"{base}{path}", wait_until="domcontentloaded")
        texts = page.evaluate(TEXTS)
        assert len(texts) > 5, path
        for tag, text in texts:
            foreign = CJK if tag == "en" else LATIN if tag.startswith("zh") else None
            assert not (foreign and foreign.search(text)), (path, tag, text)


def spoken_figures(page: Page) -> list[tuple[str, str]]:
    """Name and description of every figure in the accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()

    def value(node: dict[str, Any], key: str) -> str:
        return str(node.get(key, {}).get("value", "")).strip()

    figures = [node for node in nodes if value(node, "role") == "figure" and not node["ignored"]]
    return [(value(node, "name"), value(node, "description")) for node in figures]


def test_every_chart_has_a_name_and_a_description(
    page: Page, base: str, pages: list[str], dataset: Dataset
) -> None:
    charts = [f"charts/{name}/" for name in dataset.charts]
    for path in [*pages, *(path for path in charts if path not in pages)]:
        page.goto(f"{base}{path}")
        spoken = spoken_figures(page)
        assert len(spoken) == page.locator("figure.chart").count(), path
        for name, description in spoken:
            assert len(name) >= 4, (path, name)
            assert len(description) >= 15, (path, name)


MARKS = f"""() => {{ {COLOURS}
  const marks = 'main figure svg :is(.mark, .stem, .lean, .line:not(.line--grid)), main .swatch, main svg.shape'
  return [...document.querySelectorAll(marks)].filter(visible).map((e) => {{
    const style = getComputedStyle(e)
    const back = behind(e.closest('svg')?.parentElement ?? e.parentElement)
    const paints = e.matches('.swatch') ? [style.backgroundColor]
      : [style.fill, style.stroke].filter((paint) => paint !== 'none')
    const ratios = paints.map((paint) => contrast(laid(numbers(paint), back, Number(style.opacity)), back))
    return [e.getAttribute('class'), Math.max(...ratios)]
  }})
}}"""

CONTROLS = f"""() => {{ {COLOURS}
  return [...document.querySelectorAll('main :is(button, input, select, textarea), .colours')]
    .filter(visible).filter((e) => e.type !== 'range').map((e) => {{ // ranges are the browser's own
      const style = getComputedStyle(e)
      const back = behind(e.parentElement)
      const edge = parseFloat(style.borderTopWidth) > 0 ? contrast(numbers(style.borderTopColor), back) : 1
      const face = contrast(laid(numbers(style.backgroundColor), back, 1), back)
      return [`${{e.tagName}}.${{e.className}}`, Math.max(edge, face)]
    }})
}}"""


@SCHEMES
def test_marks_and_controls_stand_out(
    page: Page, base: str, dataset: Dataset, pages: list[str], scheme: Any
) -> None:
    page.emulate_media(color_scheme=scheme)
    looked: dict[str, float] = {}
    for path in [*pages, *(f"charts/{name}/" for name in dataset.charts)]:
        page.goto(f"{base}{path}")
        for name, ratio in [*page.evaluate(MARKS), *page.evaluate(CONTROLS)]:
            looked[name] = min(ratio, looked.get(name, ratio))
    assert {name: ratio for name, ratio in looked.items() if ratio < 3} == {}
    assert len(looked) > 25


VOICES = ("circle", "diamond", "square", "triangle", "derived")
PARTS = ("part-one", "part-two", "part-three")
SIGHTS = ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia")
"""The colour vision deficiencies that Chromium emulates."""

PROBES = """(names) => {
  const probes = names.map((name) => {
    const probe = document.body.appendChild(document.createElement('i'))
    const part = name.startsWith('part')
    probe.className = part ? `swatch swatch--${name}` : `key__sign--${name}`
    return [probe, getComputedStyle(probe)[part ? 'backgroundColor' : 'color']]
  })
  document.body.replaceChildren(...probes.map(([probe, colour], at) => {
    probe.className = ''
    Object.assign(probe.style, { position: 'fixed', top: 0, left: `${at * 20}px`,
      width: '20px', height: '20px', background: colour })
    return probe
  }))
}"""


def lab(page: Page, count: int) -> list[tuple[int, ...]]:
    """CIELAB of the first colours of a page, as 8-bit numbers, as they are seen."""
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": count * 20, "height": 20})
    with Image.open(io.BytesIO(shot)) as picture:
        profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        seen = ImageCms.profileToProfile(picture.convert("RGB"), *profiles, outputMode="LAB")
    assert seen is not None
    pixels: Any = [seen.getpixel((at * 20 + 10, 10)) for at in range(count)]
    return [(round(light * 100 / 255), a - 128, b - 128) for light, a, b in pixels]


@SCHEMES
@pytest.mark.parametrize("names", [VOICES, PARTS], ids=["voices", "parts"])
def test_colours_differ_to_every_eye(
    page: Page, base: str, names: tuple[str, ...], scheme: Any
) -> None:
    """By a CIE76 distance of 15; parts of one whole differ in lightness too, as in grey prints."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{base}names/")
    page.evaluate(PROBES, names)
    session = page.context.new_cdp_session(page)
    for sight in SIGHTS[:-1] if names == VOICES else SIGHTS:
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
        seen = lab(page, len(names))
        if sight == "achromatopsia":
            assert {abs(part) < 3 for colour in seen for part in colour[1:]} == {True}
        least = 6 if sight == "achromatopsia" else 15
        for one, other in combinations(range(len(names)), 2):
            assert math.dist(seen[one], seen[other]) >= least, (sight, names[one], names[other])


def test_voices_have_shapes_of_their_own(page: Page, base: str, dataset: Dataset) -> None:
    page.goto(f"{base}figures/")
    shapes = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('svg.shape')]
          .map((e) => [e.getAttribute('class'), e.innerHTML]))"""
    )
    assert len(shapes) >= len(dataset.voices)
    assert len(set(shapes.values())) == len(shapes)
    assert len({voice.shape for voice in dataset.voices.values()}) == len(dataset.voices)
