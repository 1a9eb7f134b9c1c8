"""The index of words: the same wherever it is made, and no half of one."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.site import search_index
from explainer.site.search_index import SearchIndexError, write_search_index

SHARED_MEMORY = Path("/dev/shm")  # lists what came last first


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that lists its files in the order in which they came, where there is any."""
    if not SHARED_MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY) as name:
        yield Path(name)


def copied(pages: list[Path], built: Path, folder: Path) -> Path:
    for page in pages:
        copy = folder / page.relative_to(built)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(page, copy)
    return folder


def listed(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def index_of(site: Path) -> dict[str, bytes]:
    assert write_search_index(site) > 0
    made = site / search_index.FOLDER
    return {
        path.relative_to(made).as_posix(): path.read_bytes()
        for path in made.rglob("*")
        if path.is_file()
    }


def test_the_index_is_the_same_in_whatever_order_a_folder_lists_its_files(
    built: Path, folder: Path
) -> None:
    pages = [*sorted((built / "figures").rglob("*.html")), built / "zh" / "money" / "index.html"]
    one = copied(pages, built, folder / "one")
    other = copied(pages[::-1], built, folder / "other")
    if SHARED_MEMORY.is_dir():
        assert listed(one / "figures") != listed(other / "figures")
    found = index_of(one)
    assert found == index_of(other)
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= found.keys()
    assert any(name.startswith("index/zh-hans") for name in found)
    assert not any("ui" in name or "highlight" in name for name in found)


def test_every_page_that_can_be_found_is_indexed_once(built: Path) -> None:
    findable = [p for p in built.rglob("*.html") if b"data-pagefind-body" in p.read_bytes()]
    assert len(findable) > 50
    assert len(list((built / "pagefind" / "fragment").iterdir())) == len(findable)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("exit 0", "it ended"),
        ("head -c 100 > /dev/null; exit 0", "it ended"),
        (
            'printf \'{"payload":{"type":"Error","message":"too tired"}}\' | base64; printf ,',
            "tired",
        ),
    ],
)
def test_no_half_of_an_index_is_written(
    answers: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\n{answers}\ncat > /dev/null\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(search_index, "get_executable", lambda: program)
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text('<html lang="en"><main data-pagefind-body>Text.</main>', "utf-8")
    with pytest.raises(SearchIndexError, match=said):
        write_search_index(page.parent)
    assert [path.name for path in page.parent.iterdir()] == ["index.html"]
