"""The budget of a first view for each sort of page, and the measure of a page."""

import gzip
import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from lxml import etree, html
from tests.commands import read_table


@dataclass(frozen=True, slots=True)
class View:
    """A first view: its bytes, compressed by gzip at its best, and its requests."""

    bytes: int
    requests: int


_TABLE: dict[str, dict[str, Any]] = read_table(Path(__file__).with_name("budget.json"))
BUDGETS = {sort: View(most["bytes"], most["requests"]) for sort, most in _TABLE.items()}
"""The most that a page of each sort may need; the icon counts, what comes later does not."""

_LOADED = etree.XPath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
_IMPORTED = re.compile(r'^(?:import|export) [^"]*"(\./[^"]+)"', re.MULTILINE)


def sort_of(address: str) -> str:
    """The sort of a page by its address below the site's root ("zh/money/")."""
    bare = address.removesuffix("index.html").removeprefix("zh/")
    return next(sort for sort, most in _TABLE.items() if re.fullmatch(most["pages"], bare))


def view(site: Path, name: str) -> View:
    """The first view of a page, by its path below ``site``."""
    page = (site / name).read_bytes()
    addresses = cast("list[str]", _LOADED(html.fromstring(page)))
    ahead = [_found(name, address) for address in addresses]
    loaded: set[str] = set()
    while ahead:
        one = ahead.pop()
        if one not in loaded:
            loaded.add(one)
            if one.endswith(".js"):
                script = (site / one).read_text("utf-8")
                ahead += [_found(one, address) for address in _IMPORTED.findall(script)]
    weights = [_weight(page), *(_weight((site / one).read_bytes()) for one in loaded)]
    return View(sum(weights), len(weights))


def _found(page: str, address: str) -> str:
    path = unquote(urlsplit(address).path)
    if path.startswith("/"):  # the page for what is missing stands anywhere
        return path[path.index("/assets/") + 1 :]
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def _weight(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))
