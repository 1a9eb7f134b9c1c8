"""The rows of every table: one function a table, cells as text, nothing as an empty cell."""

from collections.abc import Iterator

from explainer import urls
from explainer.charts import Values
from explainer.data import Chart, Claim, Figure, Report
from explainer.export.context import SiteContext
from explainer.extract import Quantity
from explainer.i18n import TAGS

Row = dict[str, str]


def quantity(found: Quantity) -> Row:
    """A quantity in the columns that every number has."""
    return {
        "kind": found.kind,
        "value": f"{found.value:f}",
        "value_max": "" if found.value_max is None else f"{found.value_max:f}",
        "currency": found.currency or "",
        "unit": found.unit or "",
        "bound": found.bound,
        "scale_printed": found.scale or "",
        "edtf": found.edtf or "",
    }


def figures(to: SiteContext) -> Iterator[Row]:
    """The questions."""
    en, zh = to.words["en"], to.words["zh"]
    for figure in to.dataset.figures.values():
        texts = {
            f"{name}_{code}": words.text(getattr(figure, name), figure)
            for name in ("label", "question", "headline")
            for code, words in (("en", en), ("zh", zh))
        }
        yield {
            "id": figure.id,
            "topic": figure.topic,
            "kind": figure.kind,
            "status": figure.comparison.status,
            **texts,
            "url": urls.absolute(to.root, "en", urls.figure_page(figure.id)),
        }


def claim(to: SiteContext, figure: Figure, said: Claim) -> Row:
    """A claim."""
    en, zh = to.words["en"], to.words["zh"]
    return {
        "id": said.ref,
        "figure": figure.id,
        "voice": said.voice.id,
        "source": said.source.id,
        "language": TAGS[said.source.language],
        "printed": said.mentions[0].exact,
        "blocks": " ".join(found.block for found in said.mentions),
        **quantity(said.quantity),
        "nature": said.nature,
        "period": said.period or "",
        "display_en": en.format_claim(said),
        "display_zh": zh.format_claim(said),
        "scope_en": en.text(said.scope, figure),
        "scope_zh": zh.text(said.scope, figure),
        "attribution": " ".join(f"{a.role}:{a.agent}:{a.verb}" for a in said.attribution),
        "url": urls.absolute(to.root, "en", urls.figure_page(figure.id), said.id),
    }


def claims(to: SiteContext) -> Iterator[Row]:
    """Every claim."""
    for figure in to.dataset.figures.values():
        for said in figure.claims:
            yield claim(to, figure, said)


def report(to: SiteContext, found: Report) -> Row:
    """A report."""
    en, zh = to.words["en"], to.words["zh"]
    source = to.dataset.context[found.source]
    return {
        "id": found.ref,
        "figure": found.figure or "",
        "relation": found.relation if found.figure else "",
        "source": found.source,
        "language": source.language,
        "printed": found.phrase,
        "normalized": found.normalized or "",
        **quantity(found.quantity),
        "nature": found.nature,
        "access": source.access,
        "issued": source.issued or "",
        "display_en": en.format_report(found),
        "display_zh": zh.format_report(found),
        "scope_en": en.text(found.scope),
        "scope_zh": zh.text(found.scope),
        "url": urls.absolute(to.root, "en", "sources", urls.report_anchor(found.ref)),
    }


def reports(to: SiteContext) -> Iterator[Row]:
    """Every report."""
    for source in to.dataset.context.values():
        for found in source.reports:
            yield report(to, found)


def derivations(to: SiteContext) -> Iterator[Row]:
    """Our own arithmetic."""
    en, zh = to.words["en"], to.words["zh"]
    for found in to.dataset.derivations.values():
        result = to.reckoned[found.id]
        yield {
            "id": found.id,
            "figure": found.figure,
            "formula": found.formula,
            "inputs": " ".join(f"{name}:{ref}" for name, ref in found.inputs.items()),
            "value": f"{result.value:f}",
            "currency": found.currency or "",
            "exact": "true" if result.exact else "false",
            "label_en": en.text(found.label),
            "label_zh": zh.text(found.label),
            "display_en": en.format_derivation(found.id),
            "display_zh": zh.format_derivation(found.id),
        }


def sources(to: SiteContext) -> Iterator[Row]:
    """Articles and context sources."""
    en, zh = to.words["en"], to.words["zh"]
    for source in to.dataset.sources.values():
        yield {
            "id": source.id,
            "role": source.role,
            "language": TAGS[source.language],
            "publisher_en": en.format_term(source.publisher),
            "publisher_zh": zh.format_term(source.publisher),
            "title": source.title,
            "issued": source.issued or "",
            "access": "page",
            "url": source.url or "",
            "archived_url": source.archived_url or "",
        }
    for seen in to.dataset.context.values():
        yield {
            "id": seen.id,
            "role": "context",
            "language": seen.language,
            "publisher_en": en.text(seen.publisher),
            "publisher_zh": zh.text(seen.publisher),
            "title": seen.title or "",
            "issued": seen.issued or "",
            "access": seen.access,
            "url": seen.url or "",
            "archived_url": seen.archived_url or "",
        }


def voices(to: SiteContext) -> Iterator[Row]:
    """Who speaks in the articles."""
    for voice in to.dataset.voices.values():
        yield {
            "id": voice.id,
            "source": voice.source,
            "label_en": to.words["en"].text(voice.label),
            "label_zh": to.words["zh"].text(voice.label),
        }


def rates(to: SiteContext) -> Iterator[Row]:
    """Exchange rates."""
    for rate in to.dataset.rates.values():
        yield {
            "id": rate.id,
            "base": rate.base,
            "quote": rate.quote,
            "period": rate.period,
            "value": f"{rate.value:f}",
            "value_max": "" if rate.value_max is None else f"{rate.value_max:f}",
            "publisher": to.words["en"].format_term(rate.publisher),
            "access": rate.access,
            "url": rate.url,
        }


def terms(to: SiteContext) -> Iterator[Row]:
    """Names."""
    for term in to.dataset.terms.values():
        yield {
            "id": term.id,
            "kind": term.kind,
            "name_en": term.en,
            "name_zh": term.zh,
            "name_ko": term.ko or "",
            "variants": " | ".join(v.text for v in term.variants),
        }


def revisions(to: SiteContext) -> Iterator[Row]:
    """The history, numbered."""
    en, zh = to.words["en"], to.words["zh"]
    for number, told in enumerate(to.dataset.changes, 1):
        yield {
            "id": str(number),
            "date": told.date,
            "figure": told.figure,
            "about": told.about,
            "action": told.action,
            "old": told.old or "",
            "new": told.new or "",
            "reason_en": en.text(told.reason) if told.reason else "",
            "reason_zh": zh.text(told.reason) if told.reason else "",
        }


def chart(to: SiteContext, drawn: Chart) -> Iterator[Row]:
    """The numbers of a chart; a row without one stands with its label alone."""
    en, zh = to.words["en"], to.words["zh"]
    values = Values(to.dataset, to.reckoned, drawn)
    for number, row in enumerate(drawn.rows):
        about = {
            "date": row.date or "",
            "label_en": en.text(row.label),
            "label_zh": zh.text(row.label),
        }
        empty = dict.fromkeys(_NUMBER, "")
        if not row.refs:
            yield about | empty
        for ref, found in zip(row.refs, values.inputs(number), strict=True):
            quantity = values.quantity(found)
            yield about | {
                "ref": ref if "/" in ref and ":" not in ref else ref.replace("=", "derivation:"),
                "value": f"{quantity.value:f}",
                "currency": quantity.currency or "",
                "unit": quantity.unit or "",
                "display_en": en.format_input(found),
                "display_zh": zh.format_input(found),
                "speaker_en": en.attribution_of(found),
                "speaker_zh": zh.attribution_of(found),
            }


_NUMBER = (
    *("ref", "value", "currency", "unit", "display_en", "display_zh", "speaker_en", "speaker_zh"),
)
