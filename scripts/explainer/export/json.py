"""The dataset as JSON: one object for each figure, one for the set. Numbers are decimal strings,
texts stand beside each other by BCP 47 tag, and nothing that has no value is present.
"""

import json
from typing import Any

from explainer import urls
from explainer.data import (
    LANGUAGES,
    Claim,
    ContextSource,
    Derivation,
    Figure,
    Mention,
    Rate,
    Report,
    Revision,
    Source,
    Term,
    Voice,
)
from explainer.derive import convert, list_currencies
from explainer.export.context import SiteContext
from explainer.extract import Quantity, write
from explainer.i18n import TAGS

Json = dict[str, Any]


def written(value: Json) -> str:
    """The text of a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def present(**fields: Any) -> Json:
    """The fields that have a value."""
    return {key: value for key, value in fields.items() if value not in (None, "", [], {}, ())}


def quantity(found: Quantity) -> Json:
    """A quantity: exact decimals in base units, and how the hedge bounds them."""
    return present(
        kind=found.kind,
        value=f"{found.value:f}",
        value_max=None if found.value_max is None else f"{found.value_max:f}",
        currency=found.currency,
        unit=found.unit,
        bound=found.bound,
        scale_printed=found.scale,
        edtf=found.edtf,
        display={TAGS[code]: write(found, code) for code in LANGUAGES},
    )


def pages(to: SiteContext, page: str, anchor: str = "") -> dict[str, str]:
    """A page's address in each language."""
    return {TAGS[code]: urls.absolute(to.root, code, page, anchor) for code in LANGUAGES}


def mention(found: Mention) -> Json:
    """A mention: the phrase and where it stands in its source's text."""
    return present(
        id=found.id, exact=found.exact, block=found.block, start=found.start, end=found.end
    )


def claim(to: SiteContext, figure: Figure, said: Claim) -> Json:
    """A claim with its phrase, its quantity, its voice and the chain of who said it."""
    return present(
        id=said.id,
        url=pages(to, urls.figure_page(figure.id), said.id),
        voice=said.voice.id,
        source=said.source.id,
        language=TAGS[said.source.language],
        printed=said.mentions[0].exact,
        mentions=[mention(found) for found in said.mentions],
        **quantity(said.quantity),
        nature=said.nature,
        period=said.period,
        scope=to.both(said.scope, figure),
        attribution=[{"agent": a.agent, "role": a.role, "verb": a.verb} for a in said.attribution],
        note=to.both(said.note, figure) if said.note else None,
    )


def report(to: SiteContext, found: Report) -> Json:
    """What a context source prints."""
    return present(
        id=found.id,
        url=pages(to, "sources", urls.report_anchor(found.ref)),
        figure=found.figure,
        relation=found.relation if found.figure else None,
        printed=found.phrase,
        normalized=found.normalized,
        **quantity(found.quantity),
        nature=found.nature,
        scope=to.both(found.scope),
    )


def context_source(to: SiteContext, found: ContextSource, figure: str | None = None) -> Json:
    """A context source, with its reports on one figure or all of them."""
    return present(
        id=found.id,
        role="context",
        publisher=to.both(found.publisher),
        publisher_original=found.publisher_original,
        host=found.host,
        language=found.language,
        title=found.title,
        title_from=found.title_from if found.title else None,
        title_translation=to.both(found.title_translation) if found.title_translation else None,
        url=found.url,
        archived_url=found.archived_url,
        issued=found.issued,
        access=found.access,
        shows=to.both(found.shows),
        figures=list(found.figures),
        reports=[report(to, r) for r in found.reports if figure in (None, r.figure)],
    )


def derivation(to: SiteContext, found: Derivation) -> Json:
    """Our own arithmetic: formula, inputs, and the result as rounded for print."""
    result = to.reckoned[found.id]
    return present(
        id=found.id,
        figure=found.figure,
        url=pages(to, urls.figure_page(found.figure), urls.derivation_anchor(found.id)),
        label=to.both(found.label),
        formula=found.formula,
        inputs=dict(found.inputs),
        value=f"{result.value:f}",
        exact=result.exact,
        currency=found.currency,
        display=to.each({code: to.words[code].format_derivation(found.id) for code in LANGUAGES}),
        working=to.each({code: to.words[code].format_steps(found.id) for code in LANGUAGES}),
        note=to.both(found.note) if found.note else None,
    )


def revision(to: SiteContext, told: Revision) -> Json:
    """A dated change."""
    return present(
        date=told.date,
        about=told.about,
        action=told.action,
        old=told.old,
        new=told.new,
        reason=to.both(told.reason) if told.reason else None,
    )


def rate(to: SiteContext, found: Rate) -> Json:
    """A published exchange rate."""
    return present(
        id=found.id,
        base=found.base,
        quote=found.quote,
        period=found.period,
        value=f"{found.value:f}",
        value_max=None if found.value_max is None else f"{found.value_max:f}",
        publisher=to.words["en"].format_term(found.publisher),
        url=found.url,
        access=found.access,
    )


def _conversions(to: SiteContext, figure: Figure) -> list[Json]:
    """Every money claim in every other currency, at the average of the figure's period."""
    period = figure.comparison.rate_period
    found = []
    for said in figure.claims if period else ():
        for currency in list_currencies(to.dataset):
            made = convert(to.dataset, said.quantity, currency, period or "")
            if made:
                rates = [used.id for used in made.rates]
                found.append(
                    {"claim": said.id, "period": period, "rates": rates, **quantity(made.result)}
                )
    return found


def figure_object(to: SiteContext, figure: Figure) -> Json:
    """Everything about one figure."""
    data, page = to.dataset, urls.figure_page(figure.id)
    files = {
        ending: f"{to.root}figures/{figure.id}.{ending}"
        for ending in ("json", "csv", "md", "bib", "ris", "csl.json", "svg", "png")
    }
    return {
        "$schema": f"{to.root}data/schema/figure.json",
        **present(
            id=figure.id,
            url=pages(to, page),
            files=files,
            topic=figure.topic,
            kind=figure.kind,
            label=to.both(figure.label, figure),
            question=to.both(figure.question, figure),
            headline=to.both(figure.headline, figure),
            summary=to.both(figure.summary, figure),
            claims=[claim(to, figure, said) for said in figure.claims],
            comparison=present(
                status=figure.comparison.status,
                reason=to.both(figure.comparison.reason, figure),
                derivations=list(figure.comparison.derivations),
                rate_period=figure.comparison.rate_period,
            ),
            conversions=_conversions(to, figure),
            derivations=[derivation(to, d) for d in data.derivations_on(figure)],
            context_note=to.both(figure.context, figure) if figure.context else None,
            context=[context_source(to, s, figure.id) for s in data.context_of(figure.id)],
            unknowns=[to.both(unknown, figure) for unknown in figure.unknowns],
            notes=[to.both(note, figure) for note in figure.notes],
            revisions=[revision(to, told) for told in data.revisions_of(figure.id)],
            licence=data.about.licence.id,
        ),
    }


def _voice(to: SiteContext, found: Voice) -> Json:
    return present(
        id=found.id, label=to.both(found.label), author=found.author, blocks=list(found.blocks)
    )


def primary_source(to: SiteContext, found: Source) -> Json:
    """One of the articles explained here, with its voices."""
    publisher = {TAGS[code]: to.words[code].format_term(found.publisher) for code in LANGUAGES}
    return present(
        id=found.id,
        role=found.role,
        type=found.type,
        language=TAGS[found.language],
        title=found.title,
        title_translation=found.title_translation,
        publisher=publisher,
        author=found.author,
        credit=found.credit,
        issued=found.issued,
        date_note=to.both(found.date_note),
        url=found.url,
        archived_url=found.archived_url,
        archive_note=to.both(found.archive_note) if found.archive_note else None,
        retrieved=found.retrieved,
        sha256=to.dataset.digests[found.id].digest,
        voices=[_voice(to, voice) for voice in found.voices],
    )


def _term(to: SiteContext, found: Term) -> Json:
    return present(
        id=found.id,
        kind=found.kind,
        name=present(**{"en": found.en, "zh-Hans": found.zh, "ko": found.ko}),
        variants=[present(text=v.text, lang=v.lang, evidence=v.evidence) for v in found.variants],
        printed=dict(found.printed),
        evidence=dict(found.evidence),
        ids=dict(found.ids),
        note=to.both(found.note) if found.note else None,
    )


def set_object(to: SiteContext) -> Json:
    """The whole set."""
    data = to.dataset
    about = data.about
    return {
        "$schema": f"{to.root}data/schema/dataset.json",
        "id": about.slug,
        "url": pages(to, "data"),
        "name": to.both(about.name),
        "description": to.both(about.description),
        "version": about.version,
        "published": about.published,
        "modified": data.modified,
        "licence": {"id": about.licence.id, "url": about.licence.url},
        "sources": [primary_source(to, s) for s in data.sources.values()],
        "context": [context_source(to, s) for s in data.context.values()],
        "figures": [figure_object(to, figure) for figure in data.figures.values()],
        "derivations": [derivation(to, d) for d in data.derivations.values()],
        "rates": [rate(to, r) for r in data.rates.values()],
        "terms": [_term(to, t) for t in data.terms.values()],
        "revisions": [revision(to, told) for told in data.changes],
    }
