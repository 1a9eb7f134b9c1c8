"""What was measured, as a table for people and as JSON for programs."""

import dataclasses
import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from benchmarks.arithmetic import Spread, exponent, ratios, spread
from benchmarks.contest import OURS, Turn
from benchmarks.measuring import Cost
from benchmarks.one import ALL

GROWS_FROM = 200
"""Smaller sites cost mostly what any site costs; growth is told from this size on."""

_SAMPLED = frozenset({"pictures"})
"""Stages that do the same amount of work at every size."""


@dataclass(slots=True)
class Report:
    """Everything that one run has measured so far."""

    day: str
    busy: list[float] = field(default_factory=list)
    stages: dict[str, dict[int, Cost]] = field(default_factory=dict)
    size: int = 0
    contest: dict[str, list[Turn]] = field(default_factory=dict)
    edits: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def note_load(self) -> None:
        """Keep how many processes want the processors just now, where the system tells."""
        if hasattr(os, "getloadavg"):
            self.busy.append(os.getloadavg()[0])

    def add(self, stage: str, size: int, cost: Cost) -> None:
        """Keep the cost of a stage at a size."""
        self.stages.setdefault(stage, {})[size] = cost

    def as_json(self) -> str:
        """All of it, with what the run was made on."""
        said = {"machine": machine(), **dataclasses.asdict(self), "ratios": self._ratios()}
        return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

    def _ratios(self) -> dict[str, dict[str, dict[str, float]]]:
        return {
            name: {unit: dataclasses.asdict(ratio) for unit, ratio in held_against(*pair).items()}
            for name, pair in self.pairs()
        }

    def pairs(self) -> Iterator[tuple[str, tuple[list[Cost], list[Cost]]]]:
        """Each other entrant with our costs and its own in the rounds that both finished."""
        ours = self.contest.get(OURS, [])
        for name, turns in self.contest.items():
            both = min(len(ours), len(turns))
            if name == OURS or not both:
                continue
            if turns[0].work:
                mine = [turn.work for turn in ours[:both] if turn.work]
                yield name, (mine, [turn.work for turn in turns[:both] if turn.work])
            else:
                mine = [turn.process for turn in ours[:both]]
                yield name, (mine, [turn.process for turn in turns[:both]])

    def lines(self) -> Iterator[str]:
        """The table."""
        told = machine()
        yield "  ".join([self.day, *(f"{name}: {value}" for name, value in told.items())])
        if self.busy and max(self.busy) > (os.cpu_count() or 1):
            others = ", ".join(f"{load:.1f}" for load in self.busy)
            yield f"The machine was busy (load at the start and the end: {others}): trust ratios."
        yield from self._stage_lines()
        yield from self._contest_lines()
        yield from self._edit_lines()
        for name, why in self.missing.items():
            yield f"{name}: {why}"

    def _stage_lines(self) -> Iterator[str]:
        if not self.stages:
            return
        yield ""
        yield _row(("stage", 12), ("size", 6), ("made", 9), *_UNITS, ("", 2), ("what", 0))
        for name, by_size in self.stages.items():
            for size, cost in by_size.items():
                each = cost.wall * 1_000 / max(cost.count, 1)
                about = ALL[name].about if size == min(by_size) else ""
                yield _row(
                    (name, 12),
                    (f"{size}", 6),
                    (f"{cost.count}", 9),
                    (f"{cost.wall:.2f}", 9),
                    (f"{cost.cpu:.2f}", 9),
                    (f"{each:.3f}", 9),
                    (f"{cost.peak / 1e6:.0f}", 9),
                    ("", 2),
                    (about, 0),
                )
            power = growth(by_size)
            if power is not None and name not in _SAMPLED:
                yield f"{name:<12} grows with the power {power:.2f} of the size (processor time)"

    def _contest_lines(self) -> Iterator[str]:
        if not self.contest:
            return
        yield ""
        yield f"The same pages of {self.size} figures; ours divided by theirs, round by round"
        yield _row(("", 24), ("rounds", 7), ("made", 9), *_UNITS, ("wall ×", 24), ("cpu ×", 24))
        found = dict(self.pairs())
        for name, turns in self.contest.items():
            if not turns:
                continue
            costs = [turn.work or turn.process for turn in turns]
            if name == OURS:
                costs = [turn.process for turn in turns]
            wall = spread([cost.wall for cost in costs]).median
            cpu = spread([cost.cpu for cost in costs]).median
            made = costs[0].count or (turns[0].work.count if turns[0].work else 0)
            ratio = held_against(*found[name]) if name in found else {}
            yield _row(
                (name, 24),
                (f"{len(turns)}", 7),
                (f"{made}", 9),
                (f"{wall:.2f}", 9),
                (f"{cpu:.2f}", 9),
                (f"{wall * 1_000 / max(made, 1):.3f}", 9),
                (f"{max(cost.peak for cost in costs) / 1e6:.0f}", 9),
                *((_spread(ratio[unit]) if ratio else "", 24) for unit in ("wall", "cpu")),
            )

    def _edit_lines(self) -> Iterator[str]:
        if not self.edits:
            return
        yield ""
        yield "Seconds from saving to the new page being served: median (least to most)"
        for where, by_edit in self.edits.items():
            for name, seconds in by_edit.items():
                yield f"{where:<16}{name:<10}{_spread(spread(seconds))}"


_UNITS = (("wall s", 9), ("cpu s", 9), ("ms each", 9), ("peak MB", 9))


def _row(*cells: tuple[str, int]) -> str:
    """Cells of a width; the first to the left, numbers to the right, the last as long as it is."""
    first, *rest = cells
    padded = [f"{text:>{width}}" if width else text for text, width in rest]
    return (f"{first[0]:<{first[1]}}" + "".join(padded)).rstrip()


def _spread(found: Spread) -> str:
    return f"{found.median:.2f} ({found.least:.2f} to {found.most:.2f})"


def held_against(ours: Sequence[Cost], theirs: Sequence[Cost]) -> dict[str, Spread]:
    """Ours divided by theirs in wall and processor time, over the rounds."""
    return {
        "wall": ratios([cost.wall for cost in ours], [cost.wall for cost in theirs]),
        "cpu": ratios([cost.cpu for cost in ours], [cost.cpu for cost in theirs]),
    }


def growth(by_size: Mapping[int, Cost]) -> float | None:
    """The power of the size with which processor time grows, from :data:`GROWS_FROM` on."""
    return exponent({size: cost.cpu for size, cost in by_size.items() if size >= GROWS_FROM})


def machine() -> dict[str, str]:
    """What a run was made on, without names of hosts or folders."""
    return {
        "processors": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "mkdocs": version("mkdocs"),
        "theme": version("mkdocs-material"),
    }
