"""The built site, crawled once."""

from pathlib import Path

import pytest

from explainer.data import Dataset
from explainer.verify.crawl import Site


@pytest.fixture(scope="session")
def clean(built: Path, dataset: Dataset) -> Site:
    site = Site(built, dataset)
    for _ in site.crawl():
        pass
    return site
