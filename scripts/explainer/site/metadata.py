"""What a page's head tells machines: citation and share tags, twins, feeds, linked data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from explainer import urls
from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.export.jsonld import dataset_graph, figure_graph, graph_script, page_graph
from explainer.charts.social_card import SIZE
from explainer.site.page import Page, PageType
from explainer.site.retired_view import place
from explainer.extract import Language
from explainer.i18n import TAGS

_OG_LOCALES: Mapping[Language, Markup] = {"en": Markup("en_US"), "zh": Markup("zh_CN")}
_FEEDS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
_SHARED_FORMS = {"json": "application/json", "csv": "text/csv"}
_SPOKEN_FORMS = {
    "md": "text/markdown",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl.json": "application/vnd.citationstyles.csl+json",
}


@dataclass(frozen=True, slots=True)
class AlternateLink:
    """A link to another form of the page: its media type, its title, its absolute address."""

    type: str
    title: str
    href: Markup


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a head says of its page alone, besides title and description.

    ``graph`` is linked data as it is written; of a figure also its label, and the day of its last
    revision as citations write it.
    """

    graph: str
    label: str = ""
    issued: str = ""


def own(to: SiteContext, page: Page) -> PageMetadata:
    """What the head of ``page`` says of it alone."""
    if page.sort is not PageType.FIGURE:
        return PageMetadata(graph_script(_graph(to, page)))
    figure, words = to.dataset.figures[page.id], to.words[page.language]
    graph = graph_script(figure_graph(to, page.language, figure))
    issued = to.dataset.revisions_of(figure.id)[0].date
    return PageMetadata(graph, words.text(figure.label, figure), issued.replace("-", "/"))


def names(to: SiteContext, page: Page, own: PageMetadata | None) -> dict[str, object]:
    """The names that the template of a page's head knows; the page of a lost id has nothing own."""
    language = page.language
    words = to.words[language]
    if own is None:
        return {"retired": page.retired, **moved(to, page)}
    forms = {code: urls.absolute(to.root, code, page.name) for code in LANGUAGES}
    return {
        "retired": None,
        "canonical": Markup(forms[language]),
        "forms": {
            **{TAGS[code]: Markup(form) for code, form in forms.items()},
            "x-default": Markup(forms[urls.DEFAULT]),
        },
        "site_name": words.text(to.dataset.about.name),
        "title": page.title,
        "about": page.about,
        "locale": _OG_LOCALES[language],
        "other_locale": _OG_LOCALES[words.other.language],
        "picture": Markup(f"{to.root}{urls.share_picture(language, page.name)}"),
        "picture_size": SIZE,
        "modified": to.dataset.modified,
        "issued": own.issued,
        "language": language,
        "twins": tuple(_twins(to, page, own.label)),
        "graph": Markup(own.graph),
    }


def moved(to: SiteContext, page: Page) -> dict[str, object]:
    """Where the page of a retired id leads, relative and absolute; nowhere unless it moved."""
    retired = page.retired
    if retired is None or retired.moved_to is None:
        return {"moved_to": None}
    there, _ = place(to.dataset, retired.sort, retired.moved_to)
    if page.sort is PageType.EMBED:
        there = f"{there}/embed"
    return {
        "moved_to": Markup(urls.link(page.name, there)),
        "moved_page": Markup(urls.absolute(to.root, page.language, there)),
    }


def _graph(to: SiteContext, page: Page) -> list[dict[str, object]]:
    if page.name == "data":
        return dataset_graph(to, page.language, page.title, page.about)
    return page_graph(to, page.language, page.name, page.title, page.about)


def _twins(to: SiteContext, page: Page, label: str) -> Iterator[AlternateLink]:
    words = to.words[page.language]
    own = f"{to.root}{urls.root_of(page.language)}"
    feed = words.string("feed.title", name=words.text(to.dataset.about.name))
    for name, kind in _FEEDS.items():
        yield AlternateLink(kind, feed, Markup(f"{own}{name}"))
    if page.sort is PageType.FIGURE:
        for forms, root in ((_SHARED_FORMS, to.root), (_SPOKEN_FORMS, own)):
            for ending, kind in forms.items():
                yield AlternateLink(kind, label, Markup(f"{root}{page.name}.{ending}"))
