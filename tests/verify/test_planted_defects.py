"""Every check of the finished site can fail: one planted defect each, caught by its name.

What is right in another way passes.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.commands import read_table
from tests.verify.planting import edit, faults, plant_in_copy, rewrite

from explainer.data import Dataset
from explainer.verify import PAGE_CHECKS, SITE_CHECKS, name_of, verify
from explainer.verify.crawl import Site

TABLE: dict[str, list[Any]] = read_table(Path(__file__).with_name("defects.yml"))
RIGHT = TABLE.pop("passes")
MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, defects in TABLE.items() for n in range(len(defects))]
)
def test_a_planted_defect_is_caught_by_name(
    clean: Site, tmp_path: Path, name: str, number: int
) -> None:
    defect = TABLE[name][number]
    edits = [defect] if isinstance(defect[0], str) else defect
    site, pages = plant_in_copy(clean, tmp_path / "site", lambda site: edit(site, *edits))
    assert faults(site, pages, [name]) == {name}


def reverse_attributes(text: str) -> str:
    attributes = re.compile(r"(?: [\w-]+=\"[^\"]*\")+(?=>)")
    return attributes.sub(lambda m: "".join(re.findall(r" \S+=\"[^\"]*\"", m[0])[::-1]), text)


WAYS = (
    reverse_attributes,
    lambda text: re.sub(r'class="([^"\']*)"', r"class='\1'", text),
    lambda text: text.replace("\n<", "\n\n   <"),
    lambda text: text.replace("<body", "<!-- **a** {{ b }} --><body", 1),
)
"""Other ways to write a page, which mean the same."""


def write_in_other_ways(site: Path) -> None:
    edit(site, *RIGHT)
    for name in (MONEY, JOBS, "404.html", f"both/{MONEY}", f"zh/{JOBS}"):
        for way in WAYS:
            rewrite(site / name, way((site / name).read_bytes().decode("utf-8")))


def test_a_site_written_in_other_ways_passes(clean: Site, tmp_path: Path) -> None:
    assert faults(*plant_in_copy(clean, tmp_path / "site", write_in_other_ways)) == set()


def test_every_check_has_a_planted_defect() -> None:
    assert set(TABLE) == {*map(name_of, PAGE_CHECKS), *map(name_of, SITE_CHECKS)}


def test_failures_name_page_and_check(clean: Site, tmp_path: Path) -> None:
    change = (MONEY, "nearly $700 million</a>", "$700 million</a>")
    site, _ = plant_in_copy(clean, tmp_path / "site", lambda site: edit(site, change))
    (failure,) = verify(site.root, clean.dataset).failures
    target = "figures/korea-spend-five-years/index.html#english"
    message = f"'$700 million' is not what {target} says"
    assert str(failure) == f"{MONEY}: [linked-numbers] {message}"


def test_a_check_that_looked_at_nothing_has_failed(tmp_path: Path, dataset: Dataset) -> None:
    report = verify(tmp_path, dataset)
    silent = {failure.message for failure in report.failures if failure.rule == "nothing-checked"}
    wrong = {failure.rule for failure in report.failures}
    for name, count in report.checked.items():
        assert name in wrong if count else f"{name} looked at nothing" in silent
