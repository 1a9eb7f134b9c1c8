"""A copy of the project to do harm to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

from explainer import cli


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project that the program works on in this process."""
    copy = tmp_path_factory.mktemp("faults") / "checkout"
    for name in ("data", "docs", "overrides", "scripts"):
        ignored = shutil.ignore_patterns("__pycache__", "explainer")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "ROOT", copy)
        patch.setenv("SITE_URL", "https://site.example/")
        patch.setenv("PNG", "false")
        yield copy
