"""JSON-LD in schema.org's vocabulary: a graph for each page.

``Observation`` is no ``CreativeWork``: it has no citation or language of its own and is joined to
its ``Claim`` by ``subjectOf``. Ids are those of the English pages; texts carry their language.
"""

import json
from collections.abc import Mapping

from markupsafe import Markup

from explainer import urls
from explainer.charts.kinds import LEANS
from explainer.data import LANGUAGES
from explainer.export.csv import TABLES
from explainer.export.json import Json, SiteContext, drop_empty
from explainer.extract import Kind, Language
from explainer.i18n import TAGS, Localizer

_LIMITS = {"up": "minValue", "down": "maxValue"}


def graph_script(nodes: list[Json]) -> Markup:
    """A graph as the text of a script element; escaped, so that no text can close the element."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _tagged(texts: Mapping[str, str]) -> list[Json]:
    return [{"@language": tag, "@value": value} for tag, value in texts.items()]


def page_graph(
    site: SiteContext, language: Language, page: urls.Page, title: str, description: str
) -> list[Json]:
    """The graph of a page: the page itself, then what a figure's page or the home page is about.

    The page comes first, because readers that look for an article among the graph's nodes take the
    first one; so sources stand inside other nodes.
    """
    other, url = site.words[language].other.language, urls.absolute(site.root, language, page)
    page_node: Json = {
        "@type": "WebPage",
        "@id": f"{url}#page",
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": TAGS[language],
        "dateModified": site.dataset.modified,
        "publisher": {"@id": f"{site.root}#publisher"},
        "isPartOf": {"@id": f"{site.root}data/#dataset"},
        # Both languages are written side by side; English counts as the original.
        "workTranslation" if language == "en" else "translationOfWork": {
            "@id": urls.absolute(site.root, other, page, "page")
        },
    }
    if page == "index":
        name = _tagged(site.whole["name"])
        publisher = {"@type": "Organization", "@id": f"{site.root}#publisher", "name": name}
        return [page_node, publisher | {"url": site.root}]
    if page == "data":
        dataset_node = _dataset_node(site)
        return [page_node | {"mainEntity": {"@id": dataset_node["@id"]}}, dataset_node]
    if (figure := site.figures.get(page.removeprefix("figures/"))) is None:
        return [page_node]
    nodes, origins = _figure_nodes(site, figure, urls.absolute(site.root, "en", page, "figure"))
    revisions, tag = figure["revisions"], TAGS[language]
    page_node |= {
        "dateModified": revisions[0]["date"],
        "mainEntity": {"@id": nodes[0]["@id"]},
        "correction": [
            {"@type": "CorrectionComment", "text": one["reason"][tag], "datePublished": one["date"]}
            for one in revisions
            if "reason" in one
        ],
        "citation": [_source_node(site, source) for source in origins],
    }
    return [drop_empty(page_node), *nodes]


def _source_node(site: SiteContext, source: Json) -> Json:
    """An article or a context source from its JSON object."""
    kind = "QAPage" if source.get("type") == "question-and-answer" else "NewsArticle"
    return drop_empty(
        {
            "@type": "Report" if source.get("access") == "not-seen" else kind,
            "@id": f"{site.root}sources/#{source['id']}",
            # The entry of a context source, which its id leads to, has its title.
            "headline": None if "access" in source and "url" in source else source.get("title"),
            "inLanguage": source["language"],
            "publisher": {"@type": "Organization", "name": source["publisher"]["en"]},
            "datePublished": source.get("issued", "").rstrip("~"),
            "url": source.get("url"),
            "archivedAt": source.get("archived_url"),
        }
    )


def _claim_nodes(site: SiteContext, claim: Json, origin: Json, variable: str) -> list[Json]:
    """A claim or a report from its JSON object: the words as ``Claim``, then the number.

    ``origin`` has its ``source`` and ``language``. Value and limits are decimal text, as in the
    tables.
    """
    url, low = claim["url"]["en"], claim["value"]
    number = {"value": low}
    if "value_max" in claim:
        number |= {"minValue": low, "maxValue": claim["value_max"]}
    elif lean := LEANS.get(claim["bound"]):
        number[_LIMITS[lean]] = low
    money = {"@type": "MonetaryAmount", "currency": claim.get("currency"), **number}
    claim_node: Json = {
        "@type": "Claim",
        "@id": url,
        "text": {"@language": origin["language"], "@value": claim["printed"]},
        "appearance": {"@id": f"{site.root}sources/#{origin['source']}"},
        "claimInterpreter": {"@id": f"{site.root}#publisher"},
    }
    observation_node: Json = {
        "@type": "Observation",
        "@id": url.replace("#", "#o-"),
        "variableMeasured": {"@id": variable},
        "subjectOf": {"@id": url},
        **number,
        "measurementQualifier": claim["bound"],
        "unitText": claim.get("currency") or claim.get("unit"),
        "valueReference": money if claim["kind"] == Kind.MONEY else None,
    }
    return [claim_node, drop_empty(observation_node)]


def _figure_nodes(site: SiteContext, figure: Json, variable: str) -> tuple[list[Json], list[Json]]:
    """The question, its claims and reports with their numbers; and the sources of these."""
    variable_node: Json = {
        "@type": "StatisticalVariable",
        "@id": variable,
        "name": _tagged(figure["label"]),
        "description": _tagged(figure["question"]),
        "statType": figure["kind"],
    }
    nodes = [variable_node]
    for claim in figure["claims"]:
        voice = site.dataset.voices[claim["voice"]]
        claim_node, observation_node = _claim_nodes(site, claim, claim, variable)
        name = site.by_tag(Localizer.text, voice.label)
        claim_node |= {"inLanguage": claim["language"], "name": _tagged(name)}
        if voice.author:
            author = site.words["en"].format_term(voice.author)
            claim_node["author"] = {"@type": "Person", "name": author}
        nodes += [claim_node, observation_node]
    used = {claim["source"] for claim in figure["claims"]}
    origins = [one for one in site.whole["sources"] if one["id"] in used]
    origins += figure.get("context", [])
    for source in origins:
        for report in source.get("reports", []):
            nodes += _claim_nodes(site, report, {**source, "source": source["id"]}, variable)
    return nodes, origins


def _dataset_node(site: SiteContext) -> Json:
    """The set, its downloads, its licence and the articles."""
    about, whole, url = site.dataset.about, site.whole, f"{site.root}data/"
    downloads = [
        {
            "@type": "DataDownload",
            "contentUrl": f"{url}{name}",
            "encodingFormat": "text/csv" if name.endswith(".csv") else "application/json",
            "name": name,
        }
        for name in ("dataset.json", "datapackage.json", *(f"{name}.csv" for name in TABLES))
    ]
    return {
        "@type": "Dataset",
        "@id": f"{url}#dataset",
        "name": _tagged(whole["name"]),
        "description": _tagged(whole["description"]),
        "url": url,
        "version": about.version,
        "datePublished": about.published,
        "dateModified": whole["modified"],
        "license": about.licence.url,
        "inLanguage": [TAGS[code] for code in LANGUAGES],
        "isAccessibleForFree": True,
        "creator": {"@id": f"{site.root}#publisher"},
        "isBasedOn": [_source_node(site, source) for source in whole["sources"]],
        "distribution": downloads,
    }
