"""An id comes from a name, never from a position: what survives an edit keeps its address."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from explainer.data import Dataset
from explainer.site import render

ADDRESS = "https://site.example/"
_BLANK = re.compile(r"\n{2,}")
_ID = re.compile(r' id="([^"]+)"')
NEW = ("A paragraph.\n{: #new-text }", "## A heading {: #new-heading }", "<p id='new-raw'>x</p>")


@pytest.fixture(scope="module")
def pages(dataset: Dataset) -> dict[str, str]:
    """Every page as the Markdown that MkDocs gets, without its front matter."""
    made = render(dataset, ADDRESS)
    return {page.path: text.partition("\n---\n")[2] for page, text in made}


def reader() -> Markdown:
    return Markdown(extensions=["attr_list", "md_in_html", "tables", "toc"])


def ids(text: str) -> list[str]:
    """The ids of a Markdown text, in order, as the page gets them."""
    tree = html.fromstring(f"<main>{reader().reset().convert(text)}</main>")
    return [str(element.get("id")) for element in tree.iter("*") if element.get("id")]


def blocks(text: str) -> list[str]:
    """The blocks of a page; raw HTML that has blank lines inside stays one block."""
    found: list[str] = []
    for block in _BLANK.split(text.strip()):
        if found and not _balanced(found[-1]):
            found[-1] += f"\n\n{block}"
        else:
            found.append(block)
    return found


def _balanced(text: str) -> bool:
    opened = re.findall(r"<(figure|div|section|article|table|details|aside|dl|ul|ol|nav)\b", text)
    closed = re.findall(r"</(figure|div|section|article|table|details|aside|dl|ul|ol|nav)>", text)
    return len(opened) <= len(closed)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["remove", "insert", "move"]), st.integers(0, 99), st.integers(0, 99)
    ),
    min_size=3,
    max_size=9,
)


def edited(parts: list[str], edits: list[tuple[str, int, int]]) -> list[str]:
    parts = list(parts)
    new = iter(NEW)
    for what, one, other in edits:
        match what:
            case "remove" if len(parts) > 1:
                parts.pop(one % len(parts))
            case "move" if parts:
                parts.insert(other % len(parts), parts.pop(one % len(parts)))
            case _:
                parts.insert(one % (len(parts) + 1), next(new, "Only text."))
    return parts


@pytest.mark.parametrize("name", ["en/money.md", "zh/money.md", "en/hit.md", "zh/method.md"])
def test_whatever_is_put_in_taken_out_or_moved_every_other_id_stays(
    pages: dict[str, str], name: str
) -> None:
    parts = blocks(pages[name])
    own = {part: ids(part) for part in (*parts, *NEW, "Only text.")}
    assert sum(map(len, own.values())) > 20

    @settings(max_examples=60)
    @given(EDITS)
    def holds(edits: list[tuple[str, int, int]]) -> None:
        left = edited(parts, edits)
        assert ids("\n\n".join(left)) == [name for part in left for name in own[part]]

    holds()


def shuffled(dataset: Dataset, seed: int) -> Dataset:
    """The dataset with its figures, their claims and what is known of them in another order."""
    chance = random.Random(seed)
    figures = list(dataset.figures.values())
    chance.shuffle(figures)
    return replace(
        dataset,
        figures={
            figure.id: replace(
                figure,
                claims=tuple(chance.sample(figure.claims, len(figure.claims))),
                unknowns=tuple(chance.sample(figure.unknowns, len(figure.unknowns))),
                notes=tuple(chance.sample(figure.notes, len(figure.notes))),
            )
            for figure in figures
        },
        charts=dict(chance.sample(list(dataset.charts.items()), len(dataset.charts))),
        terms=dict(chance.sample(list(dataset.terms.items()), len(dataset.terms))),
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_data_names_nothing(
    dataset: Dataset, pages: dict[str, str], seed: int
) -> None:
    for page, text in render(shuffled(dataset, seed), ADDRESS):
        assert sorted(_ID.findall(text)) == sorted(_ID.findall(pages[page.path])), page.path


def test_no_id_of_the_site_counts(built: Path) -> None:
    """No id is of the kind that Markdown makes where a name is missing: ``_1``, ``title_2``."""
    counted = re.compile(r"_[0-9]+$|^_|-[0-9]$")
    looked = 0
    for page in built.rglob("index.html"):
        for name in _ID.findall(page.read_text("utf-8")):
            looked += 1
            assert not counted.search(name), (page, name)
    assert looked > 5000
