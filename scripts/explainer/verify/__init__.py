"""From a finished site to a report. Reads only the site and the dataset."""

from pathlib import Path

from explainer.data import Dataset
from explainer.verify.crawl import Site
from explainer.verify.report import Failure, Report
from explainer.verify.rules import RULES

__all__ = ["Failure", "Report", "Site", "verify"]


def verify(root: Path, dataset: Dataset) -> Report:
    """Hold the site in ``root`` against every rule."""
    site = Site(root)
    failures: list[Failure] = []
    checked: dict[str, int] = {}
    for rule in RULES:
        findings = list(rule(site, dataset))
        checked[rule.__name__] = len(findings)
        failures.extend(finding for finding in findings if finding is not None)
    failures.extend(
        Failure("nothing-checked", "the site", f"{name} looked at nothing")
        for name, count in checked.items()
        if count == 0
    )
    return Report(tuple(sorted(failures)), checked)
