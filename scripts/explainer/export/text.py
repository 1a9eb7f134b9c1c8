"""Forms to read elsewhere: figures as Markdown, ``llms.txt``, and the revisions as feeds.

Every number stands with its hedge. The Markdown layouts are in ``templates/``: what they print is
escaped for Markdown unless it is marked as safe.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from feedgenerator import Atom1Feed
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from explainer import urls
from explainer.data import Figure, Retired, Revision
from explainer.export.json import Json, SiteContext, to_json
from explainer.i18n import Localizer

_MARKS = re.compile(r"[\\`*_\[\]>#|~]|^[-+=]|(?<=^\d)[.)]")
_CHARACTER_REFERENCE = re.compile(r"&(?=#?\w+;)")


def escape_markdown(value: object) -> str:
    """A value on one line, its characters escaped that Markdown would act on.

    ``<`` becomes a character reference: not every reader of Markdown knows that it can be escaped,
    and some hand the tag on. See CommonMark 0.31.2, sections 2.4 and 2.5.
    """
    if isinstance(value, Markup):
        return value
    escaped = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(str(value).split()))
    return _CHARACTER_REFERENCE.sub("&amp;", escaped).replace("<", "&lt;")


_JINJA = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    finalize=escape_markdown,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def figure_markdown(localizer: Localizer, item: Figure | Retired, root: str) -> str:
    """The page of a figure as Markdown, or of a retired one: what became of it."""
    figure = item if isinstance(item, Figure) else None
    return _JINJA.get_template("figure.md.j2" if figure else "retired.md.j2").render(
        data=localizer.dataset,
        localizer=localizer,
        item=item,
        string=localizer.string,
        text=lambda text: localizer.text(text, figure),
        places=lambda claim: [localizer.format_block(mention.block) for mention in claim.mentions],
        folder=urls.absolute(root, localizer.language, "figures/index"),
    )


def llms_txt(site: SiteContext) -> str:
    """``llms.txt``: what the site is, and one line for each figure that keeps its hedges."""
    localizers = tuple(site.words.values())
    return _JINJA.get_template("llms.txt.j2").render(
        data=site.dataset, localizers=localizers, root=site.root, root_of=urls.root_of
    )


def feeds(localizer: Localizer, root: str) -> Iterator[tuple[str, str]]:
    """Yield name and text of the feeds: the revisions as JSON Feed 1.1 and as Atom (RFC 4287)."""
    feed = _json_feed(localizer, root)
    yield "feed.json", to_json(feed)
    url = f"{feed['home_page_url']}feed.xml"
    atom = Atom1Feed(
        title=feed["title"],
        link=feed["home_page_url"],
        description=feed["description"],
        language=feed["language"],
        author_name=feed["authors"][0]["name"],
        feed_url=url,
        feed_guid=url,
        feed_copyright=localizer.text(localizer.dataset.about.licence.name),
    )
    for item in feed["items"]:
        date = datetime.fromisoformat(item["date_modified"])
        atom.add_item(
            title=item["title"],
            link=item["url"],
            description=item["content_text"].replace("\n", " "),
            pubdate=date,
            updateddate=date,
            unique_id=item["id"],
        )
    yield "feed.xml", str(atom.writeString("utf-8")).rstrip("\n") + "\n"


def _json_feed(localizer: Localizer, root: str) -> Json:
    """The JSON Feed, with an item for each figure and day with changes, newest first."""

    def day_and_figure(revision: Revision) -> tuple[str, str]:
        return revision.date, revision.figure

    about, items = localizer.dataset.about, []
    revisions = sorted(localizer.dataset.changes, key=day_and_figure, reverse=True)
    for (day, figure_id), group in groupby(revisions, key=day_and_figure):
        url = urls.absolute(root, localizer.language, urls.figure_page(figure_id))
        item = {
            "id": f"{url}#{day}",
            "url": url,
            "title": localizer.figure_title(figure_id),
            "content_text": "\n".join(map(localizer.describe_revision, group)),
            "date_published": f"{day}T00:00:00+00:00",
            "date_modified": f"{day}T00:00:00+00:00",
            "language": localizer.lang,
        }
        items.append(item)
    name, home = localizer.text(about.name), urls.absolute(root, localizer.language, "index")
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": localizer.string("feed.title", name=name),
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "description": localizer.text(about.description),
        "language": localizer.lang,
        "authors": [{"name": name, "url": root}],
        "items": items,
    }
