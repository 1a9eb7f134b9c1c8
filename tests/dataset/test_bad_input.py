"""Whatever is wrong with the data is told at once, with its place, and nothing is written."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import count_as_much

from explainer.data import DataErrors, load, loading
from explainer.data.errors import Code, DataError

Plant = Callable[[Path], None]


def replace(name: str, old: str, new: str) -> Plant:
    def plant(data: Path) -> None:
        path = data / name
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return plant


def append(name: str, text: str) -> Plant:
    def plant(data: Path) -> None:
        with (data / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return plant


MONEY, RETURN, HIT = "figures/money.yml", "figures/return.yml", "figures/hit.yml"

RETIRED = "retired.yml"


def unread_instead(data: Path) -> None:
    """An unread mention in the place of a read one, and a claim that points to it."""
    path = data / "mentions" / "jaynestars.yml"
    unread = (
        '  - id: "p1-unread"\n    block: "p1"\n    start: "1"\n    end: "4"\n'
        '    exact: "2,5"\n    reason: "ambiguous-separator"\n'
    )
    path.write_text(path.read_text("utf-8") + unread, "utf-8")
    replace(MONEY, '["p1-700m-usd"]', '["p1-unread"]')(data)


def retired(sort: str, name: str, rest: str) -> str:
    extra = ', kind: "count"' if sort == "figure" else ""
    label = 'label: {en: "It", zh: "它"}'
    return f'[{{sort: "{sort}", id: "{name}", date: "2026-11-23", {label}{extra}, {rest}}}]'


def retire(*gone: tuple[str, str, str], meaning: str = "count", told: bool = True) -> Plant:
    """Ids that were published and left, with their history."""

    def plant(data: Path) -> None:
        replace(RETIRED, "[]", ", ".join(retired(*one) for one in gone).replace("], [", ", "))(data)
        for sort, name, _ in gone:
            append("ids.lock", f"{sort} {name} {meaning}\n")(data)
            if told:
                line = f'{{date: "2026-11-23", about: "{name}", action: "added", new: "agree"}}'
                append(HISTORY, f"  - {line}\n")(data)

    return plant


NOT_ARCHIVED = (
    '    archive_note:\n      en: "No archived copy of this page is known to us."\n'
    '      zh: "本站未见该页的存档。"\n'
)
SUM, HISTORY = "context/five-year-sum.yml", "revisions.yml"

PLANTED: list[tuple[str, Plant, Code, str]] = [
    (
        "a context phrase that says nothing",
        replace(SUM, '"nearly $700 million"', '"a great deal"'),
        Code.UNREAD_MENTION,
        "reuters-2020-10",
    ),
    (
        "a context number on no figure",
        replace(SUM, 'figure: "korea-spend-five-years"', 'figure: "korea-spend"'),
        Code.UNKNOWN_REFERENCE,
        "reuters-2020-10",
    ),
    (
        "an unknown way of having seen a source",
        replace(SUM, 'access: "copy"', 'access: "hearsay"'),
        Code.BAD_VALUE,
        "access",
    ),
    (
        "a formula over a rate that nobody published",
        replace("derivations.yml", '"rate:krw-per-usd-2021-10"', '"rate:krw-per-usd-2012"'),
        Code.UNKNOWN_REFERENCE,
        "won-in-dollars-autumn",
    ),
    (
        "a formula over a report that does not exist",
        replace("derivations.yml", "report:akj-2023-04/year-2016", "report:akj-2023-04/year-2015"),
        Code.UNKNOWN_REFERENCE,
        "series-sum",
    ),
    (
        "a formula over a later derivation",
        replace("derivations.yml", '"=mean-won-rate"', '"=multiplier-study"'),
        Code.UNKNOWN_REFERENCE,
        "won-in-dollars-mean",
    ),
    (
        "a conversion in a month without rates",
        replace(MONEY, 'rate_period: "2021-02"', 'rate_period: "2021-03"'),
        Code.UNKNOWN_REFERENCE,
        "rate_period",
    ),
    (
        "a value that changed without a word in the history",
        replace(HISTORY, "nearly 700000000 USD", "nearly 600000000 USD"),
        Code.NO_REVISION,
        "korea-spend-five-years",
    ),
    (
        "a status that changed without a word in the history",
        replace(HISTORY, 'new: "conflict"', 'new: "agree"'),
        Code.NO_REVISION,
        "economic-effect",
    ),
    (
        "a claim that was never added",
        replace(HISTORY, '"jobs-created/english"', '"jobs-created/answer"'),
        Code.NO_REVISION,
        "jobs-created",
    ),
    (
        "a change without a reason",
        append(
            HISTORY,
            '  - {date: "2026-11-24", about: "jobs-created", action: "wording", new: "x"}\n',
        ),
        Code.MISSING_KEY,
        "revisions",
    ),
    (
        "a history that runs backwards",
        append(
            HISTORY,
            '  - {date: "2020-01-01", about: "jobs-created", action: "wording", '
            'reason: {en: "x", zh: "y"}}\n',
        ),
        Code.BAD_VALUE,
        "date",
    ),
    (
        "a revision of nothing",
        append(
            HISTORY,
            '  - {date: "2026-11-24", about: "jobs-lost", action: "wording", '
            'reason: {en: "x", zh: "y"}}\n',
        ),
        Code.UNKNOWN_REFERENCE,
        "about",
    ),
    (
        "a licence without an address",
        replace("about.yml", "https://creativecommons.org/licenses/by/4.0/", "by/4.0"),
        Code.BAD_VALUE,
        "url",
    ),
    (
        "a wrong value",
        replace("mentions/jaynestars.yml", 'value: "700000000"', 'value: "7000000000"'),
        Code.VALUE_MISMATCH,
        "p1-700m-usd",
    ),
    (
        "a lost hedge",
        replace("mentions/zhihu.yml", 'bound: "more_than"', 'bound: "exact"'),
        Code.VALUE_MISMATCH,
        "title-770bn-krw",
    ),
    (
        "a span that does not fit its phrase",
        replace("mentions/jaynestars.yml", 'start: "', 'start: "9'),
        Code.VALUE_MISMATCH,
        "end",
    ),
    ("an unknown key", replace(MONEY, "    topic:", "    topik:"), Code.UNKNOWN_KEY, "topik"),
    (
        "a missing translation",
        replace(MONEY, '      zh: "Netflix五年里对韩国内容的投入"\n', ""),
        Code.NO_TRANSLATION,
        "korea-spend-five-years.label",
    ),
    (
        "an empty translation",
        replace("interface.yml", 'zh: "跳到正文"', 'zh: ""'),
        Code.EMPTY,
        "site.skip",
    ),
    (
        "a claim whose mention does not exist",
        replace(MONEY, '["p1-700m-usd"]', '["p1-700m-eur"]'),
        Code.UNKNOWN_REFERENCE,
        "korea-spend-five-years.claims.english.mentions",
    ),
    (
        "a mention that was never read",
        unread_instead,
        Code.UNREAD_MENTION,
        "p1-unread",
    ),
    (
        "a mention of another voice",
        replace(MONEY, '["title-770bn-krw"]', '["p2-1300m-usd"]'),
        Code.VOICE_MISMATCH,
        "question-won",
    ),
    (
        "a duplicate id",
        replace(HIT, 'id: "squid-game-cost"', 'id: "jobs-created"'),
        Code.DUPLICATE_ID,
        "jobs-created",
    ),
    (
        "a duplicate key",
        replace(HIT, "    topic:", '    topic: "x"\n    topic:'),
        Code.DUPLICATE_KEY,
        "topic",
    ),
    ("a value outside the list", replace(HIT, '"actual"', '"actuel"'), Code.BAD_VALUE, "nature"),
    ("a number where a text belongs", replace(HIT, '"money"', "12"), Code.RETYPED, "kind"),
    ("a list where a text belongs", replace(HIT, '"money"', '["money"]'), Code.WRONG_TYPE, "kind"),
    ("an id with capitals", replace(HIT, '"squid-game-cost"', '"Squid"'), Code.BAD_VALUE, "id"),
    (
        "an unknown voice",
        replace(HIT, '"english-article"', '"english"'),
        Code.UNKNOWN_REFERENCE,
        "voice",
    ),
    (
        "an unknown term",
        replace("sources.yml", '"sammi"', '"sammy"'),
        Code.UNKNOWN_REFERENCE,
        "author",
    ),
    (
        "a typed digit",
        replace(RETURN, "neither says who worked it out.", "That is 7 times as much."),
        Code.TYPED_DIGIT,
        "economic-effect.summary.en",
    ),
    (
        "a reference to nothing",
        replace(RETURN, "{=effect-ratio}", "{=effect-ration}"),
        Code.UNKNOWN_REFERENCE,
        "economic-effect.comparison.reason.en",
    ),
    (
        "a number called in one language only",
        replace(HIT, "Netflix冒险为该剧投入{english}", "Netflix冒险为该剧投入巨资"),
        Code.PAIR_MISMATCH,
        "squid-game-cost.summary.zh",
    ),
    (
        "a date that does not exist",
        append("interface.yml", '  x.day: {en: "{date:2021-02-30}", zh: "{date:2021-02-30}"}\n'),
        Code.UNKNOWN_REFERENCE,
        "x.day",
    ),
    (
        "a status that the numbers contradict",
        replace(RETURN, 'status: "conflict"', 'status: "agree"'),
        Code.STATUS_MISMATCH,
        "economic-effect.comparison.status",
    ),
    (
        "a figure of one kind with a claim of another",
        replace(HIT, 'kind: "money"', 'kind: "count"'),
        Code.KIND_MISMATCH,
        "squid-game-cost",
    ),
    (
        "a formula over names it does not have",
        replace("derivations.yml", '"won / dollars"', '"won / dollar"'),
        Code.BAD_FORMULA,
        "won-per-dollar.formula",
    ),
    (
        "a chart of won among dollars",
        replace("charts.yml", "korea-plan-2021/english", "korea-spend-five-years/question-won"),
        Code.KIND_MISMATCH,
        "dollar-amounts.rows",
    ),
    (
        "an id that was never locked",
        replace("ids.lock", "figure jobs-created count\n", ""),
        Code.ID_NOT_LOCKED,
        "jobs-created",
    ),
    (
        "a locked id that is gone",
        append("ids.lock", "figure gone-for-good count\n"),
        Code.ID_LOST,
        "gone-for-good",
    ),
    ("a broken line in the lock", append("ids.lock", "figures x\n"), Code.BAD_VALUE, "figures x"),
    (
        "an id that changed its meaning",
        replace("ids.lock", "english-article USD", "english-article KRW"),
        Code.ID_CHANGED,
        "english-article KRW",
    ),
    (
        "a retired id in use",
        replace(RETIRED, "[]", retired("figure", "jobs-created", 'moved_to: "economic-effect"')),
        Code.ID_REUSED,
        "jobs-created",
    ),
    (
        "a retired id that was never published",
        replace(RETIRED, "[]", retired("figure", "never-was", 'moved_to: "economic-effect"')),
        Code.ID_NOT_LOCKED,
        "never-was",
    ),
    (
        "an id that moved to nowhere",
        retire(("figure", "old-figure", 'moved_to: "nor-this"')),
        Code.UNKNOWN_REFERENCE,
        "nor-this",
    ),
    (
        "a mention in a block that its source lacks",
        replace("mentions/jaynestars.yml", '  p4: "271"\n', ""),
        Code.UNKNOWN_REFERENCE,
        "a block of the text that was read",
    ),
    (
        "a mention beyond the end of its block",
        replace("mentions/jaynestars.yml", '  p1: "388"', '  p1: "376"'),
        Code.VALUE_MISMATCH,
        "where the block ends",
    ),
    (
        "an unread mention that reads",
        append(
            "mentions/jaynestars.yml",
            '  - {id: "p5-unread", block: "p5", start: "1", end: "13", exact: "$500 million", reason: "malformed"}\n',
        ),
        Code.VALUE_MISMATCH,
        "exact 500000000 USD",
    ),
    (
        "a statement in a block that its source lacks",
        replace("mentions/zhihu.yml", '  p21: "', '  p31: "'),
        Code.UNKNOWN_REFERENCE,
        "a block of the text that was read",
    ),
    (
        "an article without a word on its archive",
        replace("sources.yml", NOT_ARCHIVED, ""),
        Code.MISSING_KEY,
        "an archive_note that says there is none",
    ),
    (
        "an article without an address",
        replace("sources.yml", '    archived_url: "https://github.com', '    credit: "sammi" # '),
        Code.MISSING_KEY,
        "url or archived_url",
    ),
    (
        "a move in two steps",
        retire(
            ("figure", "old-figure", 'moved_to: "older-figure"'),
            ("figure", "older-figure", 'moved_to: "jobs-created"'),
        ),
        Code.UNKNOWN_REFERENCE,
        "jobs-created, where it ends; one step",
    ),
    (
        "a move in a circle",
        retire(
            ("figure", "old-figure", 'moved_to: "older-figure"'),
            ("figure", "older-figure", 'moved_to: "old-figure"'),
        ),
        Code.UNKNOWN_REFERENCE,
        "a circle (old-figure → older-figure → old-figure)",
    ),
    (
        "a move to itself",
        retire(("figure", "old-figure", 'moved_to: "old-figure"')),
        Code.UNKNOWN_REFERENCE,
        "a circle (old-figure → old-figure)",
    ),
    (
        "a move to what was withdrawn",
        retire(
            ("figure", "old-figure", 'moved_to: "older-figure"'),
            ("figure", "older-figure", 'reason: {en: "Wrong.", zh: "有误。"}'),
        ),
        Code.UNKNOWN_REFERENCE,
        "older-figure was withdrawn",
    ),
    (
        "a figure that moved to a claim",
        retire(("figure", "old-figure", 'moved_to: "jobs-created/answer"')),
        Code.UNKNOWN_REFERENCE,
        "a figure that is in the data",
    ),
    (
        "a move into another language",
        retire(("figure", "old-figure", 'moved_to: "zh/figures/jobs-created"')),
        Code.BAD_VALUE,
        "moved_to",
    ),
    (
        "a move to another site",
        retire(("figure", "old-figure", 'moved_to: "https://example.org/"')),
        Code.BAD_VALUE,
        "moved_to",
    ),
    (
        "a retirement without a reason",
        retire(("figure", "old-figure", 'superseded_by: "jobs-created"')),
        Code.BAD_VALUE,
        "reason",
    ),
    (
        "a reason in one language",
        retire(("figure", "old-figure", 'reason: {en: "Wrong."}')),
        Code.NO_TRANSLATION,
        "reason",
    ),
    (
        "a retirement that changes what the id meant",
        retire(("figure", "old-figure", 'moved_to: "jobs-created"'), meaning="money"),
        Code.ID_CHANGED,
        "money, as published",
    ),
    (
        "a retirement that takes its history with it",
        retire(("figure", "old-figure", 'moved_to: "jobs-created"'), told=False),
        Code.NO_REVISION,
        "stays readable",
    ),
    (
        "an id that looks like a retired one",
        append("ids.lock", "figure o1d-figure count\nfigure old-figure count\n"),
        Code.ID_LOOKS_ALIKE,
        "old-figure",
    ),
    (
        "an id in letters that only look Latin",
        append("ids.lock", "figure j\u043ebs-created count\n"),
        Code.BAD_VALUE,
        "j\u043ebs-created",
    ),
    *(
        (
            f"an id that is {name!r}",
            replace("charts.yml", 'id: "how-far-apart"', f'id: "{name}"'),
            code,
            name,
        )
        for name, code in (
            ("con", Code.RESERVED_NAME),
            ("nul", Code.RESERVED_NAME),
            ("aux", Code.RESERVED_NAME),
            ("com1", Code.RESERVED_NAME),
            ("index", Code.RESERVED_NAME),
            ("ab", Code.BAD_VALUE),
            ("a" * 65, Code.BAD_VALUE),
            ("Jobs", Code.BAD_VALUE),
            ("jobs-", Code.BAD_VALUE),
        )
    ),
    (
        "an id that looks like another",
        append("ids.lock", "figure j0bs-created count\n"),
        Code.ID_LOOKS_ALIKE,
        "j0bs-created",
    ),
    ("a missing file", lambda data: (data / "terms.yml").unlink(), Code.NOT_FOUND, "terms.yml"),
]


@pytest.mark.parametrize(
    ("plant", "code", "said"), [entry[1:] for entry in PLANTED], ids=[entry[0] for entry in PLANTED]
)
def test_a_planted_fault_is_named(data: Path, plant: Plant, code: Code, said: str) -> None:
    plant(data)
    with pytest.raises(DataErrors) as caught:
        load(data)
    named = [p for p in caught.value.problems if p.code is code and said in str(p)]
    assert named, f"no [{code}] with {said!r} in:\n{caught.value}"
    assert all(p.line >= 1 for p in named) or code is Code.NOT_FOUND


def test_the_clean_data_has_no_problems(data: Path) -> None:
    assert load(data).figures


def test_faults_of_many_kinds_are_told_at_once(data: Path) -> None:
    for name, plant, _, _ in PLANTED:
        if name in (
            "an unknown key",
            "a missing translation",
            "an empty translation",
            "a value outside the list",
        ):
            plant(data)
    with pytest.raises(DataErrors) as caught:
        load(data)
    assert {p.code for p in caught.value.problems} == {
        Code.UNKNOWN_KEY,
        Code.MISSING_KEY,
        Code.NO_TRANSLATION,
        Code.EMPTY,
        Code.BAD_VALUE,
    }
    assert list(caught.value.problems) == sorted(caught.value.problems)


MANY_KINDS = (
    replace(MONEY, 'rate_period: "2021-02"', 'rate_period: "2021-03"'),
    replace(HISTORY, 'new: "conflict"', 'new: "agree"'),
    replace("derivations.yml", '"=mean-won-rate"', '"=multiplier-study"'),
    append("ids.lock", "figure never-there count\n"),
)


@pytest.mark.parametrize("plants", [MANY_KINDS[:n] for n in range(len(MANY_KINDS) + 1)])
def test_another_process_finds_the_same_faults(
    plants: tuple[Plant, ...], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for plant in plants:
        plant(data)
    here = problems_of(data)
    count_as_much(monkeypatch, 2)
    assert problems_of(data) == here
    assert bool(here) == bool(plants)


def problems_of(data: Path) -> tuple[DataError, ...]:
    try:
        load(data)
    except DataErrors as error:
        return error.problems
    return ()


@pytest.mark.parametrize("processors", [1, 2])
def test_faults_of_the_data_come_before_what_they_break(
    data: Path, monkeypatch: pytest.MonkeyPatch, processors: int
) -> None:
    count_as_much(monkeypatch, processors)
    with pytest.raises(ZeroDivisionError), loading(data):
        raise ZeroDivisionError
    MANY_KINDS[1](data)
    with pytest.raises(DataErrors) as caught, loading(data):
        raise ZeroDivisionError
    assert {problem.code for problem in caught.value.problems} == {Code.NO_REVISION}


def test_who_stops_waits_for_no_faults(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count_as_much(monkeypatch, 2)
    MANY_KINDS[1](data)
    with pytest.raises(KeyboardInterrupt), loading(data):
        raise KeyboardInterrupt


def test_problems_are_told_to_programs_and_to_pull_requests_too() -> None:
    problem = DataError("data/x.yml", 3, 5, Code.BAD_VALUE, "a.b", "100%\n", "x")
    assert json.loads(problem.as_json()) == {
        "path": "data/x.yml",
        "line": 3,
        "column": 5,
        "code": "FORM04",
        "field": "a.b",
        "found": "100%\\n",
        "expected": "x",
    }
    assert problem.as_annotation() == (
        "::error file=data/x.yml,line=3,col=5,title=FORM04::a.b: found «100%25\\n» — expected x"
    )


def test_a_misspelt_word_brings_a_suggestion(data: Path) -> None:
    replace(HIT, '"actual"', '"actuel"')(data)
    with pytest.raises(DataErrors, match="did you mean 'actual'"):
        load(data)


def test_the_command_tells_all_faults_and_writes_nothing(tmp_path: Path, checkout: Path) -> None:
    for _, plant, code, _ in PLANTED:
        if code in (Code.UNKNOWN_KEY, Code.NO_TRANSLATION):
            plant(checkout / "data")
    done = subprocess.run(
        [sys.executable, "-m", "explainer", "generate"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(checkout / "scripts"), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(lines) == 4
    assert all(
        ": [FORM" in line and " found «" in line and " — expected " in line for line in lines
    )
    assert "Traceback" not in done.stderr
    assert not (checkout / "docs" / "en").exists()
