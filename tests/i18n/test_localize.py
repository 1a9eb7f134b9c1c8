"""Text in both languages: references, hedges, dates, names, and words of a third language."""

from decimal import Decimal

import pytest

from explainer.data import Dataset, Text
from explainer.derive import evaluate_all
from explainer.extract import Bound, Kind, Language, Quantity
from explainer.i18n import Localizer, split_by_language, tag_of_name


@pytest.fixture(scope="module")
def words(dataset: Dataset) -> dict[Language, Localizer]:
    results = evaluate_all(dataset)
    return {"en": Localizer(dataset, results, "en"), "zh": Localizer(dataset, results, "zh")}


DATES = [
    ("2021", "2021", "2021年"),
    ("2021-10", "October 2021", "2021年10月"),
    ("2021-10-06", "October 6, 2021", "2021年10月6日"),
    ("2021-10~", "around October 2021", "2021年10月前后"),
]


def test_dates_follow_each_language(words: dict[Language, Localizer]) -> None:
    for edtf, en, zh in DATES:
        assert (words["en"].format_date(edtf), words["zh"].format_date(edtf)) == (en, zh)
    with pytest.raises(ValueError, match="month"):
        words["en"].format_date("2021-13")


def test_references_of_a_text_are_written_out_in_its_language(
    words: dict[Language, Localizer],
) -> None:
    reference = "{korea-plan-2021/english}"
    claim = words["en"].dataset.claim("korea-plan-2021/english")
    for code in ("en", "zh"):
        said = words[code].text(Text(f"a {reference} b", f"a {reference} b"))
        assert said == f"a {words[code].format_input(claim)} b"


def test_arithmetic_drops_the_hedge_and_prose_keeps_it(words: dict[Language, Localizer]) -> None:
    about = Quantity(Decimal(16_000), Kind.COUNT, Bound.ABOUT)
    assert words["en"].format_unhedged(about) == "16,000"
    assert words["zh"].format_unhedged(about) == "1.6万"
    assert "about" not in words["en"].format_steps("plan-pace")
    steps = [getattr(number, "ref", text) for number, text in words["zh"].steps("plan-pace")]
    expected = (
        "korea-plan-2021/english ÷ ( korea-spend-five-years/english ÷ five-year-period/english )"
    )
    assert " ".join(steps) == expected


def test_every_input_has_a_number_and_an_attribution(words: dict[Language, Localizer]) -> None:
    for localizer in words.values():
        for found in localizer.dataset.inputs.values():
            assert localizer.format_input(found)
            assert localizer.attribution_of(found)


@pytest.mark.parametrize("name", ["no-such", "=no-such", "term:no-such", "report:no-such/name"])
def test_an_unknown_name_is_refused(words: dict[Language, Localizer], name: str) -> None:
    with pytest.raises(KeyError, match="no-such"):
        words["en"].text(Text(f"{{{name}}}", f"{{{name}}}"))


@pytest.mark.parametrize(
    ("text", "language", "pieces"),
    [
        ("plain English", "en", [("plain English", None)]),
        ("", "en", [("", None)]),
        ("the 奈飞 of", "en", [("the ", None), ("奈飞", "zh-Hans"), (" of", None)]),
        ("《鱿鱼游戏》오징어", "zh", [("《鱿鱼游戏》", None), ("오징어", "ko")]),
        ("在Netflix上", "zh", [("在Netflix上", None)]),
        (
            "引自Squid Game costs more。",
            "zh",
            [("引自", None), ("Squid Game costs more", "en"), ("。", None)],
        ),
    ],
)
def test_words_of_another_language_are_found(
    text: str, language: Language, pieces: list[tuple[str, str | None]]
) -> None:
    assert list(split_by_language(text, language)) == pieces


def test_a_name_has_one_tag() -> None:
    assert [tag_of_name(n) for n in ("아시아경제", "奈飞", "Netflix")] == ["ko", "zh-Hans", "en"]
