"""No page grows heavy unnoticed: every page is held against the budget of its sort."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.weight.budget import BUDGETS, sort_of, view


def too_heavy(site: Path) -> Iterator[str]:
    """The pages that need more than their sort may, each with what it needs."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if "pagefind" not in name:
            most, found = BUDGETS[sort_of(name)], view(site, name)
            if found.bytes > most.bytes or found.requests > most.requests:
                yield f"{name}: {found}, not {most}"


def test_every_page_keeps_to_the_budget_of_its_sort(built: Path) -> None:
    pages = [path.relative_to(built).as_posix() for path in built.rglob("*.html")]
    assert len(pages) > 150
    assert {sort_of(page) for page in pages} == set(BUDGETS)
    assert list(too_heavy(built)) == []


@pytest.mark.parametrize(
    ("planted", "page"),
    [
        ("<p>" + "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(9000)), "money/index.html"),
        ('<link rel="stylesheet" href="../assets/css/{late}">', "names/index.html"),
    ],
    ids=["bytes", "requests"],
)
def test_a_page_that_outgrows_its_budget_is_told_by_name(
    built: Path, tmp_path: Path, planted: str, page: str
) -> None:
    site = Path(shutil.copytree(built, tmp_path / "site"))
    (late,) = (path.name for path in (site / "assets/css").glob("late.*.css"))
    text = (site / page).read_text("utf-8")
    (site / page).write_text(f"{text}{planted.format(late=late)}", "utf-8")
    (told,) = too_heavy(site)
    assert told.startswith(f"{page}: ")
