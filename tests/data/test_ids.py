"""What was once published is held for ever: against real histories, merges and all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.data.aged import grow_old
from tests.data.conftest import edit, refused

from explainer.data import Action, Code, ids, load
from explainer.data.ids import CutHistory, NoHistory, check_published, confusable_key, extended_lock

LOCK = "data/ids.lock"
A, B, C = "figure aaa count\n", "figure bbb money\n", "figure ccc year\n"


class Repository:
    """A real repository in a temporary folder."""

    def __init__(self, root: Path, branch: str = "main") -> None:
        self.root = root
        (root / "data").mkdir(parents=True)
        self.git("init", "-q", "-b", branch)

    def git(self, *command: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *command], cwd=self.root, check=True, capture_output=True)

    def commit(self, *texts: str, path: str = LOCK) -> None:
        for text in texts:
            (self.root / path).write_text(text, "utf-8")
            self.git("add", "data")
            self.git("commit", "-qm", "x", "--allow-empty")

    def found(self) -> list[tuple[Code, str]]:
        return [
            (problem.code, problem.expected.partition("»")[0].removeprefix("«"))
            for problem in check_published(self.root)[0]
        ]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "checkout")


GONE, OTHER = (Code.LOCK_SHRANK, "figure bbb money"), (Code.ID_CHANGED, "figure bbb money")
HISTORIES: dict[str, tuple[list[str], list[tuple[Code, str]]]] = {
    "only grew": ([A, A + B, A + B + C], []),
    "lost, many commits ago": ([A + B, A, A + C], [GONE]),
    "came back with another meaning": ([A + B, A, A + "figure bbb count\n"], [OTHER]),
    "changed and changed back": ([A + B, A + "figure bbb year\n", A + B], [(Code.ID_CHANGED, "figure bbb year")]),
    "without meanings at first": (["figure bbb\nfigure aaa\n", A + B], []),
    "a file that was deleted": ([A + B, "", A + B], []),
    "comments come and go": (["# x\n" + A, A], []),
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_is_held_line_by_line(repository: Repository, name: str) -> None:
    texts, expected = HISTORIES[name]
    repository.commit(*texts)
    assert repository.found() == expected
    assert check_published(repository.root)[1] == len(texts)


def test_an_edit_is_named_before_it_is_committed(repository: Repository) -> None:
    repository.commit(A + B)
    (repository.root / LOCK).write_text(A + "figure bbb year\n", "utf-8")
    assert repository.found() == [OTHER]
    (repository.root / LOCK).write_text(A, "utf-8")
    assert repository.found() == [GONE]


def test_a_merge_may_drop_nothing_of_either_side(repository: Repository) -> None:
    repository.commit(A)
    repository.git("checkout", "-qb", "side")
    repository.commit(A + B)
    repository.git("checkout", "-q", "main")
    repository.commit(A + C)
    assert repository.found() == []
    repository.git("merge", "-q", "-s", "ours", "side", "-m", "x")
    assert repository.found() == [GONE]
    repository.commit(A + C + B)
    assert repository.found() == []


def test_an_id_that_only_a_merge_commit_held_counts(repository: Repository) -> None:
    repository.commit(A)
    repository.git("checkout", "-qb", "side")
    repository.commit("x", path="data/x")
    repository.git("checkout", "-q", "main")
    repository.commit("y", path="data/y")
    repository.git("merge", "-q", "--no-commit", "side")
    repository.commit(A + B, A)
    assert repository.found() == [GONE]


def test_an_id_that_never_reached_the_main_branch_may_go(repository: Repository) -> None:
    repository.commit(A)
    repository.git("checkout", "-qb", "side")
    repository.commit(A + B, A)
    assert repository.found() == []


def test_a_branch_that_is_behind_the_main_branch_has_lost_nothing(repository: Repository) -> None:
    repository.commit(A)
    repository.git("checkout", "-qb", "side")
    repository.git("checkout", "-q", "main")
    repository.commit(A + B)
    repository.git("checkout", "-q", "side")
    assert repository.found() == []
    repository.commit(C)
    assert repository.found() == [(Code.LOCK_SHRANK, "figure aaa count")]


def test_without_a_main_branch_the_present_commit_counts(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "checkout", branch="trunk")
    repository.commit(A + B, A)
    assert repository.found() == [GONE]


def test_a_project_below_the_root_of_its_repository_is_followed(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    (tmp_path / "data" / "data").mkdir()
    outer.commit(A + B, A, path="data/data/ids.lock")
    assert [p.code for p in check_published(tmp_path / "data")[0]] == [Code.LOCK_SHRANK]


def test_a_shallow_clone_never_passes_silently(repository: Repository, tmp_path: Path) -> None:
    repository.commit(A + B, A)
    source, cut = repository.root.as_uri(), tmp_path / "cut"
    subprocess.run(["git", "clone", "-q", "--depth=1", source, cut], check=True)
    with pytest.raises(CutHistory, match="git fetch --unshallow"):
        check_published(cut)
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=cut, check=True)
    assert len(check_published(cut)[0]) == 1


def test_no_git_no_checkout_and_no_commit_are_three_different_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoHistory, match="not a git checkout"):
        check_published(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    with pytest.raises(NoHistory, match="no commit yet"):
        check_published(tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoHistory, match="no git on this machine"):
        check_published(tmp_path)


def test_the_command_stops_at_a_shallow_clone_unless_asked_not_to_look(
    checkout: Path, tmp_path: Path
) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for step in (["init", "-q"], ["add", "data"], ["commit", "-qm", "x"], ["add", "."]):
        subprocess.run([*git, *step], cwd=checkout, check=True)
    subprocess.run([*git, "commit", "-qm", "y"], cwd=checkout, check=True)
    cut = tmp_path / "cut"
    subprocess.run(["git", "clone", "-q", "--depth=1", checkout.as_uri(), cut], check=True)

    def check(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "explainer", "check", *options],
            env={**os.environ, "PYTHONPATH": str(cut / "scripts")},
            capture_output=True,
            text=True,
            check=False,
        )

    done = check()
    assert done.returncode == 4
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "shallow clone" in line
    done = check("--without-history")
    assert done.returncode == 0, done.stderr
    assert "not held against their history" in done.stdout


def test_this_projects_own_history_keeps_its_promises() -> None:
    try:
        problems, commits = check_published(ROOT)
    except NoHistory:
        assert not (ROOT / ".git").exists()
    else:
        assert problems == []
        assert commits >= 1


def test_retired_ids_load_and_keep_their_history(data: Path) -> None:
    grow_old(data)
    dataset = load(data)
    assert dataset.retired["figure", "moved-figure"].successor == "jobs-created"
    assert [one.id for one in dataset.retired_on("claim", "jobs-created")] == ["jobs-created/guess"]
    assert [one.id for one in dataset.retired_on("derivation", "jobs-created")] == ["old-ratio"]
    assert [c.action for c in dataset.revisions_of("old-figure")] == [
        Action.WITHDRAWN,
        Action.VALUE,
        Action.ADDED,
        Action.ADDED,
    ]
    assert dataset.kind_of("old-figure") == "count"


def test_a_retirement_that_goes_away_leaves_its_id_lost(data: Path) -> None:
    grow_old(data)
    edit(data, "retired.yml", 'id: "old-ratio"', 'id: "older-ratio"')
    assert {Code.ID_LOST, Code.ID_NOT_LOCKED} <= {problem.code for problem in refused(data)}


def test_the_lock_only_grows(data: Path) -> None:
    grow_old(data)
    before = (data / "ids.lock").read_text("utf-8")
    shorter = "".join(before.splitlines(keepends=True)[2:])
    assert extended_lock(before, load(data)) == before
    extended = extended_lock(shorter, load(data, locked=False))
    assert extended.startswith(shorter)
    assert sorted(extended.splitlines()) == sorted(before.splitlines())
    assert ids.read_lock(extended, LOCK)[1] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jobs-1", "jobs-l"),
        ("job0", "jobo"),
        ("Jobs", "jobs"),
        ("modern", "modem"),
        ("a-b", "ab"),
        ("ｊobs", "jobs"),
    ],
)
def test_names_that_look_alike_share_a_key(one: str, other: str) -> None:
    assert confusable_key(one) == confusable_key(other)
