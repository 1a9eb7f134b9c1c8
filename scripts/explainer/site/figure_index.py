"""What the index of figures can be filtered by and sorted by."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer.data import Figure
from explainer.extract import Kind
from explainer.i18n import Localizer

_YEAR = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in the index, and its values in every facet."""

    figure: Figure
    facets: Mapping[str, tuple[str, ...]]


def entries(words: Localizer) -> tuple[Entry, ...]:
    """Every figure in the order of the data."""
    return tuple(Entry(figure, _facets(words, figure)) for figure in words.dataset.figures.values())


def _facets(words: Localizer, figure: Figure) -> dict[str, tuple[str, ...]]:
    quantities = [claim.quantity for claim in figure.claims]
    return {
        "voice": tuple(voice.id for voice in figure.voices()),
        "kind": (figure.kind,),
        "status": (figure.comparison.status,),
        "currency": tuple(dict.fromkeys(q.currency for q in quantities if q.currency)),
        "year": _years(words, figure),
    }


def _years(words: Localizer, figure: Figure) -> tuple[str, ...]:
    """The years that its claims name, and those in which others printed something about it."""
    named = [claim.period.removeprefix("../") for claim in figure.claims if claim.period]
    named += [c.quantity.edtf or "" for c in figure.claims if c.quantity.kind is Kind.YEAR]
    named += [source.issued or "" for source in words.dataset.context_of(figure.id)]
    return tuple(sorted({date[:_YEAR] for date in named if date}))


def facets(words: Localizer) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Every facet with the values that occur, each with its label."""
    occurring: dict[str, dict[str, None]] = {}
    for entry in entries(words):
        for name, values in entry.facets.items():
            occurring.setdefault(name, {}).update(dict.fromkeys(values))
    return tuple(
        (name, tuple((value, _label(words, name, value)) for value in _ordered(name, values)))
        for name, values in occurring.items()
    )


def _ordered(name: str, values: Mapping[str, None]) -> list[str]:
    return sorted(values) if name == "year" else list(values)


def _label(words: Localizer, name: str, value: str) -> str:
    if name == "voice":
        return words.text(words.dataset.voices[value].label)
    return words.format_date(value) if name == "year" else words.string(f"{name}.{value}")
