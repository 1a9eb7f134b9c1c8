"""Style sheets, scripts and pictures, published under a folder named by what they are made of.

Everything in ``docs/assets`` is published below ``assets/<digest>/``. Another input gives another
digest, so browsers may keep each file for ever, and relative addresses between files stay as they
are. The theme's sheet is sent without what no page can match.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import rcssmin
from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize

from explainer.extract import lexicon

SITE_SHEET = "css/site.css"
"""The sheet of every page: what of the theme's sheet our pages can match, and then our own."""
GRAMMAR = "js/numbers/words.js"
"""The words of the number grammars, which the browser shares; made by the program."""
_DIGITS, _ASSETS = 8, "docs/assets/"
_COMMENT_LINE = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)

_TAG, _CLASS = re.compile(r"<([a-z][a-z0-9]*)"), re.compile(r' class="([^"]*)"')
_OWN_TAGS = frozenset(
    ("details", "summary", "figure", "figcaption", "table", "caption", "th", "td", "dl", "dt", "dd")
    + ("code", "pre", "abbr", "ol", "ul", "h1", "h2", "h3", "a", "small", "svg", "html", "body")
    + ("aside", "button", "input", "label")
)
"""Tags that the site's own sheet styles alone; the theme's rules for them are left out."""
_NESTED = frozenset(("media", "supports", "container", "layer"))
_COMMA = re.compile(r",(?![^(]*\))")
_PSEUDO = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_VENDOR = re.compile(r"::?-(?:webkit|moz|ms|o)-")
_NAME = re.compile(r"[.#\[]?[a-zA-Z][\w-]*")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


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

    def files(self, names: frozenset[str]) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every file; ``names`` are what pages hold (`names_in`)."""
        for name, content in self.sources.items():
            if name.endswith(".css"):
                own = content.decode("utf-8")
                theme = filter_sheet(self.theme_sheet, names, own) if name == SITE_SHEET else ""
                yield self.url(name), rcssmin.cssmin(theme + own).encode("utf-8")
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


def names_in(markup: str) -> set[str]:
    """Return the tags and, with a dot before them, the classes that a page or a layout holds."""
    classes = " ".join(_CLASS.findall(markup)).split()
    return {*_TAG.findall(markup), *(f".{name}" for name in classes)}


@lru_cache(maxsize=1)  # a preview asks again and again
def filter_sheet(sheet: str, names: frozenset[str], own: str) -> str:
    """Return the rules of ``sheet`` that pages can match and that ``own`` leaves any effect.

    ``own`` is the sheet that comes after it. Variables that nobody reads are left out.
    """
    overridden = {
        (selector.strip(), declaration.name)
        for rule in parse_stylesheet(own, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
        for selector in _COMMA.split(serialize(rule.prelude))
        for declaration in parse_blocks_contents(rule.content)
        if declaration.type == "declaration"
    }
    keep = names - _OWN_TAGS
    rules = parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    without_variables = "".join(_filter(rules, keep, overridden, set()))
    read = set(_VARIABLE.findall(without_variables + own))
    return "".join(_filter(rules, keep, overridden, read))


def _filter(
    rules: Iterable[Any], names: frozenset[str], overridden: set[tuple[str, str]], read: set[str]
) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in _COMMA.split(serialize(rule.prelude)) if _can_match(s, names)]
            declarations = ";".join(
                one.serialize()
                for one in (parse_blocks_contents(rule.content) if selectors else ())
                if one.type == "declaration"
                and (one.name in read or not one.name.startswith("--"))
                and not all((selector, one.name) in overridden for selector in selectors)
            )
            if declarations:
                yield f"{','.join(selectors)}{{{declarations}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content:
            inner = "".join(_filter(parse_rule_list(rule.content), names, overridden, read))
            if inner:
                yield f"@{rule.lower_at_keyword}{serialize(rule.prelude)}{{{inner}}}"


def _can_match(selector: str, names: frozenset[str]) -> bool:
    """Whether pages hold every tag and class that a selector asks for; none asks for an id."""
    asked = _NAME.findall(_PSEUDO.sub("", selector))
    return not _VENDOR.search(selector) and all(name in names for name in asked)
