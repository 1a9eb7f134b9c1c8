"""What the tests share: the checkout, the dataset, and a copy of the data to break."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from explainer.dataset import Dataset, load

settings.register_profile("checks", derandomize=True, deadline=None)
settings.load_profile("checks")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The committed dataset."""
    return load(ROOT / "data")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a build reads, without any output."""
    copy = tmp_path / "checkout"
    for name in ("data", "scripts", "overrides"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs" / "assets", copy / "docs" / "assets")
    shutil.copy(ROOT / "mkdocs.yml", copy)
    return copy


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the two articles, which are not part of this project.

    Named by ARTICLES; without it, ``../shared/articles`` beside the checkout.
    """
    folder = Path(os.environ.get("ARTICLES") or "../shared/articles")
    folder = folder if folder.is_absolute() else ROOT / folder
    if not (folder / "en-article.txt").is_file():
        pytest.skip(f"the articles are not at hand in {folder} (set ARTICLES to their folder)")
    return folder
