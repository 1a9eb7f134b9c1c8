"""Forms to read elsewhere: figures as Markdown, ``llms.txt``, and the revisions as feeds.

Every number stands with its hedge. The Markdown layouts are in ``templates/``: what they print is
escaped for Markdown unless it is marked as safe.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from feedgenerator import Atom1Feed
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from explainer import urls
from explainer.data import Figure, Retired
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
    """Yield name and text of the feeds: the revisions as JSON Feed 1.1 and as Atom (RFC 4287).

    Both have an item for each figure and day with changes, newest first.
    """
    about, day_and_figure = localizer.dataset.about, attrgetter("date", "figure")
    name, home = localizer.text(about.name), urls.absolute(root, localizer.language, "index")
    items: list[Json] = []
    feed: Json = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": localizer.string("feed.title", name=name),
        "home_page_url": home,
        "feed_url": f"{home}feed.json",
        "description": localizer.text(about.description),
        "language": localizer.lang,
        "authors": [{"name": name, "url": root}],
        "items": items,
    }
    atom = Atom1Feed(
        title=feed["title"],
        link=home,
        description=feed["description"],
        language=localizer.lang,
        author_name=name,
        feed_url=f"{home}feed.xml",
        feed_guid=f"{home}feed.xml",
        feed_copyright=localizer.text(about.licence.name),
    )
    revisions = sorted(localizer.dataset.changes, key=day_and_figure, reverse=True)
    for (day, figure_id), group in groupby(revisions, key=day_and_figure):
        url = urls.absolute(root, localizer.language, urls.figure_page(figure_id))
        title, date = localizer.figure_title(figure_id), datetime.fromisoformat(f"{day}T00:00Z")
        texts = [localizer.describe_revision(revision) for revision in group]
        item = {"id": f"{url}#{day}", "url": url, "title": title, "content_text": "\n".join(texts)}
        item |= {"date_published": date.isoformat(), "date_modified": date.isoformat()}
        items.append(item | {"language": localizer.lang})
        place = {"link": url, "unique_id": item["id"], "pubdate": date, "updateddate": date}
        atom.add_item(title=title, description=" ".join(texts), **place)
    yield "feed.json", to_json(feed)
    yield "feed.xml", str(atom.writeString("utf-8")).rstrip("\n") + "\n"
