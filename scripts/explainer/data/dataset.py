"""The whole dataset: everything that the data files hold, checked, with its indexes."""

import ast
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from explainer.data import models
from explainer.data.fields import Text
from explainer.limits import RESULT_BITS

Input = models.Claim | models.Report | models.Rate | models.Derivation
"""What a name in a formula or chart stands for."""


@dataclass(frozen=True)
class Dataset:
    """Everything the site shows.

    Mappings keep the order of the files; figures stand in the order of the topics. Reports have
    the name ``source/report``; inputs are claims, reports, rates and derivations as formulas and
    charts name them.
    """

    sources: Mapping[str, models.Source]
    voices: Mapping[str, models.Voice]
    digests: Mapping[str, models.MentionsFile]
    topics: Mapping[str, models.Topic]
    themes: Mapping[str, models.Topic]
    statements: Mapping[str, models.Statement]
    figures: Mapping[str, models.Figure]
    derivations: Mapping[str, models.Derivation]
    charts: Mapping[str, models.Chart]
    terms: Mapping[str, models.Term]
    interface: Mapping[str, Text]
    rates: Mapping[str, models.Rate]
    grades: Mapping[str, models.Grade]
    retired: Mapping[tuple[str, str], models.Retired]
    context: Mapping[str, models.ContextSource]
    reports: Mapping[str, models.Report]
    inputs: Mapping[str, Input]
    revisions: tuple[models.Revision, ...]
    about: models.About

    @cached_property
    def averages(self) -> Mapping[str, Mapping[str, models.Rate]]:
        """The average exchange rates of each period, by the currency that is quoted."""
        found = defaultdict[str, dict[str, models.Rate]](dict)
        for rate in self.rates.values():
            if rate.value_max is None:
                found[rate.period][rate.quote] = rate
        return found

    @cached_property
    def exact_results(self) -> Mapping[str, Fraction]:
        """The exact result of each derivation, by id. Raises :class:`BadFormula`."""
        results = dict[str, Fraction]()
        for derivation in self.derivations.values():
            results[derivation.id] = exact(self, derivation, results)
        return results

    def claim(self, ref: str) -> models.Claim:
        """Return the claim named ``figure/claim``. Raises ``KeyError`` where there is none."""
        if not isinstance(found := self.inputs[ref], models.Claim):
            raise KeyError(ref)
        return found

    def claims(self) -> Iterable[models.Claim]:
        """Return the claims of all figures, in order."""
        return (claim for figure in self.figures.values() for claim in figure.claims)

    @cached_property
    def _about_figures(self) -> Mapping[tuple[str, str | None], tuple[Any, ...]]:
        """What bears on figures, by its sort and the figure, in order."""
        found = defaultdict[tuple[str, str | None], list[Any]](list)
        for source in sorted(self.context.values(), key=lambda source: source.issued or "9999"):
            for figure in source.figures:
                found["context", figure].append(source)
            for report in source.reports:
                found["report", report.figure].append(report)
        for derivation in self.derivations.values():
            found["derivation", derivation.figure].append(derivation)
        for change in reversed(self.changes):
            found["change", change.figure].append(change)
        return {key: tuple(items) for key, items in found.items()}

    def reports_on(self, figure: str) -> tuple[models.Report, ...]:
        """Return what context sources print about a figure, oldest source first."""
        return self._about_figures.get(("report", figure), ())

    def context_of(self, figure: str) -> tuple[models.ContextSource, ...]:
        """Return the context sources that bear on a figure, oldest first, undated ones last."""
        return self._about_figures.get(("context", figure), ())

    def revisions_of(self, figure: str) -> tuple[models.Revision, ...]:
        """Return a figure's history, newest first."""
        return self._about_figures.get(("change", figure), ())

    def derivations_on(self, figure: models.Figure) -> tuple[models.Derivation, ...]:
        """Return the derivations shown with a figure: those its comparison names, then its own."""
        own: tuple[models.Derivation, ...] = self._about_figures.get(("derivation", figure.id), ())
        shown = dict.fromkeys([*figure.comparison.derivations, *(one.id for one in own)])
        return tuple(self.derivations[name] for name in shown)

    def statements_on(self, theme: str, voice: str) -> tuple[models.Statement, ...]:
        """Return what one voice states on a theme; empty where it is silent."""
        statements = self.statements.values()
        return tuple(s for s in statements if s.theme == theme and s.voice.id == voice)

    @cached_property
    def changes(self) -> tuple[models.Revision, ...]:
        """The history of the figures of today, and the retirements, oldest first."""
        changes = [change for change in self.revisions if change.figure in self.figures]
        for one in self.retired.values():
            if one.sort == "figure":
                left = models.Revision(one.date, one.id, one.state, None, one.successor, one.reason)
                changes.append(left)
        return tuple(sorted(changes, key=lambda change: change.date))

    @property
    def modified(self) -> str:
        """The day of the last change."""
        return self.changes[-1].date


class BadFormula(ValueError):
    """The formula is no arithmetic over its inputs; the message says why."""


_OPERATORS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def exact(
    dataset: Dataset, derivation: models.Derivation, results: Mapping[str, Fraction]
) -> Fraction:
    """Return the derivation's exact result; ``results`` has those of the ones before it, by id.

    Raises :class:`BadFormula`, and ``KeyError`` for an input that has no result.
    """
    values: dict[str, Fraction] = {}
    for name, ref in derivation.inputs.items():
        match dataset.inputs[ref]:
            case models.Derivation(id=earlier):
                values[name] = results[earlier]
            case models.Rate(value=value):
                values[name] = Fraction(value)
            case models.Claim() | models.Report() as printed:
                values[name] = Fraction(printed.quantity.value)
    return evaluate(derivation.formula, values)


def evaluate(formula: str, inputs: Mapping[str, Fraction]) -> Fraction:
    """Return the exact value of ``formula`` over ``inputs``. Raises :class:`BadFormula`.

    A formula has names, whole numbers, ``+ - * /`` and brackets.
    """
    try:
        tree = ast.parse(formula, mode="eval")
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise BadFormula(f"not a formula: {formula}") from error
    unused = set(inputs) - {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if unused:
        raise BadFormula(f"inputs that the formula does not use: {', '.join(sorted(unused))}")
    try:
        return _node_value(tree.body, inputs)
    except ZeroDivisionError as error:
        raise BadFormula("a division by zero") from error


def _node_value(node: ast.expr, inputs: Mapping[str, Fraction]) -> Fraction:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Fraction(number)
        case ast.Name(id=name):
            if name not in inputs:
                raise BadFormula(f"no input is called {name}")
            return inputs[name]
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            value = _OPERATORS[type(sign)](_node_value(left, inputs), _node_value(right, inputs))
            if max(value.numerator.bit_length(), value.denominator.bit_length()) > RESULT_BITS:
                raise BadFormula("a number too long to print")
            return value
    raise BadFormula("only names, whole numbers, + - * / and brackets are allowed")
