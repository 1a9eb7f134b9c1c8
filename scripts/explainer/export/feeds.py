"""The history as feeds: Atom and JSON Feed, one of each in each language, newest first."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from explainer import urls
from explainer.data import Action, Revision
from explainer.i18n import Localizer


@dataclass(frozen=True, slots=True)
class Entry:
    """What changed about one figure on one day."""

    id: str
    url: str
    title: str
    lines: tuple[str, ...]
    day: datetime


def told(words: Localizer, revision: Revision) -> str:
    """A revision as a sentence: what was done, to what, from what to what, and why."""
    figure = words.dataset.figures.get(revision.figure)
    key = "change" if revision.old else "state"
    if revision.action in (Action.MOVED, Action.SUPERSEDED):
        key = "successor"
    parts = [words.string(f"revision.{revision.action}", about=words.revision_subject(revision))]
    if revision.new:
        old = words.format_state(revision, revision.old) if revision.old else ""
        new = words.format_state(revision, revision.new)
        parts.append(words.string(f"revision.{key}", old=old, new=new))
    if revision.reason:
        parts.append(words.text(revision.reason, figure))
    return words.string("style.semicolon").join(parts)


def title(words: Localizer, figure: str) -> str:
    """What a figure's page is called: its finding, or that it moved, gave way or was withdrawn."""
    found = words.dataset.figures.get(figure)
    if found:
        return words.text(found.headline, found)
    retired = words.dataset.retired["figure", figure]
    return words.string(f"revision.{retired.state}", about=words.text(retired.label))


def entries(words: Localizer, root: str) -> Iterator[Entry]:
    """One entry for each figure and day on which something about it changed."""
    data = words.dataset

    def key(revision: Revision) -> tuple[str, str]:
        return revision.date, revision.figure

    changes = sorted(data.changes, key=key, reverse=True)
    for (day, name), group in groupby(changes, key=key):
        url = urls.absolute(root, words.language, urls.figure_page(name))
        yield Entry(
            f"{url}#{day}",
            url,
            title(words, name),
            tuple(told(words, revision) for revision in group),
            datetime.fromisoformat(day).replace(tzinfo=UTC),
        )


def atom(words: Localizer, root: str) -> str:
    """The feed as Atom (RFC 4287)."""
    # With all that it loads, this takes as long to load as the rest of the forms together.
    from feedgenerator import Atom1Feed  # noqa: PLC0415

    about = words.dataset.about
    name = words.text(about.name)
    home = urls.absolute(root, words.language, "index")
    feed = Atom1Feed(
        title=words.string("feed.title", name=name),
        link=home,
        description=words.text(about.description),
        language=words.lang,
        author_name=name,
        feed_url=f"{home}feed.xml",
        feed_guid=f"{home}feed.xml",
        feed_copyright=words.text(about.licence.name),
    )
    for entry in entries(words, root):
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=" ".join(entry.lines),
            pubdate=entry.day,
            updateddate=entry.day,
            unique_id=entry.id,
        )
    out = io.StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().rstrip("\n") + "\n"


def json_feed(words: Localizer, root: str) -> str:
    """The feed as JSON Feed 1.1."""
    about = words.dataset.about
    name = words.text(about.name)
    home = urls.absolute(root, words.language, "index")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": words.string("feed.title", name=name),
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "description": words.text(about.description),
        "language": words.lang,
        "authors": [{"name": name, "url": root}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": "\n".join(entry.lines),
                "date_published": entry.day.isoformat(),
                "date_modified": entry.day.isoformat(),
                "language": words.lang,
            }
            for entry in entries(words, root)
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"
