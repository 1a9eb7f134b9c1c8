"""No page grows heavy unnoticed: every page is held against the budget of its sort."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import published
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
    assert {sort_of(page) for page in pages} == set(BUDGETS)
    assert list(too_heavy(built)) == []


def test_pages_that_outgrow_their_budget_are_named(built: Path, tmp_path: Path) -> None:
    """By bytes that no compression takes away, and by one more file to load."""
    site = Path(shutil.copytree(built, tmp_path / "site"))
    sheet = published(site, "assets/css/enhanced.css")
    for page, planted in {
        "money/index.html": "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(9000)),
        "names/index.html": f'<link rel="stylesheet" href="../{sheet}">',
    }.items():
        with (site / page).open("a", encoding="utf-8") as file:
            file.write(planted)
    assert [told.partition(":")[0] for told in too_heavy(site)] == [
        "money/index.html",
        "names/index.html",
    ]
