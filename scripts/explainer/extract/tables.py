"""The words of both grammars as one JavaScript module, for the grammar that runs in browsers.

BilingualRenderer implementations read the same tables, so that a word added here is known there.
"""

import json
from collections.abc import Mapping
from types import ModuleType

from explainer.extract import format
from explainer.extract.en import lexicon as english
from explainer.extract.zh import lexicon as chinese


def module() -> str:
    """The source of the module: one export per grammar, and one for the house style."""
    exports = {"english": _tables(english), "chinese": _tables(chinese), "style": format.STYLE}
    parts = [
        f"export const {name} = {json.dumps(tables, ensure_ascii=False, separators=(',', ':'))}\n"
        for name, tables in exports.items()
    ]
    return "".join(parts)


def _tables(words: ModuleType) -> dict[str, object]:
    return {
        name: _plain(table)
        for name, table in vars(words).items()
        if name.isupper() and not name.startswith("_")
    }


def _plain(table: object) -> object:
    """A table as JSON has it: code points become characters, sets become sorted lists."""
    match table:
        case Mapping():
            return {_key(key): str(v) if isinstance(v, str) else v for key, v in table.items()}
        case frozenset():
            return sorted(table)
        case tuple():
            return list(table)
        case _:
            return table


def _key(key: object) -> str:
    return chr(key) if isinstance(key, int) and key > 255 else str(key)
