"""The exported files of the committed dataset, and of one whose history goes on."""

from dataclasses import replace

import pytest
from tests.conftest import ADDRESS

from explainer.data import Action, Dataset, Retired, Revision, Text
from explainer.derive import evaluate_all
from explainer.export import SiteContext, export_files, site_context
from explainer.extract import Kind

RETIRED = (
    Retired(
        "figure",
        "old-figure",
        "2026-12-01",
        Text("Old *jobs*", "旧*岗位*"),
        kind=Kind.COUNT,
        reason=Text("It was counted <b>twice</b>.", "重复计入。"),
    ),
    Retired(
        "figure",
        "moved-figure",
        "2026-12-02",
        Text("Jobs", "岗位"),
        moved_to="jobs-created",
        kind=Kind.COUNT,
    ),
    Retired(
        "figure",
        "split-figure",
        "2026-12-03",
        Text("Jobs and money", "岗位与金额"),
        reason=Text("Two questions.", "两个问题。"),
        superseded_by="jobs-created",
        kind=Kind.COUNT,
    ),
    Retired(
        "claim",
        "jobs-created/guess",
        "2026-12-01",
        Text("A guess", "一种猜测"),
        moved_to="jobs-created/answer",
    ),
)
REVISIONS = (
    Revision(
        "2026-11-25",
        "old-figure/answer",
        Action.VALUE,
        "exact 30000 jobs",
        "exact 20000 jobs",
        Text("Misread.", "看错了。"),
    ),
    Revision(
        "2026-12-24",
        "jobs-created/english",
        Action.VALUE,
        "more_than 15000 jobs",
        "more_than 16000 jobs",
        Text("A digit was misread.", "看错了一位数。"),
    ),
)


@pytest.fixture(scope="session")
def site(dataset: Dataset) -> SiteContext:
    """The context of a site with the committed dataset."""
    return site_context(dataset, evaluate_all(dataset), ADDRESS)


@pytest.fixture(scope="session")
def files(site: SiteContext) -> dict[str, str]:
    """The text of each exported file by its path."""
    return {path: write() for path, write in export_files(site)}


@pytest.fixture(scope="session")
def aged(dataset: Dataset) -> SiteContext:
    """The context of a site in which a number changed and figures and a claim were retired."""
    changed = replace(
        dataset,
        retired={(item.sort, item.id): item for item in RETIRED},
        revisions=(*dataset.revisions, *REVISIONS),
    )
    return site_context(changed, evaluate_all(changed), ADDRESS)


@pytest.fixture(scope="session")
def aged_files(aged: SiteContext) -> dict[str, str]:
    """The text of each exported file of the aged site by its path."""
    return {path: write() for path, write in export_files(aged)}
