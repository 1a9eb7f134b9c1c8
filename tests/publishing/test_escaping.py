"""Data text is text: in Markdown, in HTML, in an attribute and in front matter."""

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, UndefinedError
from lxml import html
from markupsafe import Markup

from explainer.site.template_env import (
    UnsafeAddress,
    address,
    environment,
    front_matter,
    inert,
    plain,
)

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
NASTY = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](x){ onerror=alert(1) }",
    "{: onclick=alert(1) }",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "    code",
    "`code` *em* __strong__",
    "a | b\n--- | ---\nc | d",
    "&lt;b&gt; &amp;",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %}",
    "===",
    "<!-- x -->",
    "约7700多亿韩元",
    "$700 million",
]


def shown(text: str, template: str = "x {{ t }}\n") -> html.HtmlElement:
    jinja = environment(DictLoader({"t": template}))
    source = jinja.get_template("t").render(t=text)
    return html.fragment_fromstring(
        markdown.markdown(source, extensions=EXTENSIONS), create_parent=True
    )


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize(
    "template", ["{{ t }}\n", "x {{ t }}\n", "<div>{{ t }}</div>\n", "# {{ t }} { #x }\n"]
)
def test_a_nasty_text_is_shown_literally(text: str, template: str) -> None:
    tree = shown(text, template)
    assert " ".join(tree.text_content().split()).removeprefix("x ") == " ".join(text.split())
    assert {str(e.tag) for e in tree.iter()} <= {"div", "p", "h1"}


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Co", "Cn"]))
)
def test_any_text_is_shown_literally(text: str) -> None:
    tree = shown(text, '<p title="{{ t }}">{{ t }}</p>\n')
    assert " ".join(tree.text_content().split()) == " ".join(text.split())
    assert {str(e.tag) for e in tree.iter()} == {"div", "p"}


def test_an_attribute_keeps_its_text() -> None:
    tree = shown('"><b>&', '<p title="{{ t }}">x</p>\n')
    assert tree.xpath("//p/@title") == ['"><b>&']


def test_markup_of_ours_is_left_alone() -> None:
    assert inert("<b>") == "&#60;b&#62;"
    assert (
        environment(DictLoader({"t": "{{ m }}"})).get_template("t").render(m=Markup("<b>")) == "<b>"
    )


def test_plain_gives_back_what_was_escaped() -> None:
    assert plain(Markup("<a href='#'>") + inert('5 < 6 & "x"') + Markup("</a>")) == '5 < 6 & "x"'


@given(st.text())
def test_front_matter_reads_back(text: str) -> None:
    if any(0xD800 <= ord(c) <= 0xDFFF or not c.isprintable() for c in text):
        return
    assert yaml.safe_load(f"title: {front_matter(text)}\n") == {"title": text}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "ftp://x", "x", "http:///x"]
)
def test_only_web_addresses_pass(url: str) -> None:
    with pytest.raises(UnsafeAddress):
        address(url)


def test_a_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment(DictLoader({"t": "{{ missing }}"})).get_template("t").render()
