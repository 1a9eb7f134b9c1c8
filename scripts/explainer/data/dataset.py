"""The whole dataset: everything that the data files hold, checked, with its indexes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from explainer.data.formula import evaluate
from explainer.data.models.fields import Text
from explainer.data.models.figures import Chart, Claim, Derivation, Figure, Statement, Topic
from explainer.data.models.publication import About, Retired, Revision, Term
from explainer.data.models.sources import (
    ContextSource,
    Mention,
    MentionsFile,
    Rate,
    Report,
    Source,
    Voice,
)
from explainer.extract import Kind

_T = TypeVar("_T")
Input = Claim | Report | Rate | Derivation
"""What a name in a formula or chart stands for."""


@dataclass(frozen=True)
class Dataset:
    """Everything the site shows.

    Mappings keep the order of the files; figures stand in the order of the topics. Indexes of what
    bears on a figure are made once, when they are first asked for.
    """

    sources: Mapping[str, Source]
    voices: Mapping[str, Voice]
    digests: Mapping[str, MentionsFile]
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

    def claim(self, ref: str) -> Claim:
        """Return the claim named ``figure/claim``. Raises ``KeyError`` where there is none."""
        figure, _, claim = ref.partition("/")
        return self.figures[figure].claim(claim)

    def claims(self) -> Iterable[Claim]:
        """Return the claims of all figures, in order."""
        return (claim for figure in self.figures.values() for claim in figure.claims)

    @cached_property
    def _reports(self) -> Mapping[str, Report]:
        return {report.ref: report for s in self.context.values() for report in s.reports}

    def report(self, ref: str) -> Report:
        """Return the report named ``source/report``. Raises ``KeyError`` where there is none."""
        return self._reports[ref]

    @cached_property
    def _dated_context(self) -> Sequence[ContextSource]:
        return sorted(self.context.values(), key=lambda source: source.issued or "9999")

    @cached_property
    def _reports_by_figure(self) -> Mapping[str, tuple[Report, ...]]:
        reports = (report for source in self._dated_context for report in source.reports)
        return _grouped((report.figure, report) for report in reports if report.figure)

    def reports_on(self, figure: str) -> tuple[Report, ...]:
        """Return what context sources print about a figure, oldest source first."""
        return self._reports_by_figure.get(figure, ())

    @cached_property
    def _context_by_figure(self) -> Mapping[str, tuple[ContextSource, ...]]:
        return _grouped((name, source) for source in self._dated_context for name in source.figures)

    def context_of(self, figure: str) -> tuple[ContextSource, ...]:
        """Return the context sources that bear on a figure, oldest first, undated ones last."""
        return self._context_by_figure.get(figure, ())

    def statements_on(self, theme: str, voice: str) -> tuple[Statement, ...]:
        """Return what one voice states on a theme; empty where it is silent."""
        statements = self.statements.values()
        return tuple(s for s in statements if s.theme == theme and s.voice.id == voice)

    @cached_property
    def _derivations_by_figure(self) -> Mapping[str, tuple[Derivation, ...]]:
        return _grouped((derivation.figure, derivation) for derivation in self.derivations.values())

    def derivations_on(self, figure: Figure) -> tuple[Derivation, ...]:
        """Return the derivations shown with a figure: those its comparison names, then its own."""
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
        """Return a figure's history, newest first; the figure may be retired."""
        return self._changes_by_figure.get(figure, ())

    def kind_of(self, figure: str) -> Kind | None:
        """Return the kind of a figure of today or of one that was retired; else ``None``."""
        if figure in self.figures:
            return self.figures[figure].kind
        retired = self.retired.get(("figure", figure))
        return retired.kind if retired else None

    @cached_property
    def _retired_by_owner(self) -> Mapping[str, tuple[Retired, ...]]:
        return _grouped((f"{one.sort} {one.owner}", one) for one in self.retired.values())

    def retired_on(self, sort: str, owner: str) -> tuple[Retired, ...]:
        """Return what was retired of one sort and answers on the page of ``owner``."""
        return self._retired_by_owner.get(f"{sort} {owner}", ())


def _grouped(found: Iterable[tuple[str, _T]]) -> Mapping[str, tuple[_T, ...]]:
    groups: dict[str, list[_T]] = {}
    for key, item in found:
        groups.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in groups.items()}


def input_of(dataset: Dataset, ref: str) -> Input:
    """Return what an input names. Raises ``KeyError`` where there is no such thing."""
    sort, _, name = ref.partition(":")
    if sort == "report":
        return dataset.report(name)
    if sort == "rate":
        return dataset.rates[name]
    if ref.startswith("="):
        return dataset.derivations[ref.removeprefix("=")]
    return dataset.claim(ref)


def exact(dataset: Dataset, derivation: Derivation) -> Fraction:
    """Return the derivation's exact result. Raises ``BadFormula``."""
    values = {name: _value(dataset, ref) for name, ref in derivation.inputs.items()}
    return evaluate(derivation.formula, values)


def _value(dataset: Dataset, ref: str) -> Fraction:
    match input_of(dataset, ref):
        case Derivation() as earlier:
            return exact(dataset, earlier)
        case Rate() as rate:
            return Fraction(rate.value)
        case Claim() | Report() as printed:
            return Fraction(printed.quantity.value)
