"""Whatever is wrong ends in one list: every fault at its place, no follower, no traceback."""

import contextlib
import os
import re
import socket
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from tests import commands
from tests.commands import expanded, read_table, tree
from tests.conftest import ROOT

from explainer import cli
from explainer.config import check_listening
from explainer.data import Code, DataErrors
from explainer.limits import PRINTED_ERRORS

HERE = Path(__file__).parent
RUNS: dict[str, list[dict[str, Any]]] = {}
for _kind in read_table(HERE / "faults.yml"):
    RUNS.setdefault(_kind.get("run", _kind["kind"]), []).append(_kind)
ERROR = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):\d+: \[(?P<code>[A-Z]+\d\d)\] ")


@contextlib.contextmanager
def changed(root: Path, changes: dict[str, bytes]) -> Iterator[None]:
    """Files of a checkout with other contents; afterwards all is as it was."""
    before = {root / n: (root / n).read_bytes() for n in changes if (root / n).is_file()}
    try:
        for name, content in changes.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        yield
    finally:
        for name in changes:
            path = root / name
            path.write_bytes(before[path]) if path in before else path.unlink()


def planted(root: Path, kinds: list[dict[str, Any]]) -> tuple[dict[str, bytes], list[list[Any]]]:
    """The changed files, and for each fault its path, its line and what else it must say."""
    texts: dict[str, str] = {}
    marks: list[list[Any]] = []
    for kind in kinds:
        code = [f"[{Code[kind['code']]}]"] if "code" in kind else []
        for name, *edit in kind["plants"]:
            old, new = map(expanded, edit[:2])
            path = root / name
            text = texts.get(name) or (path.read_text("utf-8") if path.is_file() else "")
            old = text if old == "*" else old
            at = text.index(old)
            texts[name] = text[:at] + new + text[at + len(old) :]
            for mark in marks:
                mark[1] += (len(new) - len(old)) * (mark[0] == name and mark[1] > at)
            if edit[2:] != [None]:
                same = takewhile(lambda it: it[0] == it[1], zip(old, new, strict=False))
                marks.append([name, at + sum(1 for _ in same), *code, *edit[2:]])
    wanted = [[name, texts[name].count("\n", 0, at) + 1, *says] for name, at, *says in marks]
    return {n: t.encode("utf-8", "surrogateescape") for n, t in texts.items()}, wanted


def run(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, list[str]]:
    """The exit code of a command and the lines of its standard error."""
    capsys.readouterr()
    code = cli.main(command)
    return code, capsys.readouterr().err.splitlines()


def fits(line: str, path: str, number: int, *says: Any) -> bool:
    """Whether a line is the error that is wanted."""
    for one in says:
        if isinstance(one, int):
            number = one
        elif one not in line:
            return False
    found = ERROR.match(line)
    return found is not None and found["path"] == path and number in (-1, int(found["line"]))


@pytest.mark.parametrize("name", RUNS)
def test_faults_are_given_each_by_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    changes, wanted = planted(root, RUNS[name])
    lock = {"data/pairs.lock": (root / "data/pairs.lock").read_bytes()}
    with changed(root, lock | changes):
        if any(kind.get("reviewed") for kind in RUNS[name]):
            assert run(capsys, "translations", "--mark-reviewed") == (0, [])
        code, lines = run(capsys, "check", "--without-history")
    unseen = [one for one in wanted if not any(fits(line, *one) for line in lines)]
    asked = [line for line in lines if "[PAIR01]" not in line]
    more = [line for line in asked if not any(fits(line, *one) for one in wanted)]
    assert (unseen, more, code) == ([], [], 2)


ADDRESSES = (
    "http://[|http://a b/|http://x.org:99999/|//x.org/|x|http://|http://x.org/\n::x|http://x.org/?b"
)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("SITE_URL", ADDRESSES.split("|")),
        ("SOURCE_DATE_EPOCH", ["abc", "", "10000000000000", "-1", "1e9", "1\n"]),
    ],
)
def test_an_environment_that_says_nothing_is_one_line(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    values: list[str],
) -> None:
    for value in values:
        monkeypatch.setenv(name, value)
        code, lines = run(capsys, "check", "--without-history")
        assert (code, len(lines), Code.BAD_SETTING in lines[0]) == (2, 1, True), value


def test_links_pipes_and_devices_are_refused_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(capsys, "check", "--without-history") == (0, [])
    before = tree(root)
    (tmp_path / "x.md").write_text("mine", "utf-8")
    links: dict[str, str | Path] = {
        "docs/en/out": tmp_path,
        "docs/en/passwd.md": "/etc/passwd",
        "docs/assets/img/out.svg": tmp_path / "x.md",
        "docs/assets/img/gone.svg": "nowhere",
        "overrides/zero.html": "/dev/zero",
        "data/context/zero.yml": "/dev/zero",
        "data/context/out.yml": tmp_path / "x.md",
    }
    for name, to in links.items():
        (root / name).symlink_to(to)
    os.mkfifo(root / "docs/zh/pipe.md")
    code, lines = run(capsys, "check", "--without-history")
    for name in (*links, "docs/zh/pipe.md"):
        assert sum(line.startswith(f"{name}:0:0: [FILE") for line in lines) == 1, name
        (root / name).unlink()
    assert code == 2
    assert (tree(root), tree(tmp_path)) == (before, {"x.md": b"mine"})


def test_nothing_is_written_through_a_link_out_of_the_checkout(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, articles: Path
) -> None:
    for folder, *command in (
        ("data/mentions", "extract", "--write", str(articles)),
        ("data/schema", "register"),
        ("data", "translations", "--mark-reviewed"),
    ):
        (root / folder).rename(tmp_path / "there")
        (root / folder).symlink_to(tmp_path / "there")
        before = tree(tmp_path)
        code, lines = run(capsys, *command)
        after = tree(tmp_path)
        (root / folder).unlink()
        (tmp_path / "there").rename(root / folder)
        assert (code, len(lines), folder in lines[0], after == before) == (4, 1, True, True)


@pytest.mark.parametrize("name", ["site", "site.next", "site.old"])
def test_what_stands_in_the_place_of_the_site_is_left(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    (tmp_path / "mine").write_text("mine", "utf-8")
    for make in (
        Path.touch,
        lambda path: path.symlink_to(tmp_path),
        lambda path: path.symlink_to("x"),
    ):
        make(root / name)
        code, lines = run(capsys, "build")
        assert (code, len(lines), name in lines[0]) == (4, 1, True)
        (root / name).unlink()
    assert tree(tmp_path) == {"mine": b"mine"}


def test_an_emptied_registry_is_not_filled_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for content in (b"", b"# ids\n", b"figure jobs-created count"):
        with changed(root, {"data/ids.lock": content}):
            before = tree(root)
            code, lines = run(capsys, "register")
            assert (code, "ID06" in lines[0], tree(root)) == (2, True, before)


def test_however_long_pages_are_the_answer_is_short_and_quick(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Six pages in two languages, each of 99,000 bytes of one piece."""
    pieces = {"why": "{# ", "playbook": "[", "money": "<a ", "hit": "1. ", "return": "é"}
    pieces |= {"since": "a\n\n"}
    pages = {
        f"docs/{code}/{name}.md": "---\ntitle: x\ndescription: x\n---\n\n"
        + piece * (99_000 // len(piece.encode()))
        for name, piece in pieces.items()
        for code in ("en", "zh")
    }
    with changed(root, {name: text.encode() for name, text in pages.items()}):
        began = time.process_time()
        code, lines = run(capsys, "check", "--without-history")
    assert code and len(lines) <= 101
    assert time.process_time() - began < 5 * len(pieces)


def test_a_quiet_build_is_strict_about_links_and_images(root: Path) -> None:
    text = (root / "docs/en/money.md").read_text("utf-8")
    for old, new in {
        "](since.md#outcome)": "](nowhere.md)",
        "## Five years of spending": "![x](nowhere.svg)\n{: #x }\n\n## Five years of spending",
    }.items():
        assert old in text
        text = text.replace(old, new, 1)
    with changed(root, {"docs/en/money.md": text.encode()}):
        build = ("-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(root / "out"))
        done = commands.run(root, *build, PYTHONPATH=str(ROOT / "scripts"))
    assert done.returncode != 0
    assert "nowhere.md" in done.stderr
    assert "nowhere.svg" in done.stderr


def test_however_many_pages_break_a_promise_the_first_are_printed_and_the_others_counted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for layout in (b"a", b"<!-- a"):
        with changed(root, {"overrides/figure.html": layout}):
            code, lines = run(capsys, "check", "--without-history")
        assert (code, len(lines), lines[-1][:15]) == (3, PRINTED_ERRORS + 1, "… and at least ")


def test_a_preview_names_an_address_where_it_cannot_listen(root: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        serve = ("-m", "mkdocs", "serve", "--quiet", "--dev-addr", address)
        done = commands.run(root, *serve, PYTHONPATH=str(ROOT / "scripts"))
    (line,) = filter(None, (done.stdout + done.stderr).splitlines())
    assert fits(line, "mkdocs.yml", 0, f"dev_addr: found «{address}: ")
    assert done.returncode == 2
    for port in (99999, -1):
        with pytest.raises(DataErrors, match=f"dev_addr: found «127.0.0.1:{port}: "):
            check_listening("127.0.0.1", port)
