"""Text to quantity and back, in English and Chinese.

``find`` pulls the number phrases out of running text, ``parse`` reads one phrase, ``write`` writes
a quantity in the house style. Nothing here knows what the numbers are about.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from explainer.quantities import chinese, english
from explainer.quantities.characters import plain
from explainer.quantities.model import Bound, Kind, Language, Quantity, Reading, Refusal
from explainer.quantities.writing import write, write_number

_SCAN: Mapping[Language, Callable[[str], Iterator[Reading]]] = {
    "en": english.scan,
    "zh": chinese.scan,
}


def find(text: str, lang: Language) -> tuple[Reading, ...]:
    """The number phrases of running text, in order, none overlapping.

    Phrases that look like a quantity but cannot be read safely come with a reason instead of a
    quantity; what is no quantity is left out. Never raises.
    """
    return tuple(
        replace(reading, exact=text[reading.start : reading.end])
        for reading in _SCAN[lang](plain(text))
    )


def parse(text: str, lang: Language) -> Reading:
    """The whole of ``text`` as one number phrase, or a refusal with its reason. Never raises."""
    readings = find(text, lang)
    whole = (0, len(text))
    for reading in readings:
        if (reading.start, reading.end) == whole or reading.quantity is None:
            return replace(reading, exact=text, start=0, end=len(text))
    reason = Refusal.TRAILING_TEXT if readings else Refusal.NO_NUMBER
    return Reading(text, 0, len(text), reason=reason)


__all__ = [
    "Bound",
    "Kind",
    "Language",
    "Quantity",
    "Reading",
    "Refusal",
    "find",
    "parse",
    "write",
    "write_number",
]
