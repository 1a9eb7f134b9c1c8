"""Pull number phrases out of article files, and keep them in ``data/mentions``."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

from explainer.data.errors import Code, DataError, DataErrors, escape, json_line
from explainer.data.fields import Context
from explainer.data.load import validate
from explainer.data.models import brief, mention_ids
from explainer.data.yaml_source import parse, read_file
from explainer.extract import Language, Match, find
from explainer.extract.articles import Article, digest, read_article_file
from explainer.extract.html import UnreadableArticle


@dataclass(frozen=True, slots=True)
class Extract:
    """One article and every number phrase in it, with its block, in reading order."""

    article: Article
    found: tuple[tuple[str, Match], ...]


def extract(file: Path, language: Language | None = None) -> Extract:
    """Read an article and pull its number phrases.

    Without ``language`` the article's own is used. Raises ``UnreadableArticle`` or ``OSError``.
    """
    article = read_article_file(file)
    pairs = ((one.id, find(one.text, language or article.language)) for one in article.blocks)
    found = tuple((name, match) for name, matches in pairs for match in matches)
    return Extract(article, found)


def _fields(block: str, match: Match) -> dict[str, Any]:
    """Return a found phrase as plain fields; numbers are decimal strings, unread ones null."""
    row = {"block": block, "start": match.start, "end": match.end, "exact": match.exact}
    for name in ("kind", "value", "value_max", "bound", "currency", "unit", "scale", "edtf"):
        value = getattr(match.quantity, name, None)
        row[name] = f"{value:f}" if isinstance(value, Decimal) else value and str(value)
    return row | ({"reason": str(match.reason)} if match.reason else {})


def as_json(file: Path, pulled: Extract) -> str:
    """Return one line: ``{"file": …, "mentions": […]}``."""
    mentions = [_fields(*found) for found in pulled.found]
    return json_line({"file": str(file), "mentions": mentions})


def as_table(file: Path, pulled: Extract) -> str:
    """Return a readable table: place, phrase, what it reads as."""
    lines = [str(file)]
    for block, match in pulled.found:
        read = f"unread: {match.reason}"
        if match.quantity:
            read = f"{match.quantity.kind}: {brief(match.quantity)}"
        lines.append(f"  {block:<10} {match.exact}  →  {read}")
    return "\n".join(map(escape, lines))


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
    named = mention_ids((block, match.quantity) for block, match in pulled.found)
    for name, found in zip(named, pulled.found, strict=True):
        lines.append(f"  - id: {_quoted(name)}")
        row = {key: value for key, value in _fields(*found).items() if value is not None}
        lines += (f"    {key}: {_quoted(value)}" for key, value in row.items())
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def pull(data: Path, folder: Path) -> dict[str, str]:
    """Return the mentions files of all sources that have an article in ``folder``, by path.

    Raises :class:`DataErrors` where the list of sources is broken or an article is missing or
    cannot be read.
    """
    faults = list[DataError]()
    content = read_file(data, "sources.yml", faults)
    DataErrors.unless_empty(faults)
    document, problems = parse(content, f"{data.name}/sources.yml")
    faults += problems
    context, files = Context(faults), dict[str, str]()
    if document is not None:
        validate(document, "sources.yml", context)
    for source in (one for one in context.entries["source"].values() if one.file):
        path, expected = folder / source.file, "the saved article"
        try:
            pulled = extract(path, source.language)
            files[f"{data.name}/mentions/{source.id}.yml"] = mentions_file(source.id, pulled)
        except (UnreadableArticle, FileNotFoundError) as error:
            missing = isinstance(error, FileNotFoundError)
            code, found = (Code.NOT_FOUND, "no file") if missing else (Code.BAD_ARTICLE, str(error))
            faults.append(DataError(str(path), 0, 0, code, source.id, found, expected))
    DataErrors.unless_empty(faults)
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
