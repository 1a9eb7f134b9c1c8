"""Markdown twins, ``llms.txt``, feeds: every number keeps its hedge, no text becomes markup."""

import json
import re

import feedparser
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.export.text import escape_markdown
from explainer.extract import Language
from explainer.i18n import TAGS
from explainer.urls import absolute, root_of
from explainer.verify.checks import says

EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


@EACH_LANGUAGE
def test_a_twin_keeps_each_hedge_in_its_line(
    files: dict[str, str], site: SiteContext, language: Language
) -> None:
    localizer = site.words[language]
    for figure in site.dataset.figures.values():
        text = unescape(files[f"{root_of(language)}figures/{figure.id}.md"])
        lines = text.splitlines()
        assert lines[0] == f"# {localizer.text(figure.headline, figure)}"
        for claim in figure.claims:
            (line,) = [line for line in lines if line.endswith(f"#{claim.id}>")]
            assert f"“{claim.mentions[0].exact}”" in line
            assert localizer.format_input(claim) in line
            assert says(claim.quantity, localizer.format_input(claim), language)
        for name in figure.comparison.derivations:
            equation = f"{localizer.format_steps(name)} = {localizer.format_input(site.dataset.derivations[name])}"
            (line,) = [line for line in lines if equation in line]
            assert localizer.string("twin.derived") in line
        for report in site.dataset.reports_on(figure.id):
            access = localizer.string(f"seen.{site.dataset.context[report.source].access}")
            parts = (localizer.format_input(report), report.phrase, access)
            assert any(all(part in line for part in parts) for line in lines), report.ref
        for text_ in (*figure.unknowns, *figure.notes):
            assert f"- {localizer.text(text_, figure)}" in lines


def test_llms_txt_keeps_every_hedge(files: dict[str, str], site: SiteContext) -> None:
    text = files["llms.txt"]
    assert text.startswith("# The Korea Bet · 押注韩国\n")
    for code in LANGUAGES:
        localizer = site.words[code]
        for figure in site.dataset.figures.values():
            url = f"{site.root}{root_of(code)}figures/{figure.id}.md"
            (line,) = [line for line in text.splitlines() if f"({url})" in line]
            assert all(localizer.format_input(claim) in line for claim in figure.claims)
            assert localizer.string(f"status.{figure.comparison.status}") in line
    linked = re.findall(r"\]\((\S+)\)", text)
    assert {url.removeprefix(site.root) for url in linked} <= files.keys()
    assert len(linked) == 2 * len(site.dataset.figures) + 2


HOSTILE = """*a* _a_ `a` [a](b) ~~a~~ <b>a</b> &lt;b&gt; &#60; <script>a</script> \\*a\\*""".split()
HOSTILE += ["# a", "> a", "- a", "+ a", "= a", "1. a", "2) a", "a | b", "a\n\nb"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    block, inline, _ = MarkdownIt("commonmark").enable("table").parse(escape_markdown(text))
    parts = inline.children or []
    assert block.type == "paragraph_open"
    assert {part.type for part in parts} <= {"text", "text_special"}
    assert "".join(part.content for part in parts) == " ".join(text.split())


@EACH_LANGUAGE
def test_both_feeds_have_each_figure_and_change_with_numbers_and_reason(
    aged_files: dict[str, str], aged: SiteContext, language: Language
) -> None:
    found = json.loads(aged_files[f"{root_of(language)}feed.json"])
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    text = aged_files[f"{root_of(language)}feed.xml"]
    feed = feedparser.parse(text.encode())
    assert not feed.bozo, feed.bozo_exception
    assert (feed.version, feed.feed.language) == ("atom10", found["language"])
    assert found["language"] == TAGS[language]
    home = absolute(aged.root, language, "index")
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {"alternate": home, "self": f"{home}feed.xml"}
    assert feed.feed.updated.startswith("2026-12-24")
    for item, entry in zip(found["items"], feed.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert item["date_modified"][:10] == entry.updated[:10]
    # The reader of feeds cleans what looks like markup.
    atom = etree.fromstring(text.encode()).iter("{*}entry")
    said = {one.findtext("{*}id", ""): one.findtext("{*}summary", "").split() for one in atom}
    assert said == {item["id"]: item["content_text"].split() for item in found["items"]}
    summaries = {name.partition("figures/")[2]: " ".join(words) for name, words in said.items()}
    localizer = aged.words[language]
    for figure in aged.dataset.figures.values():
        entries = [entry for entry in feed.entries if f"/figures/{figure.id}/" in entry.link]
        assert entries[0].title == localizer.text(figure.headline, figure)
        for claim in figure.claims:
            assert any(localizer.format_input(claim) in entry.summary for entry in entries)
    expected = {
        "jobs-created/#2026-12-24": ["15,000", "16,000", "misread", "1.5万", "1.6万", "看错"],
        "old-figure/#2026-12-01": ["counted <b>twice</b>", "重复计入。"],
        "moved-figure/#2026-12-02": ["Jobs said to follow", "据称由Netflix投资带来"],
    }
    for name, texts in expected.items():
        half = len(texts) // 2
        for text in texts[:half] if language == "en" else texts[half:]:
            assert text in summaries[name]
