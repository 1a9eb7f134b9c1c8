"""The benchmark's invented dataset: a real one in every respect but truth."""

import re
from pathlib import Path

import pytest
from benchmarks.checkout import write_checkout
from benchmarks.content import figure_ids
from benchmarks.contest import stage_turn
from benchmarks.floors import FLOORS
from benchmarks.stages import STAGES
from tests.commands import tree

from explainer.build import written
from explainer.data import Status, load, pairs
from explainer.data.registry import confusable_key

COUNT = 20


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    checkout = tmp_path_factory.mktemp("invented") / "checkout"
    write_checkout(checkout, COUNT)
    return checkout


def test_it_loads_and_every_pair_is_checked(invented: Path) -> None:
    dataset = load(invented / "data")
    assert len(dataset.figures) == len(dataset.charts) == COUNT
    assert list(pairs.problems(written(invented), dataset.checked)) == []


def test_it_has_what_a_real_one_has(invented: Path) -> None:
    dataset = load(invented / "data")
    figures = dataset.figures.values()
    assert {len(figure.claims) for figure in figures} == {2, 3}
    assert len(dataset.voices) == 3
    assert len({figure.comparison.status for figure in figures} & set(Status)) >= 6
    assert len({figure.kind for figure in figures}) >= 4
    assert all(figure.unknowns for figure in figures)
    assert len(dataset.derivations) >= COUNT // 5
    assert sum(len(source.reports) for source in dataset.context.values()) == COUNT // 5


def test_a_page_holds_about_120_words_and_250_hanzi(invented: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in (invented / "data/figures").glob("*.yml"))
    english = re.findall(r'^ *-? ?en: "(.*)"$', text, re.MULTILINE)
    words = sum(len(line.split()) for line in english)
    hanzi = len(re.findall(r"[\u4e00-\u9fff]", text))
    assert 100 <= words / COUNT <= 150
    assert 200 <= hanzi / COUNT <= 320


def test_two_writings_are_the_same_bytes(invented: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_checkout(again, COUNT)
    assert tree(again / "data") == tree(invented / "data")
    assert tree(again / "scripts") == tree(invented / "scripts")


def test_no_two_of_ten_thousand_ids_look_alike() -> None:
    assert len({confusable_key(name) for name in figure_ids(10_000)}) == 10_000


def test_every_stage_and_floor_runs_and_makes_something(tmp_path: Path) -> None:
    invented = tmp_path / "few"
    write_checkout(invented, 5)
    for name in (*STAGES, *FLOORS):
        work = stage_turn(name, invented, limit=120).work
        assert work is not None, name
        assert work.count > 0, name
        assert work.wall > 0, name
        assert work.peak > 0, name
