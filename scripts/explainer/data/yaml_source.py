"""Read YAML strictly: UTF-8 text, plain mappings, lists and strings, nothing else.

YAML 1.1 rewrites facts (``no`` becomes false, ``1:30`` ninety, ``010`` eight) and keeps the last of
two equal keys. Here every value is a string, and whatever a YAML reader would silently turn into
something else is refused with its line and column.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import yaml

from explainer.data.errors import Code, DataError, Path

Node = str | list["Node"] | dict[str, "Node"]
Place = tuple[int, int]
"""A line and a column, counted from 1."""

SIZE_LIMIT = 5_000_000
DEPTH_LIMIT = 20

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()
_STRING = "tag:yaml.org,2002:str"
# Unicode general categories with no business in published text: control (but line feed), format
# (bidi controls, zero-width), surrogate, private use, unassigned, line and paragraph separators.
_FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN_TEXT = re.compile(r"[\n\x20-\x7e\u4e00-\u9fff\u3001\u3002\uff0c\uff1a]*")
# Latin letters beside Greek, Cyrillic, Armenian or Cherokee ones in one word: look-alikes.
_LATIN, _OTHERS = "A-Za-z\u00c0-\u024f", "\u0370-\u058f\u13a0-\u13ff"
_MIXED = re.compile(rf"\w*(?:[{_LATIN}][{_OTHERS}]|[{_OTHERS}][{_LATIN}])\w*")
# What YAML 1.2 reads as a number where YAML 1.1 does not: "1e3", "0o17".
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?|0o[0-7]+")
_COMMENT = re.compile(r"[ \t]+#[^\n]*")
# Opening brackets in a row that no honest file has and that exhaust a recursive parser.
_RUN = re.compile(r"[\[{]{400}|(?:- ){400}")


@dataclass(frozen=True)
class Document:
    """A parsed file. Positions are found again from its text, once a fault asks for one."""

    path: str
    value: Node
    text: str

    @cached_property
    def _root(self) -> Any:
        return yaml.compose(self.text, Loader=_LOADER)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Return where the value at ``path`` stands, or the nearest value around it.

        With ``at_key``, the place of the last key instead.
        """
        node, mark = self._root, self._root.start_mark
        for step in path:
            below = None
            if isinstance(node, yaml.MappingNode):
                below = next((pair for pair in node.value if pair[0].value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                below = (node.value[step],) * 2 if step < len(node.value) else None
            if below is None:
                break
            mark = below[0 if at_key else 1].start_mark
            node = below[1]
        return mark.line + 1, mark.column + 1

    def field(self, path: Path) -> str:
        """Return ``path`` as a person names it: list positions become the ids that stand there.

        ``("figures", 0, "claims", 1, "voice")`` reads ``jobs-created.claims.answer.voice``; where
        the whole file stands under one key, that key is left out.
        """
        parts: list[str] = []
        here: Node = self.value
        if isinstance(here, dict) and len(here) == 1 and len(path) > 1:
            here, path = next(iter(here.values())), path[1:]
        for step in path:
            name: Node | None = None
            if isinstance(here, list) and isinstance(step, int):
                here = here[step] if step < len(here) else ""
                name = here.get("id") if isinstance(here, dict) else None
            else:
                here = here.get(str(step), "") if isinstance(here, dict) else ""
            parts.append(name if isinstance(name, str) else str(step))
        return ".".join(parts)

    def problem(
        self, path: Path, code: Code, found: str, expected: str, *, at_key: bool = False
    ) -> DataError:
        """Return the fault ``code`` at ``path``, with its line, column and field name."""
        place = self.place(path, at_key=at_key)
        return DataError(self.path, *place, code, self.field(path), found, expected)


def decode(data: bytes, path: str) -> tuple[str, list[DataError]]:
    """Return the text of a file with line feeds, and a fault for whatever no reader can see."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        bad = data[error.start : error.end].hex(" ")
        return "", [DataError(path, line, column, Code.NOT_UTF8, "", bad, "UTF-8 text")]
    return text, [
        DataError(path, *place, Code.BAD_CHARACTER, "", f"U+{ord(one):04X}", "printable text")
        for place, one in hidden(text)
    ]


def hidden(text: str) -> Iterator[tuple[Place, str]]:
    """Yield every character of ``text`` that readers cannot see, with its line and column."""
    for number, line in enumerate(text.split("\n"), 1):
        if _PLAIN_TEXT.fullmatch(line):
            continue
        for column, character in enumerate(line, 1):
            if unicodedata.category(character) in _FORBIDDEN:
                yield (number, column), character


def parse(data: bytes, path: str) -> tuple[Document | None, list[DataError]]:
    """Read ``data`` as strict YAML.

    Returns the document, or ``None`` with the faults that forbid it. Faults of syntax end the
    reading at the first; duplicate keys, retyped values and bad characters are all reported.
    """
    if len(data) > SIZE_LIMIT:
        found, expected = f"{len(data):,} bytes", f"at most {SIZE_LIMIT:,} bytes"
        return None, [DataError(path, 0, 0, Code.TOO_LARGE, "", found, expected)]
    text, problems = decode(data, path)
    if problems:
        return None, problems
    reader = _Reader(text)
    try:
        document = Document(path, reader.document(), text)
    except _Refused as refused:
        return None, [
            DataError(path, *refused.place, refused.code, "", refused.found, refused.expected)
        ]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        found = error.problem or "broken YAML"
        return None, [DataError(path, *place, Code.NOT_YAML, "", found, "well-formed YAML")]
    problems = [
        DataError(path, *place, code, document.field(at), found, expected)
        for place, code, at, found, expected in reader.faults
    ]
    return (None if problems else document), problems


class _Refused(Exception):
    """A fault that ends the reading."""

    def __init__(self, code: Code, place: Place, found: str, expected: str) -> None:
        super().__init__(code)
        self.code, self.place, self.found, self.expected = code, place, found, expected


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    """Return what all keys have in common that look the same."""
    return unicodedata.normalize("NFKC", key).casefold()


class _Reader:
    """Builds the value of one document from parser events, which still know anchors and tags."""

    def __init__(self, text: str) -> None:
        self.faults: list[tuple[Place, Code, Path, str, str]] = []
        self._text = text

    def document(self) -> Node:
        """Return the document's value. Raises :class:`_Refused` or ``yaml.MarkedYAMLError``."""
        if nesting := _RUN.search(self._text):
            line = self._text.count("\n", 0, nesting.start()) + 1
            raise _Refused(
                Code.TOO_DEEP, (line, 1), nesting[0][:20], f"at most {DEPTH_LIMIT} levels"
            )
        self._events: Iterator[Any] = iter(yaml.parse(self._text, Loader=_LOADER))
        for event in self._events:
            if isinstance(event, yaml.StreamEndEvent):
                raise _Refused(Code.EMPTY, (1, 1), "", "a mapping")
            if isinstance(event, yaml.DocumentStartEvent):
                break
        value = self._node(next(self._events), ())
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise _Refused(Code.SECOND_DOCUMENT, _place(event), "---", "one document a file")
        return value

    def _node(self, event: Any, path: Path) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            found = str(event.anchor)
            raise _Refused(Code.NOT_PLAIN, _place(event), found, "no anchors or aliases")
        if event.tag:
            raise _Refused(Code.NOT_PLAIN, _place(event), event.tag, "no tags")
        if len(path) > DEPTH_LIMIT:
            found = ".".join(map(str, path[:3]))
            raise _Refused(Code.TOO_DEEP, _place(event), found, f"at most {DEPTH_LIMIT} levels")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        items: list[Node] = []
        while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(inner, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> Node:
        result: dict[str, Node] = {}
        folded: dict[str, str] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(Code.NOT_PLAIN, _place(event), "a list or mapping", "a plain key")
            key: str = event.value
            if key == "<<":
                raise _Refused(Code.NOT_PLAIN, _place(event), key, "no merge keys")
            at, form = (*path, key), _folded(key)
            if form in folded:
                expected = f"each key once (see {folded[form]!r})"
                self._report(Code.DUPLICATE_KEY, event, at, key, expected)
            folded[form] = key
            result[key] = self._node(next(self._events), at)
        return result

    def _scalar(self, event: Any, path: Path) -> str:
        value: str = event.value
        if event.implicit[0]:
            tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
            if tag != _STRING or _NUMBER.fullmatch(value):
                kind = "a number" if tag == _STRING else tag.rpartition(":")[2]
                expected = f"quotes around it (YAML reads it as {kind})"
                self._report(Code.RETYPED, event, path, value, expected)
            elif eaten := _COMMENT.match(self._text, event.end_mark.index):
                expected = "quotes around it, or no # behind it"
                self._report(Code.EATEN, event, path, value + eaten[0], expected)
        if not unicodedata.is_normalized("NFC", value):
            self._report(Code.NOT_NFC, event, path, value, "text in Unicode form NFC")
        if _PLAIN_TEXT.fullmatch(value):
            return value
        if bad := next((one for _, one in hidden(value)), ""):
            self._report(Code.BAD_CHARACTER, event, path, f"U+{ord(bad):04X}", "printable text")
        elif mixed := _MIXED.search(value):
            expected = "words in letters of one script"
            self._report(Code.MIXED_SCRIPTS, event, path, mixed[0], expected)
        return value

    def _report(self, code: Code, event: Any, path: Path, found: str, expected: str) -> None:
        self.faults.append((_place(event), code, path, found, expected))
