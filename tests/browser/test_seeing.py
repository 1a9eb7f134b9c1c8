"""What eyes of many kinds can tell apart: marks, voices, borders of controls and the focus."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import wake

from explainer.data import Dataset

SCHEMES = ("light", "dark")
Colour = tuple[float, float, float]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency" (IEEE TVCG 15, 2009), severity 1; the matrices work on linear light.
DEFICIENCIES: dict[str, tuple[Colour, Colour, Colour]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
FULL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
VOICES = ("circle", "diamond", "square", "triangle", "derived")
PARTS = ("part-one", "part-two", "part-three")
APART = 15
"""CIE76 distance between any two colours that tell something apart, to whatever eye."""


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def lab(light: Colour) -> Colour:
    """CIELAB of linear sRGB under D65 (IEC 61966-2-1, CIE 15)."""
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883

    def root(value: float) -> float:
        return float(value ** (1 / 3)) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116

    return 116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))


def seen_by(matrix: tuple[Colour, Colour, Colour], colour: Colour) -> Colour:
    light = [linear(part) for part in colour]
    red, green, blue = (
        min(1.0, max(0.0, sum(m * one for m, one in zip(row, light, strict=True))))
        for row in matrix
    )
    return lab((red, green, blue))


def distance(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5)


NUMBERS = """
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
"""Colours of any notation as numbers, through a canvas, and what lies behind an element."""

MARKS = f"""() => {{ {NUMBERS}
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

BORDERS = f"""() => {{ {NUMBERS}
  return [...document.querySelectorAll('main :is(button, input, select, textarea), .colours')]
    .filter(visible).map((e) => {{
      const style = getComputedStyle(e)
      const back = behind(e.parentElement)
      const edge = parseFloat(style.borderTopWidth) > 0 ? contrast(numbers(style.borderTopColor), back) : 1
      const face = numbers(style.backgroundColor)
      const native = e.type === 'range'  // drawn by the browser, in its own contrast
      return [`${{e.tagName}}.${{e.className}}`, native ? 21 : Math.max(edge, contrast(laid(face, back, 1), back))]
    }})
}}"""

RING = f"""() => {{ {NUMBERS}
  const e = document.activeElement
  if (e === document.body) return null
  const style = getComputedStyle(e)
  const back = behind(parseFloat(style.outlineOffset) >= 0 ? e.parentElement : e)
  return [e.outerHTML.slice(0, 80), parseFloat(style.outlineWidth), contrast(numbers(style.outlineColor), back)]
}}"""


def in_scheme(browser: Browser, scheme: str) -> Page:
    chosen: Any = scheme
    return browser.new_context(color_scheme=chosen, reduced_motion="reduce").new_page()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_mark_of_every_chart_stands_out(
    browser: Browser, base: str, dataset: Dataset, scheme: str
) -> None:
    page = in_scheme(browser, scheme)
    looked: dict[str, float] = {}
    paths = [f"charts/{name}/" for name in dataset.charts]
    for path in (*paths, *(f"figures/{name}/" for name in dataset.figures), "", "money/"):
        page.goto(f"{base}{path}")
        for name, ratio in page.evaluate(MARKS):
            looked[name] = min(ratio, looked.get(name, ratio))
    faint = {name: round(ratio, 2) for name, ratio in looked.items() if ratio < 3}
    assert faint == {}
    assert len(looked) > 25
    page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_control_has_an_edge_or_a_face_that_shows(
    browser: Browser, base: str, scheme: str
) -> None:
    page = in_scheme(browser, scheme)
    looked = 0
    for path in ("", "money/", "figures/", "figures/jobs-created/", "search/", "lens/"):
        page.goto(f"{base}{path}")
        wake(page)
        page.wait_for_load_state("networkidle")
        found = page.evaluate(BORDERS)
        looked += len(found)
        assert [one for one in found if one[1] < 3] == [], path
    assert looked > 40
    page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["", "figures/jobs-created/", "zh/lens/", "charts/one-pile/"])
def test_the_focus_shows_wherever_it_goes(
    browser: Browser, base: str, path: str, scheme: str
) -> None:
    page = in_scheme(browser, scheme)
    page.goto(f"{base}{path}")
    stops = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        ring = page.evaluate(RING)
        if ring is None:
            break
        what, width, ratio = ring
        assert width >= 2, what
        assert ratio >= 3, what
        stops += 1
    assert stops > 25
    page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("names", [VOICES, PARTS], ids=["voices", "parts"])
def test_colours_differ_to_every_eye(
    browser: Browser, base: str, names: tuple[str, ...], scheme: str
) -> None:
    page = in_scheme(browser, scheme)
    page.goto(f"{base}names/")
    resolve = f"""(names) => {{ {NUMBERS}
      const probe = document.body.appendChild(document.createElement('i'))
      return names.map((name) => {{
        probe.className = name.startsWith('part') ? `swatch swatch--${{name}}` : `key__sign--${{name}}`
        const style = getComputedStyle(probe)
        return numbers(name.startsWith('part') ? style.backgroundColor : style.color).slice(0, 3)
      }})
    }}"""
    colours: list[Colour] = [
        (red / 255, green / 255, blue / 255) for red, green, blue in page.evaluate(resolve, names)
    ]
    assert len(set(colours)) == len(names)
    for eye, matrix in {"full": FULL, **DEFICIENCIES}.items():
        seen = [seen_by(matrix, colour) for colour in colours]
        for one, other in combinations(range(len(names)), 2):
            apart = distance(seen[one], seen[other])
            assert apart >= APART, (eye, names[one], names[other], round(apart, 1))
    page.context.close()


def test_a_print_without_colour_tells_voices_by_shape_and_parts_by_shade(
    page: Page, base: str, dataset: Dataset
) -> None:
    page.goto(f"{base}figures/")
    shapes = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('svg.shape')]
          .map((e) => [e.getAttribute('class'), e.innerHTML]))"""
    )
    assert len(shapes) >= 3
    assert len(set(shapes.values())) == len(shapes)
    assert len({voice.shape for voice in dataset.voices.values()}) == len(dataset.voices)
    page.goto(f"{base}names/")
    shades = page.evaluate(
        f"""(names) => {{ {NUMBERS}
          const probe = document.body.appendChild(document.createElement('i'))
          return names.map((name) => {{
            probe.className = `swatch swatch--${{name}}`
            return light(numbers(getComputedStyle(probe).backgroundColor))
          }}) }}""",
        PARTS,
    )
    grey = [lab((shade, shade, shade))[0] for shade in sorted(shades)]
    assert all(higher - lower >= 6 for lower, higher in pairwise(grey)), grey
