"""What must be true of a linked dataset: one check a function, each yielding its faults.

Three witnesses speak for every printed number: its phrase, whose reading must be the mention's
value; the mention's id, which spells the value again; and, where one sum is printed in two
currencies, the exchange rate that the pair implies. A slip of scale contradicts one of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

from explainer.data.dataset import BadFormula, Dataset, Input, evaluate, exact
from explainer.data.errors import Code, DataError
from explainer.data.fields import LANGUAGES
from explainer.data.models import (
    Assertion,
    Claim,
    Derivation,
    Figure,
    Rate,
    Report,
    Status,
    brief,
    mention_ids,
)
from explainer.extract import Bound, Quantity, parse
from explainer.limits import WAFFLE_SQUARES

Check = Callable[[Dataset], Iterable[DataError]]
PRINTED = frozenset({"sources", "mentions", "figures"})
INPUTS = PRINTED | {"context", "rates", "derivations"}
"""The files with claims and what voices print, and with everything that formulas name."""
RATE_TOLERANCE = Decimal("0.25")
"""How far an implied rate may lie outside the published rates. Hedged and rounded amounts stay
within a tenth or so of the market; the smallest slip is a factor of ten."""


def check_mentions(dataset: Dataset) -> Iterator[DataError]:
    """A mention says what the grammar reads in its phrase, its id too; it stands in its block."""
    for source, file in dataset.digests.items():
        wanted = mention_ids((m.block, m.quantity) for m in file.mentions)
        for mention, name in zip(file.mentions, wanted, strict=True):
            read = parse(mention.exact, dataset.sources[source].language).quantity
            if read != mention.quantity or (read and read.scale != mention.scale):
                expected = f"{brief(read)}, as «{mention.exact}» says"
                found = brief(mention.quantity)
                yield mention.problem(Code.VALUE_MISMATCH, found, expected, "value")
            if mention.id != name:
                yield mention.problem(Code.SLIP, mention.id, name, "id")
            end = mention.start + len(mention.exact)
            if mention.end != end or end > file.blocks.get(mention.block, 0):
                expected = f"{end}, where the phrase ends, within a block of the text"
                yield mention.problem(Code.VALUE_MISMATCH, str(mention.end), expected, "end")


def check_sources(dataset: Dataset) -> Iterator[DataError]:
    """An article was read; a statement's blocks are blocks of it where its voice speaks."""
    for source in dataset.sources.values():
        if source.id not in dataset.digests:
            expected = "a file of mentions with the digest of its text"
            yield source.problem(Code.MISSING_KEY, source.id, expected)
    for statement in dataset.statements.values():
        voice = statement.voice
        digest = dataset.digests.get(voice.source)
        for number, block in enumerate(statement.blocks):
            if not voice.speaks_in(block) or (digest and block not in digest.blocks):
                expected = f"a block where {voice.id} speaks: {', '.join(voice.blocks)}"
                yield statement.problem(Code.VOICE_MISMATCH, block, expected, "blocks", number)


def check_claims(dataset: Dataset) -> Iterator[DataError]:
    """All mentions of a claim say the same, and the claim's kind is the figure's."""
    for claim in dataset.claims():
        kind, quantity = dataset.figures[claim.figure].kind, claim.quantity
        for number, mention in enumerate(claim.mentions):
            if mention.quantity is not None and mention.quantity != quantity:
                found, expected = brief(mention.quantity), f"{brief(quantity)}, as the first says"
                yield claim.problem(Code.VALUE_MISMATCH, found, expected, "mentions", number)
        if quantity.kind is not kind:
            expected = f"{kind}, the figure's kind"
            yield claim.problem(Code.KIND_MISMATCH, quantity.kind, expected, "mentions")


def check_statuses(dataset: Dataset) -> Iterator[DataError]:
    """A status may not say what the claims' own numbers contradict."""
    for figure in dataset.figures.values():
        if wanted := _contradiction(figure):
            status, at = figure.comparison.status, ("comparison", "status")
            yield figure.problem(Code.STATUS_MISMATCH, status, wanted, *at)


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
    "bars": (1, 2),
    "columns": (1, 2),
    "slopes": (3, 3),
    "spread": (1, 8),
    "waffle": (1, 1),
}
"""How many numbers each row of a kind draws; other kinds draw none or any."""


def check_charts(dataset: Dataset) -> Iterator[DataError]:
    """A row has the numbers and dates that its kind draws, in the measures of the first row.

    Numbers that are drawn by their size, or divided, are above zero.
    """
    for chart in dataset.charts.values():
        firsts: dict[int, Quantity] = {}
        fewest, most = _NUMBERS.get(chart.kind, (0, 99))
        if chart.kind == "bars":
            fewest = most = 2 if chart.series else 1
        is_of_multiples = chart.kind == "spread" and any(len(r.refs) > 1 for r in chart.rows)
        for row, place in zip(chart.rows, chart.node["rows"], strict=True):
            if not fewest <= len(row.refs) <= most:
                expected = f"{fewest} to {most} for {chart.kind}"
                yield place.problem(Code.KIND_MISMATCH, f"{len(row.refs)} numbers", expected)
            if chart.kind == "timeline" and row.date is None:
                yield place.problem(Code.MISSING_KEY, "no date", "a date")
            for index, ref in enumerate(row.refs if chart.kind in _NUMBERS else ()):
                drawn = dataset.inputs[ref]
                if _value_of(dataset, drawn) <= 0:
                    expected = "a number above zero, which can be drawn"
                    yield place.at("refs", index).problem(Code.BAD_VALUE, ref, expected)
                if is_of_multiples or not isinstance(drawn, Claim | Report):
                    continue
                quantity, first = drawn.quantity, firsts.setdefault(index, drawn.quantity)
                squares = quantity.value / (chart.each or first.value or 1)
                if chart.kind == "waffle" and squares > WAFFLE_SQUARES:
                    expected = f"at most {WAFFLE_SQUARES} squares in a row, so a larger each"
                    yield place.problem(Code.BAD_VALUE, f"{squares:.6g} squares", expected)
                if (quantity.kind, quantity.currency) != (first.kind, first.currency):
                    expected = f"an amount in {first.currency or first.kind}, as in the first row"
                    yield place.at("refs").problem(Code.KIND_MISMATCH, brief(quantity), expected)


def _value_of(dataset: Dataset, number: Input) -> Decimal | Fraction:
    if isinstance(number, Derivation):
        return round(dataset.exact_results[number.id], number.decimals)
    return number.value if isinstance(number, Rate) else number.quantity.value


def check_formulas(dataset: Dataset) -> Iterator[DataError]:
    """A formula can be evaluated over inputs before it; its display holds ``{value}`` once."""
    results = dict[str, Fraction]()
    before = set[str]()
    for derivation in dataset.derivations.values():
        later = [n for n, v in derivation.inputs.items() if v[0] == "=" and v[1:] not in before]
        for name in later:
            expected, found = "a derivation that stands before it", derivation.inputs[name]
            yield derivation.problem(Code.UNKNOWN_REFERENCE, found, expected, "inputs", name)
        before.add(derivation.id)
        try:
            results[derivation.id] = exact(dataset, derivation, results)
        except KeyError:
            continue  # an input has no result, and its own error
        except BadFormula as error:
            expected = f"arithmetic over {', '.join(derivation.inputs)} ({error})"
            formula = derivation.formula
            yield derivation.problem(Code.BAD_FORMULA, formula, expected, "formula")
        for language in LANGUAGES:
            display = derivation.display[language]
            if display.count("{value}") != 1:
                expected, at = "the text {value} once", ("display", language)
                yield derivation.problem(Code.BAD_FORMULA, display, expected, *at)


def check_conversions(dataset: Dataset) -> Iterator[DataError]:
    """One sum in two currencies implies a rate that the published rates make possible."""
    for figure in dataset.figures.values():
        period = figure.comparison.rate_period
        if period and period not in dataset.averages:
            expected, at = "a period that has rates", ("comparison", "rate_period")
            yield figure.problem(Code.UNKNOWN_REFERENCE, period, expected, *at)
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
                yield other.problem(Code.SLIP, found, expected, "mentions")


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


def _can_agree(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] * (1 + ABOUT) and other[0] <= one[1] * (1 + ABOUT)


_HOLDS: Mapping[str, Callable[[Interval, Interval], bool]] = {
    "more_than": lambda one, other: one[0] > other[1],
    "at_least": lambda one, other: one[0] >= other[1],
    "about": _can_agree,
    "at_most": lambda one, other: one[1] <= other[0],
    "less_than": lambda one, other: one[1] < other[0],
}
"""Whether an assertion holds for all values of two intervals; "about" for some."""


def check_grades(dataset: Dataset) -> Iterator[DataError]:
    """An established note asserts only what is certain, and rests on no contradicted number."""
    for grade in dataset.grades.values():
        if grade.level != "established":
            continue
        if grade.asserts and not is_certain(dataset, grade.asserts):
            found = f"{grade.asserts.left} {grade.asserts.relation} {grade.asserts.right}"
            expected = "what holds for every value that the hedges allow, or another level"
            yield grade.problem(Code.NOT_ESTABLISHED, found, expected, "asserts")
        for number, ref in enumerate(grade.rests_on):
            for other in contradictions(dataset, ref):
                if other not in grade.rests_on:
                    expected = f"no number that {other} contradicts, or that id beside it"
                    yield grade.problem(Code.NOT_ESTABLISHED, ref, expected, "rests_on", number)


def is_certain(dataset: Dataset, assertion: Assertion) -> bool:
    """Whether a comparison holds for all values that the hedges of both numbers allow."""
    known = dict[str, Interval]()
    try:
        pair = [interval_of(dataset, ref, known) for ref in (assertion.left, assertion.right)]
    except BadFormula:  # a hedge allows a zero below a line
        return False
    return _HOLDS[assertion.relation](*pair)


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
    question = _question_of(dataset.inputs[ref])
    for name, other in dataset.inputs.items() if question else ():
        is_alike = _question_of(other) == question
        if is_alike and not _can_agree(*(interval_of(dataset, one, {}) for one in (ref, name))):
            yield name


def _question_of(number: Input) -> tuple[str, ...]:
    """Return the figure that a number answers, its nature and measure; empty for other numbers."""
    if isinstance(number, Rate | Derivation) or number.figure is None:
        return ()
    if isinstance(number, Report) and number.relation != "same":
        return ()
    measure = number.quantity.currency or number.quantity.unit or ""
    return number.figure, number.nature, number.quantity.kind, measure


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
