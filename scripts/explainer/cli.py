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

from explainer import build, watching
from explainer.checkout import NoHistory
from explainer.config import ROOT, AddressError, address_of
from explainer.data import DataError, DataErrors, history, load, mentions, pairs, registry
from explainer.derive import evaluate_all
from explainer.export import citation_cff
from explainer.extract.articles import UnreadableArticle
from explainer.generating import generate
from explainer.i18n import Localizer
from explainer.preview import Preview, serve
from explainer.site import write_file
from explainer.site.assets import AssetError
from explainer.site.headers import nginx
from explainer.site.swap import BuildLocked
from explainer.urls import DEFAULT
from explainer.verify import verify

HOST = "127.0.0.1"
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
        ("generate", _generate, "write the pages' Markdown under docs"),
        ("build", _build, "build the site aside, verify it, and swap it in"),
        ("serve", _serve, "show the site as it is written; each page is made when asked for"),
        ("verify", _verify, "hold the finished site against every rule"),
        ("pairs", _pairs, "list the texts whose languages were not checked against each other"),
        (
            "sources",
            _sources,
            "list the sources' addresses; --online asks whether they hold",
        ),
        ("nginx", _nginx, "print a configuration of nginx for the finished site"),
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
            command.add_argument("--unpacked", action="store_true", help=_UNPACKED)
        if name == "serve":
            command.add_argument("--port", default=8000, type=int, help="port on this machine")
        if name == "sources":
            command.add_argument("sources", nargs="*", metavar="SOURCE", help=_WATCHED)
            command.add_argument("--online", action="store_true", help=_ONLINE)
            command.add_argument("--json", action="store_true", help="one JSON object")
            command.add_argument("--seconds", type=float, default=20, help="for each address")
        if name == "nginx":
            command.add_argument("--brotli", action="store_true", help=_BROTLI)
            command.add_argument("--listen", default="80", help="address and port")
            command.add_argument("--folder", default="site", type=Path, help="the finished site")
        if name == "lock":
            today = datetime.now(UTC).date()
            command.add_argument(
                "--day", type=date.fromisoformat, default=today, help="when they were added"
            )
    return parser


_UNPACKED = "leave out the compressed copies (for hosts that compress by themselves)"
_BROTLI = "send the .br copies too (needs nginx's module brotli_static)"
_CHECK = "prove that data/mentions is what the articles in FOLDER give today"
_WRITE = "write data/mentions from the articles in FOLDER"


_WATCHED = "only these sources, by id"
_ONLINE = "fetch each address and look for the phrases (exit code 3: something is dead or drifted)"
_CUT = "do not hold published ids against git's history (for shallow clones)"
_CHECKED = "record as checked: all, or those whose file or name starts with a PLACE"


def _pairs(options: argparse.Namespace) -> int:
    data = ROOT / "data"
    dataset = load(data, locked=False)
    written = build.written()
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
    stale = pairs.problems(build.written(), dataset.checked)
    broken, past = _history(options)
    DataErrors.unless_empty([*broken, *stale])
    mentions = sum(len(found) for found in dataset.mentions.values())
    claims = sum(len(figure.claims) for figure in dataset.figures.values())
    print(
        f"{len(dataset.figures)} figures, {claims} claims, {mentions} mentions, "
        f"{len(dataset.derivations)} derivations, {len(dataset.terms)} terms: no problems; {past}"
    )
    return 0


def _history(options: argparse.Namespace) -> tuple[list[DataError], str]:
    """What the data breaks of all that was ever committed, and what was looked at, in words."""
    if options.without_history:
        return [], "published ids were not held against their history"
    try:
        broken, count = build.id_history_errors()
    except NoHistory as error:
        return [], f"published ids have no history here: {error}"
    return broken, f"published ids are as in {count} committed versions"


def _generate(_: argparse.Namespace) -> int:
    generate()
    return 0


def _build(options: argparse.Namespace) -> int:
    report = build.build(packed=not options.unpacked)
    things, copies = sum(report.checked.values()), report.checked["copies_hold_their_files"]
    packed = "" if options.unpacked else f", {copies} compressed copies"
    print(f"site: {things} things checked, {len(report.checked)} rules{packed}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    address = os.environ.get("SITE_URL") or f"http://{HOST}:{options.port}/"
    serve(Preview(ROOT, f"{address.rstrip('/')}/"), HOST, options.port)
    return 0


def _verify(_: argparse.Namespace) -> int:
    report = verify(ROOT / "site", load(ROOT / "data"))
    for failure in report.failures:
        print(failure, file=sys.stderr)
    for rule, count in report.checked.items():
        print(f"{count:>6}  {rule}")
    return CHECK_FAILED if report.failures else 0


def _sources(options: argparse.Namespace) -> int:
    dataset = load(ROOT / "data")
    chosen = [
        place
        for place in watching.places(dataset)
        if not options.sources or place.source in options.sources
    ]
    if unknown := set(options.sources) - {place.source for place in chosen}:
        print(f"explainer sources: no address of {', '.join(sorted(unknown))}", file=sys.stderr)
        return BAD_INPUT
    if not options.online:
        print(watching.listed(chosen))
        return 0
    agent = f"{dataset.about.slug}/{dataset.about.version} (+{address_of()})"
    outcomes = watching.look(chosen, agent, watching.Limits(seconds=options.seconds))
    print((watching.as_json if options.json else watching.as_table)(outcomes))
    return CHECK_FAILED if any(outcome.is_bad for outcome in outcomes) else 0


def _nginx(options: argparse.Namespace) -> int:
    folder = options.folder.resolve().as_posix()
    dataset = load(ROOT / "data")
    text = nginx(dataset, address_of(), folder, options.listen, brotli=options.brotli)
    print(text, end="")
    return 0


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
    signal.signal(signal.SIGINT, signal.default_int_handler)
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
        return BAD_INPUT if isinstance(error, build.BadInput) else CHECK_FAILED
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
