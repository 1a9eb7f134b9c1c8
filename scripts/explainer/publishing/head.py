"""What a page's head tells machines: citation and share tags, twins, feeds, linked data."""

from collections.abc import Mapping
from dataclasses import dataclass

from explainer import addresses
from explainer.citations import figure_record
from explainer.dataset import Figure
from explainer.forms import figure_graph, page_graph, set_graph
from explainer.forms.linked import written
from explainer.forms.speakers import Speakers
from explainer.quantities import Language

OG_LOCALES: Mapping[Language, str] = {"en": "en_US", "zh": "zh_CN"}


@dataclass(frozen=True, slots=True)
class Meta:
    """A meta element: ``key`` is "name" or "property"."""

    key: str
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Twin:
    """A link to another form of the page: its media type, its title, its absolute address."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one page in one language. ``graph`` is the text of a JSON-LD script."""

    metas: tuple[Meta, ...]
    twins: tuple[Twin, ...]
    graph: str


def head(to: Speakers, language: Language, page: str, title: str, about: str) -> Head:
    """The head of ``page``. An embed speaks for its figure."""
    name = page.removesuffix("/embed")
    figure = to.dataset.figures.get(name.removeprefix("figures/"))
    if figure is not None:
        graph = figure_graph(to, language, figure)
    elif page == "data":
        graph = set_graph(to, language, title, about)
    else:
        graph = page_graph(to, language, page, title, about)
    metas = [*_share(to, language, name, title, about)]
    metas += _citation(to, language, figure) if figure else []
    return Head(tuple(metas), tuple(_twins(to, language, figure)), written(graph))


def _share(to: Speakers, language: Language, page: str, title: str, about: str) -> list[Meta]:
    words = to.words[language]
    picture = f"{to.root}{addresses.share_picture(language, page)}"
    changed = to.dataset.modified
    properties = {
        "og:type": "article",
        "og:site_name": words.text(to.dataset.about.name),
        "og:title": title,
        "og:description": about,
        "og:url": addresses.absolute(to.root, language, page),
        "og:locale": OG_LOCALES[language],
        "og:locale:alternate": OG_LOCALES[words.other.language],
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": title,
        "article:modified_time": changed,
    }
    return [
        *(Meta("property", name, content) for name, content in properties.items()),
        Meta("name", "twitter:card", "summary_large_image"),
    ]


def _citation(to: Speakers, language: Language, figure: Figure) -> list[Meta]:
    record = figure_record(to.words[language], figure, to.root)
    tags = {
        "citation_title": record.title,
        "citation_author": record.author,
        "citation_publication_date": record.issued.strftime("%Y/%m/%d"),
        "citation_journal_title": record.container,
        "citation_language": "zh" if language == "zh" else "en",
        "citation_public_url": record.url,
        "citation_fulltext_html_url": record.url,
    }
    return [Meta("name", name, content) for name, content in tags.items()]


def _twins(to: Speakers, language: Language, figure: Figure | None) -> list[Twin]:
    own = f"{to.root}{addresses.root_of(language)}"
    feed = to.words[language].string(
        "feed.title", name=to.words[language].text(to.dataset.about.name)
    )
    twins = [
        Twin("application/atom+xml", feed, f"{own}feed.xml"),
        Twin("application/feed+json", feed, f"{own}feed.json"),
    ]
    if figure is None:
        return twins
    shared, spoken = f"{to.root}figures/{figure.id}", f"{own}figures/{figure.id}"
    forms = {
        "application/json": f"{shared}.json",
        "text/csv": f"{shared}.csv",
        "text/markdown": f"{spoken}.md",
        "application/x-bibtex": f"{spoken}.bib",
        "application/x-research-info-systems": f"{spoken}.ris",
        "application/vnd.citationstyles.csl+json": f"{spoken}.csl.json",
    }
    label = to.words[language].text(figure.label, figure)
    return [*twins, *(Twin(kind, label, href) for kind, href in forms.items())]
