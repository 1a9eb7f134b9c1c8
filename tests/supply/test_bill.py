"""What the site says it is built with is what the lock says, and every licence was read."""

import base64
import hashlib
import json
import re
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing
from tests.commands import run
from tests.conftest import ROOT

from explainer.export.context import SiteContext
from explainer.supply import BadLock, UnknownLicence, licences, supply_forms
from explainer.supply.licences import LICENCES, REVIEWED, licence_of
from explainer.supply.lock import LOCK, locked
from explainer.supply.notices import SHIPPED

TEXT = (ROOT / LOCK).read_text("utf-8")
PACKAGES = locked(TEXT)
NEWCOMER = (
    f"left-over==1.0 \\\n    --hash=sha256:{'0' * 64}\n    # via\n    #   mkdocs\n    #   click\n"
)


@pytest.fixture(scope="module")
def told(built: Path) -> Any:
    return json.loads((built / "data" / "sbom.cdx.json").read_text("utf-8"))


def test_the_bill_is_the_lock(told: Any) -> None:
    in_lock: dict[str, set[str]] = {}
    for line in TEXT.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            name, _, rest = line.partition("==")
            current = in_lock.setdefault(f"{name} {rest.split()[0]}", set())
        elif "--hash=sha256:" in line:
            current.add(line.partition("sha256:")[2].split()[0])
    in_bill = {
        f"{part['name']} {part['version']}": {digest["content"] for digest in part["hashes"]}
        for part in told["components"]
    }
    assert len(in_bill) >= 40
    assert in_bill == in_lock
    assert all(
        digest["alg"] == "SHA-256" for part in told["components"] for digest in part["hashes"]
    )


def test_the_bill_is_valid_cyclonedx(built: Path) -> None:
    text = (built / "data" / "sbom.cdx.json").read_text("utf-8")
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(text) is None
    assert validator.validate_str(text.replace('"library"', '"bookcase"')) is not None


def test_the_bill_says_who_needs_whom(told: Any) -> None:
    known = {part["bom-ref"] for part in told["components"]}
    wants = {entry["ref"]: set(entry["dependsOn"]) for entry in told["dependencies"]}
    root = told["metadata"]["component"]["bom-ref"]
    assert set(wants) == known | {root}
    reached, new = set(), {root}
    while new:
        reached |= new
        new = set().union(*(wants[ref] for ref in new)) - reached
    assert reached == known | {root}


def test_the_bill_names_no_day_and_no_registry(told: Any) -> None:
    assert "timestamp" not in told["metadata"]
    addresses = [value for value in strings(told) if "://" in value]
    assert addresses == [
        told["$schema"],
        told["metadata"]["component"]["externalReferences"][0]["url"],
    ]


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def test_every_licence_was_read_and_is_an_spdx_expression() -> None:
    spdx = get_spdx_licensing()
    for name in {package.name for package in PACKAGES}:
        parsed = spdx.parse(licence_of(name), validate=True, strict=True)
        assert {symbol.key for symbol in parsed.symbols} <= LICENCES, name
    assert {package.name for package in PACKAGES} >= set(REVIEWED)


@pytest.mark.parametrize("code", ["", "zh/"])
def test_the_licence_list_names_every_package_and_carries_the_texts(built: Path, code: str) -> None:
    text = (built / code / "data" / "licences.txt").read_text("utf-8")
    for package in PACKAGES:
        assert f"  {package.name} {package.version} " in text
    for owner in (
        "Martin Donath",
        "CloudCannon",
        "The Noto Project Authors",
        "Pictogrammers",
        "Fonticons",
    ):
        assert owner in text
    assert "licences.txt" in (built / code / "data" / "index.html").read_text("utf-8")


def test_a_package_nobody_looked_at_is_caught(to: SiteContext) -> None:
    with pytest.raises(UnknownLicence, match="left-over: it is locked but not installed"):
        supply_forms(to, TEXT + NEWCOMER)


def test_a_licence_nobody_read_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "REVIEWED", {"mergedeep": "MIT AND GPL-3.0-only"})
    with pytest.raises(
        UnknownLicence, match=r"mergedeep: found licence «GPL-3\.0-only» — expected"
    ):
        licence_of("mergedeep")


def test_a_site_with_an_unknown_package_is_not_built(checkout: Path) -> None:
    lock = checkout / LOCK
    lock.write_text(TEXT + NEWCOMER, "utf-8")
    failed = run(checkout, "-m", "explainer", "build")
    assert failed.returncode == 3
    assert "left-over: it is locked but not installed" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert not (checkout / "site").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("attrs==26.1.0 \\", "attrs>=26.1.0 \\"),
        ("    --hash=sha256:c647", "    --hash=md5:c647"),
        ("attrs==26.1.0 \\", "--index-url somewhere\nattrs==26.1.0 \\"),
        ("attrs==26.1.0 \\", "attrs @ somewhere \\"),
        (TEXT, "# nothing\n"),
        ("attrs==26.1.0 \\\n", "first==1 \\\nattrs==26.1.0 \\\n"),
    ],
)
def test_a_lock_that_is_not_understood_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(BadLock, match=r"requirements\.txt"):
        locked(TEXT.replace(old, new, 1))


def bodies(css: str) -> set[str]:
    """What stands between braces in a style sheet, as written."""
    return set(re.findall(r"\{([^{}]+)\}", css))


def test_the_style_sheet_is_cut_from_the_one_in_the_locked_package(built: Path) -> None:
    (packed,) = (
        path
        for path in distribution("mkdocs-material").files or []
        if path.match("stylesheets/main.*.min.css")
    )
    theme = Path(str(packed.locate()))
    assert packed.hash is not None
    digest = hashlib.new(packed.hash.mode, theme.read_bytes()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == packed.hash.value
    shipped = bodies("".join(p.read_text("utf-8") for p in built.glob("assets/css/*.css")))
    assert len(bodies(theme.read_text("utf-8")) & shipped) > 50


def test_the_search_engine_is_of_the_locked_version(built: Path) -> None:
    (version,) = (
        package.version for package in PACKAGES if package.name == "pagefind-bin-extended"
    )
    for name in ("pagefind.js", "pagefind-worker.js"):
        engine = (built / "pagefind" / name).read_text("utf-8")
        assert engine.startswith(f'const pagefind_version="{version}";')


def test_only_locked_packages_reach_readers() -> None:
    assert {package.name for package in PACKAGES} > set(SHIPPED)
