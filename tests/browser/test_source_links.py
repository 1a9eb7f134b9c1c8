"""Links into the sources reach their phrase in Chromium, inside a sentence of its language."""

from collections.abc import Iterator
from html import escape

import pytest
from playwright.sync_api import Page, Route, TimeoutError
from tests.conftest import ADDRESS

from explainer.data import Dataset
from explainer.urls import into_source

AROUND: dict[str, tuple[str, tuple[str, ...]]] = {
    "ko": (
        "넷플릭스는 ",
        (".", "을 투자했다.", "의 경제 효과", "에 이른다.", "로 늘었다.", " 규모"),
    ),
    "zh": ("该剧投入了", ("，去年才", "的投资", "左右。")),
    "ja": ("ネットフリックスは", ("を投資した。", "の効果")),
    "en": ("It spent ", (" in Korea.", ", it said.")),
}
"""What stands before a phrase, and what may follow it, by language."""
VOWEL = str.maketrans({"을": "를"})


def sentences(dataset: Dataset, *, every: bool) -> Iterator[tuple[str, str]]:
    """Each phrase that a page links into, and a text that holds it, particles fitted.

    Without ``every``, the Korean ones alone, each in one sentence.
    """
    claims = (claim for figure in dataset.figures.values() for claim in figure.claims)
    phrases: set[tuple[str, str]] = {
        (claim.source.language, claim.mentions[0].exact) for claim in claims
    }
    phrases |= {(s.language, s.reports[0].phrase) for s in dataset.context.values() if s.reports}
    for number, (language, phrase) in enumerate(sorted(phrases)):
        if not every and language != "ko":
            continue
        before, after = AROUND.get(language[:2], AROUND["en"])
        has_final = "가" <= phrase[-1] <= "힣" and (ord(phrase[-1]) - ord("가")) % 28
        for text in after if every else [after[1 + number % 4]]:
            fitted = text.replace("로 ", "으로 ") if has_final else text.translate(VOWEL)
            yield phrase, f"{before}{phrase}{fitted}"


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.full)])
def test_every_phrase_is_reached(page: Page, dataset: Dataset, every: bool) -> None:
    text = ""

    def answer(route: Route) -> None:
        filler = "<p>x</p><div style='height:4000px'></div>"
        body = f"<!doctype html><meta charset=utf-8>{filler}<p>{escape(text)}</p>{filler}"
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.context.route(f"{ADDRESS}source*", answer)
    missed = []
    for number, (phrase, sentence) in enumerate(sentences(dataset, every=every)):
        text = sentence
        page.goto(into_source(f"{ADDRESS}source?{number}", phrase))
        page.wait_for_load_state()
        try:
            page.wait_for_function("scrollY > 1000", timeout=10_000)
        except TimeoutError:
            missed.append(sentence)
    assert missed == []
