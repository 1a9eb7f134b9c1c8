"""What holds for every number and every text, not only for the phrases that we thought of."""

import string
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.extract import Bound, Kind, Language, Quantity, find, parse, write
from explainer.extract.english import NOUNS
from explainer.extract.lexicon import CHINESE
from explainer.extract.numerals import tidy

LANGUAGES: list[Language] = ["en", "zh"]
EDGES = [
    Decimal(number)
    for number in (
        "1 9 10 99 100 999 1000 9999 10000 10001 99999 100000 999999 1000000 99999999 100000000"
        " 100000001 999999999 1000000000 999999999999 1000000000000 1000000000001"
        " 12345678901234567 0.1 0.5 1.5 12.5 999.99"
    ).split()
]
CURRENCIES = (
    "USD EUR GBP KRW CNY JPY HKD TWD SGD AUD CAD NZD BRL INR RUB VND THB PHP CHF MYR"
).split()
COUNTED = sorted(set(NOUNS.values()) & set(CHINESE["style_units"]))
DURATIONS = ["years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds"]
HEDGES: list[Bound] = [bound for bound in Bound if bound is not Bound.RANGE]

values = st.one_of(
    st.sampled_from(EDGES),
    st.integers(1, 10**15).map(Decimal),
    st.integers(1, 10**6).map(lambda n: Decimal(n) * 10**6),
    st.integers(1, 10**7).map(lambda n: Decimal(n).scaleb(-2)),
    st.builds(lambda n, p: Decimal(n).scaleb(p), st.integers(1, 99999), st.integers(-3, 13)),
).map(tidy)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Any quantity that both languages can write."""
    kind = draw(
        st.sampled_from([Kind.MONEY, Kind.COUNT, Kind.PERCENT, Kind.MULTIPLE, Kind.DURATION])
    )
    value = draw(values)
    bound = draw(st.sampled_from(HEDGES))
    high: Decimal | None = None
    if kind in (Kind.MONEY, Kind.COUNT, Kind.PERCENT) and draw(st.booleans()):
        high, bound = tidy(value + draw(values)), Bound.RANGE
    elif kind in (Kind.MONEY, Kind.PERCENT) and draw(st.booleans()):
        value = tidy(-value)
    currency = draw(st.sampled_from(CURRENCIES)) if kind is Kind.MONEY else None
    unit = None
    if kind is Kind.DURATION:
        unit = draw(st.sampled_from(DURATIONS))
    elif kind is Kind.COUNT:
        unit = draw(st.sampled_from(COUNTED))
    return Quantity(value, kind, bound, high, currency, unit)


def essence(quantity: Quantity | None) -> tuple[object, ...] | None:
    """All that a quantity says, but for the scale word that it was printed with."""
    if quantity is None:
        return None
    return (
        quantity.value,
        quantity.kind,
        quantity.bound,
        quantity.value_max,
        quantity.currency,
        quantity.unit,
        quantity.edtf,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=6000)
@given(quantity=quantities())
def test_what_is_written_reads_back(language: Language, quantity: Quantity) -> None:
    text = write(quantity, language)
    reading = parse(text, language)
    assert essence(reading.quantity) == essence(quantity), (text, reading)
    assert reading.exact == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", EDGES)
@pytest.mark.parametrize("currency", CURRENCIES)
def test_every_edge_reads_back(language: Language, value: Decimal, currency: str) -> None:
    quantity = Quantity(tidy(value), Kind.MONEY, currency=currency)
    assert essence(parse(write(quantity, language), language).quantity) == essence(quantity)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=500)
@given(year=st.integers(1800, 2099), month=st.integers(1, 12), day=st.integers(1, 28))
def test_moments_read_back(language: Language, year: int, month: int, day: int) -> None:
    edtf = f"{year}-{month:02}-{day:02}"
    for quantity in (
        Quantity(Decimal(year), Kind.YEAR),
        Quantity(Decimal(edtf.replace("-", "")), Kind.DATE, edtf=edtf),
        Quantity(Decimal(edtf[:7].replace("-", "")), Kind.DATE, edtf=edtf[:7]),
        Quantity(Decimal(month), Kind.RANK),
    ):
        text = write(quantity, language)
        assert essence(parse(text, language).quantity) == essence(quantity), text


WORDS = (
    "$ US$ ₩ ¥ 3 16,000 1.5 2,5 1.234.567 million bn % times won 亿 万 千 百 十 多 余 约 近 元 美元 "
    "韩元 三 两 第 个 家 年 月 日 至 – - . , : / more than nearly between and to 兆 成 倍 百分之 jobs "
    "( ) ７ ％ "
    "2021 October x k m No. # +"
).split()
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=14).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.text(string.printable, max_size=60),
)


def never_raises(language: Language, text: str) -> None:
    readings = find(text, language)
    last = 0
    for reading in readings:
        assert text[reading.start : reading.end] == reading.exact
        assert last <= reading.start < reading.end
        assert (reading.quantity is None) != (reading.reason is None)
        last = reading.end
        if reading.quantity is not None and reading.quantity.value_max is not None:
            assert reading.quantity.value < reading.quantity.value_max
    whole = parse(text, language)
    assert (whole.quantity is None) != (whole.reason is None)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=3000)
@given(text=TEXTS)
def test_no_text_raises(language: Language, text: str) -> None:
    never_raises(language, text)


@pytest.mark.fuzz
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=100_000)
@given(text=TEXTS)
def test_no_text_raises_however_many(language: Language, text: str) -> None:
    never_raises(language, text)


WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in string.digits + "%"}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=1000)
@given(quantity=quantities())
def test_wide_digits_read_as_plain_ones(language: Language, quantity: Quantity) -> None:
    text = write(quantity, language)
    wide = parse(text.translate(WIDE), language).quantity
    assert essence(wide) == essence(parse(text, language).quantity)


@settings(max_examples=500)
@given(number=st.integers(1, 9999))
def test_chinese_scales_rise_in_steps(number: int) -> None:
    read = [parse(f"{number}{scale}元", "zh").quantity for scale in ("", "万", "亿", "万亿")]
    assert [q.value for q in read if q] == [number * 10**power for power in (0, 4, 8, 12)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "9 ", "亿", "$", "三", "1亿", "a million ", "to 3 ", "– ", "¥1 ", "hundred "],
)
def test_long_texts_take_linear_time(language: Language, piece: str) -> None:
    """Ten times the text in not much more than ten times the steps, counted and not timed."""
    import sys

    def steps(text: str) -> int:
        count = 0

        def trace(*_: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(trace)
        try:
            find(text, language)
        finally:
            sys.setprofile(None)
        return count

    short, long = steps(piece * 300), steps(piece * 3000)
    assert long <= 15 * short + 1000
