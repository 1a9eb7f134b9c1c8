"""Builds for an address that no host's readers know, so that no build warns of a placeholder."""

import pytest
from tests.conftest import ADDRESS


@pytest.fixture(autouse=True)
def _address(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of every build whose test names none."""
    monkeypatch.setenv("SITE_URL", ADDRESS)
