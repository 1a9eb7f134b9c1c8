"""Markdown twins: a figure as plain text for people and models, the hedge in every line."""

import re

from explainer import urls
from explainer.data import Figure
from explainer.export.feeds import told
from explainer.i18n import Localizer

_MARKS = re.compile(r"[\\`*_\[\]>#|~]|^[-+=]|(?<=^\d)[.)]")
_REFERENCE = re.compile(r"&(?=#?\w+;)")


def plain(text: str) -> str:
    """A text on one line whose characters Markdown will not act on, at its start or within.

    A tag's first character is written as a reference: not every reader of Markdown knows that it
    can be escaped, and some hand the tag on. See CommonMark 0.31.2, sections 2.4 and 2.5.
    """
    escaped = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    return _REFERENCE.sub("&amp;", escaped).replace("<", "&lt;")


def copied_number(words: Localizer, figure: Figure, root: str) -> str:
    """A figure's numbers as one line that cannot lose its hedges: who prints what, and where."""
    said = words.string("style.semicolon").join(
        words.string(
            "copy.claim",
            voice=words.text(claim.voice.label),
            amount=words.format_claim(claim),
            phrase=claim.mentions[0].exact,
        )
        for claim in figure.claims
    )
    url = urls.absolute(root, words.language, urls.figure_page(figure.id))
    status = words.string(f"status.{figure.comparison.status}")
    return words.string("copy.number", said=said, status=status, url=url)


def markdown_twin(words: Localizer, figure: Figure, root: str) -> str:
    """The figure's page as Markdown."""
    data = words.dataset
    url = urls.absolute(root, words.language, urls.figure_page(figure.id))
    lines = [
        f"# {plain(words.text(figure.headline, figure))}",
        "",
        plain(words.text(figure.question, figure)),
        "",
        f"> {plain(words.text(figure.summary, figure))}",
        "",
        f"## {plain(words.string('figure.as_printed'))}",
        "",
    ]
    for claim in figure.claims:
        places = words.string("style.list").join(words.format_place(m) for m in claim.mentions)
        line = words.string(
            "twin.claim",
            voice=words.text(claim.voice.label),
            amount=words.format_claim(claim),
            phrase=claim.mentions[0].exact,
            source=claim.source.title,
            place=places,
            measures=words.text(claim.scope, figure),
            nature=words.string(f"nature.{claim.nature}"),
        )
        lines.append(f"- {plain(line)} <{url}#{claim.id}>")
    status = plain(words.string(f"status.{figure.comparison.status}"))
    lines += [
        "",
        f"## {plain(words.string('figure.agreement'))}",
        "",
        f"**{status}** {plain(words.text(figure.comparison.reason, figure))}",
        "",
    ]
    for derivation in data.derivations_on(figure):
        made = f"{words.format_steps(derivation.id)} = {words.format_derivation(derivation.id)}"
        working = f"{words.text(derivation.label)}: {made}"
        lines.append(f"- {plain(words.string('twin.derived'))} {plain(working)}")
    reports = data.reports_on(figure.id)
    if reports:
        lines += ["", f"## {plain(words.string('figure.context'))}", ""]
        for report in reports:
            source = data.context[report.source]
            line = words.string(
                "twin.report",
                source=words.format_source(source),
                amount=words.format_report(report),
                phrase=report.phrase,
                measures=words.text(report.scope),
                seen=words.string(f"seen.{source.access}"),
            )
            address = f" <{source.url}>" if source.url else ""
            lines.append(f"- {plain(line)}{address}")
    for heading, texts in (("figure.notes", figure.notes), ("figure.unknown", figure.unknowns)):
        if texts:
            lines += ["", f"## {plain(words.string(heading))}", ""]
            lines += [f"- {plain(words.text(text, figure))}" for text in texts]
    lines += ["", f"## {plain(words.string('figure.history'))}", ""]
    lines += [f"- {r.date} {plain(told(words, r))}" for r in data.revisions_of(figure.id)]
    lines += ["", f"<{url}>", ""]
    return "\n".join(lines)


def llms(speaking: tuple[Localizer, ...], root: str) -> str:
    """``llms.txt``: what the site is, and a line for every figure that keeps its hedges."""
    first = speaking[0]
    about = first.dataset.about
    lines = [
        f"# {' · '.join(plain(w.text(about.name)) for w in speaking)}",
        "",
        *(f"> {plain(w.text(about.description))}" for w in speaking),
    ]
    for words in speaking:
        lines += ["", f"## {plain(words.string('llms.figures'))}", ""]
        for figure in words.dataset.figures.values():
            twin = f"{root}{urls.root_of(words.language)}figures/{figure.id}.md"
            said = "; ".join(
                f"{words.text(c.voice.short)}: {words.format_claim(c)}" for c in figure.claims
            )
            status = words.string(f"status.{figure.comparison.status}")
            label = plain(words.text(figure.label, figure))
            lines.append(f"- [{label}]({twin}): {plain(said)} ({plain(status)})")
    lines += ["", f"## {plain(first.string('llms.data'))}", ""]
    for name in ("dataset.json", "datapackage.json"):
        lines.append(f"- [{name}]({root}data/{name})")
    return "\n".join([*lines, ""])
