"""References inside data text: the only way a number, date or name enters a sentence.

========================  =====================================================
``{claim}``               a claim of the figure that the text belongs to
``{figure/claim}``        any claim
``{=derivation}``         a derivation
``{date:2021-10-06}``     a date, as precise as it is written (ISO 8601-2)
``{term:squid-game}``     a name from the terms
``{report:source/name}``  a number that a context source prints
``{rate:name}``           a published exchange rate
========================  =====================================================

Braces around anything else are plain text.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from explainer.data.models.fields import SLUG

_REFERENCE: Final = re.compile(
    rf"\{{(?:(?P<derivation>={SLUG})|date:(?P<date>[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}})"
    rf"|term:(?P<term>{SLUG})|report:(?P<report>{SLUG}/{SLUG})|rate:(?P<rate>{SLUG})"
    rf"|(?P<claim>{SLUG}(?:/{SLUG})?))\}}"
)
_DIGIT: Final = re.compile(r"\d+")


class Target(StrEnum):
    """What a reference points to."""

    CLAIM = "claim"
    DERIVATION = "derivation"
    DATE = "date"
    TERM = "term"
    REPORT = "report"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what sort of thing, and its name (for a claim always ``figure/claim``)."""

    target: Target
    name: str


@lru_cache(maxsize=4096)
def split(text: str, figure: str | None = None) -> tuple[str | Reference, ...]:
    """Return ``text`` as literal parts and references, in order.

    ``figure`` is the figure that the text belongs to; its claims may be named alone. Without one,
    a lone claim name keeps no slash and will match no claim.
    """
    parts: list[str | Reference] = []
    last = 0
    for match in _REFERENCE.finditer(text):
        parts.append(text[last : match.start()])
        last = match.end()
        target = Target(match.lastgroup or "")
        name = match.group(target.value).removeprefix("=")
        if target is Target.CLAIM and "/" not in name and figure is not None:
            name = f"{figure}/{name}"
        parts.append(Reference(target, name))
    parts.append(text[last:])
    return tuple(part for part in parts if part)


def references(text: str, figure: str | None = None) -> tuple[Reference, ...]:
    """Return the references of ``text``, in order."""
    return tuple(part for part in split(text, figure) if isinstance(part, Reference))


def typed_digits(text: str) -> tuple[str, ...]:
    """Return digits that stand in ``text`` itself and so come from no claim, date or term."""
    literals = (part for part in split(text) if isinstance(part, str))
    return tuple(digits for part in literals for digits in _DIGIT.findall(part))
