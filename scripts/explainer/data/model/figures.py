"""Figures and the claims that answer them. A claim takes its quantity from its mentions."""

from dataclasses import dataclass
from enum import StrEnum

from explainer.data.model.sources import Mention, Source, Voice
from explainer.data.model.texts import Text
from explainer.extract import Kind, Quantity


class Status(StrEnum):
    """How the claims of a figure stand to each other."""

    SINGLE_SOURCE = "single-source"
    AGREE = "agree"
    AGREE_AFTER_CONVERSION = "agree-after-conversion"
    AGREE_WITHIN_ROUNDING = "agree-within-rounding"
    SCOPE_DIFFERS = "scope-differs"
    PERIOD_DIFFERS = "period-differs"
    DEFINITION_DIFFERS = "definition-differs"
    CONFLICT = "conflict"
    UNRESOLVED = "unresolved"


class Nature(StrEnum):
    """What sort of statement a claim makes about its quantity."""

    ACTUAL = "actual"
    CUMULATIVE = "cumulative"
    PLANNED = "planned"
    ESTIMATED = "estimated"
    PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link in the chain of who said it: a term's id, the role played, a neutral verb."""

    agent: str
    role: str
    verb: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's printed answer to a figure; ``quantity`` is that of its mentions."""

    id: str
    figure: str
    voice: Voice
    source: Source
    mentions: tuple[Mention, ...]
    quantity: Quantity
    nature: Nature
    scope: Text
    attribution: tuple[Attribution, ...] = ()
    note: Text | None = None
    period: str | None = None

    @property
    def ref(self) -> str:
        """``figure/claim``, unique in the dataset."""
        return f"{self.figure}/{self.id}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the claims of a figure stand to each other, why, and the derivations that show it.

    ``converted_at`` is the period whose average rates bring its claims into one currency.
    """

    status: Status
    reason: Text
    derivations: tuple[str, ...] = ()
    rate_period: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A question with a permanent id and address. It has no value of its own."""

    id: str
    topic: str
    kind: Kind
    label: Text
    question: Text
    headline: Text
    summary: Text
    claims: tuple[Claim, ...]
    comparison: Comparison
    unknowns: tuple[Text, ...] = ()
    context: Text | None = None
    notes: tuple[Text, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id. Raises ``KeyError`` where there is none."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    def voices(self) -> tuple[Voice, ...]:
        """The voices that answer, in the order of their claims, each once."""
        return tuple(dict.fromkeys(claim.voice for claim in self.claims))


@dataclass(frozen=True, slots=True)
class Topic:
    """What a group of figures is about."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Statement:
    """A point that a voice makes in words, paraphrased, with the blocks where it stands."""

    id: str
    theme: str
    voice: Voice
    blocks: tuple[str, ...]
    text: Text
