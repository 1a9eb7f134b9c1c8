"""Measure the build of this site, and of invented figures in two languages.

Prints wall time, processor time and peak memory of each build, and the exponent with which they
grow with the number of figures (1 is linear). On a shared machine, compare numbers of one run only.
"""

import argparse
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from string import Template
from typing import NamedTuple

import yaml

from explainer.config import ROOT
from explainer.data import LANGUAGES
from explainer.extract import Kind, Language, Quantity, write

# Invented data: an English and a Chinese source print an amount each for every figure.

WORDS = ("harbour 港口", "market 市场", "bridge 桥梁", "museum 博物馆", "village 村庄")
TITLE = ("The {} and the {}", "{}和{}")
BODY = (
    "Most people count the {} and the {} together, which makes the total look larger. ",
    "多数人把{}和{}放在一起计算，总数因此显得比实际情况更大一些。",
)
FIXED = {
    "topics.yml": 'topics: [{id: "town", label: {en: "Town", zh: "城镇"}}]',
    "terms.yml": """terms: [{id: "press", kind: "organisation", en: "The Press", zh: "报社",
                    evidence: {zh: "seen"}}]""",
    "statements.yml": """
themes: [{id: "work", label: {en: "Work", zh: "工作"}}]
statements: [{id: "by-hand", theme: "work", voice: "courier", blocks: ["p1"],
              text: {en: "The province still counts by hand.", zh: "全省至今还是手工统计。"}}]""",
    "context/context.yml": """
sources: [{id: "ledger", publisher: {en: "The Ledger", zh: "总账报"}, language: "en",
           title: "The count", url: "https://ledger.example/", issued: "2021", access: "page",
           shows: {en: "Another count.", zh: "另一种统计。"}, reports: [{id: "jobs",
           phrase: "300 jobs", nature: "actual", scope: {en: "all jobs", zh: "全部就业"}}]}]""",
    "rates.yml": """
rates: [{id: "krw", base: "USD", quote: "KRW", period: "2021", value: "1144.89",
         publisher: "press", url: "https://rates.example/", access: "page"},
        {id: "cny", base: "USD", quote: "CNY", period: "2021", value: "6.4508",
         publisher: "press", url: "https://rates.example/", access: "page"}]""",
    "retired.yml": "retired: []",
    "grades.yml": "grades: []",
    "revisions.yml": "revisions: []",
    "pairs.lock": "",
    "ids.lock": "",
}
SOURCE = Template("""\
  - {id: "$voice-source", role: "primary", type: "article", language: "$language", title: "$voice",
     title_translation: "$voice", publisher: "press", url: "https://$voice.example/",
     archived_url: "https://archive.example/$voice/", issued: "2021-10-01", file: "$voice.txt",
     date_note: {en: "undated", zh: "未注日期"}, voices: [{id: "$voice", shape: "$shape",
     label: {en: "The $voice", zh: "报纸"}, short: {en: "$voice", zh: "报纸"}, blocks: ["p*"]}]}
""")
VOICES: Mapping[str, tuple[Language, str]] = {
    "courier": ("en", "circle"),
    "forum": ("zh", "square"),
}
ITEMS = {
    "figures": Template("""\
  - {id: "$id", topic: "town", kind: "money", label: $title, question: $title, headline: $title,
     summary: $summary, unknowns: [$body], notes: [$body], comparison: {status: "conflict",
     rate_period: "2021", derivations: ["$id-ratio"], reason: $body}, claims: [
     {id: "courier", voice: "courier", mentions: ["$courier"], nature: "actual", scope: $title},
     {id: "forum", voice: "forum", mentions: ["$forum"], nature: "actual", scope: $title}]}
"""),
    "charts": Template("""\
  - {id: "$id-chart", kind: "bars", title: $title, description: $body, rows: [
     {refs: ["$id/courier"], label: $title}, {refs: ["$id/forum"], label: $title}]}
"""),
    "derivations": Template("""\
  - {id: "$id-ratio", figure: "$id", label: $title, formula: "a / b", inputs: {a: "$id/forum",
     b: "$id/courier"}, decimals: "2", display: {en: "{value} to one", zh: "{value}比一"}}
"""),
}


def make_text(number: int, sentence: tuple[str, str], before: str = "") -> dict[Language, str]:
    """Return a sentence in both languages, after a text that is the same in both."""
    pairs = zip(*(word.split() for word in Random(number).sample(WORDS, 2)), strict=True)
    texts = (form.format(*words) for form, words in zip(sentence, pairs, strict=True))
    return {code: before + text.strip() for code, text in zip(LANGUAGES, texts, strict=True)}


def make_figure(number: int, mentions: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the YAML of a figure, its chart and its derivation, by the file that holds it."""
    summary = make_text(number, BODY, "{courier}, {forum}: ")
    texts = {"title": make_text(number, TITLE), "body": make_text(number, BODY), "summary": summary}
    filling = {name: json.dumps(text, ensure_ascii=False) for name, text in texts.items()}
    filling |= {voice: ids[number] for voice, ids in mentions.items()}
    filling["id"] = f"invented-{number}"
    return {name: template.substitute(filling) for name, template in ITEMS.items()}


def copy_sources(root: Path) -> None:
    """Copy what a build of this project reads to a checkout ``root``."""
    for name in ("scripts", "overrides", "data", "docs"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", root)


def write_checkout(root: Path, count: int) -> None:
    """Write a checkout with ``count`` figures to ``root``: the code, new data and new prose."""
    copy_sources(root)
    data = root / "data"
    for path in data.glob("**/*.*"):
        if path.stem not in ("about", "interface") and path.parent.name != "schema":
            path.unlink()
    for name, text in FIXED.items():
        (data / name).write_text(text, "utf-8")
    for factor, (voice, (language, _)) in enumerate(VOICES.items(), 1):
        amounts = (Decimal(factor * (number % 900 + 11) * 10**6) for number in range(count))
        printed = (write(Quantity(a, Kind.MONEY, currency="USD"), language) for a in amounts)
        text = "\n\n".join([voice, *(f"It was {phrase}." for phrase in printed)])
        (root / f"{voice}.txt").write_text(text, "utf-8")
    sources = [SOURCE.substitute(voice=v, language=o, shape=s) for v, (o, s) in VOICES.items()]
    (data / "sources.yml").write_text("sources:\n" + "".join(sources), "utf-8")
    run(root, "extract", "--write", str(root))
    mentions = {}
    for voice in VOICES:
        held = yaml.safe_load((data / "mentions" / f"{voice}-source.yml").read_text("utf-8"))
        mentions[voice] = [mention["id"] for mention in held["mentions"]]
    made = [make_figure(number, mentions) for number in range(count)]
    for name in ITEMS:
        path = data / ("figures/all.yml" if name == "figures" else f"{name}.yml")
        path.write_text(f"{name}:\n" + "".join(items[name] for items in made), "utf-8")
    for path in root.glob("docs/[ez][nh]/**/*.md"):
        write_prose(path, count)
    run(root, "translations", "--mark-reviewed")
    run(root, "register")


def write_prose(path: Path, count: int) -> None:
    """Put invented prose in the place of a page's; a page of a layout stays as it is."""
    if "\ntemplate: " in path.read_text("utf-8"):
        return
    language: Language = "zh" if "zh" in path.parts else "en"
    title, body = make_text(1, TITLE)[language], make_text(1, BODY)[language]
    text = f"---\ntitle: '{title}'\ndescription: '{body}'\n---\n"
    for letter, number in zip("abcdef", Random(path.name).sample(range(count), k=6), strict=True):
        text += f"\n## {make_text(number, TITLE)[language]} {{ #part-{letter} }}\n\n"
        text += f'{4 * body} {{{{ fig("invented-{number}/courier") }}}}\n{{: #text-{letter} }}\n'
        text += f'\n{{{{ chart_figure("invented-{number}-chart") }}}}\n' if letter < "c" else ""
    path.write_text(text, "utf-8")


# Measuring: one process at a time, with what it and its children used.


class Cost(NamedTuple):
    """Seconds of wall and processor time, and the memory of the largest process in MB."""

    wall: float
    cpu: float
    peak: float


def run(root: Path, *command: str, **environment: str) -> tuple[Cost, str]:
    """Run the program in a checkout; return its cost and output.

    Raises ``CalledProcessError``.
    """
    own = {"PYTHONPATH": str(root / "scripts"), "PYTHONUNBUFFERED": "1"}
    program, start = [sys.executable, "-m", "explainer", *command], time.perf_counter()
    with subprocess.Popen(
        program,
        cwd=root,
        env=os.environ | own | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):  # 3: pages link to pictures that were left out
        raise subprocess.CalledProcessError(process.returncode, program, output)
    wall = time.perf_counter() - start
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), output


def measure_build(root: Path, title: str, *, png: str) -> Cost:
    """Build a checkout, and print what that cost and how long each step took."""
    cost, output = run(root, "build", PNG=png)
    steps = re.findall(r"^[a-z][A-Za-z ]+: [0-9.]+ s$", output, re.MULTILINE)
    print(f"{title}: {cost.wall:.1f} s, {cost.cpu:.1f} s cpu, {cost.peak:.0f} MB")
    print(*(f"  {step}\n" for step in steps), sep="", flush=True)
    return cost


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="200,1000", help="numbers of invented figures")
    sizes = [int(size) for size in parser.parse_args(arguments).sizes.split(",") if size]
    costs = {}
    with tempfile.TemporaryDirectory() as temporary:
        own = Path(temporary, "own")
        copy_sources(own)
        measure_build(own, "This site, with pictures as PNG", png="true")
        for size in sizes:
            root = Path(temporary, str(size))
            write_checkout(root, size)
            title = f"{size} figures in two languages, with pictures as SVG"
            costs[size] = measure_build(root, title, png="false").cpu
    if len(costs) > 1:
        (small, low), *_, (large, high) = sorted(costs.items())
        power = math.log(high / low, large / small)
        print(f"Processor time grows with the power {power:.2f} of the number of figures")


if __name__ == "__main__":
    main()
