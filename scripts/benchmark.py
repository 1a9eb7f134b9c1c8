"""Measure the build: this site, invented figures in two languages, and other generators.

Prints wall time, processor time and peak memory of each process, and the exponent with which they
grow with the number of figures (1 is linear). Other generators build the bodies of the same
finished pages, where they are installed. On a shared machine, compare numbers of one run only.
"""

import argparse
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random
from string import Template

import yaml

from explainer.config import ROOT
from explainer.extract import Bound, Kind, Language, Quantity, write

Text = dict[str, str]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
REGISTER, REVIEW = ("register",), ("translations", "--mark-reviewed")
"""The commands that add new ids to the registry, and record all texts as reviewed."""
LOAD = "from pathlib import Path; from explainer.data import load; load(Path('data'))"
PAGES = """
from mkdocs.__main__ import cli
from explainer.site.builder import SiteBuilder
SiteBuilder.finish = lambda self, *_, **__: None
cli(["build", "--strict", "--quiet", "--site-dir", "pages"])
"""
"""MkDocs with our hook, but without what the hook adds at the end."""

# Invented text: sentences with the same words in both languages.

WORDS = {
    "noun": "harbour港口 market市场 studio工作室 bridge桥梁 school学校 theatre剧院 railway铁路 "
    "garden花园 library图书馆 factory工厂 museum博物馆 village村庄 orchard果园 station车站",
    "other": "hospital医院 forest森林 archive档案馆 canal运河 tower塔楼 bakery面包房 clinic诊所 "
    "ferry渡轮 gallery画廊 hotel旅馆 quarry采石场 tunnel隧道 valley山谷 cinema影院 dairy奶场",
    "kind": "northern北部的 coastal沿海的 rural乡间的 ancient古老的 public公立的 small小型的 "
    "quiet安静的 famous著名的 distant偏远的 wooden木造的 hidden隐蔽的 royal皇家的 empty空置的",
    "aspect": "cost成本 budget预算 income收入 audience观众 staff人手 growth增长 share份额 "
    "output产出 traffic客流 upkeep维修 turnover销售 freight货运 tuition学费 lending借贷",
    "people": "teachers教师 farmers农户 engineers工程师 editors编辑 neighbours邻居 officials官员 "
    "students学生 musicians乐手 owners业主 visitors游客 sailors船员 doctors医生 drivers司机",
    "did": "supported扶持了 replaced取代了 surveyed调查了 financed资助了 visited走访了 "
    "described描述了 measured测量了 restored修复了 praised称赞了 rebuilt重建了 rented租用了",
}
PAIRS = {name: re.findall(r"([a-z]+)([一-鿿]+)", words) for name, words in WORDS.items()}
SENTENCES = {
    "body": """\
Most {people} count the {noun} and the {other} together, which makes the total look larger.
多数{people}把{noun}和{other}放在一起计算，总数因此显得比实际情况更大一些。
The {people} {did} the {kind} {noun} in autumn and left the old {other} to its owners.
{people}秋天{did}那座{kind}{noun}，原来的{other}则留给了它自己的主人。
If the {other} is left out, the {kind} {noun} alone explains the difference between the accounts.
如果不把{other}计算在内，单凭{kind}{noun}就足以解释这些说法之间的差别。
The report on the {noun} mixes planned work with finished work, as {people} pointed out later.
后来{people}就曾经指出，关于{noun}的这份报告把计划和完工混在了一起。""",
    "question": """\
How large was the {aspect} of the {kind} {noun} in the eyes of its {people}?
在{people}看来，{kind}{noun}的{aspect}到底有多大？""",
    "headline": """\
The {aspect} grew after the {noun} moved
{noun}搬走之后，{aspect}反而变大了
The {kind} {noun} hides behind the {aspect}
{aspect}的背后藏着{kind}{noun}""",
    "label": """\
{aspect} of the {kind} {noun}
{kind}{noun}的{aspect}""",
    "unknown": """\
Who paid the {people} for the {aspect} of the {kind} {noun}.
为{kind}{noun}的{aspect}，究竟是谁付钱给了{people}。""",
}


def make_text(random: Random, kind: str, count: int = 1, before: str = "") -> Text:
    """Return ``count`` sentences of a kind, after a text that is the same in both languages."""
    lines = SENTENCES[kind].splitlines()
    patterns = random.sample(list(zip(lines[::2], lines[1::2], strict=True)), count)
    words = [{name: random.choice(pairs) for name, pairs in PAIRS.items()} for _ in patterns]
    text: Text = {}
    for side, code in enumerate(LANGUAGES):
        sentences = [
            pattern[side].format(**{name: pair[side] for name, pair in chosen.items()})
            for pattern, chosen in zip(patterns, words, strict=True)
        ]
        joined = (" " if code == "en" else "").join(one[0].upper() + one[1:] for one in sentences)
        text[code] = before + joined
    return text


# Invented data: three sources of one voice each, and figures for which they print numbers.

VOICES: Mapping[str, tuple[Language, str]] = {
    "courier": ("en", "circle"),
    "forum": ("zh", "diamond"),
    "gazette": ("zh", "square"),
}
STATUSES = ("conflict", "agree", "agree-after-conversion", "single-source", "scope-differs")
RATES = {"KRW": "1144.89", "CNY": "6.4508"}
SOURCE = """\
  - {id: "$voice-source", role: "primary", type: "article", language: "$language", title: "$voice",
     title_translation: "$voice", publisher: "press", url: "https://$voice.example/",
     archived_url: "https://archive.example/$voice/", issued: "2021-10-01", file: "$voice.txt",
     date_note: {en: "undated", zh: "未注日期"}, voices: [{id: "$voice", shape: "$shape",
     label: {en: "The $voice", zh: "$voice"}, short: {en: "$voice", zh: "$voice"}, blocks: ["p*"]}]}
"""
RATE = """\
  - {id: "$quote-rate", base: "USD", quote: "$code", period: "2021", value: "$value",
     publisher: "press", url: "https://rates.example/", access: "page"}
"""
FIXED = {
    "topics": """topics: [{id: "town", label: {en: "Town", zh: "城镇"}}]""",
    "terms": """terms:
  - {id: "press", kind: "organisation", en: "The Press", zh: "报社", evidence: {zh: "seen"}}""",
    "statements": """themes: [{id: "work", label: {en: "Work", zh: "工作"}}]
statements: [{id: "by-hand", theme: "work", voice: "courier", blocks: ["p1"],
              text: {en: "The province still counts by hand.", zh: "全省至今还是手工统计。"}}]""",
    "context/context": """
sources: [{id: "ledger", publisher: {en: "The Ledger", zh: "总账报"}, language: "en",
           title: "The count", url: "https://ledger.example/", issued: "2021-10-02", access: "page",
           shows: {en: "Another count.", zh: "另一种统计。"}, reports: [{id: "jobs",
           phrase: "300 jobs", nature: "actual", scope: {en: "all jobs", zh: "全部就业"}}]}]""",
    "retired": "retired: []",
    "revisions": "revisions: []",
}
"""Data files that are the same at every size, by name."""
FIGURE = """\
  - {id: "$id", topic: "town", kind: "$kind", label: $label, question: $question,
     headline: $headline, summary: $summary, claims: [$claims],
     comparison: {status: "$status", $period $derivations reason: $reason},
     unknowns: [$unknown], notes: [$note]}
"""
CLAIM = '{id: "$voice", voice: "$voice", mentions: ["$mention"], nature: "actual", scope: $scope}'
DERIVATION = """\
  - {id: "$id-ratio", figure: "$id", label: $label, formula: "a / b", inputs: {a: "$id/forum",
     b: "$id/courier"}, decimals: "2", display: {en: "{value} to one", zh: "{value}比一"}}
"""
CHART = """\
  - {id: "$id-chart", kind: "$kind", title: $headline, description: $note, rows: [$rows]}
"""


def make_quantities(number: int) -> dict[str, Quantity]:
    """Return what each voice prints for a figure, so that its status holds."""
    random, status = Random(number), STATUSES[number % len(STATUSES)]
    size = Decimal(random.randint(11, 989))
    bound = random.choice((Bound.EXACT, Bound.ABOUT, Bound.NEARLY, Bound.MORE_THAN))
    first = Quantity(size * 10**6, Kind.MONEY, bound, currency="USD")
    if status == "agree-after-conversion":
        amounts = (
            (code, Decimal(int(first.value * Decimal(rate) / 10**4) * 10**4))
            for code, rate in RATES.items()
        )
        won, yuan = (
            Quantity(amount, Kind.MONEY, Bound.ABOUT, currency=code) for code, amount in amounts
        )
        return {"courier": first, "forum": won, "gazette": yuan}
    if number % 3 == 1:
        first = Quantity(size * 100, Kind.COUNT, bound, unit="jobs")
    if status == "single-source":
        return {"gazette": first}
    value = first.value * (1 if status == "agree" else random.choice((3, 4, 5)))
    return {"courier": first, "forum": replace(first, value=value)}


def make_figure(number: int, mentions: Mapping[str, Iterator[str]]) -> dict[str, str]:
    """Return the YAML of a figure, its chart and its derivation; claims take the next mentions."""
    random, status = Random(number), STATUSES[number % len(STATUSES)]
    quantities = make_quantities(number)
    kind = next(iter(quantities.values())).kind
    name = f"{random.choice(PAIRS['kind'])[0]}-{random.choice(PAIRS['noun'])[0]}-{number}"
    has_ratio = number % 4 == 0 and len(quantities) > 1
    calls = ", ".join(f"{{{voice}}}" for voice in quantities)
    texts = {
        "label": make_text(random, "label"),
        "question": make_text(random, "question"),
        "headline": make_text(random, "headline"),
        "summary": make_text(random, "body", before=f"{calls}: "),
        "reason": make_text(random, "body", 2, f"{{={name}-ratio}}: " if has_ratio else ""),
        "unknown": make_text(random, "unknown"),
        "note": make_text(random, "body"),
    }
    filling = {"id": name, "kind": str(kind), "status": status}
    filling |= {key: json.dumps(text, ensure_ascii=False) for key, text in texts.items()}
    filling["period"] = 'rate_period: "2021",' if kind is Kind.MONEY else ""
    filling["derivations"] = f'derivations: ["{name}-ratio"],' if has_ratio else ""
    filling["claims"] = ", ".join(
        Template(CLAIM).substitute(
            filling, voice=voice, mention=next(mentions[voice]), scope=filling["label"]
        )
        for voice in quantities
    )
    refs = [f'"{name}/{voice}"' for voice in quantities]
    is_spread = status == "agree-after-conversion"
    rows = [", ".join(refs)] if is_spread else refs
    label = filling["label"]
    chart = {
        "kind": "spread" if is_spread else "bars",
        "rows": ", ".join(f"{{refs: [{row}], label: {label}}}" for row in rows),
    }
    return {
        "figures": Template(FIGURE).substitute(filling),
        "charts": Template(CHART).substitute(filling | chart),
        "derivations": Template(DERIVATION).substitute(filling) if has_ratio else "",
    }


def copy_sources(root: Path, *names: str) -> None:
    """Copy the code of this project, and its files ``names``, to a checkout ``root``."""
    for name in ("scripts", "overrides", "mkdocs.yml", *names):
        if (ROOT / name).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, root / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, root / name)


def write_checkout(root: Path, count: int) -> None:
    """Write a checkout with ``count`` figures to ``root``: the code, new data and new prose."""
    copy_sources(root, "docs/assets", "data/schema", "data/about.yml", "data/interface.yml")
    for voice, (language, _) in VOICES.items():
        printed = (make_quantities(number).get(voice) for number in range(count))
        phrases = [f"It was {write(found, language)}." for found in printed if found]
        (root / f"{voice}.txt").write_text("\n\n".join([voice, *phrases]), "utf-8")
    data = root / "data"
    for folder in ("context", "figures"):
        (data / folder).mkdir()
    sources = (
        Template(SOURCE).substitute(voice=voice, language=language, shape=shape)
        for voice, (language, shape) in VOICES.items()
    )
    rates = (
        Template(RATE).substitute(code=code, quote=code.lower(), value=value)
        for code, value in RATES.items()
    )
    for name, text in FIXED.items():
        (data / f"{name}.yml").write_text(text, "utf-8")
    (data / "sources.yml").write_text("sources:\n" + "".join(sources), "utf-8")
    (data / "rates.yml").write_text("rates:\n" + "".join(rates), "utf-8")
    run_tool(root, "extract", "--write", str(root))
    mentions = {}
    for voice in VOICES:
        held = yaml.safe_load((data / "mentions" / f"{voice}-source.yml").read_text("utf-8"))
        mentions[voice] = iter([mention["id"] for mention in held["mentions"]])
    figures = [make_figure(number, mentions) for number in range(count)]
    for start in range(0, count, 200):
        part = "".join(figure["figures"] for figure in figures[start : start + 200])
        (data / "figures" / f"part-{start}.yml").write_text(f"figures:\n{part}", "utf-8")
    for name in ("charts", "derivations"):
        text = "".join(figure[name] for figure in figures)
        (data / f"{name}.yml").write_text(f"{name}:\n{text}", "utf-8")
    write_prose(root, re.findall(r'refs: \["(.+?)"', "".join(one["charts"] for one in figures)))
    (data / "pairs.lock").touch()
    run_tool(root, *REVIEW)
    run_tool(root, *REGISTER)


def write_prose(root: Path, claims: Sequence[str]) -> None:
    """Write as many pages of prose as the project has; copy the pages of a layout alone."""
    for path in sorted(ROOT.glob("docs/[ez][nh]/**/*.md")):
        code, text = path.relative_to(ROOT / "docs").parts[0], path.read_text("utf-8")
        random, page = Random(path.name), root / path.relative_to(ROOT)
        if "\n# Written from the data" in text:
            continue
        page.parent.mkdir(parents=True, exist_ok=True)
        if "\ntemplate: " not in text:
            title, about = make_text(random, "headline")[code], make_text(random, "body")[code]
            text = f"---\ntitle: '{title}'\ndescription: '{about}'\n---\n"
            for letter, claim in zip("abcdef", random.sample(claims, 6), strict=True):
                text += f"\n## {make_text(random, 'headline')[code]} {{ #part-{letter} }}\n\n"
                text += f'{make_text(random, "body", 4)[code]} {{{{ fig("{claim}") }}}}\n'
                text += f"{{: #text-{letter} }}\n"
                if letter in "be":
                    text += f'\n{{{{ chart_figure("{claim.partition("/")[0]}-chart") }}}}\n'
        page.write_text(text, "utf-8")


# Measuring: one process at a time, with what it and its children used.


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall and processor time, and the memory of the largest process in MB."""

    wall: float
    cpu: float
    peak: float


class Failed(RuntimeError):
    """A measured process failed; the message ends with its last lines."""


def measure(
    command: Sequence[str], folder: Path, *, allowed: Sequence[int] = (0,), **environment: str
) -> tuple[Cost, str]:
    """Run a command in ``folder``; return its cost and its output.

    Raises :class:`Failed` for an exit code that is not ``allowed``.
    """
    found = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(folder / "scripts")}
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**found, **environment}, stdout=log, stderr=log
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        output = log.read().decode("utf-8", "replace")
    if process.returncode not in allowed:
        last = "\n".join(output.splitlines()[-5:])
        raise Failed(f"{' '.join(command)[:80]}: exit code {process.returncode}\n{last}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), output


def run_tool(root: Path, *arguments: str) -> None:
    """Run ``explainer`` in a checkout. Raises :class:`Failed`."""
    measure([sys.executable, "-m", "explainer", *arguments], root)


def measure_site(root: Path, *, with_png: bool) -> dict[str, Cost]:
    """Measure the stages of a checkout's site, then the whole build; print each."""
    costs = {}
    for stage, command in {
        "load": ["-c", LOAD],
        "pages": ["-c", PAGES],
        "build": ["-m", "mkdocs", "build", "--strict"],
        "checks": ["-m", "explainer", "verify"],
    }.items():
        # Checks fail where pages link to pictures that were left out.
        allowed = (0, 3) if stage == "checks" and not with_png else (0,)
        png = "true" if with_png else "false"
        costs[stage], output = measure([sys.executable, *command], root, allowed=allowed, PNG=png)
        print_cost(stage, costs[stage])
        for step, seconds in re.findall(r"([a-z][a-z ]+): ([0-9.]+) s$", output, re.MULTILINE):
            print(f"    {step:<28} {seconds:>8} s")
    return costs


def print_cost(name: str, cost: Cost) -> None:
    """Print one line of the table."""
    print(f"{name:<32} {cost.wall:8.2f} s {cost.cpu:8.2f} s cpu {cost.peak:8.0f} MB", flush=True)


def growth_exponent(by_size: Mapping[int, float]) -> float:
    """Return the power of the size with which a cost grows, by least squares of logarithms."""
    sizes = [math.log(size) for size in by_size]
    return statistics.linear_regression(sizes, [math.log(cost) for cost in by_size.values()]).slope


# Other generators: the bodies of the finished pages as Markdown files.

MKDOCS = """\
site_name: Benchmark
site_url: https://site.example/
docs_dir: docs/$language
site_dir: site/$language
theme: {name: material, language: $language, font: false}
nav: [index.md]
not_in_nav: "*.md"
"""
ELEVENTY = """\
export default function () {
  return { dir: { input: "docs", includes: "../layouts", output: "site" },
           markdownTemplateEngine: false };
}
"""
HUGO = """\
{"baseURL": "https://site.example/", "contentDir": "docs", "disableKinds": ["taxonomy", "RSS"],
 "markup": {"goldmark": {"renderer": {"unsafe": true}}}}
"""
COMMANDS: Mapping[str, Sequence[Sequence[str]]] = {
    "mkdocs": [["mkdocs", "build", "--quiet", "--config-file", f"{c}.yml"] for c in LANGUAGES],
    "zensical": [["zensical", "build", "--config-file", f"{c}.yml"] for c in LANGUAGES],
    "eleventy": [["eleventy", "--quiet", "--config=eleventy.config.mjs"]],
    "hugo": [["hugo", "--quiet", "--ignoreCache", "--destination", "site"]],
}
CONTENT = {"eleventy": "{{ content | safe }}", "hugo": "{{ .Content }}"}
_TITLE = re.compile(r"<title>(.*?)</title>")
_MAIN = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.DOTALL)


def write_other(name: str, site: Path, folder: Path) -> None:
    """Write the bodies of a finished site's pages as the sources of another generator.

    Hugo and Eleventy put our frame around them; MkDocs and Zensical use Material's own.
    """
    index = "_index.md" if name == "hugo" else "index.md"
    html = ""
    for page in sorted(site.rglob("index.html")):
        html = page.read_text("utf-8")
        title, main = _TITLE.search(html), _MAIN.search(html)
        path = page.parent.relative_to(site)
        if title and main:
            if path.parts[:1] != ("zh",):
                path = Path("en", path)
            front = f"---\ntitle: {json.dumps(title[1], ensure_ascii=False)}\nlayout: all\n---\n\n"
            body = "\n".join(line for line in main[2].splitlines() if line.strip())
            target = folder / "docs" / path / index
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"{front}<div>\n{body}\n</div>\n", "utf-8")
    for file, text in {
        **{f"{code}.yml": Template(MKDOCS).substitute(language=code) for code in LANGUAGES},
        "eleventy.config.mjs": ELEVENTY,
        "hugo.json": HUGO,
    }.items():
        (folder / file).write_text(text, "utf-8")
    if name in CONTENT:
        frame = _MAIN.sub(lambda main: main[1] + CONTENT[name] + main[3], html)
        (folder / "layouts").mkdir()
        (folder / "layouts" / f"all.{'html' if name == 'hugo' else 'njk'}").write_text(
            frame, "utf-8"
        )


def measure_others(site: Path, folder: Path) -> None:
    """Measure the other generators that are installed, on the pages of ``site``."""
    for name, commands in COMMANDS.items():
        if not shutil.which(commands[0][0]):
            print(f"{name:<32} is not installed")
            continue
        (folder / name).mkdir()
        write_other(name, site, folder / name)
        try:
            costs = [measure(command, folder / name)[0] for command in commands]
        except Failed as error:
            print(f"{name:<32} {error}")
            continue
        walls, cpus = sum(one.wall for one in costs), sum(one.cpu for one in costs)
        print_cost(name, Cost(walls, cpus, max(one.peak for one in costs)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0 done, 3 a measured process failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="200,1000", help="numbers of invented figures")
    parser.add_argument("--others", action="store_true", help="measure other generators too")
    sizes = [int(size) for size in parser.parse_args(arguments).sizes.split(",") if size]
    costs: dict[int, dict[str, Cost]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            print("This site, with pictures as PNG")
            copy_sources(folder / "own", "data", "docs")
            measure_site(folder / "own", with_png=True)
            for size in sizes:
                print(f"\n{size} figures in two languages, with pictures as SVG")
                write_checkout(folder / str(size), size)
                costs[size] = measure_site(folder / str(size), with_png=False)
            for stage in costs[sizes[0]] if len(sizes) > 1 else ():
                power = growth_exponent({size: found[stage].cpu for size, found in costs.items()})
                print(f"{stage:<32} grows with the power {power:.2f} of the number of figures")
            if parser.parse_args(arguments).others:
                site = folder / str(sizes[-1] if sizes else "own") / "pages"
                print(f"\nOther generators, {len(list(site.rglob('index.html')))} pages")
                measure_others(site, folder)
        except Failed as error:
            print(error, file=sys.stderr)
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
