"""Workflows pin what they run and may do only what they must; zizmor reads them too."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
# An action by its commit with its version beside it, or a workflow of this repository.
PINNED = re.compile(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|uses: \$/\.github/\S+")
MAY_WRITE = {("pages.yml", "deploy"): {"pages": "write", "id-token": "write"}}

# BaseLoader keeps "on" a word; YAML 1.1 would make it true.
FILES: dict[str, dict[str, Any]] = {
    path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    for path in sorted(WORKFLOWS.glob("*.yml"))
}


def commands(name: str, job: str) -> str:
    return "\n".join(step.get("run", "") for step in FILES[name]["jobs"][job]["steps"])


def run_zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).parent / "zizmor")
    options = ("--offline", "--no-progress", "--quiet", "--strict-collection")
    command = [program, *options, "--persona", "auditor", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_publishing_waits_for_every_check_and_keeps_a_bill_of_materials() -> None:
    assert {"checks.yml", "pages.yml", "weekly.yml"} == set(FILES)
    assert "bash .ci/run" in commands("checks.yml", "checks")
    assert FILES["pages.yml"]["jobs"]["build"]["needs"] == "checks"
    assert FILES["pages.yml"]["jobs"]["deploy"]["needs"] == "build"
    text = commands("pages.yml", "build")
    assert re.search(r"cyclonedx-bom==[\d.]+ cyclonedx-py environment .* \.venv$", text, re.M)
    assert re.search(r"pip-licenses==[\d.]+ --python \.venv/bin/python", text)


def test_pages_are_built_for_the_address_that_the_host_gives() -> None:
    steps = FILES["pages.yml"]["jobs"]["build"]["steps"]
    (configured,) = (step["id"] for step in steps if "configure-pages" in step.get("uses", ""))
    (built,) = (step for step in steps if step.get("run", "").startswith("make site"))
    assert built["env"]["SITE_URL"] == f"${{{{ steps.{configured}.outputs.base_url }}}}"


def test_zizmor_has_no_findings() -> None:
    done = run_zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("checks.yml", "@[0-9a-f]{40} # v6", "@v6 # v6", "unpinned-uses"),
        ("checks.yml", "pull_request:", "pull_request_target:", "dangerous-triggers"),
        ("weekly.yml", "- run: sed", "- run: ${{ github.head_ref }} sed", "template-injection"),
        ("pages.yml", r"uses: \$/", "uses: ./", "self-repository"),
    ],
)
def test_zizmor_finds_a_planted_fault(
    tmp_path: Path, name: str, old: str, new: str, finding: str
) -> None:
    copy = Path(shutil.copytree(ROOT / ".github", tmp_path / ".github"))
    path = copy / "workflows" / name
    text, count = re.subn(old, new, path.read_text("utf-8"), count=1)
    assert count == 1
    path.write_text(text, "utf-8")
    done = run_zizmor(copy)
    assert done.returncode != 0
    assert finding in done.stdout + done.stderr


def test_every_action_is_pinned_and_no_secret_is_read() -> None:
    commits: dict[str, set[str]] = {}
    for path in WORKFLOWS.glob("*.yml"):
        text = path.read_text("utf-8")
        # No workflow runs for strangers or reads a secret.
        for word in ("pull_request_target", "workflow_run", "secrets.", "GITHUB_TOKEN", "curl"):
            assert word not in text, f"{path.name}: {word}"
        for line in text.splitlines():
            if "uses:" in line:
                assert PINNED.fullmatch(line.strip().removeprefix("- ")), f"{path.name}: {line}"
                action, _, commit = line.partition("@")
                commits.setdefault(action.rpartition(" ")[2], set()).add(commit)
    assert len(commits) >= 6
    assert all(len(found) == 1 for found in commits.values()), commits


def test_every_job_may_do_only_what_it_must() -> None:
    for name, workflow in FILES.items():
        assert workflow["permissions"] == {}, name
        assert workflow["concurrency"]["group"], name
    jobs = [(name, *job) for name, workflow in FILES.items() for job in workflow["jobs"].items()]
    for name, job, content in jobs:
        writes = {key: value for key, value in content["permissions"].items() if value != "read"}
        assert writes == MAY_WRITE.get((name, job), {}), f"{name}: {job}"
        assert "uses" in content or int(content["timeout-minutes"]) <= 90, f"{name}: {job}"
        for step in content.get("steps", []):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false", f"{name}: {job}"


def test_dependabot_watches_every_lock() -> None:
    config = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))
    watched = {entry["package-ecosystem"]: entry for entry in config["updates"]}
    assert set(watched) == {"uv", "npm", "github-actions"}
    for entry in watched.values():
        assert entry["cooldown"]["default-days"] >= 7
        assert (ROOT / entry["directory"].lstrip("/")).is_dir()
