"""The project's own files: names that any machine can hold, texts that hide nothing."""

import re
import subprocess
import unicodedata
from pathlib import Path

from explainer.data import hidden

ROOT = Path(__file__).parents[2]
LONGEST = 200
"""How many bytes a path may have; archives and hosts stop at about 250."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$|^ ')
TABS = ("Makefile", ".js", ".css", "payloads.txt")
BINARY = (".png", ".pf_fragment", ".pf_index", ".pf_meta", ".pagefind")
MACHINE_PATH = re.compile(r"/(?:root|Users|home/\w+)/|\b[A-Z]:\\Users\\")


def listed() -> list[str]:
    """Every file that belongs to the project: what is committed, and what is not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in shown.split("\0") if name and (ROOT / name).is_file())


NAMES = listed()


def name_fault(name: str, seen: dict[str, str]) -> str:
    """Why some machine cannot hold a file of that name beside those ``seen``; empty where all can.

    ``seen`` maps folded paths to paths and gains this one.
    """
    other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if other != name:
        return f"is {other} where case and Unicode form are ignored"
    if len(name.encode("utf-8")) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    for part in name.split("/"):
        if RESERVED.fullmatch(part) or UNSAFE.search(part):
            return f"{part!r} is no name on Windows"
    return ""


def test_a_name_that_some_machine_cannot_hold_is_a_fault() -> None:
    for name, fault in {
        "docs/A.md": "is docs/a.md",
        "docs/cafe\u0301.md": "is docs/caf\u00e9.md",
        "aux.yml": "no name",
        "a:b": "no name",
        "字" * 67: "longer",
    }.items():
        assert fault in name_fault(name, {"docs/a.md": "docs/a.md", "docs/café.md": "docs/café.md"})
    assert not name_fault("figures/good-name.json", {})


def test_every_machine_can_hold_the_files_of_project_and_site(built: Path) -> None:
    site = sorted(path.relative_to(built).as_posix() for path in built.rglob("*"))
    for names in (NAMES, site):
        seen: dict[str, str] = {}
        assert {name: fault for name in names if (fault := name_fault(name, seen))} == {}


def text_of(path: Path) -> str | None:
    """The text of a file; ``None`` for pictures, fonts and indexes."""
    content = path.read_bytes()
    return None if b"\0" in content[:8000] or path.suffix in BINARY else content.decode()


def character_fault(path: Path) -> str:
    """What a reviewer cannot see in a text, but a machine reads (Trojan source)."""
    text = text_of(path) or ""
    # RFC 4180 and RIS end their lines with a carriage return.
    text = text.replace("\r\n", "\n") if path.suffix in (".csv", ".ris") else text
    # Excel knows UTF-8 by its mark alone.
    text = text.removeprefix("\ufeff") if path.name.endswith(".excel.csv") else text
    text = text.replace("\t", " ") if path.name.endswith(TABS) else text
    found = next(hidden(text), None)
    return repr(found) if found else "" if unicodedata.is_normalized("NFC", text) else "not in NFC"


def test_no_text_of_project_and_site_hides_a_character(built: Path) -> None:
    made = [path for path in built.rglob("*") if path.is_file()]
    paths = [*(ROOT / name for name in NAMES), *made]
    assert {path: fault for path in paths if (fault := character_fault(path))} == {}


def test_no_text_of_the_project_names_a_machine() -> None:
    found = [name for name in NAMES if MACHINE_PATH.search(text_of(ROOT / name) or "")]
    assert found == []
    assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text("utf-8")


def test_every_asset_of_the_site_is_named_by_a_page_a_sheet_or_a_script(built: Path) -> None:
    naming = [path for path in built.rglob("*.*") if path.suffix in (".html", ".css", ".js")]
    text = "".join(path.read_text("utf-8") for path in naming)
    assets = [path for path in (built / "assets").rglob("*.*") if path.is_file()]
    assert [path.name for path in assets if path.name not in text] == []
