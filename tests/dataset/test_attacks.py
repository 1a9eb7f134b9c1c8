"""Data under attack: every hostile, damaged or half-written file is told by name and place.

Nothing hangs, nothing crashes, nothing is read from outside the folder, nothing is lost quietly.
"""

import os
import random
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from explainer.site.templates import COMPILED

from explainer.data import Code, DataError, DataErrors, load, pairs, written_pairs
from explainer.data.errors import SHOWN_AT_MOST
from explainer.data.strict_yaml import parse

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.relative_to(ROOT / "data").as_posix()
    for pattern in ("**/*.yml", "*.lock")
    for path in (ROOT / "data").glob(pattern)
)

MERGE_BOMB = "a0: &a0 {x: 'y'}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)
)
HOSTILE: dict[str, tuple[str, Code]] = {
    "an anchor": ("a: &x 'y'\n", Code.NOT_PLAIN),
    "an alias to nothing": ("a: *x\n", Code.NOT_PLAIN),
    "a bomb of merges": (MERGE_BOMB, Code.NOT_PLAIN),
    "a bomb of aliases": ("a: &a ['x']\nb: &b [*a, *a]\nc: [*b, *b]\n", Code.NOT_PLAIN),
    "a list that holds itself": ("a: &a [*a]\n", Code.NOT_PLAIN),
    "two hundred thousand brackets": ("a: " + "[" * 200_000, Code.TOO_DEEP),
    "two hundred thousand braces": ("a: " + "{" * 200_000, Code.TOO_DEEP),
    "two hundred thousand dashes": ("- " * 200_000 + "x", Code.TOO_DEEP),
    "brackets with spaces": ("a: " + "[ " * 200_000, Code.TOO_DEEP),
    "brackets on lines of their own": ("a:\n" + " [\n" * 50_000, Code.TOO_DEEP),
    "question marks": ("? " * 200_000 + "x", Code.NOT_PLAIN),
    "keys without end": ("".join("  " * n + f"k{n}:\n" for n in range(400)), Code.TOO_DEEP),
    "a tag that runs": ("a: !!python/object/apply:os.system ['id']\n", Code.NOT_PLAIN),
    "a tag that types": ("a: !!binary 'aGk='\n", Code.NOT_PLAIN),
    "a tag of one's own": ("a: !x 'y'\n", Code.NOT_PLAIN),
    "a second document": ("a: 'x'\n---\nb: 'y'\n", Code.SECOND_DOCUMENT),
    "a key twice": ("a: 'x'\na: 'y'\n", Code.DUPLICATE_KEY),
    "a key in full width": ("ab: 'x'\nａｂ: 'y'\n", Code.DUPLICATE_KEY),
    "a key with a ligature": ("file: 'x'\nﬁle: 'y'\n", Code.DUPLICATE_KEY),
    "a key in capitals": ("ab: 'x'\nAB: 'y'\n", Code.DUPLICATE_KEY),
    "a list as key": ("[a]: 'x'\n", Code.NOT_PLAIN),
    "Norway": ("a: NO\n", Code.RETYPED),
    "a base of sixty": ("a: 190:20:30\n", Code.RETYPED),
    "a base of eight": ("a: 0777\n", Code.RETYPED),
    "a base of sixteen": ("a: 0xff\n", Code.RETYPED),
    "a base of two": ("a: 0b11\n", Code.RETYPED),
    "thousands with underscores": ("a: 1_000\n", Code.RETYPED),
    "a float": ("a: 1.10\n", Code.RETYPED),
    "an exponent": ("a: 1e3\n", Code.RETYPED),
    "a base of eight of another YAML": ("a: 0o17\n", Code.RETYPED),
    "infinity": ("a: .inf\n", Code.RETYPED),
    "no number": ("a: .NaN\n", Code.RETYPED),
    "a null": ("a: null\n", Code.RETYPED),
    "nothing at all": ("a:\n", Code.RETYPED),
    "a day that does not exist": ("a: 2024-02-30\n", Code.RETYPED),
    "a moment": ("a: 2024-02-03 04:05:06\n", Code.RETYPED),
    "five thousand digits": ("a: " + "9" * 5_000 + "\n", Code.RETYPED),
    "an equals sign": ("a: =\n", Code.RETYPED),
    "a comment that eats": ("a: C#1 # x\n", Code.EATEN),
    "a comment that eats in a list": ("a: [b # c\n ]\n", Code.EATEN),
    "an escaped NUL": ('a: "x\\0y"\n', Code.BAD_CHARACTER),
    "an escaped bell": ('a: "\\a"\n', Code.BAD_CHARACTER),
    "an escaped line separator": ('a: "\\L"\n', Code.BAD_CHARACTER),
    "an escaped direction": ('a: "\\u202e"\n', Code.BAD_CHARACTER),
    "a lone surrogate": ('a: "\\ud800"\n', Code.NOT_YAML),
    "a pair of surrogates": ('a: "\\ud83d\\ude00"\n', Code.NOT_YAML),
    "an escape beyond Unicode": ('a: "\\U00110000"\n', Code.NOT_YAML),
    "a direction override": ("a: 'x\u202ey'\n", Code.BAD_CHARACTER),
    "an isolate": ("a: 'x\u2066y'\n", Code.BAD_CHARACTER),
    "a zero-width joiner": ("a: 'x\u200dy'\n", Code.BAD_CHARACTER),
    "a soft hyphen": ("a: 'x\u00ady'\n", Code.BAD_CHARACTER),
    "a private character": ("a: 'x\ue000y'\n", Code.BAD_CHARACTER),
    "an unassigned character": ("a: 'x\U000e0fffy'\n", Code.BAD_CHARACTER),
    "a tag character": ("a: 'x\U000e0041y'\n", Code.BAD_CHARACTER),
    "a next line": ("a: 'x\u0085y'\n", Code.BAD_CHARACTER),
    "a paragraph separator": ("a: 'x\u2029y'\n", Code.BAD_CHARACTER),
    "a byte order mark": ("\ufeffa: 'x'\n", Code.BAD_CHARACTER),
    "a byte order mark inside": ("a: 'x\ufeffy'\n", Code.BAD_CHARACTER),
    "a lone carriage return": ("a: 'x'\rb: 'y'\n", Code.BAD_CHARACTER),
    "a tab": ("a:\t'x'\n", Code.BAD_CHARACTER),
    "an escape sequence of terminals": ("a: '\x1b[2J'\n", Code.BAD_CHARACTER),
    "letters of two scripts": ("a: 'N\u0435tflix'\n", Code.MIXED_SCRIPTS),
    "Greek among Latin": ("a: 'Netfl\u03b9x'\n", Code.MIXED_SCRIPTS),
    "a decomposed letter": ("a: 'cafe\u0301'\n", Code.NOT_NFC),
    "a half-written quote": ("a: 'x\n", Code.NOT_YAML),
    "a half-written list": ("a: ['x',\n", Code.NOT_YAML),
    "a conflict": ("<<<<<<< ours\na: 'x'\n=======\na: 'y'\n>>>>>>> theirs\n", Code.NOT_YAML),
    "an empty file": ("", Code.EMPTY),
    "nothing but a comment": ("# x\n", Code.EMPTY),
    "a file of NULs": ("\0" * 100, Code.BAD_CHARACTER),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused_at_once(name: str) -> None:
    text, code = HOSTILE[name]
    began = time.monotonic()
    document, problems = parse(text.encode("utf-8"), "data/x.yml")
    assert time.monotonic() - began < 2
    assert document is None
    assert code in {problem.code for problem in problems}
    told(problems)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "shift_jis"]
)
def test_other_encodings_are_refused(encoding: str) -> None:
    document, problems = parse("a: '日本'\nb: 'x'\n".encode(encoding), "data/x.yml")
    assert document is None
    assert {problem.code for problem in problems} <= {Code.NOT_UTF8, Code.BAD_CHARACTER}
    told(problems)


def told(problems: list[DataError] | tuple[DataError, ...]) -> None:
    """Each problem is one line that a person can act on and a terminal can show."""
    assert problems
    for problem in problems:
        line = str(problem)
        assert line.startswith(f"{problem.path}:{problem.line}:{problem.column}: [{problem.code}]")
        assert " found «" in line
        assert "» — expected " in line
        assert len(line.partition("«")[2].partition("»")[0]) <= SHOWN_AT_MOST
        assert not any(unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp") for one in line)


def refused(data: Path) -> tuple[DataError, ...]:
    with pytest.raises(DataErrors) as caught:
        load(data)
    told(caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize("name", FILES)
def test_a_conflict_in_any_file_is_told_where_it_stands(data: Path, name: str) -> None:
    path = data / name
    lines = path.read_text("utf-8").splitlines(keepends=True)
    middle = len(lines) // 2
    lines[middle:middle] = ["<<<<<<< HEAD\n", lines[middle], "=======\n", ">>>>>>> other\n"]
    path.write_text("".join(lines), "utf-8")
    here = [problem for problem in refused(data) if problem.path == f"data/{name}"]
    assert here
    assert any(middle - 1 <= problem.line <= middle + 4 for problem in here)


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_noise_is_refused(data: Path, name: str) -> None:
    (data / name).write_bytes(random.Random(name).randbytes(2_000))
    assert any(problem.path == f"data/{name}" for problem in refused(data))


def faults(data: Path) -> tuple[DataError, ...]:
    """What ``explainer check`` tells of the data."""
    try:
        dataset = load(data)
    except DataErrors as error:
        return error.problems
    return tuple(pairs.problems(written_pairs(data), dataset.checked))


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_refused(data: Path, name: str) -> None:
    (data / name).write_bytes(b"")
    told(faults(data))


def outside(path: Path) -> None:
    other = path.parents[1] / "outside.yml"
    path.rename(other)
    path.symlink_to(other)


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def listener(path: Path) -> None:
    path.unlink()
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have a hundred bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def sparse(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(20_000_000_000)


SORTS: list[Callable[[Path], None]] = [outside, pipe, device, loop, listener, folder, sparse]


@pytest.mark.parametrize("name", ["terms.yml", "figures/hit.yml", "ids.lock", "pairs.lock"])
@pytest.mark.parametrize("become", SORTS, ids=[sort.__name__ for sort in SORTS])
def test_only_plain_files_are_read(data: Path, name: str, become: Callable[[Path], None]) -> None:
    become(data / name)
    (problem,) = (one for one in refused(data) if one.path == f"data/{name}")
    assert problem.code in (Code.NOT_A_FILE, Code.TOO_LARGE)


def test_a_folder_of_data_that_is_a_link_is_refused(data: Path, tmp_path: Path) -> None:
    (data / "figures").rename(tmp_path / "elsewhere")
    (data / "figures").symlink_to(tmp_path / "elsewhere")
    assert {one.code for one in refused(data)} == {Code.NOT_A_FILE}


@pytest.mark.parametrize(
    "name",
    [
        *("figures/Money.yml", "figures/money.YML", "figures/money.yaml", "figures/more/money.yml"),
        *("figures/mo ney.yml", "figures/钱.yml", "figures/-x.yml"),
        *("figures/" + "x" * 121 + ".yml", "term.yml", "terms.yaml", "notes/x.yml", "new.lock"),
    ],
)
def test_a_file_that_nothing_reads_is_told(data: Path, name: str) -> None:
    path = data / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("figures: []\n", "utf-8")
    (problem,) = refused(data)
    assert problem.code is Code.UNREAD_FILE
    assert problem.path == f"data/{name}"


def test_what_an_editor_hides_beside_a_file_disturbs_nothing(data: Path) -> None:
    (data / "figures" / ".#money.yml").symlink_to("somebody@somewhere.1234")
    (data / "figures" / ".money.yml.swp").write_bytes(b"\0")
    assert load(data).figures


IDS = [
    "../x",
    "/etc/passwd",
    "a/../../b",
    "x.",
    "x ",
    "a\\b",
    "..",
    "é",
    "x" * 121,
    "a:b",
    "A",
    "-a",
]


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_could_lead_elsewhere_is_refused(data: Path, name: str) -> None:
    path = data / "figures" / "hit.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('id: "squid-game-cost"', f"id: '{name}'", 1), "utf-8")
    assert Code.BAD_VALUE in {problem.code for problem in refused(data)}


def test_no_half_of_a_file_passes_for_the_whole(data: Path) -> None:
    """Cut anywhere, a file is refused, unless all that was lost is its last line end."""
    chance = random.Random(1)
    for _ in range(50):
        name = chance.choice(FILES)
        path = data / name
        whole = path.read_bytes()
        cut = chance.randrange(len(whole) - 1)
        path.write_bytes(whole[:cut])
        assert faults(data), f"{name} cut at {cut} of {len(whole)} passed"
        told(faults(data))
        path.write_bytes(whole)


@pytest.mark.parametrize("command", ["check", "generate", "build", "pairs", "lock"])
def test_every_command_tells_bad_data_in_lines_and_writes_nothing(
    checkout: Path, command: str
) -> None:
    (checkout / "data" / "terms.yml").write_text("terms: [\n", "utf-8")
    (checkout / "data" / "rates.yml").write_bytes(b"\xff\xfe")
    before = outputs(checkout)
    done = subprocess.run(
        [sys.executable, "-m", "explainer", command],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "scripts"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "data/rates.yml",
        "data/terms.yml",
    ]
    assert outputs(checkout) == before


def outputs(checkout: Path) -> dict[Path, bytes]:
    """Every file, but for the lock and for compiled templates, which may go at any moment."""
    compiled = checkout / COMPILED
    return {
        path: path.read_bytes()
        for path in checkout.rglob("*")
        if path.is_file() and path.name != "build.lock" and path.parent != compiled
    }
