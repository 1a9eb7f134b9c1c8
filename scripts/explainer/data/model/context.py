"""Context: what independent sources print, how it was seen, and published exchange rates."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from explainer.data.model.figures import Nature
from explainer.data.model.texts import Text
from explainer.extract import Quantity


class Access(StrEnum):
    """How an editor saw what a context source prints."""

    PAGE = "page"
    """The passage stood in a stored excerpt of the publisher's own page."""
    COPY = "copy"
    """It stood in somebody's copy, republication or retelling."""
    NOT_SEEN = "not-seen"
    """The source is known of and was not seen."""


class Relation(StrEnum):
    """How a reported number stands to a figure's question."""

    SAME = "same"
    PART = "part"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Report:
    """A number that a context source prints, entered by hand with the phrase as it was seen.

    ``reads`` says in English or Chinese what a phrase in another language says; the quantity is
    what the grammar reads in it. ``figure`` is ``None`` where no figure asks for the number.
    """

    id: str
    source: str
    phrase: str
    quantity: Quantity
    nature: Nature
    scope: Text
    figure: str | None = None
    relation: Relation = Relation.SAME
    normalized: str | None = None

    @property
    def ref(self) -> str:
        """``source/report``, unique in the dataset."""
        return f"{self.source}/{self.id}"


@dataclass(frozen=True, slots=True)
class ContextSource:
    """An independent report about the same matters. ``language`` is a BCP 47 tag.

    ``host`` is where a copy stood; ``title_from`` says whether the title was seen on the page or
    read from its address. ``figures`` are those it bears on, with or without a number.
    """

    id: str
    publisher: Text
    language: str
    access: Access
    shows: Text
    figures: tuple[str, ...]
    reports: tuple[Report, ...] = ()
    publisher_original: str | None = None
    host: str | None = None
    title: str | None = None
    title_from: str = "page"
    title_translation: Text | None = None
    url: str | None = None
    archived_url: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """A published exchange rate: how much ``quote`` one unit of ``base`` bought.

    The average of a year or month, or the lowest and highest (``value_max``) of a range of days.
    """

    id: str
    base: str
    quote: str
    period: str
    value: Decimal
    publisher: str
    url: str
    access: Access
    value_max: Decimal | None = None
