"""Extract: article files in, mentions out. Joins the readers with the number grammar."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from explainer.data import Code, DataError, DataErrors, strict_yaml
from explainer.data.slips import mention_id
from explainer.extract import Language, Match, find
from explainer.extract.articles import Article, digest, read_article


@dataclass(frozen=True, slots=True)
class Found:
    """A number phrase in one block of an article."""

    block: str
    reading: Match


@dataclass(frozen=True, slots=True)
class Extract:
    """One article file and every number phrase in it, in reading order."""

    file: str
    article: Article
    found: tuple[Found, ...]


def extract(
    file: Path,
    language: Language | None = None,
    *,
    progress: Callable[[float], None] | None = None,
) -> Extract:
    """Read an article and pull its number phrases.

    Without ``language`` the article's own is used. ``progress`` is told the share done, from 0 to
    1. Raises ``UnreadableArticle`` or ``OSError``.
    """
    article = read_article(file.read_bytes(), name=file.name)
    lang: Language = language or ("zh" if article.language == "zh" else "en")
    found: list[Found] = []
    for number, block in enumerate(article.blocks, 1):
        found.extend(Found(block.id, reading) for reading in find(block.text, lang))
        if progress and (number % 1000 == 0 or number == len(article.blocks)):
            progress(number / len(article.blocks))
    return Extract(str(file), article, tuple(found))


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def fields(found: Found) -> dict[str, Any]:
    """A found phrase as plain fields; numbers are decimal strings, unread ones null."""
    reading, quantity = found.reading, found.reading.quantity
    return {
        "exact": reading.exact,
        "kind": quantity and str(quantity.kind),
        "value": quantity and _decimal(quantity.value),
        "value_max": quantity and _decimal(quantity.value_max),
        "currency": quantity and quantity.currency,
        "unit": quantity and quantity.unit,
        "bound": quantity and str(quantity.bound),
        "block": found.block,
        "start": reading.start,
        "end": reading.end,
        "scale": quantity and quantity.scale,
        "edtf": quantity and quantity.edtf,
        **({"reason": str(reading.reason)} if reading.reason else {}),
    }


def as_json(pulled: Extract) -> str:
    """One line: ``{"file": …, "mentions": […]}``."""
    mentions = [fields(found) for found in pulled.found]
    return json.dumps({"file": pulled.file, "mentions": mentions}, ensure_ascii=False)


def as_table(pulled: Extract) -> str:
    """A readable table: place, phrase, what it reads as."""
    lines = [pulled.file]
    for found in pulled.found:
        said = fields(found)
        measure = said["currency"] or said["unit"] or ""
        high = f" to {said['value_max']}" if said["value_max"] else ""
        read = (
            f"{said['kind']}: {said['bound']} {said['value']}{high} {measure}".rstrip()
            if said["value"]
            else f"unread: {said['reason']}"
        )
        lines.append(f"  {found.block:<10} {said['exact']}  →  {read}")
    return "\n".join(lines)


# Committed mentions


def mention_ids(pulled: Extract) -> Iterator[tuple[str, Found]]:
    """Every found phrase with its id: the block and the quantity, numbered where they repeat."""
    seen: dict[str, int] = {}
    for found in pulled.found:
        name = mention_id(found.block, found.reading.quantity, 1)
        seen[name] = seen.get(name, 0) + 1
        yield mention_id(found.block, found.reading.quantity, seen[name]), found


def mentions_file(source: str, pulled: Extract) -> str:
    """The text of ``data/mentions/<source>.yml``."""
    lines = [
        "# yaml-language-server: $schema=../schema/mentions.json",
        "# Written by: explainer extract --write. Do not edit.",
        f"source: {_quoted(source)}",
        f"digest: {_quoted(digest(pulled.article))}",
        "blocks:",
        *(f"  {block.id}: {_quoted(str(len(block.text)))}" for block in pulled.article.blocks),
        "mentions:" if pulled.found else "mentions: []",
    ]
    for name, found in mention_ids(pulled):
        said = fields(found)
        lines.append(f"  - id: {_quoted(name)}")
        for key in _FIELDS:
            if said.get(key) is not None:
                lines.append(f"    {key}: {_quoted(str(said[key]))}")
    return "\n".join(lines) + "\n"


_FIELDS = (
    "block",
    "start",
    "end",
    "exact",
    "kind",
    "value",
    "value_max",
    "bound",
    "currency",
    "unit",
    "scale",
    "edtf",
    "reason",
)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def pull(data: Path, folder: Path) -> dict[str, str]:
    """The mentions files of all sources that have an article in ``folder``, by path.

    Raises :class:`DataErrors` where the list of sources is broken or an article is missing.
    """
    shown = f"{data.name}/sources.yml"
    document, problems = strict_yaml.parse((data / "sources.yml").read_bytes(), shown)
    DataErrors.unless_empty(problems)
    value: Any = document.value if document else {}
    files: dict[str, str] = {}
    for raw in value["sources"]:
        if "file" not in raw:
            continue
        path = folder / raw["file"]
        if not path.is_file():
            problems.append(
                DataError(
                    str(path), 0, 0, Code.NOT_FOUND, raw["id"], "no file", "the saved article"
                )
            )
            continue
        pulled = extract(path, raw["language"])
        files[f"{data.name}/mentions/{raw['id']}.yml"] = mentions_file(raw["id"], pulled)
    DataErrors.unless_empty(problems)
    return files


def stale(root: Path, pulled: Mapping[str, str]) -> Iterator[DataError]:
    """Where the committed mentions are not what the program pulls: the first differing line."""
    for path, text in pulled.items():
        committed = (root / path).read_text("utf-8") if (root / path).is_file() else ""
        ours, theirs = committed.splitlines(), text.splitlines()
        for number in range(max(len(ours), len(theirs))):
            here = ours[number] if number < len(ours) else "the end of the file"
            there = theirs[number] if number < len(theirs) else "the end of the file"
            if here != there:
                yield DataError(path, number + 1, 1, Code.STALE_MENTIONS, "", here, f"«{there}»")
                break
