"""What was once published is held for ever: against real histories, merges and all."""

import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.data.aged import grow_old
from tests.data.conftest import edit, refused

from explainer.data import Code, load
from explainer.data.ids import CutHistory, NoHistory, check_published, register

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
            for problem in check_published(self.root)
        ]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "checkout")


GONE = (Code.LOCK_SHRANK, "figure bbb money")
HISTORIES: dict[str, tuple[list[str], list[tuple[Code, str]]]] = {
    "only grew": ([A, A + B, A + B + C], []),
    "lost, many commits ago": ([A + B, A, A + C], [GONE]),
    "came back with another meaning": ([A + B, A, A + "figure bbb count\n"], [GONE]),
    "changed and changed back": ([A + B, A + "figure bbb year\n", A + B], [(Code.LOCK_SHRANK, "figure bbb year")]),
    "without meanings at first": (["figure bbb\nfigure aaa\n", A + B], []),
    "a file that was deleted": ([A + B, "", A + B], []),
    "comments come and go": (["# x\n" + A, A], []),
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_a_history_is_held_line_by_line(repository: Repository, name: str) -> None:
    texts, expected = HISTORIES[name]
    repository.commit(*texts)
    assert repository.found() == expected


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


def test_a_shallow_clone_never_passes_silently(repository: Repository, tmp_path: Path) -> None:
    repository.commit(A + B, A)
    source, cut = repository.root.as_uri(), tmp_path / "cut"
    subprocess.run(["git", "clone", "-q", "--depth=1", source, cut], check=True)
    with pytest.raises(CutHistory, match="git fetch --unshallow"):
        check_published(cut)
    subprocess.run(["git", "fetch", "-q", "--unshallow"], cwd=cut, check=True)
    assert len(check_published(cut)) == 1


def test_no_git_no_checkout_and_no_commit_are_different_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoHistory, match="not a git repository"):
        check_published(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    with pytest.raises(NoHistory, match="HEAD"):
        check_published(tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoHistory, match="no git on this machine"):
        check_published(tmp_path)


def test_this_projects_own_history_keeps_its_promises() -> None:
    try:
        problems = check_published(ROOT)
    except NoHistory:
        assert not (ROOT / ".git").exists()
    else:
        assert problems == []


def test_a_figure_leaves_with_its_claims_and_derivations(data: Path) -> None:
    grow_old(data)
    dataset = load(data)
    assert dataset.retired["figure", "moved-figure"].successor == "jobs-created"
    (left,) = dataset.revisions_of("old-figure")
    assert (left.action, left.date) == ("withdrawn", "2026-12-01")
    edit(data, "retired.yml", 'id: "moved-figure"', 'id: "older-figure"')
    lost = [problem.found for problem in refused(data) if problem.code is Code.ID_LOST]
    gone = ["claim moved-figure/english", "derivation old-ratio", "figure moved-figure"]
    assert sorted(lost) == gone


def test_the_lock_only_grows(data: Path) -> None:
    lock, history = data / "ids.lock", data / "revisions.yml"
    before, told = lock.read_bytes(), history.read_bytes()
    assert register(data, load(data), "2026-12-01") == {lock.name: before, history.name: told}
    first, second, rest = before.split(b"\n", 2)
    lock.write_bytes(rest.rstrip())
    added = "\n".join(history.read_text("utf-8").splitlines()[3:5])
    edit(data, history.name, f"{added}\n", "")
    files = register(data, load(data, locked=False), "2026-12-01")
    assert files[lock.name] == b"\n".join([rest.rstrip(), first, second, b""])
    assert files[history.name].endswith(
        b'date: "2026-12-01", about: "korea-spend-five-years/english", action: "added", new: "nearly $700 million"}\n'
    )
    assert (lock.read_bytes(), load(data, changes=files).about) == (
        rest.rstrip(),
        load(data, locked=False).about,
    )
