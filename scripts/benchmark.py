"""Measure the build of this site, and of invented figures in two languages.

Prints wall time, processor time and peak memory of each build, and the exponent with which they
grow with the number of figures (1 is linear). On a shared machine, compare numbers of one run only.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from resource import struct_rusage

from explainer.config import ROOT

INVENTED = ROOT / "tests" / "invented"
"""Another dataset, with a figure, a chart and a derivation that can be repeated; two articles, and
a page of prose in each language."""


def copy_sources(root: Path, data: Path = ROOT / "data") -> None:
    """Copy what a build of this project reads to a checkout ``root``, with the given ``data``."""
    ignored = shutil.ignore_patterns("__pycache__")
    for folder in (ROOT / "scripts", ROOT / "overrides", ROOT / "docs", data):
        shutil.copytree(folder, root / folder.name, ignore=ignored)
    shutil.copy(ROOT / "mkdocs.yml", root)


def write_checkout(root: Path, count: int) -> None:
    """Write a checkout with ``count`` invented figures, at least six, to ``root``."""
    copy_sources(root, INVENTED / "data")
    shutil.copy(ROOT / "data" / "interface.yml", root / "data")
    for name in ("figures/all", "charts", "derivations"):
        path = root / "data" / f"{name}.yml"
        key, entry = path.read_text("utf-8").split(":\n", 1)
        entries = (entry.replace("invented-0", f"invented-{number}") for number in range(count))
        path.write_text(f"{key}:\n{''.join(entries)}", "utf-8")
    for path in root.glob("docs/[ez][nh]/**/*.md"):
        if "\ntemplate: " not in path.read_text("utf-8"):  # a page of a layout stays
            shutil.copy(INVENTED / f"{path.relative_to(root).parts[1]}.md", path)
    run(root, "extract", "--write", str(INVENTED))
    run(root, "translations", "--mark-reviewed")
    run(root, "register")


# Measuring: one process at a time, with what it and its children used.


def run(root: Path, *command: str, **environment: str) -> tuple[str, float, struct_rusage]:
    """Run the program in a checkout; return its output, its wall time and what it used.

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
    return output, time.perf_counter() - start, usage


def measure_build(root: Path, title: str, *, png: str) -> float:
    """Build a checkout, print what that cost and how long each step took; return the cpu time."""
    output, wall, usage = run(root, "build", PNG=png)
    cpu = usage.ru_utime + usage.ru_stime
    steps = re.findall(r"^[a-z][A-Za-z ]+: [0-9.]+ s$", output, re.MULTILINE)
    print(f"{title}: {wall:.1f} s, {cpu:.1f} s cpu, {usage.ru_maxrss / 1024:.0f} MB")
    print(*(f"  {step}\n" for step in steps), sep="", flush=True)
    return cpu


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
            costs[size] = measure_build(root, title, png="false")
    if len(costs) > 1:
        (small, low), *_, (large, high) = sorted(costs.items())
        power = math.log(high / low, large / small)
        print(f"Processor time grows with the power {power:.2f} of the number of figures")


if __name__ == "__main__":
    main()
