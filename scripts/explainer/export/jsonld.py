"""Linked data in schema.org's vocabulary: one graph for a figure's page, one for the set.

``Observation`` is no ``CreativeWork`` there: it has no citation or language of its own and is
joined to its ``Claim`` by ``subjectOf``. Ids are those of the English pages; texts say their
language.
"""

import json
from collections.abc import Sequence
from typing import Any

from explainer import urls
from explainer.data import LANGUAGES, Access, Claim, ContextSource, Figure, Report, Source
from explainer.export.context import SiteContext
from explainer.extract import Bound, Kind, Language, Quantity
from explainer.i18n import TAGS

Node = dict[str, Any]
CONTEXT = "https://schema.org"
TABLES = ("figures", "claims", "reports", "derivations", "sources", "rates", "terms", "revisions")
_LIMITS = {
    Bound.MORE_THAN: "minValue",
    Bound.AT_LEAST: "minValue",
    Bound.NEARLY: "maxValue",
    Bound.LESS_THAN: "maxValue",
    Bound.AT_MOST: "maxValue",
}


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def listed(nodes: Sequence[Node]) -> str:
    """Nodes as a graph lists them. ``<`` is escaped, so that no text can close the script."""
    return _ENCODER.encode(nodes)[1:-1].replace("<", "\\u003c")


def written(*lists: str) -> str:
    """A graph of all the nodes that are ``listed``, as the text of a script element."""
    nodes = ",".join(some for some in lists if some)
    return f'{{"@context":"{CONTEXT}","@graph":[{nodes}]}}'


def _tagged(to: SiteContext, texts: dict[str, str]) -> list[Node]:
    return [{"@language": tag, "@value": text} for tag, text in texts.items()]


def _id(to: SiteContext, page: str, anchor: str) -> str:
    return urls.absolute(to.root, "en", page, anchor)


def _number(found: Quantity) -> Node:
    """Value and limits as decimal text, exactly as in the tables."""
    limits: Node = {}
    if found.value_max is not None:
        limits = {"minValue": f"{found.value:f}", "maxValue": f"{found.value_max:f}"}
    elif found.bound in _LIMITS:
        limits = {_LIMITS[found.bound]: f"{found.value:f}"}
    return {"value": f"{found.value:f}", **limits}


def _observation(node_id: str, found: Quantity, about: str, claim_id: str) -> Node:
    number = _number(found)
    node: Node = {
        "@type": "Observation",
        "@id": node_id,
        "variableMeasured": {"@id": about},
        "subjectOf": {"@id": claim_id},
        **number,
        "measurementQualifier": found.bound,
    }
    if found.kind is Kind.MONEY:
        node["unitText"] = found.currency
        money = {"@type": "MonetaryAmount", "currency": found.currency, **number}
        node["valueReference"] = money
    elif found.unit:
        node["unitText"] = found.unit
    return node


def _source(to: SiteContext, source: Source) -> Node:
    publisher = to.words["en"].format_term(source.publisher)
    node: Node = {
        "@type": "NewsArticle" if source.type == "article" else "QAPage",
        "@id": f"{to.root}sources/#{source.id}",
        "headline": source.title,
        "inLanguage": TAGS[source.language],
        "publisher": {"@type": "Organization", "name": publisher},
    }
    if source.issued:
        node["datePublished"] = source.issued
    if source.url:
        node["url"] = source.url
    if source.archived_url:
        node["archivedAt"] = source.archived_url
    return node


def _context(to: SiteContext, source: ContextSource) -> Node:
    node: Node = {
        "@type": "Report" if source.access is Access.NOT_SEEN else "NewsArticle",
        "@id": f"{to.root}sources/#{source.id}",
        "inLanguage": source.language,
        "publisher": {"@type": "Organization", "name": to.words["en"].text(source.publisher)},
    }
    if source.title:
        node["headline"] = source.title
    if source.issued:
        node["datePublished"] = source.issued.rstrip("~")
    if source.url:
        node["url"] = source.url
    return node


def _claim(to: SiteContext, figure: Figure, said: Claim) -> list[Node]:
    page = urls.figure_page(figure.id)
    claim_id, about = _id(to, page, said.id), _id(to, page, "figure")
    node: Node = {
        "@type": "Claim",
        "@id": claim_id,
        "text": {"@language": TAGS[said.source.language], "@value": said.mentions[0].exact},
        "inLanguage": TAGS[said.source.language],
        "name": _tagged(to, to.both(said.voice.label)),
        "appearance": {"@id": f"{to.root}sources/#{said.source.id}"},
        "claimInterpreter": {"@id": f"{to.root}#publisher"},
    }
    if said.voice.author:
        name = to.words["en"].format_term(said.voice.author)
        node["author"] = {"@type": "Person", "name": name}
    return [node, _observation(_id(to, page, f"o-{said.id}"), said.quantity, about, claim_id)]


def _report(to: SiteContext, figure: Figure, found: Report) -> list[Node]:
    anchor = urls.report_anchor(found.ref)
    claim_id = _id(to, "sources", anchor)
    node: Node = {
        "@type": "Claim",
        "@id": claim_id,
        "text": {
            "@language": to.dataset.context[found.source].language,
            "@value": found.phrase,
        },
        "appearance": {"@id": f"{to.root}sources/#{found.source}"},
        "claimInterpreter": {"@id": f"{to.root}#publisher"},
    }
    about = _id(to, urls.figure_page(figure.id), "figure")
    return [node, _observation(_id(to, "sources", f"o-{anchor}"), found.quantity, about, claim_id)]


def _publisher(to: SiteContext) -> Node:
    return {
        "@type": "Organization",
        "@id": f"{to.root}#publisher",
        "name": _tagged(to, to.both(to.dataset.about.name)),
        "url": to.root,
    }


def _page(
    to: SiteContext, language: Language, page: str, title: str, about: str, changed: str
) -> Node:
    own = urls.absolute(to.root, language, page)
    others = [
        {"@id": urls.absolute(to.root, code, page, "page")}
        for code in LANGUAGES
        if code != language
    ]
    return {
        "@type": "WebPage",
        "@id": f"{own}#page",
        "url": own,
        "name": title,
        "description": about,
        "inLanguage": TAGS[language],
        "dateModified": changed,
        "publisher": {"@id": f"{to.root}#publisher"},
        "isPartOf": {"@id": f"{to.root}data/#dataset"},
        # BilingualRenderer languages are written, neither is a translation of the other's original.
        "workTranslation" if language == "en" else "translationOfWork": others[0],
    }


def page_graph(
    to: SiteContext, language: Language, page: str, title: str, about: str
) -> list[Node]:
    """The graph of any page but a figure's."""
    changed = to.dataset.modified
    return [_page(to, language, page, title, about, changed), _publisher(to)]


def figure_node(to: SiteContext, language: Language, figure: Figure) -> Node:
    """The page of a figure in one language; :func:`figure_nodes` tells what it is about."""
    data, words = to.dataset, to.words[language]
    page = urls.figure_page(figure.id)
    history = data.revisions_of(figure.id)
    shown = _page(
        to,
        language,
        page,
        words.text(figure.headline, figure),
        words.text(figure.summary, figure),
        history[0].date,
    )
    node: Node = shown | {"mainEntity": {"@id": _id(to, page, "figure")}}
    corrections = [
        {"@type": "CorrectionComment", "text": words.text(told.reason), "datePublished": told.date}
        for told in history
        if told.reason
    ]
    if corrections:
        node["correction"] = corrections
    return node


def figure_nodes(to: SiteContext, figure: Figure) -> list[Node]:
    """The question, its claims and reports, and their numbers: the same in every language."""
    data = to.dataset
    variable: Node = {
        "@type": "StatisticalVariable",
        "@id": _id(to, urls.figure_page(figure.id), "figure"),
        "name": _tagged(to, to.both(figure.label, figure)),
        "description": _tagged(to, to.both(figure.question, figure)),
        "statType": figure.kind,
    }
    nodes: list[Node] = [variable, _publisher(to)]
    for said in figure.claims:
        nodes += _claim(to, figure, said)
    for found in data.reports_on(figure.id):
        nodes += _report(to, figure, found)
    nodes += [_source(to, s) for s in dict.fromkeys(said.source for said in figure.claims)]
    nodes += [_context(to, s) for s in data.context_of(figure.id)]
    return nodes


def set_graph(to: SiteContext, language: Language, title: str, about: str) -> list[Node]:
    """The graph of the data page: the set, its downloads and its licence."""
    described = to.dataset.about
    downloads = [("dataset.json", "application/json"), ("datapackage.json", "application/json")]
    downloads += [(f"{name}.csv", "text/csv") for name in TABLES]
    dataset: Node = {
        "@type": "Dataset",
        "@id": f"{to.root}data/#dataset",
        "name": _tagged(to, to.both(described.name)),
        "description": _tagged(to, to.both(described.description)),
        "url": f"{to.root}data/",
        "version": described.version,
        "datePublished": described.published,
        "dateModified": to.dataset.modified,
        "license": described.licence.url,
        "inLanguage": [TAGS[code] for code in LANGUAGES],
        "isAccessibleForFree": True,
        "creator": {"@id": f"{to.root}#publisher"},
        "isBasedOn": [{"@id": f"{to.root}sources/#{s}"} for s in to.dataset.sources],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{to.root}data/{name}",
                "encodingFormat": kind,
                "name": name,
            }
            for name, kind in downloads
        ],
    }
    nodes = page_graph(to, language, "data", title, about)
    nodes[0]["mainEntity"] = {"@id": f"{to.root}data/#dataset"}
    return [*nodes, dataset, *(_source(to, s) for s in to.dataset.sources.values())]
