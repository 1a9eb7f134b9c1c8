"""Jinja as the site uses it: layouts that escape, and calls inside Markdown prose.

Prose is Markdown with calls such as ``{{ fig("jobs-created/english") }}``. A preprocessor renders
the calls before Markdown reads the page and keeps what they print in Markdown's own HTML stash, so
Markdown never sees text from the data.
"""

import html
import re
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markupsafe import Markup, escape

_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")
BEFORE_HTML_BLOCKS = 25
"""Python-Markdown runs ``normalize_whitespace`` at 30 and ``html_block`` at 20."""


class UnsafeAddress(ValueError):
    """An address that is not plain http or https."""


def plain(markup: str) -> str:
    """Return rendered markup as the text that a reader sees, on one line, nothing escaped."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", str(markup)))).strip()


def http_url(url: str) -> str:
    """Return ``url`` for an ``href``. Raises :class:`UnsafeAddress` for other schemes."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnsafeAddress(url)
    return url


def configure(env: Environment, cache: Path) -> None:
    """Make ``env``, in which nothing is compiled yet, escape what it prints and refuse unknowns.

    ``cache`` is a folder for compiled templates, which a preview uses again.
    """
    cache.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(cache))
    env.autoescape = True
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(plain=plain, http_url=http_url)


def make_environment(folder: Path, cache: Path) -> Environment:
    """Return an environment for the layouts in ``folder``; see :func:`configure`."""
    env = Environment(loader=FileSystemLoader(folder), autoescape=True)
    configure(env, cache)
    return env


class CallExtension(Extension):
    """A Markdown extension that renders the Jinja calls of a page.

    The caller sets ``env`` for the page's language before Markdown converts it; faults are
    gathered in ``faults`` as (line of the Markdown text, exception).
    """

    def __init__(self) -> None:
        super().__init__()
        self.env: Environment | None = None
        self.faults: list[tuple[int, Exception]] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Register the preprocessor."""
        md.preprocessors.register(_CallPreprocessor(md, self), "calls", BEFORE_HTML_BLOCKS)


class _CallPreprocessor(Preprocessor):
    def __init__(self, md: Markdown, extension: CallExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        if self._extension.env is None:
            return lines
        stash = self.md.htmlStash
        env = self._extension.env.overlay(finalize=lambda value: stash.store(str(escape(value))))
        try:
            return env.from_string("\n".join(lines)).render().split("\n")
        except Exception as error:  # a call can raise anything
            self._extension.faults.append((line_of(error), error))
            return []


def line_of(error: Exception) -> int:
    """Return the line of the template at which ``error`` arose, 0 where that is unknown."""
    if lineno := getattr(error, "lineno", None):
        return int(lineno)
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def render_inline(env: Environment, source: str) -> Markup:
    """Render a line with calls, such as a title of the front matter. Raises as Jinja does."""
    return Markup(env.from_string(source).render())
