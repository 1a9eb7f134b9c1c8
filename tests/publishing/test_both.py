"""Pages in both languages are composed from the two pages as rendered, or not at all."""

import pytest
from lxml import html

from explainer.site.bilingual import TranslationMismatch, compose, rewrite_url

ENGLISH = """<h1 id="page-title">Jobs</h1>
<section class="claims" id="claims"><p id="said">They say <a href="../../names/">so</a>.</p></section>
<p id="note">See <a href="#said">above</a>, <a href="../../assets/x.png">here</a> and
<a href="https://example.org/#said">there</a>.</p>
<form id="tool" data-scripted><input id="field"></form>
<p class="stale">Still to be checked.</p>"""
CHINESE = ENGLISH.replace("Jobs", "岗位").replace("They say", "据说")
PAGE = "figures/jobs"


def composed(english: str = ENGLISH, chinese: str = CHINESE) -> html.HtmlElement:
    return html.fragment_fromstring(compose(PAGE, english, chinese), create_parent="div")


def test_blocks_meet_their_pair_in_order() -> None:
    pairs = composed().xpath("//div[@class='pair']")
    found = [[(side.get("lang"), side[0].get("id")) for side in pair] for pair in pairs]
    assert found == [
        [("en", "page-title"), ("zh-Hans", "zh-page-title")],
        [("en", "said"), ("zh-Hans", "zh-said")],
        [("en", "note"), ("zh-Hans", "zh-note")],
    ]


def test_a_container_stands_once_around_its_pairs() -> None:
    sections = composed().xpath("//section")
    assert [section.get("id") for section in sections] == ["claims"]
    assert len(sections[0].xpath("./div[@class='pair']")) == 1


def test_links_lead_where_they_led() -> None:
    links = composed().xpath("//a/@href")
    assert links == [
        "../../../names/",
        "../../../zh/names/",
        "#said",
        "../../../assets/x.png",
        "https://example.org/#said",
        "#zh-said",
        "../../../zh/assets/x.png",
        "https://example.org/#said",
    ]


@pytest.mark.parametrize(
    ("language", "page", "address", "wanted"),
    [
        ("en", "index", "money/", "../money/"),
        ("en", "index", "./", "../"),
        ("zh", "index", "./#a", "../zh/#a"),
        ("zh", "money", "../figures/jobs-created/#answer", "../../zh/figures/jobs-created/#answer"),
        ("zh", "money", "../../assets/site.css", "../../assets/site.css"),
        ("en", "money", "mailto:a@example.org", "mailto:a@example.org"),
        ("en", "money", "", ""),
    ],
)
def test_an_address_is_written_anew(language: str, page: str, address: str, wanted: str) -> None:
    assert rewrite_url("zh" if language == "zh" else "en", page, address) == wanted


@pytest.mark.parametrize(
    ("chinese", "odd"),
    [
        (CHINESE.replace('<p id="note">', '<p id="notes">'), "p#note, p#notes"),
        (CHINESE.replace('<h1 id="page-title">岗位</h1>', ""), "h1#page-title"),
        (CHINESE.replace('id="said"', 'id="says"'), "p#said, p#says"),
        (CHINESE.replace('<p id="note">', '<div id="note">').replace("there</a>.</p>", "there</a>.</div>"), "note"),
        ('<p id="extra">多一段</p>' + CHINESE, "p#extra"),
    ],
)  # fmt: skip
def test_pages_that_differ_are_refused_by_name(chinese: str, odd: str) -> None:
    with pytest.raises(TranslationMismatch) as error:
        compose(PAGE, ENGLISH, chinese)
    assert "figures/jobs" in str(error.value)
    for name in odd.split(", "):
        assert name in str(error.value)


def test_blocks_in_another_order_are_refused() -> None:
    first, second = '<p id="a">A</p>', '<p id="b">B</p>'
    with pytest.raises(TranslationMismatch, match="their order"):
        compose(PAGE, first + second, second + first)
