"""Ours, floors and peers on the same pages, in turn: A B C, A B C, …

A round is one cold build of each. Only what ran in the same round is held against each other.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measuring import Cost, Failed, environment, last_line, pages_in, python, run
from benchmarks.peers import NotInstalled, Peer, installed
from benchmarks.stages import COLD, PAGES

OURS = "ours"
FLOORS = ("jinja", "copy")


@dataclass(frozen=True, slots=True)
class Turn:
    """One build: what the whole process cost, and of ours and the floors what the work alone did.

    Peers are held against our whole process, floors against our work alone: starting Python is
    part of what a user waits for, and no part of what pages cost at least.
    """

    process: Cost
    work: Cost | None = None


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody in the contest, and how to build once."""

    name: str
    about: str
    build: Callable[[], Turn]


def stage_turn(name: str, checkout: Path, limit: float) -> Turn:
    """One stage or floor in a process of its own. Raises :class:`Failed`."""
    log = checkout / f"{name}.log"
    command = python("-m", "benchmarks.one", name, str(checkout))
    process = run(command, checkout, environment(checkout), limit, log)
    return Turn(process, last_line(log))


def entrants(
    checkout: Path, peers: Iterable[Peer], tools: Path, limit: float
) -> tuple[list[Entrant], dict[str, str]]:
    """Everybody who can take part, ours first, and why others can't."""
    found = [_of_ours("pages", OURS, "data to finished pages", checkout, limit)]
    found += (_of_ours(name, f"floor: {name}", "", checkout, limit) for name in FLOORS)
    missing = {}
    for peer in peers:
        try:
            found.append(_of_peer(peer, installed(peer, tools), checkout, limit))
        except NotInstalled as error:
            missing[peer.name] = f"not installed: {error}"
    return found, missing


def _of_ours(stage: str, name: str, about: str, checkout: Path, limit: float) -> Entrant:
    made = {"pages": (PAGES, *COLD)}.get(stage, (f"site.{stage}",))

    def build() -> Turn:
        for folder in made:
            shutil.rmtree(checkout / folder, ignore_errors=True)
        return stage_turn(stage, checkout, limit)

    return Entrant(name, about, build)


def _of_peer(peer: Peer, tool: Path, checkout: Path, limit: float) -> Entrant:
    folder = checkout.with_name(f"{checkout.name}-{peer.name}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    job = peer.ready(tool, checkout, folder)

    def build() -> Turn:
        for path in job.removed:
            shutil.rmtree(path, ignore_errors=True)
        outside = {**os.environ, **job.environment}
        costs = [
            run(command, job.folder, outside, limit, folder / f"{number}.log")
            for number, command in enumerate(job.commands)
        ]
        return Turn(replace(_after_each_other(costs), count=pages_in(job.made)))

    return Entrant(f"{peer.name} {peer.version}", peer.about, build)


def _after_each_other(costs: Sequence[Cost]) -> Cost:
    wall, cpu = sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs)
    return Cost(wall, cpu, max(cost.peak for cost in costs), 0)


def hold(
    who: Sequence[Entrant],
    rounds: int,
    turns: dict[str, list[Turn]],
    failures: dict[str, str],
    told: Callable[[str], None],
) -> None:
    """Let everybody build once a round, and keep each turn; who fails once is out."""
    for number in range(1, rounds + 1):
        for one in who:
            if one.name in failures:
                continue
            try:
                turn = one.build()
            except Failed as error:
                failures[one.name] = str(error)
                told(f"round {number}: {one.name}: {error}")
                continue
            turns.setdefault(one.name, []).append(turn)
            told(f"round {number}: {one.name}: {turn.process.wall:.2f} s")
