"""Pull number phrases out of article files, and keep them in ``data/mentions``."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from explainer.data import yaml_source
from explainer.data.errors import Code, DataError, DataErrors
from explainer.data.models import brief
from explainer.extract import Kind, Language, Match, Quantity, find
from explainer.extract.articles import Article, digest, read_article


@dataclass(frozen=True, slots=True)
class Found:
    """A number phrase in one block of an article."""

    block: str
    reading: Match


@dataclass(frozen=True, slots=True)
class Extract:
    """One article and every number phrase in it, in reading order."""

    article: Article
    found: tuple[Found, ...]


def extract(
    file: Path,
    language: Language | None = None,
    *,
    progress: Callable[[float], None] | None = None,
) -> Extract:
    """Read an article and pull its number phrases.

    Without ``language`` the article's own is used. ``progress`` is called with the share done, from
    0 to 1. Raises ``UnreadableArticle`` or ``OSError``.
    """
    article = read_article(file.read_bytes(), name=file.name)
    lang: Language = language or ("zh" if article.language == "zh" else "en")
    found: list[Found] = []
    for number, block in enumerate(article.blocks, 1):
        found.extend(Found(block.id, reading) for reading in find(block.text, lang))
        if progress and (number % 1000 == 0 or number == len(article.blocks)):
            progress(number / len(article.blocks))
    return Extract(article, tuple(found))


def fields(found: Found) -> dict[str, Any]:
    """Return a found phrase as plain fields; numbers are decimal strings, unread ones null."""
    reading, quantity = found.reading, found.reading.quantity
    row = {
        "block": found.block,
        "start": reading.start,
        "end": reading.end,
        "exact": reading.exact,
    }
    for name in ("kind", "value", "value_max", "bound", "currency", "unit", "scale", "edtf"):
        value = getattr(quantity, name, None)
        row[name] = f"{value:f}" if isinstance(value, Decimal) else value and str(value)
    return row | ({"reason": str(reading.reason)} if reading.reason else {})


def as_json(file: Path, pulled: Extract) -> str:
    """Return one line: ``{"file": …, "mentions": […]}``."""
    mentions = [fields(found) for found in pulled.found]
    return json.dumps({"file": str(file), "mentions": mentions}, ensure_ascii=False)


def as_table(file: Path, pulled: Extract) -> str:
    """Return a readable table: place, phrase, what it reads as."""
    lines = [str(file)]
    for found in pulled.found:
        quantity, reason = found.reading.quantity, found.reading.reason
        read = f"{quantity.kind}: {brief(quantity)}" if quantity else f"unread: {reason}"
        lines.append(f"  {found.block:<10} {found.reading.exact}  →  {read}")
    return "\n".join(lines)


def mentions_file(source: str, pulled: Extract) -> str:
    """Return the text of ``data/mentions/<source>.yml``."""
    lines = [
        "# yaml-language-server: $schema=../schema/mentions.json",
        "# Written by: explainer extract --write. Do not edit.",
        f"source: {_quoted(source)}",
        f"digest: {_quoted(digest(pulled.article))}",
        "blocks:",
        *(f"  {block.id}: {_quoted(len(block.text))}" for block in pulled.article.blocks),
        "mentions:" if pulled.found else "mentions: []",
    ]
    named = mention_ids((found.block, found.reading.quantity) for found in pulled.found)
    for name, found in zip(named, pulled.found, strict=True):
        lines.append(f"  - id: {_quoted(name)}")
        row = {key: value for key, value in fields(found).items() if value is not None}
        lines += (f"    {key}: {_quoted(value)}" for key, value in row.items())
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def pull(data: Path, folder: Path) -> dict[str, str]:
    """Return the mentions files of all sources that have an article in ``folder``, by path.

    Raises :class:`DataErrors` where the list of sources is broken or an article is missing.
    """
    name = f"{data.name}/sources.yml"
    document, problems = yaml_source.parse((data / "sources.yml").read_bytes(), name)
    DataErrors.unless_empty(problems)
    value: Any = document.value if document else {}
    files: dict[str, str] = {}
    for raw in (one for one in value["sources"] if "file" in one):
        path = folder / raw["file"]
        if path.is_file():
            pulled = extract(path, raw["language"])
            files[f"{data.name}/mentions/{raw['id']}.yml"] = mentions_file(raw["id"], pulled)
        else:
            where, expected = (str(path), 0, 0), "the saved article"
            problems.append(DataError(*where, Code.NOT_FOUND, raw["id"], "no file", expected))
    DataErrors.unless_empty(problems)
    return files


def stale(root: Path, pulled: Mapping[str, str]) -> Iterator[DataError]:
    """Yield where the committed mentions are not what the program pulls: the first such line."""
    for path, text in pulled.items():
        committed = (root / path).read_text("utf-8") if (root / path).is_file() else ""
        lines = zip_longest(committed.splitlines(), text.splitlines(), fillvalue="no more lines")
        for number, (here, there) in enumerate(lines, 1):
            if here != there:
                yield DataError(path, number, 1, Code.STALE_MENTIONS, "", here, f"«{there}»")
                break


_MEASURES = {Kind.PERCENT: "percent", Kind.MULTIPLE: "times", Kind.RANK: "rank"}
_SHORT = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))


def mention_ids(found: Iterable[tuple[str, Quantity | None]]) -> Iterator[str]:
    """Yield the ids of mentions: block and value ("p1-700m-usd"), numbered where both repeat."""
    repeats = Counter[str]()
    for block, quantity in found:
        name = f"{block}-{_slug(quantity) if quantity else 'unread'}"
        repeats[name] += 1
        yield name if repeats[name] == 1 else f"{name}-{repeats[name]}"


def _slug(quantity: Quantity) -> str:
    sign = "minus-" if quantity.value < 0 else ""
    high = "" if quantity.value_max is None else f"-to-{_short(quantity.value_max)}"
    measure = (quantity.currency or quantity.unit or _MEASURES.get(quantity.kind, "")).lower()
    tail = f"-{measure.replace('_', '-')}" if measure else ""
    return f"{sign}{_short(abs(quantity.value))}{high}{tail}"


def _short(value: Decimal) -> str:
    if value >= 10_000:
        for scale, letter in _SHORT:
            if value % scale == 0:
                return f"{value / scale:f}{letter}"
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", "-")
