"""Pages that show English and Chinese block by block, made from the two finished pages.

A block is what stands directly in a page, or in its articles and sections. Both pages hold the
same blocks in the same order, so each English block meets its Chinese pair. English keeps its
ids; Chinese ids get a prefix, because an id stands once on a page.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup

from explainer import urls
from explainer.data import LANGUAGES
from explainer.extract import Language
from explainer.i18n import TAGS

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_CONTAINERS = frozenset({"article", "section"})
_SCRIPTED = "//button | //*[@hidden or @data-scripted]"
"""What nothing but a script uses or shows."""
_IDS = """//*[not(self::article or self::section)]/@id
    | //@for | //@headers | //@aria-labelledby | //@aria-describedby | //@aria-controls"""
"""Ids, and what refers to them, but for those of containers, which are the same in both."""


class TranslationMismatch(ValueError):
    """Two pages whose blocks do not pair; the message names the page and the unpaired ids."""


def combine(page: urls.Page, documents: Mapping[Language, str]) -> Markup:
    """Return the content of a finished page in both languages.

    Raises :class:`TranslationMismatch`.
    """
    after = (documents[code].partition("<main")[2] for code in LANGUAGES)
    return _combine(page, *(text.partition(">")[2].rpartition("</main>")[0] for text in after))


@lru_cache(maxsize=256)  # a preview makes most of them again, of the same contents
def _combine(page: urls.Page, *contents: str) -> Markup:
    trees = [_adapt(code, page, one) for code, one in zip(LANGUAGES, contents, strict=True)]
    return Markup("".join(_pairs(page, *trees)))


def _adapt(language: Language, page: urls.Page, content: str) -> HtmlElement:
    """A page's content without what needs a script, with links and ids for its new place."""
    tree = html.fragment_fromstring(content, create_parent="div")
    prefix = urls.PREFIX if language != urls.DEFAULT else ""
    for element in tree.xpath(_SCRIPTED):
        element.drop_tree()
    etree.strip_attributes(tree, "data-index", "data-side", "data-slider", "data-copies")
    shared = {f"#{element.get('id')}" for element in tree.iter(*_CONTAINERS)}
    for address in tree.xpath("//@href | //@src"):
        own = "" if address in shared else prefix
        address.getparent().set(address.attrname, rewrite_url(language, page, address, own))
    for ids in tree.xpath(_IDS) if prefix else ():
        ids.getparent().set(ids.attrname, " ".join(prefix + one for one in ids.split()))
    return tree


def rewrite_url(language: Language, page: urls.Page, url: str, prefix: str) -> str:
    """Return a page's relative address as its bilingual page has to write it.

    ``prefix`` stands before the ids of the page itself. As in browsers, a link that would leave the
    site's root leads to the root.

    >>> rewrite_url("zh", "money", "../../why/#a", ""), rewrite_url("en", "money", "../../../", "")
    ('../../why/#a', '../../')
    """
    if _ELSEWHERE.match(url):
        return url
    path, mark, fragment = url.partition("#")
    if not path:
        return f"#{prefix}{fragment}" if fragment else url
    there = urljoin(f"/{urls.root_of(language)}{urls.folder(page)}", path).removeprefix("/")
    here = urls.folder(urls.both_page(page))
    return f"{urls.relative(here, there)}{mark}{fragment}"


def _pairs(page: urls.Page, one: HtmlElement, other: HtmlElement) -> Iterator[str]:
    first, second = list(one.iterchildren("*")), list(other.iterchildren("*"))
    if [_key(e) for e in first] != [_key(e) for e in second]:
        odd = sorted({_key(e) for e in first} ^ {_key(e) for e in second}) or ["their order"]
        raise TranslationMismatch(f"{page}: the languages differ in {', '.join(odd)}")
    for english, chinese in zip(first, second, strict=True):
        if english.tag in _CONTAINERS:
            names = english.get("class", ""), english.get("id", "")
            yield Markup('<{} class="{}" id="{}">').format(Markup(english.tag), *names)
            yield from _pairs(page, english, chinese)
            yield f"</{english.tag}>\n"
        else:
            yield '<div class="pair">'
            for code, block in (("en", english), ("zh", chinese)):
                block.tail = None
                text = html.tostring(block, encoding="unicode")
                yield f'<div class="pair__one" lang="{TAGS[code]}">{text}</div>'
            yield "</div>\n"


def _key(element: HtmlElement) -> str:
    return f"{element.tag}#{(element.get('id') or '').removeprefix(urls.PREFIX)}"
