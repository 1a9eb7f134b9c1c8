"""Style sheets, scripts and pictures, published under a folder named by what they are made of.

Everything in ``docs/assets`` is published below ``assets/<digest>/``. Another input gives another
digest, so browsers may keep each file for ever, and relative addresses between files stay as they
are.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rcssmin

from explainer.data import Code, DataError, DataErrors
from explainer.extract import lexicon
from explainer.site.base_sheet import Vocabulary, filter_sheet

SITE_SHEET = "css/site.css"
"""The sheet of every page: what of the theme's sheet our pages can match, and then our own."""
GRAMMAR = "js/numbers/words.js"
"""The words of the number grammars, which the browser shares; made by the program."""
_DIGITS = 8
_COMMENT_LINE = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of ``docs/assets`` by name ("css/site.css"), and the folder they go to."""

    sources: dict[str, bytes]
    theme_sheet: str
    folder: str

    def url(self, name: str) -> str:
        """Return the path of a file below the site's root. Raises ``LookupError``."""
        if name not in self.sources:
            raise LookupError(f"docs/assets/{name}")
        return f"{self.folder}/{name}"

    def files(self, vocabulary: Vocabulary) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of every file; ``vocabulary`` is that of the finished pages."""
        for name, content in self.sources.items():
            if name.endswith(".css"):
                own = content.decode("utf-8")
                is_site = name == SITE_SHEET
                theme = filter_sheet(self.theme_sheet, vocabulary, own) if is_site else ""
                yield self.url(name), rcssmin.cssmin(theme + own).encode("utf-8")
            elif name.endswith(".js"):
                yield self.url(name), _COMMENT_LINE.sub(b"", content)
            else:
                yield self.url(name), content


def load_assets(docs: Path, theme: Iterable[str], inputs: Iterable[Path]) -> Assets:
    """Read ``docs/assets`` and the main sheet of the ``theme`` (its folders).

    ``inputs`` are the files that pages are made of: they decide what the base sheet holds. Raises
    ``DataErrors`` where the theme has no main sheet.
    """
    folder = docs / "assets"
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    sources = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    sources[GRAMMAR] = lexicon.browser_module().encode("utf-8")
    sheet = _main_sheet(theme)
    digest = hashlib.sha256(sheet.encode("utf-8"))
    for name, content in sources.items():
        digest.update(f"{name}\0".encode() + content)
    for path in inputs:
        digest.update(path.read_bytes())
    return Assets(sources, sheet, f"assets/{digest.hexdigest()[:_DIGITS]}")


def _main_sheet(theme: Iterable[str]) -> str:
    for folder in theme:
        for path in sorted(Path(folder, "assets", "stylesheets").glob("main.*.min.css")):
            return path.read_text("utf-8")
    place = ("mkdocs.yml", 0, 0, Code.BAD_SETTING, "theme")
    raise DataErrors([DataError(*place, "no main style sheet", "the theme material")])
