"""Faults in the data: one line each, with file, line, column, field and a stable code.

A fault reads ``path:line:col: [CODE] field: found «…» — expected …``. Loading collects all faults
and raises them together as one :class:`DataErrors`; nothing is written after that.
"""

import difflib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final, Literal

from pydantic_core import PydanticCustomError

SHOWN_CHARACTERS, SHOWN_ERRORS = 60, 100
"""How much of a found value is shown, and how many faults are printed."""
ERROR_LIMIT = 10_000
"""How many faults of one file are looked at."""

Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value of a file."""


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


def shorten(text: str) -> str:
    """Return ``text`` escaped, and cut where it is too long to show."""
    text = escape(text[: SHOWN_CHARACTERS + 1])
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def did_you_mean(known: Iterable[str], found: str) -> str:
    """Return " (did you mean …?)" for a near miss; nothing where no known name is close."""
    close = difflib.get_close_matches(found[:100], list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry.

    ``below`` leads from the entry to the value that is wrong; ``known`` are the names that would
    have been right, of which the error suggests one.
    """

    code: Code
    found: str
    expected: str
    below: Path = ()
    known: Collection[str] = ()


ENTRY: Final = "entry"
TEXT: Final = "text"
"""The kinds of errors below. A faulty text leaves everything else as it would be."""


def refuse(*faults: Fault, kind: Literal["entry", "text"] = ENTRY) -> PydanticCustomError:
    """Return the error with which a field or model refuses its value."""
    return PydanticCustomError(kind, "refused", {"faults": faults})


@dataclass(frozen=True, slots=True, order=True)
class DataError:
    """One fault at one place. Lines and columns count from 1; 0 means the whole file."""

    path: str
    line: int
    column: int
    code: Code
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        message = f"{field}found «{shorten(self.found)}» — expected {self.expected}"
        return escape(f"{self.path}:{self.line}:{self.column}: [{self.code}] {message}")

    def as_json(self) -> str:
        """Return the fault as one JSON object on one line."""
        return json.dumps(asdict(self) | {"found": shorten(self.found)}, ensure_ascii=False)


class DataErrors(Exception):
    """The data has faults; ``problems`` holds all of them, sorted, without repeats."""

    def __init__(self, problems: Iterable[DataError]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> Iterator[str]:
        """Yield what is printed: the first faults, a line each, and how many more there are."""
        yield from map(str, self.problems[:SHOWN_ERRORS])
        if more := len(self.problems[SHOWN_ERRORS:]):
            yield f"… and at least {more:,} more errors"

    @classmethod
    def unless_empty(cls, problems: Iterable[DataError]) -> None:
        """Raise where there is any problem; otherwise do nothing."""
        if found := tuple(problems):
            raise cls(found)
