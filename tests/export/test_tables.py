"""Tables: CSV that reads back, and a Data Package that frictionless finds valid."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import frictionless
import pytest
from tests.export.test_json import read_quantity

from explainer.export import SiteContext
from explainer.export.csv import TABLES, write_csv
from explainer.extract import Bound, Kind


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read_table(files: dict[str, str], name: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in read_rows(files[f"data/{name}.csv"])}


def test_the_tables_of_the_set_read_back(files: dict[str, str], site: SiteContext) -> None:
    data = site.dataset
    claims = {c.ref: c for figure in data.figures.values() for c in figure.claims}
    reports = {r.ref: r for source in data.context.values() for r in source.reports}
    for name, printed in (
        ("claims", {ref: (c.quantity, c.mentions[0].exact) for ref, c in claims.items()}),
        ("reports", {ref: (r.quantity, r.phrase) for ref, r in reports.items()}),
    ):
        rows = read_table(files, name).items()
        assert {ref: (read_quantity(row), row["printed"]) for ref, row in rows} == printed
    results = {n: f"{r.quantity.value:f}" for n, r in site.words["en"].results.items()}
    for name, column, expected in (
        ("reports", "access", {ref: data.context[r.source].access for ref, r in reports.items()}),
        ("derivations", "value", results),
        ("rates", "value", {rate.id: f"{rate.value:f}" for rate in data.rates.values()}),
        ("terms", "name_zh", {term.id: term.zh for term in data.terms.values()}),
        ("voices", "source", {voice.id: voice.source for voice in data.voices.values()}),
        ("figures", "status", {f.id: f.comparison.status for f in data.figures.values()}),
    ):
        rows = read_table(files, name).items()
        assert {ref: row[column] for ref, row in rows} == expected, name
    assert set(read_table(files, "sources")) == {*data.sources, *data.context}
    assert len(read_table(files, "revisions")) == len(data.revisions)
    for figure in data.figures.values():
        found = [read_quantity(row) for row in read_rows(files[f"figures/{figure.id}.csv"])]
        quantities = [claim.quantity for claim in figure.claims]
        assert found == quantities + [report.quantity for report in data.reports_on(figure.id)]


@pytest.fixture
def package(files: dict[str, str], tmp_path: Path) -> Path:
    for path, text in files.items():
        if path.startswith("data/") and path.count("/") == 1:
            (tmp_path / Path(path).name).write_text(text, "utf-8")
    return tmp_path / "datapackage.json"


def test_frictionless_finds_the_package_valid(package: Path) -> None:
    report = frictionless.validate(str(package))
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == len(TABLES)
    for name in ("claims", "reports"):
        enums = {f["name"]: f.get("constraints", {}).get("enum") for f in TABLES[name]["fields"]}
        assert (enums["kind"], enums["bound"]) == (list(Kind), list(Bound))
    for resource in json.loads(package.read_text("utf-8"))["resources"]:
        content = (package.parent / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_frictionless_notices_a_table_that_breaks_its_schema(package: Path) -> None:
    described = re.sub(r'"(?:bytes|hash)": .*', "", package.read_text("utf-8"))
    package.write_text(described, "utf-8")
    assert frictionless.validate(str(package)).valid
    for table, old, new in (
        ("claims", "700000000,", "seven,"),
        ("claims", ",english-article,", ",english-paper,"),
        ("rates", "krw-per-usd-2021,USD", ",USD"),
    ):
        path = package.with_name(f"{table}.csv")
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        assert not frictionless.validate(str(package)).valid
        path.write_text(text, "utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_is_never_a_formula(start: str) -> None:
    fields = [{"name": "text", "type": "string"}, {"name": "value", "type": "number"}]
    (row,) = read_rows(write_csv({"fields": fields}, [{"text": f"{start}1+1", "value": "-5"}]))
    assert row == {"text": f"'{start}1+1", "value": "-5"}


def test_every_table_has_a_copy_that_excel_reads_as_utf8(files: dict[str, str]) -> None:
    """Excel takes a CSV file for UTF-8 by its byte order mark alone."""
    tables = {path for path in files if path.endswith(".csv") and ".excel" not in path}
    assert len(tables) > 20
    for path in tables:
        copy = files[path.replace(".csv", ".excel.csv")].encode("utf-8")
        assert copy == b"\xef\xbb\xbf" + files[path].encode("utf-8")
