"""Pages for every reader: axe, keyboard, forced colours, reduced motion, contrast, languages."""

import io
import math
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image, ImageCms
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import BOTH, enhance, new_context

from explainer.data import Dataset

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "tests/tools/node_modules/axe-core/axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOURS: tuple[Literal["light", "dark"], ...] = ("light", "dark")

UNDECIDED = {
    "elmPartiallyObscured": "a menu that scrolls sideways shows part of its items",
    "elmPartiallyObscuring": "a card lies above the text",
    "imgNode": "a label inside a chart",
    "bgGradient": "a table whose edge fades where it scrolls",
    "bgOverlap": "a label inside a chart, above its grid",
    "shortTextContent": "a number of one digit that names a point",
}
"""The contrasts that axe leaves to people, by axe's reason; the tests compute them."""


def axe_faults(page: Page, where: str) -> list[tuple[Any, ...]]:
    """What axe finds on the page as it stands, and low contrasts among those it leaves open."""
    found = page.evaluate("probes.axe", TAGS)
    faults: list[Any] = [
        (where, v["id"], node["target"]) for v in found["violations"] for node in v["nodes"]
    ]
    left = []
    for check in found["incomplete"]:
        for node in check["nodes"]:
            data = [one["data"] for one in node["any"] if isinstance(one["data"], dict)]
            why = data[0].get("messageKey") if data else None
            if check["id"] == "color-contrast" and why in UNDECIDED:
                left.append(node["target"][0])
            else:
                faults.append((where, check["id"], why, node["target"]))
    contrasts = page.evaluate("probes.textContrast", left)
    return faults + [(where, *contrast) for contrast in contrasts if contrast[1] < 4.5]


SETTINGS = ("1280 light", "412 dark")
"""Widths and colour schemes; every page is looked at in each under ``full``."""
OTHER_SETTINGS = pytest.param(("1280 dark", "375 light"), marks=pytest.mark.full)


def choose(page: Page, setting: str) -> None:
    """Set the width and the colour scheme ("375 dark")."""
    width, scheme = setting.split()
    chosen: Any = scheme
    page.set_viewport_size({"width": int(width), "height": 800})
    page.emulate_media(color_scheme=chosen, reduced_motion="reduce")


CONTRASTS = "[...probes.markContrast(), ...probes.controlContrast()]"


@pytest.mark.parametrize("settings", [SETTINGS, OTHER_SETTINGS])
def test_pages_serve_every_reader(
    page: Page, base: str, pages: list[str], settings: tuple[str, ...]
) -> None:
    """By axe, with reduced motion, by marks that stand out, in forced colours too, by language."""
    faults: list[Any] = []
    for path in pages:
        page.goto(f"{base}{path}")
        enhance(page)
        page.evaluate(AXE)
        for setting in settings:
            choose(page, setting)
            faults += axe_faults(page, f"{path} {setting}")
            faults += [(path, "moves", one) for one in page.evaluate("probes.moving()")]
            contrasts = page.evaluate(CONTRASTS)
            faults += [(path, setting, name, ratio) for name, ratio in contrasts if ratio < 3]
        page.emulate_media(forced_colors="active")
        faults += [(path, "is faint", one) for one in page.evaluate("probes.faintMarks()")]
        current = page.locator(".pages a[aria-current]").first
        if current.count():
            assert int(current.evaluate("e => getComputedStyle(e).fontWeight")) >= 600
        page.emulate_media(forced_colors="none")
        if not path.endswith("404.html"):
            faults += [(path, *text) for text in untagged_texts(page)]
    assert faults == []


CJK = re.compile(r"[ぁ-ヿ㐀-鿿가-힣]")
LATIN = re.compile(r"[A-Za-z][A-Za-z’'-]*(?: +[A-Za-z][A-Za-z’'-]*){3,}")


def untagged_texts(page: Page) -> list[tuple[str, str]]:
    """The texts whose tag is not that of their language; short names may stand in any.

    Screen readers change their voice by the tag.
    """
    texts = page.evaluate("probes.texts()")
    assert len(texts) > 5, page.url
    foreign = {"e": CJK, "z": LATIN}
    return [(tag, t) for tag, t in texts if tag[0] in foreign and foreign[tag[0]].search(t)]


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
    # The bar that stays in view would cut whatever link lies under its edge at this height.
    page.evaluate("document.querySelector('.top').style.position = 'static'; scrollTo(0, 0)")
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
    for setting in SETTINGS:
        choose(page, setting)
        opened(page, f"{base}{prefix}")
        page.evaluate(AXE)
        assert axe_faults(page, setting) == []


def test_axe_reports_planted_faults(browser: Browser, base: str) -> None:
    planted = {
        "image-alt": "<img src='x.png'>",
        "color-contrast": "<a href='#text' style='color:#999;background:#aaa'>pale</a>",
        "aria-roles": "<div role='nothing'>x</div>",
        "heading-order": "<h6>too deep</h6>",
    }
    page = new_context(browser, bypass_csp=True).new_page()
    page.goto(f"{base}names/")
    page.evaluate("html => probes.plant(html, 'beforeend')", "".join(planted.values()))
    page.evaluate(AXE)
    found = {violation["id"] for violation in page.evaluate("probes.axe", TAGS)["violations"]}
    assert planted.keys() - found == set()
    page.context.close()


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
        stop = page.evaluate("probes.focusStop()")
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


def test_every_chart_has_a_name_a_description_and_marks_that_stand_out(
    page: Page, base: str, dataset: Dataset
) -> None:
    charts = [f"charts/{name}/" for name in dataset.charts]
    looked: dict[str, float] = {}
    for path in [*charts, *(f"zh/{path}" for path in charts[:3]), "figures/jobs-created/"]:
        page.goto(f"{base}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        charts_here = page.locator("figure.chart").all()
        assert charts_here, path
        for chart in charts_here:
            expect(chart).to_have_accessible_name(re.compile(".{4}"))
            expect(chart).to_have_accessible_description(re.compile(".{15}"))
        for scheme in COLOURS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for name, ratio in page.evaluate(CONTRASTS):
                looked[name] = min(ratio, looked.get(name, ratio))
    assert {name: ratio for name, ratio in looked.items() if ratio < 3} == {}
    assert len(looked) > 25


VOICES = ("circle", "diamond", "square", "triangle", "derived")
PARTS = ("part-one", "part-two", "part-three")
SIGHTS = ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia")
"""The colour vision deficiencies that Chromium emulates."""


def lab(page: Page, count: int) -> list[tuple[int, ...]]:
    """CIELAB of the first colours of a page, as 8-bit numbers, as they are seen."""
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": count * 20, "height": 20})
    with Image.open(io.BytesIO(shot)) as picture:
        profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        seen = ImageCms.profileToProfile(picture.convert("RGB"), *profiles, outputMode="LAB")
    assert seen is not None
    pixels: Any = [seen.getpixel((at * 20 + 10, 10)) for at in range(count)]
    return [(round(light * 100 / 255), a - 128, b - 128) for light, a, b in pixels]


@pytest.mark.parametrize("scheme", COLOURS)
@pytest.mark.parametrize("names", [VOICES, PARTS], ids=["voices", "parts"])
def test_colours_differ_to_every_eye(
    page: Page, base: str, names: tuple[str, ...], scheme: Any
) -> None:
    """By a CIE76 distance of 15; parts of one whole differ in lightness too, as in grey prints."""
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{base}names/")
    page.evaluate("probes.showColours", names)
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
    drawn = page.locator("svg.shape").evaluate_all(
        "all => all.map(e => [e.classList[1], e.innerHTML])"
    )
    shapes = dict(drawn)
    assert {voice.shape for voice in dataset.voices.values()} <= {n.split("--")[1] for n in shapes}
    assert len(set(shapes.values())) == len(shapes) >= len(dataset.voices)
