"""Run one stage or floor here and print its cost as JSON, or where its time goes.

``PYTHONPATH`` names the scripts of the checkout whose code is to run, and this project's root.
"""

import argparse
import cProfile
import dataclasses
import json
import pstats
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.floors import FLOORS
from benchmarks.measuring import Cost, pages_in
from benchmarks.stages import STAGES, Stage

ALL: Mapping[str, Stage] = {**STAGES, **FLOORS}


def peak_memory() -> int:
    """Bytes that this process, or the largest of its children, has held at most.

    Linux lets ``getrusage`` begin with the peak of the process that started us; its status file
    begins with our own.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text("utf-8").splitlines()
        own = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    else:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return max(own, children)


def _cpu_time() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def measure(name: str, checkout: Path, profile: cProfile.Profile | None = None) -> Cost:
    """Get a stage or floor ready, do its work, and tell what the work cost."""
    work = ALL[name].ready(checkout)
    cpu, start = _cpu_time(), time.perf_counter()
    made = profile.runcall(work) if profile else work()
    wall, spent = time.perf_counter() - start, _cpu_time() - cpu
    return Cost(wall, spent, peak_memory(), made if isinstance(made, int) else pages_in(made))


def main(arguments: list[str] | None = None) -> int:
    """The command line of one stage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one", description=__doc__)
    parser.add_argument("name", choices=ALL)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--profile", type=int, metavar="LINES", help="print the top of a profile")
    options = parser.parse_args(arguments)
    profile = cProfile.Profile() if options.profile else None
    cost = measure(options.name, options.checkout.resolve(), profile)
    if profile:
        told = pstats.Stats(profile).strip_dirs()
        told.sort_stats("tottime").print_stats(options.profile)
        told.sort_stats("cumulative").print_stats(options.profile)
    print(json.dumps(dataclasses.asdict(cost)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
