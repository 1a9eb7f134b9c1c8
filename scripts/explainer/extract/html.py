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

from explainer.extract.lexicon import read_tables

ENOUGH = 0.5
"""The share of a page's words that its article element must hold to be taken for the article."""

WORDS = read_tables("articles.yml")
_KINDS = {tag: kind for kind, tags in WORDS["blocks"].items() for tag in tags}
_NAMED = r"(?:^|[\s_-])(?:{})(?:$|[\s_-])"
_AROUND = re.compile(_NAMED.format("|".join(WORDS["around"])), re.IGNORECASE)
_BYLINE = re.compile(_NAMED.format("|".join(WORDS["author"])))
_HIDDEN = {("aria-hidden", "true"), ("role", "navigation"), ("role", "search")}
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.I)
_FOOTNOTE = re.compile(r"\s*[\[(]?([0-9]{1,3}|[a-z]|[*†‡§]+)[\])]?\s*")


class UnreadableArticle(ValueError):
    """The file cannot be read safely as an article; the message gives the reason in one line."""


class Part(NamedTuple):
    """A block of text: its kind is title, h, p or caption.

    ``article`` is the number of the article element around it, or 0.
    """

    kind: str
    text: str
    article: int = 0
    main: bool = False
    byline: bool = False


def read_page(markup: str) -> list[Part]:
    """Return the title of a saved page and the other parts of its article.

    The article is the longest article element, main, or all, by how much they hold. Raises
    :class:`UnreadableArticle`.
    """
    title, parts = parse(markup)
    sizes, total = Counter[int](), sum(len(part.text) for part in parts)
    for part in parts:
        sizes[part.article] += len(part.text) * (part.article > 0)
    main = [part for part in parts if part.main]
    chosen = main if sum(len(part.text) for part in main) >= ENOUGH * total else parts
    for number, size in sizes.most_common(1):
        if size >= max(ENOUGH * sizes.total(), total / 4, 1):
            chosen = [part for part in parts if part.article == number]
    heading = next((part for part in chosen if part.kind == "title"), Part("title", title))
    return [heading, *(part for part in chosen if part.kind != "title")]


def parse(markup: str) -> tuple[str, list[Part]]:
    """Return the title that a page's metadata give, and the parts of a page or a piece of HTML.

    Raises :class:`UnreadableArticle` where elements stand inside each other too deeply.
    """
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root: Any = html.document_fromstring(markup.encode(), parser)
    except etree.ParserError:  # nothing but comments
        return "", []
    if any("depth" in error.message for error in parser.error_log):
        raise UnreadableArticle("elements stand inside each other too deeply")
    title = root.xpath("string(//meta[@property='og:title']/@content)")
    own_title = " ".join(root.xpath("string(//title)").split())
    title = title or re.sub(r" [|–—-] [^|–—-]*$", "", own_title)  # the name of the site goes
    return title, list(_read_parts(root))


def _read_parts(root: Any) -> Iterator[Part]:
    """Yield the parts of a page; a blank line made with <br> ends one too."""
    kind, pieces, articles = "p", list[str](), 0
    places, inside = list[str](), Counter[str]()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag, starts = element.tag, event == "start"
        place = _place(element) if starts else places.pop()
        if place == "around" or tag in _KINDS or (place == "byline" and not starts):
            article = articles if inside["article"] else 0
            is_main, is_byline = inside["article"] + inside["main"] > 0, inside["byline"] > 0
            for text in re.split(r"\n[ \t\r]*\n", "".join(pieces)):
                if text.strip():
                    yield Part(kind, text, article, is_main, is_byline)
            kind, pieces = _KINDS.get(tag, "p") if starts else "p", []
        for name in (tag, place):
            inside[name] += 1 if starts else -1
        text = element.tail
        if starts:
            places.append(place)
            articles += tag == "article"
            text = "\n" if tag == "br" else element.text
            mark = _FOOTNOTE.fullmatch(element.text_content()) if tag == "sup" else None
            if mark or place == "around":
                text = mark and _exponent(mark[1], "".join(pieces[-3:]))
                walk.skip_subtree()
        if text:
            pieces.append(text)


def _place(element: Any) -> str:
    """Whether an element stands around an article, names its author, or neither."""
    if element.tag in WORDS["left_out"]:
        return "around"
    if not element.attrib or element.tag in ("html", "body", "main", "article"):
        return ""
    hidden = "hidden" in element.attrib or not _HIDDEN.isdisjoint(element.items())
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if hidden or _HIDDEN_STYLE.search(element.get("style", "")) or _AROUND.search(names):
        return "around"
    named = _BYLINE.search(f"{element.get('class', '')} {element.get('rel', '')}")
    return "byline" if named else ""


def _exponent(raised: str, before: str) -> str:
    """What is left of a raised mark: m² keeps its square and 10⁶ its exponent, footnotes go."""
    if re.search(r"(?:^|[^A-Za-z])[ckm]?m$", before):
        return {"2": "²", "3": "³"}.get(raised, "")
    return f"^{raised}" if re.search(r"(?:^|[^0-9])10$", before) else ""
