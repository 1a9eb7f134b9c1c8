"""Work on every processor: the same results in order, and the same faults, as on one."""

import multiprocessing
import os
import select
import signal
import time
from collections.abc import Sequence

import pytest

from explainer import workers
from explainer.workers import Started, WorkerDied, in_idle_time, spread

HERE = os.getpid()
THINGS = range(400)


def squares(some: Sequence[int]) -> list[tuple[int, int]]:
    return [(one, one * one) for one in some]


def whose(some: Sequence[int]) -> int:
    return os.getpid()


@pytest.fixture(params=[1, 2, 3])
def processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """As many processors as the test says, whatever the machine has."""
    monkeypatch.setattr(workers, "_processors", lambda: request.param)
    return int(request.param)


def test_results_stand_in_the_order_of_the_things(processors: int) -> None:
    found = [one for part in spread(squares, THINGS, piece=3) for one in part]
    assert found == [(n, n * n) for n in THINGS]


def test_a_few_things_start_no_process(processors: int) -> None:
    assert spread(whose, range(8), piece=1) == [HERE]
    assert spread(whose, []) == []


def test_more_things_than_a_pipe_has_room_for_are_all_done(processors: int) -> None:
    found = [one for part in spread(squares, range(40_000), piece=1) for one in part]
    assert found == [(n, n * n) for n in range(40_000)]


def test_others_begin_before_anybody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    reading, writing = os.pipe()

    def told(some: Sequence[int]) -> int:
        os.write(writing, b"x")
        return os.getpid()

    with Started(told, THINGS) as started:
        assert os.read(reading, 1) == b"x"  # nobody here has done anything yet
        assert HERE not in started.finish()[:1]


@pytest.mark.parametrize("at", [0, 250, 399])
def test_what_goes_wrong_anywhere_is_raised_here(processors: int, at: int) -> None:
    def refuse(some: Sequence[int]) -> None:
        if at in some:
            raise ValueError(f"not {at}")

    with pytest.raises(ValueError, match=f"not {at}"):
        spread(refuse, THINGS)
    assert not multiprocessing.active_children()


def test_a_process_that_is_killed_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)

    def die(some: Sequence[int]) -> None:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)

    started = Started(die, THINGS)
    while multiprocessing.active_children():
        time.sleep(0.01)
    with pytest.raises(WorkerDied, match="ended early"):
        started.finish()


def test_who_leaves_early_leaves_nobody_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 3)

    def wait(some: Sequence[int]) -> None:
        signal.pause()

    with pytest.raises(KeyError), Started(wait, THINGS):
        assert len(multiprocessing.active_children()) == 2
        raise KeyError
    assert not multiprocessing.active_children()


def test_work_for_idle_time_is_done_by_a_process_that_gives_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    reading, writing = os.pipe()

    def told() -> tuple[int, int]:
        os.write(writing, b"x")
        return os.getpid(), os.nice(0)

    before = os.nice(0)
    with in_idle_time(told) as started:
        assert select.select([reading], [], [], 60)[0], "nobody has begun"
        ((process, niceness),) = started.finish()
    assert process != HERE
    assert niceness > before
    assert os.nice(0) == before
    os.close(reading)
    os.close(writing)


def test_work_for_idle_time_is_done_here_where_there_is_one_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: 1)
    before = os.nice(0)
    with in_idle_time(os.getpid) as started:
        assert started.is_alone
        assert started.finish() == [HERE]
    assert os.nice(0) == before


def test_what_goes_wrong_in_idle_time_is_raised_by_who_asks(processors: int) -> None:
    def refuse() -> None:
        raise ValueError("no")

    with in_idle_time(refuse) as started, pytest.raises(ValueError, match="no"):
        started.finish()
    with in_idle_time(refuse):
        pass
    assert not multiprocessing.active_children()
