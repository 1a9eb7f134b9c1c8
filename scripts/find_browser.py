"""Find Chromium for the browser tests, or install Debian's package where that is possible.

Prints the path. Exits with 1 and one line of advice where no browser can be had.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium on PATH (or in ``CHROMIUM``), if there is one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> bool:
    """Install Debian's package as root or with a password-less sudo; whether that worked."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not shutil.which("sudo"):
        return False
    steps = (
        ["update"],
        ["install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
    )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(
            [*sudo, "apt-get", "-qq", *step],
            check=False,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ).returncode
        == 0
        for step in steps
    )


def main() -> int:
    """Find a browser, install one if need be, and print its path."""
    path = find() or (find() if install() else None)
    if path is None:
        print(
            "no Chromium: install it (on Debian: apt-get install chromium) or set CHROMIUM",
            file=sys.stderr,
        )
        return 1
    print(f"browser: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
