"""The command line.

Exit codes: 0 done, 2 bad input, 3 a check failed, 4 the machine said no, 75 another build runs,
130 stopped by the keyboard, 143 told to end.
"""

import argparse
import contextlib
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from explainer import build, checkout
from explainer.build import BuildLocked
from explainer.checkout import NoHistory
from explainer.config import ROOT, AddressError, address_of
from explainer.data import (
    DataError,
    DataErrors,
    history,
    load,
    mentions,
    pairs,
    permanence,
    registry,
    written_pairs,
)
from explainer.data.pairs import TextLocation
from explainer.derive import evaluate_all
from explainer.export.citations import citation_cff
from explainer.extract.articles import UnreadableArticle
from explainer.files import write_file
from explainer.i18n import Localizer
from explainer.site.assets import AssetError
from explainer.site.prose import paired_blocks
from explainer.urls import DEFAULT
from explainer.verify import verify

BAD_INPUT, CHECK_FAILED, ENVIRONMENT, BUSY = 2, 3, 4, 75


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="explainer", description="From articles to a bilingual site, one number at a time."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="pull number phrases out of articles")
    extract.add_argument("files", nargs="*", type=Path, metavar="FILE", help="articles to read")
    extract.add_argument("--lang", choices=("en", "zh"), help="the articles' language")
    extract.add_argument("--json", action="store_true", help="one JSON object per line and file")
    extract.add_argument("--check", type=Path, metavar="FOLDER", help=_CHECK)
    extract.add_argument("--write", type=Path, metavar="FOLDER", help=_WRITE)
    extract.set_defaults(run=_extract)

    for name, run, text in (
        ("check", _check, "load the data and report every problem"),
        ("build", _build, "build the site aside, verify it, and swap it in"),
        ("verify", _verify, "hold the finished site against every rule"),
        ("pairs", _pairs, "list the texts whose languages were not checked against each other"),
        ("lock", _lock, "add new ids to the registry and the history; renew CITATION.cff"),
    ):
        command = commands.add_parser(name, help=text)
        command.set_defaults(run=run)
        if name == "check":
            command.add_argument("--json", action="store_true", help="one JSON object per problem")
            command.add_argument("--without-history", action="store_true", help=_CUT)
        if name == "pairs":
            command.add_argument("--checked", nargs="*", metavar="PLACE", help=_CHECKED)
        if name == "build":
            command.add_argument("--compress", action="store_true", help=_COMPRESS)
        if name == "lock":
            today = datetime.now(UTC).date()
            command.add_argument(
                "--day", type=date.fromisoformat, default=today, help="when they were added"
            )
    return parser


_COMPRESS = "add compressed copies (.gz, .br) for hosts that send them as they are"
_CHECK = "prove that data/mentions is what the articles in FOLDER give today"
_WRITE = "write data/mentions from the articles in FOLDER"


_CUT = "do not hold published ids against git's history (for shallow clones)"
_CHECKED = "record as checked: all, or those whose file or name starts with a PLACE"


def _texts() -> tuple[TextLocation, ...]:
    """Every text in both languages, in the data and in the prose, with its place."""
    return (*written_pairs(ROOT / "data"), *paired_blocks(ROOT / "docs"))


def _pairs(options: argparse.Namespace) -> int:
    data = ROOT / "data"
    dataset = load(data, locked=False)
    written = _texts()
    if options.checked is None:
        DataErrors.unless_empty(pairs.problems(written, dataset.checked))
        print(f"{len(written)} pairs: all checked")
        return 0
    places = tuple(options.checked) or ("",)
    chosen = [
        one
        for one in written
        if f"{one.path} {one.name}".startswith(places) or one.name.startswith(places)
    ]
    kept = pairs.locked(written, dataset.checked).splitlines()
    lines = {*kept, *pairs.locked(chosen).splitlines()}
    text = "".join(f"{line}\n" for line in sorted(lines, key=pairs.by_place))
    write_file(data / pairs.NAME, text.encode("utf-8"))
    print(f"{len(lines) - len(kept)} pairs recorded as checked, {len(lines)} in all")
    return 0


def _extract(options: argparse.Namespace) -> int:
    if options.check or options.write:
        folder: Path = options.check or options.write
        pulled = mentions.pull(ROOT / "data", folder)
        if options.write:
            for path, text in pulled.items():
                changed = write_file(ROOT / path, text.encode("utf-8"))
                print(f"{path}: {'written' if changed else 'unchanged'}")
            return 0
        DataErrors.unless_empty(mentions.stale(ROOT, pulled))
        for path, text in pulled.items():
            print(f"{path}: {text.count('  - id: ')} mentions, as committed")
        return 0
    if not options.files:
        print("explainer extract: name at least one FILE, or --check FOLDER", file=sys.stderr)
        return BAD_INPUT
    worst = 0
    for file in options.files:
        try:
            found = mentions.extract(file, options.lang, progress=_progress(file))
        except (UnreadableArticle, OSError) as error:
            print(f"{file}: {error}", file=sys.stderr)
            worst = BAD_INPUT
            continue
        print(mentions.as_json(found) if options.json else mentions.as_table(found))
    return worst


LONG = 2_000_000
"""Files longer than this many bytes show how far their reading has come."""


def _progress(file: Path) -> Callable[[float], None] | None:
    """What shows progress on the terminal while a long file is read; nothing elsewhere."""
    if not sys.stderr.isatty() or not file.is_file() or file.stat().st_size < LONG:
        return None

    def show(share: float) -> None:
        end = "\n" if share >= 1 else ""
        print(f"\r{file}: {share:4.0%}", end=end, file=sys.stderr, flush=True)

    return show


def _check(options: argparse.Namespace) -> int:
    dataset = load(ROOT / "data")
    stale = pairs.problems(_texts(), dataset.checked)
    broken, past = _history(options)
    DataErrors.unless_empty([*broken, *stale])
    mentions = sum(len(found) for found in dataset.mentions.values())
    claims = sum(len(figure.claims) for figure in dataset.figures.values())
    print(
        f"{len(dataset.figures)} figures, {claims} claims, {mentions} mentions, "
        f"{len(dataset.derivations)} derivations, {len(dataset.terms)} terms: no problems; {past}"
    )
    return 0


def _id_history_errors() -> tuple[list[DataError], int]:
    """Where today's ids and retirements break what was ever committed, and how many versions.

    Raises ``NoHistory`` where there is none to look at, and ``CutHistory`` in a shallow clone.
    """
    errors: list[DataError] = []
    count = 0
    for name, held in permanence.FILES.items():
        path = f"data/{name}"
        past = checkout.versions(ROOT, path)
        count += len(past)
        errors += held(past, (ROOT / path).read_text("utf-8"), path)
    return errors, count


def _history(options: argparse.Namespace) -> tuple[list[DataError], str]:
    """What the data breaks of all that was ever committed, and what was looked at, in words."""
    if options.without_history:
        return [], "published ids were not held against their history"
    try:
        broken, count = _id_history_errors()
    except NoHistory as error:
        return [], f"published ids have no history here: {error}"
    return broken, f"published ids are as in {count} committed versions"


def _build(options: argparse.Namespace) -> int:
    report = build.build(compress=options.compress, report=print)
    count = sum(report.checked.values())
    print(f"site: {count} things checked by {len(report.checked)} rules")
    return 0


def _verify(_: argparse.Namespace) -> int:
    report = verify(ROOT / "site", load(ROOT / "data"))
    for failure in report.failures:
        print(failure, file=sys.stderr)
    for rule, count in report.checked.items():
        print(f"{count:>6}  {rule}")
    return CHECK_FAILED if report.failures else 0


def _lock(options: argparse.Namespace) -> int:
    data = ROOT / "data"
    dataset = load(data, locked=False)
    ids, told = data / registry.NAME, data / history.NAME
    before = ids.read_text("utf-8") if ids.exists() else ""
    write_file(ids, registry.extended(before, dataset).encode("utf-8"))
    after = history.extended(told.read_text("utf-8"), dataset, options.day.isoformat())
    write_file(told, after.encode("utf-8"))
    dataset = load(data)
    words = Localizer(dataset, evaluate_all(dataset), DEFAULT)
    cited = citation_cff(words, address_of())
    write_file(ROOT / "CITATION.cff", cited.encode("utf-8"))
    return 0


def _tell(error: DataErrors, *, as_json: bool) -> None:
    """Print every problem: for people on standard error, for programs on standard output."""
    annotate = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in error.problems:
        if as_json:
            print(problem.as_json())
        else:
            print(problem, file=sys.stderr)
        if annotate:
            print(problem.as_annotation())


def _stop(number: int, _: object) -> None:
    """Stop as the keyboard does, so that everything is left in order; the code tells the signal."""
    raise KeyboardInterrupt(number)


def _let_go() -> None:
    """Leave standard output alone: what could not be written would fail again at the very end."""
    if sys.stdout is None:
        return
    with contextlib.suppress(io.UnsupportedOperation):  # a caller's own stream has no descriptor
        out = sys.stdout.fileno()
        os.dup2(os.open(os.devnull, os.O_WRONLY), out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Faults are told in lines, never as a traceback."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        code: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # nobody listens any more, as behind "| head"
        _let_go()
        return 0
    except DataErrors as error:
        _tell(error, as_json=getattr(options, "json", False))
        return BAD_INPUT
    except build.BuildError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT if isinstance(error, build.InputError) else CHECK_FAILED
    except (AssetError, AddressError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt as stopped:
        print(f"explainer {options.command}: stopped", file=sys.stderr)
        return 128 + (stopped.args[0] if stopped.args else signal.SIGINT)
    except BuildLocked as error:
        print(f"explainer {options.command}: {error}", file=sys.stderr)
        return BUSY
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        said = error.strerror or str(error)
        print(f"explainer {options.command}: {where}{said}", file=sys.stderr)
        if not error.filename:
            _let_go()
        return ENVIRONMENT
    return code
