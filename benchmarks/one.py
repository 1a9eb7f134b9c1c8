"""Run one stage or floor here and print its cost as JSON, or where its time goes.

``PYTHONPATH`` names the scripts of the checkout whose code is to run, and this project's root.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.floors import FLOORS
from benchmarks.stages import STAGES, Stage, Work

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


def measure(
    name: str, checkout: Path, call: Callable[[Work], int | Path] = lambda work: work()
) -> dict[str, object]:
    """Get a stage or floor ready, ``call`` its work, and tell what the work cost.

    The keys are those of a :class:`~benchmarks.measuring.Cost`; instead of a count there may be
    the ``folder`` that holds the pages: who reads this counts them, as those of other generators.
    """
    work = ALL[name].ready(checkout)
    cpu, start = _cpu_time(), time.perf_counter()
    made = call(work)
    cost = {"wall": time.perf_counter() - start, "cpu": _cpu_time() - cpu, "peak": peak_memory()}
    return cost | ({"count": made} if isinstance(made, int) else {"folder": str(made)})


def _profiled(name: str, checkout: Path, lines: int) -> dict[str, object]:
    # A process that is only measured has no use for these.
    import cProfile  # noqa: PLC0415
    import pstats  # noqa: PLC0415

    profile = cProfile.Profile()
    cost = measure(name, checkout, profile.runcall)
    told = pstats.Stats(profile).strip_dirs()
    told.sort_stats("tottime").print_stats(lines)
    told.sort_stats("cumulative").print_stats(lines)
    return cost


def main(arguments: list[str] | None = None) -> int:
    """The command line of one stage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.one", description=__doc__)
    parser.add_argument("name", choices=ALL)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--profile", type=int, metavar="LINES", help="print the top of a profile")
    options = parser.parse_args(arguments)
    checkout = options.checkout.resolve()
    if options.profile:
        cost = _profiled(options.name, checkout, options.profile)
    else:
        cost = measure(options.name, checkout)
    print(json.dumps(cost))
    return 0


if __name__ == "__main__":
    sys.exit(main())
