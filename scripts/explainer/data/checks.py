"""What must be true of a linked dataset: one check a function, each yielding its faults.

Three witnesses speak for every printed number: its phrase, whose reading must be the mention's
value; the mention's id, which spells the value again; and, where one sum is printed in two
currencies, the exchange rate that the pair implies. A slip of scale contradicts one of them.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from operator import attrgetter

from explainer.data.dataset import BadFormula, Dataset, evaluate, exact
from explainer.data.errors import Code, DataError
from explainer.data.fields import LANGUAGES, Index
from explainer.data.models import (
    Assertion,
    ChartKind,
    Claim,
    Derivation,
    Figure,
    Level,
    Rate,
    Report,
    Status,
    brief,
    mention_ids,
    same,
)
from explainer.extract import Bound, Quantity, parse
from explainer.limits import WAFFLE_SQUARES

Check = Callable[[Dataset, Index], Iterable[DataError]]
PRINTED = frozenset({"sources", "mentions", "figures"})
INPUTS = PRINTED | {"context", "rates", "derivations"}
"""The files with claims and what voices print, and with everything that formulas name."""
RATE_TOLERANCE = Decimal("0.25")
"""How far an implied rate may lie outside the published rates. Hedged and rounded amounts stay
within a tenth or so of the market; the smallest slip is a factor of ten."""


def check_mentions(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """A mention says what the grammar reads in its phrase, its id too; it stands in its block."""
    for source, file in dataset.digests.items():
        wanted = mention_ids((m.block, m.quantity) for m in file.mentions)
        for mention, name in zip(file.mentions, wanted, strict=True):
            place = places["mention"][mention.ref]
            read = parse(mention.exact, dataset.sources[source].language).quantity
            if read != mention.quantity:
                expected = f"{brief(read)}, as «{mention.exact}» says"
                found = brief(mention.quantity)
                yield place.at("value").problem(Code.VALUE_MISMATCH, found, expected)
            if mention.id != name:
                yield place.at("id").problem(Code.SLIP, mention.id, name)
            end = mention.start + len(mention.exact)
            if mention.end != end or end > file.blocks.get(mention.block, 0):
                expected = f"{end}, where the phrase ends, within a block of the text"
                yield place.at("end").problem(Code.VALUE_MISMATCH, str(mention.end), expected)


def check_sources(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """An article was read; a statement's blocks are blocks of it where its voice speaks."""
    for source in dataset.sources.values():
        if source.id not in dataset.digests:
            expected = "a file of mentions with the digest of its text"
            yield places["source"][source.id].problem(Code.MISSING_KEY, source.id, expected)
    for statement in dataset.statements.values():
        place, voice = places["statement"][statement.id], statement.voice
        digest = dataset.digests.get(voice.source)
        for number, block in enumerate(statement.blocks):
            if not voice.speaks_in(block) or (digest and block not in digest.blocks):
                expected = f"a block where {voice.id} speaks: {', '.join(voice.blocks)}"
                yield place.at("blocks", number).problem(Code.VOICE_MISMATCH, block, expected)


def check_claims(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """All mentions of a claim say the same, and the claim's kind is the figure's."""
    for claim in dataset.claims():
        place, kind = places["claim"][claim.ref], dataset.figures[claim.figure].kind
        for number, mention in enumerate(claim.mentions):
            if mention.quantity is not None and not same(mention.quantity, claim.quantity):
                found = brief(mention.quantity)
                expected = f"{brief(claim.quantity)}, as the claim's first mention says"
                yield place.at("mentions", number).problem(Code.VALUE_MISMATCH, found, expected)
        if claim.quantity.kind is not kind:
            expected = f"{kind}, the figure's kind"
            yield place.at("mentions").problem(Code.KIND_MISMATCH, claim.quantity.kind, expected)


def check_statuses(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """A status may not say what the claims' own numbers contradict."""
    for figure in dataset.figures.values():
        if wanted := _contradiction(figure):
            place, status = places["figure"][figure.id], figure.comparison.status
            yield place.at("comparison", "status").problem(Code.STATUS_MISMATCH, status, wanted)


def _contradiction(figure: Figure) -> str:
    status, voices = figure.comparison.status, len(figure.voices())
    measures = {(c.quantity.currency, c.quantity.unit) for c in figure.claims}
    differ = any(not _overlap(one, other) for one, other in combinations(figure.claims, 2))
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
    return a.value <= (b.value_max or b.value) and b.value <= (a.value_max or a.value)


_NUMBERS = {
    ChartKind.BARS: (1, 2),
    ChartKind.COLUMNS: (1, 2),
    ChartKind.SLOPES: (3, 3),
    ChartKind.SPREAD: (1, 8),
    ChartKind.WAFFLE: (1, 1),
}
"""How many numbers each row of a kind draws; other kinds draw none or any."""


def check_charts(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """A row has the numbers and dates that its kind draws, in the measures of the first row."""
    for chart in dataset.charts.values():
        firsts: dict[int, Quantity] = {}
        fewest, most = _NUMBERS.get(chart.kind, (0, 99))
        if chart.kind is ChartKind.BARS:
            fewest = most = 2 if chart.series else 1
        is_of_multiples = chart.kind is ChartKind.SPREAD and any(
            len(r.refs) > 1 for r in chart.rows
        )
        for row, place in zip(chart.rows, places["chart"][chart.id]["rows"], strict=True):
            if not fewest <= len(row.refs) <= most:
                expected = f"{fewest} to {most} for {chart.kind}"
                yield place.problem(Code.KIND_MISMATCH, f"{len(row.refs)} numbers", expected)
            if chart.kind is ChartKind.TIMELINE and row.date is None:
                yield place.problem(Code.MISSING_KEY, "no date", "a date")
            for index, drawn in enumerate(dataset.inputs[ref] for ref in row.refs):
                is_free = chart.kind not in _NUMBERS or is_of_multiples
                if is_free or not isinstance(drawn, Claim | Report):
                    continue
                quantity, first = drawn.quantity, firsts.setdefault(index, drawn.quantity)
                squares = quantity.value / (chart.each or first.value or 1)
                if chart.kind is ChartKind.WAFFLE and squares > WAFFLE_SQUARES:
                    expected = f"at most {WAFFLE_SQUARES} squares in a row, so a larger each"
                    yield place.problem(Code.BAD_VALUE, f"{squares:.6g} squares", expected)
                if (quantity.kind, quantity.currency) != (first.kind, first.currency):
                    expected = f"an amount in {first.currency or first.kind}, as in the first row"
                    yield place.at("refs").problem(Code.KIND_MISMATCH, brief(quantity), expected)


def check_formulas(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """A formula can be evaluated over inputs before it; its display holds ``{value}`` once."""
    results = dict[str, Fraction]()
    before = set[str]()
    for derivation in dataset.derivations.values():
        place = places["derivation"][derivation.id]
        later = [n for n, v in derivation.inputs.items() if v[0] == "=" and v[1:] not in before]
        for name in later:
            expected, found = "a derivation that stands before it", derivation.inputs[name]
            yield place.at("inputs", name).problem(Code.UNKNOWN_REFERENCE, found, expected)
        before.add(derivation.id)
        try:
            results[derivation.id] = exact(dataset, derivation, results)
        except KeyError:
            continue  # an input has no result, and its own error
        except BadFormula as error:
            expected = f"arithmetic over {', '.join(derivation.inputs)} ({error})"
            yield place.at("formula").problem(Code.BAD_FORMULA, derivation.formula, expected)
        for language in LANGUAGES:
            display = derivation.display[language]
            if display.count("{value}") != 1:
                expected, shown = "the text {value} once", place.at("display", language)
                yield shown.problem(Code.BAD_FORMULA, display, expected)


def check_conversions(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """One sum in two currencies implies a rate that the published rates make possible."""
    for figure in dataset.figures.values():
        period = figure.comparison.rate_period
        if period and period not in dataset.averages:
            place = places["figure"][figure.id].at("comparison", "rate_period")
            yield place.problem(Code.UNKNOWN_REFERENCE, period, "a period that has rates")
        if figure.comparison.status is not Status.AGREE_AFTER_CONVERSION:
            continue
        for one, other in combinations(figure.claims, 2):
            pair = (one.quantity.currency, other.quantity.currency)
            known = list(_cross_rates(dataset, *pair))
            if one.quantity.value <= 0 or not known:
                continue
            implied = other.quantity.value / one.quantity.value
            low, high = min(known) * (1 - RATE_TOLERANCE), max(known) * (1 + RATE_TOLERANCE)
            if not low <= implied <= high:
                found = f"{implied:.6g} {pair[1]} to one {pair[0]}"
                expected = f"{low:.4g} to {high:.4g}, as the published rates allow"
                yield places["claim"][other.ref].at("mentions").problem(Code.SLIP, found, expected)


def _cross_rates(dataset: Dataset, base: str | None, quote: str | None) -> Iterator[Decimal]:
    """Yield the rate from ``base`` to ``quote`` in every period that has one, by the dollar."""
    for rates in dataset.averages.values():
        values = {rate.base: Decimal(1) for rate in rates.values()}
        values |= {currency: rate.value for currency, rate in rates.items()}
        if base in values and quote in values and base != quote:
            yield values[quote] / values[base]


ABOUT = Fraction(1, 10)
"""How far "about" and "nearly" may lie from the printed number, as a share of it."""
UNLIMITED = 10**9
"""What a number without an upper limit is multiplied by."""
Interval = tuple[Fraction, Fraction]
_MEASURE = attrgetter("kind", "currency", "unit")


def check_grades(dataset: Dataset, places: Index) -> Iterator[DataError]:
    """An established note asserts only what is certain, and rests on no contradicted number."""
    for grade in dataset.grades.values():
        if grade.level is not Level.ESTABLISHED:
            continue
        place = places["grade"][grade.id]
        if grade.asserts and not is_certain(dataset, grade.asserts):
            found = f"{grade.asserts.left} {grade.asserts.relation} {grade.asserts.right}"
            expected = "what holds for every value that the hedges allow, or another level"
            yield place.at("asserts").problem(Code.NOT_ESTABLISHED, found, expected)
        for number, ref in enumerate(grade.rests_on):
            for other in contradictions(dataset, ref):
                if other not in grade.rests_on:
                    expected = f"no number that {other} contradicts, or that id beside it"
                    yield place["rests_on"][number].problem(Code.NOT_ESTABLISHED, ref, expected)


def is_certain(dataset: Dataset, assertion: Assertion) -> bool:
    """Whether a comparison holds for all values that the hedges of both numbers allow."""
    known = dict[str, Interval]()
    try:
        low, high = interval_of(dataset, assertion.left, known)
        other_low, other_high = interval_of(dataset, assertion.right, known)
    except BadFormula:  # a hedge allows a zero below a line
        return False
    match assertion.relation:
        case "more_than":
            return low > other_high
        case "at_least":
            return low >= other_high
        case "less_than":
            return high < other_low
        case "at_most":
            return high <= other_low
        case _:
            return low <= other_high * (1 + ABOUT) and other_low <= high * (1 + ABOUT)


def interval_of(dataset: Dataset, ref: str, known: dict[str, Interval]) -> Interval:
    """Return the lowest and highest value that an input may have; ``known`` keeps those found.

    Raises :class:`BadFormula` where an input may be a zero that something is divided by.
    """
    number = dataset.inputs[ref]
    if isinstance(number, Rate):
        return Fraction(number.value), Fraction(number.value_max or number.value)
    if not isinstance(number, Derivation):
        return _limits(number.quantity)
    if ref not in known:
        inputs = {name: interval_of(dataset, one, known) for name, one in number.inputs.items()}
        corners = product(*map(set, inputs.values()))
        values = [evaluate(number.formula, dict(zip(inputs, c, strict=True))) for c in corners]
        known[ref] = min(values), max(values)
    return known[ref]


def _limits(quantity: Quantity) -> Interval:
    value = Fraction(quantity.value)
    match quantity.bound:
        case Bound.ABOUT:
            return value * (1 - ABOUT), value * (1 + ABOUT)
        case Bound.NEARLY:
            return value * (1 - ABOUT), value
        case Bound.MORE_THAN | Bound.AT_LEAST:
            return value, value * UNLIMITED
        case Bound.LESS_THAN | Bound.AT_MOST:
            return Fraction(0), value
        case Bound.RANGE if quantity.value_max is not None:
            return value, Fraction(quantity.value_max)
        case _:
            return value, value


def contradictions(dataset: Dataset, ref: str) -> Iterator[str]:
    """Yield the claims and reports that answer the same figure and cannot be true beside ``ref``.

    Numbers of another currency or unit, and plans beside outcomes, cannot contradict each other.
    """
    number = dataset.inputs[ref]
    if isinstance(number, Rate | Derivation):
        return
    if isinstance(number, Report) and number.relation != "same":
        return
    figure = dataset.figures.get(number.figure or "")
    if figure is None:
        return
    answers = {claim.ref: claim for claim in figure.claims} | {
        f"report:{report.ref}": report
        for report in dataset.reports_on(figure.id)
        if report.relation == "same"
    }
    low, high = _limits(number.quantity)
    for name, other in answers.items():
        mine, theirs = number.quantity, other.quantity
        are_alike = _MEASURE(mine) == _MEASURE(theirs) and number.nature == other.nature
        other_low, other_high = _limits(theirs)
        if are_alike and (low > other_high * (1 + ABOUT) or high * (1 + ABOUT) < other_low):
            yield name


CHECKS: tuple[tuple[Check, frozenset[str]], ...] = (
    (check_mentions, frozenset({"sources", "mentions"})),
    (check_sources, frozenset({"sources", "mentions", "statements"})),
    (check_claims, PRINTED),
    (check_statuses, PRINTED),
    (check_charts, INPUTS | {"charts"}),
    (check_conversions, PRINTED | {"rates"}),
    (check_grades, INPUTS | {"grades"}),
)
"""The checks, and the files that have to be right before each of them can run."""
