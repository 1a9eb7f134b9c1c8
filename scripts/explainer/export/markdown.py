"""Markdown twins of the figures' pages, and ``llms.txt``; every number stands with its hedge.

Their layouts are in ``templates/``. What a template prints is escaped for Markdown unless it is
marked as safe.
"""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from explainer import urls
from explainer.data import Claim, Figure, Retired
from explainer.export.context import SiteContext
from explainer.i18n import Localizer

_MARKS = re.compile(r"[\\`*_\[\]>#|~]|^[-+=]|(?<=^\d)[.)]")
_CHARACTER_REFERENCE = re.compile(r"&(?=#?\w+;)")


def escape_markdown(value: object) -> str:
    """A value on one line, its characters escaped that Markdown would act on.

    ``<`` becomes a character reference: not every reader of Markdown knows that it can be escaped,
    and some hand the tag on. See CommonMark 0.31.2, sections 2.4 and 2.5.
    """
    if isinstance(value, Markup):
        return value
    escaped = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(str(value).split()))
    return _CHARACTER_REFERENCE.sub("&amp;", escaped).replace("<", "&lt;")


_JINJA = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    finalize=escape_markdown,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def figure_markdown(localizer: Localizer, figure: Figure, root: str) -> str:
    """A figure's page as Markdown."""

    def places(claim: Claim) -> str:
        places = [localizer.format_block(mention.block) for mention in claim.mentions]
        return localizer.string("style.list").join(places)

    return _render("figure.md.j2", localizer, root, figure=figure, places=places)


def retired_markdown(localizer: Localizer, retired: Retired, root: str) -> str:
    """The page of a retired figure as Markdown: what became of it."""
    return _render("retired.md.j2", localizer, root, retired=retired)


def _render(
    template: str, localizer: Localizer, root: str, figure: Figure | None = None, **names: object
) -> str:
    def link(figure_id: str, anchor: str = "") -> Markup:
        page = urls.figure_page(figure_id)
        return Markup(f"<{urls.absolute(root, localizer.language, page, anchor)}>")

    return _JINJA.get_template(template).render(
        data=localizer.dataset,
        localizer=localizer,
        figure=figure,
        string=localizer.string,
        text=lambda text: localizer.text(text, figure),
        link=link,
        **names,
    )


def llms_txt(site: SiteContext) -> str:
    """``llms.txt``: what the site is, and one line for each figure that keeps its hedges."""
    localizers = tuple(site.words.values())
    return _JINJA.get_template("llms.txt.j2").render(
        data=site.dataset, localizers=localizers, root=site.root, root_of=urls.root_of
    )
