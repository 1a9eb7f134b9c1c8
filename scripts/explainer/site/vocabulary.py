"""What pages are made of: the tags, classes and attributes that a style sheet can speak of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from explainer.site import css

_NAME = r"[A-Za-z][\w-]*"
_TAG, _CLASSES = re.compile(r"<([a-z][a-z0-9]*)"), re.compile(r'class="([^"]*)"')
_ATTRIBUTE = re.compile(rf'[\s"%}}]({_NAME})(?:="([^"]*)"|(?=[\s>]))')
_QUOTED, _WORD = re.compile(r'"([\w -]+)"'), re.compile(_NAME)
_MARKDOWN = (
    "a blockquote br code em h1 h2 h3 h4 hr img li ol p pre strong table tbody td th thead tr ul"
)
_ANY_OF = frozenset(("is", "where", "has", "matches"))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tags, classes and attributes that pages can hold."""

    tags: frozenset[str]
    classes: frozenset[str]
    attributes: frozenset[str]
    """Their names, and for each value that is known "name=value"."""

    @classmethod
    def of(cls, templates: Iterable[str], scripts: Iterable[str]) -> "Vocabulary":
        """What templates and scripts name, and what Markdown makes by itself."""
        tags, classes, attributes = set(_MARKDOWN.split()), set[str](), {"id", "class", "lang"}
        for text in templates:
            tags.update(_TAG.findall(text))
            for name, value in _ATTRIBUTE.findall(text):
                attributes.update((name, f"{name}={value}"))
            for value in _CLASSES.findall(text):
                classes.update(_WORD.findall(value))
        for text in scripts:
            for value in _QUOTED.findall(text):
                words = _WORD.findall(value)
                tags.update(words)
                classes.update(words)
        return cls(frozenset(tags), frozenset(classes), frozenset(attributes))

    def has(self, selector: Sequence[Any]) -> bool:
        """Whether everything that a selector asks for can stand on a page."""
        before = ""
        for token in selector:
            match token.type:
                case "ident" if before == ".":
                    good = token.value in self.classes
                case "ident" if before == ":":
                    good = not css.VENDOR.match(token.value)
                case "ident":
                    good = token.lower_value in self.tags
                case "hash":
                    good = False  # the ids of somebody else's sheet are not ours
                case "[] block":
                    good = css.text(token.content).replace('"', "") in self.attributes
                case "function" if token.lower_name in _ANY_OF:
                    good = any(map(self.has, css.apart(token.arguments)))
                case "function":
                    good = not css.VENDOR.match(token.lower_name)
                case _:
                    good = True
            if not good:
                return False
            before = token.value if token.type == "literal" else ""
        return True
