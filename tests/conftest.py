"""What the tests share: the checkout, the dataset, and a copy of the data to break."""

import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from explainer import workers
from explainer.data import Dataset, load, loader
from explainer.derive import evaluate_all
from explainer.export.context import SiteContext, site_context

settings.register_profile("checks", derandomize=True, deadline=None)
settings.load_profile("checks")
# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)

ROOT = Path(__file__).parents[1]
CACHE = ".cache/pictures"
ADDRESS = "https://site.example/some/where/"
"""The address that tests build for: below a sub-path, like many hosts serve."""


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The committed dataset."""
    return load(ROOT / "data")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def count_as_much(patch: pytest.MonkeyPatch, processors: int) -> None:
    """Let any data be as much as is shared among ``processors``."""
    patch.setattr(loader, "_LARGE", 0)
    patch.setattr(workers, "_processors", lambda: processors)


def fetched(address: str) -> str:
    """The text at an address of this machine, from a server that may be busy building."""
    with urllib.request.urlopen(address, timeout=120) as answer:
        return str(answer.read().decode("utf-8"))


def checkout_in(copy: Path) -> Path:
    """Copy what a build reads, and the pictures made before, into a folder."""
    for name in ("data", "scripts", "overrides", "docs/assets"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, copy)
    if (ROOT / CACHE).is_dir():
        shutil.copytree(ROOT / CACHE, copy / CACHE)
    return copy


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a build reads, without any output."""
    return checkout_in(tmp_path / "checkout")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as plain MkDocs builds it, for :data:`ADDRESS`. Read it; copy it to change it."""
    site = tmp_path_factory.mktemp("built") / "site"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ADDRESS},
        check=True,
    )
    return site


def published(site: Path, name: str) -> str:
    """The path of an asset in a built site by the name that it has in the project."""
    stem, _, ending = name.rpartition(".")
    (path,) = site.glob(f"{stem}.*.{ending}")
    return path.relative_to(site).as_posix()


def chromium() -> str:
    """The path of Chromium, found on PATH."""
    import find_tools

    path = find_tools.find("CHROMIUM")
    assert path, "no Chromium on PATH; `make test` installs one or says how"
    return str(path)


ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
"""How Chromium is started: alone, and in silence."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def to(dataset: Dataset) -> SiteContext:
    """The words of the dataset in both languages."""
    return site_context(dataset, evaluate_all(dataset), ADDRESS)


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
