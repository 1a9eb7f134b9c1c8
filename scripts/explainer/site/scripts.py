"""What scripts name: other scripts and style sheets, by paths relative to their own."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

_NAMED = re.compile(r'"(\.{1,2}/[^"\s]+\.(?:js|css))"')


class Circle(ValueError):
    """Scripts that name each other in a circle; the message names them."""


def named_in(name: str, script: str) -> set[str]:
    """The names of the files that a script names."""
    return {_resolved(name, found) for found in _NAMED.findall(script)}


def in_order(scripts: Mapping[str, str]) -> Iterator[str]:
    """The scripts' names, each after those that it names. Raises :class:`Circle`.

    The order is the same whatever order the scripts come in.
    """
    graph = {
        name: sorted(named_in(name, scripts[name]) & scripts.keys()) for name in sorted(scripts)
    }
    try:
        yield from TopologicalSorter(graph).static_order()
    except CycleError as error:
        raise Circle(f"scripts name each other in a circle: {' → '.join(error.args[1])}") from None


def renamed(name: str, script: str, paths: Mapping[str, str]) -> str:
    """A script that names files by their ``paths`` as published."""
    here = posixpath.dirname(name)

    def as_published(match: re.Match[str]) -> str:
        path = posixpath.relpath(paths[_resolved(name, match[1])], here)
        return f'"{path if path.startswith(".") else f"./{path}"}"'

    return _NAMED.sub(as_published, script)


def _resolved(name: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))
