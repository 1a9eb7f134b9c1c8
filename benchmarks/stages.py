"""The stages of our own way, each measured in a process of its own.

A stage gets everything ready, which is not measured, and hands back the work, which is: a call
that says how many things it made. ``benchmarks.one`` runs it.

Only entry points are called that tell what they do, not how: loading, rendering, MkDocs with the
hook, the machine forms, the index. What a stage leaves out it replaces by nothing.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from benchmarks.measuring import ADDRESS
from explainer import site
from explainer.charts.png import render_png as png
from explainer.data import load
from explainer.derive import evaluate_all
from explainer.export.context import site_context
from explainer.generating import Generated, Waiting, add_documents, generate
from explainer.site import machine, search_index
from explainer.site.documents import Content
from explainer.site.pages import content_of
from explainer.site.templates import COMPILED
from explainer.workers import spread

PAGES = "site.pages"
"""The folder of a checkout where the finished pages are put, without anything else."""

COLD = ("docs/en", "docs/zh", COMPILED)
"""What a first build does not find."""

PICTURES = 40
"""How many pictures are painted to know what one costs."""

Work = Callable[[], int | Path]
"""What is measured; hands back how many things it made, or the folder with the pages it made."""


def _load(checkout: Path) -> Work:
    return lambda: len(load(checkout / "data").figures)


def _render(checkout: Path) -> Work:
    dataset = load(checkout / "data")
    templates = checkout / "scripts" / "templates"
    return lambda: sum(1 for _ in site.render(dataset, ADDRESS, templates))


def _pages(checkout: Path) -> Work:
    """From the data to the finished pages of each language: the way that peers go as well."""
    made = checkout / PAGES
    shutil.rmtree(made, ignore_errors=True)
    for name in COLD:
        shutil.rmtree(checkout / name, ignore_errors=True)
    _leave_out_what_peers_have_not()
    return lambda: _mkdocs_into(checkout, made)


def _mkdocs(checkout: Path) -> Work:
    """MkDocs alone: its pages, and the documents of all others, have been made before."""
    made = checkout / "site.mkdocs"
    shutil.rmtree(made, ignore_errors=True)
    _leave_out_what_peers_have_not()
    generated = _generated(checkout, Waiting(made))
    return lambda: _mkdocs_into(checkout, made, generated)


def _generated(checkout: Path, waiting: Waiting | None = None) -> Generated:
    return generate(checkout, address=ADDRESS, waiting=waiting)


def _framed(checkout: Path) -> Work:
    """Every page in its frame, but for those that MkDocs frames."""
    generated, contents = _with_contents(checkout)
    made = checkout / "site.framed"
    shutil.rmtree(made, ignore_errors=True)

    def framed(some: Sequence[Content]) -> int:
        return add_documents(made, generated.documents.framed(some))

    return lambda: sum(spread(framed, contents))


def _both(checkout: Path) -> Work:
    """Pages in both languages, which no peer makes."""
    generated, contents = _with_contents(checkout)
    pairs: dict[str, list[Content]] = {}
    for page, content in contents:
        pairs.setdefault(page.name, []).append((page, content))
    made = checkout / "site.both"
    shutil.rmtree(made, ignore_errors=True)

    def paired(some: Sequence[list[Content]]) -> int:
        return sum(add_documents(made, generated.documents.paired(pair)) for pair in some)

    return lambda: sum(spread(paired, [*pairs.values()]))


def _with_contents(checkout: Path) -> tuple[Generated, list[Content]]:
    generated = _generated(checkout)
    ready = (page for page in generated.everything() if not page.sort.is_markdown)
    docs = generated.docs
    return generated, [(page, content_of((docs / page.path).read_bytes())) for page in ready]


def _leave_out_what_peers_have_not() -> None:
    """Let the hook, which is loaded later, find nothing to do for forms, index and pairs."""
    _replace(site.Documents, "paired", lambda *_, **__: iter(()))
    _replace(Generated, "write_machine_files", lambda *_, **__: 0)
    _replace(Generated, "write_supply", lambda *_, **__: 0)
    _replace(search_index, "write_search_index", lambda *_, **__: 0)


def _mkdocs_into(checkout: Path, made: Path, generated: Generated | None = None) -> Path:
    config = load_config(str(checkout / "mkdocs.yml"), strict=True, site_dir=str(made))
    config.extra["generated"] = generated
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()
    return made


def _forms(checkout: Path) -> Work:
    """Every machine form and every picture as SVG; none is painted."""
    generated = _generated(checkout)
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
    to = site_context(dataset, evaluate_all(dataset), ADDRESS)
    drawn = [svg() for _, (_, svg) in zip(range(PICTURES), machine.svgs(to), strict=False)]
    return lambda: len([png(svg) for svg in drawn])


def _search(checkout: Path) -> Work:
    """The index of words over the finished pages."""
    made = checkout / PAGES
    shutil.rmtree(made / search_index.FOLDER, ignore_errors=True)
    return lambda: search_index.write_search_index(made)


def _whole(checkout: Path) -> Work:
    """The whole build with all its checks; pictures count as made before."""
    from explainer import build as build_site  # noqa: PLC0415 - other stages are measured without its checks

    for name in ("site", "site.next", ".cache", "docs/en", "docs/zh"):
        shutil.rmtree(checkout / name, ignore_errors=True)
    _do_not_paint()
    return lambda: sum(build_site.build(checkout).checked.values())


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: how it gets ready, what it makes, and what is measured in a line."""

    ready: Callable[[Path], Work]
    makes: str
    about: str


STAGES: Mapping[str, Stage] = {
    "load": Stage(_load, "figures", "data files to checked dataset"),
    "render": Stage(_render, "pages", "dataset to pages as text"),
    "framed": Stage(_framed, "pages", "pages as text to whole documents"),
    "mkdocs": Stage(_mkdocs, "pages", "what MkDocs does on top"),
    "pages": Stage(_pages, "pages", "all of that in one process, and writing"),
    "both": Stage(_both, "pages", "pages in both languages at once"),
    "forms": Stage(_forms, "files", "machine forms, pictures as SVG"),
    "pictures": Stage(_pictures, "pictures", "a sample of pictures as PNG"),
    "search": Stage(_search, "files", "index of words over the pages"),
    "whole": Stage(_whole, "checks", "whole build, pictures made before"),
}
