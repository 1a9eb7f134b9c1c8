"""Shares in words in English: "three-quarters", "two-thirds", "half of"."""

import re
from decimal import Decimal

from explainer.extract.en import lexicon
from explainer.extract.en.numbers import GAP
from explainer.extract.en.prefixes import hedges_before
from explainer.extract.phrase import any_of, percent_of, read, with_bounds
from explainer.extract.quantity import Match

_SHARE = re.compile(
    rf"(?P<parts>an?|{any_of(lexicon.ONES)})(?:-|{GAP})(?P<of>{any_of(lexicon.PARTS)})s?\b"
    rf"(?!{GAP}of{GAP}(?:an?|one){GAP}(?:{any_of(lexicon.SCALES)})\b)"
    rf"|(?P<half>half)(?={GAP}of{GAP}(?:the|its|their|all|those|his|her|our)\b)"
)
_OF = re.compile(rf"{GAP}of\b")


def share_at(text: str, lower: str, at: int, floor: int) -> tuple[Match | None, int] | None:
    """The share at ``at`` in per cent, if there is one; what no decimal can say is refused.

    "One third" and "three quarters" are shares only where "of" follows: else they may be ranks
    or times of the year.
    """
    found = _SHARE.match(lower, at)
    if found is None:
        return None
    followed = _OF.match(lower, found.end())
    spaced_quarter = found["of"] == "quarter" and "-" not in found[0]
    loose = found["parts"] in ("a", "an", "one") or spaced_quarter
    if found["half"] is None and loose and not followed:
        return None
    numerator = Decimal(1 if found["half"] else lexicon.ONES.get(found["parts"], 1))
    start, bounds = hedges_before(lower, at, floor)
    share = percent_of(numerator, 2 if found["half"] else lexicon.PARTS[found["of"]])
    return read(text, (start, found.end()), with_bounds(share, bounds)), found.end()
