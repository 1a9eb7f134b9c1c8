"""Verify a finished site: read it once, run each check, report the failures.

Every check is a small function named ``check_…`` that yields a fault, or ``None``, for each thing
it looked at. A check that looked at nothing has failed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from explainer.data import Dataset
from explainer.data.errors import escape
from explainer.verify import checks
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding

PAGE_CHECKS: tuple[Callable[[Page], Iterator[PageFinding]], ...] = (
    checks.check_policy,
    checks.check_leftover_markup,
    checks.check_ids,
    checks.check_language,
)
SITE_CHECKS: tuple[Callable[[Site], Iterator[SiteFinding]], ...] = (
    checks.check_links,
    checks.check_pairs,
    checks.check_linked_numbers,
)


class Failure(NamedTuple):
    """One broken promise: the check that found it, the file, and what is wrong."""

    rule: str
    page: str
    message: str

    def __str__(self) -> str:
        return escape(f"{self.page}: [{self.rule}] {self.message}")


class Report(NamedTuple):
    """All failures, sorted, and how many things each check looked at."""

    failures: tuple[Failure, ...]
    checked: Mapping[str, int]


def name_of(check: Callable[..., object]) -> str:
    """The name by which failures name a check."""
    return check.__name__.removeprefix("check_").replace("_", "-")


def verify(
    root: Path, dataset: Dataset, *, finish_files: Callable[[], None] = lambda: None
) -> Report:
    """Check the finished site in ``root``, which shows ``dataset``.

    ``finish_files`` is called once all pages are read; files that are no pages may come until then.
    """
    site, found = Site(root, dataset), list[tuple[str, SiteFinding]]()
    for page in tqdm(site.crawl(), "checks", disable=None, leave=False):
        for check in PAGE_CHECKS:
            name = name_of(check)
            found += ((name, (page.path, fault) if fault else None) for fault in check(page))
    finish_files()
    for site_check in SITE_CHECKS:
        found += ((name_of(site_check), fault) for fault in site_check(site))
    counts = Counter(name for name, _ in found)
    names = [*map(name_of, PAGE_CHECKS), *map(name_of, SITE_CHECKS)]
    failures = [Failure(name, *fault) for name, fault in found if fault]
    idle = (f"{name} looked at nothing" for name in names if not counts[name])
    failures += [Failure("nothing-checked", "the site", message) for message in idle]
    return Report(tuple(sorted(failures)), {name: counts[name] for name in names})
