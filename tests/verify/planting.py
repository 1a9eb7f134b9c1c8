"""Defects to plant in a copy of the built site; only what was changed is read again."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

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
    before, now = set(clean.list_files()), set(site.list_files())
    for name in before - now:
        site.pages.pop(name, None)
    kept = {name for name in before & now if (to / name).samefile(clean.root / name)}
    changed = sorted(now - kept)
    return site, [page for name in changed if (page := site.read(name))]


def faults(site: Site, pages: Iterable[Page], names: Sequence[str] = ()) -> set[str]:
    """The names of the checks (of those named, or of all) that find fault."""
    page_checks = [check for check in PAGE_CHECKS if not names or name_of(check) in names]
    site_checks = [check for check in SITE_CHECKS if not names or name_of(check) in names]
    found = {name_of(c) for c in page_checks if any(f for page in pages for f in c(page))}
    return found | {name_of(check) for check in site_checks if any(check(site))}


def edit(site: Path, *edits: Sequence[Any]) -> None:
    """Replace texts of files, once or everywhere; remove the files for which no text is given.

    Assets are named as the project names them; whatever shares an old file keeps it.
    """
    for name, *change in edits:
        path = site / (published(site, name) if name.startswith("assets/") else name)
        if change:
            old, new, times = [*change, 1][:3]
            rewrite(path, path.read_bytes().decode("utf-8").replace(old, new, times))
        else:
            path.unlink()


def rewrite(path: Path, content: str) -> None:
    """Write another content into a file; whatever shares the old one keeps it."""
    assert path.read_bytes() != content.encode("utf-8"), f"{path} is as it was"
    path.unlink()
    path.write_bytes(content.encode("utf-8"))
