"""The templates: which there are, what is wrong with them, and one page rendered from one.

``pages/<page>.<language>.md.j2`` hold prose, one file a language; the templates beside that
folder serve both languages and take every word from the data.
"""

import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket

from explainer.data import LANGUAGES, DataErrors, Code, DataError
from explainer.site import template_env
from explainer.site.template_env import UnsafeAddress
from explainer.site.template_globals import MARKUP
from explainer.site.writer import write_file
from explainer.i18n import UnknownName

FOLDER = Path(__file__).parents[2] / "templates"
SHOWN = "scripts/templates"
COMPILED = ".cache/templates"
"""Where compiled templates wait, in the checkout that holds their folder."""
_GENERATOR = sha256(
    "\0".join(
        (
            Path(template_env.__file__).read_text("utf-8"),
            jinja2.__version__,
            sys.implementation.cache_tag,
            *sorted(MARKUP),
        )
    ).encode()
).hexdigest()
"""What makes code of templates; other code would come of the same source if any of it changed."""
_DIGIT = re.compile(r"\d+")
_CODE = re.compile(r"\{#-?\s.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# What may hold digits without being read: HTML tags, attribute lists, link targets.
_UNREAD = re.compile(r"<[^>]*>|\{ ?[:#][^}]*\}|\]\([^)]*\)")
_PROSE = re.compile(r"pages/(?P<page>.+)\.(?P<language>[a-z]+)\.md\.j2")


def make_environment(folder: Path = FOLDER) -> Environment:
    """The environment that loads templates from ``folder``, for any language."""
    return template_env.environment(FileSystemLoader(folder))


class Compiled(BytecodeCache):
    """Templates of one language as compiled before, each in a file of ``folder``; safe to delete.

    They serve every language and any data. Who cannot read or write there compiles anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source_checksum(self, source: str) -> str:
        """A digest of all that a template's code depends on."""
        return super().get_source_checksum(f"{_GENERATOR}{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled of the same source; what was cut short is nothing."""
        with suppress(OSError, EOFError, UnpicklingError):
            bucket.bytecode_from_string((self._folder / bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        with suppress(OSError):
            write_file(self._folder / bucket.key, bucket.bytecode_to_string(), durable=False)


def spoken_environment(folder: Path = FOLDER) -> Environment:
    """The same for the templates of one language; it waits for the names that they know."""
    made = template_env.environment(FileSystemLoader(folder), MARKUP)
    made.bytecode_cache = Compiled(folder.parents[1] / COMPILED)
    return made


def spoken_templates(folder: Path = FOLDER) -> list[str]:
    """The templates of one language: of pages, and of their parts."""
    names = spoken_environment(folder).list_templates()
    return [name for name in names if name.endswith(".md.j2") or "/" in name]


def compile_ahead(names: Sequence[str], folder: Path = FOLDER) -> None:
    """Let templates wait compiled; who renders one with a fault is told of it then."""
    jinja = spoken_environment(folder)
    for name in names:
        with suppress(TemplateError):
            jinja.get_template(name)


def prose_pages(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of the pages written as prose. Raises :class:`DataErrors` where one has no pair."""
    found: dict[str, set[str]] = {}
    for path in sorted((folder / "pages").rglob("*.j2")):
        match = _PROSE.fullmatch(path.relative_to(folder).as_posix())
        if match:
            found.setdefault(match["page"], set()).add(match["language"])
    DataErrors.unless_empty(
        DataError(
            f"{SHOWN}/pages/{page}.{has}.md.j2",
            0,
            0,
            Code.NO_TRANSLATION,
            page,
            f"no {language} page",
            f"pages/{page}.{language}.md.j2 beside it",
        )
        for page, languages in found.items()
        for language in LANGUAGES
        if language not in languages
        for has in sorted(languages)
    )
    return tuple(found)


def typed_digits(folder: Path = FOLDER) -> Iterator[DataError]:
    """Digits typed in a template's own words; numbers come from the data."""
    for path in sorted(folder.rglob("*.j2")):
        words = words_of(path.read_text("utf-8"))
        for match in _DIGIT.finditer(words):
            line = words.count("\n", 0, match.start()) + 1
            column = match.start() - words.rfind("\n", 0, match.start())
            yield DataError(
                f"{SHOWN}/{path.relative_to(folder).as_posix()}",
                line,
                column,
                Code.TYPED_DIGIT,
                "",
                match.group(),
                "a call such as fig(…), derived(…) or date(…)",
            )


def words_of(template: str) -> str:
    """The words of a template: template code, HTML tags, attribute lists and link targets blanked.

    Every character keeps its place, so that a found word's line and column are the template's.
    """
    for unread in (_CODE, _UNREAD):
        template = unread.sub(_blank, template)
    return template


def _blank(match: re.Match[str]) -> str:
    return "\n".join([" " * len(line) for line in match.group().split("\n")])


def render(
    jinja: Environment, template: str, names: Mapping[str, object]
) -> tuple[str, DataError | None]:
    """One page's text, or an empty text and the problem that stopped it, with its line."""
    try:
        return jinja.get_template(template).render(names), None
    except (UnknownName, UnsafeAddress, TemplateError, AttributeError) as error:
        if isinstance(error, AttributeError) and not _is_in_template(error):
            raise
        where, line = _place(error, jinja, template)
        code = Code.UNKNOWN_REFERENCE if isinstance(error, UnknownName) else Code.BAD_TEMPLATE
        said = getattr(error, "message", None) or str(error)
        expected = "a name that the data has" if isinstance(error, UnknownName) else "a template"
        return "", DataError(f"{SHOWN}/{where}", line, 1, code, "", said, expected)


def _is_in_template(error: Exception) -> bool:
    return traceback.extract_tb(error.__traceback__)[-1].filename.endswith(".j2")


def _place(error: Exception, jinja: Environment, template: str) -> tuple[str, int]:
    if isinstance(error, TemplateSyntaxError):
        return error.name or template, error.lineno
    files = {jinja.get_template(name).filename: name for name in jinja.list_templates()}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in files:
            return files[frame.filename], frame.lineno or 0
    return template, 0
