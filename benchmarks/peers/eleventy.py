"""Eleventy, written in JavaScript: one build, Chinese below its own folder."""

import json
from pathlib import Path

from benchmarks.peers import Job, Peer, from_npm
from benchmarks.peers.pages import Source, frame, put

_CONFIG = """\
export default function () {
  return {
    dir: { input: "content", includes: "../layouts", output: "public" },
    markdownTemplateEngine: false,
  };
}
"""


def _place(source: Source) -> str:
    root = "" if source.language == "en" else f"{source.language}/"
    return f"content/{root}{source.path}"


def _ready(tool: Path, checkout: Path, folder: Path) -> Job:
    put(checkout, folder, _place, "")
    (folder / "eleventy.config.mjs").write_text(_CONFIG, "utf-8")
    layouts = folder / "layouts"
    layouts.mkdir()
    for language in ("en", "zh"):
        page = frame(checkout, language, "{{ title }}", "{{ description }}", "{{ content | safe }}")
        (layouts / f"{language}.njk").write_text(page, "utf-8")
    for below, language in ((".", "en"), ("zh", "zh")):
        name = f"{(folder / 'content' / below).resolve().name}.11tydata.json"
        data = folder / "content" / below / name
        data.write_text(json.dumps({"layout": f"{language}.njk"}), "utf-8")
    program = tool / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    command = ["node", str(program), "--quiet", "--config=eleventy.config.mjs"]
    made = folder / "public"
    return Job(folder, (command,), (made, folder / ".cache"), made, {})


PEER = Peer("eleventy", "3.1.8", from_npm("@11ty/eleventy"), _ready, "JavaScript; our frame")
