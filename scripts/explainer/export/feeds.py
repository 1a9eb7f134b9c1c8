"""The revisions as feeds: Atom and JSON Feed in each language, newest first."""

from datetime import datetime
from itertools import groupby

from feedgenerator import Atom1Feed

from explainer import urls
from explainer.data import Revision
from explainer.export.json import Json, to_json
from explainer.i18n import Localizer


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
            "title": localizer.figure_title(figure_id),
            "content_text": "\n".join(map(localizer.describe_revision, group)),
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
