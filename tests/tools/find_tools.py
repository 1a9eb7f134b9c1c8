"""Find the programs that the tests need beside Python; install Debian's packages where possible.

Exits with 1 and a line of advice for each program that is missing.
"""

import os
import shutil
import subprocess
import sys

PROGRAMS: dict[str, tuple[tuple[str, ...], str]] = {
    "CHROMIUM": (
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        "chromium fonts-noto-cjk",
    ),
    "JAVA": (("java",), "default-jre-headless"),
    "NPM": (("npm",), "npm"),
}
"""By the variable that may hold its path: the names of a program, and its Debian packages."""


def find(program: str) -> str | None:
    """Return the path of a program: what its variable says, or else what stands on PATH."""
    names = (os.environ[program],) if os.environ.get(program) else PROGRAMS[program][0]
    return next((path for name in names if (path := shutil.which(name))), None)


def install(packages: list[str]) -> None:
    """Install Debian packages as root, or by a sudo that asks for no password."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            command = [*sudo, "apt-get", "-qq", *step]
            subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)


def main() -> int:
    """Install the missing programs; return how many are still missing, as 0 or 1."""
    missing = [program for program in PROGRAMS if find(program) is None]
    if missing:
        install([name for program in missing for name in PROGRAMS[program][1].split()])
    missing = [program for program in missing if find(program) is None]
    for program in missing:
        names, packages = PROGRAMS[program]
        advice = f"apt-get install {packages}, or set {program} to its path"
        print(f"{names[0]} is missing: {advice}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
