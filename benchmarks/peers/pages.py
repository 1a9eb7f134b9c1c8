"""Our pages as peers take them: Markdown with its front matter, and the frame around it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.stages import PAGES

_MAIN = re.compile(r"(<main\b[^>]*>).*(</main>)", re.DOTALL)
_TITLE = re.compile(r'<meta property="og:title" content="([^"]*)">')
_ABOUT = re.compile(r'<meta name="description" content="([^"]*)">')
_LIST = re.compile(r"^\{: ?(?P<inside>[^}]*)\}$", re.MULTILINE)


def frame(checkout: Path, language: str, title: str, about: str, content: str) -> str:
    """The finished page of a figure with its own parts replaced by a template's expressions."""
    root = checkout / PAGES / ("" if language == "en" else language)
    html = next(iter(sorted((root / "figures").glob("*/index.html")))).read_text("utf-8")
    own_title, own_about = _TITLE.search(html), _ABOUT.search(html)
    if own_title is None or own_about is None:
        raise ValueError("our own page has no title or description in its head")
    html = _MAIN.sub(lambda main: f"{main[1]}\0{main[2]}", html)
    html = html.replace(own_about[1], about).replace(own_title[1], title)
    return html.replace("\0", content)


@dataclass(frozen=True, slots=True)
class Source:
    """A Markdown file below its language's folder, its text with front matter."""

    language: str
    path: str
    text: str


def sources(checkout: Path) -> Iterator[Source]:
    """Every Markdown file that we generate, in the order of the paths."""
    for language in ("en", "zh"):
        folder = checkout / "docs" / language
        for path in sorted(folder.rglob("*.md")):
            yield Source(language, path.relative_to(folder).as_posix(), path.read_text("utf-8"))


def put(checkout: Path, folder: Path, place: Callable[[Source], str], lists: str) -> None:
    """Write every source below ``folder``.

    ``place`` says where; ``lists`` how a line of attributes after a block is spelled there
    ("{{{inside}}}"), or is empty where nothing reads them.
    """
    for source in sources(checkout):
        path = folder / place(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_LIST.sub(lambda found: lists.format(**found.groupdict()), source.text))
