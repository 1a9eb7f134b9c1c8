"""What must be true of a linked dataset: one check a function, each yielding its faults.

Three witnesses speak for every printed number: its phrase, whose reading must be the mention's
value; the mention's id, which spells the value again; and, where one sum is printed in two
currencies, the exchange rate that the pair implies. A slip of scale contradicts one of them.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from explainer.data.dataset import BadFormula, Dataset, exact, input_of
from explainer.data.errors import Code, DataError
from explainer.data.fields import LANGUAGES, Reference, date_exists, references, typed_digits
from explainer.data.figures import ChartKind, Claim, Derivation, Figure, Status
from explainer.data.grades import check_grades
from explainer.data.mentions import mention_ids
from explainer.data.publication import Revision, brief
from explainer.data.schema import Place, Places
from explainer.data.sources import Report, same
from explainer.extract import Quantity, parse

Check = Callable[[Dataset, Places], Iterable[DataError]]
RATE_TOLERANCE = Decimal("0.25")
"""How far an implied rate may lie outside the published rates. Hedged and rounded amounts stay
within a tenth or so of the market; the smallest slip is a factor of ten."""


def check_mentions(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A mention says what the grammar reads in its phrase, its id too; it stands in its block."""
    for source, file in dataset.digests.items():
        wanted = mention_ids((m.block, m.quantity) for m in file.mentions)
        for mention, name in zip(file.mentions, wanted, strict=True):
            place = places["mention", mention.ref]
            read = parse(mention.exact, dataset.sources[source].language).quantity
            if read != mention.quantity:
                expected = f"{brief(read)}, as «{mention.exact}» says"
                found = brief(mention.quantity)
                yield place.problem(Code.VALUE_MISMATCH, found, expected, ("value",))
            if mention.id != name:
                yield place.problem(Code.SLIP, mention.id, name, ("id",))
            end = mention.start + len(mention.exact)
            if mention.end != end or end > file.blocks.get(mention.block, 0):
                expected = f"{end}, where the phrase ends, within a block of the text"
                yield place.problem(Code.VALUE_MISMATCH, str(mention.end), expected, ("end",))


def check_sources(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """An article was read; a statement's blocks are blocks of it where its voice speaks."""
    for source in dataset.sources.values():
        if source.id not in dataset.digests:
            expected = "a file of mentions with the digest of its text"
            yield places["source", source.id].problem(Code.MISSING_KEY, source.id, expected)
    for statement in dataset.statements.values():
        place, voice = places["statement", statement.id], statement.voice
        digest = dataset.digests.get(voice.source)
        for number, block in enumerate(statement.blocks):
            if not voice.speaks_in(block) or (digest and block not in digest.blocks):
                expected = f"a block where {voice.id} speaks: {', '.join(voice.blocks)}"
                yield place.problem(Code.VOICE_MISMATCH, block, expected, ("blocks", number))


def check_claims(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """All mentions of a claim say the same, and the claim's kind is the figure's."""
    for claim in dataset.claims():
        place, kind = places["claim", claim.ref], dataset.figures[claim.figure].kind
        for number, mention in enumerate(claim.mentions):
            if mention.quantity is not None and not same(mention.quantity, claim.quantity):
                found = brief(mention.quantity)
                expected = f"{brief(claim.quantity)}, as the claim's first mention says"
                yield place.problem(Code.VALUE_MISMATCH, found, expected, ("mentions", number))
        if claim.quantity.kind is not kind:
            expected = f"{kind}, the figure's kind"
            yield place.problem(Code.KIND_MISMATCH, claim.quantity.kind, expected, ("mentions",))


def check_statuses(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A status may not say what the claims' own numbers contradict."""
    for figure in dataset.figures.values():
        if wanted := _contradiction(figure):
            at, status = ("comparison", "status"), figure.comparison.status
            yield places["figure", figure.id].problem(Code.STATUS_MISMATCH, status, wanted, at)


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


_ONE_MEASURE = {
    *(ChartKind.BARS, ChartKind.COLUMNS, ChartKind.WAFFLE),
    ChartKind.SLOPES,
}
_NUMBERS = {
    **dict.fromkeys(_ONE_MEASURE, range(1, 2)),
    ChartKind.COLUMNS: range(1, 3),
    ChartKind.SLOPES: range(3, 4),
    ChartKind.SPREAD: range(1, 9),
}
"""How many numbers each row of a kind draws; other kinds draw none or any."""


def check_charts(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A row has the numbers and dates that its kind draws, in the measures of the first row."""
    for chart in dataset.charts.values():
        place = places["chart", chart.id]
        measures: dict[int, Quantity] = {}
        wanted = _NUMBERS.get(chart.kind)
        has_one_measure = chart.kind in _ONE_MEASURE or (
            chart.kind is ChartKind.SPREAD and all(len(row.refs) == 1 for row in chart.rows)
        )
        if chart.kind is ChartKind.BARS and chart.series:
            wanted = range(2, 3)
        for number, row in enumerate(chart.rows):
            if wanted and len(row.refs) not in wanted:
                expected = f"{wanted.start} to {wanted.stop - 1} for {chart.kind}"
                found = f"{len(row.refs)} numbers"
                yield place.problem(Code.KIND_MISMATCH, found, expected, ("rows", number))
            if chart.kind is ChartKind.TIMELINE and row.date is None:
                yield place.problem(Code.MISSING_KEY, "no date", "a date", ("rows", number))
            for index, drawn in enumerate(input_of(dataset, ref) for ref in row.refs):
                if not has_one_measure or not isinstance(drawn, Claim | Report):
                    continue
                first = measures.setdefault(index, drawn.quantity)
                if (drawn.quantity.kind, drawn.quantity.currency) != (first.kind, first.currency):
                    expected = f"an amount in {first.currency or first.kind}, as in the first row"
                    at, found = ("rows", number, "refs"), brief(drawn.quantity)
                    yield place.problem(Code.KIND_MISMATCH, found, expected, at)


def check_formulas(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A formula can be evaluated over its inputs; its display holds ``{value}`` once."""
    for derivation in dataset.derivations.values():
        place = places["derivation", derivation.id]
        try:
            exact(dataset, derivation)
        except BadFormula as error:
            expected = f"arithmetic over {', '.join(derivation.inputs)} ({error})"
            yield place.problem(Code.BAD_FORMULA, derivation.formula, expected, ("formula",))
        for language in LANGUAGES:
            display = derivation.display[language]
            if display.count("{value}") != 1:
                expected, at = "the text {value} once", ("display", language)
                yield place.problem(Code.BAD_FORMULA, display, expected, at)


def check_texts(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """References in texts name something, both languages have the same, and no digit is typed."""
    for text in places.texts:
        figure = _figure_of(text)
        called = {lang: references(text.value[lang], figure) for lang in LANGUAGES}
        for language in LANGUAGES:
            for one in called[language]:
                if not _is_blank(one, text) and not _exists(one, places):
                    expected = f"the name of a {one.target}"
                    yield text.problem(Code.UNKNOWN_REFERENCE, one.name, expected, (language,))
            for digits in typed_digits(text.value[language]):
                expected = "a reference such as {claim}, {=derivation} or {date:…}"
                yield text.problem(Code.TYPED_DIGIT, digits, expected, (language,))
        if sorted(map(str, called["en"])) != sorted(map(str, called["zh"])):
            names = {lang: ", ".join(one.name for one in called[lang]) for lang in LANGUAGES}
            expected = f"the references of the English text: {names['en'] or 'none'}"
            found = names["zh"] or "no references"
            yield text.problem(Code.PAIR_MISMATCH, found, expected, ("zh",))


def _figure_of(text: Place) -> str | None:
    """Return the figure whose claims a text may name alone."""
    if isinstance(text.owner, Figure):
        return text.owner.id
    return text.owner.figure if isinstance(text.owner, Claim | Revision) else None


def _is_blank(reference: Reference, text: Place) -> bool:
    """Return whether the program fills the place, such as {value} and {agent}."""
    may_have_blanks = text.owner is None or isinstance(text.owner, Derivation)
    return may_have_blanks and reference.target == "claim" and "/" not in reference.name


def _exists(reference: Reference, places: Places) -> bool:
    if reference.target == "date":
        return date_exists(reference.name)
    return reference.name in places.known[reference.target]


def check_conversions(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """One sum in two currencies implies a rate that the published rates make possible."""
    for figure in dataset.figures.values():
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
                yield places["claim", other.ref].problem(Code.SLIP, found, expected, ("mentions",))


def _cross_rates(dataset: Dataset, base: str | None, quote: str | None) -> Iterator[Decimal]:
    """Yield the rate from ``base`` to ``quote`` in every period that has one, by the dollar."""
    per_dollar: dict[str, dict[str, Decimal]] = {}
    for rate in dataset.rates.values():
        if rate.value_max is None:
            per_dollar.setdefault(rate.period, {rate.base: Decimal(1)})[rate.quote] = rate.value
    for rates in per_dollar.values():
        if base in rates and quote in rates and base != quote:
            yield rates[quote] / rates[base]


CHECKS: tuple[Check, ...] = (
    check_mentions,
    check_sources,
    check_claims,
    check_statuses,
    check_charts,
    check_formulas,
    check_texts,
    check_conversions,
    check_grades,
)
