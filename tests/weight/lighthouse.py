"""Lighthouse's scores of eight pages on a phone.

    python -m tests.weight.lighthouse

Builds the site for a loopback address, serves it compressed and prints the medians of three runs.
Exits with 3 if a score is below 100, with 4 if Lighthouse cannot be run.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.commands import MKDOCS, run
from tests.conftest import ROOT, tool
from tests.serving import free_port, serve

PAGES = tuple(
    f"{prefix}{page}"
    for page in ("", "money/", "figures/korea-spend-five-years/", "figures/")
    for prefix in ("", "zh/")
)
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE = ROOT / "tests/tools/node_modules/lighthouse/cli/index.js"
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def judge(address: str) -> dict[str, Any]:
    """Lighthouse's report on a page, seen for the first time on a slow phone."""
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
    if done.returncode:
        print(f"lighthouse: {address}: {done.stderr.strip()}", file=sys.stderr)
        raise SystemExit(4)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def main() -> int:
    """Measure and print the table; returns the exit code."""
    worst = 100.0
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        built = run(ROOT, *MKDOCS, folder, SITE_URL=f"http://127.0.0.1:{port}/")
        if built.returncode:
            print(built.stderr, file=sys.stderr)
            return 4
        with serve(Path(folder), "/", port, is_compressed=True) as address:
            for page in PAGES:
                reports = [judge(f"{address}{page}") for _ in range(RUNS)]
                scores = [
                    100 * statistics.median(one["categories"][name]["score"] for one in reports)
                    for name in CATEGORIES
                ]
                print(page or "/", *(f"{score:.0f}" for score in scores), flush=True)
                worst = min(worst, *scores)
    return 0 if worst == 100 else 3


if __name__ == "__main__":
    sys.exit(main())
