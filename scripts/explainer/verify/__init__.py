"""Verify a finished site: read it once, run each check, report the failures.

Every check is a small function named ``check_…`` that yields a fault, or ``None``, for each thing
it looked at. A check that looked at nothing has failed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from explainer.data import Dataset
from explainer.verify import csp, figures, languages, links, numbers
from explainer.verify.crawl import Page, PageFinding, Site, SiteFinding

PAGE_CHECKS: tuple[Callable[[Page, Site], Iterator[PageFinding]], ...] = (
    csp.check_third_party,
    csp.check_inline,
    csp.check_policy,
    csp.check_leftover_markup,
    languages.check_foreign_text,
    languages.check_head,
    figures.check_claims,
    figures.check_prose_anchors,
)
SITE_CHECKS: tuple[Callable[[Site], Iterator[SiteFinding]], ...] = (
    links.check_ids,
    links.check_links,
    links.check_orphans,
    links.check_sitemap,
    links.check_retired,
    languages.check_hreflang,
    languages.check_pairs,
    languages.check_blocks,
    numbers.check_linked_numbers,
    numbers.check_block_numbers,
    figures.check_figures,
)


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """One broken promise: the check that found it, the file, and what is wrong."""

    rule: str
    page: str
    message: str

    def __str__(self) -> str:
        return f"{self.page}: [{self.rule}] {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """All failures, sorted, and how many things each check looked at."""

    failures: tuple[Failure, ...]
    checked: Mapping[str, int]


def verify(root: Path, dataset: Dataset) -> Report:
    """Check the finished site in ``root``, which shows ``dataset``."""
    site = Site(root, dataset)
    failures: list[Failure] = []
    checked: Counter[str] = Counter()

    def record(check: Callable[..., object], findings: Iterable[SiteFinding]) -> None:
        name = check.__name__.removeprefix("check_").replace("_", "-")
        found = list(findings)
        checked[name] += len(found)
        failures.extend(Failure(name, *finding) for finding in found if finding is not None)

    for page_check in PAGE_CHECKS:
        record(page_check, ())
    for page in site.crawl():
        for page_check in PAGE_CHECKS:
            faults = page_check(page, site)
            record(page_check, ((page.path, fault) if fault else None for fault in faults))
    for site_check in SITE_CHECKS:
        record(site_check, site_check(site))
    for name, count in checked.items():
        if count == 0:
            failures.append(Failure("nothing-checked", "the site", f"{name} looked at nothing"))
    return Report(tuple(sorted(failures)), checked)
