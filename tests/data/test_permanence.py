"""What was once committed is held for ever: against real histories, merges and all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

from explainer.build import id_history_errors
from explainer.checkout import CutHistory, NoHistory, versions
from explainer.data import Code
from explainer.data.permanence import forgotten, shrunk
from explainer.data.registry import NAME

LOCK, RETIRED = f"data/{NAME}", "data/retired.yml"
A, B, C = "figure aaa count\n", "figure bbb money\n", "figure ccc year\n"


class Repository:
    """A real repository in a temporary folder, one file a commit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "data").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.commit(RETIRED, "retired: []\n")

    def git(self, *command: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *command], cwd=self.root, check=True, capture_output=True)

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8")

    def commit(self, path: str, text: str) -> None:
        self.write(path, text)
        self.git("add", "data")
        self.git("commit", "-qm", "x", "--allow-empty")

    def found(self) -> list[tuple[Code, str]]:
        return [(problem.code, problem.expected) for problem in id_history_errors(self.root)[0]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "checkout")


def test_a_registry_that_only_grew_keeps_every_promise(repository: Repository) -> None:
    for text in (A, A + B, A + B + C):
        repository.commit(LOCK, text)
    problems, looked_at = id_history_errors(repository.root)
    assert problems == []
    assert looked_at == 4


def test_an_id_lost_many_commits_ago_is_still_missed(repository: Repository) -> None:
    for text in (A + B, A, A + C):
        repository.commit(LOCK, text)
    ((code, expected),) = repository.found()
    assert code is Code.LOCK_SHRANK
    assert expected.startswith("«figure bbb money», as committed on ")


def test_an_id_that_came_back_with_another_meaning_is_caught(repository: Repository) -> None:
    for text in (A + B, A, A + "figure bbb count\n"):
        repository.commit(LOCK, text)
    assert [code for code, _ in repository.found()] == [Code.ID_CHANGED]


def test_a_meaning_that_changed_and_changed_back_was_two_meanings(repository: Repository) -> None:
    for text in (A, "figure aaa money\n", A):
        repository.commit(LOCK, text)
    ((code, expected),) = repository.found()
    assert code is Code.ID_CHANGED
    assert "«figure aaa money»" in expected


def test_a_rewritten_line_is_named_before_it_is_committed(repository: Repository) -> None:
    repository.commit(LOCK, A + B)
    repository.write(LOCK, A + "figure bbb year\n")
    assert [code for code, _ in repository.found()] == [Code.ID_CHANGED]
    repository.write(LOCK, B + A)
    assert [code for code, _ in repository.found()] == [Code.LOCK_SHRANK]


def test_a_merge_may_drop_nothing_of_either_side(repository: Repository) -> None:
    repository.commit(LOCK, A)
    repository.git("checkout", "-qb", "side")
    repository.commit(LOCK, A + B)
    repository.git("checkout", "-q", "main")
    repository.commit(LOCK, A + C)
    repository.git("merge", "-q", "-s", "ours", "side", "-m", "x")
    ((code, expected),) = repository.found()
    assert code is Code.LOCK_SHRANK
    assert "figure bbb money" in expected
    repository.commit(LOCK, A + C + B)
    assert repository.found() == []


def test_an_id_that_only_a_merge_commit_held_counts(repository: Repository) -> None:
    repository.commit(LOCK, A)
    repository.git("checkout", "-qb", "side")
    repository.commit("data/x", "x")
    repository.git("checkout", "-q", "main")
    repository.commit("data/y", "y")
    repository.git("merge", "-q", "--no-commit", "side")
    repository.commit(LOCK, A + B)
    repository.commit(LOCK, A)
    assert [code for code, _ in repository.found()] == [Code.LOCK_SHRANK]


def test_the_first_registries_promised_ids_without_meanings(repository: Repository) -> None:
    repository.commit(LOCK, "figure bbb\nfigure aaa\n")
    repository.commit(LOCK, A + B)
    assert repository.found() == []
    repository.commit(LOCK, A)
    assert len(repository.found()) == 2


def test_a_retirement_never_goes_away(repository: Repository) -> None:
    repository.commit(LOCK, A)
    entry = 'retired:\n  - {sort: "figure", id: "aaa", date: "2026-11-23", moved_to: "bbb"}\n'
    repository.commit(RETIRED, entry)
    repository.commit(RETIRED, entry.replace("bbb", "ccc"))
    assert repository.found() == []
    repository.commit(RETIRED, "retired: []\n")
    repository.commit(RETIRED, "retired: [ # half written\n")
    assert [code for code, _ in repository.found()] == [Code.RETIREMENT_LOST]


def test_a_shallow_clone_is_told_and_never_passes_silently(
    repository: Repository, tmp_path: Path
) -> None:
    for text in (A + B, A):
        repository.commit(LOCK, text)
    source = repository.root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth=1", source, tmp_path / "cut"], check=True)
    with pytest.raises(CutHistory, match="git fetch --unshallow"):
        id_history_errors(tmp_path / "cut")
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=tmp_path / "cut", check=True)
    assert len(id_history_errors(tmp_path / "cut")[0]) == 1


def test_the_check_of_a_shallow_clone_stops_with_one_line_unless_asked_not_to_look(
    checkout: Path, tmp_path: Path
) -> None:
    repository = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for step in (["init", "-q"], ["add", "data"], ["commit", "-qm", "x"], ["add", "."]):
        subprocess.run([*repository, *step], cwd=checkout, check=True)
    subprocess.run([*repository, "commit", "-qm", "y"], cwd=checkout, check=True)
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


def test_no_git_no_checkout_and_no_commit_are_three_different_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoHistory, match="not a git checkout"):
        versions(tmp_path, LOCK)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    with pytest.raises(NoHistory, match="no commit yet"):
        versions(tmp_path, LOCK)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoHistory, match="no git on this machine"):
        versions(tmp_path, LOCK)


def test_a_file_that_was_deleted_and_a_project_below_the_root_are_followed(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    (tmp_path / "below" / "data").mkdir(parents=True)
    outer.write(f"below/{LOCK}", A)
    outer.git("add", "below")
    outer.git("commit", "-qm", "x")
    outer.git("rm", "-q", f"below/{LOCK}")
    outer.git("commit", "-qm", "x")
    (tmp_path / "below" / "data").mkdir(parents=True, exist_ok=True)
    outer.write(f"below/{LOCK}", A + B)
    outer.git("add", "below")
    outer.git("commit", "-qm", "x")
    assert [version.text for version in versions(tmp_path / "below", LOCK)] == [A, A + B]


def test_this_projects_own_history_keeps_its_promises() -> None:
    try:
        problems, looked_at = id_history_errors(ROOT)
    except NoHistory:
        assert not (ROOT / ".git").exists()
    else:
        assert problems == []
        assert looked_at > 1


def test_a_line_that_was_committed_may_not_go_or_change() -> None:
    before = A + B
    assert not list(shrunk(before, before + C, LOCK))
    for now in (A, B + A, "figure aaa money\n", ""):
        (problem,) = shrunk(before, now, LOCK)
        assert problem.code is Code.LOCK_SHRANK


def test_nothing_was_promised_where_nothing_was_committed() -> None:
    assert list(forgotten((), A, LOCK)) == []
