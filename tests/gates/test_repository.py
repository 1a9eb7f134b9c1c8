"""The project's own files: names that any machine can hold, texts that hide nothing."""

import subprocess
import unicodedata
from pathlib import Path

import pytest

from explainer.data import hidden
from explainer.verify.files import unportable

ROOT = Path(__file__).parents[2]


def listed() -> list[str]:
    """Every file that belongs to the project: what is committed, or else what is not ignored."""
    try:
        shown = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        names = [name for name in shown.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # a copy without its history
        made = {".venv", "site", "node_modules", ".cache", "__pycache__"}
        paths = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        names = [path.as_posix() for path in paths if not made & set(path.parts)]
    return sorted(name for name in names if (ROOT / name).is_file())


NAMES = listed()


def text_of(name: str) -> str | None:
    """The text of a file; ``None`` for pictures and fonts."""
    content = (ROOT / name).read_bytes()
    return None if b"\0" in content[:8000] else content.decode("utf-8")


def test_every_name_fits_every_machine() -> None:
    seen: dict[str, str] = {}
    told = {name: wrong for name in NAMES if (wrong := unportable(name, seen))}
    assert len(NAMES) > 250
    assert told == {}


TABS = ("Makefile", ".js", ".css", "payloads.txt")


def test_no_text_hides_a_character() -> None:
    """Trojan source: what a reviewer sees is what a machine reads. Attacks are written as escapes."""
    looked = 0
    for name in NAMES:
        text = text_of(name)
        if text is None:
            continue
        looked += 1
        text = text.replace("\t", " ") if name.endswith(TABS) else text
        found = [(place, f"U+{ord(one):04X}") for place, one in hidden(text)]
        assert found == [], name
        assert unicodedata.is_normalized("NFC", text), name
        assert "\r" not in text, name
    assert looked > 250


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("docs/A.md", "is docs/a.md"),
        ("docs/cafe\u0301.md", "is docs/caf\u00e9.md"),
        ("docs/\ufb03.md", ""),
        ("aux.yml", "reserved"),
        ("com1", "reserved"),
        ("docs/x.", "no name"),
        ("docs/x ", "no name"),
        ("a" * 201, "longer"),
        ("字" * 67, "longer"),
        ("figures/good-name.json", ""),
    ],
)
def test_names_that_some_machine_cannot_hold_are_told(name: str, said: str) -> None:
    seen = {"docs/a.md": "docs/a.md", "docs/caf\u00e9.md": "docs/caf\u00e9.md"}
    wrong = unportable(name, seen)
    assert said in wrong if said else not wrong


def test_line_ends_are_kept_on_every_machine() -> None:
    assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text("utf-8")
