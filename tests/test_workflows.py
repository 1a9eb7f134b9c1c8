"""Workflows publish only what was checked and may do only what they must; zizmor reads them too."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from tests.conftest import ROOT

MAY_WRITE = {("pages.yml", "deploy"): {"pages": "write", "id-token": "write"}}

# BaseLoader keeps "on" a word; YAML 1.1 would make it true.
FILES: dict[str, dict[str, Any]] = {
    path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    for path in sorted((ROOT / ".github/workflows").glob("*.yml"))
}

CHECKS = "workflows/checks.yml"
PLANTED = {
    "unpinned-uses": (CHECKS, "@[0-9a-f]{40} # v6", "@v6 # v6"),
    "dangerous-triggers": (CHECKS, "pull_request:", "pull_request_target:"),
    "artipacked": (CHECKS, "persist-credentials: false", "persist-credentials: true"),
    "excessive-permissions": (CHECKS, r"permissions: \{\}", "permissions: write-all"),
    "template-injection": ("workflows/weekly.yml", "run: sed", "run: ${{ github.head_ref }} sed"),
    "dependabot-cooldown": ("dependabot.yml", r"default-days: \d+", "default-days: 1"),
}
"""A fault for each finding that would lower the guard: file, text, fault."""


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


def test_zizmor_has_no_findings_but_planted_ones(tmp_path: Path) -> None:
    done = run_zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr
    copy = Path(shutil.copytree(ROOT / ".github", tmp_path / ".github"))
    for name, old, new in PLANTED.values():
        text, count = re.subn(old, new, (copy / name).read_text("utf-8"), count=1)
        assert count == 1, old
        (copy / name).write_text(text, "utf-8")
    found = run_zizmor(copy).stdout
    assert [finding for finding in PLANTED if finding not in found] == []


def test_no_job_reads_a_secret_writes_or_runs_on_without_end() -> None:
    for name, workflow in FILES.items():
        assert "secrets." not in str(workflow), name
        for job, content in workflow["jobs"].items():
            writes = {k: v for k, v in content["permissions"].items() if v != "read"}
            assert writes == MAY_WRITE.get((name, job), {}), f"{name}: {job}"
            assert "uses" in content or int(content["timeout-minutes"]) <= 90, f"{name}: {job}"


def test_dependabot_watches_every_lock() -> None:
    config = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))
    watched = {entry["package-ecosystem"]: entry["directory"] for entry in config["updates"]}
    assert set(watched) == {"uv", "npm", "github-actions"}
    assert all((ROOT / directory.lstrip("/")).is_dir() for directory in watched.values())
