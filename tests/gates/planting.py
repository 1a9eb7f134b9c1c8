"""Defects to plant in a copy of the built site, fast: only what was changed is parsed again."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.conftest import published

from explainer.verify import Site
from explainer.verify.crawl import Page

Plant = Callable[[Path], object]


@dataclass(frozen=True)
class Changed(Site):
    """A copy of a parsed site, whose unchanged pages it shares."""

    clean: Site

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        def parsed(name: str) -> Page:
            shared = self.clean.pages.get(name)
            same = shared and (self.root / name).samefile(self.clean.root / name)
            return shared if shared and same else self.page(name)

        return {name: parsed(name) for name in sorted(self.files) if name.endswith(".html")}


def copied(clean: Site, to: Path) -> Changed:
    """A copy of the site that shares every file on the disk until a plant writes another."""
    shutil.copytree(clean.root, to, copy_function=os.link)
    return Changed(to, clean)


def write(path: Path, content: str | bytes) -> None:
    """Put a new file at ``path``; whatever shares the old one keeps it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def replace(name: str, old: str, new: str, times: int = 1) -> Plant:
    """Write ``new`` for ``old``, once or, with -1, everywhere."""

    def plant(site: Path) -> None:
        path = file(site, name)
        text = path.read_bytes().decode("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        write(path, text.replace(old, new, times))

    return plant


def file(site: Path, name: str) -> Path:
    """A file of the site; assets are named as the project names them."""
    return site / (published(site, name) if name.startswith("assets/") else name)


def together(plants: Iterable[Plant]) -> Plant:
    """Several plants that make one defect."""
    made = tuple(plants)
    return lambda site: [plant(site) for plant in made]


def before_end(name: str, html: str) -> Plant:
    """Add ``html`` to the end of a page's text."""
    return replace(name, "</main>", f"{html}</main>")


def remove(name: str) -> Plant:
    """Remove one file."""
    return lambda site: file(site, name).unlink()


def add(name: str, content: str | bytes) -> Plant:
    """Add one file."""
    return lambda site: write(site / name, content)
