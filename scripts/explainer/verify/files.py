"""What a finished site promises about its files: names that any machine can hold, open texts."""

import re
import unicodedata
from collections.abc import Iterator

from explainer.data import Dataset, hidden
from explainer.verify.crawl import Site
from explainer.verify.report import Finding, fail

LONGEST = 200
"""How many bytes a path below the root may have; archives and hosts stop at about 250."""
TEXTS = frozenset("html css js json csv md txt xml svg bib ris".split())
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$|^ ')


def names_are_portable(site: Site, _: Dataset) -> Iterator[Finding]:
    """No two paths are one where case or Unicode form is ignored; none is too long or reserved."""
    seen: dict[str, str] = {}
    for name in sorted(site.files):
        wrong = unportable(name, seen)
        yield fail("name", name, wrong) if wrong else None


def unportable(name: str, seen: dict[str, str]) -> str:
    """Why some machine cannot hold a file of that name beside those ``seen``; empty where all can.

    ``seen`` maps folded paths to paths and gains this one.
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    other = seen.setdefault(folded, name)
    if other != name:
        return f"is {other} where case and Unicode form are ignored"
    if len(name.encode("utf-8")) > LONGEST:
        return f"is longer than {LONGEST} bytes"
    for part in name.split("/"):
        if _RESERVED.fullmatch(part):
            return f"{part!r} is reserved on Windows"
        if _UNSAFE.search(part):
            return f"{part!r} is no name on Windows"
    return ""


def texts_hide_nothing(site: Site, _: Dataset) -> Iterator[Finding]:
    """Texts are UTF-8 without marks, in form NFC, and hold no character that readers can't see."""
    for name in sorted(site.files):
        ending = name.rpartition(".")[2]
        if ending not in TEXTS:
            continue
        try:
            text = site.text(name)
        except UnicodeDecodeError as error:
            yield fail("hidden", name, f"byte {error.start} is no UTF-8")
            continue
        # RFC 4180 and RIS end their lines like this.
        text = text.replace("\r\n", "\n") if ending in ("csv", "ris") else text
        text = text.replace("\t", " ") if ending in ("css", "js") else text
        if next(hidden("".join(set(text))), None):
            (line, column), character = next(hidden(text))
            yield fail("hidden", name, f"U+{ord(character):04X} at {line}:{column}")
        elif not unicodedata.is_normalized("NFC", text):
            yield fail("hidden", name, "is not in Unicode form NFC")
        else:
            yield None


RULES = (names_are_portable, texts_hide_nothing)
