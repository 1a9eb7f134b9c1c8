"""The same work on many things at once, on every processor, where there is enough to do.

Each process, this one among them, takes the next few things when it has done its last, so that
none waits for another. The others are forks and share what was loaded; only results travel back.
Where a system has no forks, or one processor, everything is done here, with the same results.
"""

import ctypes
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Generic, TypeVar

from explainer import collector

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_WORTH_IT = 8
"""Fewer pieces than this are done sooner than a process is started."""
_PIECES_AT_MOST = 4096
_NICENESS = 5
"""How much a process gives way: not so much that who waits for it would wait for everybody."""
_NUMBER = struct.Struct("=I")


class WorkerDied(RuntimeError):
    """A process ended without a result: it was killed, or the machine ran out of memory."""


class Started(Generic[Thing, Result]):
    """Work that other processes have begun while this one does something else.

    ``piece`` is how many things a process takes at a time, where there are not very many. ``idly``
    has one process begin it, however little there is, and give way to all others.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Thing]], Result],
        things: Sequence[Thing],
        piece: int = 8,
        idly: bool = False,
    ) -> None:
        self._work, self._niceness = work, _NICENESS if idly else 0
        count = min(_processors(), 2 if idly else max(1, len(things) // (piece * _WORTH_IT)))
        if "fork" not in get_all_start_methods():
            count = 1
        size = max(piece, -(-len(things) // _PIECES_AT_MOST)) if count > 1 else len(things) or 1
        self._pieces = [things[start : start + size] for start in range(0, len(things), size)]
        self._left: int | None = _numbers(len(self._pieces))
        self._others = [self._begun() for _ in range(count - 1)]

    def _begun(self) -> tuple[ForkProcess, Connection]:
        context = get_context("fork")
        here, there = context.Pipe(duplex=False)
        process = context.Process(
            target=_worker, args=(self._packed, self._niceness, there), daemon=True
        )
        process.start()
        there.close()
        return process, here

    @property
    def is_alone(self) -> bool:
        """Whether nothing is done before it is asked for: no other process has begun."""
        return not self._others

    def __enter__(self) -> "Started[Thing, Result]":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def finish(self) -> list[Result]:
        """Do what is left together; the results in the order of the things."""
        try:
            # Results are many small things too: what unpacks them is not searched for garbage.
            with collector.put_off():
                done = dict(self._done())
                for process, here in self._others:
                    done |= _received(here, process.pid)
        finally:
            self.stop()
        return [done[number] for number in range(len(self._pieces))]

    def stop(self) -> None:
        """End the other processes, whatever they are doing."""
        for process, here in self._others:
            here.close()
            process.kill()
            process.join()
        self._others = []
        if self._left is not None:
            os.close(self._left)
            self._left = None

    def _done(self) -> Iterator[tuple[int, Result]]:
        """The results of as many pieces as this process gets, with their numbers."""
        while self._left is not None and (taken := os.read(self._left, _NUMBER.size)):
            (number,) = _NUMBER.unpack(taken)
            yield number, self._work(self._pieces[number])

    def _packed(self) -> dict[int, bytes]:
        """The same, ready to travel: nobody waits for a process that packs at the end."""
        return {number: pickle.dumps(result) for number, result in self._done()}


def in_idle_time(work: Callable[[], Result]) -> Started[None, Result]:
    """One piece of work with one result; who asks for it before it was begun does it."""
    return Started(lambda _: work(), [None], idly=True)


def spread(
    work: Callable[[Sequence[Thing]], Result], things: Sequence[Thing], piece: int = 8
) -> list[Result]:
    """What ``work`` makes of ``things``, in their order: one result for every few of them.

    What takes long does best to come first. Raises what ``work`` raised, or :class:`WorkerDied`.
    """
    return Started(work, things, piece).finish()


def _numbers(count: int) -> int:
    """A pipe that holds the numbers below ``count``, each for whoever reads it first.

    A number is four bytes and read in one step; a pipe takes as many as there are pieces at once.
    """
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
    os.close(writing)
    return reading


def _received(here: Connection, process: int | None) -> Iterator[tuple[int, Any]]:
    try:
        answer: dict[int, bytes] | BaseException = here.recv()
    except EOFError:
        raise WorkerDied(f"a process of the build ended early ({process})") from None
    if isinstance(answer, BaseException):
        raise answer
    return ((number, pickle.loads(result)) for number, result in answer.items())


def _worker(packed: Callable[[], dict[int, bytes]], niceness: int, there: Connection) -> None:
    _end_with_the_parent()
    os.nice(niceness)
    try:
        with collector.put_off():
            there.send(packed())
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
