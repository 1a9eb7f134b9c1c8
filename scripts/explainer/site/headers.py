"""What a host should send with each file, and the same as configurations for common hosts.

One policy for all: nothing from elsewhere, nothing inline, no frames but the embeds. Pages carry
it in a ``<meta>`` as well, for hosts that cannot send headers; only what a ``<meta>`` cannot say
(who may frame a page) is left to the header.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from explainer.urls import root_of
from explainer.data import LANGUAGES, Dataset

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

_UNKNOWN = ("bib", "ris")
"""Kinds of file whose type hosts rarely know; reference managers open them by their type."""

_SAME = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_SEARCH = re.compile(r"(?:zh/)?search/(?:index\.html)?|pagefind/.+")
_EMBED = re.compile(r"(?:zh/)?figures/[a-z0-9-]+/embed/(?:index\.html)?")
_FILE = re.compile(r"\.([a-z]+)$")
_ASSETS = "assets/"
"""Where each file's name tells its content, so that it never changes."""
_FOR_EVER = "public, max-age=31536000, immutable"


def policy(path: str, *, framing: bool = True) -> str:
    """The Content-Security-Policy of a file by its path below the root ("zh/search/").

    The search may run its engine, which is WebAssembly; a worker obeys the policy that its own
    script came with. ``framing`` leaves out, for a ``<meta>``,
    who may frame the page.
    """
    engine = " 'wasm-unsafe-eval'" if _SEARCH.fullmatch(path) else ""
    said = {
        "default-src": "'none'",
        "script-src": f"'self'{engine}",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if framing:
        said["frame-ancestors"] = "*" if _EMBED.fullmatch(path) else "'none'"
    return "; ".join(f"{name} {value}" for name, value in said.items())


def headers(path: str) -> dict[str, str]:
    """Every header that a file should come with, but its type, by its path below the root."""
    kept = _FOR_EVER if path.startswith(_ASSETS) else "no-cache"
    sent = {"Content-Security-Policy": policy(path), **_SAME, "Cache-Control": kept}
    ending = _FILE.search(path)
    if ending and ending[1] in _SHARED:
        sent["Access-Control-Allow-Origin"] = "*"
        sent["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        sent["Cross-Origin-Resource-Policy"] = "same-origin"
    return sent


def content_type(path: str) -> str:
    """The Content-Type of a file by its path; of a folder, its page's."""
    ending = _FILE.search(path)
    is_page = not path or path.endswith("/")
    kind = TYPES.get(ending[1] if ending else "html" * is_page, "application/octet-stream")
    text = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if text or kind == TYPES["svg"] else kind


def header_file(address: str) -> str:
    """A ``_headers`` file, as Cloudflare Pages reads it, for a site at ``address``.

    Rules that match together add up there; a line with ``!`` takes a header back.
    """
    base = urlsplit(address).path
    lines: list[str] = []

    def rule(pattern: str, path: str, over: Mapping[str, str] | None = None) -> None:
        sent = headers(path)
        lines.append(f"{base}{pattern}")
        for name, value in sent.items():
            if over is None:
                lines.append(f"  {name}: {value}")
            elif over.get(name) != value:
                lines.extend([f"  ! {name}"] if name in over else [])
                lines.append(f"  {name}: {value}")

    usual = headers("")
    rule("*", "")
    rule("pagefind/*", "pagefind/x", usual)
    rule(f"{_ASSETS}*", f"{_ASSETS}x", usual)
    for language in LANGUAGES:
        root = root_of(language)
        rule(f"{root}search/", f"{root}search/", usual)
        rule(f"{root}figures/:figure/embed/", f"{root}figures/x/embed/", usual)
    for ending in _SHARED:
        rule(f"*.{ending}", f"x.{ending}", usual)
        if ending in _UNKNOWN:
            lines.append(f"  Content-Type: {content_type(f'x.{ending}')}")
    return "\n".join(lines) + "\n"


_FORMS = {
    "figure": ("figures", ("json", "csv"), ("md", "bib", "ris", "csl.json", "svg", "png")),
    "chart": ("charts", ("csv",), ("svg", "png")),
}
"""Where the pages of a sort stand, and the endings of its files: of both languages, of each."""


def moved(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Old and new address below the root of every page and file of what moved."""
    for entry in dataset.retired.values():
        if entry.sort not in _FORMS or not entry.moved_to:
            continue
        folder, shared, spoken = _FORMS[entry.sort]
        old, new = f"{folder}/{entry.id}", f"{folder}/{entry.moved_to}"
        pages = ("/", "/embed/") if entry.sort == "figure" else ("/",)
        for language in LANGUAGES:
            root = root_of(language)
            for end in (*pages, *(f".{ending}" for ending in spoken)):
                yield f"{root}{old}{end}", f"{root}{new}{end}"
        for end in (f".{ending}" for ending in shared):
            yield f"{old}{end}", f"{new}{end}"
        yield f"both/{old}/", f"both/{new}/"


def redirect_file(dataset: Dataset, address: str) -> str:
    """A ``_redirects`` file, as Cloudflare Pages reads it."""
    base = urlsplit(address).path
    return "".join(f"{base}{old} {base}{new} 301\n" for old, new in moved(dataset))


def nginx(dataset: Dataset, address: str, folder: str, listen: str, *, brotli: bool = False) -> str:
    """A configuration for nginx's ``http`` block: the site in ``folder``, served at ``address``.

    Compressed copies go out as they are, those of ``brotli`` where nginx has the module for it;
    each language has its own "not found" page.
    """
    base = urlsplit(address).path
    types = "\n".join(f"    {kind} {ending};" for ending, kind in TYPES.items())
    texts = " ".join(
        kind
        for ending, kind in TYPES.items()
        if kind != TYPES["html"] and content_type(f"x.{ending}") != kind
    )
    folders = "\n".join(
        f"  location {base}{root_of(code)} {{\n"
        f"    alias {folder}/{root_of(code)};\n"
        f"    error_page 404 {base}{root_of(code)}404.html;\n  }}"
        for code in LANGUAGES
    )
    stubs = "".join(
        f"  location = {base}{old} {{ return 301 {base}{new}; }}\n" for old, new in moved(dataset)
    )
    usual = headers("")
    always = "\n".join(f'  add_header {name} "{value}" always;' for name, value in _SAME.items())
    return f"""map $uri $policy {{
  default "{policy("")}";
  "~^{base}(?:{_SEARCH.pattern})$" "{policy("search/")}";
  "~^{base}{_EMBED.pattern}$" "{policy("figures/x/embed/")}";
}}
map $uri $readers {{
  default "";
  ~\\.(?:{"|".join(_SHARED)})$ "*";
}}
map $uri $kept {{
  default "{usual["Cache-Control"]}";
  "~^{base}{_ASSETS}" "{_FOR_EVER}";
}}
map $readers $resource {{
  default "{usual["Cross-Origin-Resource-Policy"]}";
  "*" "cross-origin";
}}
server {{
  listen {listen};
  charset utf-8;
  charset_types {texts};
  types {{
{types}
  }}
  default_type application/octet-stream;
  server_tokens off;
  absolute_redirect off;
  gzip_static on;{" brotli_static on;" if brotli else ""}
  gzip_vary on;
  add_header Content-Security-Policy $policy always;
  add_header Access-Control-Allow-Origin $readers always;
  add_header Cross-Origin-Resource-Policy $resource always;
  add_header Cache-Control $kept always;
{always}
{folders}
{stubs}}}
"""
