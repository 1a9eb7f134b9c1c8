"""What a checkout's ``mkdocs.yml`` says of its site."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.utils.yaml import yaml_load

_ABOVE = Path(__file__).parents[2]
ROOT = _ABOVE if (_ABOVE / "mkdocs.yml").is_file() else Path.cwd()
"""The checkout, with ``mkdocs.yml`` and ``data``; of an installed copy the current folder."""
_PLACEHOLDER = re.compile(r"(^|\.)example\.(org|com|net)$")
"""Hosts that nobody can have (RFC 2606)."""


class AddressError(ValueError):
    """The site has no address; the message says what was found in its place."""


def address_of(root: Path = ROOT) -> str:
    """Return the absolute address that the site will have: SITE_URL, or what ``mkdocs.yml`` says.

    Raises :class:`AddressError`.
    """
    with (root / "mkdocs.yml").open("rb") as file:
        return site_address(yaml_load(file)["site_url"])


def site_address(url: str | None) -> str:
    """Return ``url`` ending with a slash. Raises :class:`AddressError` for what is no address."""
    try:
        parts = urlsplit(url or "")
        is_address = parts.scheme in ("http", "https") and parts.hostname and not parts.query
        is_address = is_address and parts.port != 0 and " " not in parts.netloc
    except ValueError:  # an open bracket, or a port out of range
        is_address = False
    if not is_address:
        raise AddressError(
            f"mkdocs.yml: site_url: found «{url or ''}» — expected an address such as "
            "https://example.org/ (the variable SITE_URL comes before the file)"
        )
    return f"{parts.geturl().rstrip('/')}/"


def is_placeholder(address: str) -> bool:
    """Whether links to ``address`` can lead nowhere, because its host stands for any other.

    >>> is_placeholder("https://figures.example.org/korea/"), is_placeholder("https://bet.kr/")
    (True, False)
    """
    return bool(_PLACEHOLDER.search(urlsplit(address).hostname or ""))
