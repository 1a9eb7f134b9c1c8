"""The exported files of the committed dataset, and of one whose history went on."""

from dataclasses import replace

import pytest
from tests.conftest import ADDRESS

from explainer.data import Dataset, Retired, Revision, Text
from explainer.export import SiteContext, export_files

OLD = Retired(
    sort="figure",
    id="old-figure",
    date="2026-12-01",
    label=Text("Old *jobs*", "旧*岗位*"),
    reason=Text("It was counted <b>twice</b>.", "重复计入。"),
)
MOVED = replace(OLD, id="moved-figure", reason=None, moved_to="jobs-created")
CHANGE = Revision(
    date="2026-12-24",
    about="jobs-created/english",
    action="value",
    old="more_than 15000 jobs",
    new="more_than 16000 jobs",
    reason=Text("A digit was misread.", "看错了一位数。"),
)


@pytest.fixture(scope="session")
def site(to: SiteContext) -> SiteContext:
    """A site with the committed dataset."""
    return to


@pytest.fixture(scope="session")
def files(site: SiteContext) -> dict[str, str]:
    """The text of each exported file by its path."""
    return dict(export_files(site))


@pytest.fixture(scope="session")
def aged(dataset: Dataset) -> SiteContext:
    """The context of a site in which a number changed and two figures were retired."""
    retired = {("figure", item.id): item for item in (OLD, MOVED)}
    changed = replace(dataset, retired=retired, revisions=(*dataset.revisions, CHANGE))
    return SiteContext(changed, ADDRESS)


@pytest.fixture(scope="session")
def aged_files(aged: SiteContext) -> dict[str, str]:
    """The text of each exported file of the aged site by its path."""
    return dict(export_files(aged))
