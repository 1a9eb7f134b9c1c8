"""Whatever a data file holds, reading it ends soon, in a document or in problems with a place."""

import json
import random
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.data import DataError
from explainer.data.schema import check
from explainer.data.strict_yaml import Node, parse

ROOT = Path(__file__).parents[2]
WHOLE = {
    path.relative_to(ROOT / "data").as_posix(): path.read_bytes()
    for path in sorted((ROOT / "data").rglob("*.yml"))
}
PIECES = [
    *(
        "a: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "  ",
        "\t",
        "#",
        " # x",
        "'",
        '"',
        "\\",
        "|\n",
        ">-\n",
        "---\n",
    ),
    *("[", "]", "{", "}", ",", "&x ", "*x", "!!int ", "!x ", "<<: ", "%YAML 1.2\n", "...\n", "~"),
    *(
        "no",
        "1:30",
        "0x1f",
        "1e3",
        "2024-02-30",
        "9" * 40,
        "\\u202e",
        "\\ud800",
        "\\0",
        "é",
        "e\u0301",
    ),
    *(
        "\u202e",
        "\u200b",
        "\ufeff",
        "\x00",
        "\r",
        "\u2028",
        "韩国",
        "７",
        "<<<<<<<",
        "=======",
        "x" * 99,
    ),
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(max_size=60),
)
SLOWEST = 1.0


def plain(value: Node) -> bool:
    """Whether a document holds nothing but texts, lists and mappings of texts."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(one) for key, one in value.items())
    return all(map(plain, value)) if isinstance(value, list) else isinstance(value, str)


def read(data: bytes) -> None:
    """Read one file: it is a plain document, or what is wrong has a place; and it took no time."""
    began = time.monotonic()
    document, problems = parse(data, "data/x.yml")
    assert (document is None) == bool(problems)
    for problem in problems:
        line, column = problem.line, problem.column
        assert 0 <= line <= data.count(b"\n") + 2
        assert column >= 0
        assert "\n" not in str(problem)
    if document is not None:
        assert plain(document.value)
        if isinstance(document.value, dict):
            # A reader without any rules of its own finds the same texts.
            assert yaml.load(document.text, yaml.BaseLoader) == document.value
        found = list(check(document, "topics"))
        assert all(isinstance(problem, DataError) for problem in found)
    assert time.monotonic() - began < SLOWEST


def damaged(seed: int) -> bytes:
    """A file of the project after some accidents: pieces lost, doubled, swapped or strange."""
    chance = random.Random(seed)
    content = bytearray(WHOLE[chance.choice(list(WHOLE))][: chance.randrange(200, 4_000)])
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content) or 1)
        match chance.randrange(5):
            case 0:
                del content[at : at + chance.randrange(1, 40)]
            case 1:
                content[at:at] = content[at : at + chance.randrange(1, 40)]
            case 2:
                content[at:at] = chance.choice(PIECES).encode("utf-8", "surrogatepass")
            case 3:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                content = content[at:] or content
    return bytes(content)


@settings(max_examples=2_500)
@given(TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


def test_any_damage_to_our_own_files_is_read_or_refused() -> None:
    for seed in range(2_500):
        read(damaged(seed))


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
@settings(max_examples=300)
def test_whatever_is_written_in_quotes_comes_back_as_it_was(value: Any) -> None:
    document, problems = parse(json.dumps({"a": value}).encode(), "data/x.yml")
    assert problems == []
    assert document is not None
    assert document.value == {"a": value}


@pytest.mark.fuzz
@settings(max_examples=25_000)
@given(TEXTS)
def test_many_texts_are_read_or_refused(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


@pytest.mark.fuzz
def test_much_damage_is_read_or_refused() -> None:
    for seed in range(25_000):
        read(damaged(seed))
