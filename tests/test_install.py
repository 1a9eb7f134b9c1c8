"""The locked packages build the same site offline, and ProperDocs builds it without MkDocs."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.commands import run, tree
from tests.conftest import ADDRESS, ROOT

LOCK = ROOT / "requirements.txt"
LOCKED = ("--require-hashes", "--only-binary", ":all:")
INSTALL = ("-m", "pip", "install", "--quiet", "--no-index", "--no-compile")
PROPERDOCS = """
import sys
from properdocs.__main__ import cli
cli(["build", "--strict", "--quiet", "-f", "mkdocs.yml", "--site-dir", sys.argv[1]], standalone_mode=False)
loaded = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "mkdocs"}
assert len(loaded) > 10, "nothing imported MkDocs"
for name, module in loaded.items():
    assert module.__name__.partition(".")[0] == "properdocs", f"{name} is MkDocs' own"
"""
"""A build in which everything that imports MkDocs, the hooks too, gets ProperDocs."""


def run_clean(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without this user's settings."""
    settings = {"PATH": os.environ["PATH"], "HOME": str(cwd), "PIP_CONFIG_FILE": os.devnull}
    settings |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_MKDOCS_2_WARNING": "1"}
    settings["SITE_URL"] = ADDRESS
    return subprocess.run(
        command, cwd=cwd, env=settings, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheels() -> Path:
    """The wheels of the lock, downloaded once into ``.cache``."""
    version = "".join(map(str, sys.version_info[:2]))
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    folder = ROOT / ".cache" / "wheels" / f"{version}-{digest}"
    if not (folder / "whole").is_file():
        download = [sys.executable, "-m", "pip", "download", "--quiet", *LOCKED]
        subprocess.run([*download, "-d", str(folder), "-r", str(LOCK)], check=True)
        (folder / "whole").touch()
    return folder


def test_kept_wheels_give_the_same_site_without_a_network(
    offline: Sequence[str], wheels: Path, checkout: Path, built: Path, tmp_path: Path
) -> None:
    shutil.rmtree(checkout / ".cache", ignore_errors=True)
    environment = tmp_path / "environment"
    python = environment / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", str(environment)],
        [str(python), *INSTALL, "--find-links", str(wheels), *LOCKED, "-r", str(LOCK)],
        [str(python), "-m", "pip", "check"],
        [str(python), "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "site"],
    ):
        done = run_clean([*offline, *command], checkout)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert tree(checkout / "site") == tree(built)


def test_locks_hold_digests_and_no_address() -> None:
    lock = json.loads((ROOT / "tests/tools/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) >= 2
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, f"{name} names where it was downloaded from"
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert not any(word in text for word in ("://", "index-url", "find-links")), name


def test_properdocs_builds_the_same_site(built: Path, tmp_path: Path) -> None:
    done = run(ROOT, "-c", PROPERDOCS, str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(tmp_path / "site") == tree(built)
