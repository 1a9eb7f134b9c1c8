"""What a page's head says to machines: citation and share tags, other forms, linked data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from explainer import urls
from explainer.export import SiteContext
from explainer.export.json import Json
from explainer.export.jsonld import dataset_graph, figure_graph, graph_script, page_graph
from explainer.extract import Language
from explainer.site.pages import PageInfo, PageKind

_OG_LOCALES: Mapping[Language, str] = {"en": "en_US", "zh": "zh_CN"}
_FEEDS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}
_SHARED_FORMS = {"json": "application/json", "csv": "text/csv"}
_LOCALIZED_FORMS = {
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
    href: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The head of one page, for ``partials/head.html``.

    ``issued`` is the day of a figure's last revision as citations write it ("2026/11/02"), empty
    for other pages; ``graph`` is linked data, safe inside a script element.
    """

    canonical: str
    site_name: str
    locale: str
    other_locale: str
    image: str
    modified: str
    issued: str
    forms: Sequence[AlternateLink]
    graph: Markup


def page_metadata(site: SiteContext, page: PageInfo) -> PageMetadata:
    """Return what the head of ``page`` says besides its title and description."""
    words = site.words[page.language]
    is_figure = page.kind is PageKind.FIGURE
    issued = site.dataset.revisions_of(page.id)[0].date.replace("-", "/") if is_figure else ""
    return PageMetadata(
        canonical=urls.absolute(site.root, page.language, page.name),
        site_name=words.text(site.dataset.about.name),
        locale=_OG_LOCALES[page.language],
        other_locale=_OG_LOCALES[words.other.language],
        image=f"{site.root}{page.picture}.png",
        modified=site.dataset.modified,
        issued=issued,
        forms=tuple(_forms(site, page)),
        graph=Markup(graph_script(_graph(site, page))),
    )


def _graph(site: SiteContext, page: PageInfo) -> list[Json]:
    if page.kind is PageKind.FIGURE:
        return figure_graph(site, page.language, site.dataset.figures[page.id])
    if page.name == "data":
        return dataset_graph(site, page.language, page.title, page.description)
    return page_graph(site, page.language, page.name, page.title, page.description)


def _forms(site: SiteContext, page: PageInfo) -> Iterator[AlternateLink]:
    words = site.words[page.language]
    own = f"{site.root}{urls.root_of(page.language)}"
    feed = words.string("feed.title", name=words.text(site.dataset.about.name))
    for name, kind in _FEEDS.items():
        yield AlternateLink(kind, feed, f"{own}{name}")
    if page.kind is PageKind.FIGURE:
        figure = site.dataset.figures[page.id]
        label = words.text(figure.label, figure)
        for forms, root in ((_SHARED_FORMS, site.root), (_LOCALIZED_FORMS, own)):
            for ending, kind in forms.items():
                yield AlternateLink(kind, label, f"{root}{page.name}.{ending}")
