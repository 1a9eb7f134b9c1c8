"""What a page's head offers besides its graph: share card, citation tags, alternate forms."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image

from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.extract import Language


def pages(built: Path) -> Iterator[Path]:
    """Every page that may be listed: no embeds, none in both languages, none of a retired id."""
    for path in sorted(built.rglob("index.html")):
        if path.parent.name == "embed" or path.relative_to(built).parts[0] == "both":
            continue
        if b'<meta name="robots" content="noindex">' not in path.read_bytes():
            yield path


def tree_of(path: Path) -> Any:
    return html.fromstring(path.read_bytes().decode("utf-8"))


def metas(path: Path) -> dict[str, list[str]]:
    tree = tree_of(path)
    found: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@property or @name]"):
        found.setdefault(meta.get("property") or meta.get("name"), []).append(meta.get("content"))
    return found


def test_every_page_has_a_share_picture_of_its_own(built: Path, to: SiteContext) -> None:
    pictures = set()
    for path in pages(built):
        found = metas(path)
        (picture,) = found["og:image"]
        file = built / picture.removeprefix(to.root)
        with Image.open(file) as image:
            assert image.format == "PNG"
            assert image.width == 1200
            is_card = "/share/" in picture
            assert image.height == 630 or not is_card
            assert is_card != file.with_suffix(".svg").exists()
        assert file.stat().st_size < 300_000
        pictures.add(picture)
        (url,) = found["og:url"]
        assert built / url.removeprefix(to.root) / "index.html" == path
        chinese = path.relative_to(built).parts[0] == "zh"
        locales = ["zh_CN", "en_US"] if chinese else ["en_US", "zh_CN"]
        assert [*found["og:locale"], *found["og:locale:alternate"]] == locales
        assert found["og:title"][0]
        assert found["og:description"] == found["description"]
        assert found["twitter:card"] == ["summary_large_image"]
    assert len(pictures) == len(list(pages(built)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_can_be_cited_from_its_head(
    built: Path, to: SiteContext, language: Language
) -> None:
    folder, localizer = built if language == "en" else built / language, to.words[language]
    for figure in to.dataset.figures.values():
        found = metas(folder / "figures" / figure.id / "index.html")
        assert found["citation_title"] == [localizer.text(figure.headline, figure)]
        assert found["citation_author"] == [localizer.text(to.dataset.about.name)]
        revised = to.dataset.revisions_of(figure.id)[0].date
        assert found["citation_publication_date"] == [revised.replace("-", "/")]
        assert found["citation_public_url"] == found["og:url"]


def test_every_twin_that_a_head_names_exists(built: Path, to: SiteContext) -> None:
    checked = 0
    for path in pages(built):
        tree = tree_of(path)
        for twin in tree.xpath("//link[@rel='alternate'][@type]/@href"):
            assert (built / twin.removeprefix(to.root)).is_file(), twin
            checked += 1
    assert checked > 100
