"""The whole dataset."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.dataset.model.arithmetic import Chart, Derivation
from explainer.dataset.model.context import ContextSource, Rate, Report
from explainer.dataset.model.figures import Claim, Figure, Statement, Topic
from explainer.dataset.model.names import Term
from explainer.dataset.model.publication import About, Retired, Revision
from explainer.dataset.model.sources import Fingerprint, Mention, Source, Voice
from explainer.dataset.model.texts import Checked, Pair, Stale
from explainer.quantities import Kind


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything the site says, checked.

    Mappings keep the order of the files; figures stand in the order of the topics.
    """

    sources: Mapping[str, Source]
    voices: Mapping[str, Voice]
    fingerprints: Mapping[str, Fingerprint]
    mentions: Mapping[str, Mapping[str, Mention]]
    topics: Mapping[str, Topic]
    themes: Mapping[str, Topic]
    statements: Mapping[str, Statement]
    figures: Mapping[str, Figure]
    derivations: Mapping[str, Derivation]
    charts: Mapping[str, Chart]
    terms: Mapping[str, Term]
    interface: Mapping[str, Pair]
    rates: Mapping[str, Rate]
    retired: Mapping[tuple[str, str], Retired]
    context: Mapping[str, ContextSource]
    revisions: tuple[Revision, ...]
    about: About
    checked: Checked
    stale: Mapping[Pair, Stale]

    def claim(self, ref: str) -> Claim:
        """The claim named ``figure/claim``. Raises ``KeyError`` where there is none."""
        figure, _, claim = ref.partition("/")
        return self.figures[figure].claim(claim)

    def report(self, ref: str) -> Report:
        """The report named ``source/report``. Raises ``KeyError`` where there is none."""
        source, _, name = ref.partition("/")
        for report in self.context[source].reports:
            if report.id == name:
                return report
        raise KeyError(ref)

    def reports_on(self, figure: str) -> tuple[Report, ...]:
        """What context sources print about a figure, oldest source first."""
        return tuple(r for s in self.context_of(figure) for r in s.reports if r.figure == figure)

    def context_of(self, figure: str) -> tuple[ContextSource, ...]:
        """The context sources that bear on a figure, oldest first, undated ones last."""
        bearing = (source for source in self.context.values() if figure in source.figures)
        return tuple(sorted(bearing, key=lambda source: source.issued or "9999"))

    def statements_on(self, theme: str, voice: str) -> tuple[Statement, ...]:
        """What one voice says on a theme; empty where it says nothing."""
        said = self.statements.values()
        return tuple(s for s in said if s.theme == theme and s.voice.id == voice)

    def derivations_on(self, figure: Figure) -> tuple[Derivation, ...]:
        """The derivations shown with a figure: those its comparison names, then its own."""
        own = (d.id for d in self.derivations.values() if d.figure == figure.id)
        shown = dict.fromkeys([*figure.comparison.shown_by, *own])
        return tuple(self.derivations[name] for name in shown)

    def revisions_of(self, figure: str) -> tuple[Revision, ...]:
        """A figure's history, newest first; the figure may be retired."""
        return tuple(r for r in reversed(self.changes) if r.figure == figure)

    @property
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

    def kind_of(self, figure: str) -> Kind | None:
        """The kind of a figure of today or of one that was retired; ``None`` of any other."""
        if figure in self.figures:
            return self.figures[figure].kind
        retired = self.retired.get(("figure", figure))
        return retired.kind if retired else None

    def retired_on(self, sort: str, owner: str) -> tuple[Retired, ...]:
        """What was retired of one sort and answers on the page of ``owner``."""
        found = self.retired.values()
        return tuple(one for one in found if one.sort == sort and one.owner == owner)
