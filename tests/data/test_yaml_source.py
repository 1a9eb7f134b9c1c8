"""YAML that would say something else than it seems to is refused, with its place."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commands import expanded, read_table
from tests.data.conftest import assert_readable

from explainer.data import Code, DataError
from explainer.data.fields import Context
from explainer.data.load import validate
from explainer.data.yaml_source import Node, parse

MERGES = "a0: &a0 {x: 'y'}\n" + "".join(
    f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)
)
KEYS = "".join("  " * n + f"k{n}:\n" for n in range(400))
CASES: list[tuple[Code, str, list[int]]] = [
    (Code[name], expanded(text), place)
    for name, rows in read_table(Path(__file__).with_name("hostile.yml")).items()
    for text, *place in rows
]
CASES += [(Code.NOT_PLAIN, MERGES, []), (Code.TOO_DEEP, KEYS, [])]


@pytest.mark.parametrize(
    ("code", "text", "place"), CASES, ids=[f"{c}-{t[:40]!r}" for c, t, _ in CASES]
)
def test_hostile_yaml_is_refused_where_it_stands(code: Code, text: str, place: list[int]) -> None:
    document, problems = parse(text.encode("utf-8"), "data/x.yml")
    assert document is None
    assert code in {problem.code for problem in problems}
    assert_readable(problems)
    if place:
        assert [(p.code, p.line, p.column) for p in problems] == [(code, *place)]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "shift_jis"]
)
def test_other_encodings_are_refused(encoding: str) -> None:
    document, problems = parse("a: '日本'\nb: 'x'\n".encode(encoding), "data/x.yml")
    assert document is None
    assert {problem.code for problem in problems} <= {Code.NOT_UTF8, Code.BAD_CHARACTER}
    assert all(problem.line >= 1 for problem in problems)
    assert_readable(problems)


def test_plain_text_comes_through_with_its_places() -> None:
    document, problems = parse(
        "a: {b: ['约700', \"x # y\"], c: 'yes it is'}\n".encode(), "data/x.yml"
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
