"""Pictures: named, complete, inside their sheet, and the same bytes everywhere."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from lxml import etree
from PIL import Image
from tests.conftest import ROOT

from explainer import urls
from explainer.charts import pictures as draw
from explainer.charts.pictures import draw_social_card
from explainer.charts.png import FONTS, PngRenderer, render_png
from explainer.export import SiteContext
from explainer.site.outputs import draw_pictures

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(to: SiteContext) -> dict[str, str]:
    """Every picture of a figure or chart, and a social card of each figure, by path."""
    found = dict(draw_pictures(to))
    for code, words in to.words.items():
        for name, figure in to.dataset.figures.items():
            title, about = words.text(figure.headline, figure), words.text(figure.label, figure)
            card = draw_social_card(words, title, about)
            found[f"{urls.root_of(code)}cards/{name}"] = card
    return found


def texts(svg: str) -> list[etree._Element]:
    return list(etree.fromstring(svg.encode("utf-8")).iter(f"{SVG}text"))


def size_of(svg: str) -> tuple[int, int]:
    root = etree.fromstring(svg.encode("utf-8"))
    return int(root.get("width", "0")), int(root.get("height", "0"))


def test_every_picture_is_named_and_described_and_stands_alone(pictures: dict[str, str]) -> None:
    for name, svg in pictures.items():
        root = etree.fromstring(svg.encode("utf-8"))
        language = "zh-Hans" if name.startswith("zh/") else "en"
        assert (root.get("role"), root.get("lang")) == ("img", language)
        assert root.findtext(f"{SVG}title") and root.findtext(f"{SVG}desc")
        assert not re.search(r"(?:href|src|style)=|var\(|<script|<image|<style", svg), name


def test_no_glyph_is_missing(pictures: dict[str, str]) -> None:
    latin, chinese = (set(TTFont(path).getBestCmap()) for path in FONTS)
    for name, svg in pictures.items():
        used = {ord(c) for text in texts(svg) for c in text.text or ""}
        assert not used - chinese - (set() if name.startswith("zh/") else latin), name


def place_of(text: Any) -> tuple[float, float, float, str]:
    """Return the size of a text, where it stands on the sheet, and which end of it."""
    plot = text.getparent()
    group = plot.getparent()
    if group is None:
        size, x, y = (float(text.get(key, "0")) for key in ("font-size", "x", "y"))
        return size, x, y, text.get("text-anchor", "start")
    left, top, zoom = map(float, re.findall(r"[0-9.]+", group.get("transform")))
    x, y = (
        float(length[:-1]) * float(plot.get(side)) / 100 if length.endswith("%") else float(length)
        for length, side in ((text.get("x", "0"), "width"), (text.get("y", "0"), "height"))
    )
    size = float(group.get("font-size")) * zoom
    return size, left + x * zoom, top + y * zoom, text.get("text-anchor", "middle")


@pytest.fixture(scope="module")
def widths(pictures: dict[str, str]) -> dict[str, float]:
    """How wide each character of the pictures is, in em, in the wider bold cut of both fonts."""
    used = {c for svg in pictures.values() for text in texts(svg) for c in text.text or ""}
    found: dict[str, float] = {}
    for path in FONTS:
        options = Options()
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
        font, subsetter = TTFont(path), Subsetter(options)
        subsetter.populate(unicodes=map(ord, used))
        subsetter.subset(font)
        bold = instantiateVariableFont(font, {"wght": 700})
        cmap, per_em = bold.getBestCmap(), bold["head"].unitsPerEm
        for code in cmap.keys() & set(map(ord, used)):
            advance = bold["hmtx"][cmap[code]][0] / per_em
            found[chr(code)] = max(found.get(chr(code), 0), advance)
    return found


def test_nothing_leaves_the_sheet(pictures: dict[str, str], widths: dict[str, float]) -> None:
    for name, svg in pictures.items():
        width, height = size_of(svg)
        for text in texts(svg):
            size, x, y, anchor = place_of(text)
            room = size * sum(widths[character] for character in text.text or "")
            before = {"start": 0, "end": room, "middle": room / 2}[anchor]
            assert 0 <= x - before <= width - room, (name, text.text)
            assert y <= height, (name, text.text)


def test_pictures_show_their_numbers(to: SiteContext, pictures: dict[str, str]) -> None:
    for code, words in to.words.items():
        wanted: dict[str, list[str]] = {}
        for name, figure in to.dataset.figures.items():
            voices = [words.text(claim.voice.label) for claim in figure.claims]
            wanted[f"figures/{name}"] = [*map(words.format_input, figure.claims), *voices]
        for name, chart in to.dataset.charts.items():
            inputs = (to.dataset.inputs[ref] for ref in chart.refs)
            wanted[f"charts/{name}"] = [words.format_input(one) for one in inputs]
        for path, parts in wanted.items():
            lines = texts(pictures[f"{urls.root_of(code)}{path}"])
            written = "".join(line.text or "" for line in lines).replace(" ", "")
            for part in parts:
                assert part.replace(" ", "") in written, (path, part)


def test_pictures_are_the_same_bytes_in_other_processes(
    pictures: dict[str, str], tmp_path: Path
) -> None:
    svgs = [svg for name, svg in pictures.items() if "cards/" in name][:4]
    pngs = [render_png(svg) for svg in svgs]
    for _ in "a cold cache", "a warm one":
        renderer = PngRenderer(tmp_path)
        for number, svg in enumerate(svgs):
            renderer.add(str(number), svg)
        assert [file.read_bytes() for file in renderer.finish().values()] == pngs
    script = "import sys; from explainer.charts.png import render_png; "
    script += "sys.stdout.buffer.write(render_png(sys.stdin.read()))"
    environment = {"PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8", "HOME": os.devnull}
    environment |= {"TZ": "Asia/Seoul", "PYTHONHASHSEED": "1"}
    command, text = [sys.executable, "-c", script], svgs[0].encode("utf-8")
    done = subprocess.run(command, input=text, env=environment, capture_output=True, check=True)
    assert done.stdout == pngs[0]


def test_the_site_holds_the_drawn_pictures(built: Path, pictures: dict[str, str]) -> None:
    for name, svg in pictures.items():
        if "cards/" not in name:
            assert (built / f"{name}.svg").read_text("utf-8") == svg
            with Image.open(BytesIO((built / f"{name}.png").read_bytes())) as image:
                assert image.size == size_of(svg)
                colours = image.convert("RGB").resize((60, 60)).getcolors(3600) or ()
                assert len(colours) > 10, name


def test_lines_break_where_each_language_allows() -> None:
    assert draw.wrap_text("one two three", 20, 90) == ["one two", "three"]
    assert draw.wrap_text("两个就业数，与投资", 20, 105) == ["两个就业", "数，与投资"]
    lines = draw.wrap_text("一二三四，五六七八，九十", 20, 85)
    assert all(not line.startswith("，") for line in lines)
