"""What stands at the address of an id that left the data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from explainer import urls
from explainer.data import Dataset, Retired
from explainer.i18n import Localizer

PAGES = {"figure": urls.figure_page, "chart": urls.chart_page}
"""The sorts that have a page of their own, and where it is."""


def place(data: Dataset, sort: str, name: str) -> tuple[urls.Page, str]:
    """The page and the anchor at which an id of today answers."""
    owner, _, part = name.partition("/")
    match sort:
        case "figure" | "chart":
            return PAGES[sort](name), ""
        case "claim":
            return urls.figure_page(owner), part
        case "derivation":
            page = urls.figure_page(data.derivations[name].figure)
            return page, urls.derivation_anchor(name)
        case "rate":
            return "sources", urls.rate_anchor(name)
        case _:
            return "sources", urls.report_anchor(name)


@dataclass(frozen=True, slots=True)
class Line:
    """A retired part of a page: its old anchor, and where it leads now, if anywhere."""

    retired: Retired
    anchor: str
    page: urls.Page | None
    there: str


def answer(retired: Retired) -> tuple[urls.Page, str]:
    """The page and the anchor at which a retired id answers."""
    match retired.sort:
        case "figure" | "chart":
            return PAGES[retired.sort](retired.id), ""
        case "claim":
            return urls.figure_page(retired.owner), retired.id.partition("/")[2]
        case "derivation":
            page = urls.figure_page(retired.owner)
            return page, urls.derivation_anchor(retired.id)
        case "rate":
            return "sources", urls.rate_anchor(retired.id)
        case _:
            return "sources", urls.report_anchor(retired.id)


def lines(data: Dataset, found: Iterable[Retired]) -> tuple[Line, ...]:
    """Retired parts of one page, each at the anchor that it had."""
    made = []
    for one in found:
        _, anchor = answer(one)
        page, there = place(data, one.sort, one.successor) if one.successor else (None, "")
        made.append(Line(one, anchor, page, there))
    return tuple(made)


def on_figure(data: Dataset, figure: str) -> tuple[Line, ...]:
    """The retired claims and derivations of a figure."""
    parts = (*data.retired_on("claim", figure), *data.retired_on("derivation", figure))
    return lines(data, parts)


def among_sources(data: Dataset) -> tuple[Line, ...]:
    """The retired sources, reports and rates."""
    found = data.retired.values()
    return lines(data, (one for one in found if one.sort in ("source", "report", "rate")))


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history of what is gone; a claim's first one has the claim's anchor."""

    date: str
    said: str
    anchor: str


def history(words: Localizer, figure: str, taken: Iterable[str]) -> tuple[Told, ...]:
    """Everything that was ever published about a retired figure, newest first."""
    seen = {"", *taken}
    made = []
    for change in words.dataset.revisions_of(figure):
        claim = change.about.partition("/")[2]
        made.append(
            Told(change.date, words.describe_revision(change), "" if claim in seen else claim)
        )
        seen.add(claim)
    return tuple(made)


def retired_context(words: Localizer, retired: Retired) -> Mapping[str, object]:
    """The names that the template of a retired page knows on top of a page's."""
    data, is_figure = words.dataset, retired.sort == "figure"
    parts = on_figure(data, retired.id) if is_figure else ()
    there = said = ""
    if retired.successor:
        there, _ = place(data, retired.sort, retired.successor)
        said = (
            words.figure_title(retired.successor)
            if is_figure
            else words.text(data.charts[retired.successor].title)
        )
    return {
        "retired": retired,
        "there": there,
        "there_title": said,
        "retired_parts": parts,
        "history": history(words, retired.id, (p.anchor for p in parts)) if is_figure else (),
    }
