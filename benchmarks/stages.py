"""The stages of our own way, each measured in a process of its own.

A stage gets everything ready, which is not measured, and hands back the work, which is: a call
that says how many things it made. ``benchmarks.one`` runs it.

Only entry points are called that tell what they do, not how: loading, rendering, MkDocs with the
hook, the machine forms, the index. What a stage leaves out it replaces by nothing.
"""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from benchmarks.measuring import ADDRESS
from explainer import publishing, site
from explainer.dataset import load
from explainer.forms.speakers import speakers
from explainer.pictures import png
from explainer.publishing import machine, search_index
from explainer.reasoning import reckon

PAGES = "site.pages"
"""The folder of a checkout where the finished pages are put, without anything else."""

PICTURES = 40
"""How many pictures are painted to know what one costs."""

Work = Callable[[], int | Path]
"""What is measured; hands back how many things it made, or the folder with the pages it made."""


def _load(checkout: Path) -> Work:
    return lambda: len(load(checkout / "data").figures)


def _render(checkout: Path) -> Work:
    dataset = load(checkout / "data")
    templates = checkout / "scripts" / "templates"
    return lambda: sum(1 for _ in publishing.render(dataset, ADDRESS, templates))


def _pages(checkout: Path) -> Work:
    """From the data to the finished pages of each language: the way that peers go as well."""
    made = checkout / PAGES
    shutil.rmtree(made, ignore_errors=True)
    for language in ("en", "zh"):
        shutil.rmtree(checkout / "docs" / language, ignore_errors=True)
    _leave_out_what_peers_have_not()
    return lambda: _mkdocs_into(checkout, made)


def _mkdocs(checkout: Path) -> Work:
    """MkDocs alone: its pages have been generated before."""
    made = checkout / "site.mkdocs"
    shutil.rmtree(made, ignore_errors=True)
    _leave_out_what_peers_have_not()
    generated = site.generate(checkout, docs=checkout / "docs", address=ADDRESS)

    def generate(*_: object, meanwhile: Callable[[], None], **__: object) -> site.Generated:
        meanwhile()
        return generated

    _replace(site, "generate", generate)
    return lambda: _mkdocs_into(checkout, made)


def _both(checkout: Path) -> Work:
    """Pages in both languages, which no peer makes."""
    generated = site.generate(checkout, docs=checkout / "docs", address=ADDRESS)
    made = checkout / "site.both"
    shutil.rmtree(made, ignore_errors=True)
    _replace(publishing.Documents, "ready", lambda *_, **__: iter(()))
    furniture = site.Setting.of(checkout, ADDRESS, site.assets_of(checkout)).furniture
    documents = generated.documents(furniture)
    return lambda: sum(generated.start_documents(made, documents).finish())


def _leave_out_what_peers_have_not() -> None:
    """Let the hook, which is loaded later, find nothing to do for forms, index and pairs."""
    _replace(publishing.Documents, "paired", lambda *_, **__: iter(()))
    _replace(site.Generated, "write_machine_files", lambda *_, **__: 0)
    _replace(site.Generated, "write_supply", lambda *_, **__: 0)
    _replace(search_index, "write_search_index", lambda *_, **__: 0)


def _mkdocs_into(checkout: Path, made: Path) -> Path:
    config = load_config(str(checkout / "mkdocs.yml"), strict=True, site_dir=str(made))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()
    return made


def _forms(checkout: Path) -> Work:
    """Every machine form and every picture as SVG; none is painted."""
    generated = site.generate(checkout, docs=checkout / "docs", address=ADDRESS)
    made = checkout / "site.forms"
    shutil.rmtree(made, ignore_errors=True)
    _do_not_paint()
    return lambda: generated.write_machine_files(made, checkout)


def _do_not_paint() -> None:
    _replace(machine, "png", lambda _: b"")


def _replace(owner: object, name: str, by: Callable[..., object]) -> None:
    """Put ``by`` in the place of an entry point, which must exist, for the rest of the process."""
    getattr(owner, name)
    setattr(owner, name, by)


def _pictures(checkout: Path) -> Work:
    """A sample of the pictures, painted: the first of figures and charts in both languages."""
    dataset = load(checkout / "data")
    to = speakers(dataset, reckon(dataset), ADDRESS)
    drawn = [svg() for _, (_, svg) in zip(range(PICTURES), machine.svgs(to), strict=False)]
    return lambda: len([png(svg) for svg in drawn])


def _search(checkout: Path) -> Work:
    """The index of words over the finished pages."""
    made = checkout / PAGES
    shutil.rmtree(made / search_index.FOLDER, ignore_errors=True)
    return lambda: search_index.write_search_index(made)


def _whole(checkout: Path) -> Work:
    """The whole build with all its checks; pictures count as made before."""
    for name in ("site", "site.next", ".cache", "docs/en", "docs/zh"):
        shutil.rmtree(checkout / name, ignore_errors=True)
    _do_not_paint()
    return lambda: sum(site.build(checkout).checked.values())


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: how it gets ready, what it makes, and what is measured in a line."""

    ready: Callable[[Path], Work]
    makes: str
    about: str


STAGES: Mapping[str, Stage] = {
    "load": Stage(_load, "figures", "data files to checked dataset"),
    "render": Stage(_render, "pages", "dataset to pages as text"),
    "mkdocs": Stage(_mkdocs, "pages", "generated pages to finished ones"),
    "pages": Stage(_pages, "pages", "all three in one process, and writing"),
    "both": Stage(_both, "pages", "pages in both languages at once"),
    "forms": Stage(_forms, "files", "machine forms, pictures as SVG"),
    "pictures": Stage(_pictures, "pictures", "a sample of pictures as PNG"),
    "search": Stage(_search, "files", "index of words over the pages"),
    "whole": Stage(_whole, "checks", "whole build, pictures made before"),
}
