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

from explainer import addresses
from explainer.dataset import LANGUAGES
from explainer.forms.speakers import Speakers
from explainer.publishing import head
from explainer.publishing.assets import Assets
from explainer.publishing.escaping import inert
from explainer.publishing.hosting import policy
from explainer.publishing.page import Page, Sort
from explainer.publishing.pieces import (
    ABOUT,
    CONTENT,
    GRAPH,
    ISSUED,
    LABEL,
    NAME,
    TITLE,
    Pieces,
    cut,
)
from explainer.quantities import Language
from explainer.wording import NAMES, TAGS, Words

ALIKE = {
    Sort.FIGURE: "figures/{}",
    Sort.EMBED: "figures/{}/embed",
    Sort.CHART: "charts/{}",
}
"""The sorts of page whose frames are alike, and how such a page is named by its id."""


AT_ONCE: Mapping[addresses.Page, str] = {"search": "search", "lens": "lens", "": "missing"}
"""The pages whose purpose needs a script, and which; "" is the page for what is not there."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What all frames share: the menu in its parts, by page name, and the files they load."""

    menu: Sequence[Sequence[addresses.Page]]
    assets: Assets


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one language."""

    jinja: Environment
    to: Speakers
    language: Language
    furniture: Furniture
    _pieces: dict[Sort, Pieces] = field(default_factory=dict)

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
        if page.sort is not Sort.EMBED:
            own = head.own(self.to, page, alike)
            parts[GRAPH] = own.graph.encode("utf-8")
            parts[LABEL] = inert(own.label).encode("utf-8")
            parts[ISSUED] = own.issued.encode("utf-8")
        return self._pieces[page.sort].filled(parts)

    def whole(self, page: Page, content: str) -> str:
        """A page as a whole document, rendered outright."""
        if page.sort is Sort.EMBED or page.retired:
            return self._rendered(page, content, None)
        own = head.own(self.to, page, head.alike(self.to, page))
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

    def _cut(self, sort: Sort) -> Pieces:
        page = Page(ALIKE[sort].format(NAME), self.language, sort, TITLE, ABOUT)
        own = {Sort.FIGURE: head.Own(GRAPH, LABEL, ISSUED), Sort.CHART: head.Own(GRAPH)}.get(sort)
        return cut(self._rendered(page, CONTENT, own))

    def _rendered(self, page: Page, content: str, own: head.Own | None) -> str:
        template = "embed.html.j2" if page.sort is Sort.EMBED else "frame.html.j2"
        names = {
            "title": page.title,
            "about": page.about,
            "head": self._head(page, own),
            "content": Markup(content),
            **head.moved(self.to, page),
        }
        return self.jinja.get_template(template).render({**self._names(page), **names})

    def _head(self, page: Page, own: head.Own | None) -> Markup:
        if page.sort is Sort.EMBED:
            return Markup("")
        template = self.jinja.get_template("parts/head.html.j2")
        return Markup(template.render(head.names(self.to, page, own)).rstrip("\n"))

    def _links(self, page: Page | None) -> Callable[[str], Markup]:
        """What makes an address below the site's root relative to the page."""
        root = addresses.root_of(self.language)
        if page is None:
            base = urlsplit(self.to.root).path
            return lambda there: Markup(f"{base}{there}")
        here = f"{root}{addresses.folder(page.name)}"
        return lambda there: Markup(addresses.relative(here, there))

    def _names(self, page: Page | None) -> dict[str, object]:
        """The names that the frame's templates know."""
        to, language = self.to, self.language
        words, root = to.words[language], addresses.root_of(language)
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
            "canonical": Markup(addresses.absolute(to.root, language, name.removesuffix("/embed"))),
            "asset": lambda name: link(self.furniture.assets.at(name)),
            "own_file": lambda path: link(f"{root}{path}"),
            "to": lambda there: link(f"{root}{addresses.folder(there)}"),
            "to_other": {
                code: link(f"{addresses.root_of(code)}{addresses.folder(name)}")
                for code in LANGUAGES
            },
            "to_both": link(addresses.folder(addresses.both_page(name))) if page else "",
            "peek_prefix": "" if other.language == addresses.DEFAULT else addresses.PREFIX,
            "menu": [
                [(one, menu_label(words, one)) for one in part] for part in self.furniture.menu
            ],
            "key": _key(to, language),
            "works_at_once": AT_ONCE,
        }


def menu_label(words: Words, page: addresses.Page) -> str:
    """What menus call a page."""
    return words.string(f"nav.{page.split('/')[0]}")


def _key(to: Speakers, language: Language) -> list[tuple[str, str]]:
    """The key at the foot of every page: shape and name of who speaks."""
    words = to.words[language]
    named = [(voice.shape, words.text(voice.label)) for voice in to.dataset.voices.values()]
    named += [("triangle", words.string("key.context")), ("derived", words.string("key.derived"))]
    return named
