"""The words of the grammars, from ``lexicon.en.yml``, ``lexicon.zh.yml`` and CLDR's currencies.

The grammars that run in browsers use the same words: :func:`browser_module` writes them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from explainer.extract.quantity import Language

_INVERTED = (
    "hedges hedges_after durations nouns months currency_words signs".split()
)  # tables of the form `value: [phrases]`


class Phrases(dict[str, Any]):
    """A table of phrases with their values that finds the longest one at a place of a text."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        super().__init__(table)
        self._first: dict[str, list[int]] = {}
        self._last: dict[str, list[int]] = {}
        for phrase in sorted(table, key=lambda phrase: -len(phrase)):
            for sizes in (
                self._first.setdefault(phrase[0], []),
                self._last.setdefault(phrase[-1], []),
            ):
                if len(phrase) not in sizes:
                    sizes.append(len(phrase))

    def at(self, text: str, start: int) -> str | None:
        """The longest phrase that starts at ``start`` and does not end inside a Latin word."""
        for size in self._first.get(text[start : start + 1], ()):
            end = start + size
            if text[start:end] in self and not _splits_word(text, end):
                return text[start:end]
        return None

    def before(self, text: str, end: int, floor: int = 0) -> str | None:
        """The longest phrase that ends at ``end`` and does not start inside a Latin word."""
        for size in self._last.get(text[end - 1 : end], ()):
            start = end - size
            if start >= floor and text[start:end] in self and not _splits_word(text, start):
                return text[start:end]
        return None


def _splits_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of ``phrases``, the longest first."""
    return "|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))


def _load(language: Language) -> dict[str, Any]:
    path = Path(__file__).with_name(f"lexicon.{language}.yml")
    words: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    for name in _INVERTED:
        table = {
            phrase: None if value == "ambiguous" else value
            for value, phrases in words.get(name, {}).items()
            for phrase in phrases
        }
        words[name] = table
    return words


def _traditional(joined: str) -> dict[str, str]:
    characters = joined.replace(" ", "")
    return dict(zip(characters[::2], characters[1::2], strict=True))


def _codes() -> list[str]:
    """The ISO 4217 codes of the currencies that are in use somewhere."""
    territories = Locale("en").territories
    return sorted({code for name in territories for code in get_territory_currencies(name)})


def _english_currencies(codes: Iterable[str]) -> dict[str, str | None]:
    """CLDR's names in one and many, and the last word of a name, where one currency has it."""
    names: dict[str, str | None] = {}
    last: dict[str, str] = {}
    times: Counter[str] = Counter()
    for code in codes:
        forms = {str(get_currency_name(code, count, "en")).lower() for count in (1, 2)}
        names |= dict.fromkeys(forms, code)
        words = {form.rpartition(" ")[2] for form in forms if " " in form}
        times.update(words)
        last |= dict.fromkeys(words, code)
    shared = {word: code if times[word] == 1 else None for word, code in last.items()}
    # "5 gold medals", "3 real estate deals", "2 marks" are no amounts of money.
    short = {
        word: code
        for word, code in shared.items()
        if len(word) > 4 or code in ("THB", "VND", "ZAR", "MYR")
    }
    return {**short, **names}


def _chinese_currencies(codes: Iterable[str], simple: Mapping[int, str]) -> dict[str, str | None]:
    """CLDR's names in both scripts, as the grammar reads them: in simplified characters."""
    names = {
        str(get_currency_name(code, None, locale)).translate(simple): code
        for code in codes
        for locale in ("zh_Hant", "zh")
    }
    return {name: code for name, code in names.items() if not name.isascii()}


CODES = _codes()
ENGLISH = _load("en")
CHINESE = _load("zh")
CHINESE["traditional"] = _traditional(CHINESE["traditional"])
_SIMPLE = str.maketrans(CHINESE["traditional"])
ENGLISH["currency_words"] = _english_currencies(CODES) | ENGLISH["currency_words"]
CHINESE["currency_words"] = _chinese_currencies(CODES, _SIMPLE) | CHINESE["currency_words"]
for _words in (ENGLISH, CHINESE):
    _words["codes"] = [*CODES, "RMB", "CNH", "NTD"]
    # "CAD$5": a code and the sign are one sign.
    _dollars = {f"{code}$": code for code in CODES if code.endswith("D")}
    _words["signs"] = {**{code: code for code in CODES}, **_dollars, **_words["signs"]}


def browser_module() -> str:
    """The words of both grammars as the source of a JavaScript module."""
    return "".join(
        f"export const {name} = {json.dumps(words, ensure_ascii=False, separators=(',', ':'))}\n"
        for name, words in (("english", ENGLISH), ("chinese", CHINESE))
    )
