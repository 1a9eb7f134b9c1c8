"""The parts of a style sheet, as tinycss2 reads them, and their shortest text."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import tinycss2

VENDOR = re.compile(r"-(?:webkit|moz|ms|o)-")
"""How the names begin that one maker's browsers know."""
_STILL = frozenset(("text-size-adjust", "box-decoration-break", "user-select"))
"""What Safari reads under its maker's name only."""
_IN_SELECTOR, _IN_VALUE = re.compile(r" *([,>~+]) *"), re.compile(r" *(,) *")


class BadSheet(ValueError):
    """A style sheet that cannot be read; the message says where and why."""


def rules(sheet: str) -> list[Any]:
    """The rules of a sheet. Raises :class:`BadSheet`."""
    found = list(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    for rule in found:
        if rule.type == "error":
            raise BadSheet(f"line {rule.source_line}, column {rule.source_column}: {rule.message}")
    return found


def inner(rule: Any) -> list[Any]:
    """The rules inside a rule that holds others."""
    return list(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def declarations(rule: Any) -> list[Any]:
    """What a rule declares, without what one maker's browsers alone read beside the standard."""
    found = [
        one
        for one in tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        if one.type == "declaration"
    ]
    standard = {one.lower_name for one in found} - _STILL
    return [
        one
        for one in found
        if not (
            VENDOR.match(one.lower_name) and VENDOR.sub("", one.lower_name, count=1) in standard
        )
    ]


def apart(tokens: Iterable[Any]) -> list[list[Any]]:
    """The selectors of a list of them."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def selector(tokens: Iterable[Any]) -> str:
    """A selector, or a list of them, in its shortest text."""
    return text(tokens, _IN_SELECTOR)


def text(tokens: Iterable[Any], free: re.Pattern[str] = _IN_VALUE) -> str:
    """Tokens as text; ``free`` tells round what no space is needed."""
    said = "".join(_pieces(tokens, free)).strip()
    return said if '"' in said else free.sub(r"\1", said)


def _pieces(tokens: Iterable[Any], free: re.Pattern[str]) -> Sequence[str]:
    pieces: list[str] = []
    for token in tokens:
        match token.type:
            case "whitespace":
                pieces.append(" ")
            case "comment":
                pass
            case "function":
                pieces.append(f"{token.name}({text(token.arguments, free)})")
            case "() block":
                pieces.append(f"({text(token.content, free)})")
            case _:
                pieces.append(token.serialize())
    return pieces
