"""The locked requirements, as ``uv pip compile --generate-hashes`` writes them."""

import re
from dataclasses import dataclass

LOCK = "requirements.txt"
"""The lock of what builds the site, below the root of the checkout."""

_ENTRY = re.compile(r"^([a-z0-9][a-z0-9-]*)==([^\s;]+)(?: ; ([^\\\n]+))? \\$")
_HASH = re.compile(r"^    --hash=(sha256):([0-9a-f]{64})(?: \\)?$")
_WANTED = re.compile(r"^    #(?: via |   )(-r \S+|[a-z0-9][a-z0-9-]*)$")
_QUIET = re.compile(r"^(?:#.*|    # via|)$")


class BadLock(ValueError):
    """A line of the lock says something that is not understood; nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package. Without a hash for a file, that file is never installed."""

    name: str
    version: str
    marker: str
    """Where it is wanted, as an environment marker (PEP 508); "" where it always is."""
    hashes: tuple[str, ...]
    """SHA-256 of every file that may be installed, in hexadecimal."""
    wanted_by: tuple[str, ...]
    """The names of the packages that depend on it; "" stands for the project itself."""

    @property
    def purl(self) -> str:
        """The package URL (purl specification, type ``pypi``)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> tuple[Package, ...]:
    """The packages of a lock, in its order. Raises :class:`BadLock` naming the line."""
    found: list[tuple[re.Match[str], list[str], list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if entry := _ENTRY.match(line):
            found.append((entry, [], []))
        elif found and (digest := _HASH.match(line)):
            found[-1][1].append(digest[2])
        elif found and (wanted := _WANTED.match(line)):
            found[-1][2].append("" if wanted[1].startswith("-r ") else wanted[1])
        elif not _QUIET.match(line):
            raise BadLock(f"{LOCK}:{number}: found «{line.strip()}» — expected a locked package")
    packages = tuple(
        Package(entry[1], entry[2], (entry[3] or "").strip(), tuple(hashes), tuple(wanted))
        for entry, hashes, wanted in found
    )
    for package in packages:
        if not package.hashes or not package.wanted_by:
            raise BadLock(f"{LOCK}: {package.name} has no hash, or nothing that wants it")
    if not packages:
        raise BadLock(f"{LOCK}: no package is locked")
    return packages
