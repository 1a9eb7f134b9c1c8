"""An edit to one language needs its pair reviewed again, and nothing else."""

import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commands import run
from tests.conftest import ROOT
from tests.data.conftest import edit

from explainer.data import (
    Code,
    DataErrors,
    Text,
    TextLocation,
    load,
    outdated_texts,
    read_reviewed,
    written_texts,
)
from explainer.data.translations import digest, lock_text
from explainer.site.pages import paired_blocks

REVIEWED = read_reviewed(ROOT / "data")
WRITTEN = (*written_texts(ROOT / "data", []), *paired_blocks(ROOT / "docs", []))
WORDS = st.text(st.characters(categories=("L", "N", "P")), min_size=1)
SPACES = st.text(" \t\n\u00a0\u3000", max_size=3)


@given(WORDS, WORDS, SPACES, st.characters(categories=("L", "N", "P")))
def test_a_digest_ignores_white_space_and_normal_form_alone(
    one: str, other: str, space: str, sign: str
) -> None:
    text = one + other
    assert digest(text) == digest(f"{space}{one}{space}{other}{space}") != digest(text + sign)
    assert digest(text) == digest(unicodedata.normalize("NFD", text))


def test_everything_written_in_two_languages_has_been_reviewed() -> None:
    assert Counter(one.path.partition("/")[0] for one in WRITTEN)["data"] > 500
    assert list(outdated_texts(WRITTEN, REVIEWED)) == []


def changed(written: TextLocation, language: str) -> TextLocation:
    """The text with an edit to one language."""
    sides = {"en": written.pair.en, "zh": written.pair.zh}
    return replace(written, pair=Text(**{**sides, language: f"{sides[language]} 改 x"}))


@pytest.mark.parametrize(("edited", "behind"), [("en", "Chinese"), ("zh", "English")])
def test_an_edit_outdates_its_own_pair_and_no_other(edited: str, behind: str) -> None:
    problems = list(outdated_texts([changed(one, edited) for one in WRITTEN], REVIEWED))
    assert [(p.path, p.line, p.field) for p in problems] == [
        (one.path, one.line, one.name) for one in WRITTEN
    ]
    assert {p.code for p in problems} == {Code.STALE_PAIR}
    assert all(p.expected.startswith(f"{behind} checked again") for p in problems)


def test_a_new_pair_and_a_pair_of_strangers_need_both_languages() -> None:
    first, second = WRITTEN[0].pair, WRITTEN[1].pair
    for pair in (Text("never seen", "没有见过"), Text(first.en, second.zh)):
        (problem,) = outdated_texts([replace(WRITTEN[0], pair=pair)], REVIEWED)
        assert problem.expected.startswith("both languages")


def test_a_review_clears_what_was_chosen_and_keeps_the_rest(data: Path) -> None:
    texts = [changed(WRITTEN[3], "zh"), changed(WRITTEN[4], "zh"), *WRITTEN[5:]]
    (data / "pairs.lock").write_text(lock_text(texts, REVIEWED, texts[:1]), "utf-8")
    (problem,) = outdated_texts(texts, read_reviewed(data))
    assert problem.field == WRITTEN[4].name


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
def test_a_damaged_lock_is_named_by_line(data: Path, line: str) -> None:
    good = "0123456789ab 0123456789ab data/about.yml"
    (data / "pairs.lock").write_text(f"{good}\n{line}\n{good}\n", "utf-8")
    with pytest.raises(DataErrors) as caught:
        read_reviewed(data)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.code) == ("data/pairs.lock", 2, Code.BAD_VALUE)


def test_an_edited_text_loads_and_is_found_by_its_name(data: Path) -> None:
    edit(
        data, "figures/playbook.yml", "Whether a body of that name", "Whether a group of that name"
    )
    assert load(data).figures
    (problem,) = outdated_texts(written_texts(data, []), read_reviewed(data))
    assert problem.path == "data/figures/playbook.yml"
    assert problem.field == "production-centre-year.unknowns.0"


def test_a_stale_pair_fails_the_check_until_it_is_reviewed(checkout: Path) -> None:
    edit(checkout / "data", "about.yml", 'en: "', 'en: "Edited. ')

    def explainer(*options: str) -> tuple[int, str]:
        done = run(checkout, "-m", "explainer", *options)
        return done.returncode, done.stdout + done.stderr

    code, said = explainer("check")
    assert (code, said.count("[PAIR01]")) == (2, 1)
    assert said.startswith("data/about.yml:")
    mark = ("translations", "--mark-reviewed")
    assert explainer(*mark, "data/charts") == (0, "0 texts recorded as reviewed\n")
    assert explainer("translations")[0] == 2
    assert explainer(*mark, "data/about") == (0, "1 texts recorded as reviewed\n")
    assert explainer("check")[0] == 0
