"""Pictures: no glyph missing, the same bytes everywhere, and the numbers they should show."""

import hashlib
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from lxml import etree
from PIL import Image

from explainer.charts import svg as drawing
from explainer.charts.figure_svg import figure_picture
from explainer.charts.png import fonts, png
from explainer.data import LANGUAGES
from explainer.export.context import SiteContext
from explainer.extract import Language
from explainer.site import render
from explainer.site.machine import share_svgs, svgs

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(to: SiteContext) -> dict[str, str]:
    """Every picture of the site as SVG."""
    pages = [page for page, _ in render(to.dataset, to.root)]
    return {path: svg() for path, svg in (*svgs(to), *share_svgs(to, pages))}


def texts(svg: str) -> list[etree._Element]:
    return list(etree.fromstring(svg.encode("utf-8")).iter(f"{SVG}text"))


def test_no_glyph_is_missing(drawn: dict[str, str]) -> None:
    known = {
        "en": set(TTFont(fonts()[0]).getBestCmap()),
        "zh": set(TTFont(fonts()[1]).getBestCmap()),
    }
    for name, svg in drawn.items():
        said = {ord(c) for text in texts(svg) for c in text.text or ""}
        language = "zh" if name.startswith("zh/") else "en"
        lacking = {chr(c) for c in said - known[language] - known["zh"]}
        assert not lacking, (name, lacking)


def test_every_picture_is_named_and_described_and_stands_alone(drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        root = etree.fromstring(svg.encode("utf-8"))
        assert root.get("role") == "img"
        assert root.get("lang") == ("zh-Hans" if name.startswith("zh/") else "en")
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        assert not re.search(r"(?:href|src|style|class)=|<script|<image|<style", svg), name


def test_nothing_leaves_the_sheet(drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        root = etree.fromstring(svg.encode("utf-8"))
        wide, high = int(root.get("width", "0")), int(root.get("height", "0"))
        for text in root.iter(f"{SVG}text"):
            size, x, y = (float(text.get(k, "0")) for k in ("font-size", "x", "y"))
            room = drawing.width(text.text or "", size)
            ends = {
                "start": (x, x + room),
                "end": (x - room, x),
                "middle": (x - room / 2, x + room / 2),
            }
            left, right = ends[text.get("text-anchor", "start")]
            assert left >= 0, (name, text.text)
            assert right <= wide, (name, text.text)
            assert y <= high, (name, text.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figures_picture_shows_its_numbers(to: SiteContext, language: Language) -> None:
    words = to.words[language]
    for figure in to.dataset.figures.values():
        said = [t.text for t in texts(figure_picture(words, figure, to.root))]
        for claim in figure.claims:
            assert words.format_claim(claim) in said
            assert words.text(claim.voice.label) in said


def test_widths_are_never_less_than_the_fonts(drawn: dict[str, str]) -> None:
    """The table of widths is that of the packaged fonts' bold cuts."""
    for path in fonts():
        bold = instantiateVariableFont(TTFont(path), {"wght": 700})
        cmap, per_em = bold.getBestCmap(), bold["head"].unitsPerEm
        said = {c for svg in drawn.values() for text in texts(svg) for c in text.text or ""}
        for character in said:
            if ord(character) in cmap:
                advance = bold["hmtx"][cmap[ord(character)]][0] / per_em
                assert drawing.width(character, 1) >= advance - 0.006, (path, character)


def test_colours_are_those_of_the_style_sheet() -> None:
    sheet = (ROOT / "docs/assets/css/site.css").read_text("utf-8")
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", sheet.partition("@supports")[0]))
    for name, colour in drawing.COLOURS.items():
        assert light[name] == colour
    assert (light["paper"], light["ink"]) == (drawing.PAPER, drawing.INK)


def test_pictures_are_the_same_bytes_in_another_process(drawn: dict[str, str]) -> None:
    names = [n for n in drawn if "share/figures/" in n][:4]
    script = (
        "import sys, hashlib; from explainer.charts.png import png; "
        "print(hashlib.sha256(png(sys.stdin.read())).hexdigest())"
    )
    for number, name in enumerate(names):
        done = subprocess.run(
            [sys.executable, "-c", script],
            input=drawn[name],
            env={
                "PYTHONPATH": str(ROOT / "scripts"),
                "PYTHONHASHSEED": str(number),
                "LC_ALL": "C.UTF-8",
                "TZ": "Asia/Seoul",
                "HOME": os.devnull,
            },
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.strip() == hashlib.sha256(png(drawn[name])).hexdigest()


def test_the_built_pictures_are_the_drawn_ones(built: Path, drawn: dict[str, str]) -> None:
    for name, svg in drawn.items():
        if "share/" not in name:
            assert (built / f"{name}.svg").read_text("utf-8") == svg
        with Image.open(BytesIO((built / f"{name}.png").read_bytes())) as image:
            root = etree.fromstring(svg.encode("utf-8"))
            assert image.size == (int(root.get("width", "0")), int(root.get("height", "0")))
            assert len(image.convert("RGB").resize((60, 60)).getcolors(3600) or ()) > 10, name


def test_lines_break_where_each_language_allows() -> None:
    assert drawing.wrapped("one two three", 20, 90) == ["one two", "three"]
    assert drawing.wrapped("两个就业数，与投资", 20, 105) == ["两个就业", "数，与投资"]
    assert all(
        not line.startswith("，") for line in drawing.wrapped("一二三四，五六七八，九十", 20, 85)
    )
