"""MkDocs with the theme as it comes, out of this project's own environment: where we started.

The same two plugins and extensions, figure pages out of the navigation, no search, no hook and no
template of ours.
"""

import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.peers import Job, Peer
from benchmarks.peers.pages import put

EXTENSIONS = """\
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc: {permalink: false}
"""
NAV = "nav: [index.md, figures/index.md, names.md, sources.md, data.md]"

_CONFIG = f"""\
site_name: Benchmark
site_url: https://site.example/
theme: {{name: material, font: false}}
plugins:
  - i18n:
      docs_structure: folder
      fallback_to_default: false
      reconfigure_material: false
      reconfigure_search: false
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: zh, name: Chinese}}
{NAV}
not_in_nav: "*.md"
{EXTENSIONS}
"""


def _install(_: Path, __: str) -> None:
    """Nothing: it is what this project builds with."""


def _ready(_: Path, checkout: Path, folder: Path) -> Job:
    put(checkout, folder, lambda source: f"docs/{source.language}/{source.path}", "{{: {inside}}}")
    for page in (folder / "docs").rglob("embed.md"):
        # Asks for a template of ours.
        page.write_text(page.read_text("utf-8").replace("template: embed.html\n", "", 1), "utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG, "utf-8")
    made = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return Job(folder, (command,), (made,), made, {"NO_MKDOCS_2_WARNING": "1"})


PEER = Peer(
    "mkdocs-material",
    version("mkdocs-material"),
    _install,
    _ready,
    "stock theme and plugins, figure pages out of the navigation",
)
