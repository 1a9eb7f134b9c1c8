"""Published ids keep an answer at their address, whatever becomes of them."""

from pathlib import Path

import pytest
from tests.dataset.aged import grow_old

from explainer.data import load
from explainer.data.registry import NAME, confusable_key, extended
from explainer.site import render


def texts(data: Path) -> dict[str, str]:
    return {page.path: text for page, text in render(load(data), "https://example.org/")}


@pytest.fixture
def aged(data: Path) -> Path:
    """The data after some of its figures have gone or moved."""
    grow_old(data)
    return data


def test_a_withdrawn_figure_leaves_a_dated_reason_in_both_languages(aged: Path) -> None:
    pages = texts(aged)
    assert "It was counted twice." in pages["en/figures/old-figure.md"]
    assert "December 1, 2026" in pages["en/figures/old-figure.md"]
    assert "重复计入。" in pages["zh/figures/old-figure.md"]
    assert "2026年12月1日" in pages["zh/figures/old-figure.md"]


def test_a_moved_figure_leads_to_its_new_place(aged: Path) -> None:
    page = texts(aged)["zh/figures/moved-figure.md"]
    assert 'moved_to: "../jobs-created/"' in page
    assert 'href="../jobs-created/"' in page


def test_a_retired_claim_keeps_its_anchor(aged: Path) -> None:
    page = texts(aged)["en/figures/jobs-created.md"]
    assert 'id="guess"' in page
    assert 'href="#answer"' in page


def test_the_lock_only_grows(aged: Path) -> None:
    before = (aged / NAME).read_text("utf-8")
    shorter = "".join(before.splitlines(keepends=True)[2:])
    assert extended(before, load(aged)) == before
    assert sorted(extended(shorter, load(aged, locked=False)).splitlines()) == sorted(
        before.splitlines()
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jobs-1", "jobs-l"),
        ("job0", "jobo"),
        ("Jobs", "jobs"),
        ("modern", "modem"),
        ("a-b", "ab"),
        ("ｊobs", "jobs"),
    ],
)
def test_names_that_look_alike_share_a_skeleton(one: str, other: str) -> None:
    assert confusable_key(one) == confusable_key(other)
