"""What Lighthouse says of the site on a phone, and of any other site in the same run.

    python -m tests.weight.lighthouse [--runs N] [--json FILE] [FOLDER=PAGE,PAGE…]…

Builds the site for a loopback address, serves it by nginx with the project's own configuration and
judges eight pages. A FOLDER holds another finished site; its PAGEs ("", "guide/one/") are served
by the same nginx, with copies compressed in the same way, and judged in turn with ours. The table
tells medians; everything goes to FILE. Exits with 3 if a page of ours has less than 100, with 4
if Lighthouse cannot be run.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.hosting.loopback import ROOT, free_port, running, tool

from explainer.data import load
from explainer.site import headers
from explainer.site.packing import pack

OURS = "ours"
PAGES = tuple(
    f"{prefix}{page}"
    for page in ("", "money/", "figures/korea-spend-five-years/", "figures/")
    for prefix in ("", "zh/")
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE = ROOT / "tests/tools/node_modules/lighthouse/cli/index.js"
TRIES = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"


@dataclass(frozen=True, slots=True)
class Judged:
    """One page in one run: scores from 0 to 100, times in milliseconds, bytes as they came."""

    site: str
    page: str
    scores: Mapping[str, float]
    lcp: float
    cls: float
    tbt: float
    bytes: int
    requests: int
    lost: Sequence[str]
    """The audits that cost points."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, keep the runs; returns the exit code."""
    parser = argparse.ArgumentParser(prog="lighthouse", description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="how often each page is judged")
    parser.add_argument("--json", type=Path, default=ROOT / ".cache/lighthouse.json")
    parser.add_argument("others", nargs="*", metavar="FOLDER=PAGE,PAGE…")
    options = parser.parse_args(arguments)
    with ExitStack() as open_until_done, tempfile.TemporaryDirectory() as room:
        Path(room).chmod(0o755)
        sites = {OURS: (open_until_done.enter_context(_ours(Path(room))), PAGES)}
        for number, other in enumerate(options.others):
            folder, _, pages = other.partition("=")
            address = open_until_done.enter_context(_other(Path(folder), Path(room), number))
            sites[folder] = (address, tuple(pages.split(",")))
        runs = [
            judged(site, page, address)
            for _ in range(options.runs)
            for site, (address, pages) in sites.items()
            for page in pages
        ]
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps([asdict(run) for run in runs], indent=1), "utf-8")
    worst = 100.0
    print("| site | page | scores | LCP ms | CLS | TBT ms | bytes | requests |")
    print("|---|---|---|---|---|---|---|---|")
    for site, (_, pages) in sites.items():
        for page in pages:
            of_page = [run for run in runs if (run.site, run.page) == (site, page)]
            print(_row(of_page))
            if site == OURS:
                worst = min(worst, *_scores(of_page).values())
    for run in runs:
        if run.site == OURS and run.lost:
            print(f"{run.page or '/'}: {', '.join(run.lost)}", file=sys.stderr)
    return 0 if worst == 100 else 3


def judged(site: str, page: str, address: str) -> Judged:
    """What Lighthouse says of a page, seen for the first time on a slow phone."""
    told: dict[str, Any] = json.loads(_report(f"{address}{page}"))
    audits, categories = told["audits"], told["categories"]
    requests = audits["network-requests"]["details"]["items"]
    return Judged(
        site,
        page,
        {name: 100 * categories[name]["score"] for name in CATEGORIES},
        audits["largest-contentful-paint"]["numericValue"],
        audits["cumulative-layout-shift"]["numericValue"],
        audits["total-blocking-time"]["numericValue"],
        sum(request["transferSize"] for request in requests),
        len(requests),
        tuple(
            part["id"]
            for category in categories.values()
            for part in category["auditRefs"]
            if part["weight"]
            and (audits[part["id"]]["score"] or 0) < 0.9
            and audits[part["id"]]["scoreDisplayMode"] in ("binary", "numeric")
        ),
    )


def _report(address: str) -> str:
    """Lighthouse's report on a page; on a busy machine it may take more than one go."""
    for _ in range(TRIES):
        done = subprocess.run(
            [
                *("node", str(LIGHTHOUSE), address, "--quiet", "--output=json"),
                *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={FLAGS}"),
            ],
            env={**os.environ, "CHROME_PATH": tool("CHROMIUM")},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout
    said = (done.stderr or done.stdout).strip().splitlines()[-1]
    print(f"lighthouse: {address}: {said}", file=sys.stderr)
    raise SystemExit(4)


def _scores(runs: Sequence[Judged]) -> dict[str, float]:
    return {name: statistics.median(run.scores[name] for run in runs) for name in CATEGORIES}


def _row(runs: Sequence[Judged]) -> str:
    scores = " / ".join(f"{score:.0f}" for score in _scores(runs).values())
    lcp, cls, tbt = (
        statistics.median(getattr(run, name) for run in runs) for name in ("lcp", "cls", "tbt")
    )
    one = runs[0]
    sizes = f"{statistics.median(run.bytes for run in runs):.0f} | {one.requests}"
    return (
        f"| {one.site} | {one.page or '/'} | {scores} | {lcp:.0f} | {cls:g} | {tbt:.0f} | {sizes} |"
    )


@contextmanager
def _ours(room: Path) -> Iterator[str]:
    """The site, built for the address that it is served at."""
    port = free_port()
    address, folder = f"http://127.0.0.1:{port}/", room / "ours"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    pack(folder)
    said = headers.nginx(load(ROOT / "data"), address, str(folder), f"127.0.0.1:{port}")
    with running(_made(room / "ours.nginx"), said, address):
        yield address


@contextmanager
def _other(folder: Path, room: Path, number: int) -> Iterator[str]:
    """Any finished site, on the same server."""
    port = free_port()
    copy = Path(shutil.copytree(folder, room / f"other-{number}"))
    pack(copy)
    types = "".join(f"{kind} {ending}; " for ending, kind in headers.TYPES.items())
    said = (
        f"server {{ listen 127.0.0.1:{port}; root {copy}; charset utf-8; gzip_static on;\n"
        f"types {{ {types}font/woff2 woff2; image/x-icon ico; image/webp webp; }}\n"
        'add_header Cache-Control "no-cache"; }\n'
    )
    address = f"http://127.0.0.1:{port}/"
    with running(_made(room / f"other-{number}.nginx"), said, address):
        yield address


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    sys.exit(main())
