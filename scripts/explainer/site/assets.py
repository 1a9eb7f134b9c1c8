"""Style sheets, scripts and pictures, published under a folder named by what they are made of.

Everything in ``docs/assets`` is published below ``assets/<digest>/``. Another input gives another
digest, so browsers may keep each file for ever, and relative addresses between files stay as they
are. Of Material's sheet it sends the rules for what Markdown can make of prose, as far as pages
hold it: admonitions, footnotes, tabs and the like. Without them, there are none.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import rcssmin

from explainer.extract import lexicon

SITE_SHEET = "css/site.css"
"""The sheet of every page."""
GRAMMAR = "js/numbers/words.js"
"""The words of the number grammars, which the browser shares; made by the program."""
_DIGITS, _ASSETS = 8, "docs/assets/"
_COMMENT_LINE = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
_AT_RULE = re.compile(r"@[^{;]+(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE, _COMMA = re.compile(r"([^{}]+)\{([^{}]*)\}"), re.compile(r",(?![^(]*\))")
_CLASSES, _CLASS = re.compile(r' class="([^"]*)"'), re.compile(r"\.([a-zA-Z][\w-]*)")
_VALUE = re.compile(r'(--[\w-]+):((?:"[^"]*"|[^;{}"])*)')
_READ = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of ``docs/assets`` by name ("css/site.css"), and the folder they go to."""

    sources: dict[str, bytes]
    theme_sheet: str
    folder: str

    def url(self, name: str) -> str:
        """Return the path of a file below the site's root. Raises ``LookupError``."""
        if name not in self.sources:
            raise LookupError(f"docs/assets/{name}")
        return f"{self.folder}/{name}"

    def files(self, classes: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every file; ``classes`` are those of the prose."""
        for name, content in self.sources.items():
            if name.endswith(".css"):
                theme = component_rules(self.theme_sheet, classes) if name == SITE_SHEET else ""
                sheet = rcssmin.cssmin(theme + content.decode("utf-8"))
                yield self.url(name), sheet.encode("utf-8")
            elif name.endswith(".js"):
                yield self.url(name), _COMMENT_LINE.sub(b"", content)
            else:
                yield self.url(name), content


def load_assets(root: Path) -> Assets:
    """Read ``docs/assets`` of a checkout and the main sheet of Material for MkDocs.

    Data, prose and layouts count in the name of the folder: they decide what the sheet holds.
    """
    sheets = Path(*import_module("material").__path__, "templates/assets/stylesheets")
    sheet = next(sheets.glob("main.*.min.css")).read_text("utf-8")
    digest, sources = hashlib.sha256(sheet.encode("utf-8")), dict[str, bytes]()
    for folder in ("data", "docs", "overrides"):
        for path in (path for path in sorted((root / folder).rglob("*")) if path.is_file()):
            name, content = path.relative_to(root).as_posix(), path.read_bytes()
            digest.update(f"{name}\0".encode() + content)
            if name.startswith(_ASSETS):
                sources[name.removeprefix(_ASSETS)] = content
    sources[GRAMMAR] = lexicon.browser_module().encode("utf-8")
    digest.update(sources[GRAMMAR])
    return Assets(sources, sheet, f"assets/{digest.hexdigest()[:_DIGITS]}")


def classes_in(markup: str) -> set[str]:
    """Return the classes that a text holds."""
    return set(" ".join(_CLASSES.findall(markup)).split())


def component_rules(sheet: str, classes: Collection[str]) -> str:
    """Return the rules of Material's ``sheet`` for parts that have some of ``classes``.

    They come with the variables that they read. Rules for any text or for certain screens are left
    out: the site's own sheet styles text.
    """
    text = ""
    for selectors, declarations in _RULE.findall(_AT_RULE.sub("", sheet)):
        asked = {s: {*_CLASS.findall(s)} - {"md-typeset"} for s in _COMMA.split(selectors)}
        shown = [selector for selector, names in asked.items() if names and names <= {*classes}]
        text += f"{','.join(shown)}{{{declarations}}}" if shown else ""
    values, used = dict(_VALUE.findall(sheet)), dict[str, str]()
    waiting = _READ.findall(text)
    while waiting:
        name = waiting.pop()
        if name in values and name not in used:
            used[name] = values[name]
            waiting += _READ.findall(values[name])
    variables = ";".join(f"{name}:{value}" for name, value in sorted(used.items()))
    return f":root{{{variables}}}{text}" if used else text
