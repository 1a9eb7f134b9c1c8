"""What was checked against what: an edit to one language flags its pair, and nothing else."""

import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from tests.commands import run

from explainer import build
from explainer.data import Code, Dataset, pairs
from explainer.data.model import Outdated, ReviewedPairs, Text, digest
from explainer.data.pairs import TextLocation
from explainer.site import passages

MONEY = "scripts/templates/pages/money.{}.md.j2"
WRITTEN = build.written()
WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1)
SPACES = st.text(" \t\n\u00a0\u3000", max_size=3)


def with_side(written: TextLocation, language: str, text: str) -> TextLocation:
    pair = Text(text, written.pair.zh) if language == "en" else Text(written.pair.en, text)
    return replace(written, pair=pair)


@given(WORDS, WORDS, SPACES, SPACES)
def test_white_space_is_no_edit(one: str, other: str, between: str, around: str) -> None:
    assert digest(one + other) == digest(f"{around}{one}{between}{other}{around}")


@given(WORDS, st.characters(categories=("L", "N", "P")))
def test_every_other_sign_is_one(text: str, sign: str) -> None:
    assert digest(text) != digest(text + sign)


@given(st.text())
def test_equal_texts_have_equal_digests_in_any_normal_form(text: str) -> None:
    assert digest(unicodedata.normalize("NFD", text)) == digest(unicodedata.normalize("NFC", text))


def test_everything_said_in_two_languages_has_been_checked(dataset: Dataset) -> None:
    assert len(WRITTEN) > 900
    assert list(pairs.problems(WRITTEN, dataset.checked)) == []


@pytest.mark.parametrize(
    ("edited", "behind"), [("en", Outdated.CHINESE), ("zh", Outdated.ENGLISH)], ids=["en", "zh"]
)
def test_an_edit_flags_its_own_pair_and_no_other(
    dataset: Dataset, edited: str, behind: Outdated
) -> None:
    for number, written in enumerate(WRITTEN):
        text = f"{written.pair['en' if edited == 'en' else 'zh']} 改 x"
        changed = with_side(written, edited, text)
        assert dataset.checked.stale(changed.pair) is behind, written.name
        if number % 50:
            continue
        found = list(
            pairs.problems((*WRITTEN[:number], changed, *WRITTEN[number + 1 :]), dataset.checked)
        )
        assert [(p.code, p.path, p.line) for p in found] == [
            (Code.STALE_PAIR, written.path, written.line)
        ]


def test_a_new_pair_and_a_pair_of_strangers_need_both_languages(dataset: Dataset) -> None:
    first, second = WRITTEN[0].pair, WRITTEN[1].pair
    assert dataset.checked.stale(Text("never seen", "没有见过")) is Outdated.BOTH
    assert dataset.checked.stale(Text(first.en, second.zh)) is Outdated.BOTH


def test_checking_again_clears_what_was_chosen_and_keeps_the_rest(dataset: Dataset) -> None:
    changed = with_side(WRITTEN[3], "zh", "新写的一句。")
    written = (*WRITTEN[:3], changed, *WRITTEN[4:])
    kept = pairs.locked(written, dataset.checked)
    assert digest("新写的一句。") not in kept
    checked, wrong = pairs.read(pairs.locked(written), "pairs.lock")
    assert wrong == []
    assert list(pairs.problems(written, checked)) == []


@pytest.mark.parametrize(
    "line",
    [
        "",
        "<<<<<<< ours",
        "0123456789ab 0123456789ab",
        "0123456789AB 0123456789ab data/about.yml",
        "0123456789ab 0123456789ab data/about.yml ",
    ],
)
def test_a_damaged_lock_is_told_by_line(line: str) -> None:
    good = "0123456789ab 0123456789ab data/about.yml"
    checked, wrong = pairs.read(f"{good}\n{line}\n{good}\n", "data/pairs.lock")
    assert [(p.path, p.line, p.code) for p in wrong] == [("data/pairs.lock", 2, Code.BAD_VALUE)]
    side = "0123456789ab"
    assert checked == ReviewedPairs(frozenset({(side, side)}), frozenset({side}), frozenset({side}))


def edit(checkout: Path, name: str, old: str, new: str) -> None:
    path = checkout / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def explainer(checkout: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run(checkout, "-m", "explainer", *options)


def page_of(checkout: Path, page: str) -> Any:
    built = run(checkout, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "out")
    assert built.returncode == 0, built.stderr
    return html.fromstring((checkout / "out" / page).read_bytes().decode("utf-8"))


def notes(checkout: Path, page: str) -> list[str]:
    """Which blocks a built page says are behind: the id before each note."""
    found = page_of(checkout, page).xpath("//main//p[@class='stale']/preceding-sibling::*[1]/@id")
    return [str(name) for name in found]


def test_an_edited_block_is_flagged_on_its_page_and_cleared_by_one_command(
    checkout: Path,
) -> None:
    assert "all checked" in explainer(checkout, "pairs").stdout
    block = passages.paired(checkout / "scripts" / "templates")["money"]["three-ways"]
    edit(checkout, MONEY.format("en"), block.pair.en, f"Edited. {block.pair.en}")
    failed = explainer(checkout, "pairs")
    assert failed.returncode == 2
    assert failed.stderr.startswith(f"{MONEY.format('zh')}:{block.line}:1: [PAIR01] ")
    assert failed.stderr.count("PAIR01") == 1
    assert explainer(checkout, "check").returncode == 2
    assert notes(checkout, "zh/money/index.html") == ["three-ways"]
    assert notes(checkout, "money/index.html") == []
    other = explainer(checkout, "pairs", "--checked", "return#")
    assert other.stdout.startswith("0 pairs recorded")
    assert explainer(checkout, "pairs").returncode == 2
    cleared = explainer(checkout, "pairs", "--checked", "money#three-ways")
    assert cleared.stdout.startswith("1 pairs recorded"), cleared.stderr
    assert explainer(checkout, "check").returncode == 0
    assert notes(checkout, "zh/money/index.html") == []


def test_white_space_in_a_file_flags_nothing(checkout: Path) -> None:
    path = checkout / MONEY.format("zh")
    path.write_text(path.read_text("utf-8").replace("\n\n", "\n\n\n"), "utf-8")
    edit(checkout, MONEY.format("en"), " the ", "  the ")
    assert explainer(checkout, "pairs").returncode == 0


def test_an_edited_text_of_the_data_is_flagged_where_it_is_read(checkout: Path) -> None:
    file = "data/figures/playbook.yml"
    written = {one.name: one for one in WRITTEN if one.path == file}
    title = next(one for name, one in written.items() if name.endswith("0.headline"))
    edit(checkout, file, title.pair.zh, f"{title.pair.zh}改")
    assert explainer(checkout, "pairs").stderr.count("PAIR01") == 1
    listed = page_of(checkout, "figures/index.html").xpath("//main//aside[@class='stale']//li")
    assert len(listed) == 1
    chinese = (checkout / "out/zh/figures/index.html").read_text("utf-8")
    assert 'class="stale"' not in chinese
