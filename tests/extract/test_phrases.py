"""Every phrase and passage of the tables reads as the table says, in Python and in the browser."""

import json
import random
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.extract.tables import LANGUAGES, brief, passages, phrases

from explainer.extract import Language, Match, find, lexicon, parse, write

PHRASES = [
    pytest.param(language, text, reads, id=f"{language}: {text}")
    for language in LANGUAGES
    for text, reads in phrases(language)
]
PASSAGES = [
    pytest.param(language, text, wanted, id=f"{language}: {text[:40]}")
    for language in LANGUAGES
    for text, wanted in passages(language)
]


@pytest.mark.parametrize(("language", "text", "reads"), PHRASES)
def test_a_phrase_reads_as_the_table_says(language: Language, text: str, reads: str | None) -> None:
    reading = parse(text, language)
    assert brief(reading.quantity) == (reads or "-"), reading
    assert (reading.reason is None) == (reads is not None)


@pytest.mark.parametrize(("language", "text", "wanted"), PASSAGES)
def test_a_passage_gives_its_amounts(language: Language, text: str, wanted: list[str]) -> None:
    found = [f"{match.exact} | {brief(match.quantity)}" for match in find(text, language)]
    assert found == wanted


READ = """
import { readFileSync } from "node:fs"
import { find, write } from "./index.js"
const shown = ({ quantity: q, ...match }) => q === null ? [match.start, match.end, match.reason] : [
  match.start, match.end, String(q.value), q.valueMax && String(q.valueMax), q.kind, q.bound,
  q.currency, q.unit, q.scale, q.edtf, write(q, "en"), write(q, "zh")]
const cases = JSON.parse(readFileSync(0, "utf8"))
console.log(JSON.stringify(cases.map(([text, language]) => find(text, language).map(shown))))
"""


def shown(match: Match) -> list[Any]:
    """A match in the form that the script gives."""
    if match.quantity is None:
        return [match.start, match.end, str(match.reason)]
    q = match.quantity
    high = None if q.value_max is None else f"{q.value_max:f}"
    said = [f"{q.value:f}", high, str(q.kind), str(q.bound), q.currency, q.unit, q.scale, q.edtf]
    return [match.start, match.end, *said, write(q, "en"), write(q, "zh")]


def test_the_browser_reads_the_same_or_refuses(tmp_path: Path) -> None:
    """All tables, and random texts made of their pieces, in one run of Node.js."""
    chance = random.Random(20211006)
    cases: list[tuple[str, Language]] = []
    for language in LANGUAGES:
        texts = [text for text, _ in [*phrases(language), *passages(language)]]
        pieces = [p for text in texts for p in re.findall(r"[0-9][0-9.,]*|[A-Za-z]+|.", text)]
        for _ in range(1500):
            whole = chance.choice(texts)
            cut = chance.randint(0, len(whole))
            made = "".join(chance.choices(pieces, k=chance.randint(2, 14)))
            texts.append(whole[:cut] + made + whole[cut:])
        cases += [(text, language) for text in texts]
    rows = "one million million ", "one dozen dozen ", "two and a half and a half ", "百分之百分之"
    cases += [(row * 5000, language) for row in rows for language in LANGUAGES]
    numbers = Path(shutil.copytree(ROOT / "docs/assets/js/numbers", tmp_path / "numbers"))
    (numbers / "words.js").write_text(lexicon.browser_module(), "utf-8")
    (numbers / "package.json").write_text('{"type": "module"}', "utf-8")
    (numbers / "read.js").write_text(READ, "utf-8")
    done = subprocess.run(
        ["node", "read.js"],
        cwd=numbers,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
    )
    wrong, unread, total = [], 0, 0
    for (text, language), got in zip(cases, json.loads(done.stdout), strict=True):
        wanted = [shown(match) for match in find(text, language)]
        wrong += [(text, one) for one in got if len(one) > 3 and one not in wanted]
        read = [one for one in wanted if len(one) > 3]
        total += len(read)
        unread += sum(one not in got for one in read)
    assert wrong == []
    assert unread <= 0.02 * total
