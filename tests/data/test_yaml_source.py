"""YAML that would say something else than it seems to is refused, with its place."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.data.conftest import assert_readable

from explainer.data import Code, DataError
from explainer.data.fields import Context
from explainer.data.load import validate
from explainer.data.yaml_source import Node, parse

REFUSED = [
    ("a: no\n", Code.RETYPED, 1, 4),
    ("a:\nb: 'x'\n", Code.RETYPED, 1, 3),
    ("a: 'x'\na: 'y'\n", Code.DUPLICATE_KEY, 2, 1),
    ("a: &x 'y'\nb: *x\n", Code.NOT_PLAIN, 1, 4),
    ("a: {<<: {b: 'c'}}\n", Code.NOT_PLAIN, 1, 5),
    ("a: 'x'\n---\nb: 'y'\n", Code.NOT_YAML, 2, 1),
    ("<<<<<<< HEAD\na: 'x'\n=======\n", Code.NOT_YAML, 2, 2),
    ("a: 'x\u202ey'\n", Code.BAD_CHARACTER, 1, 6),
    ('a: "x\\0y"\n', Code.BAD_CHARACTER, 1, 4),
    ("a: 'e\u0301'\n", Code.NOT_NFC, 1, 4),
    ("a: " + "[" * 100_000, Code.TOO_DEEP, 1, 23),
    ("", Code.EMPTY, 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED)
def test_a_trap_is_refused_where_it_stands(text: str, code: Code, line: int, column: int) -> None:
    document, problems = parse(text.encode("utf-8"), "data/x.yml")
    assert document is None
    assert [p.code for p in problems] == [code]
    assert (problems[0].line, problems[0].column) == (line, column)


MERGE_BOMB = "a0: &a0 {x: 'y'}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)
)
HOSTILE: dict[Code, dict[str, str]] = {
    Code.NOT_PLAIN: {
        "an anchor": "a: &x 'y'\n",
        "an alias to nothing": "a: *x\n",
        "a bomb of merges": MERGE_BOMB,
        "a bomb of aliases": "a: &a ['x']\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "a list that holds itself": "a: &a [*a]\n",
        "a tag that runs": "a: !!python/object/apply:os.system ['id']\n",
        "a tag of a string": "a: !!str 'y'\n",
        "a list as key": "[a]: 'x'\n",
        "question marks": "? " * 200_000 + "x",
    },
    Code.TOO_DEEP: {
        "two hundred thousand brackets": "a: " + "[" * 200_000,
        "two hundred thousand dashes": "- " * 200_000 + "x",
        "brackets on lines of their own": "a:\n" + " [\n" * 50_000,
        "keys without end": "".join("  " * n + f"k{n}:\n" for n in range(400)),
    },
    Code.TOO_LARGE: {"more values than anybody writes": "a: [" + "'', " * 100_001 + "]"},
    Code.DUPLICATE_KEY: {"a key twice": "a: 'x'\na: 'y'\n"},
    Code.RETYPED: {
        text: f"a: {text}\n"
        for text in (
            *("NO", "190:20:30", "0777", "0xff", "0b11", "1_000", "1.10", "1e3", "0o17", ".inf"),
            *(".NaN", "null", "", "2024-02-30", "2024-02-03 04:05:06", "9" * 5_000, "="),
        )
    },
    Code.BAD_CHARACTER: {
        "an escaped NUL": 'a: "x\\0y"\n',
        "an escaped line separator": 'a: "\\L"\n',
        "an escaped direction": 'a: "\\u202e"\n',
        "a direction override": "a: 'x\u202ey'\n",
        "a soft hyphen": "a: 'x\u00ady'\n",
        "a private character": "a: 'x\ue000y'\n",
        "an unassigned character": "a: 'x\U000e0fffy'\n",
        "a tag character": "a: 'x\U000e0041y'\n",
        "a next line": "a: 'x\u0085y'\n",
        "a byte order mark": "\ufeffa: 'x'\n",
        "a lone carriage return": "a: 'x'\rb: 'y'\n",
        "a tab": "a:\t'x'\n",
        "an escape sequence of terminals": "a: '\x1b[2J'\n",
    },
    Code.NOT_NFC: {"a decomposed letter": "a: 'cafe\u0301'\n"},
    Code.NOT_YAML: {
        "a lone surrogate": 'a: "\\ud800"\n',
        "an escape beyond Unicode": 'a: "\\U00110000"\n',
        "a half-written quote": "a: 'x\n",
        "a second document": "a: 'x'\n---\nb: 'y'\n",
        "a conflict": "<<<<<<< ours\na: 'x'\n=======\na: 'y'\n>>>>>>> theirs\n",
    },
    Code.EMPTY: {"an empty file": "", "nothing but a comment": "# x\n"},
}
CASES = [(code, name) for code, named in HOSTILE.items() for name in named]


@pytest.mark.parametrize(("code", "name"), CASES, ids=[f"{c}-{n[:40]}" for c, n in CASES])
def test_hostile_yaml_is_refused(code: Code, name: str) -> None:
    document, problems = parse(HOSTILE[code][name].encode("utf-8"), "data/x.yml")
    assert document is None
    assert code in {problem.code for problem in problems}
    assert_readable(problems)


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "shift_jis"]
)
def test_other_encodings_are_refused(encoding: str) -> None:
    document, problems = parse("a: '日本'\nb: 'x'\n".encode(encoding), "data/x.yml")
    assert document is None
    assert {problem.code for problem in problems} <= {Code.NOT_UTF8, Code.BAD_CHARACTER}
    assert all(problem.line >= 1 for problem in problems)
    assert_readable(problems)


def test_several_faults_are_reported_together() -> None:
    _, problems = parse(b"a: no\nb: 1.5\na: 'x'\n", "data/x.yml")
    assert [p.code for p in problems] == [Code.RETYPED, Code.RETYPED, Code.DUPLICATE_KEY]


def test_plain_text_comes_through_with_its_places() -> None:
    document, problems = parse(
        "a: {b: ['约700', \"x # y\"], c: yes it is}\n".encode(), "data/x.yml"
    )
    assert not problems
    assert isinstance(document, dict)
    assert document == {"a": {"b": ["约700", "x # y"], "c": "yes it is"}}
    assert document.at("a", "b", 1).place() == ("data/x.yml", 1, 17, "b.1")
    assert document.at("a", "c").key.place() == ("data/x.yml", 1, 27, "c")
    assert document.at("a", "b", 7, "z").place() == ("data/x.yml", 1, 8, "b")


PIECES = [
    *("a: ", "- ", "? ", ": ", "\n", "  ", "\t", "#", " # x", "'", '"', "\\", "|\n", ">-\n"),
    *("[", "]", "{", "}", ",", "&x ", "*x", "!!int ", "!x ", "<<: ", "%YAML 1.2\n", "...\n", "~"),
    *("---\n", "no", "1:30", "0x1f", "1e3", "9" * 40, "\\u202e", "\\ud800", "\\0", "é", "e\u0301"),
    *("\u202e", "\ufeff", "\x00", "\r", "\u2028", "韩国", "７", "<<<<<<<", "=======", "x" * 99),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


def is_plain(value: Node) -> bool:
    """Whether a document holds nothing but texts, lists and mappings of texts."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(one) for key, one in value.items())
    return all(map(is_plain, value)) if isinstance(value, list) else isinstance(value, str)


@settings(max_examples=500)
@given(TEXTS)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    document, problems = parse(data, "data/x.yml")
    assert (document is None) == bool(problems)
    for problem in problems:
        assert 0 <= problem.line <= data.count(b"\n") + 2
        assert problem.column >= 0
        assert "\n" not in str(problem)
    if document is not None:
        assert is_plain(document)
        if isinstance(document, dict):
            # A reader without any rules of its own finds the same texts.
            assert yaml.load(text, yaml.BaseLoader) == document
        faults = list[DataError]()
        validate(document, "topics.yml", Context(faults))
        assert_readable(faults)


@given(
    st.recursive(
        st.text("ab韩é \"'#:{}[],&*!|>%@`-\n", max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
@settings(max_examples=100)
def test_whatever_is_written_in_quotes_comes_back_as_it_was(value: Any) -> None:
    document, problems = parse(json.dumps({"a": value}).encode(), "data/x.yml")
    assert not problems
    assert isinstance(document, dict)
    assert document == {"a": value}
