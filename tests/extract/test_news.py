"""Running text: every amount is found with its value, and nothing that is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.extract.phrases import brief

from explainer.extract import Language, find

FOLDER = Path(__file__).parent


def passages(language: Language) -> Iterator[tuple[str, list[str]]]:
    """Every passage with the lines that say what is to be found in it."""
    text, wanted = "", []
    lines = (FOLDER / f"news.{language}.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("    "):
            wanted.append(line.strip())
        elif not line.startswith("# "):
            if text:
                yield text, wanted
            text, wanted = line, []
    yield text, wanted


LANGUAGES: list[Language] = ["en", "zh"]
CASES = [
    pytest.param(language, text, wanted, id=f"{language}: {text[:40]}")
    for language in LANGUAGES
    for text, wanted in passages(language)
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_a_passage_gives_its_amounts(language: Language, text: str, wanted: list[str]) -> None:
    found = [
        f"{reading.exact} | {brief(reading.quantity) if reading.quantity else '-'}"
        for reading in find(text, language)
    ]
    assert found == wanted


def test_there_are_passages_enough() -> None:
    assert len(CASES) >= 130
