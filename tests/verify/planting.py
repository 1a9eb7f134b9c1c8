"""Defects to plant in a copy of the built site; only what was changed is read again."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.conftest import published

from explainer.verify import PAGE_CHECKS, SITE_CHECKS, name_of
from explainer.verify.crawl import Page, Site

Plant = Callable[[Path], object]


def plant_in_copy(clean: Site, to: Path, plant: Plant) -> tuple[Site, list[Page]]:
    """A copy of a crawled site with a defect, and its pages that are not those of the clean one.

    The copy shares every file on the disk until a plant writes another.
    """
    shutil.copytree(clean.root, to, copy_function=os.link)
    plant(to)
    site = Site(to, clean.dataset, dict(clean.pages), dict(clean.targets))
    for name in clean.files - site.files:
        site.pages.pop(name, None)
    kept = {name for name in clean.files & site.files if (to / name).samefile(clean.root / name)}
    changed = sorted(site.files - kept)
    return site, [page for name in changed if (page := site.read(name))]


def faults(site: Site, pages: Iterable[Page], names: Sequence[str] = ()) -> set[str]:
    """The names of the checks (of those named, or of all) that find fault."""
    page_checks = [check for check in PAGE_CHECKS if not names or name_of(check) in names]
    site_checks = [check for check in SITE_CHECKS if not names or name_of(check) in names]
    found = {name_of(c) for c in page_checks if any(f for page in pages for f in c(page, site))}
    return found | {name_of(check) for check in site_checks if any(check(site))}


def write(path: Path, content: str) -> None:
    """Put a new file at ``path``; whatever shares the old one keeps it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content.encode("utf-8"))


def rewrite(name: str, change: Callable[[str], str]) -> Plant:
    """Write a file in another way."""

    def plant(site: Path) -> None:
        path = asset(site, name)
        text = path.read_bytes().decode("utf-8")
        changed = change(text)
        assert changed != text, f"{name} is as it was"
        write(path, changed)

    return plant


def replace(name: str, old: str, new: str, times: int = 1) -> Plant:
    """Write ``new`` for ``old``, once or, with -1, everywhere."""
    return rewrite(name, lambda text: text.replace(old, new, times))


def before_end(name: str, html: str) -> Plant:
    """Add ``html`` to the end of a page's text."""
    return replace(name, "</main>", f"{html}</main>")


def remove(name: str) -> Plant:
    """Remove one file."""
    return lambda site: asset(site, name).unlink()


def together(*plants: Plant) -> Plant:
    """Several plants that make one defect."""
    return lambda site: [plant(site) for plant in plants]


def asset(site: Path, name: str) -> Path:
    """A file of the site; assets are named as the project names them."""
    return site / (published(site, name) if name.startswith("assets/") else name)
