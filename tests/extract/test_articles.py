"""Articles in every form that people save them in give the same blocks, and only the article."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.data.mentions import extract, fields
from explainer.extract.articles import UnreadableArticle, digest, read_article

TITLE = "工作室公布年度账目"
BODY = [
    "去年，这家工作室花了 7700 多亿韩元（约 41 亿人民币），拍了25部作品。",
    "公司说，创造了1.6万个岗位，覆盖90个国家和地区。",
    "利润增长12.5%，比前年多了3.6倍。",
]
TRADITIONAL_TITLE = "工作室公佈年度帳目"
TRADITIONAL = [
    "去年，這家工作室花了7700多億韓元，拍了25部作品，覆蓋90個國家。",
    "公司說，這個數字比前年多了三成，明年還會再投13億美元。",
]


def texts(data: bytes) -> list[tuple[str, str]]:
    return [(block.id, block.text) for block in read_article(data).blocks]


def expected(title: str, body: list[str]) -> list[tuple[str, str]]:
    return [("title", title), *((f"p{n}", text) for n, text in enumerate(body, 1))]


def as_plain(title: str, body: list[str]) -> str:
    return "\n\n".join([title, *body]) + "\n"


def as_page(title: str, body: list[str]) -> str:
    inner = "".join(f"\n  <p>{text.replace('25', '<b>25</b>')}</p>" for text in body)
    return f"<!doctype html><html><head><title>x</title></head><body><article><h1>{title}</h1>{inner}</article></body></html>"


def as_divs(title: str, body: list[str]) -> str:
    inner = "".join(f"<div><span>{text[:9]}</span><em>{text[9:]}</em></div>" for text in body)
    return f"<html><body><main><h1>{title}</h1>{inner}</main></body></html>"


def as_broken(title: str, body: list[str]) -> str:
    return f"<html><body><h1>{title}<p>" + "<p>".join(f"<b>{t[:4]}</i>{t[4:]}" for t in body)


def as_dump(title: str, body: list[str]) -> str:
    inner = "".join(f"<p>{text}</p>" for text in body)
    return f"---\ntitle: '{title}'\nauthor: 某站\ndate: Wed, 06 Oct 2021 05:40:43 GMT\n---\n<div>{inner}</div>\n"


def as_rss(title: str, body: list[str]) -> str:
    inner = "".join(f"<p>{text}</p>" for text in body)
    return f"<?xml version='1.0'?><rss><channel><title>站</title><item><title>{title}</title><description><![CDATA[{inner}]]></description></item></channel></rss>"


FORMS = [as_plain, as_page, as_divs, as_broken, as_dump, as_rss]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
def test_form_and_encoding_change_nothing(form: object, encoding: str) -> None:
    assert callable(form)
    data = form(TITLE, BODY).encode(encoding)
    assert texts(data) == expected(TITLE, BODY)
    assert digest(read_article(data)) == digest(read_article(as_plain(TITLE, BODY).encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030", "utf-16"])
def test_traditional_script_is_read_in_its_encodings(encoding: str) -> None:
    data = as_page(TRADITIONAL_TITLE, TRADITIONAL).encode(encoding)
    assert texts(data) == expected(TRADITIONAL_TITLE, TRADITIONAL)


@pytest.mark.parametrize("form", FORMS, ids=[form.__name__ for form in FORMS])
def test_the_same_mentions_come_out_of_every_form(form: object, tmp_path: Path) -> None:
    assert callable(form)
    path = tmp_path / "article"
    path.write_bytes(form(TITLE, BODY).encode("gb18030"))
    found = [
        (f["block"], f["value"], f["unit"] or f["currency"])
        for f in map(fields, extract(path).found)
    ]
    assert found == [
        ("p1", "770000000000", "KRW"),
        ("p1", "4100000000", "CNY"),
        ("p1", "25", "works"),
        ("p2", "16000", "jobs"),
        ("p2", "90", "countries"),
        ("p3", "12.5", None),
        ("p3", "3.6", None),
    ]


PAGE = """<!doctype html><html lang="en"><head><title>Studio has a record year | The Example</title>
<meta name="author" content="Ann Bell"><meta property="article:published_time" content="2021-10-06T08:00:00Z">
<style>p { width: 640px }</style><script>var budget = "$999 million"</script></head><body>
<!-- $888 million --><header><nav><a href="/">Home</a> <a>Top 10</a></nav></header>
<div class="cookie-banner">We and our 842 partners</div>
<main><article><h1>Studio has a record year</h1><p class="byline">By Ann Bell</p>
<figure><img src="a-2560x1314.jpg" width="2560"><figcaption>The lot, bought in 2016</figcaption></figure>
<p>The studio spent <b>$700</b> million on 25 films.<sup><a href="#fn3">3</a></sup> It leased 9,000 m<sup>2</sup>.</p>
<div class="newsletter-signup">Join 200,000 readers</div>
<table><caption>Spending</caption><tr><th>2020</th><td>$330m</td></tr><tr><th>2021</th><td>$500m</td></tr></table>
<ul><li>16,000 jobs</li><li>90 countries</li></ul>
<p style="display: none">$1 trillion</p><p hidden>5,000 jobs</p><p aria-hidden="true">6,000 jobs</p>
<aside>10 films to watch</aside><template><p>7,000 jobs</p></template></article>
<section id="comments"><p>I saw 300 episodes</p></section></main>
<footer>1-800-555-0199, suite 240</footer></body></html>"""


def test_a_saved_page_gives_the_article_and_nothing_around_it() -> None:
    article = read_article(PAGE.encode())
    assert [(b.id, b.text) for b in article.blocks] == [
        ("title", "Studio has a record year"),
        ("caption1", "The lot, bought in 2016"),
        ("p1", "The studio spent $700 million on 25 films. It leased 9,000 m²."),
        ("caption2", "Spending"),
        ("p2", "2020"),
        ("p3", "$330m"),
        ("p4", "2021"),
        ("p5", "$500m"),
        ("p6", "16,000 jobs"),
        ("p7", "90 countries"),
    ]
    assert article.language == "en"


def test_a_page_without_a_heading_has_the_title_of_its_metadata() -> None:
    data = '<html><head><meta property="og:title" content="A year"><title>A year | The Example</title></head>'
    for page in (data, data.replace("og:title", "other")):
        article = read_article((page + "<body><p>It paid $5.</p></body></html>").encode())
        assert [(b.id, b.text) for b in article.blocks] == [
            ("title", "A year"),
            ("p1", "It paid $5."),
        ]


def test_trailing_matter_ends_a_plain_text_but_a_word_in_it_does_not() -> None:
    text = (
        "A record year\n\nThe source: rising demand, said the head of 25 studios.\n\nIt spent $5.\n\n"
        "Source: Example Daily\n\nThis article is written by Ann for\n\nRelated Articles\n\n  1. I saw 300.\n"
    )
    article = read_article(text.encode())
    assert [b.id for b in article.blocks] == ["title", "p1", "p2"]


def test_a_credit_line_under_a_chart_cuts_nothing() -> None:
    text = "A record year\n\nIt spent $5.\n\nSource: company data\n\nIt will spend $6.\n"
    assert [b.id for b in read_article(text.encode()).blocks] == ["title", "p1", "p2"]


def test_markdown_is_read_as_its_readers_see_it() -> None:
    text = (
        "# A record year\n\nIt spent $**700** million on [25 films](https://x.org/9).\n\n"
        "![pic](a-640x480.png)\n\n| Year | Spend |\n| --- | --- |\n| 2020 | $330m |\n\n- 16,000 jobs\n"
    )
    assert [b.text for b in read_article(text.encode()).blocks] == [
        "A record year",
        "It spent $700 million on 25 films.",
        "Year",
        "Spend",
        "2020",
        "$330m",
        "16,000 jobs",
    ]


def test_several_items_of_a_feed_keep_their_order_and_their_own_blocks() -> None:
    feed = (
        "<rss><channel><item><title>One</title><description>&lt;p&gt;It paid $5.&lt;/p&gt;</description>"
        "<pubDate>Wed, 06 Oct 2021 05:40:43 GMT</pubDate></item>"
        "<item><title>Two</title><description><![CDATA[<p>It paid $6.</p>]]></description></item></channel></rss>"
    )
    article = read_article(feed.encode())
    assert [(b.id, b.text) for b in article.blocks] == [
        ("title", "One"),
        ("p1", "It paid $5."),
        ("h1", "Two"),
        ("p2", "It paid $6."),
    ]


def test_an_entity_bomb_stays_small() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'
    feed = f"{bomb}<rss><channel><item><title>&b;</title><description>It paid $5.</description></item></channel></rss>"
    assert len(read_article(feed.encode()).blocks[0].text) < 10


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no text"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8brest", "gzip"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 4, "save it as UTF-8"),
        ("It paid ¥5, said Zoë".encode("latin-1"), "save it as UTF-8"),
        (b"<html><body><script>1</script></body></html>", "no text"),
        (b"\xff\xfe\x00\xd8", "save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableArticle, match=said) as caught:
        read_article(data, name="a.txt")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("a.txt: ")


def test_a_wrong_declaration_is_overruled_by_the_bytes() -> None:
    page = as_page(TITLE, BODY).replace("<head>", '<head><meta charset="big5">')
    assert texts(page.encode("gb18030")) == expected(TITLE, BODY)
    assert texts(page.encode("utf-8")) == expected(TITLE, BODY)


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert read_article(data).blocks
    except UnreadableArticle as error:
        assert str(error)


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            "< > <p> </p> <b </b> <!-- --> &amp; & ; <td> <div hidden> x 5 <script>".split()
        )
    )
)
def test_broken_markup_is_read_or_refused(pieces: list[str]) -> None:
    try:
        assert read_article(("<p>" + "".join(pieces)).encode()).blocks
    except UnreadableArticle as error:
        assert "no text" in str(error)


def test_a_hundred_thousand_nested_tags_are_no_trouble() -> None:
    page = "<html><body>" + "<div>" * 100_000 + "<p>It paid $5.</p>" + "</div>" * 50_000
    assert [b.text for b in read_article(page.encode()).blocks] == ["It paid $5."]


def test_fifty_megabytes_stay_within_a_gigabyte() -> None:
    code = (
        "import resource; from explainer.extract.articles import read_article\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)\n"
        "page = '<html><body>' + '<p>It paid <b>$5</b> million to 16,000 people.</p>' * 900_000\n"
        "found = read_article(page.encode())\n"
        "print(len(found.blocks), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    count, peak = done.stdout.split()
    assert count == "900000"
    assert int(peak) < 1_000_000


def test_real_articles_give_their_blocks(articles: Path) -> None:
    english = read_article((articles / "en-article.txt").read_bytes())
    chinese = read_article((articles / "zh-article.txt").read_bytes())
    assert (english.language, chinese.language) == ("en", "zh")
    assert [b.id for b in english.blocks] == ["title", "p1", "p2", "p3", "p4", "p5"]
    assert len([b for b in chinese.blocks if b.id.startswith("p")]) == 21
    assert len([b for b in chinese.blocks if b.id.startswith("caption")]) == 1
