"""The one place that escapes: data text becomes text and nothing else, in Markdown and in HTML.

Pages are Markdown with HTML inside, so a text must be inert for both readers. Every character
that either could act on becomes a numeric reference, which both show as the character itself.
"""

import html
import json
import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import BaseLoader, Environment, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import Template, TemplateModule
from jinja2.nodes import Call, Concat, Expr, Getattr, Getitem, Name, Node
from jinja2.nodes import Template as Source
from jinja2.runtime import Context, new_context
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

# Active at the start of a line only: headings, lists, rules, definitions.
_ACTIVE_AT_START = re.compile(r"^(\s*)([#+\-=:!]+|[0-9]+(?=[.)](?:\s|$)))([.)]?)")
_STARTING = frozenset("#+-=:!0123456789")
_ACTIVE_IN_LINES = re.compile(r"^[^\S\n]*[#+\-=:!0-9]", re.MULTILINE)
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^>]*>")


def _reference(text: str) -> str:
    return "".join([f"&#{ord(character)};" for character in text])


_REFERENCES = {character: _reference(character) for character in "&\\`*_{}[]<>|~^\"'"}
"""Characters that are active anywhere in a line: Markdown's inline marks, attribute lists, HTML.

The ampersand comes first, as every reference holds one.
"""
_ACTIVE = re.compile(f"[{re.escape(''.join(_REFERENCES))}]")


def inert(text: object) -> Markup:
    """``text`` so that Markdown and HTML show it literally, on one line.

    Safe in element content and in a quoted attribute.
    """
    return _inert(text if type(text) is str else str(text))


def finished(text: str) -> Markup:
    """A text that is markup already, every part of it inert or ours."""
    # What Markup does before, looking for an object's own HTML, takes longer than all of this.
    return str.__new__(Markup, text)


@lru_cache(maxsize=16_384)
def _inert(text: str) -> Markup:
    # No space but the plain one counts as printable.
    if "  " in text or not text.isprintable():
        text = _SPACE.sub(" ", text)
    return finished(_line(_escaped(text)))


def _escaped(text: str) -> str:
    if not _ACTIVE.search(text):
        return text
    for character, reference in _REFERENCES.items():
        if character in text:
            text = text.replace(character, reference)
    return text


def _line(escaped: str) -> str:
    """A line whose start makes nothing of it either."""
    if escaped.lstrip()[:1] not in _STARTING:
        return escaped
    return _ACTIVE_AT_START.sub(
        lambda match: (
            match[1]
            + (match[2] if match[2].isdigit() else _reference(match[2]))
            + _reference(match[3])
        ),
        escaped,
        count=1,
    )


@lru_cache(maxsize=256)
def plain(markup: str) -> str:
    """Rendered markup as the text that a reader sees, on one line, with nothing escaped."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub("", str(markup)))).strip()


_JSON = json.JSONEncoder(ensure_ascii=False)


def front_matter(value: object) -> Markup:
    """A value for YAML front matter: JSON, which YAML reads as it stands."""
    return finished(_JSON.encode(value))


def lines(text: str) -> Markup:
    """A text of several lines for a ``pre`` element, all spaces kept, inert like any other."""
    escaped = _escaped("\n".join(text.rstrip("\r\n").splitlines()))
    if _ACTIVE_IN_LINES.search(escaped):
        escaped = "\n".join([_line(line) for line in escaped.split("\n")])
    return finished(escaped.replace("\n", "&#10;"))


class UnsafeAddress(ValueError):
    """An address that is not plain http or https."""


@lru_cache(maxsize=1024)
def address(url: str) -> Markup:
    """``url`` for an ``href``. Raises :class:`UnsafeAddress` for anything but http and https."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UnsafeAddress(url)
    return inert(url)


def _finalize(value: object) -> Markup:
    if type(value) is str:
        return _inert(value)
    return value if isinstance(value, Markup) else inert(value)


class _Generator(CodeGenerator):
    """Calls functions and macros as they are: none of ours asks for anything of the template.

    What a template prints passes :func:`_finalize` only, which escapes it; and what a function
    gives that is known to give markup not even that. A dot asks for an attribute and nothing else,
    and whatever ``~`` joins is plain text.
    """

    environment: "_Environment"

    def _is_printed_as_it_is(self, node: Node) -> bool:
        match node:
            case Call(node=Name(name=name)):
                return name in self.environment.markup
            case Getitem(node=Name(name=name)):
                return name == STRINGS
        return False

    def visit_Call(  # noqa: N802 - Jinja's
        self, node: Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call as it is, unless it hands a block or lists of arguments on."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")

    def visit_Getitem(self, node: Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write what stands under a key: of the interface strings as it is."""
        match node:
            case Getitem(node=Name(name=name)) if name == STRINGS:
                self.visit(node.node, frame)
                self.write("[")
                self.visit(node.arg, frame)
                self.write("]")
            case _:
                super().visit_Getitem(node, frame)

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write an attribute as it is, but for the blocks of the template itself."""
        match node:
            case Getattr(node=Name(name="self")):
                super().visit_Getattr(node, frame)
            case _:
                self.visit(node.node, frame)
                self.write(f".{node.attr}")

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write a join of texts as one step."""
        self.write(f"({'%s' * len(node.nodes)!r} % (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro as a plain function, unless it takes a block or lists of arguments."""
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller:
            super().macro_def(macro_ref, frame)
            return
        names = tuple(argument.name for argument in macro_ref.node.args)
        self.write(f"environment.macro(macro, {names!r})")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_printed_as_it_is(node):
            self.write(finalize.src)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_printed_as_it_is(node):
            self.write(")")


STRINGS = "interface_strings"
"""The name by which templates of one language know its interface strings, by key."""


class _Looking(NodeTransformer):
    """Puts a look into the interface strings in the place of calls such as ``t("key")``."""

    def visit_Call(self, node: Call, *args: Any, **named: Any) -> Node:  # noqa: N802 - Jinja's
        """The look for a string that is shown whole, or the call."""
        self.generic_visit(node, *args, **named)
        match node:
            case Call(node=Name(name="t"), args=[key], kwargs=[]):
                strings = Name(STRINGS, "load", lineno=node.lineno)
                return Getitem(strings, key, "load", lineno=node.lineno)
        return node


class _Template(Template):
    """Gives its macros to whoever imports them; all that they know is what all pages know."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> Context:
        """What a rendering knows: the names of every page, and its own."""
        names = vars if shared else {**self.environment.globals, **(vars or {})}
        return new_context(self.environment, self.name, self.blocks, names, True, None, locals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def _macro(rendered: Callable[..., str], names: tuple[str, ...]) -> Callable[..., Markup]:
    """A macro as a function of the arguments ``names``; ``rendered`` wants each in its place."""
    absent = (missing,) * len(names)

    def called(*given: object, **named: object) -> Markup:
        if named:
            given += tuple([named.pop(name, missing) for name in names[len(given) :]])
        if named:
            raise TypeError(f"a macro takes no argument {', '.join(named)}")
        return finished(rendered(*given, *absent[len(given) :]))

    return called


class _Environment(Environment):
    macro = staticmethod(_macro)
    template_class = _Template
    code_generator_class = _Generator
    markup: frozenset[str] = frozenset()
    _known: dict[str, Template]

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template by its name; it is read when it is asked for first."""
        found = self._known.get(name) if isinstance(name, str) else name
        if found is None:
            found = self._known[str(name)] = super().get_template(name, parent, globals)
        return found

    def _generate(self, source: Source, *args: Any, **named: Any) -> str:
        if self.markup:
            source = _Looking().visit(source)
        return super()._generate(source, *args, **named)


def environment(loader: BaseLoader, markup: frozenset[str] = frozenset()) -> Environment:
    """The template environment: whatever a template prints is inert unless we made it markup.

    ``markup`` names functions that give markup, where templates are those of one language; such
    templates look whole interface strings up in :data:`STRINGS`. Templates are read once: who
    changes one makes a new environment.
    """
    made = _Environment(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(plain=plain, front_matter=front_matter, address=address, lines=lines)
    made.markup = markup
    made._known = {}
    return made
