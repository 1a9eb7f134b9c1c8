"""The locked packages, once kept, give the same site on a machine without any network."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.commands import tree
from tests.conftest import ADDRESS, ROOT

LOCK = ROOT / "requirements.txt"
LOCKED = ("--require-hashes", "--only-binary", ":all:")
ME = f"#{os.geteuid()}"
ALONE = (
    ("unshare", "--net"),
    ("unshare", "--map-root-user", "--net"),
    ("sudo", "-n", "-E", "unshare", "--net", "--", "sudo", "-n", "-E", "-u", ME),
)
"""Ways to a process without a network: for root, for anybody, for those who may become root."""


@pytest.fixture(scope="module")
def wheels() -> Path:
    """The wheels of the lock, fetched once and kept beside the pictures."""
    version = "".join(map(str, sys.version_info[:2]))
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    folder = ROOT / ".cache" / "wheels" / f"{version}-{digest}"
    if not (folder / "whole").is_file():
        to = ["--quiet", "-d", str(folder), "-r", str(LOCK)]
        fetch = [sys.executable, "-m", "pip", "download", *LOCKED, *to]
        done = subprocess.run(fetch, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"the wheels cannot be fetched:\n{done.stderr}"
        (folder / "whole").touch()
    return folder


@pytest.fixture(scope="module")
def alone() -> Sequence[str]:
    """What to put before a command, so that it runs without a network."""
    for way in ALONE:
        if not shutil.which(way[0]):
            continue
        shown = subprocess.run(
            [*way, "cat", "/proc/net/dev"], capture_output=True, text=True, check=False
        )
        if shown.returncode == 0:
            found = [line.split(":")[0].strip() for line in shown.stdout.splitlines()[2:]]
            assert found == ["lo"], f"«{' '.join(way)}» leaves the network on"
            return way
    pytest.fail(
        "no process without a network can be started: run as root, allow user namespaces "
        "(kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns) "
        "or install util-linux"
    )


def run(command: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of this machine's settings."""
    return subprocess.run(
        command,
        cwd=cwd,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(cwd),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "NO_MKDOCS_2_WARNING": "1",
            "SITE_URL": ADDRESS,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def install(python: Path | str, wheels: Path, *more: str) -> list[str]:
    kept = ("--no-index", "--find-links", str(wheels), "--no-compile")
    return [str(python), "-m", "pip", "install", "--quiet", *kept, *LOCKED, *more, "-r", str(LOCK)]


def test_kept_wheels_give_the_same_site_without_a_network(
    alone: Sequence[str], wheels: Path, checkout: Path, built: Path, tmp_path: Path
) -> None:
    shutil.rmtree(checkout / ".cache", ignore_errors=True)
    room = tmp_path / "room"
    python = room / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", str(room)],
        install(python, wheels),
        [str(python), "-m", "pip", "check"],
        [str(python), "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "site"],
    ):
        done = run([*alone, *command], checkout)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert tree(checkout / "site") == tree(built)


def test_a_wheel_that_was_touched_is_not_installed(wheels: Path, tmp_path: Path) -> None:
    for wheel in wheels.glob("*.whl"):
        (tmp_path / wheel.name).symlink_to(wheel)
    (attrs,) = tmp_path.glob("attrs-*.whl")
    content = attrs.read_bytes()
    attrs.unlink()
    attrs.write_bytes(content + b" ")
    refused = run(install(sys.executable, tmp_path, "--target", str(tmp_path / "to")), tmp_path)
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    assert not (tmp_path / "to").exists()


def test_every_package_of_the_checks_is_locked_by_its_content() -> None:
    lock = json.loads((ROOT / "tests/tools/package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) >= 2
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, f"{name} names where it was fetched"
    wanted = json.loads((ROOT / "tests/tools/package.json").read_text("utf-8"))
    for name, version in wanted["devDependencies"].items():
        assert packages[f"node_modules/{name}"]["version"] == version


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text
