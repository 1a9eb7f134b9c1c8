"""The command line.

Exit codes: 0 done, 2 bad input, 3 a check failed, 4 environment error, 75 another build is
running, 130 interrupted, 143 terminated.
"""

import argparse
import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from explainer import build
from explainer.config import ROOT
from explainer.data import (
    DataError,
    DataErrors,
    ids,
    load,
    mentions,
    models,
    outdated_texts,
    translations,
    yaml_source,
)
from explainer.data.errors import escape, limit_lines
from explainer.extract.html import UnreadableArticle
from explainer.files import write_file
from explainer.verify import verify

BAD_INPUT, CHECK_FAILED, ENVIRONMENT = 2, 3, 4


def _write(name: str, content: bytes) -> bool:
    """Write a file of the checkout; return whether it changed.

    Raises ``OSError`` where a link leads out of the checkout.
    """
    path = ROOT / name
    if not path.parent.resolve().is_relative_to(ROOT.resolve()):
        raise OSError(errno.ELOOP, "a link leads out of the checkout", str(path.parent))
    return write_file(path, content)


def _extract(options: argparse.Namespace) -> int:
    """Print the number phrases of articles."""
    if folder := options.check or options.write:
        written = mentions.pull(ROOT / "data", folder)
        if options.check:
            DataErrors.unless_empty(mentions.stale(ROOT, written))
        for path, text in written.items():
            count = text.count("  - id: ")
            changed = bool(options.write) and _write(path, text.encode("utf-8"))
            print(f"{path}: {count} mentions, {'written' if changed else 'as committed'}")
        return 0
    if not options.files:
        print("explainer extract: name a FILE, or --check FOLDER", file=sys.stderr)
        return BAD_INPUT
    code = 0
    for file in options.files:
        try:
            found = mentions.extract(file, options.lang)
        except (UnreadableArticle, OSError) as error:
            print(escape(f"{file}: {error}"), file=sys.stderr)
            code = BAD_INPUT
            continue
        print(mentions.as_json(file, found) if options.json else mentions.as_table(file, found))
    return code


def _check(options: argparse.Namespace) -> int:
    """Check all that a build reads, and report every error."""
    broken, history = list[DataError](), "ids not compared with their history"
    if not options.without_history:
        broken, history = _check_history()
    dataset = build.check(ROOT, broken)
    claims = sum(len(figure.claims) for figure in dataset.figures.values())
    print(
        f"{len(dataset.figures)} figures, {claims} claims, {len(dataset.derivations)} derivations, "
        f"{len(dataset.context)} context sources, {len(dataset.terms)} terms: no errors; {history}"
    )
    return 0


def _check_history(lock: str | None = None) -> tuple[list[DataError], str]:
    """Return where the ids break what was ever committed, and a phrase that says what was read.

    ``lock`` is a text that is to become the registry of ids.
    """
    try:
        return ids.check_published(ROOT, lock), "ids agree with their history"
    except ids.NoHistory as error:
        return [], f"no history to compare ids with: {error}"


def _build(options: argparse.Namespace) -> int:
    """Build the site aside, verify it, and swap it in."""
    report = build.build(
        ROOT, compress=options.compress, report=lambda line: print(line, flush=True)
    )
    count = sum(report.checked.values())
    print(f"site: {count} things checked by {len(report.checked)} checks")
    return 0


def _verify(_: argparse.Namespace) -> int:
    """Check the finished site."""
    report = verify(ROOT / "site", load(ROOT / "data"))
    for line in limit_lines(report.failures):
        print(line, file=sys.stderr)
    for name, count in report.checked.items():
        print(f"{count:>6}  {name}")
    return CHECK_FAILED if report.failures else 0


def _translations(options: argparse.Namespace) -> int:
    """List texts whose languages nobody has compared."""
    texts, errors = build.list_texts(ROOT)
    DataErrors.unless_empty(errors)
    reviewed = translations.read_reviewed(ROOT / "data")
    if options.mark_reviewed is None:
        DataErrors.unless_empty(outdated_texts(texts, reviewed))
        print(f"{len(texts)} texts: all reviewed")
        return 0
    places = tuple(options.mark_reviewed) or ("",)
    chosen = [one for one in texts if one.path.startswith(places) or one.name.startswith(places)]
    before, after = (translations.lock_text(texts, reviewed, some) for some in ([], chosen))
    _write(f"data/{yaml_source.PAIRS}", after.encode("utf-8"))
    print(f"{after.count(chr(10)) - before.count(chr(10))} texts recorded as reviewed")
    return 0


def _register(options: argparse.Namespace) -> int:
    """Add new ids; renew the schemas."""
    data = ROOT / "data"
    files = ids.register(data, load(data, locked=False), str(datetime.now(UTC).date()))
    load(data, changes=files)
    broken, _ = _check_history(files[yaml_source.IDS].decode("utf-8"))
    DataErrors.unless_empty(broken)
    files |= {f"schema/{name}": t.encode("utf-8") for name, t in models.schema_files().items()}
    for name, content in files.items():
        _write(f"data/{name}", content)
    return 0


_FLAG = {"action": "store_true"}
COMMANDS: Mapping[Callable[[argparse.Namespace], int], Mapping[str, Mapping[str, Any]]] = {
    _extract: {
        "files": {"nargs": "*", "type": Path, "metavar": "FILE", "help": "articles to read"},
        "--lang": {"choices": ("en", "zh"), "help": "the articles' language"},
        "--json": {**_FLAG, "help": "one JSON object per line and file"},
        "--check": {"type": Path, "metavar": "FOLDER", "help": "compare data/mentions with them"},
        "--write": {"type": Path, "metavar": "FOLDER", "help": "write data/mentions from them"},
    },
    _check: {
        "--json": {**_FLAG, "help": "one JSON object per error"},
        "--without-history": {**_FLAG, "help": "do not compare ids with git's history"},
    },
    _build: {"--compress": {**_FLAG, "help": "add .gz and .br copies"}},
    _verify: {},
    _translations: {
        "--mark-reviewed": {
            "nargs": "*",
            "metavar": "PLACE",
            "help": "record as reviewed: all, or those whose file or name starts with a PLACE",
        }
    },
    _register: {},
}
"""The functions of the commands, whose first lines are their help, and their options."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="explainer", description="Build a bilingual site from the numbers in articles."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for run, options in COMMANDS.items():
        command = commands.add_parser(run.__name__.strip("_"), help=run.__doc__)
        command.set_defaults(run=run)
        for option, settings in options.items():
            command.add_argument(option, **settings)
    return parser


def _interrupt(number: int, _: object) -> None:
    """Stop as the keyboard does, so that everything is left in order; the code names the signal."""
    raise KeyboardInterrupt(number)


def _abandon_stdout() -> None:
    """Point standard output elsewhere: what could not be written would fail again at exit."""
    if sys.stdout is None:
        return
    with contextlib.suppress(io.UnsupportedOperation):  # a caller's own stream has no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Faults are printed as lines, never a traceback."""
    options = _parser().parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):  # a parent may have had them ignored
        signal.signal(number, _interrupt)
    try:
        code: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # nobody reads any more, as behind "| head"
        _abandon_stdout()
        return 0
    except DataErrors as error:
        as_json = getattr(options, "json", False)  # for programs, on standard output
        for line in error.lines(as_json=as_json):
            print(line, file=None if as_json else sys.stderr)
        return BAD_INPUT
    except build.BuildError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt as stopped:
        print(f"explainer {options.command}: stopped", file=sys.stderr)
        return 128 + (stopped.args[0] if stopped.args else signal.SIGINT)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        said = f"explainer {options.command}: {where}{error.strerror or error}"
        print(escape(said), file=sys.stderr)
        if not error.filename:
            _abandon_stdout()
        return ENVIRONMENT
    return code
