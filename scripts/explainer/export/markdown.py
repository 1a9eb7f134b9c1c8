"""Markdown twins of the figures' pages, and ``llms.txt``; every number stands with its hedge."""

import re
from collections.abc import Iterable

from explainer import urls
from explainer.data import Figure, Retired
from explainer.export.context import SiteContext
from explainer.export.feeds import describe_revision, figure_title
from explainer.i18n import Localizer

_MARKS = re.compile(r"[\\`*_\[\]>#|~]|^[-+=]|(?<=^\d)[.)]")
_CHARACTER_REFERENCE = re.compile(r"&(?=#?\w+;)")


def escape_markdown(text: str) -> str:
    """``text`` on one line, its characters escaped that Markdown would act on.

    ``<`` becomes a character reference: not every reader of Markdown knows that it can be escaped,
    and some hand the tag on. See CommonMark 0.31.2, sections 2.4 and 2.5.
    """
    escaped = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    return _CHARACTER_REFERENCE.sub("&amp;", escaped).replace("<", "&lt;")


def number_sentence(localizer: Localizer, figure: Figure, root: str) -> str:
    """A figure's claims as one line to copy: voice, hedged number and phrase, status, URL."""
    claims = localizer.string("style.semicolon").join(
        localizer.string(
            "copy.claim",
            voice=localizer.text(claim.voice.label),
            amount=localizer.amount(claim),
            phrase=claim.mentions[0].exact,
        )
        for claim in figure.claims
    )
    url = urls.absolute(root, localizer.language, urls.figure_page(figure.id))
    status = localizer.string(f"status.{figure.comparison.status}")
    return localizer.string("copy.number", said=claims, status=status, url=url)


def _section(localizer: Localizer, heading: str, lines: Iterable[str]) -> list[str]:
    """The lines of a section; none where it would be empty."""
    found = list(lines)
    return ["", f"## {escape_markdown(localizer.string(heading))}", "", *found] if found else []


def _claim_items(localizer: Localizer, figure: Figure, url: str) -> Iterable[str]:
    for claim in figure.claims:
        places = [localizer.place(mention) for mention in claim.mentions]
        line = localizer.string(
            "twin.claim",
            voice=localizer.text(claim.voice.label),
            amount=localizer.amount(claim),
            phrase=claim.mentions[0].exact,
            source=claim.source.title,
            place=localizer.string("style.list").join(places),
            measures=localizer.text(claim.scope, figure),
            nature=localizer.string(f"nature.{claim.nature}"),
        )
        yield f"- {escape_markdown(line)} <{url}#{claim.id}>"


def _derivation_items(localizer: Localizer, figure: Figure) -> Iterable[str]:
    marker = escape_markdown(localizer.string("twin.derived"))
    for derivation in localizer.dataset.derivations_on(figure):
        equation = f"{localizer.working(derivation.id)} = {localizer.derived(derivation.id)}"
        line = f"{localizer.text(derivation.label)}: {equation}"
        yield f"- {marker} {escape_markdown(line)}"


def _report_items(localizer: Localizer, figure: Figure) -> Iterable[str]:
    for report in localizer.dataset.reports_on(figure.id):
        source = localizer.dataset.context[report.source]
        line = localizer.string(
            "twin.report",
            source=localizer.source_name(source),
            amount=localizer.reported(report),
            phrase=report.phrase,
            measures=localizer.text(report.scope),
            seen=localizer.string(f"seen.{source.access}"),
        )
        yield f"- {escape_markdown(line)}" + (f" <{source.url}>" if source.url else "")


def _revision_items(localizer: Localizer, figure_id: str) -> Iterable[str]:
    for revision in localizer.dataset.revisions_of(figure_id):
        yield f"- {revision.date} {escape_markdown(describe_revision(localizer, revision))}"


def figure_markdown(localizer: Localizer, figure: Figure, root: str) -> str:
    """A figure's page as Markdown."""

    def items(texts: Iterable[str]) -> list[str]:
        return [f"- {escape_markdown(text)}" for text in texts]

    url = urls.absolute(root, localizer.language, urls.figure_page(figure.id))
    headline, question, summary, reason = (
        escape_markdown(localizer.text(text, figure))
        for text in (figure.headline, figure.question, figure.summary, figure.comparison.reason)
    )
    status = escape_markdown(localizer.string(f"status.{figure.comparison.status}"))
    agreement = [f"**{status}** {reason}", "", *_derivation_items(localizer, figure)]
    notes = items(localizer.text(note, figure) for note in figure.notes)
    unknowns = items(localizer.text(unknown, figure) for unknown in figure.unknowns)
    lines = [
        *(f"# {headline}", "", question, "", f"> {summary}"),
        *_section(localizer, "figure.as_printed", _claim_items(localizer, figure, url)),
        *_section(localizer, "figure.agreement", agreement),
        *_section(localizer, "figure.context", _report_items(localizer, figure)),
        *_section(localizer, "figure.notes", notes),
        *_section(localizer, "figure.unknown", unknowns),
        *_section(localizer, "figure.history", _revision_items(localizer, figure.id)),
    ]
    return "\n".join([*lines, "", f"<{url}>", ""])


def retired_markdown(localizer: Localizer, retired: Retired, root: str) -> str:
    """The page of a retired figure as Markdown: what became of it, and its history."""

    def url(figure_id: str) -> str:
        return urls.absolute(root, localizer.language, urls.figure_page(figure_id))

    date = localizer.date(retired.date)
    summary = localizer.string("retired.summary", id=retired.id, date=date)
    title = escape_markdown(figure_title(localizer, retired.id))
    lines = [f"# {title}", "", escape_markdown(summary)]
    if retired.reason:
        lines += ["", escape_markdown(localizer.text(retired.reason))]
    if retired.successor:
        label = localizer.string("retired.see" if retired.moved_to else "retired.instead")
        lines += ["", f"{escape_markdown(label)} <{url(retired.successor)}>"]
    lines += _section(localizer, "figure.history", _revision_items(localizer, retired.id))
    return "\n".join([*lines, "", f"<{url(retired.id)}>", ""])


def llms_txt(site: SiteContext) -> str:
    """``llms.txt``: what the site is, and one line for each figure that keeps its hedges."""
    localizers, about = site.words.values(), site.dataset.about
    lines = [
        f"# {' · '.join(escape_markdown(w.text(about.name)) for w in localizers)}",
        "",
        *(f"> {escape_markdown(w.text(about.description))}" for w in localizers),
    ]
    for localizer in localizers:
        folder = f"{site.root}{urls.root_of(localizer.language)}figures"
        figures = []
        for figure in site.dataset.figures.values():
            label = escape_markdown(localizer.text(figure.label, figure))
            claims = "; ".join(
                f"{localizer.text(claim.voice.short)}: {localizer.amount(claim)}"
                for claim in figure.claims
            )
            status = escape_markdown(localizer.string(f"status.{figure.comparison.status}"))
            url = f"{folder}/{figure.id}.md"
            figures.append(f"- [{label}]({url}): {escape_markdown(claims)} ({status})")
        lines += _section(localizer, "llms.figures", figures)
    names = ("dataset.json", "datapackage.json")
    files = [f"- [{name}]({site.root}data/{name})" for name in names]
    lines += _section(site.words["en"], "llms.data", files)
    return "\n".join([*lines, ""])
