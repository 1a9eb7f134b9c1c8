"""What must be true of an assembled dataset: one small rule a function, each yielding problems."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from explainer.data import evidence
from explainer.data.assembly import LoadContext
from explainer.data.brief import brief, same
from explainer.data.errors import Code, DataError
from explainer.data.formula import BadFormula
from explainer.data.inputs import exact, input_of
from explainer.data.model import LANGUAGES, ChartKind, Claim, Dataset, Figure, Report, Status, Text
from explainer.data.references import Reference, Target, references, typed_digits
from explainer.data.slips import conversions_are_plausible, ids_spell_their_values
from explainer.data.strict_yaml import Path
from explainer.extract import Kind

Rule = Callable[[Dataset, LoadContext], Iterable[DataError]]
Place = tuple[str, str, Path, str | None]
"""Sort and id of an object, the path of a text inside it, and the figure it belongs to."""


def claims_repeat_one_quantity(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """All mentions of a claim say the same, and the claim's kind is the figure's."""
    for figure in dataset.figures.values():
        for claim in figure.claims:
            for number, mention in enumerate(claim.mentions):
                if mention.quantity is not None and not same(mention.quantity, claim.quantity):
                    yield assembly.about(
                        "claim",
                        claim.ref,
                        ("mentions", number),
                        Code.VALUE_MISMATCH,
                        brief(mention.quantity),
                        f"{brief(claim.quantity)}, as the claim's first mention says",
                    )
            if claim.quantity.kind is not figure.kind:
                yield assembly.about(
                    "claim",
                    claim.ref,
                    ("mentions",),
                    Code.KIND_MISMATCH,
                    claim.quantity.kind,
                    f"{figure.kind}, the figure's kind",
                )


def statuses_fit_the_numbers(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """A status may not say what the claims' own numbers contradict."""
    for figure in dataset.figures.values():
        if not figure.claims:
            continue
        wanted = _contradiction(figure)
        if wanted:
            yield assembly.about(
                "figure",
                figure.id,
                ("comparison", "status"),
                Code.STATUS_MISMATCH,
                figure.comparison.status,
                wanted,
            )


def _contradiction(figure: Figure) -> str:
    status, voices = figure.comparison.status, len(figure.voices())
    measures = {(c.quantity.currency, c.quantity.unit) for c in figure.claims}
    differ = any(not _overlap(one, other) for one in figure.claims for other in figure.claims)
    if (voices == 1) != (status is Status.SINGLE_SOURCE):
        return "single-source" if voices == 1 else f"another status: {voices} voices answer"
    if status is Status.AGREE and differ:
        return "a status that allows different values"
    if status is Status.CONFLICT and not differ:
        return "agree: no two claims differ"
    if status is Status.AGREE_AFTER_CONVERSION and len(measures) < 2:
        return "a status without conversion: all claims use one measure"
    return ""


def _overlap(one: Claim, other: Claim) -> bool:
    a, b = one.quantity, other.quantity
    if (a.currency, a.unit) != (b.currency, b.unit):
        return True
    high_a, high_b = a.value_max or a.value, b.value_max or b.value
    return a.value <= high_b and b.value <= high_a


_ONE_MEASURE = {ChartKind.BARS, ChartKind.DOTS, ChartKind.STACK, ChartKind.WAFFLE, ChartKind.STEPS}
_NUMBERS = {
    **dict.fromkeys(_ONE_MEASURE, range(1, 2)),
    ChartKind.POWER: range(2, 3),
    ChartKind.SPREAD: range(1, 9),
}
"""How many numbers each row of a kind draws; other kinds draw none or any."""


def charts_have_what_they_draw(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """Every row of a chart has as many numbers as its kind draws, and the dates it needs."""
    for chart in dataset.charts.values():
        for number, row in enumerate(chart.rows):
            wanted = _NUMBERS.get(chart.kind)
            if wanted and len(row.refs) not in wanted:
                expected = f"{wanted.start} to {wanted.stop - 1} for {chart.kind}"
                yield assembly.about(
                    "chart",
                    chart.id,
                    ("rows", number),
                    Code.KIND_MISMATCH,
                    f"{len(row.refs)} numbers",
                    expected,
                )
            if chart.kind in (ChartKind.STEPS, ChartKind.TIMELINE) and row.date is None:
                yield assembly.about(
                    "chart", chart.id, ("rows", number), Code.MISSING_KEY, "no date", "a date"
                )


def charts_share_a_measure(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """All printed numbers of a chart with one scale have the kind and currency of the first."""
    for chart in dataset.charts.values():
        if chart.kind not in _ONE_MEASURE:
            continue
        drawn = [(n, input_of(dataset, ref)) for n, r in enumerate(chart.rows) for ref in r.refs]
        printed = [(n, one.quantity) for n, one in drawn if isinstance(one, Claim | Report)]
        for number, quantity in printed:
            first = printed[0][1]
            if (quantity.kind, quantity.currency) != (first.kind, first.currency):
                yield assembly.about(
                    "chart",
                    chart.id,
                    ("rows", number, "refs"),
                    Code.KIND_MISMATCH,
                    brief(quantity),
                    f"an amount in {first.currency or first.kind}, as in the first row",
                )


def formulas_work(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """A formula can be evaluated over its inputs; its display holds ``{value}`` once."""
    for derivation in dataset.derivations.values():
        try:
            exact(dataset, derivation)
        except BadFormula as error:
            yield assembly.about(
                "derivation",
                derivation.id,
                ("formula",),
                Code.BAD_FORMULA,
                derivation.formula,
                f"arithmetic over {', '.join(derivation.inputs)} ({error})",
            )
        for language in LANGUAGES:
            display = derivation.display[language]
            if display.count("{value}") != 1:
                yield assembly.about(
                    "derivation",
                    derivation.id,
                    ("display", language),
                    Code.BAD_FORMULA,
                    display,
                    "the text {value} once",
                )


def _texts(dataset: Dataset) -> Iterator[tuple[Place, Text]]:
    """Every text of the data that readers see, with the place where it was written."""
    for key, string in dataset.interface.items():
        yield ("string", key, (), None), string
    for topic in dataset.topics.values():
        yield ("topic", topic.id, ("label",), None), topic.label
    for theme in dataset.themes.values():
        yield ("theme", theme.id, ("label",), None), theme.label
    for statement in dataset.statements.values():
        yield ("statement", statement.id, ("text",), None), statement.text
    for figure in dataset.figures.values():
        yield from _figure_texts(figure)
    for derivation in dataset.derivations.values():
        yield ("derivation", derivation.id, ("label",), None), derivation.label
        yield ("derivation", derivation.id, ("display",), None), derivation.display
        if derivation.note is not None:
            yield ("derivation", derivation.id, ("note",), None), derivation.note
    for chart in dataset.charts.values():
        yield ("chart", chart.id, ("title",), None), chart.title
        yield ("chart", chart.id, ("description",), None), chart.description
        for number, row in enumerate(chart.rows):
            yield ("chart", chart.id, ("rows", number, "label"), None), row.label
            if row.note is not None:
                yield ("chart", chart.id, ("rows", number, "note"), None), row.note
            for index, step in enumerate(row.steps):
                at: Path = ("rows", number, "steps", index, "text")
                yield ("chart", chart.id, at, None), step.text
        for number, end in enumerate(chart.axis_labels):
            yield ("chart", chart.id, ("axis_labels", number), None), end
    yield from _apparatus_texts(dataset)


def _apparatus_texts(dataset: Dataset) -> Iterator[tuple[Place, Text]]:
    for source in dataset.sources.values():
        yield ("source", source.id, ("date_note",), None), source.date_note
        if source.archive_note is not None:
            yield ("source", source.id, ("archive_note",), None), source.archive_note
    for seen in dataset.context.values():
        yield ("source", seen.id, ("shows",), None), seen.shows
        for report in seen.reports:
            yield ("report", report.ref, ("scope",), None), report.scope
    for number, revision in enumerate(dataset.revisions):
        if revision.reason is not None:
            yield ("revision", str(number), ("reason",), revision.figure), revision.reason
    for voice in dataset.voices.values():
        yield ("voice", voice.id, ("label",), None), voice.label
        yield ("voice", voice.id, ("short",), None), voice.short
    for retired in dataset.retired.values():
        yield ("retired", f"{retired.sort} {retired.id}", ("label",), None), retired.label
        if retired.reason is not None:
            yield ("retired", f"{retired.sort} {retired.id}", ("reason",), None), retired.reason
    for term in dataset.terms.values():
        if term.role is not None:
            yield ("term", term.id, ("role",), None), term.role
        if term.note is not None:
            yield ("term", term.id, ("note",), None), term.note


def _figure_texts(figure: Figure) -> Iterator[tuple[Place, Text]]:
    for name in ("label", "question", "headline", "summary"):
        yield ("figure", figure.id, (name,), figure.id), getattr(figure, name)
    reason: Path = ("comparison", "reason")
    yield ("figure", figure.id, reason, figure.id), figure.comparison.reason
    for number, unknown in enumerate(figure.unknowns):
        yield ("figure", figure.id, ("unknowns", number), figure.id), unknown
    for number, note in enumerate(figure.notes):
        yield ("figure", figure.id, ("notes", number), figure.id), note
    if figure.context is not None:
        yield ("figure", figure.id, ("context",), figure.id), figure.context
    for claim in figure.claims:
        yield ("claim", claim.ref, ("scope",), figure.id), claim.scope
        if claim.note is not None:
            yield ("claim", claim.ref, ("note",), figure.id), claim.note


_WITH_BLANKS = frozenset({"string", "derivation"})
"""Sorts whose texts have blanks, such as {value} and {agent}, that the program fills."""


def references_resolve(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """Every ``{…}`` reference names something that exists."""
    known: dict[Target, set[str]] = {
        Target.CLAIM: {c.ref for figure in dataset.figures.values() for c in figure.claims},
        Target.DERIVATION: set(dataset.derivations),
        Target.TERM: set(dataset.terms),
        Target.REPORT: {r.ref for source in dataset.context.values() for r in source.reports},
        Target.RATE: set(dataset.rates),
    }
    for (sort, name, path, figure), pair in _texts(dataset):
        for language in LANGUAGES:
            for reference in references(pair[language], figure):
                if sort in _WITH_BLANKS and _is_blank(reference):
                    continue
                if not _exists(reference, known):
                    yield assembly.about(
                        sort,
                        name,
                        (*path, language),
                        Code.UNKNOWN_REFERENCE,
                        reference.name,
                        f"the name of a {reference.target}",
                    )


def _is_blank(reference: Reference) -> bool:
    return reference.target is Target.CLAIM and "/" not in reference.name


def _exists(reference: Reference, known: Mapping[Target, set[str]]) -> bool:
    if reference.target is Target.DATE:
        parts = [int(part) for part in reference.name.split("-")]
        try:
            date(*[*parts, 1, 1][:3])
        except ValueError:
            return False
        return True
    return reference.name in known[reference.target]


def pairs_say_the_same(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """Both languages of a text call the same claims, derivations, dates and terms."""
    for (sort, name, path, figure), pair in _texts(dataset):
        called = [sorted(str(r) for r in references(pair[lang], figure)) for lang in LANGUAGES]
        if called[0] != called[1]:
            here, there = (
                ", ".join(r.name for r in references(pair[lang], figure)) for lang in LANGUAGES
            )
            yield assembly.about(
                sort,
                name,
                (*path, "zh"),
                Code.PAIR_MISMATCH,
                there or "no references",
                f"the references of the English text: {here or 'none'}",
            )


def no_digit_is_typed(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """Numbers enter texts by reference; a typed digit could drift from its source."""
    for (sort, name, path, _), pair in _texts(dataset):
        for language in LANGUAGES:
            for digits in typed_digits(pair[language]):
                yield assembly.about(
                    sort,
                    name,
                    (*path, language),
                    Code.TYPED_DIGIT,
                    digits,
                    "a reference such as {claim}, {=derivation} or {date:…}",
                )


def periods_have_rates(dataset: Dataset, assembly: LoadContext) -> Iterator[DataError]:
    """A figure converts at a period for which every rate it needs is known."""
    periods = {rate.period for rate in dataset.rates.values() if rate.value_max is None}
    for figure in dataset.figures.values():
        period = figure.comparison.rate_period
        if period is None and figure.kind is not Kind.MONEY:
            continue
        if period not in periods:
            path: Path = ("comparison", "rate_period") if period else ("comparison",)
            yield assembly.about(
                "figure",
                figure.id,
                path,
                Code.UNKNOWN_REFERENCE,
                period or "no converted_at",
                "a period that has rates",
            )


RULES: tuple[Rule, ...] = (
    *evidence.RULES,
    claims_repeat_one_quantity,
    statuses_fit_the_numbers,
    charts_have_what_they_draw,
    charts_share_a_measure,
    formulas_work,
    references_resolve,
    pairs_say_the_same,
    no_digit_is_typed,
    ids_spell_their_values,
    conversions_are_plausible,
    periods_have_rates,
)
