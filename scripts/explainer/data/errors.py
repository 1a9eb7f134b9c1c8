"""Faults in the data: one line each, with file, line, column, field and a stable code.

A fault reads ``path:line:col: [CODE] field: found «…» — expected …``. Loading collects all faults
and raises them together as one :class:`DataErrors`; nothing is written after that.
"""

import difflib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from pydantic_core import PydanticCustomError

from explainer.limits import COMPARED_NAMES, PRINTED_CHARACTERS, PRINTED_ERRORS


class Code(StrEnum):
    """Stable codes, never used again for another fault: not FILE07, YAML06, YAML08, ID07."""

    NOT_FOUND = "FILE01"
    NOT_UTF8 = "FILE02"
    TOO_LARGE = "FILE03"
    BAD_CHARACTER = "FILE04"
    NOT_A_FILE = "FILE05"
    UNREAD_FILE = "FILE06"
    NOT_YAML = "YAML01"
    DUPLICATE_KEY = "YAML02"
    RETYPED = "YAML03"
    NOT_PLAIN = "YAML04"
    TOO_DEEP = "YAML05"
    NOT_NFC = "YAML07"
    UNKNOWN_KEY = "FORM01"
    MISSING_KEY = "FORM02"
    WRONG_TYPE = "FORM03"
    BAD_VALUE = "FORM04"
    EMPTY = "FORM05"
    NO_TRANSLATION = "FORM06"
    DUPLICATE_ID = "REF01"
    UNKNOWN_REFERENCE = "REF02"
    VOICE_MISMATCH = "REF03"
    PAIR_MISMATCH = "REF04"
    ID_NOT_LOCKED = "ID01"
    ID_LOST = "ID02"
    ID_CHANGED = "ID03"
    ID_REUSED = "ID04"
    ID_LOOKS_ALIKE = "ID05"
    LOCK_SHRANK = "ID06"
    RESERVED_NAME = "ID08"
    TYPED_DIGIT = "NUM01"
    VALUE_MISMATCH = "NUM02"
    UNREAD_MENTION = "NUM03"
    KIND_MISMATCH = "NUM04"
    STATUS_MISMATCH = "NUM05"
    BAD_FORMULA = "NUM06"
    SLIP = "NUM07"
    NOT_ESTABLISHED = "NUM08"
    STALE_MENTIONS = "MEN01"
    BAD_ARTICLE = "MEN02"
    NO_REVISION = "REV01"
    STALE_PAIR = "PAIR01"
    BAD_TEMPLATE = "TPL01"
    BAD_SETTING = "CFG01"
    BAD_ASSET = "AST01"
    HIDDEN_PAGE = "PAGE01"


def escape(text: str) -> str:
    """Return ``text`` on one line: what a terminal would not print stands as an escape."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in text
    )


def json_line(value: object) -> str:
    """Return ``value`` as JSON on one line, with the same characters escaped."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def shorten(text: str) -> str:
    """Return ``text`` escaped, and cut where it is too long to show."""
    text = escape(text[: PRINTED_CHARACTERS + 1])
    return text if len(text) <= PRINTED_CHARACTERS else text[: PRINTED_CHARACTERS - 1] + "…"


def refuse(expected: str, *below: str | int, code: Code = Code.BAD_VALUE) -> PydanticCustomError:
    """Return the error with which a field or model refuses its value.

    ``below`` leads from the value to the part that is wrong.
    """
    return PydanticCustomError("refused", "", {"expected": expected, "below": below, "code": code})


@dataclass(frozen=True, slots=True, order=True)
class DataError:
    """One fault at one place. Lines and columns count from 1; 0 means the whole file.

    ``known`` are names that would have been right, of which the printed error suggests one.
    """

    path: str
    line: int
    column: int
    code: Code
    field: str
    found: str
    expected: str
    known: Iterable[str] = dataclass_field(default=(), compare=False)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}: [{self.code}]"
        name = f"{self.field}: " if self.field else ""
        return escape(f"{place} {name}found «{shorten(self.found)}» — expected {self._wanted}")

    @property
    def _wanted(self) -> str:
        """What was expected, with the nearest of the known names."""
        known = list(self.known)
        compared = known if len(known) <= COMPARED_NAMES else []
        near = difflib.get_close_matches(self.found[:100], compared, n=1)
        return self.expected + "".join(f" (did you mean {name!r}?)" for name in near)

    def as_json(self) -> str:
        """Return the fault as one JSON object on one line."""
        keys = ("path", "line", "column", "code", "field")
        wording = {"found": shorten(self.found), "expected": self._wanted}
        return json_line({key: getattr(self, key) for key in keys} | wording)


def limit_lines(lines: Sequence[object]) -> Iterator[str]:
    """Yield the first of ``lines``, as many as are printed, and how many more there are."""
    yield from map(str, lines[:PRINTED_ERRORS])
    if more := len(lines[PRINTED_ERRORS:]):
        yield f"… and at least {more:,} more errors"


class DataErrors(Exception):
    """The data has faults; ``problems`` holds all of them, sorted, without repeats."""

    def __init__(self, problems: Iterable[DataError]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(self.lines()))

    def lines(self, *, as_json: bool = False) -> Iterator[str]:
        """Yield what is printed: the first faults, a line each, and how many more there are."""
        if not as_json:
            yield from limit_lines(self.problems)
            return
        yield from (one.as_json() for one in self.problems[:PRINTED_ERRORS])
        if more := len(self.problems[PRINTED_ERRORS:]):
            yield json.dumps({"more": more})

    @classmethod
    def unless_empty(cls, problems: Iterable[DataError]) -> None:
        """Raise where there is any problem; otherwise do nothing."""
        if found := tuple(problems):
            raise cls(found)
