"""Style sheets: of the theme's only what our pages can use, of all of them no spare byte.

The theme's sheet styles every part that the theme knows; our pages have few of them. A rule stays
where each class, tag and attribute of its selector occurs in what our pages are made of.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

_NAME = r"[A-Za-z][\w-]*"
_TAG, _CLASSES = re.compile(r"<([a-z][a-z0-9]*)"), re.compile(r'class="([^"]*)"')
_ATTRIBUTE = re.compile(rf'[\s"%}}]({_NAME})(?:="([^"]*)"|(?=[\s>]))')
_QUOTED, _WORD = re.compile(r'"([\w -]+)"'), re.compile(_NAME)
_MARKDOWN = (
    "a blockquote br code em h1 h2 h3 h4 hr img li ol p pre strong table tbody td th thead tr ul"
)
_NESTED = frozenset(("media", "supports", "container", "layer"))
_ANY_OF = frozenset(("is", "where", "has", "matches"))
_SHORTHANDS = frozenset(
    "background border list-style margin mask outline padding transition".split()
)
_EVERYTHING = "*"  # what does not show at all needs nothing else
_OF_BORDER = re.compile(r"border-(?:top|right|bottom|left|width|style|color)$")
_VENDOR = re.compile(r"-(?:webkit|moz|ms|o)-")
_STILL = frozenset(("text-size-adjust", "box-decoration-break", "user-select"))
"""What Safari reads under its maker's name only."""
_OWN = re.compile(r"var\(\s*(--[\w-]+)")


class BadSheet(ValueError):
    """A style sheet that cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tags, classes and attributes that pages can hold."""

    tags: frozenset[str]
    classes: frozenset[str]
    attributes: frozenset[str]
    """Their names, and for each value that is known "name=value"."""

    @classmethod
    def of(cls, templates: Iterable[str], scripts: Iterable[str]) -> "Vocabulary":
        """What templates and scripts name, and what Markdown makes by itself."""
        tags, classes, attributes = set(_MARKDOWN.split()), set[str](), {"id", "class", "lang"}
        for text in templates:
            tags.update(_TAG.findall(text))
            for name, value in _ATTRIBUTE.findall(text):
                attributes.update((name, f"{name}={value}"))
            for value in _CLASSES.findall(text):
                classes.update(_WORD.findall(value))
        for text in scripts:
            for value in _QUOTED.findall(text):
                words = _WORD.findall(value)
                tags.update(words)
                classes.update(words)
        return cls(frozenset(tags), frozenset(classes), frozenset(attributes))


def used(theme: str, own: str, words: Vocabulary) -> str:
    """What of the theme's sheet can show on a page, and then the ``own`` sheet, small.

    Left out is what matches nothing, what the own sheet says again of the same selector, custom
    properties that nothing reads any more, and what one maker's browsers read beside the
    standard's word for it. Raises :class:`BadSheet`.
    """
    ours = _rules(own)
    kept = [*_used(_rules(theme), words, _said(ours)), *ours]
    return "".join(_written(kept, _read(kept) if theme else None))


def _rules(sheet: str) -> list[Any]:
    found = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    for rule in found:
        if rule.type == "error":
            raise BadSheet(f"line {rule.source_line}, column {rule.source_column}: {rule.message}")
    return list(found)


def _inner(rule: Any) -> list[Any]:
    """The rules inside a rule that holds others."""
    return list(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


@dataclass(slots=True)
class _Kept:
    """A rule of the theme that stays, with what stays of it."""

    type: str
    prelude: Sequence[Any]
    declared: Sequence[Any]
    at_keyword: str = ""
    rules: Sequence[Any] = ()


def _used(rules: Iterable[Any], words: Vocabulary, said: Mapping[str, set[str]]) -> Iterator[_Kept]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _split(rule.prelude, ",") if _matches(one, words)]
            again = [said.get(_selector(one), set()) for one in selectors]
            declared = [
                one
                for one in _declarations(rule.content)
                if one.important or not all(_covers(name, one.lower_name) for name in again)
            ]
            if selectors and declared:
                yield _Kept("qualified-rule", _joined(selectors), declared)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _NESTED and rule.content:
            inner = list(_used(_inner(rule), words, said))
            if inner:
                yield _Kept("at-rule", rule.prelude, (), rule.lower_at_keyword, inner)


def _said(rules: Iterable[Any]) -> dict[str, set[str]]:
    """What a sheet declares under any circumstances, by selector.

    It comes after the theme's and as specific, so it wins wherever the theme says the same.
    """
    said: dict[str, set[str]] = {}
    for rule in rules:
        if rule.type == "qualified-rule":
            declared = _declarations(rule.content)
            names = {one.lower_name for one in declared}
            if any(_squeezed(one.value) == "none" for one in declared if one.name == "display"):
                names.add(_EVERYTHING)
            for selector in _split(rule.prelude, ","):
                said.setdefault(_selector(selector), set()).update(names)
    return said


def _selector(tokens: Iterable[Any]) -> str:
    return re.sub(r"(?<!:):(before|after)$", r"::\1", _squeezed(tokens, _IN_SELECTOR))


def _covers(said: set[str], name: str) -> bool:
    """Whether what was said holds the property, by its own name or by a shorthand of it."""
    if _EVERYTHING in said:
        return True
    short = name.partition("-")[0] if not name.startswith("list-") else "list-style"
    if short == "border" and not _OF_BORDER.match(name):
        return name in said
    return name in said or (short in _SHORTHANDS and short in said)


def _split(tokens: Iterable[Any], mark: str) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == mark:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _joined(selectors: Sequence[Sequence[Any]]) -> list[Any]:
    comma = tinycss2.parse_component_value_list(",")
    joined: list[Any] = []
    for at, selector in enumerate(selectors):
        joined += [*(comma if at else ()), *selector]
    return joined


def _matches(selector: Sequence[Any], words: Vocabulary) -> bool:
    """Whether everything that a selector asks for can stand on a page."""
    before = ""
    for token in selector:
        match token.type:
            case "ident" if before == ".":
                good = token.value in words.classes
            case "ident" if before == ":":
                good = not _VENDOR.match(token.value)
            case "ident":
                good = token.lower_value in words.tags
            case "hash":
                good = False  # the theme's ids are the theme's
            case "[] block":
                good = _squeezed(token.content).replace('"', "") in words.attributes
            case "function" if token.lower_name in _ANY_OF:
                good = any(_matches(one, words) for one in _split(token.arguments, ","))
            case "function":
                good = not _VENDOR.match(token.lower_name)
            case _:
                good = True
        if not good:
            return False
        before = token.value if token.type == "literal" else ""
    return True


def _declarations(content: Sequence[Any]) -> list[Any]:
    """What a rule declares, without what one maker's browsers alone read beside the standard."""
    found = [
        one
        for one in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if one.type == "declaration"
    ]
    standard = {one.lower_name for one in found} - _STILL
    return [
        one
        for one in found
        if _VENDOR.sub("", f"{one.lower_name}", 1) not in standard
        or not _VENDOR.match(one.lower_name)
    ]


def _declared(rule: Any) -> Sequence[Any]:
    return rule.declared if isinstance(rule, _Kept) else _declarations(rule.content)


def _read(rules: Sequence[Any]) -> frozenset[str]:
    """The custom properties that are read: by declarations, or by those that are read."""
    told: list[tuple[str, frozenset[str]]] = []

    def look(inside: Sequence[Any]) -> None:
        for rule in inside:
            if rule.type == "at-rule":
                look(rule.rules if isinstance(rule, _Kept) else _inner(rule))
            else:
                for one in _declared(rule):
                    names = frozenset(_OWN.findall(tinycss2.serialize(one.value)))
                    told.append((one.name, names))

    look(rules)
    read: set[str] = set()
    while True:
        more = {
            name for of, names in told if not of.startswith("--") or of in read for name in names
        }
        if more <= read:
            return frozenset(read)
        read |= more


def _written(rules: Sequence[Any], read: frozenset[str] | None) -> Iterator[str]:
    """The text of rules; of custom properties only those in ``read``, where it is given."""
    for rule in rules:
        if rule.type == "at-rule":
            inner = rule.rules if isinstance(rule, _Kept) else _inner(rule)
            text = "".join(_written(inner, read))
            if text:
                yield f"@{rule.at_keyword} {_squeezed(rule.prelude)}{{{text}}}"
            continue
        said = ";".join(
            f"{one.name}:{_squeezed(one.value)}{'!important' if one.important else ''}"
            for one in _declared(rule)
            if not one.name.startswith("--") or read is None or one.name in read
        )
        if said:
            yield f"{_squeezed(rule.prelude, _IN_SELECTOR)}{{{said}}}"


_IN_SELECTOR, _IN_VALUE = re.compile(r" *([,>~+]) *"), re.compile(r" *(,) *")


def _squeezed(tokens: Iterable[Any], free: re.Pattern[str] = _IN_VALUE) -> str:
    """Tokens as text, with one space where there was any and none where none is needed."""
    text = ""
    for token in tokens:
        match token.type:
            case "whitespace":
                text += " "
            case "comment":
                pass
            case "literal" | "ident" | "number" | "dimension" | "percentage":
                text += token.serialize()
            case "function":
                text += f"{token.name}({_squeezed(token.arguments, free)})"
            case "() block":
                text += f"({_squeezed(token.content, free)})"
            case _:
                text += token.serialize()
    return text if '"' in text else free.sub(r"\1", text.strip())
