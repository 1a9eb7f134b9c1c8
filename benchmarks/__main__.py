"""The command line: ``python -m benchmarks``."""

import argparse
import importlib
import shutil
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import contest, edits
from benchmarks.contest import stage_turn
from benchmarks.measuring import ROOT, Failed, environment, python, run
from benchmarks.one import ALL
from benchmarks.peers import Peer
from benchmarks.report import Report
from benchmarks.stages import PAGES, STAGES
from explainer.cli import ENVIRONMENT

PEERS = ("hugo", "eleventy", "zensical", "mkdocs_material")
LOADING = ("load", "yaml-strict", "yaml-c", "yaml-events")


def _numbers(text: str) -> list[int]:
    return sorted({int(part) for part in text.split(",") if part})


def _names(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    add = parser.add_argument
    add("--sizes", type=_numbers, default=[20, 200, 1_000, 4_000], help="figures, as 20,200")
    add("--stages", type=_names, default=list(STAGES), help=f"of {','.join(ALL)}")
    add("--peers", type=_names, default=list(PEERS), help=f"of {','.join(PEERS)}; '' for none")
    add("--at", type=int, metavar="SIZE", help="size of the contest; 0 for none, else 1000 at most")
    add("--rounds", type=int, default=3, help="rounds of the contest")
    add("--loading", type=int, default=0, metavar="SIZE", help="only load so many figures")
    add("--edits", type=int, default=3, metavar="TIMES", help="how often each edit is made")
    add("--limit", type=float, default=600, metavar="SECONDS", help="what no process may exceed")
    add("--folder", type=Path, default=ROOT / ".cache" / "bench", help="where everything is put")
    add("--profile", choices=ALL, metavar="STAGE", help="only show where a stage's time goes")
    return parser


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _checkout(folder: Path, size: int, limit: float) -> Path:
    """A new checkout with invented figures. Raises :class:`Failed`."""
    checkout = folder / f"figures-{size}"
    shutil.rmtree(checkout, ignore_errors=True)
    command = python("-m", "benchmarks.checkout", str(checkout), str(size))
    cost = run(command, ROOT, environment(ROOT), limit, folder / "writing.log")
    _tell(f"{size} figures written in {cost.wall:.1f} s")
    return checkout


def _stages(report: Report, checkout: Path, size: int, names: Sequence[str], limit: float) -> None:
    for name in names:
        try:
            found = stage_turn(name, checkout, limit).work
        except Failed as error:
            report.missing[f"{name} at {size}"] = str(error)
            _tell(f"{name} at {size}: {error}")
            continue
        if found:
            report.add(name, size, found)
            _tell(f"{name} at {size}: {found.wall:.2f} s")


def _contest(
    report: Report, checkout: Path, size: int, peers: Sequence[str], rounds: int, limit: float
) -> None:
    chosen: list[Peer] = [
        importlib.import_module(f"benchmarks.peers.{name}").PEER for name in peers
    ]
    if not (checkout / PAGES).is_dir():  # peers take our pages, and the floors their sizes
        stage_turn("pages", checkout, limit)
    who, missing = contest.entrants(checkout, chosen, checkout.parent / "peers", limit)
    report.missing.update(missing)
    report.size = size
    contest.hold(who, rounds, report.contest, report.missing, _tell)


def _edits(report: Report, name: str, checkout: Path, times: int, limit: float) -> None:
    try:
        report.edits[name] = edits.measure(checkout, times, limit)
    except Failed as error:
        report.missing[f"edits, {name}"] = str(error)
        _tell(f"edits, {name}: {error}")


def _own_checkout(folder: Path) -> Path:
    """A copy of this project's own checkout, to be edited."""
    checkout = folder / "own"
    shutil.rmtree(checkout, ignore_errors=True)
    unread = shutil.ignore_patterns("__pycache__")
    for name in ("data", "scripts", "overrides"):
        shutil.copytree(ROOT / name, checkout / name, ignore=unread)
    shutil.copytree(ROOT / "docs" / "assets", checkout / "docs" / "assets")
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, checkout)
    return checkout


def _all(report: Report, options: argparse.Namespace, folder: Path) -> None:
    """Everything that was asked for, into the report. Raises :class:`Failed`."""
    limit: float = options.limit
    at = options.at if options.at is not None else min(max(options.sizes), 1_000)
    for size in options.sizes:
        checkout = _checkout(folder, size, limit)
        _stages(report, checkout, size, options.stages, limit)
        if size == at:
            _contest(report, checkout, size, options.peers, options.rounds, limit)
            if options.edits:
                _edits(report, f"{size} figures", checkout, options.edits, limit)
    if options.edits:
        _edits(report, "own data", _own_checkout(folder), options.edits, limit)
    if options.loading:
        checkout = _checkout(folder, options.loading, limit)
        _stages(report, checkout, options.loading, LOADING, limit)


def _profile(name: str, size: int, folder: Path, limit: float) -> None:
    """Print where the time of a stage goes. Raises :class:`Failed`."""
    checkout = _checkout(folder, size, limit)
    command = python("-m", "benchmarks.one", name, str(checkout), "--profile", "25")
    log = folder / "profile.log"
    run(command, checkout, environment(checkout), limit, log)
    print(log.read_text("utf-8"), end="")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and leave the same as JSON beside everything else.

    A run that is stopped or breaks off tells what it has measured until then.
    """
    options = _parser().parse_args(arguments)
    folder: Path = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    report = Report(datetime.now(UTC).date().isoformat())
    report.note_load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = 0
    try:
        if options.profile:
            _profile(options.profile, max(options.sizes), folder, options.limit)
            return 0
        _all(report, options, folder)
    except Failed as error:
        _tell(f"benchmarks: {error}")
        code = ENVIRONMENT
    except KeyboardInterrupt:
        _tell("benchmarks: stopped")
        code = 128 + signal.SIGINT
    report.note_load()
    (folder / "latest.json").write_text(report.as_json(), "utf-8")
    print("\n".join(report.lines()))
    return code


if __name__ == "__main__":
    sys.exit(main())
