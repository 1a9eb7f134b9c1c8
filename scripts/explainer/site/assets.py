"""Style sheets, scripts and pictures under names that tell their content apart.

A file's published name holds the start of its SHA-256, so browsers may keep it for ever: another
content has another name. Whatever names a file, a template or another file, names it as it lies
in ``docs``; the published name is put in its place.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from explainer.site import css
from explainer.site import scripts
from explainer.site import styles
from explainer.site.vocabulary import Vocabulary
from explainer.extract import lexicon

FOLDER = "assets"
SITE_SHEET = "assets/css/site.css"
"""The sheet of every page: what of the theme's sheet our pages can use, and then our own."""
GRAMMAR = "assets/js/numbers/words.js"
"""The words of the number grammars, which the browser shares; made by the program."""
_DIGITS = 8


class AssetError(ValueError):
    """Assets that cannot be published; the message says which and why, in one line."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The published files by the names that the project gives them ("assets/css/site.css").

    ``paths`` leads from such a name to the path below the site's root, ``files`` from there to
    the content.
    """

    paths: Mapping[str, str]
    files: Mapping[str, bytes]

    def at(self, name: str) -> str:
        """The published path, below the site's root. Raises :class:`AssetError`."""
        if name not in self.paths:
            raise AssetError(f"a page's frame names {name}, which is not there")
        return self.paths[name]


def published(sources: Mapping[str, bytes], theme: str, templates: Iterable[str]) -> Assets:
    """What to publish of the ``sources``, given by name, and of the ``theme``'s own style sheet.

    ``templates`` are the texts that pages are made from: they tell what the theme's sheet is
    needed for. Raises :class:`AssetError` where a sheet cannot be read, a file is named that is
    not there, or scripts name each other in a circle.
    """
    paths: dict[str, str] = {}
    files: dict[str, bytes] = {}

    def publish(name: str, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
        pure = PurePosixPath(name)
        paths[name] = str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}"))
        files[paths[name]] = content

    code = {name: text.decode("utf-8") for name, text in sources.items() if name.endswith(".js")}
    words = Vocabulary.of(templates, code.values())
    for name, content in sources.items():
        if name.endswith(".css"):
            own = content.decode("utf-8")
            try:
                sheet = styles.used(theme if name == SITE_SHEET else "", own, words)
            except css.BadSheet as error:
                raise AssetError(f"{name}: {error}") from None
            publish(name, sheet.encode("utf-8"))
        elif name not in code:
            publish(name, content)
    try:
        order = tuple(scripts.in_order(code))
    except scripts.Circle as error:
        raise AssetError(str(error)) from None
    for name in order:
        for missing in sorted(scripts.named_in(name, code[name]) - paths.keys()):
            raise AssetError(f"{name} names {missing}, which is not there")
        publish(name, scripts.renamed(name, code[name], paths).encode("utf-8"))
    return Assets(paths, files)


def found_assets(docs: Path, theme: Sequence[str], templates: Path) -> Assets:
    """What to publish of ``docs/assets``; ``theme`` are the theme's folders, ours first.

    Raises :class:`AssetError`.
    """
    folder = docs / FOLDER
    sources = {
        path.relative_to(docs).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    sources[GRAMMAR] = lexicon.browser_module().encode("utf-8")
    texts = [path.read_text("utf-8") for path in sorted(templates.rglob("*.j2"))]
    return published(sources, _theme_sheet(theme), texts)


def _theme_sheet(folders: Sequence[str]) -> str:
    for folder in folders:
        for path in sorted(Path(folder, "assets", "stylesheets").glob("main.*.min.css")):
            return path.read_text("utf-8")
    raise AssetError("the theme has no main style sheet")
