"""The same work on many things at once: a process for each processor, where there is enough to do.

The processes are forks, so that they share what was loaded; only results travel back. Where a
system has no forks, or one processor, everything is done here, with the same results.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
WORTH_IT = 64
"""Fewer things than this are done sooner than a process is started."""


class WorkerDied(RuntimeError):
    """A process ended without a result: it was killed, or the machine ran out of memory."""


def spread(work: Callable[[Sequence[Thing]], Result], things: Sequence[Thing]) -> list[Result]:
    """What ``work`` makes of ``things``, in their order: one result for each share of them.

    Raises what ``work`` raised first, or :class:`WorkerDied`.
    """
    count = min(_processors(), max(1, len(things) // WORTH_IT))
    if count == 1 or "fork" not in get_all_start_methods():
        return [work(things)]
    context = get_context("fork")
    running = []
    for number in range(count):
        share = things[len(things) * number // count : len(things) * (number + 1) // count]
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_worker, args=(work, share, there), daemon=True)
        process.start()
        there.close()
        running.append((process, here))
    answers = []
    for process, here in running:
        try:
            answers.append(here.recv())
        except EOFError:
            answers.append(WorkerDied(f"a process of the build ended early ({process.pid})"))
        process.join()
    results = []
    for answer in answers:
        if isinstance(answer, BaseException):
            raise answer
        results.append(answer[0])
    return results


def _worker(
    work: Callable[[Sequence[Thing]], Result], share: Sequence[Thing], there: Connection
) -> None:
    _end_with_the_parent()
    try:
        there.send((work(share),))
    except BaseException as error:
        there.send(error)
    finally:
        there.close()


def _end_with_the_parent() -> None:
    """Whatever ends the build ends its processes: no half of it goes on writing (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
