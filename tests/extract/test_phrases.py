"""Every phrase of the tables reads as the table says, or is refused where it says so."""

import pytest
from tests.extract.phrases import Phrase, brief, table

from explainer.extract import Language, parse

LANGUAGES: list[Language] = ["en", "zh"]
ROWS = [
    pytest.param(language, phrase, id=f"{language}: {phrase.text}")
    for language in LANGUAGES
    for phrase in table(language)
]


@pytest.mark.parametrize(("language", "phrase"), ROWS)
def test_a_phrase_reads_as_the_table_says(language: Language, phrase: Phrase) -> None:
    reading = parse(phrase.text, language)
    read = None if reading.quantity is None else brief(reading.quantity)
    assert read == phrase.reads, reading
    assert (reading.reason is None) == (phrase.reads is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_long_enough_and_hold_no_phrase_twice(language: Language) -> None:
    texts = [phrase.text for phrase in table(language)]
    assert len(texts) >= 300
    assert len(set(texts)) == len(texts)
    assert sum(phrase.reads is None for phrase in table(language)) >= 40
