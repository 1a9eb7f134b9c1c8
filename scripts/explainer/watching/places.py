"""Which addresses the dataset relies on, and which phrases should stand at each."""

from collections.abc import Iterator
from dataclasses import dataclass

from explainer.data import Access, ContextSource, Dataset, Rate, Source


@dataclass(frozen=True, slots=True)
class Place:
    """One address of one source. ``role`` is ``page`` or ``archive``.

    ``phrases`` should stand there, each once. Where ``seen`` is false nobody saw them at this very
    address, so that a missing one proves nothing.
    """

    source: str
    role: str
    url: str
    phrases: tuple[str, ...] = ()
    seen: bool = True


def places(dataset: Dataset) -> tuple[Place, ...]:
    """Every address of every source: the articles, the context sources, the rates."""
    found: list[Place] = []
    for article in dataset.sources.values():
        found += _article(dataset, article)
    for source in dataset.context.values():
        found += _context(source)
    by_address: dict[str, list[Rate]] = {}
    for rate in dataset.rates.values():
        by_address.setdefault(rate.url, []).append(rate)
    for url, rates in by_address.items():
        printed = (rate for rate in rates if rate.access is Access.PAGE)
        values = dict.fromkeys(
            f"{value:f}"
            for rate in printed
            for value in (rate.value, rate.value_max)
            if value is not None
        )
        found.append(Place(f"rates:{rates[0].id}", "page", url, tuple(values)))
    return tuple(found)


def _article(dataset: Dataset, source: Source) -> Iterator[Place]:
    mentions = dataset.mentions.get(source.id, {}).values()
    phrases = tuple(dict.fromkeys(mention.exact for mention in mentions))
    if source.url:
        yield Place(source.id, "page", source.url, phrases)
    if source.archived_url:
        # A folder of an archive holds many texts and shows none of them.
        held = () if source.archive_is_folder else phrases
        yield Place(source.id, "archive", source.archived_url, held)


def _context(source: ContextSource) -> Iterator[Place]:
    phrases = tuple(dict.fromkeys(report.phrase for report in source.reports))
    seen = source.access is Access.PAGE or (
        source.access is Access.COPY and source.host is not None
    )
    if source.url:
        yield Place(source.id, "page", source.url, phrases, seen)
    if source.archived_url:
        yield Place(source.id, "archive", source.archived_url, phrases, seen)
