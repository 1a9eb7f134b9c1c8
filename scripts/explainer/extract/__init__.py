"""Text to quantity and back, in English and Chinese.

``find`` pulls the number phrases out of running text, ``parse`` reads one phrase, ``write`` writes
a quantity in the house style. Nothing here knows what the numbers are about.
"""

# ruff: noqa: F401
# mypy: implicit-reexport

from dataclasses import replace

from explainer.extract.chinese import Chinese
from explainer.extract.english import English
from explainer.extract.format import write, write_number
from explainer.extract.numerals import plain
from explainer.extract.quantity import Bound, Kind, Language, Match, Quantity, Refusal


def find(text: str, lang: Language) -> tuple[Match, ...]:
    """Return the number phrases of running text, in order, none overlapping.

    Phrases that look like a quantity but cannot be read safely come with a reason instead of a
    quantity; what is no quantity is left out. Never raises.
    """
    characters, places = plain(text)
    scanner = English(characters) if lang == "en" else Chinese(characters)
    found = []
    for first, last, content in scanner.scan():
        start, end = places[first], places[last - 1] + 1
        read = (None, content) if isinstance(content, Refusal) else (content, None)
        found.append(Match(text[start:end], start, end, *read))
    return tuple(found)


def parse(text: str, lang: Language) -> Match:
    """Return the whole of ``text`` as one number phrase, or a refusal. Never raises."""
    readings = find(text, lang)
    whole = (0, len(text))
    for reading in readings:
        if (reading.start, reading.end) == whole or reading.quantity is None:
            return replace(reading, exact=text, start=0, end=len(text))
    reason = Refusal.TRAILING_TEXT if readings else Refusal.NO_NUMBER
    return Match(text, 0, len(text), reason=reason)
