"""Everything that a build reads, looked at before it renders: all faults are reported together."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from inspect import signature
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from lxml import etree

from explainer import urls
from explainer.data import LANGUAGES, Code, DataError, DataErrors, Dataset, hidden, load
from explainer.data.yaml_source import decode, read_file
from explainer.limits import ASSET_BYTES, PAGE_BYTES, PAGE_MARKS
from explainer.site.assets import GRAMMAR
from explainer.site.pages import find_prose, generated_pages, typed_digits, unpaired_pages
from explainer.site.templates import Templates

_JINJA = Environment()
_TEXTS = (".css", ".html", ".js", ".md", ".svg", ".xml")
_MARK = re.compile(r"[\[<]|(?:[0-9]\.|[*+>-])[ \t]|\n[ \t]*\n")
_PAGE_NAME = re.compile(r"[a-z0-9-]{1,60}(/[a-z0-9-]{1,60}){0,4}")
_ELSEWHERE = re.compile(
    r"""(?:@import|\burl\(|\bfrom|\bimport\(?)\s*["']?\s*(?:[a-z][a-z0-9+.-]*:|//)""", re.I
)
_REFERENCE = re.compile(r"&#?[A-Za-z0-9]{1,40};?|\\[xuUN0-7]\w*")
_MODULE = re.compile(r'"(\.{1,2}/[^"\s]+\.(?:js|css))"')
_ACTIVE = frozenset(("script", "foreignobject", "iframe", "audio", "video", "handler", "set"))


def check_inputs(root: Path) -> tuple[Dataset | None, list[DataError]]:
    """Return the dataset of a checkout, unless it is faulty, and all faults of what is read."""
    dataset: Dataset | None = None
    errors = list[DataError]()
    try:
        dataset = load(root / "data")
    except DataErrors as error:
        errors += error.problems
    texts = dict[str, str]()
    for folder in ("docs", "overrides"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            name, faults = path.relative_to(root).as_posix(), list[DataError]()
            limit = PAGE_BYTES if path.suffix in (".md", ".html", ".css") else ASSET_BYTES
            content = read_file(root / folder, name.removeprefix(f"{folder}/"), faults, limit)
            if not content.strip() and not faults:
                faults.append(_asset_error(name, "an empty file", "a file to show"))
            if path.suffix in _TEXTS:
                text = decode(content, name, faults)
                if path.suffix == ".md" and len(_MARK.findall(text)) > PAGE_MARKS:
                    found = f"more than {PAGE_MARKS:,} of [, <, list marks and blocks"
                    place = (name, 0, 0, Code.TOO_LARGE, "")
                    faults.append(DataError(*place, found, "fewer on one page"))
                texts |= {} if faults else {name: text}
            errors += faults
    errors += unpaired_pages(find_prose(root / "docs"))
    errors += _hidden_pages(root / "docs", dataset)
    for name, text in texts.items():
        if name.endswith((".md", ".html")):
            errors += typed_digits(name, text)
            errors += _hidden_references(name, text)
            errors += _call_faults(name, text) if dataset is None else ()
        elif name.startswith("docs/assets/"):
            errors += _asset_faults(name, text, texts)
    return dataset, errors


def _hidden_pages(docs: Path, dataset: Dataset | None) -> Iterator[DataError]:
    """Yield a fault for each hand-written page that no reader would find at its address."""
    pages = find_prose(docs)
    made = {name for name, *_ in generated_pages(dataset)} if dataset else set()
    taken = {urls.folder(urls.both_page(name)) for name in (*made, *pages[urls.DEFAULT])}
    taken |= {f"{urls.root_of(code)}{urls.folder(name)}" for name in made for code in LANGUAGES}
    named = [(name, language) for language in LANGUAGES for name in pages[language]]
    for name, language in sorted(named, key=lambda one: one[0].count("/")):
        address = f"{urls.root_of(language)}{urls.folder(name)}"
        if address in taken or not _PAGE_NAME.fullmatch(name):
            place, expected = (f"docs/{language}/{name}.md", 0, 0), "a name of its own in a-z0-9-"
            if name in made:
                expected += " (`make clean` removes what old versions of the program wrote)"
            yield DataError(*place, Code.HIDDEN_PAGE, "", f"/{address}", expected)
        taken.add(address)
    for path in sorted(docs.rglob("*.md")):
        name = path.relative_to(docs).as_posix()
        if name.partition("/")[0] not in LANGUAGES:
            expected = f"a page below {' or '.join(f'docs/{code}' for code in LANGUAGES)}"
            yield DataError(f"docs/{name}", 0, 0, Code.UNREAD_FILE, "", path.name, expected)


def _hidden_references(name: str, text: str) -> Iterator[DataError]:
    """Yield references to what no reader can see: of characters, and in calls with a backslash."""
    for match in _REFERENCE.finditer(text):
        is_escape = match[0].startswith("\\")
        meant = "" if is_escape else unescape(match[0])  # nothing where it is a control character
        if not meant or any(hidden(meant)):
            before = text[: match.start()]
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            place = (name, line, column, Code.BAD_CHARACTER, "")
            yield DataError(*place, match[0], "printable text")


def _call_faults(name: str, text: str) -> Iterator[DataError]:
    """Yield what Jinja cannot parse, and calls whose arguments do not fit the function.

    Without data nothing is rendered, which would find them.
    """

    def fault(line: int, found: str) -> DataError:
        expected = "a call that Jinja can render"
        return DataError(name, line, 1, Code.BAD_TEMPLATE, "", found, expected)

    calls: list[nodes.Call] = []
    try:
        calls += _JINJA.parse(text).find_all(nodes.Call)
    except TemplateSyntaxError as error:
        yield fault(error.lineno, error.message or "broken syntax")
    except (RecursionError, ValueError) as error:  # of a number of too many digits
        yield fault(0, str(error))
    for call in calls:
        function = getattr(Templates, getattr(call.node, "name", ""), None)
        if function and not call.dyn_args and not call.dyn_kwargs:
            form = signature(function)
            named: dict[str, Any] = {one.key: one for one in call.kwargs}
            named |= {"caller": None} if "caller" in form.parameters else {}
            try:
                form.bind(None, *call.args, **named)
            except TypeError as error:
                yield fault(call.lineno, f"{function.__name__}: {error}")


def _asset_faults(name: str, text: str, texts: Mapping[str, str]) -> Iterator[DataError]:
    """Yield what a style sheet, script or picture holds that readers' browsers must not load."""
    found = _svg_faults(text) if name.endswith(".svg") else _ELSEWHERE.findall(text)
    for one in found:
        yield _asset_error(name, one, "nothing that runs, and nothing from elsewhere")
    for target in _MODULE.findall(text) if name.endswith(".js") else ():
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if path not in texts and path != f"docs/assets/{GRAMMAR}":
            yield _asset_error(name, target, "the name of a file in docs/assets")


def _svg_faults(text: str) -> Iterator[str]:
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        tree: Any = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        yield str(error)
        return
    if tree.getroottree().docinfo.doctype:
        yield "a document type"
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        if not isinstance(element.tag, str) and element.tag is not etree.Comment:
            yield "an instruction"
        elif tag in _ACTIVE:
            yield tag
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            is_link = attribute in ("href", "src") and not value.startswith("#")
            if attribute.startswith("on") or is_link:
                yield f"{attribute}={value}"
        yield from _ELSEWHERE.findall(f"{element.text or ''} {' '.join(element.attrib.values())}")


def _asset_error(name: str, found: str, expected: str) -> DataError:
    return DataError(name, 0, 0, Code.BAD_ASSET, "", found, expected)
