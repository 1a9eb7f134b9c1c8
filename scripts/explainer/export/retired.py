"""What programs get at the address of a figure that left the data: JSON and a Markdown twin."""

from explainer import urls
from explainer.data import Retired
from explainer.export.context import SiteContext
from explainer.export.feeds import title, told
from explainer.export.json import Json, pages, present, revision
from explainer.export.markdown import plain
from explainer.i18n import Localizer


def retired_object(to: SiteContext, found: Retired) -> Json:
    """An id that left the data: its state, the day, the reason, what stands there now."""
    made = present(
        sort=found.sort,
        id=found.id,
        state=found.state,
        date=found.date,
        label=to.both(found.label),
        reason=to.both(found.reason) if found.reason else None,
        successor=found.successor,
    )
    if found.sort == "figure":
        made["url"] = pages(to, urls.figure_page(found.id))
        made["revisions"] = [revision(to, told) for told in to.dataset.revisions_of(found.id)]
    return made


def retired_twin(words: Localizer, found: Retired, root: str) -> str:
    """A retired figure as Markdown: what became of it, and all that was published about it."""
    said = words.string("retired.summary", id=found.id, date=words.format_date(found.date))
    lines = [f"# {title(words, found.id)}", "", plain(said), ""]
    if found.reason:
        lines += [plain(words.text(found.reason)), ""]
    if found.successor:
        key = "see" if found.moved_to else "instead"
        there = urls.figure_page(found.successor)
        url = urls.absolute(root, words.language, there)
        lines += [f"{plain(words.string(f'retired.{key}'))} <{url}>", ""]
    lines += [f"## {words.string('figure.history')}", ""]
    lines += [
        f"- {change.date} {plain(told(words, change))}"
        for change in words.dataset.revisions_of(found.id)
    ]
    own = urls.absolute(root, words.language, urls.figure_page(found.id))
    return "\n".join([*lines, "", f"<{own}>", ""])
