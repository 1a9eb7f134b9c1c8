"""Zensical, by the makers of our theme: two builds, one a language."""

import os
import sys
from pathlib import Path

from benchmarks.peers import Job, Peer, from_pypi
from benchmarks.peers.mkdocs_material import EXTENSIONS, NAV
from benchmarks.peers.pages import frame, put

_CONFIG = """\
site_name: Benchmark
site_url: https://site.example/{below}
docs_dir: docs/{language}
site_dir: public/{below}
use_directory_urls: true
theme:
  name: material
  language: {language}
  font: false
  custom_dir: overrides/{language}
plugins: []
validation:
  nav: {{omitted_files: ignore, not_found: ignore, absolute_links: ignore}}
  links: {{not_found: ignore, anchors: ignore, absolute_links: ignore, unrecognized_links: ignore}}
{nav}
{extensions}
"""


def _ready(tool: Path, checkout: Path, folder: Path) -> Job:
    put(checkout, folder, lambda source: f"docs/{source.language}/{source.path}", "{{: {inside}}}")
    commands = []
    for language, below in (("en", ""), ("zh", "zh")):
        overrides = folder / "overrides" / language
        overrides.mkdir(parents=True)
        page = frame(
            checkout,
            language,
            "{{ page.title }}",
            "{{ page.meta.description }}",
            "{{ page.content }}",
        )
        for name in ("main.html", "embed.html"):
            (overrides / name).write_text(page, "utf-8")
        # Its own would extend ours without a page.
        (overrides / "404.html").write_text(frame(checkout, language, "", "", ""), "utf-8")
        config = folder / f"mkdocs.{language}.yml"
        config.write_text(
            _CONFIG.format(language=language, below=below, nav=NAV, extensions=EXTENSIONS), "utf-8"
        )
        build = ["-m", "zensical", "build", "--clean", "--config-file", config.name]
        commands.append([sys.executable, *build])
    made = folder / "public"
    environment = {"PYTHONPATH": os.fspath(tool)}
    return Job(folder, commands, (made, folder / ".cache"), made, environment)


PEER = Peer("zensical", "0.0.73", from_pypi("zensical"), _ready, "Rust and Python; our frame")
