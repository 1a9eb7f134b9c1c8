"""A copy of the project to do harm to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import checkout_in

from explainer import cli


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project that the program works on in this process."""
    copy = checkout_in(tmp_path_factory.mktemp("faults") / "checkout")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cli, "ROOT", copy)
        patch.setenv("SITE_URL", "https://site.example/")
        patch.setenv("PNG", "false")
        yield copy
