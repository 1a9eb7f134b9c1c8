"""The sitemap: every page that may be listed, with its form in each language."""

from collections.abc import Iterable
from html import escape

from explainer import urls
from explainer.data import LANGUAGES
from explainer.site.page import Page, PageType
from explainer.i18n import TAGS

_OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
_UNLISTED = (PageType.EMBED, PageType.RETIRED)


def sitemap(pages: Iterable[Page], root: str) -> str:
    """The sitemap of ``pages``, in the order of their addresses. ``root`` ends with a slash.

    There is no ``lastmod``: a build's day is not the day on which a page's content changed.
    """
    listed = sorted((p for p in pages if p.sort not in _UNLISTED), key=lambda page: page.address)
    alternates = {name: _alternates(name, root) for name in {page.name for page in listed}}
    entries = [
        f"<url><loc>{escape(urls.absolute(root, page.language, page.name))}</loc>"
        f"{alternates[page.name]}\n</url>"
        for page in listed
    ]
    return "\n".join((_OPENING, *entries, "</urlset>\n"))


def _alternates(name: urls.Page, root: str) -> str:
    """The forms of a page in each language, the same for all of them."""
    forms = {TAGS[code]: urls.absolute(root, code, name) for code in LANGUAGES}
    forms["x-default"] = urls.absolute(root, urls.DEFAULT, name)
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(href)}"/>'
        for tag, href in forms.items()
    )
