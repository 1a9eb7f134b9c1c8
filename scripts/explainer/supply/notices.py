"""The licence list for people: every package, and the full texts for what reaches readers.

MIT and the Open Font License ask that their text goes along with copies; the site carries the
theme's style sheet with its icons, the search engine, and letters drawn in pictures.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path

from explainer.i18n import Localizer
from explainer.supply.licences import UnknownLicence, licence_of
from explainer.supply.lock import Package

SHIPPED: Mapping[str, tuple[str, ...]] = {
    "mkdocs-material": (
        ".dist-info/licenses/LICENSE",
        ".icons/material/LICENSE",
        ".icons/octicons/LICENSE",
        ".icons/fontawesome/LICENSE.txt",
    ),
    # The package brings no licence file; this is its maker's.
    "pagefind-bin-extended": ("pagefind.txt",),
    "fontpkg-noto-sans": (".dist-info/licenses/LICENSE",),
    "justmytype-intl-cjk": ("notosanssc/OFL.txt",),
}
"""Packages of which something is published, and how the paths of their licence texts end."""

_OURS = Path(__file__).parent
_WIDTH = 78


def licence_list(words: Localizer, packages: Sequence[Package]) -> str:
    """The list in one language. Raises :class:`~explainer.supply.licences.UnknownLicence`."""
    shipped = [package for package in packages if package.name in SHIPPED]
    built = [package for package in packages if package.name not in SHIPPED]
    parts = [
        words.string("supply.title", name=words.text(words.dataset.about.name)),
        words.string("supply.summary"),
        words.string("supply.shipped"),
        "\n".join(_line(words, package) for package in shipped),
        words.string("supply.builds"),
        "\n".join(_line(words, package) for package in built),
        *(f"{'=' * _WIDTH}\n{name}\n\n{text}" for name, text in _texts(shipped)),
    ]
    return "\n\n".join(parts) + "\n"


def _line(words: Localizer, package: Package) -> str:
    what = words.string(f"supply.{package.name}") if package.name in SHIPPED else ""
    version = f"{package.name} {package.version}"
    return f"  {version:<36}{licence_of(package.name):<36}{what}".rstrip()


def _texts(shipped: Sequence[Package]) -> Iterator[tuple[str, str]]:
    for package in shipped:
        for ending in SHIPPED[package.name]:
            text = _text(package.name, ending)
            yield package.name, "\n".join(line.rstrip() for line in text.strip().splitlines())


def _text(name: str, ending: str) -> str:
    """A licence text of ours, or else of the installed distribution."""
    if (_OURS / ending).is_file():
        return (_OURS / ending).read_text("utf-8")
    for path in distribution(name).files or []:
        if path.as_posix().endswith(ending):
            return path.read_text("utf-8")
    raise UnknownLicence(f"{name}: no file «…{ending}» — expected its licence text there")
