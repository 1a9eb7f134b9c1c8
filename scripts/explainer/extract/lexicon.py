"""The words and patterns of the grammars, from ``lexicon.en.yml``, ``lexicon.zh.yml`` and CLDR.

The grammars that run in browsers use the same tables: :func:`browser_module` writes them.
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

_OF_VALUES = "hedges hedges_after durations nouns months currency_words signs".split()
"""The tables of the form ``value: [phrases]``."""


class Phrases(dict[str, Any]):
    """A table of phrases with their values that finds the longest one at a place of a text."""

    def __init__(self, phrases: Mapping[str, Any] | Iterable[str]) -> None:
        table = phrases if isinstance(phrases, Mapping) else dict.fromkeys(phrases)
        super().__init__(table)
        self._first: dict[str, dict[int, None]] = {}
        self._last: dict[str, dict[int, None]] = {}
        for phrase in sorted(table, key=len, reverse=True):
            self._first.setdefault(phrase[0], {}).setdefault(len(phrase))
            self._last.setdefault(phrase[-1], {}).setdefault(len(phrase))

    def at(self, text: str, start: int) -> str | None:
        """Return the longest phrase that starts at ``start`` and ends no Latin word half-way."""
        for size in self._first.get(text[start : start + 1], ()):
            end = start + size
            if text[start:end] in self and not _splits_word(text, end):
                return text[start:end]
        return None

    def before(self, text: str, end: int, floor: int = 0) -> str | None:
        """Return the longest phrase that ends at ``end`` and starts no Latin word half-way."""
        for size in self._last.get(text[end - 1 : end], ()):
            start = end - size
            if start >= floor and text[start:end] in self and not _splits_word(text, start):
                return text[start:end]
        return None


def _splits_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalpha()


class Patterns:
    """Compiled patterns as attributes."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        vars(self).update({name: re.compile(text) for name, text in patterns.items()})

    def __getattr__(self, name: str) -> re.Pattern[str]:
        raise AttributeError(name)


class Lexicon:
    """The tables of one language, those that both grammars have as attributes."""

    def __init__(self, language: Language) -> None:
        path = Path(__file__).with_name(f"lexicon.{language}.yml")
        words: dict[str, Any] = yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader"))  # noqa: B009
        for name in _OF_VALUES:
            words[name] = {
                phrase: None if value == "ambiguous" else value
                for value, phrases in words.get(name, {}).items()
                for phrase in phrases
            }
        if language == "en":
            words["ones"] = {word: value for value, word in enumerate(words["ones"])}
            words["tens"] = {word: 10 * value for value, word in enumerate(words["tens"], 2)}
            names = _english_currencies()
        else:
            pairs = words["traditional"].replace(" ", "")
            words["traditional"] = dict(zip(pairs[::2], pairs[1::2], strict=True))
            names = _chinese_currencies(str.maketrans(words["traditional"]))
        words["currency_words"] = names | words["currency_words"]
        dollars = {f"{code}$": code for code in CODES if code.endswith("D")}  # CAD$5, AUD $5
        apart = {sign.replace("$", " $"): code for sign, code in dollars.items()}
        words["signs"] = {code: code for code in CODES} | dollars | apart | words["signs"]
        words["codes"] = {code: code for code in CODES} | {"RMB": "CNY", "CNH": "CNY", "NTD": "TWD"}
        words["patterns"] = {
            name: _expanded(pattern, words) for name, pattern in words["patterns"].items()
        }
        self.tables = words
        self.codes: dict[str, str] = words["codes"]
        self.wordlike_codes = frozenset(words["wordlike_codes"])
        self.currencies, self.cents = Phrases(words["currency_words"]), Phrases(words["cents"])
        self.signs, self.nouns = Phrases(words["signs"]), Phrases(words["nouns"])
        self.hedges, self.hedges_after = Phrases(words["hedges"]), Phrases(words["hedges_after"])
        self.durations = Phrases(words["durations"])
        self.patterns = Patterns(words["patterns"])

    def __getitem__(self, name: str) -> Any:
        return self.tables[name]


def _expanded(pattern: str | list[str], words: Mapping[str, Any]) -> str:
    """A pattern with the phrases of the tables that it names, the longest first."""

    def expand(found: re.Match[str]) -> str:
        name = found[1]
        if name in words["characters"]:
            return str(words["characters"][name])
        if name in words["patterns"]:
            return _expanded(words["patterns"][name], words)
        return "|".join(map(re.escape, sorted(words[name], key=lambda word: (-len(word), word))))

    whole = pattern if isinstance(pattern, str) else "".join(pattern)
    return re.sub(r"<([a-z_]+)>", expand, whole)


def _codes() -> list[str]:
    """The ISO 4217 codes of the currencies that are in use somewhere."""
    territories = map(str, Locale("en").territories)
    return sorted({code for name in territories for code in get_territory_currencies(name)})


def _english_currencies() -> dict[str, str | None]:
    """CLDR's names in one and many, and the last word of a name, where one currency has it."""
    names: dict[str, str | None] = {}
    last: dict[str, str | None] = {}
    shared: Counter[str] = Counter()
    for code in CODES:
        forms = dict.fromkeys(str(get_currency_name(code, n, "en")).lower() for n in (1, 2))
        names |= dict.fromkeys(forms, code)
        words = dict.fromkeys(form.rpartition(" ")[2] for form in forms if " " in form)
        shared.update(list(words))
        last |= dict.fromkeys(words, code)
    # Short ones are other words too: "5 gold medals", "3 real estate deals", "10 marks".
    short = {word for word in last if len(word) < 5} - {"baht", "dong", "rand"}
    unique = {word: code if shared[word] == 1 else None for word, code in last.items()}
    return {word: code for word, code in unique.items() if word not in short} | names


def _chinese_currencies(simple: Mapping[int, str]) -> dict[str, str | None]:
    """CLDR's names in both scripts, as the grammar sees them: in simplified characters."""
    names = {
        str(get_currency_name(code, None, locale)).translate(simple): code
        for code in CODES
        for locale in ("zh_Hant", "zh")
    }
    return {name: code for name, code in names.items() if not name.isascii()}


CODES = _codes()
ENGLISH = Lexicon("en")
CHINESE = Lexicon("zh")


def browser_module() -> str:
    """Return the tables of both grammars as the source of a JavaScript module."""
    return "".join(
        f"export const {name} = {json.dumps(lexicon.tables, ensure_ascii=False)}\n"
        for name, lexicon in (("english", ENGLISH), ("chinese", CHINESE))
    )
