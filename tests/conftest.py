"""Fixtures of all rooms: the dataset, checkouts to change, and the site, built once a run."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from lxml import html
from playwright.sync_api import Browser, expect, sync_playwright
from tests import commands
from tests.commands import MKDOCS, environment
from tests.tools import find_tools

from explainer.data import Dataset, load
from explainer.export import SiteContext

settings.register_profile("checks", derandomize=True, deadline=None)
settings.load_profile("checks")
# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)

ROOT = Path(__file__).parents[1]
ADDRESS = commands.ADDRESS


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The committed dataset."""
    return load(ROOT / "data")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker to ask makes and all workers of a run read."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder, part = base / name, base / f"{name}.part"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(folder)
    return folder


def checkout_in(copy: Path) -> Path:
    """Copy what a build reads, and the images drawn before, into a folder."""
    ignored = shutil.ignore_patterns("__pycache__", "wheels", "build.lock", "*.part")
    for name in ("data", "docs", "overrides", "scripts", ".cache"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture
def checkout(built: Path, tmp_path: Path) -> Path:
    """A copy of what a build reads, without any output. The images were drawn for ``built``."""
    return checkout_in(tmp_path / "checkout")


def build_site(site: Path) -> None:
    """Build this checkout's site for :data:`ADDRESS` into a folder, by plain MkDocs."""
    command = [sys.executable, *MKDOCS, str(site)]
    subprocess.run(command, cwd=ROOT, env=environment(ROOT), check=True)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as plain MkDocs builds it, for :data:`ADDRESS`. Read it; copy it to change it."""
    return make_once(tmp_path_factory, "built", build_site)


def page_names(site: Path) -> list[str]:
    """The addresses of all pages of a built site, below its root."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [name.removesuffix("index.html") for name in found]


@cache
def parse(page: Path) -> Any:
    """The tree of a page; of one that no test changes."""
    return html.fromstring(page.read_bytes().decode("utf-8"))


def published(site: Path, name: str) -> str:
    """The path of an asset in a built site by the name that it has in the project."""
    (path,) = site.glob(name.replace("assets/", "assets/*/", 1))
    return path.relative_to(site).as_posix()


def tool(name: str) -> str:
    """The path of a program that the tests need. Fails where there is none."""
    path = find_tools.find(name)
    assert path, f"no {name.lower()}; `make test` installs it or names the package"
    return str(path)


OFFLINE = (
    ("unshare", "--net"),
    ("unshare", "--map-root-user", "--net"),
    ("sudo", "-n", "-E", "unshare", "--net", "--", "sudo", "-n", "-E", "-u", f"#{os.geteuid()}"),
)
"""Ways to start a process without a network: as root, as a user, by sudo."""


@pytest.fixture(scope="session")
def offline() -> Sequence[str]:
    """What to put before a command so that it runs without a network."""
    for way in OFFLINE:
        if not shutil.which(way[0]):
            continue
        done = subprocess.run(
            [*way, "cat", "/proc/net/dev"], capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            devices = [line.split(":")[0].strip() for line in done.stdout.splitlines()[2:]]
            assert devices == ["lo"], f"«{' '.join(way)}» leaves the network on"
            return way
    pytest.fail("cannot start a process without a network: run as root, or allow user namespaces")


ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
"""Chromium's arguments: no requests of its own."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=tool("CHROMIUM"), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def to(dataset: Dataset) -> SiteContext:
    """The words of the dataset in both languages."""
    return SiteContext(dataset, ADDRESS)


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
