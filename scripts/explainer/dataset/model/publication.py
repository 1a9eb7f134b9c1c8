"""The publication: its history, its licence, and the ids that left it."""

from dataclasses import dataclass
from enum import StrEnum

from explainer.dataset.model.texts import Pair


@dataclass(frozen=True, slots=True)
class Retired:
    """A published id that the data no longer has: moved to another id, or withdrawn.

    ``id`` is ``figure/claim`` for a claim. Exactly one of ``moved_to`` and ``reason`` is set.
    """

    sort: str
    id: str
    date: str
    moved_to: str | None = None
    reason: Pair | None = None


class Action(StrEnum):
    """What a revision did."""

    ADDED = "added"
    VALUE = "value"
    STATUS = "status"
    WORDING = "wording"
    TRANSLATION = "translation"
    CONTEXT = "context"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Revision:
    """A dated change to a published figure or claim (``figure/claim``).

    ``old`` and ``new`` are the value in brief ("about 5000000000 USD") or the status; everything
    but an addition has a reason.
    """

    date: str
    about: str
    action: Action
    old: str | None = None
    new: str | None = None
    reason: Pair | None = None

    @property
    def figure(self) -> str:
        """The figure on whose page the revision is told."""
        return self.about.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Charter:
    """A public text that the site keeps to: its id, its name, its address.

    The id of a licence is its SPDX id.
    """

    id: str
    name: Pair
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """The publication itself. ``slug`` names it in machine forms; ``version`` is semantic."""

    slug: str
    name: Pair
    description: Pair
    version: str
    published: str
    licence: Charter
    accessibility: Charter
