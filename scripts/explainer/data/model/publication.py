"""The publication: its history, its licence, and the ids that left it."""

from dataclasses import dataclass
from enum import StrEnum

from explainer.data.model.texts import Text
from explainer.extract import Kind


class Action(StrEnum):
    """What a revision did; the last three are what retirements do."""

    ADDED = "added"
    VALUE = "value"
    STATUS = "status"
    WORDING = "wording"
    TRANSLATION = "translation"
    CONTEXT = "context"
    MOVED = "moved"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Retired:
    """A published id that the data no longer has, and the answer that its address keeps.

    ``id`` is ``figure/claim`` for a claim, ``source/report`` for a report. It moved (the same
    thing under another id), or it was withdrawn for a reason, perhaps with something else in its
    place. ``label`` is what it was called, ``kind`` a figure's kind, ``figure`` the figure on whose
    page a derivation stood.
    """

    sort: str
    id: str
    date: str
    label: Text
    moved_to: str | None = None
    reason: Text | None = None
    superseded_by: str | None = None
    kind: Kind | None = None
    figure: str | None = None

    @property
    def state(self) -> Action:
        """Moved, superseded or withdrawn."""
        if self.moved_to is not None:
            return Action.MOVED
        return Action.WITHDRAWN if self.superseded_by is None else Action.SUPERSEDED

    @property
    def successor(self) -> str | None:
        """The id that stands for it now, of the same sort."""
        return self.moved_to or self.superseded_by

    @property
    def owner(self) -> str:
        """The figure or source on whose page the answer stands; of those, their own id."""
        return self.figure or self.id.partition("/")[0]


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
    reason: Text | None = None

    @property
    def figure(self) -> str:
        """The figure on whose page the revision is told."""
        return self.about.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Standard:
    """A public text that the site keeps to: its id, its name, its address.

    The id of a licence is its SPDX id.
    """

    id: str
    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """The publication itself. ``slug`` names it in machine forms; ``version`` is semantic."""

    slug: str
    name: Text
    description: Text
    version: str
    published: str
    licence: Standard
    accessibility: Standard
