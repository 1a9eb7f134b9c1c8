"""The words and patterns of the grammars, from ``lexicon*.yml`` and CLDR.

The grammars that run in browsers use the same tables: :func:`browser_module` writes them.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from explainer.extract.quantity import Language

_OF_VALUES = "hedges hedges_after durations nouns months currency_words signs".split()
"""The tables of the form ``value: [phrases]``."""


class Phrases(dict[str, Any]):
    """A table of phrases with their values that finds the longest one at a place of a text."""

    def __init__(self, phrases: Mapping[str, Any]) -> None:
        super().__init__(phrases)
        self._sizes: dict[tuple[int, str], dict[int, None]] = {}
        for phrase in sorted(self, key=len, reverse=True):
            for edge in (0, -1):
                self._sizes.setdefault((edge, phrase[edge]), {})[len(phrase)] = None

    def at(self, text: str, start: int) -> str | None:
        """Return the longest phrase that starts at ``start`` and ends no Latin word half-way."""
        for size in self._sizes.get((0, text[start : start + 1]), ()):
            phrase = text[start : start + size]
            if phrase in self and not _splits_word(text, start + size):
                return phrase
        return None

    def before(self, text: str, end: int, floor: int) -> str | None:
        """Return the longest phrase in ``text[floor:end]`` that ends there and is whole words."""
        for size in self._sizes.get((-1, text[end - 1 : end]), ()):
            start = max(floor, end - size)
            if text[start:end] in self and not _splits_word(text, start):
                return text[start:end]
        return None


def _splits_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


class Lexicon(dict[str, Any]):
    """The tables of one language by their names, and its compiled ``patterns``."""

    def __init__(self, language: Language) -> None:
        super().__init__(read_tables(f"lexicon.{language}.yml"))
        shared = read_tables("lexicon.yml").items()
        self.update({name: table | self.get(name, {}) for name, table in shared})
        for name in _OF_VALUES:
            self[name] = {
                phrase: None if value == "ambiguous" else value
                for value, phrases in self.get(name, {}).items()
                for phrase in phrases
            }
        if language == "en":
            names = _english_currencies()
        else:
            pairs = self["traditional"].replace(" ", "")
            self["traditional"] = dict(zip(pairs[::2], pairs[1::2], strict=True))
            names = _chinese_currencies(str.maketrans(self["traditional"]))
        self["currency_words"] = names | self["currency_words"]
        codes = {code: code for code in CODES}
        dollars = {code + sign: code for code in CODES if code[2] == "D" for sign in ("$", " $")}
        self["signs"] = codes | dollars | self["signs"]  # CAD$5, AUD $5
        self["codes"] |= codes
        self["patterns"] = {name: self._expand(text) for name, text in self["patterns"].items()}
        self.patterns = {name: re.compile(text) for name, text in self["patterns"].items()}
        self.update({name: Phrases(self[name]) for name in ("currency_words", "cents", "signs")})

    def _expand(self, pattern: str | list[str]) -> str:
        """A pattern with the phrases of the tables that it names, the longest first."""

        def expand(found: re.Match[str]) -> str:
            name = found[1]
            if name in self["characters"]:
                return str(self["characters"][name])
            if name in self["patterns"]:
                return self._expand(self["patterns"][name])
            return "|".join(map(re.escape, sorted(self[name], key=lambda word: (-len(word), word))))

        return re.sub(r"<([a-z_]+)>", expand, "".join(pattern))


def read_tables(name: str) -> dict[str, Any]:
    """Return the tables in a YAML file of this package."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return dict(yaml.load(text, yaml.CSafeLoader))


def _english_currencies() -> dict[str, str | None]:
    """CLDR's names in one and many, and the last word of a name, where one currency has it."""
    names = {str(get_currency_name(code, n, "en")).lower(): code for code in CODES for n in (1, 2)}
    owners: dict[str, set[str]] = {}
    for name, code in names.items():
        if " " in name:
            owners.setdefault(name.rpartition(" ")[2], set()).add(code)
    # Short ones are other words too: "5 gold medals", "3 real estate deals", "10 marks".
    last = [word for word in owners if len(word) >= 5 or word in ("baht", "dong", "rand")]
    return {word: None if len(owners[word]) > 1 else min(owners[word]) for word in last} | names


def _chinese_currencies(simple: Mapping[int, str]) -> dict[str, str | None]:
    """CLDR's names in both scripts, as the grammar sees them: in simplified characters."""
    names = {
        str(get_currency_name(code, None, locale)).translate(simple): code
        for code in CODES
        for locale in ("zh_Hant", "zh")
    }
    return {name: code for name, code in names.items() if not name.isascii()}


CODES = sorted(
    {code for name in map(str, Locale("en").territories) for code in get_territory_currencies(name)}
)
"""The ISO 4217 codes of the currencies that are in use somewhere."""
ENGLISH = Lexicon("en")
CHINESE = Lexicon("zh")


def browser_module() -> str:
    """Return the tables of both grammars as the source of a JavaScript module."""
    return "".join(
        f"export const {name} = {json.dumps(tables, ensure_ascii=False)}\n"
        for name, tables in (("english", ENGLISH), ("chinese", CHINESE))
    )
