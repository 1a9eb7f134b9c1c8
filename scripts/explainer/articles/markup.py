"""HTML into blocks of text: one pass over the tags, no tree, no recursion, nothing fetched."""

from collections.abc import Iterator
from html.parser import HTMLParser

from explainer.articles.model import BlockKind

_CAPTION = frozenset({"figcaption", "caption"})
_HEADING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "svg",
    ]
)


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[BlockKind, str]] = []
        self.kind = BlockKind.PARAGRAPH
        self.text: list[str] = []
        self.hidden = 0

    def flush(self, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        if self.text:
            self.parts.append((self.kind, "".join(self.text)))
            self.text = []
        self.kind = kind

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in _CAPTION:
            self.flush(BlockKind.CAPTION)
        elif tag in _HEADING:
            self.flush(BlockKind.HEADING)
        elif tag in _BREAKS:
            self.flush()

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _CAPTION | _HEADING | _BREAKS:
            self.flush()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)


def blocks(markup: str) -> Iterator[tuple[BlockKind, str]]:
    """The kinds and raw texts of the blocks in ``markup``, in order. Inline tags leave no gap."""
    parser = _Blocks()
    parser.feed(markup)
    parser.close()
    parser.flush()
    yield from parser.parts
