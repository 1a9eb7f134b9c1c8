"""The frame of every page: head, menus, foot, and the content put into it.

Pages of figures and charts share their whole frame but for a few texts. So the frame of such a
page is rendered once with marks in the place of those texts, and each page is put together from
the pieces; :meth:`Frame.whole` renders any page outright and gives the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from explainer import urls
from explainer.data import LANGUAGES
from explainer.export.context import SiteContext
from explainer.site import metadata
from explainer.site.assets import Assets
from explainer.site.template_env import inert
from explainer.site.headers import policy
from explainer.site.page import Page, PageType
from explainer.site.pieces import (ABOUT, CONTENT, GRAPH, ISSUED, LABEL, NAME, TITLE, Pieces, cut)
from explainer.extract import Language
from explainer.i18n import NAMES, TAGS, Localizer

ALIKE = {
    PageType.FIGURE: "figures/{}",
    PageType.EMBED: "figures/{}/embed",
    PageType.CHART: "charts/{}",
}
"""The sorts of page whose frames are alike, and how such a page is named by its id."""


AT_ONCE: Mapping[urls.Page, str] = {"search": "search", "lens": "lens", "": "not_found"}
"""The pages whose purpose needs a script, and which; "" is the page for what is not there."""


@dataclass(frozen=True, slots=True)
class LayoutContext:
    """What all frames share: the menu in its parts, by page name, and the files they load."""

    menu: Sequence[Sequence[urls.Page]]
    assets: Assets


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one language."""

    jinja: Environment
    to: SiteContext
    language: Language
    furniture: LayoutContext
    _pieces: dict[PageType, Pieces] = field(default_factory=dict)

    def document(self, page: Page, content: bytes, alike: str) -> bytes:
        """A page as a whole document, from pieces where there are any for its sort.

        ``alike`` is what heads of that page list in every language.
        """
        if page.sort not in ALIKE or page.retired:
            return self.whole(page, content.decode("utf-8")).encode("utf-8")
        if page.sort not in self._pieces:
            self._pieces[page.sort] = self._cut(page.sort)
        parts = {
            NAME: page.id.encode("utf-8"),
            TITLE: inert(page.title).encode("utf-8"),
            ABOUT: inert(page.about).encode("utf-8"),
            CONTENT: content,
        }
        if page.sort is not PageType.EMBED:
            own = metadata.own(self.to, page, alike)
            parts[GRAPH] = own.graph.encode("utf-8")
            parts[LABEL] = inert(own.label).encode("utf-8")
            parts[ISSUED] = own.issued.encode("utf-8")
        return self._pieces[page.sort].filled(parts)

    def whole(self, page: Page, content: str) -> str:
        """A page as a whole document, rendered outright."""
        if page.sort is PageType.EMBED or page.retired:
            return self._rendered(page, content, None)
        own = metadata.own(self.to, page, metadata.alike(self.to, page))
        return self._rendered(page, content, own)

    def missing(self) -> str:
        """The page for addresses where nothing is. It may be shown at any depth."""
        names = self._names(None)
        content = self.jinja.get_template("missing.html.j2").render(names)
        words = self.to.words[self.language]
        own = {
            "title": words.string("missing.title"),
            "about": words.text(self.to.dataset.about.description),
            "head": "",
            "content": Markup(content),
            "moved_to": None,
        }
        return self.jinja.get_template("frame.html.j2").render({**names, **own})

    def _cut(self, sort: PageType) -> Pieces:
        page = Page(ALIKE[sort].format(NAME), self.language, sort, TITLE, ABOUT)
        own = {PageType.FIGURE: metadata.PageMetadata(GRAPH, LABEL, ISSUED), PageType.CHART: metadata.PageMetadata(GRAPH)}.get(sort)
        return cut(self._rendered(page, CONTENT, own))

    def _rendered(self, page: Page, content: str, own: metadata.PageMetadata | None) -> str:
        template = "embed.html.j2" if page.sort is PageType.EMBED else "frame.html.j2"
        names = {
            "title": page.title,
            "about": page.about,
            "head": self._head(page, own),
            "content": Markup(content),
            **metadata.moved(self.to, page),
        }
        return self.jinja.get_template(template).render({**self._names(page), **names})

    def _head(self, page: Page, own: metadata.PageMetadata | None) -> Markup:
        if page.sort is PageType.EMBED:
            return Markup("")
        template = self.jinja.get_template("parts/head.html.j2")
        return Markup(template.render(metadata.names(self.to, page, own)).rstrip("\n"))

    def _links(self, page: Page | None) -> Callable[[str], Markup]:
        """What makes an address below the site's root relative to the page."""
        root = urls.root_of(self.language)
        if page is None:
            base = urlsplit(self.to.root).path
            return lambda there: Markup(f"{base}{there}")
        here = f"{root}{urls.folder(page.name)}"
        return lambda there: Markup(urls.relative(here, there))

    def _names(self, page: Page | None) -> dict[str, object]:
        """The names that the frame's templates know."""
        to, language = self.to, self.language
        words, root = to.words[language], urls.root_of(language)
        name = page.name if page else ""
        link = self._links(page)
        other = words.other
        is_paired = page is not None and page.retired is None
        return {
            "t": words.string,
            "other_t": other.string,
            "language": language,
            "other": other.language,
            "tag": TAGS,
            "called": NAMES,
            "page": name,
            "is_home": name == "index",
            "is_paired": is_paired,
            "site_name": words.text(to.dataset.about.name),
            "policy": Markup(policy(page.address if page else "", framing=False)),
            "canonical": Markup(urls.absolute(to.root, language, name.removesuffix("/embed"))),
            "asset": lambda name: link(self.furniture.assets.at(name)),
            "own_file": lambda path: link(f"{root}{path}"),
            "to": lambda there: link(f"{root}{urls.folder(there)}"),
            "to_other": {
                code: link(f"{urls.root_of(code)}{urls.folder(name)}")
                for code in LANGUAGES
            },
            "to_both": link(urls.folder(urls.both_page(name))) if page else "",
            "peek_prefix": "" if other.language == urls.DEFAULT else urls.PREFIX,
            "menu": [
                [(one, menu_label(words, one)) for one in part] for part in self.furniture.menu
            ],
            "key": _key(to, language),
            "works_at_once": AT_ONCE,
        }


def menu_label(words: Localizer, page: urls.Page) -> str:
    """What menus call a page."""
    return words.string(f"nav.{page.split('/')[0]}")


def _key(to: SiteContext, language: Language) -> list[tuple[str, str]]:
    """The key at the foot of every page: shape and name of who speaks."""
    words = to.words[language]
    named = [(voice.shape, words.text(voice.label)) for voice in to.dataset.voices.values()]
    named += [("triangle", words.string("key.context")), ("derived", words.string("key.derived"))]
    return named
