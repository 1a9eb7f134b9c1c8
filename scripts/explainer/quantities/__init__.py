"""Text to quantity and back, in English and Chinese."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from explainer.quantities import chinese, english
from explainer.quantities.characters import plain
from explainer.quantities.model import Bound, Kind, Language, Quantity, Reading, Refusal
from explainer.quantities.writing import write, write_number

_PARSE: Mapping[Language, Callable[[str], Reading]] = {"en": english.parse, "zh": chinese.parse}
_FIND: Mapping[Language, Callable[[str], Iterator[Reading]]] = {
    "en": english.find,
    "zh": chinese.find,
}


def parse(text: str, lang: Language) -> Reading:
    """The whole of ``text`` as one number phrase, or a refusal with its reason."""
    return replace(_PARSE[lang](plain(text)), exact=text)


def find(text: str, lang: Language) -> tuple[Reading, ...]:
    """The number phrases of running text, in order, none overlapping."""
    return tuple(
        replace(reading, exact=text[reading.start : reading.end])
        for reading in _FIND[lang](plain(text))
    )


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
