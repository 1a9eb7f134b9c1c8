"""YAML that would say something else than it seems to is refused, with its place."""

import pytest

from explainer.data.errors import Code
from explainer.data.strict_yaml import SIZE_LIMIT, parse

REFUSED = [
    ("a: no\n", Code.RETYPED, 1, 4),
    ("a: 1:30\n", Code.RETYPED, 1, 4),
    ("a: 010\n", Code.RETYPED, 1, 4),
    ("a: 2021-10-06\n", Code.RETYPED, 1, 4),
    ("a: 1.10\n", Code.RETYPED, 1, 4),
    ("a: ~\n", Code.RETYPED, 1, 4),
    ("a:\nb: 'x'\n", Code.RETYPED, 1, 3),
    ("a: 'x'\na: 'y'\n", Code.DUPLICATE_KEY, 2, 1),
    ("a: 'x'\nＡ: 'y'\n", Code.DUPLICATE_KEY, 2, 1),
    ("a: &x 'y'\nb: *x\n", Code.NOT_PLAIN, 1, 4),
    ("a: !!int '3'\n", Code.NOT_PLAIN, 1, 4),
    ("a: {<<: {b: 'c'}}\n", Code.NOT_PLAIN, 1, 5),
    ("a: 'x'\n---\nb: 'y'\n", Code.SECOND_DOCUMENT, 2, 1),
    ("a: 'x\n", Code.NOT_YAML, 2, 1),
    ("<<<<<<< HEAD\na: 'x'\n=======\n", Code.NOT_YAML, 2, 2),
    ("a: 'x\u202ey'\n", Code.BAD_CHARACTER, 1, 6),
    ("a: 'x\u200by'\n", Code.BAD_CHARACTER, 1, 6),
    ('a: "x\\0y"\n', Code.BAD_CHARACTER, 1, 4),
    ('a: "\\ud800"\n', Code.NOT_YAML, 1, 7),
    ("a: 'e\u0301'\n", Code.NOT_NFC, 1, 4),
    ("a: " + "[" * 100_000, Code.TOO_DEEP, 1, 1),
    ("".join("  " * n + f"k{n}:\n" for n in range(40)), Code.TOO_DEEP, 22, 0),
    ("", Code.EMPTY, 1, 1),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED)
def test_a_trap_is_refused_where_it_stands(text: str, code: Code, line: int, column: int) -> None:
    document, problems = parse(text.encode("utf-8"), "data/x.yml")
    assert document is None
    assert [p.code for p in problems] == [code]
    assert problems[0].line == line
    assert problems[0].column == column or not column


def test_bytes_that_are_not_utf8_are_refused() -> None:
    _, problems = parse("a: 'x'\nb: '韩'\n".encode("gb18030"), "data/x.yml")
    assert [(p.code, p.line, p.column) for p in problems] == [(Code.NOT_UTF8, 2, 5)]


def test_a_file_past_the_limit_is_not_even_parsed() -> None:
    _, problems = parse(b"a: 'x'\n" + b"#" * SIZE_LIMIT, "data/x.yml")
    assert [p.code for p in problems] == [Code.TOO_LARGE]


def test_several_faults_are_reported_together() -> None:
    _, problems = parse(b"a: no\nb: 1.5\na: 'x'\n", "data/x.yml")
    assert [p.code for p in problems] == [Code.RETYPED, Code.RETYPED, Code.DUPLICATE_KEY]


def test_plain_text_comes_through_as_it_stands() -> None:
    document, problems = parse(
        "a: {b: ['约700', \"x # y\"], c: yes it is}\n".encode(), "data/x.yml"
    )
    assert problems == []
    assert document is not None
    assert document.value == {"a": {"b": ["约700", "x # y"], "c": "yes it is"}}
    assert document.places()[("a", "b", 1)] == (1, 17)
    assert document.key_places()[("a", "c")] == (1, 27)


def test_windows_line_ends_change_nothing() -> None:
    text = "a: 'x'\nb: |\n  one\n  two\n"
    unix, _ = parse(text.encode(), "data/x.yml")
    windows, _ = parse(text.replace("\n", "\r\n").encode(), "data/x.yml")
    assert unix is not None
    assert windows is not None
    assert unix.value == windows.value
