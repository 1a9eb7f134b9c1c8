"""The workflows run nothing that could change under them, and may do no more than they must."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40}")
OWN = re.compile(r"\$/\.github/workflows/[a-z]+\.yml")
LINE = re.compile(r"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|uses: \$/\S+$")
MAY_WRITE = {("pages.yml", "deploy"): {"pages": "write", "id-token": "write"}}

Workflow = dict[str, Any]


def read(folder: Path = WORKFLOWS) -> dict[str, Workflow]:
    # BaseLoader keeps "on" a word; YAML 1.1 would make it true.
    return {
        path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for path in sorted(folder.glob("*.yml"))
    }


def jobs() -> Iterator[tuple[str, str, Workflow]]:
    for name, workflow in read().items():
        for job, said in workflow["jobs"].items():
            yield name, job, said


def called(job: Workflow) -> list[str]:
    steps = [step["uses"] for step in job.get("steps", []) if "uses" in step]
    return [*steps, *([job["uses"]] if "uses" in job else [])]


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "zizmor"
    how = ("--offline", "--no-progress", "--quiet", "--strict-collection", "--persona", "auditor")
    return subprocess.run([program, *how, folder], capture_output=True, text=True, check=False)


def test_there_are_workflows_for_checks_and_for_publishing() -> None:
    assert {"checks.yml", "pages.yml", "weekly.yml"} == set(read())
    runs = [step.get("run") for step in read()["checks.yml"]["jobs"]["checks"]["steps"]]
    assert "bash .ci/run" in runs
    assert read()["pages.yml"]["jobs"]["build"]["needs"] == "checks"
    assert read()["pages.yml"]["jobs"]["deploy"]["needs"] == "build"


def test_a_linter_of_workflows_finds_nothing() -> None:
    done = zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("checks.yml", re.compile("@[0-9a-f]{40} # v6"), "@v6 # v6", "unpinned-uses"),
        ("checks.yml", re.compile("persist-credentials: false"), "fetch-tags: true", "artipacked"),
        ("checks.yml", re.compile("pull_request:"), "pull_request_target:", "dangerous-triggers"),
        ("pages.yml", re.compile("permissions: {}"), "permissions: write-all", "excessive-perm"),
        (
            "weekly.yml",
            re.compile("sed 's/==.*//'"),
            "echo ${{ github.event.head_commit.message }} ||",
            "template-injection",
        ),
        ("weekly.yml", re.compile("jobs:"), "jobs: jobs:", "mapping values"),
    ],
)
def test_the_linter_sees_what_is_planted(
    tmp_path: Path, name: str, old: re.Pattern[str], new: str, finding: str
) -> None:
    copy = tmp_path / ".github"
    shutil.copytree(ROOT / ".github", copy)
    path = copy / "workflows" / name
    text = path.read_text("utf-8")
    assert old.search(text)
    path.write_text(old.sub(new, text, count=1), "utf-8")
    done = zizmor(copy)
    assert done.returncode != 0
    assert finding in done.stdout + done.stderr


def test_every_action_is_pinned_by_its_commit() -> None:
    actions = [use for _, _, job in jobs() for use in called(job)]
    assert len(actions) >= 8
    for use in actions:
        assert PINNED.fullmatch(use) or OWN.fullmatch(use), use
    for path in WORKFLOWS.glob("*.yml"):
        for line in path.read_text("utf-8").splitlines():
            assert "uses:" not in line or LINE.search(line), f"no version beside: {line}"


def test_the_same_action_is_the_same_commit_everywhere() -> None:
    commits: dict[str, set[str]] = {}
    for _, _, job in jobs():
        for use in called(job):
            action, _, commit = use.partition("@")
            commits.setdefault(action, set()).add(commit)
    assert all(len(found) == 1 for found in commits.values()), commits


def test_every_job_may_do_only_what_it_must() -> None:
    for name, workflow in read().items():
        assert workflow["permissions"] == {}, name
        assert workflow["concurrency"]["group"], name
    for name, job, said in jobs():
        writes = {key: value for key, value in said["permissions"].items() if value != "read"}
        assert writes == MAY_WRITE.get((name, job), {}), f"{name}: {job}"
        assert "uses" in said or int(said["timeout-minutes"]) <= 90, f"{name}: {job}"
        for step in said.get("steps", []):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", f"{name}: {job}"


def test_no_workflow_runs_for_strangers_or_knows_a_secret() -> None:
    for path in WORKFLOWS.glob("*.yml"):
        text = path.read_text("utf-8")
        for word in ("pull_request_target", "workflow_run", "secrets.", "GITHUB_TOKEN", "curl"):
            assert word not in text, f"{path.name}: {word}"


def test_a_bot_keeps_every_lock_fresh() -> None:
    told = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    kept = {entry["package-ecosystem"]: entry for entry in told["updates"]}
    assert set(kept) == {"uv", "npm", "github-actions"}
    for entry in kept.values():
        assert entry["cooldown"]["default-days"] >= 7
        assert (ROOT / entry["directory"].lstrip("/")).is_dir()
