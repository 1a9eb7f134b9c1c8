"""Style sheets: of the theme's only what can show on our pages, of all of them no spare byte.

The theme's sheet styles every part that the theme knows; our pages have few of them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.site import css
from explainer.site.vocabulary import Vocabulary

_NESTED = frozenset(("media", "supports", "container", "layer"))
_SHORTHANDS = frozenset(
    "background border list-style margin mask outline padding transition".split()
)
_OF_BORDER = re.compile(r"border-(?:top|right|bottom|left|width|style|color)$")
_EVERYTHING = "*"
_READ = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with what stays of it: declarations by name and value, or rules inside it."""

    head: str
    declared: Sequence[tuple[str, str]] = ()
    rules: Sequence["Rule"] = ()

    def written(self, read: frozenset[str] | None) -> str:
        """The rule's text; of custom properties only those in ``read``, where it is given."""
        said = "".join(rule.written(read) for rule in self.rules) or ";".join(
            f"{name}:{value}"
            for name, value in self.declared
            if not name.startswith("--") or read is None or name in read
        )
        return f"{self.head}{{{said}}}" if said else ""


def used(theme: str, own: str, words: Vocabulary) -> str:
    """What of the ``theme``'s sheet can show on a page, and then the ``own`` sheet, small.

    Left out is what matches nothing in ``words``, what the own sheet says again of the same
    selector, custom properties that nothing reads any more, and what one maker's browsers read
    beside the standard's word for it. Raises :class:`~explainer.site.css.BadSheet`.
    """
    ours = css.rules(own)
    kept = [*_used(css.rules(theme), words, _said(ours)), *_whole(ours)]
    read = _read(kept) if theme else None
    return "".join(rule.written(read) for rule in kept)


def _whole(rules: Iterable[Any]) -> Iterator[Rule]:
    for rule in rules:
        if rule.type == "at-rule":
            yield Rule(_at(rule), rules=tuple(_whole(css.inner(rule))))
        else:
            yield Rule(css.selector(rule.prelude), tuple(map(_pair, css.declarations(rule))))


def _used(rules: Iterable[Any], words: Vocabulary, said: Mapping[str, set[str]]) -> Iterator[Rule]:
    """The rules of the theme that stay, where our own sheet has ``said`` so much already."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in css.apart(rule.prelude) if words.has(one)]
            again = [said.get(_named(one), set()) for one in selectors]
            declared = tuple(
                _pair(one)
                for one in css.declarations(rule)
                if one.important or not all(_holds(names, one.lower_name) for names in again)
            )
            if selectors:
                yield Rule(",".join(map(css.selector, selectors)), declared)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content:
            yield Rule(_at(rule), rules=tuple(_used(css.inner(rule), words, said)))


def _said(rules: Iterable[Any]) -> dict[str, set[str]]:
    """What a sheet declares under any circumstances, by selector.

    It comes after the theme's and is as specific, so it wins wherever the theme says the same.
    What does not show at all needs nothing else.
    """
    said: dict[str, set[str]] = {}
    for rule in rules:
        if rule.type == "qualified-rule":
            declared = dict(map(_pair, css.declarations(rule)))
            hidden = (_EVERYTHING,) if declared.get("display") == "none" else ()
            for selector in css.apart(rule.prelude):
                said.setdefault(_named(selector), set()).update(declared, hidden)
    return said


def _holds(said: set[str], name: str) -> bool:
    """Whether what was said holds the property, by its own name or by a shorthand of it."""
    short = "list-style" if name.startswith("list-style") else name.partition("-")[0]
    if short == "border" and not _OF_BORDER.match(name):
        short = name
    return bool(said & {name, _EVERYTHING}) or (short in _SHORTHANDS and short in said)


def _read(rules: Iterable[Rule]) -> frozenset[str]:
    """The custom properties that are read: by declarations, or by those that are read."""
    told = [(name, frozenset(_READ.findall(value))) for name, value in _all_declared(rules)]
    read: set[str] = set()
    while True:
        more = {one for of, names in told if not of.startswith("--") or of in read for one in names}
        if more <= read:
            return frozenset(read)
        read |= more


def _all_declared(rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield from rule.declared
        yield from _all_declared(rule.rules)


def _at(rule: Any) -> str:
    return f"@{rule.lower_at_keyword} {css.text(rule.prelude)}"


def _pair(declaration: Any) -> tuple[str, str]:
    last = "!important" if declaration.important else ""
    return declaration.name, f"{css.text(declaration.value)}{last}"


def _named(selector: Sequence[Any]) -> str:
    """A selector as both sheets may write it."""
    return re.sub(r"(?<!:):(before|after)$", r"::\1", css.selector(selector))
