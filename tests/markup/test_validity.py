"""Every page, style sheet and picture is valid to the Nu HTML checker."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.conftest import ROOT, tool
from tests.serving import serve

CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"
OPTIONS = (
    "-Xss4m",
    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
    "-Dnu.validator.servlet.allowed-address-type=all",
)
LINKED_DATA = "Inline script violates Content Security Policy (meta tag)"
"""What the checker says of linked data, which is data and no script: policies leave it alone."""

NEWER_THAN_THE_CHECKER = (
    "“container-type”",
    "“paint-order”",
    "“vector-effect”",
    "at-rule “@container”",
)
"""Standard CSS that every browser in use knows and the checker does not."""

PLANTED = {
    "<p><p></p></p>": "No “p” element in scope",
    '<p id="text">': "Duplicate ID",
    '<div markdown="0"></div>': "not allowed on element",
    "<ul><p>x</p></ul>": "not allowed as child",
    '<img src="x.png">': "“alt” attribute",
    '<a href="a b">x</a>': "Bad value",
    '<label for="nothing">x</label>': "“for” attribute",
    "<h4></h4>": "Empty heading",
}
"""Faults, by what the checker says of each."""

Messages = dict[str, list[dict[str, Any]]]


def check(*addresses: str) -> Messages:
    """The checker's messages by address. One run reads everything: Java starts slowly."""
    done = subprocess.run(
        [
            *(tool("JAVA"), *OPTIONS, "-jar", str(CHECKER), "--also-check-css", "--also-check-svg"),
            *("--format", "json", "--exit-zero-always", *addresses),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    found: Messages = defaultdict(list)
    for message in json.loads(done.stderr)["messages"]:
        found[message["url"].removeprefix("file:")].append(message)
    return found


def test_pages_sheets_and_pictures_are_valid_and_planted_faults_are_told(
    built: Path, tmp_path: Path
) -> None:
    text = (built / "names/index.html").read_text("utf-8")
    (tmp_path / "bad.html").write_text(
        text.replace("</main>", f"{''.join(PLANTED)}</main>"), "utf-8"
    )
    (tmp_path / "bad.css").write_text("a { colour: red }", "utf-8")
    (tmp_path / "bad.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>', "utf-8")
    pages = sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html"))
    sheets = [*(ROOT / "docs/assets/css").glob("*.css"), tmp_path / "bad.css"]
    pictures = [*built.rglob("*.svg"), tmp_path / "bad.svg"]
    assert len(pages) > 150
    assert len(pictures) > 50
    # Only of pages that are served can the checker tell what their policy allows. It must read
    # every page before the first picture.
    with serve(built, "/", rules=False) as site, serve(tmp_path, "/", rules=False) as bad:
        addresses = [f"{bad}bad.html", *(f"{site}{page}" for page in pages)]
        found = check(*addresses, *map(str, sheets), *map(str, pictures))
    planted = (addresses[0], str(sheets[-1]), str(pictures[-1]))
    bad_html, *others = (found.pop(address, []) for address in planted)
    assert all(others)
    for said in PLANTED.values():
        assert any(said in message["message"] for message in bad_html), said
    left = [message for messages in found.values() for message in messages]
    linked = [message for message in left if message["message"].startswith(LINKED_DATA)]
    assert all('<script type="application/ld+json">' in message["extract"] for message in linked)
    newer = [m for m in left if any(one in m["message"] for one in NEWER_THAN_THE_CHECKER)]
    assert [message for message in left if message not in (*linked, *newer)] == []
