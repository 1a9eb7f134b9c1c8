"""The security policy of each page: nothing from elsewhere, nothing inline, no foreign frames."""

import re

_POLICY = (
    "default-src 'none'; script-src 'self'{}; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
)
_SEARCH = re.compile(r"(?:zh/)?search/(?:index\.html)?|pagefind/.+")
_EMBED = re.compile(r"(?:zh/)?figures/[^/]+/embed/(?:index\.html)?")


def policy(path: str, *, framing: bool = True) -> str:
    """Return the Content-Security-Policy of a file by its path below the root ("zh/search/").

    The search may run its engine, which is WebAssembly. ``framing=False`` leaves out, for a
    ``<meta>``, who may frame the page.
    """
    text = _POLICY.format(" 'wasm-unsafe-eval'" if _SEARCH.fullmatch(path) else "")
    framers = "*" if _EMBED.fullmatch(path) else "'none'"
    return f"{text}; frame-ancestors {framers}" if framing else text
