"""What a host should send with each file, and files that tell hosts so.

One policy for all: nothing from elsewhere, nothing inline, no frames but the embeds. Pages carry
it in a ``<meta>`` as well, for hosts that cannot send headers; only what a ``<meta>`` cannot say
(who may frame a page) is left to the header.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from explainer.data import LANGUAGES, Dataset
from explainer.urls import root_of

TYPES: Mapping[str, str] = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
    "txt": "text/plain",
    "xml": "application/xml",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "svg": "image/svg+xml",
    "png": "image/png",
    "wasm": "application/wasm",
}
"""The media type of every kind of file on the site; all that is text is UTF-8."""

_SHARED = ("csv", "json", "md", "txt", "xml", "bib", "ris", "svg", "png")
"""Kinds of file that pages of other sites may read and show."""
_RARE = ("bib", "ris")
"""Kinds of file whose type hosts rarely know; reference managers open them by their type."""
_POLICY = (
    "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_FORMS = {
    "figure": (
        ("/", "/embed/", ".md", ".bib", ".ris", ".csl.json", ".svg", ".png"),
        (".json", ".csv", ".excel.csv"),
    ),
    "chart": (("/", ".svg", ".png"), (".csv", ".excel.csv")),
}
"""How addresses of a figure and a chart end, below each language's root and below the site's."""
_SEARCH = re.compile(r"(?:zh/)?search/(?:index\.html)?|pagefind/.+")
_EMBED = re.compile(r"(?:zh/)?figures/[a-z0-9-]+/embed/(?:index\.html)?")
_ENDING = re.compile(r"\.([a-z]+)$")
_ASSETS = "assets/"
"""Where the path tells the content, so that a file never changes."""


def policy(path: str, *, framing: bool = True) -> str:
    """Return the Content-Security-Policy of a file by its path below the root ("zh/search/").

    The search may run its engine, which is WebAssembly. ``framing=False`` leaves out, for a
    ``<meta>``, who may frame the page.
    """
    text = _POLICY.format(" 'wasm-unsafe-eval'" if _SEARCH.fullmatch(path) else "")
    framers = "*" if _EMBED.fullmatch(path) else "'none'"
    return f"{text}; frame-ancestors {framers}" if framing else text


def headers(path: str) -> dict[str, str]:
    """Return every header of a file but its type, by its path below the root."""
    immutable = path.startswith(_ASSETS)
    ending = _ENDING.search(path)
    is_shared = ending is not None and ending[1] in _SHARED
    return {
        "Content-Security-Policy": policy(path),
        **_ALWAYS,
        "Cache-Control": "public, max-age=31536000, immutable" if immutable else "no-cache",
        **({"Access-Control-Allow-Origin": "*"} if is_shared else {}),
        "Cross-Origin-Resource-Policy": "cross-origin" if is_shared else "same-origin",
    }


def content_type(path: str) -> str:
    """Return the Content-Type of a file by its path; of a folder, its page's."""
    ending = _ENDING.search(path)
    is_page = not path or path.endswith("/")
    kind = TYPES.get(ending[1] if ending else "html" * is_page, "application/octet-stream")
    text = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if text or kind == TYPES["svg"] else kind


def header_file(address: str) -> str:
    """Return a ``_headers`` file, as Cloudflare Pages reads it, for a site at ``address``.

    Rules that match together add up there; a line with ``!`` takes a header back.
    """
    base = urlsplit(address).path
    usual = headers("")
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in usual.items())]

    def add_exception(pattern: str, path: str) -> None:
        lines.append(f"{base}{pattern}")
        for name, value in headers(path).items():
            if usual.get(name) != value:
                lines.extend([f"  ! {name}"] if name in usual else [])
                lines.append(f"  {name}: {value}")

    add_exception("pagefind/*", "pagefind/x")
    add_exception(f"{_ASSETS}*", f"{_ASSETS}x")
    for language in LANGUAGES:
        root = root_of(language)
        add_exception(f"{root}search/", f"{root}search/")
        add_exception(f"{root}figures/:figure/embed/", f"{root}figures/x/embed/")
    for ending in _SHARED:
        add_exception(f"*.{ending}", f"x.{ending}")
        if ending in _RARE:
            lines.append(f"  Content-Type: {content_type(f'x.{ending}')}")
    return "\n".join(lines) + "\n"


def redirect_file(dataset: Dataset, address: str) -> str:
    """Return a ``_redirects`` file, as Cloudflare Pages reads it: a line for each page and file."""
    base, lines = urlsplit(address).path, []
    for one in dataset.retired.values():
        if one.moved_to and one.sort in _FORMS:
            own, shared = _FORMS[one.sort]
            ways = [(root_of(language), end) for language in LANGUAGES for end in own]
            for root, end in [*ways, *(("", end) for end in shared), ("both/", "/")]:
                old, new = (f"{base}{root}{one.sort}s/{i}{end}" for i in (one.id, one.moved_to))
                lines.append(f"{old} {new} 301\n")
    return "".join(lines)
