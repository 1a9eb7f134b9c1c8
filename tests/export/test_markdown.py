"""Markdown twins and ``llms.txt``: every number keeps its hedge, no text becomes markup."""

import re

import pytest
from markdown_it import MarkdownIt

from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.export.text import escape_markdown
from explainer.extract import Language
from explainer.urls import root_of
from explainer.verify.numbers import says

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
            assert localizer.format_claim(claim) in line
            assert says(claim.quantity, localizer.format_claim(claim), language)
        for name in figure.comparison.derivations:
            equation = f"{localizer.format_steps(name)} = {localizer.format_derivation(name)}"
            (line,) = [line for line in lines if equation in line]
            assert localizer.string("twin.derived") in line
        for report in site.dataset.reports_on(figure.id):
            access = localizer.string(f"seen.{site.dataset.context[report.source].access}")
            parts = (localizer.format_report(report), report.phrase, access)
            assert any(all(part in line for part in parts) for line in lines), report.ref
        for text_ in (*figure.unknowns, *figure.notes):
            assert f"- {localizer.text(text_, figure)}" in lines


@EACH_LANGUAGE
def test_a_retired_figures_twin_says_what_became_of_it(
    aged_files: dict[str, str], aged: SiteContext, language: Language
) -> None:
    folder = root_of(language)
    texts = {name: aged_files[f"{folder}figures/{name}-figure.md"] for name in ("old", "moved")}
    expected = {
        "en": (r"Old \*jobs\*", r"It was counted &lt;b\>twice&lt;/b\>."),
        "zh": (r"旧\*岗位\*", "重复计入。"),
    }
    assert all(part in texts["old"] for part in expected[language])
    assert f"<{aged.root}{folder}figures/jobs-created/>" in texts["moved"]
    assert texts["moved"].rstrip().endswith(f"<{aged.root}{folder}figures/moved-figure/>")


def test_llms_txt_keeps_every_hedge(files: dict[str, str], site: SiteContext) -> None:
    text = files["llms.txt"]
    assert text.startswith("# The Korea Bet · 押注韩国\n")
    for code in LANGUAGES:
        localizer = site.words[code]
        for figure in site.dataset.figures.values():
            url = f"{site.root}{root_of(code)}figures/{figure.id}.md"
            (line,) = [line for line in text.splitlines() if f"({url})" in line]
            assert all(localizer.format_claim(claim) in line for claim in figure.claims)
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
