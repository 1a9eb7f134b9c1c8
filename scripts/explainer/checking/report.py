"""What the checks of a finished site found."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """One broken promise on one page: which rule, where, and what was found."""

    rule: str
    page: str
    said: str

    def __str__(self) -> str:
        return f"{self.page}: [{self.rule}] {self.said}"


@dataclass(frozen=True, slots=True)
class Report:
    """All failures, sorted, and how many things each rule looked at."""

    failures: tuple[Failure, ...]
    checked: Mapping[str, int]
