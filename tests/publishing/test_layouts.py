"""Layouts hold no words: what a reader reads comes from calls, in both languages."""

import re
from html import unescape

import pytest
from tests.conftest import ROOT

LAYOUTS = sorted((ROOT / "overrides").rglob("*.html"))
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CALL = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
READ_OUT = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')
"""Attributes whose text is shown or read out."""
LITERAL = re.compile(r'"([^"]*)"')
SENTENCE = re.compile(r"[A-Za-z]{2,} [A-Za-z]|[^\W\d_a-zA-Z]")
"""Two words, or a letter of no English word: what no name of a class, file or string is."""


def words_in(layout: str) -> list[str]:
    """The words of a layout that come from no call, and the sentences typed into its calls."""
    text = COMMENT.sub("", layout)
    bare = CALL.sub("", text)
    shown = " ".join([unescape(TAG.sub(" ", bare)), *READ_OUT.findall(bare)])
    typed = [one for call in CALL.findall(text) for one in LITERAL.findall(call)]
    return [*re.findall(r"[^\W\d_]+", shown), *filter(SENTENCE.search, typed)]


def test_layouts_hold_no_words() -> None:
    assert len(LAYOUTS) > 20
    found = {str(path.relative_to(ROOT)): words_in(path.read_text("utf-8")) for path in LAYOUTS}
    assert {path: words for path, words in found.items() if words} == {}


def test_the_colour_of_a_voice_marks_nothing_else() -> None:
    for sheet in (ROOT / "docs/assets/css").glob("*.css"):
        for name in ("circle", "diamond", "square"):
            used = re.findall(rf"([^\n{{}}]*){{[^{{}}]*var\(--{name}\)", sheet.read_text("utf-8"))
            allowed = {f'[class*="--{name}"]', ".slider input"}  # it moves the question's sum
            assert {rule.strip() for rule in used} <= allowed, sheet.name


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        ('<p class="x">{{ t("nav.more") }} · <!doctype html></p>{# a note #}', []),
        ("<p>More</p>", ["More"]),
        ("<p>{{ t('a') }}：更多</p>", ["更多"]),
        ('<a title="Read on" href="{{ to("index") }}">{{ x }}</a>', ["Read", "on"]),
        ('{% set label = "Read on" %}', ["Read on"]),
        ('{{ "更多" if x else "" }}', ["更多"]),
    ],
)
def test_planted_words_are_found(layout: str, words: list[str]) -> None:
    assert words_in(layout) == words
