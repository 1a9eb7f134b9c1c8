"""The whole dataset."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from explainer.data.model.arithmetic import Chart, Derivation
from explainer.data.model.context import ContextSource, Rate, Report
from explainer.data.model.figures import Claim, Figure, Statement, Topic
from explainer.data.model.names import Term
from explainer.data.model.publication import About, Retired, Revision
from explainer.data.model.sources import Digest, Mention, Source, Voice
from explainer.data.model.texts import Outdated, ReviewedPairs, Text
from explainer.extract import Kind

Item = TypeVar("Item")


@dataclass(frozen=True)
class Dataset:
    """Everything the site says, checked.

    Mappings keep the order of the files; figures stand in the order of the topics. What bears on
    a figure is looked up in indexes that are made once.
    """

    sources: Mapping[str, Source]
    voices: Mapping[str, Voice]
    digests: Mapping[str, Digest]
    mentions: Mapping[str, Mapping[str, Mention]]
    topics: Mapping[str, Topic]
    themes: Mapping[str, Topic]
    statements: Mapping[str, Statement]
    figures: Mapping[str, Figure]
    derivations: Mapping[str, Derivation]
    charts: Mapping[str, Chart]
    terms: Mapping[str, Term]
    interface: Mapping[str, Text]
    rates: Mapping[str, Rate]
    retired: Mapping[tuple[str, str], Retired]
    context: Mapping[str, ContextSource]
    revisions: tuple[Revision, ...]
    about: About
    checked: ReviewedPairs
    stale: Mapping[Text, Outdated]

    def claim(self, ref: str) -> Claim:
        """The claim named ``figure/claim``. Raises ``KeyError`` where there is none."""
        figure, _, claim = ref.partition("/")
        return self.figures[figure].claim(claim)

    @cached_property
    def _reports(self) -> Mapping[str, Report]:
        return {report.ref: report for s in self.context.values() for report in s.reports}

    def report(self, ref: str) -> Report:
        """The report named ``source/report``. Raises ``KeyError`` where there is none."""
        return self._reports[ref]

    @cached_property
    def _reports_by_figure(self) -> Mapping[str, tuple[Report, ...]]:
        return _grouped(
            (report.figure, report)
            for source in self._dated_context
            for report in source.reports
            if report.figure
        )

    def reports_on(self, figure: str) -> tuple[Report, ...]:
        """What context sources print about a figure, oldest source first."""
        return self._reports_by_figure.get(figure, ())

    @cached_property
    def _dated_context(self) -> Sequence[ContextSource]:
        return sorted(self.context.values(), key=lambda source: source.issued or "9999")

    @cached_property
    def _context_by_figure(self) -> Mapping[str, tuple[ContextSource, ...]]:
        return _grouped((name, source) for source in self._dated_context for name in source.figures)

    def context_of(self, figure: str) -> tuple[ContextSource, ...]:
        """The context sources that bear on a figure, oldest first, undated ones last."""
        return self._context_by_figure.get(figure, ())

    def statements_on(self, theme: str, voice: str) -> tuple[Statement, ...]:
        """What one voice says on a theme; empty where it says nothing."""
        said = self.statements.values()
        return tuple(s for s in said if s.theme == theme and s.voice.id == voice)

    @cached_property
    def _derivations_by_figure(self) -> Mapping[str, tuple[Derivation, ...]]:
        return _grouped((derivation.figure, derivation) for derivation in self.derivations.values())

    def derivations_on(self, figure: Figure) -> tuple[Derivation, ...]:
        """The derivations shown with a figure: those its comparison names, then its own."""
        own = (derivation.id for derivation in self._derivations_by_figure.get(figure.id, ()))
        shown = dict.fromkeys([*figure.comparison.derivations, *own])
        return tuple(self.derivations[name] for name in shown)

    @cached_property
    def changes(self) -> tuple[Revision, ...]:
        """The whole history, oldest first: revisions, and what became of retired ids."""
        left = (
            Revision(one.date, one.id, one.state, new=one.successor, reason=one.reason)
            for one in self.retired.values()
            if one.sort in ("figure", "claim")
        )
        return tuple(sorted((*self.revisions, *left), key=lambda change: change.date))

    @property
    def modified(self) -> str:
        """The day of the last change."""
        return self.changes[-1].date

    @cached_property
    def _changes_by_figure(self) -> Mapping[str, tuple[Revision, ...]]:
        return _grouped((change.figure, change) for change in reversed(self.changes))

    def revisions_of(self, figure: str) -> tuple[Revision, ...]:
        """A figure's history, newest first; the figure may be retired."""
        return self._changes_by_figure.get(figure, ())

    def kind_of(self, figure: str) -> Kind | None:
        """The kind of a figure of today or of one that was retired; ``None`` of any other."""
        if figure in self.figures:
            return self.figures[figure].kind
        retired = self.retired.get(("figure", figure))
        return retired.kind if retired else None

    @cached_property
    def _retired_by_owner(self) -> Mapping[str, tuple[Retired, ...]]:
        return _grouped((f"{one.sort} {one.owner}", one) for one in self.retired.values())

    def retired_on(self, sort: str, owner: str) -> tuple[Retired, ...]:
        """What was retired of one sort and answers on the page of ``owner``."""
        return self._retired_by_owner.get(f"{sort} {owner}", ())


def _grouped(found: Iterable[tuple[str, Item]]) -> Mapping[str, tuple[Item, ...]]:
    groups: dict[str, list[Item]] = {}
    for key, item in found:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}
