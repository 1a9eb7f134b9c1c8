"""What must be true of a linked dataset: one check a function, each yielding its faults.

Three witnesses speak for every printed number: its phrase, whose reading must be the mention's
value; the mention's id, which spells the value again; and, where one sum is printed in two
currencies, the exchange rate that the pair implies. A slip of scale contradicts one of them.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from explainer.data.dataset import Dataset, exact, input_of
from explainer.data.errors import Code, DataError
from explainer.data.formula import BadFormula
from explainer.data.mentions import mention_ids
from explainer.data.models.fields import LANGUAGES, date_exists
from explainer.data.models.figures import ChartKind, Claim, Derivation, Figure, Status
from explainer.data.models.publication import Revision
from explainer.data.models.sources import Report
from explainer.data.places import Place, Places
from explainer.data.references import Reference, Target, references, typed_digits
from explainer.data.revisions import brief, same
from explainer.extract import Kind, Quantity, parse

Check = Callable[[Dataset, Places], Iterable[DataError]]
RATE_TOLERANCE = Decimal("0.25")
"""How far an implied rate may lie outside the published rates. Hedged and rounded amounts stay
within a tenth or so of the market; the smallest slip is a factor of ten."""


def check_mention_values(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A mention's fields are what the grammar reads in its phrase; its id spells them again."""
    for source, mentions in dataset.mentions.items():
        wanted = mention_ids((m.block, m.quantity) for m in mentions.values())
        for mention, name in zip(mentions.values(), wanted, strict=True):
            place = places["mention", mention.ref]
            read = parse(mention.exact, dataset.sources[source].language).quantity
            if read != mention.quantity:
                expected = f"{brief(read)}, as «{mention.exact}» says"
                found = brief(mention.quantity)
                yield place.problem(Code.VALUE_MISMATCH, found, expected, ("value",))
            if mention.id != name:
                yield place.problem(Code.SLIP, mention.id, name, ("id",))


def check_mention_spans(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A mention's span is as long as its phrase and lies within a block that the source has."""
    for source, mentions in dataset.mentions.items():
        blocks = dataset.digests[source].blocks
        for mention in mentions.values():
            place, end = places["mention", mention.ref], mention.start + len(mention.exact)
            if mention.end != end:
                expected = f"{end}, where the phrase ends"
                yield place.problem(Code.VALUE_MISMATCH, str(mention.end), expected, ("end",))
            if mention.block not in blocks:
                expected = "a block of the text that was read"
                yield place.problem(Code.UNKNOWN_REFERENCE, mention.block, expected, ("block",))
            elif mention.end > blocks[mention.block]:
                expected = f"at most {blocks[mention.block]}, where the block ends"
                yield place.problem(Code.VALUE_MISMATCH, str(mention.end), expected, ("end",))


def check_statement_blocks(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A statement's blocks are blocks that its source has and where its voice speaks."""
    for statement in dataset.statements.values():
        place, voice = places["statement", statement.id], statement.voice
        digest = dataset.digests.get(voice.source)
        for number, block in enumerate(statement.blocks):
            if not voice.speaks_in(block):
                expected = f"a block where {voice.id} speaks: {', '.join(voice.blocks)}"
                yield place.problem(Code.VOICE_MISMATCH, block, expected, ("blocks", number))
            elif digest is None or block not in digest.blocks:
                expected = "a block of the text that was read"
                yield place.problem(Code.UNKNOWN_REFERENCE, block, expected, ("blocks", number))


def check_article_traces(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """An article has a digest, an address, and an archived copy or a word on why not."""
    for source in dataset.sources.values():
        wanted = {
            "a file of mentions with the digest of its text": source.id in dataset.digests,
            "url or archived_url": source.url or source.archived_url,
            "archived_url, or an archive_note that says there is none": (
                source.archived_url or source.archive_note
            ),
        }
        for expected, found in wanted.items():
            if not found:
                yield places["source", source.id].problem(Code.MISSING_KEY, source.id, expected)


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
    *(ChartKind.BARS, ChartKind.COLUMNS, ChartKind.WAFFLE, ChartKind.STEPS),
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
        if chart.kind is ChartKind.BARS and chart.series:
            wanted = range(2, 3)
        for number, row in enumerate(chart.rows):
            if wanted and len(row.refs) not in wanted:
                expected = f"{wanted.start} to {wanted.stop - 1} for {chart.kind}"
                found = f"{len(row.refs)} numbers"
                yield place.problem(Code.KIND_MISMATCH, found, expected, ("rows", number))
            if chart.kind in (ChartKind.STEPS, ChartKind.TIMELINE) and row.date is None:
                yield place.problem(Code.MISSING_KEY, "no date", "a date", ("rows", number))
            for index, drawn in enumerate(input_of(dataset, ref) for ref in row.refs):
                if chart.kind not in _ONE_MEASURE or not isinstance(drawn, Claim | Report):
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
    return may_have_blanks and reference.target is Target.CLAIM and "/" not in reference.name


def _exists(reference: Reference, places: Places) -> bool:
    if reference.target is Target.DATE:
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


def check_rate_periods(dataset: Dataset, places: Places) -> Iterator[DataError]:
    """A figure converts at a period for which rates are known; one of money has to."""
    periods = {rate.period for rate in dataset.rates.values() if rate.value_max is None}
    for figure in dataset.figures.values():
        period = figure.comparison.rate_period
        if period not in periods and (period or figure.kind is Kind.MONEY):
            at = ("comparison", "rate_period") if period else ("comparison",)
            found, expected = period or "no rate_period", "a period that has rates"
            yield places["figure", figure.id].problem(Code.UNKNOWN_REFERENCE, found, expected, at)


CHECKS: tuple[Check, ...] = (
    check_mention_values,
    check_mention_spans,
    check_statement_blocks,
    check_article_traces,
    check_claims,
    check_statuses,
    check_charts,
    check_formulas,
    check_texts,
    check_conversions,
    check_rate_periods,
)
