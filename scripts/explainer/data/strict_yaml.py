"""YAML as this project allows it: UTF-8 text, plain mappings, lists and strings, nothing else.

YAML 1.1 rewrites facts (``no`` becomes false, ``1:30`` ninety, ``010`` eight) and keeps the last of
two equal keys. Here every value is a string, and whatever a YAML reader would silently turn into
something else is refused with its line and column.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from explainer.data.errors import Code, DataError

Node = str | list["Node"] | dict[str, "Node"]
Path = tuple[str | int, ...]
Place = tuple[int, int]

SIZE_LIMIT = 5_000_000
DEPTH_LIMIT = 20

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_STRING = "tag:yaml.org,2002:str"
# Unicode general categories with no business in published text: control (but line feed and tab,
# which YAML needs), format (bidi controls, zero-width), surrogate, private use, unassigned,
# line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN_TEXT = re.compile(r"[\n\x20-\x7e\u4e00-\u9fff\u3001\u3002\uff0c\uff1a]*")
# Latin letters beside Greek, Cyrillic, Armenian or Cherokee ones in one word: look-alikes.
_LATIN, _OTHERS = "A-Za-z\u00c0-\u024f", "\u0370-\u058f\u13a0-\u13ff"
_MIXED = re.compile(rf"\w*(?:[{_LATIN}][{_OTHERS}]|[{_OTHERS}][{_LATIN}])\w*")
# What YAML 1.2 reads as a number where YAML 1.1 does not: "1e3", "0o17".
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")
_COMMENT = re.compile(r"[ \t]+#[^\n]*")
_RUN_LIMIT = 400
"""Opening brackets in a row that no honest file has and that exhaust a recursive parser."""
_RUN = re.compile(rf"[\[{{]{{{_RUN_LIMIT}}}|(?:- ){{{_RUN_LIMIT}}}")
_RUN_STARTS = ("[[", "[{", "{[", "{{", "- - ")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: its value and, for every node, the place where it stands."""

    path: str
    value: Node
    text: str

    def places(self) -> dict[Path, Place]:
        """The line and column of every node (its value, not its key), by path."""
        return {path: place for path, place, _ in _walk(self.text)}

    def key_places(self) -> dict[Path, Place]:
        """The line and column of every mapping key, by the path of its value."""
        return {path: key for path, _, key in _walk(self.text) if key is not None}


class _Refused(Exception):
    def __init__(
        self, code: Code, place: Place, found: str, expected: str, field: str = ""
    ) -> None:
        super().__init__(code)
        self.code, self.place, self.found, self.expected = code, place, found, expected
        self.field = field


def parse(data: bytes, path: str) -> tuple[Document | None, list[DataError]]:
    """Read ``data`` as strict YAML.

    Returns the document, or ``None`` with the problems that forbid it. Faults of syntax end the
    reading at the first; duplicate keys, retyped values and bad characters are all reported.
    """
    if len(data) > SIZE_LIMIT:
        found = f"{len(data):,} bytes"
        return None, [
            DataError(path, 0, 0, Code.TOO_LARGE, "", found, f"at most {SIZE_LIMIT:,} bytes")
        ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        bad = data[error.start : error.end].hex(" ")
        return None, [DataError(path, line, column, Code.NOT_UTF8, "", bad, "UTF-8 text")]
    text = text.replace("\r\n", "\n")
    problems = [
        DataError(path, *place, Code.BAD_CHARACTER, "", _codepoint(character), "printable text")
        for place, character in hidden(text)
    ]
    if problems:
        return None, problems
    try:
        builder = _Builder()
        value = builder.document(text)
    except _Refused as refused:
        problems.append(
            DataError(
                path, *refused.place, refused.code, refused.field, refused.found, refused.expected
            )
        )
        return None, problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        said = error.problem or "broken YAML"
        return None, [DataError(path, *place, Code.NOT_YAML, "", said, "well-formed YAML")]
    if builder.faults:
        return None, [
            DataError(path, *place, code, field_name(value, at), found, expected)
            for place, code, at, found, expected in builder.faults
        ]
    return Document(path, value, text), []


def _codepoint(character: str) -> str:
    return f"U+{ord(character):04X}"


def hidden(text: str) -> Iterator[tuple[Place, str]]:
    """Every character of ``text`` that readers cannot see, with its line and column."""
    for number, line in enumerate(text.split("\n"), 1):
        if _PLAIN_TEXT.fullmatch(line):
            continue
        for column, character in enumerate(line, 1):
            if unicodedata.category(character) in _FORBIDDEN:
                yield (number, column), character


def _events(text: str) -> Iterator[Any]:
    nesting = _RUN.search(text) if any(start in text for start in _RUN_STARTS) else None
    if nesting:
        line = text.count("\n", 0, nesting.start()) + 1
        raise _Refused(
            Code.TOO_DEEP, (line, 1), nesting.group()[:20], f"at most {DEPTH_LIMIT} levels"
        )
    return iter(yaml.parse(text, Loader=_Parser))


def _place(event: Any) -> Place:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    """What all keys have in common that look the same."""
    return unicodedata.normalize("NFKC", key).casefold()


class _Builder:
    """Builds the tree of one document and collects what is wrong with its values."""

    def __init__(self) -> None:
        self.faults: list[tuple[Place, Code, Path, str, str]] = []
        self.text = ""

    def document(self, text: str) -> Node:
        self.text = text
        events = _events(text)
        for event in events:
            if isinstance(event, yaml.StreamEndEvent):
                raise _Refused(Code.EMPTY, (1, 1), "", "a mapping")
            if isinstance(event, yaml.DocumentStartEvent):
                break
        value = self.node(next(events), events, ())
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Refused(Code.SECOND_DOCUMENT, _place(event), "---", "one document a file")
        return value

    def node(self, event: Any, events: Iterator[Any], path: Path) -> Node:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(
                Code.NOT_PLAIN, _place(event), f"{event.anchor}", "no anchors or aliases"
            )
        if event.tag:
            raise _Refused(Code.NOT_PLAIN, _place(event), event.tag, "no tags")
        if len(path) > DEPTH_LIMIT:
            raise _Refused(
                Code.TOO_DEEP,
                _place(event),
                ".".join(map(str, path[:3])),
                f"at most {DEPTH_LIMIT} levels",
            )
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.node(inner, events, (*path, len(items))))
            return items
        return self.mapping(events, path)

    def mapping(self, events: Iterator[Any], path: Path) -> Node:
        result: dict[str, Node] = {}
        folded: dict[str, str] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(Code.NOT_PLAIN, _place(event), "a list or mapping", "a plain key")
            key = event.value
            if key == "<<":
                raise _Refused(Code.NOT_PLAIN, _place(event), key, "no merge keys")
            form = _folded(key)
            if form in folded:
                self.report(
                    Code.DUPLICATE_KEY,
                    event,
                    (*path, key),
                    key,
                    f"each key once (see {folded[form]!r})",
                )
            folded[form] = key
            result[key] = self.node(next(events), events, (*path, key))
        return result

    def scalar(self, event: Any, path: Path) -> str:
        value: str = event.value
        if event.implicit[0]:
            tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
            if tag != _STRING or _NUMBER.fullmatch(value):
                kind = "a number" if tag == _STRING else tag.rpartition(":")[2]
                self.report(
                    Code.RETYPED, event, path, value, f"quotes around it (YAML reads it as {kind})"
                )
            elif eaten := _COMMENT.match(self.text, event.end_mark.index):
                found = value + eaten.group()
                self.report(Code.EATEN, event, path, found, "quotes around it, or no # behind it")
        if not unicodedata.is_normalized("NFC", value):
            self.report(Code.NOT_NFC, event, path, value, "text in Unicode form NFC")
        if not _PLAIN_TEXT.fullmatch(value):
            bad = next(
                (c for c in value if unicodedata.category(c) in _FORBIDDEN and c != "\n"), ""
            )
            if bad:
                self.report(Code.BAD_CHARACTER, event, path, _codepoint(bad), "printable text")
            elif mixed := _MIXED.search(value):
                self.report(
                    Code.MIXED_SCRIPTS, event, path, mixed.group(), "words in letters of one script"
                )
        return value

    def report(self, code: Code, event: Any, path: Path, found: str, expected: str) -> None:
        self.faults.append((_place(event), code, path, found, expected))


def field_name(value: Node, path: Path) -> str:
    """``path`` as a person names it: list positions become the ids that stand there.

    ``("figures", 0, "claims", 1, "voice")`` reads ``jobs-created.claims.answer.voice``; where the
    whole file stands under one key, that key is left out.
    """
    parts: list[str] = []
    here: Node = value
    if isinstance(value, dict) and len(value) == 1 and len(path) > 1:
        here, path = next(iter(value.values())), path[1:]
    for step in path:
        if isinstance(here, list) and isinstance(step, int):
            here = here[step] if step < len(here) else ""
            name = here.get("id") if isinstance(here, dict) else None
            parts.append(name if isinstance(name, str) else str(step))
            continue
        here = here.get(str(step), "") if isinstance(here, dict) else ""
        parts.append(str(step))
    return ".".join(parts)


def _walk(text: str) -> Iterator[tuple[Path, Place, Place | None]]:
    """Path, place and key place of every node of a text that is known to parse."""
    events: Iterator[Any] = iter(yaml.parse(text, Loader=_Parser))

    def walk(
        event: Any, path: Path, key: Place | None
    ) -> Iterator[tuple[Path, Place, Place | None]]:
        yield path, _place(event), key
        if isinstance(event, yaml.SequenceStartEvent):
            count = 0
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                yield from walk(inner, (*path, count), None)
                count += 1
        elif isinstance(event, yaml.MappingStartEvent):
            while not isinstance(inner := next(events), yaml.MappingEndEvent):
                yield from walk(next(events), (*path, inner.value), _place(inner))

    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            yield from walk(next(events), (), None)
            return
