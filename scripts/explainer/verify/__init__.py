"""Verify a finished site: read it once, run each check, report the failures.

Every check is a small function named ``check_…``. Checks of a page yield the fault of each thing
they looked at, or ``None``; checks of the site yield the file and the fault. A check that looked
at nothing has failed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
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
    links.check_ids,
    links.check_addresses,
    languages.check_foreign_text,
    languages.check_head,
    figures.check_claims,
    figures.check_prose_anchors,
)
SITE_CHECKS: tuple[Callable[[Site], Iterator[SiteFinding]], ...] = (
    links.check_links,
    links.check_orphans,
    links.check_assets,
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
    checked = Counter({check_name(check): 0 for check in (*PAGE_CHECKS, *SITE_CHECKS)})
    for page in site.crawl():
        for page_check in PAGE_CHECKS:
            for message in page_check(page, site):
                checked[check_name(page_check)] += 1
                if message is not None:
                    failures.append(Failure(check_name(page_check), page.path, message))
    for site_check in SITE_CHECKS:
        for finding in site_check(site):
            checked[check_name(site_check)] += 1
            if finding is not None:
                failures.append(Failure(check_name(site_check), *finding))
    failures.extend(
        Failure("nothing-checked", "the site", f"{name} looked at nothing")
        for name, count in checked.items()
        if count == 0
    )
    return Report(tuple(sorted(failures)), checked)


def check_name(check: Callable[..., object]) -> str:
    """The name of a check in reports: "links" for ``check_links``."""
    return check.__name__.removeprefix("check_").replace("_", "-")
