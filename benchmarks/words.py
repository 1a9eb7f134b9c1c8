"""Sentences for invented figures: one random choice of words, said in both languages."""

import re
from pathlib import Path
from random import Random
from typing import Any

import yaml

Said = dict[str, str]
"""One text in both languages, by language."""

_HELD: Any = yaml.load(Path(__file__).with_suffix(".yml").read_bytes(), yaml.CSafeLoader)
WORDS: dict[str, list[Said]] = _HELD["words"]
PHRASES: dict[str, Said] = _HELD["phrases"]
FIXED: dict[str, dict[str, Any]] = _HELD["fixed"]
"""Data files, or parts of them, that are the same at every size."""

_SENTENCES: dict[str, list[Said]] = _HELD["sentences"]
_BLANK = re.compile(r"<([a-z]+)>")


def say(random: Random, sort: str, number: int = 1) -> Said:
    """``number`` different sentences of one sort ("question"), as one text."""
    made = [_filled(random, pattern) for pattern in random.sample(_SENTENCES[sort], number)]
    return joined(*made)


def joined(*texts: Said, by: str = "space") -> Said:
    """Texts after each other with the phrase ``by`` between them."""
    return {
        language: between.join(text[language] for text in texts)
        for language, between in PHRASES[by].items()
    }


def phrase(name: str, filling: str) -> Said:
    """A fixed phrase with its one blank filled."""
    return {language: text.replace("{}", filling) for language, text in PHRASES[name].items()}


def _filled(random: Random, pattern: Said) -> Said:
    """The pattern with the same words in both languages, in the order each puts its blanks."""
    blanks = _BLANK.findall(pattern["en"])
    chosen = {
        sort: random.sample(WORDS[sort], blanks.count(sort)) for sort in dict.fromkeys(blanks)
    }
    said = {}
    for language, text in pattern.items():
        left = {sort: [word[language] for word in words] for sort, words in chosen.items()}
        filled = _BLANK.sub(lambda blank, left=left: left[blank[1]].pop(0), text)  # type: ignore[misc]
        said[language] = filled
    return begun(said)


def begun(said: Said) -> Said:
    """The text with its first letter in upper case, where it has one."""
    return {language: text[0].upper() + text[1:] for language, text in said.items()}
