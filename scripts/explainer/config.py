"""What a checkout's ``mkdocs.yml`` and assets say of its site."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.utils.yaml import yaml_load

from explainer.site import Assets, LayoutContext
from explainer.site.assets import found_assets

ROOT = Path(__file__).parents[2]
"""The checkout: the folder that holds ``mkdocs.yml`` and ``data``."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What frames and Markdown need to know, for a site at ``address``."""

    address: str
    furniture: LayoutContext
    markdown: tuple[list[str], dict[str, Any]]

    @classmethod
    def of(cls, root: Path, address: str, assets: Assets) -> "Setting":
        """The setting of a checkout."""
        config = _config(root)
        return cls(
            address,
            furniture(config["nav"], config["extra"]["reference"], assets),
            _extensions(config["markdown_extensions"]),
        )


def assets_of(root: Path = ROOT) -> Assets:
    """What a checkout publishes of its assets and the theme's. Raises ``AssetError``."""
    theme = str(files("material") / "templates")
    return found_assets(root / "docs", [theme], root / "scripts" / "templates")


def load_layout(root: Path = ROOT) -> LayoutContext:
    """What frames of a checkout share. Raises ``AssetError``."""
    config = _config(root)
    return furniture(config["nav"], config["extra"]["reference"], assets_of(root))


def furniture(menu: Sequence[str], reference: Sequence[str], assets: Assets) -> LayoutContext:
    """What frames share, by the menu that ``mkdocs.yml`` names."""
    parts = ([n for n in menu if n not in reference], [n for n in menu if n in reference])
    return LayoutContext(
        tuple([name.removesuffix(".md") for name in part] for part in parts), assets
    )


def _extensions(listed: Sequence[Any]) -> tuple[list[str], dict[str, Any]]:
    """Markdown's extensions, MkDocs' own and those listed, and their configurations."""
    names = [*MARKDOWN_BUILTIN]
    configurations: dict[str, Any] = {}
    for one in listed:
        if isinstance(one, dict):
            configurations |= one
        names += [one] if isinstance(one, str) else [*one]
    return [*dict.fromkeys(names)], configurations


MARKDOWN_BUILTIN = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs adds to those of ``mkdocs.yml``."""


class AddressError(ValueError):
    """The site has no address; the message says what was found in its place."""


def address_of(root: Path = ROOT) -> str:
    """The absolute address that the site will have: SITE_URL, or what ``mkdocs.yml`` says.

    Raises :class:`AddressError`.
    """
    return whole_address(_config(root)["site_url"])


def whole_address(url: str | None) -> str:
    """``url``, ending with a slash. Raises :class:`AddressError` for what no page can stand at."""
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        raise AddressError(
            f"mkdocs.yml: site_url: found «{url or ''}» — expected an address such as "
            "https://example.org/ (the variable SITE_URL comes before the file)"
        )
    return f"{parts.geturl().rstrip('/')}/"


def _config(root: Path) -> dict[str, Any]:
    with (root / "mkdocs.yml").open("rb") as file:
        return dict(yaml_load(file))
