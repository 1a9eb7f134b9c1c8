"""Articles in every form that people save them in give the same blocks, and only the article."""

import json
import os
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.tables import brief

from explainer import limits
from explainer.cli import main
from explainer.data import Code, DataErrors, mentions
from explainer.data.mentions import extract
from explainer.extract.articles import digest, read_article
from explainer.extract.html import UnreadableArticle

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


FORMS = {
    "plain": ("{title}\n\n{body}\n", "{}\n\n"),
    "page": (
        "<!doctype html><html><head><title>x</title></head><body><article><h1>{title}</h1>{body}"
        "</article></body></html>",
        "\n  <p><b></b>{}</p>",
    ),
    "broken": ("<html><body><h1>{title}{body}", "<p><b></i>{}"),
    "dump": (
        "---\ntitle: '{title}'\nauthor: 某站\ndate: Wed, 06 Oct 2021 05:40:43 GMT\n---\n"
        "<div>{body}</div>\n",
        "<p>{}</p>",
    ),
    "rss": (
        "<?xml version='1.0'?><rss><channel><title>站</title><item><title>{title}</title>"
        "<description><![CDATA[{body}]]></description></item></channel></rss>",
        "<p>{}</p>",
    ),
}
"""The forms in which people save an article: the whole, and a paragraph."""


def write_article(form: str, title: str, body: list[str]) -> str:
    whole, paragraph = FORMS[form]
    return whole.format(title=title, body="".join(map(paragraph.format, body)))


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5hkscs"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", FORMS)
def test_form_and_encoding_change_nothing(form: str, encoding: str) -> None:
    for title, body in ((TITLE, BODY), (TRADITIONAL_TITLE, TRADITIONAL)):
        if encoding == "big5hkscs" and title == TITLE:
            continue  # an encoding of the traditional script
        data = write_article(form, title, body).encode(encoding)
        plain = write_article("plain", title, body).encode()
        assert texts(data) == [("title", title), *((f"p{n}", t) for n, t in enumerate(body, 1))]
        assert digest(read_article(data)) == digest(read_article(plain))


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
        found = texts((page + "<body><p>It paid $5.</p></body></html>").encode())
        assert found == [("title", "A year"), ("p1", "It paid $5.")]


def test_trailing_matter_ends_a_plain_text_but_a_word_in_it_does_not() -> None:
    text = (
        "A record year\n\nThe source: rising demand, said the head of 25 studios.\n\nIt spent $5.\n\n"
        "Source: Example Daily\n\nThis article is written by Ann for\n\nRelated Articles\n\n  1. I saw 300.\n"
    )
    article = read_article(text.encode())
    assert [b.id for b in article.blocks] == ["title", "p1", "p2"]


def test_markdown_is_read_as_its_readers_see_it() -> None:
    text = (
        "# A record year\n\nIt spent $**700** million on [25 films](https://x.org/9).\n\n"
        "![pic](a-640x480.png)\n\n| Year | Spend |\n| --- | --- |\n| 2020 | $330m |\n\n- 16,000 jobs\n"
    )
    shown = [block.text for block in read_article(text.encode()).blocks]
    assert shown[:2] == ["A record year", "It spent $700 million on 25 films."]
    assert shown[2:] == ["Year", "Spend", "2020", "$330m", "16,000 jobs"]


def test_several_items_of_a_feed_keep_their_order_and_their_own_blocks() -> None:
    feed = (
        "<rss><channel><item><title>One</title><description>&lt;p&gt;It paid $5.&lt;/p&gt;</description>"
        "<pubDate>Wed, 06 Oct 2021 05:40:43 GMT</pubDate></item>"
        "<item><title>Two</title><description><![CDATA[<p>It paid $6.</p>]]></description></item></channel></rss>"
    )
    blocks = [("title", "One"), ("p1", "It paid $5."), ("h1", "Two"), ("p2", "It paid $6.")]
    assert texts(feed.encode()) == blocks


def test_an_entity_bomb_stays_small_and_a_thousand_nested_tags_are_read() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'
    feed = f"{bomb}<rss><channel><item><title>&b;</title><description>It paid $5.</description></item></channel></rss>"
    assert len(read_article(feed.encode()).blocks[0].text) < 10
    page = "<html><body>" + "<div>" * 1000 + "<p>It paid $5.</p>" + "</div>" * 500
    assert texts(page.encode()) == [("p1", "It paid $5.")]


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
    with pytest.raises(UnreadableArticle, match=said):
        read_article(data)


def test_a_wrong_declaration_is_overruled_by_the_bytes() -> None:
    right = texts(write_article("page", TITLE, BODY).encode())
    page = write_article("page", TITLE, BODY).replace("<head>", '<head><meta charset="big5">')
    assert texts(page.encode("gb18030")) == texts(page.encode()) == right


MARKUP = "< > <p> </p> <b </b> <!-- --> &amp; & ; <td> <div hidden> x 5 <script>".split()


@settings(max_examples=400)
@given(st.binary(max_size=300) | st.lists(st.sampled_from(MARKUP)).map("<p>".join).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert read_article(data).blocks
    except UnreadableArticle as error:
        assert str(error)


REPEATED = (
    "<p>;<b>;</p>;<br>;<sup>1;<p hidden>;<!--;<![CDATA[;<script>;<item>;<title>;&amp;&lt;p&gt;;&;<;\";'; "
    ";\u00a0;\n;中\n ;1;1,;-;---;- ;|;| ;[;](;![;**;** a;`a;#;> ;é;e\u0301\u0316;亿;一;title:;\ntitle:"
    ";\n---;\n---\n;million ;百分之;one point ;a half ;by Ann ;source:"
    ";1,;9 ;$;三;1亿;a million ;to 3 ;– ;¥1 ;hundred ;3、;多;五 ;1-;约;点五"
).split(";")
AROUND = [
    "{}x",
    "<html><body><p>It paid $5. {}x",
    "<html><title>a {}x</title><p>It paid $5.",
    "<html><p class='{}x'>It paid $5.",
    "<html><p>It paid <sup>1{}x",
    "---\n{}x",
    "---\ntitle: a{}x\n---\nIt paid **$5**.",
    "# a\n\nIt paid **$5**.\n{}x",
    "<rss>{}x",
    "<rss><item><title>{}x</title><description>It paid $5.</description></item>",
    "<rss><item><title>a</title><description>{}x</description></item></rss>",
]


@pytest.mark.parametrize("around", AROUND)
def test_no_repeated_piece_takes_more_than_linear_time(tmp_path: Path, around: str) -> None:
    """30 KB take a tenth of this bound; with a quadratic pattern they take more than it."""
    file = tmp_path / "a.txt"
    for piece in filter(None, REPEATED):
        file.write_text(around.format(piece * (30_000 // len(piece))), "utf-8")
        start = process_time()
        with suppress(UnreadableArticle):
            extract(file)
        assert process_time() - start < 2, piece


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * (limits.ARTICLE_BYTES + 1), "bytes"),
        ("It paid $5. " * (limits.ARTICLE_CHARACTERS // 12 + 1), "characters"),
        ("<p>" + "It paid $5. " * (limits.ARTICLE_CHARACTERS // 12 + 1), "characters"),
        ("<p>It paid $5." * (limits.ARTICLE_TAGS + 1), "tags"),
        ("<rss><item>" + "&lt;p" * (limits.ARTICLE_TAGS + 1), "tags"),
        ("<html>" + "<div>" * 10_000 + "It paid $5.", "too deeply"),
    ],
)
def test_what_is_too_large_is_refused(text: str, said: str) -> None:
    with pytest.raises(UnreadableArticle, match=said):
        read_article(text.encode())


NAMES = [b"a\n::error::b.txt", b"\x1b[31ma.txt", b"\xffa.txt", "a\u202e\u2028b.txt".encode()]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_are_shown_escaped_on_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: bytes
) -> None:
    file = tmp_path / os.fsdecode(name)
    for content in (b"PK\x03\x04", b"It paid $5 million.", None):
        if content is None:
            file.unlink()
            file.mkdir()
        else:
            file.write_bytes(content)
        readable = content is not None and content.startswith(b"It")
        for option in ([], ["--json"]):
            assert main(["extract", *option, str(file)]) == (0 if readable else 2)
            shown = "".join(capsys.readouterr())
            assert shown.count("\n") == 1 + (readable and not option)
            assert all(line.isprintable() for line in shown.splitlines())
            assert not option or not readable or json.loads(shown)["file"] == str(file)


def test_an_article_of_the_data_that_cannot_be_read_is_named(tmp_path: Path, data: Path) -> None:
    (tmp_path / "en-article.txt").write_bytes(b"PK\x03\x04")
    with pytest.raises(DataErrors) as caught:
        mentions.pull(data, tmp_path)
    assert [one.code for one in caught.value.problems] == [Code.BAD_ARTICLE, Code.NOT_FOUND]


REAL = {
    "en-article.txt": (
        "p1 money 700000000 USD nearly|p1 duration 5 years|p1 money 500000000 USD"
        "|p2 money 5000000000 USD about|p2 count 16000 jobs more_than|p3 money 20000000 USD nearly"
        "|p4 money 500000000 USD"
    ),
    "zh-article.txt": (
        "title duration 5 years|title money 770000000000 KRW more_than|title money 4100000000 CNY about"
        "|p1 year 2016|p2 year 2021|p2 money 1300000000 USD|p4 count 90 countries|caption1 year 2016"
        "|p10 money 1300000000 USD|p10 money 9450000000 USD|p10 count 20000 jobs"
    ),
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_article_gives_its_figures_and_nothing_else(articles: Path, name: str) -> None:
    found = extract(articles / name).found
    read = sorted(f"{block} {brief(match.quantity)}" for block, match in found)
    assert read == sorted(REAL[name].split("|"))


def test_the_committed_mentions_are_what_the_program_pulls(articles: Path, data: Path) -> None:
    assert main(["extract", "--check", str(articles)]) == 0
    path = data / "mentions" / "zhihu.yml"
    path.write_text(path.read_text("utf-8").replace("94.5亿", "94.6亿"), "utf-8")
    stale = list(mentions.stale(data.parent, mentions.pull(data, articles)))
    assert [(p.path, p.code) for p in stale] == [("data/mentions/zhihu.yml", Code.STALE_MENTIONS)]
