"""Published ids keep an answer at their address, whatever becomes of them."""

from pathlib import Path

import pytest

from explainer.dataset import load
from explainer.dataset.registry import NAME, extended, skeleton
from explainer.publishing import render

WITHDRAWN = """retired:
  - sort: "figure"
    id: "old-figure"
    date: "2026-11-23"
    reason: {en: "It was counted twice.", zh: "重复计入。"}
  - sort: "figure"
    id: "moved-figure"
    date: "2026-11-23"
    moved_to: "jobs-created"
  - sort: "claim"
    id: "jobs-created/guess"
    date: "2026-11-23"
    moved_to: "jobs-created/answer"
"""
LOCKED = (
    "figure old-figure count\n"
    "claim old-figure/answer chinese-answer jobs\n"
    "figure moved-figure count\n"
    "claim jobs-created/guess chinese-answer jobs\n"
)


def texts(data: Path) -> dict[str, str]:
    pages = render(load(data), "https://example.org/")
    return {path: page.text for path, page in pages.items()}


@pytest.fixture
def aged(data: Path) -> Path:
    """The data after some of its figures have gone or moved."""
    (data / "retired.yml").write_text(WITHDRAWN, "utf-8")
    with (data / NAME).open("a", encoding="utf-8") as lock:
        lock.write(LOCKED)
    return data


def test_a_withdrawn_figure_leaves_a_dated_reason_in_both_languages(aged: Path) -> None:
    pages = texts(aged)
    assert "It was counted twice." in pages["en/figures/old-figure.md"]
    assert "November 23, 2026" in pages["en/figures/old-figure.md"]
    assert "重复计入。" in pages["zh/figures/old-figure.md"]
    assert "2026年11月23日" in pages["zh/figures/old-figure.md"]


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
    assert skeleton(one) == skeleton(other)
