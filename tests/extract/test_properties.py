"""What holds for every number and every text, not only for the phrases of the tables."""

import string
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.extract.tables import LANGUAGES, phrases

from explainer.extract import Bound, Kind, Language, Quantity, find, parse, write
from explainer.extract.lexicon import CHINESE, ENGLISH
from explainer.extract.numerals import tidy

EDGES = [
    Decimal(number)
    for number in (
        "1 9 10 99 100 999 1000 9999 10000 10001 99999 100000 999999 1000000 99999999 100000000"
        " 100000001 999999999 1000000000 999999999999 1000000000000 1000000000001"
        " 12345678901234567 0.1 0.5 1.5 12.5 999.99"
    ).split()
]
CURRENCIES = sorted(ENGLISH["style_money"])
COUNTED = sorted(set(ENGLISH["nouns"].values()) & set(CHINESE["style_units"]))
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
    """All of a quantity but the scale word that it was printed with."""
    if quantity is None:
        return None
    q = quantity
    return q.value, q.kind, q.bound, q.value_max, q.currency, q.unit, q.edtf


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=2500)
@given(quantity=quantities())
def test_what_is_written_reads_back(language: Language, quantity: Quantity) -> None:
    text = write(quantity, language)
    reading = parse(text, language)
    assert essence(reading.quantity) == essence(quantity), (text, reading)
    assert reading.exact == text
    wide = text.translate({ord(c): chr(ord(c) + 0xFEE0) for c in string.digits + "%"})
    assert essence(parse(wide, language).quantity) == essence(quantity), wide


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=300)
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


READ: dict[Language, list[str]] = {
    language: [
        text
        for text, reads in phrases(language)
        if reads and reads.split()[0] not in ("date", "year", "rank") and text[1:2] != " "
    ]
    for language in LANGUAGES
}
PIECES: dict[Language, list[str]] = {
    "en": (
        "3 12 0.5 1,000 ½ million billion quadrillion hundred dozen half point five and or to . ,"
        " – $ € US$ MX$ KRW won m bn k km mm a the of about people years jobs times 万 亿 点 ( ) ;"
    ).split(),
    "zh": (
        "3 12 0.5 1,000 ½ 三 百 千 万 亿 兆 点 半 零 两 几 数 多 余 个 成 倍 分之 百分之 第 负 - ～ 、 ，"
        " 。 · % $ MX$ 元 美元 韩元 角 天 人 名 家 次 约 近 超过 左右 m bn million km 和 的 了"
    ).split(),
}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=3000)
@given(data=st.data())
def test_a_phrase_between_neighbours_is_whole_or_refused(
    language: Language, data: st.DataObject
) -> None:
    """No reading takes a part of a phrase and leaves the rest, whatever touches the phrase."""
    phrase = data.draw(st.sampled_from(READ[language]))
    pieces, gap = st.sampled_from(["", *PIECES[language]]), st.sampled_from(["", " "])
    before = data.draw(pieces) + data.draw(gap)
    after = data.draw(gap) + data.draw(pieces)
    if language == "en":  # letters that touch make other words
        before += " " * (before[-1:].isalnum() or phrase[0] in "-#")
        after = " " + after if after[:1].isalnum() else after
    text = before + phrase + after
    start, end = len(before), len(before) + len(phrase)
    for match in find(text, language):
        if match.quantity is None or match.end <= start or match.start >= end:
            continue
        assume(not (phrase[0] == "近" and match.quantity.kind is Kind.DURATION))  # 近3亿天
        assume("倍" in phrase or not (phrase[-1] in "多余" and after[:1] in "元人次"))  # 三天多次
        assert match.start <= start, (text, match)
        assert match.end >= end or match.start < start, (text, match)


WORDS = (
    "$ US$ ₩ ¥ 3 16,000 1.5 2,5 1.234.567 million bn % times won 亿 万 千 百 十 多 余 约 近 元 美元 "
    "韩元 三 两 第 个 家 年 月 日 至 – - . , : / more than nearly between and to 兆 成 倍 百分之 jobs "
    "( ) ７ ％ 2021 October x k m No. # + ½ · 半 点 零 \u200b ⼗ 廿"
).split(" ")
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=14).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.text(string.printable, max_size=60),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "count", [2000, pytest.param(100_000, marks=pytest.mark.fuzz)], ids=["some", "many"]
)
def test_no_text_raises(language: Language, count: int) -> None:
    @settings(max_examples=count)
    @given(text=TEXTS)
    def reads(text: str) -> None:
        last = 0
        for match in find(text, language):
            assert text[match.start : match.end] == match.exact
            assert last <= match.start < match.end
            assert (match.quantity is None) != (match.reason is None)
            last = match.end
            if match.quantity is not None and match.quantity.value_max is not None:
                assert match.quantity.value < match.quantity.value_max
        whole = parse(text, language)
        assert (whole.quantity is None) != (whole.reason is None)

    reads()
