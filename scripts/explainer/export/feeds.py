"""The revisions as feeds: Atom and JSON Feed in each language, newest first."""

from datetime import datetime
from itertools import groupby

from feedgenerator import Atom1Feed

from explainer import urls
from explainer.data import Action, Revision
from explainer.export.json import Json, to_json
from explainer.i18n import Localizer


def describe_revision(localizer: Localizer, revision: Revision) -> str:
    """A revision as a sentence: action, subject, old and new state, reason."""
    figure = localizer.dataset.figures.get(revision.figure)
    key = "change" if revision.old else "state"
    if revision.action in (Action.MOVED, Action.SUPERSEDED):
        key = "successor"
    about = localizer.revision_subject(revision)
    parts = [localizer.string(f"revision.{revision.action}", about=about)]
    if revision.new:
        old = localizer.format_state(revision, revision.old) if revision.old else ""
        new = localizer.format_state(revision, revision.new)
        parts.append(localizer.string(f"revision.{key}", old=old, new=new))
    if revision.reason:
        parts.append(localizer.text(revision.reason, figure))
    return localizer.string("style.semicolon").join(parts)


def figure_title(localizer: Localizer, figure_id: str) -> str:
    """A figure's headline; for a retired one, that it moved, was superseded or withdrawn."""
    figure = localizer.dataset.figures.get(figure_id)
    if figure:
        return localizer.text(figure.headline, figure)
    retired = localizer.dataset.retired["figure", figure_id]
    return localizer.string(f"revision.{retired.state}", about=localizer.text(retired.label))


def _feed(localizer: Localizer, root: str) -> Json:
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
            "title": figure_title(localizer, figure_id),
            "content_text": "\n".join(describe_revision(localizer, change) for change in group),
            "date_published": f"{day}T00:00:00+00:00",
            "date_modified": f"{day}T00:00:00+00:00",
            "language": localizer.lang,
        }
        items.append(item)
    name = localizer.text(about.name)
    home = urls.absolute(root, localizer.language, "index")
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


def json_feed(localizer: Localizer, root: str) -> str:
    """The revisions as JSON Feed 1.1."""
    return to_json(_feed(localizer, root))


def atom_feed(localizer: Localizer, root: str) -> str:
    """The revisions as Atom (RFC 4287)."""
    feed = _feed(localizer, root)
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
    return str(atom.writeString("utf-8")).rstrip("\n") + "\n"
