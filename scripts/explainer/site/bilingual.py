"""Pages that show English and Chinese block by block, made from the two pages as rendered.

A block is what stands directly in a page, or in its articles and sections. BilingualRenderer pages hold the
same blocks in the same order, so each English block meets its Chinese pair. English keeps its
ids; Chinese ids get a prefix, for an id stands once a page.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from jinja2 import Environment
from lxml import etree, html
from lxml.html import HtmlElement
from markupsafe import Markup

from explainer import urls
from explainer.urls import PREFIX
from explainer.data import LANGUAGES
from explainer.export.context import SiteContext
from explainer.site.template_env import inert
from explainer.site.frame import ALIKE, LayoutContext, menu_label
from explainer.site.headers import policy
from explainer.site.page import Page, PageType
from explainer.site.pieces import CONTENT, NAME, OTHER_TITLE, TITLE, Pieces, cut
from explainer.extract import Language
from explainer.i18n import NAMES, TAGS

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_CONTAINERS = frozenset({"article", "section"})
_POINTING_NAMES = {"for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"}
_SCRIPTED_NAMES = {"data-index", "data-side", "data-slider", "data-copies"}


def _finder(xpath: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """What finds elements in a tree."""
    return cast("Callable[[HtmlElement], list[HtmlElement]]", etree.XPath(xpath))


def _having(names: Iterable[str]) -> Callable[[HtmlElement], list[HtmlElement]]:
    return _finder(f"//*[{' or '.join(f'@{name}' for name in sorted(names))}]")


_LEFT_OUT = _finder("//*[@hidden or @data-scripted] | //button | //*[@class='stale']")
_SCRIPTED, _POINTING = _having(_SCRIPTED_NAMES), _having(_POINTING_NAMES)
_LINKING, _LOADING, _NAMED = _having(["href"]), _having(["src"]), _having(["id"])


class TranslationMismatch(ValueError):
    """Two pages whose blocks do not pair; the message names the page and the odd ids."""


def content(text: str) -> HtmlElement:
    """A page's content, or any fragment of HTML, as one element."""
    return html.fragment_fromstring(text, create_parent="div")


def is_container(element: HtmlElement) -> bool:
    """Whether the element holds blocks and is none itself."""
    return element.tag in _CONTAINERS


def blocks(inside: HtmlElement) -> Iterator[HtmlElement]:
    """The blocks below an element, in reading order."""
    for child in inside.iterchildren("*"):
        if is_container(child):
            yield from blocks(child)
        else:
            yield child


def compose(page: urls.Page, english: str, chinese: str) -> Markup:
    """The content of the page in both languages. Raises :class:`TranslationMismatch`."""
    one, other = _settled("en", page, english), _settled("zh", page, chinese)
    return Markup("".join(_pairs(page, one, other)))


def _settled(language: Language, page: urls.Page, text: str) -> HtmlElement:
    """A page's content for its new place: without what needs a script, links and ids adapted."""
    tree = content(text)
    for element in _LEFT_OUT(tree):
        element.drop_tree()
    for element in _SCRIPTED(tree):
        for name in _SCRIPTED_NAMES & set(element.keys()):
            del element.attrib[name]
    for name, elements in (("href", _LINKING(tree)), ("src", _LOADING(tree))):
        for element in elements:
            element.set(name, rewrite_url(language, page, element.get(name)))
    if language != urls.DEFAULT:
        _prefix(tree)
    return tree


def _prefix(tree: HtmlElement) -> None:
    """Set all ids of a page apart, but those of containers, which both languages share."""
    shared = {f"#{PREFIX}{element.get('id')}" for element in tree.iter(*_CONTAINERS)}
    for element in _NAMED(tree):
        if not is_container(element):
            element.set("id", PREFIX + element.get("id"))
    for element in _LINKING(tree):
        if element.get("href") in shared:
            element.set("href", element.get("href").replace(PREFIX, "", 1))
    for element in _POINTING(tree):
        for name in _POINTING_NAMES & set(element.keys()):
            names = element.get(name).split()
            element.set(name, " ".join(PREFIX + one for one in names))


def rewrite_url(language: Language, page: urls.Page, address: str) -> str:
    """A page's relative address as the page in both languages has to write it."""
    if _ELSEWHERE.match(address):
        return address
    path, mark, fragment = address.partition("#")
    if not path:
        own = PREFIX if language != urls.DEFAULT else ""
        return f"#{own}{fragment}" if fragment else address
    here = f"{urls.root_of(language)}{urls.folder(page)}"
    target = urls.resolved(here, path)
    return f"{urls.relative(_there(page), target)}{mark}{fragment}"


@lru_cache(maxsize=1024)
def _there(page: urls.Page) -> str:
    return urls.folder(urls.both_page(page))


def _pairs(page: urls.Page, one: HtmlElement, other: HtmlElement) -> Iterator[str]:
    first, second = list(one.iterchildren("*")), list(other.iterchildren("*"))
    if [_name(e) for e in first] != [_name(e) for e in second]:
        odd = sorted({_name(e) for e in first} ^ {_name(e) for e in second}) or ["their order"]
        raise TranslationMismatch(f"{page}: the languages differ in {', '.join(odd)}")
    for english, chinese in zip(first, second, strict=True):
        if is_container(english):
            start = Markup('<{} class="{}" id="{}">').format(
                Markup(english.tag), english.get("class", ""), english.get("id", "")
            )
            yield from (start, *_pairs(page, english, chinese), f"</{english.tag}>\n")
        else:
            sides = (("en", english), ("zh", chinese))
            yield '<div class="pair">'
            for code, block in sides:
                yield f'<div class="pair__one" lang="{TAGS[code]}">{_written(block)}</div>'
            yield "</div>\n"


def _name(element: HtmlElement) -> str:
    return f"{element.tag}#{(element.get('id') or '').removeprefix(PREFIX)}"


def _written(element: HtmlElement) -> str:
    return str(html.tostring(element, encoding="unicode", with_tail=False)).strip()


@dataclass(frozen=True, slots=True)
class BilingualRenderer:
    """The frame of pages in both languages."""

    jinja: Environment
    to: SiteContext
    furniture: LayoutContext
    _pieces: dict[PageType, Pieces] = field(default_factory=dict)

    def document(self, one: Page, other: Page, contents: Mapping[Language, str]) -> bytes:
        """A page, in English and Chinese, as a whole document. Raises :class:`TranslationMismatch`.

        Pages of figures and charts are put together from pieces; :meth:`whole` gives the same.
        """
        if one.sort not in ALIKE:
            return self.whole(one, other, contents).encode("utf-8")
        if one.sort not in self._pieces:
            name = ALIKE[one.sort].format(NAME)
            self._pieces[one.sort] = cut(self._rendered(name, (TITLE, OTHER_TITLE), CONTENT))
        own = {
            NAME: one.id.encode("utf-8"),
            TITLE: inert(one.title).encode("utf-8"),
            OTHER_TITLE: inert(other.title).encode("utf-8"),
            CONTENT: compose(one.name, contents["en"], contents["zh"]).encode("utf-8"),
        }
        return self._pieces[one.sort].filled(own)

    def whole(self, one: Page, other: Page, contents: Mapping[Language, str]) -> str:
        """The page in both languages, rendered outright."""
        content = compose(one.name, contents["en"], contents["zh"])
        return self._rendered(one.name, (one.title, other.title), content)

    def _rendered(self, page: urls.Page, titles: tuple[str, str], content: str) -> str:
        here = urls.folder(urls.both_page(page))

        def to_file(there: str) -> Markup:
            return Markup(urls.relative(here, there))

        return self.jinja.get_template("both.html.j2").render(
            en=self.to.words["en"],
            zh=self.to.words["zh"],
            tag=TAGS,
            titles=dict(zip(LANGUAGES, titles, strict=True)),
            name=self.to.dataset.about.name,
            policy=Markup(policy(here, framing=False)),
            canonical=Markup(f"{self.to.root}{here}"),
            to_file=to_file,
            asset=lambda name: to_file(self.furniture.assets.at(name)),
            to_page=lambda code: to_file(f"{urls.root_of(code)}{urls.folder(page)}"),
            languages=NAMES,
            menu=[
                {
                    "page": name,
                    "address": urls.folder(urls.both_page(name)),
                    **{code: menu_label(self.to.words[code], name) for code in LANGUAGES},
                }
                for part in self.furniture.menu
                for name in part
            ],
            page=page,
            content=Markup(content),
        )
