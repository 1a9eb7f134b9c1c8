"""Find what the checks need beside Python, or install Debian's packages where that is possible.

Prints the path of each tool. Exits with 1 and a line of advice for each that cannot be had.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

TOOLS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "CHROMIUM": (
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        ("chromium", "fonts-noto-cjk"),
    ),
    "JAVA": (("java",), ("default-jre-headless",)),
    "NPM": (("npm",), ("npm",)),
}
"""By the variable that may name it: the names of a tool on PATH, and Debian's packages of it."""


def find(tool: str) -> str | None:
    """The path of a tool on PATH, or of what its variable names, if there is one."""
    named = os.environ.get(tool)
    if named:
        return shutil.which(named)
    return next((path for name in TOOLS[tool][0] if (path := shutil.which(name))), None)


def install(packages: list[str]) -> None:
    """Install Debian's packages as root or with a password-less sudo, where that is possible."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        return
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(
            [*sudo, "apt-get", "-qq", *step],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def main() -> int:
    """Find every tool, install those that are missing, and print their paths."""
    missing = [tool for tool in TOOLS if find(tool) is None]
    if missing:
        install([package for tool in missing for package in TOOLS[tool][1]])
    code = 0
    for tool, (names, packages) in TOOLS.items():
        path = find(tool)
        if path:
            print(f"{tool.lower()}: {path}")
        else:
            advice = f"install it (on Debian: apt-get install {' '.join(packages)}) or set {tool}"
            print(f"no {names[0]}: {advice}", file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
