"""Figures and the claims that answer them, our own arithmetic, and what voices say in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from explainer.data.models.fields import (
    NOT_EMPTY,
    Block,
    Currency,
    Edtf,
    Entity,
    Entry,
    FigureId,
    InputRef,
    Period,
    References,
    Slug,
    TermId,
    Text,
    missing_key,
    number,
    set_fields,
)
from explainer.data.models.sources import Mention, Nature, Source, Voice
from explainer.extract import Kind, Quantity

VoiceId = Annotated[Slug, References("voice")]


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


@dataclass(frozen=True, slots=True)
class Attribution(Entry):
    """One link in the chain of who said it: a term's id, the role played, a neutral verb."""

    agent: TermId
    role: Literal["outlet", "speaker", "company", "study"]
    verb: Literal["said", "announced", "estimated", "reported", "planned", "published", "asked"]


@dataclass(frozen=True, slots=True)
class Claim(Entity):
    """One voice's printed answer to a figure; ``quantity`` is that of its mentions.

    The loader puts the voice, source and mentions behind the ids that the file names.
    """

    entity: ClassVar[str] = "claim"
    voice_id: Annotated[VoiceId, Field(alias="voice")]
    mention_ids: Annotated[tuple[Slug, ...], NOT_EMPTY, Field(alias="mentions")]
    nature: Nature
    scope: Text
    attribution: Annotated[tuple[Attribution, ...], NOT_EMPTY] = ()
    note: Text | None = None
    period: Period | None = None
    figure: str = field(init=False)
    voice: Voice = field(init=False, repr=False)
    source: Source = field(init=False, repr=False)
    mentions: tuple[Mention, ...] = field(init=False, repr=False)
    quantity: Quantity = field(init=False)

    @property
    def ref(self) -> str:
        """``figure/claim``, unique among claims."""
        return f"{self.figure}/{self.id}"


@dataclass(frozen=True, slots=True)
class Comparison(Entry):
    """How the claims of a figure stand to each other, why, and the derivations that show it.

    ``rate_period`` is the period whose average rates bring its claims into one currency.
    """

    status: Status
    reason: Text
    derivations: Annotated[
        tuple[Annotated[Slug, References("derivation")], ...],
        NOT_EMPTY,
    ] = ()
    rate_period: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Figure(Entity):
    """A question with a permanent id and address. It has no value of its own."""

    entity: ClassVar[str] = "figure"
    topic: Annotated[Slug, References("topic")]
    kind: Kind
    label: Text
    question: Text
    headline: Text
    summary: Text
    claims: Annotated[tuple[Claim, ...], NOT_EMPTY]
    comparison: Comparison
    unknowns: Annotated[tuple[Text, ...], NOT_EMPTY] = ()
    context: Text | None = None
    notes: Annotated[tuple[Text, ...], NOT_EMPTY] = ()

    def __post_init__(self) -> None:
        if self.comparison.status is not Status.AGREE and not self.unknowns:
            raise missing_key("unknowns")
        for claim in self.claims:
            set_fields(claim, figure=self.id)

    def claim(self, claim_id: str) -> Claim:
        """Return the claim with that id. Raises ``KeyError`` where there is none."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise KeyError(claim_id)

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that answer, in the order of their claims, each once."""
        return tuple({claim.voice.id: claim.voice for claim in self.claims}.values())


@dataclass(frozen=True, slots=True)
class Topic(Entity):
    """What a group of figures is about."""

    entity: ClassVar[str] = "topic"
    label: Text


@dataclass(frozen=True, slots=True)
class Theme(Topic):
    """What a group of statements is about."""

    entity: ClassVar[str] = "theme"


@dataclass(frozen=True, slots=True)
class Statement(Entity):
    """A point that a voice makes in words, paraphrased, with the blocks where it stands."""

    entity: ClassVar[str] = "statement"
    theme: Annotated[Slug, References("theme")]
    voice_id: Annotated[VoiceId, Field(alias="voice")]
    blocks: Annotated[tuple[Block, ...], NOT_EMPTY]
    text: Text
    voice: Voice = field(init=False, repr=False)


@dataclass(frozen=True, slots=True)
class Derivation(Entity):
    """Our own arithmetic: a formula over named inputs, shown with ``decimals`` decimals.

    ``inputs`` maps a name of the formula to a claim (``figure/claim``), ``report:source/report``,
    ``rate:id`` or an earlier derivation (``=id``). ``display`` holds ``{value}``: the number, or
    the amount where there is a ``currency``. Negative ``decimals`` round to tens, thousands ….
    """

    entity: ClassVar[str] = "derivation"
    figure: FigureId
    label: Text
    formula: Annotated[str, Field(pattern="^[a-z0-9+*/(). -]+$")]
    inputs: Annotated[Mapping[Annotated[str, Field(pattern="^[a-z]+$")], InputRef], NOT_EMPTY]
    decimals: Annotated[int, number(int, "([0-6]|-[1-9]|-1[0-2])")]
    display: Text
    currency: Currency | None = None
    note: Text | None = None
