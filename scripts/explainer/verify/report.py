"""What the checks of a finished site found."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.verify.crawl import Page


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """One broken promise on one page: which rule, where, and what was found."""

    rule: str
    page: str
    said: str

    def __str__(self) -> str:
        return f"{self.page}: [{self.rule}] {self.said}"


Finding = Failure | None
"""What a rule says of one thing: nothing wrong, or what is."""


def fail(rule: str, page: Page | str, said: str) -> Failure:
    """The failure of ``rule`` on a page, or on another file by its path."""
    return Failure(rule, page if isinstance(page, str) else page.path, said)


@dataclass(frozen=True, slots=True)
class Report:
    """All failures, sorted, and how many things each rule looked at."""

    failures: tuple[Failure, ...]
    checked: Mapping[str, int]
