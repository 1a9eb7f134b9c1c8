"""HTML into parts of text. Nothing is executed or fetched.

What readers of the saved page would not call the article is left out: hidden text, navigation,
asides, forms, comments, footers, footnote marks. Every cell and list item is a part of its own,
so that the numbers of neighbours never run together.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree, html

ENOUGH = 0.5
"""The share of a page's words that its article element must hold to be taken for the article."""

_BLOCKS = (
    "address article aside blockquote body dd details div dl dt fieldset figure footer form header"
    " hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_KINDS = {
    **dict.fromkeys(_BLOCKS.split(), "p"),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "h"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "h1": "title",
}
_LEFT_OUT = (
    "script style template noscript nav aside footer form button select option textarea svg math"
    " iframe object audio video canvas dialog menu title"
).split()
# Words of class and id names that pages use for what surrounds an article.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|disqus|related|recommend\w*|read-?more|share|sharing|social"
    r"|newsletter|subscribe|signup|promo\w*|advert\w*|ads?|banner|cookies?|consent|breadcrumbs?"
    r"|sidebar|widget|navbar|menu|masthead|pagination|tags?|paywall|popup|modal|footnotes?"
    r"|references?|toc|skip-link|screen-reader-text|visually-hidden|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])")
_WITH_ATTRIBUTES = "//*[@class or @id or @rel or @hidden or @style or @role or @aria-hidden]"

# Private characters that write a page's structure into its text: one starts a part and is followed
# by its name, two stand around what is raised, and one where a byline starts.
_START, _RAISED, _LEVEL, _BY = _MARKS = "\ue000\ue001\ue002\ue003"
_SUPERSCRIPT = re.compile(
    rf"{_RAISED}\s*+[\[(]?([0-9]{{1,3}}|[a-z]|[*†‡§]++)[\])]?\s*+{_LEVEL}|{_RAISED}|{_LEVEL}"
)


class TooDeep(ValueError):
    """Elements stand inside each other more deeply than libxml2 reads."""


class Part(NamedTuple):
    """A block of text: its kind is title, h, p or caption.

    ``article`` is the number of the article element around it, or 0.
    """

    kind: str
    text: str
    article: int = 0
    main: bool = False
    byline: bool = False


def parse(markup: str) -> tuple[str, list[Part]]:
    """Return the title that a page's metadata give, and the parts of a page or a piece of HTML.

    Raises :class:`TooDeep`.
    """
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    unmarked = markup.translate(str.maketrans("", "", _MARKS))
    try:
        root: Any = html.document_fromstring(unmarked.encode(), parser)
    except etree.ParserError:  # nothing but comments
        return "", []
    if any("depth" in error.message for error in parser.error_log):
        raise TooDeep("elements stand inside each other too deeply")
    title = root.xpath("string(//meta[@property='og:title']/@content)")
    own_title = " ".join(root.xpath("string(//title)").split())
    title = title or re.sub(r" [|–—-] [^|–—-]*$", "", own_title)  # the name of the site goes
    _write_marks(root)
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    return title, list(_read_parts(root.text_content()))


def _write_marks(root: Any) -> None:
    """Write marks into the text of the page, and make an aside of all that surrounds an article."""
    for element in root.xpath(_WITH_ATTRIBUTES):
        if _surrounds(element):
            element.tag = "aside"
        elif _BYLINE.search(f"{element.get('class', '')} {element.get('rel', '')}"):
            _enclose(element, _BY, f"{_START}/byline ")
    for element in root.iter(*_KINDS, *_LEFT_OUT):
        _enclose(element, f"{_START}{_KINDS.get(element.tag, 'p')} ", f"{_START}p ")
    for element in root.iter("article", "main"):
        _enclose(element, f"{_START}{element.tag} ", f"{_START}/{element.tag} ")
    for element in root.iter("br"):
        _enclose(element, "", "\n")
    for element in root.iter("sup"):
        _enclose(element, _RAISED, _LEVEL)


def _enclose(element: Any, first: str, then: str) -> None:
    """Put a mark at the start of an element's text, and one behind the element."""
    element.text = first + (element.text or "")
    element.tail = then + (element.tail or "")


def _surrounds(element: Any) -> bool:
    """Whether an element is hidden, or no part of an article by its role or its names."""
    if element.tag in ("html", "body", "main", "article"):
        return False
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    if hidden or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_AROUND.search(names)) or element.get("role") in ("navigation", "search")


def _read_parts(marked: str) -> Iterator[Part]:
    """Yield the parts of a text with marks; a blank line made with <br> ends one too."""
    inside, articles = Counter[str](), 0
    for piece in _SUPERSCRIPT.sub(_keep_exponent, f"p {marked}").split(_START):
        name, _, text = piece.partition(" ")
        inside["byline"] += text.count(_BY)
        if name.startswith("/"):
            inside[name[1:]] -= 1
        elif name in ("article", "main"):
            inside[name] += 1
            articles += name == "article"
        kind = name if name in _KINDS.values() else "p"
        place = articles if inside["article"] else 0, inside["article"] + inside["main"] > 0
        for paragraph in re.split(r"\n[ \t\r]*\n", text.replace(_BY, "")):
            if paragraph.strip():
                yield Part(kind, paragraph, *place, inside["byline"] > 0)


def _keep_exponent(raised: re.Match[str]) -> str:
    """Footnote marks go; m² keeps its square and 10⁶ its exponent."""
    before = raised.string[max(0, raised.start() - 3) : raised.start()]
    if re.search(r"(?:^|[^A-Za-z])[ckm]?m$", before):
        return {"2": "²", "3": "³"}.get(raised[1], "")
    return f"^{raised[1]}" if raised[1] and re.search(r"(?:^|[^0-9])10$", before) else ""


def article_parts(parts: list[Part]) -> list[Part]:
    """Return the parts of the longest article element, of main, or all, by how much they hold."""
    sizes, total = Counter[int](), sum(len(part.text) for part in parts)
    for part in parts:
        sizes[part.article] += len(part.text) * (part.article > 0)
    for number, size in sizes.most_common(1):
        if size >= max(ENOUGH * sizes.total(), total / 4, 1):
            return [part for part in parts if part.article == number]
    main = [part for part in parts if part.main]
    return main if sum(len(part.text) for part in main) >= ENOUGH * total else parts
