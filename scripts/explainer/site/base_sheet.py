"""The theme's style sheet without what no finished page can match."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tinycss2 import parse_blocks_contents, parse_rule_list, parse_stylesheet, serialize

_TAG, _ATTRIBUTE = re.compile(r"<([a-z][a-z0-9]*)"), re.compile(r' ([a-z][a-z-]*)(?:="([^"]*)")?')
_NESTED = frozenset(("media", "supports", "container", "layer"))
_ANY_OF = frozenset(("is", "where", "has", "matches"))
_VENDOR = re.compile(r"-(?:webkit|moz|ms|o)-")
_OWN_TAGS = frozenset(
    ("details", "summary", "figure", "figcaption", "table", "caption", "th", "td", "dl", "dt", "dd")
    + ("code", "pre", "abbr", "ol", "ul", "h1", "h2", "h3", "a", "small", "svg", "html", "body")
    + ("aside", "button", "input", "label")
)
"""Tags that the site's own sheet styles alone; the theme's rules for them are left out."""
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(slots=True)
class Vocabulary:
    """The tags, classes and attributes (``[name`` and ``[name=value``) of finished pages."""

    names: set[str] = field(default_factory=set)
    _known: set[tuple[str, str]] = field(default_factory=set)

    def add(self, document: str) -> None:
        """Add what a page holds."""
        self.names.update(set(_TAG.findall(document)))
        for name, value in set(_ATTRIBUTE.findall(document)) - self._known:
            self._known.add((name, value))
            self.names.update((f"[{name}", f"[{name}={value}"))
            if name == "class":
                self.names.update(f".{one}" for one in value.split())

    def matches(self, selector: Iterable[Any]) -> bool:
        """Whether everything that a selector asks for stands on some page."""
        before, known = "", True
        for token in selector:
            if token.type == "ident" and before == ":":
                known = not _VENDOR.match(token.value)
            elif token.type == "ident":
                name = f".{token.value}" if before == "." else token.lower_value
                known = name in self.names and name not in _OWN_TAGS
            elif token.type == "hash":
                known = False  # ids of the theme's own pages
            elif token.type == "[] block":
                known = f"[{serialize(token.content).replace(chr(34), '')}" in self.names
            elif token.type == "function":
                nested = _split(token.arguments) if token.lower_name in _ANY_OF else ()
                known = any(map(self.matches, nested)) if nested else not _VENDOR.match(token.name)
            if not known:
                return False
            before = token.value if token.type == "literal" else ""
        return True


def filter_sheet(sheet: str, vocabulary: Vocabulary, own: str) -> str:
    """Return the rules of ``sheet`` that pages can match and that ``own`` leaves any effect.

    ``own`` is the sheet that comes after it. Variables that nobody reads are left out.
    """
    overridden = {
        (serialize(selector).strip(), declaration.name)
        for rule in parse_stylesheet(own, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
        for selector in _split(rule.prelude)
        for declaration in parse_blocks_contents(rule.content)
        if declaration.type == "declaration"
    }
    read = set(_VARIABLE.findall(own))
    while True:
        text = "".join(_filter(_parse(sheet), vocabulary, overridden, read))
        if not (more := set(_VARIABLE.findall(text)) - read):
            return text
        read |= more


@lru_cache(maxsize=1)
def _parse(sheet: str) -> list[Any]:
    return list(parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def _filter(
    rules: Iterable[Any], vocabulary: Vocabulary, overridden: set[tuple[str, str]], read: set[str]
) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [serialize(s) for s in _split(rule.prelude) if vocabulary.matches(s)]
            declarations = ";".join(
                serialize([one])
                for one in parse_blocks_contents(rule.content)
                if one.type == "declaration"
                and (one.name in read or not one.name.startswith("--"))
                and not all((selector, one.name) in overridden for selector in selectors)
            )
            if selectors and declarations:
                yield f"{','.join(selectors)}{{{declarations}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content:
            inner = "".join(_filter(parse_rule_list(rule.content), vocabulary, overridden, read))
            if inner:
                yield f"@{rule.lower_at_keyword}{serialize(rule.prelude)}{{{inner}}}"


def _split(tokens: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a comma-separated list."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
