"""The exported files of the committed dataset, and of one whose history went on."""

import shutil
from pathlib import Path

import pytest
from tests.conftest import ADDRESS, ROOT
from tests.data.aged import grow_old

from explainer.data import load
from explainer.export import SiteContext, export_files


@pytest.fixture(scope="session")
def site(to: SiteContext) -> SiteContext:
    """A site with the committed dataset."""
    return to


@pytest.fixture(scope="session")
def files(site: SiteContext) -> dict[str, str]:
    """The text of each exported file by its path."""
    return dict(export_files(site))


@pytest.fixture(scope="session")
def aged(tmp_path_factory: pytest.TempPathFactory) -> SiteContext:
    """The context of a site some years on."""
    data = Path(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("aged") / "data"))
    grow_old(data)
    return SiteContext(load(data), ADDRESS)


@pytest.fixture(scope="session")
def aged_files(aged: SiteContext) -> dict[str, str]:
    """The text of each exported file of the aged site by its path."""
    return dict(export_files(aged))
