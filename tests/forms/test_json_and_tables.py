"""JSON and tables: valid by their published schemas, and read back as the dataset says."""

import csv
import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from explainer.data import Claim, Dataset, Report, load
from explainer.export.context import SiteContext
from explainer.export.csv import TABLES, Column, csv_text
from explainer.extract import Bound, Kind, Quantity

ROOT = Path(__file__).parents[2]
FIGURES = list(load(ROOT / "data").figures)


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


def quantity(raw: dict[str, Any]) -> Quantity:
    """A quantity read back from JSON, or from a row, where an empty cell is nothing."""
    return Quantity(
        Decimal(raw["value"]),
        Kind(raw["kind"]),
        Bound(raw["bound"]),
        Decimal(raw["value_max"]) if raw.get("value_max") else None,
        raw.get("currency") or None,
        raw.get("unit") or None,
        raw.get("scale_printed") or None,
        raw.get("edtf") or None,
    )


@pytest.fixture(scope="module")
def validators(built: Path) -> dict[str, Draft202012Validator]:
    """The published schemas, as a reader finds them."""
    schemas = {path.name: read(path) for path in (built / "data" / "schema").glob("*.json")}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    registry = registry.with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()
    )
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    return {n: Draft202012Validator(s, registry=registry) for n, s in schemas.items()}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_valid_and_reads_back(
    built: Path,
    dataset: Dataset,
    to: SiteContext,
    validators: dict[str, Draft202012Validator],
    name: str,
) -> None:
    found, figure = read(built / "figures" / f"{name}.json"), dataset.figures[name]
    assert list(validators["figure.json"].iter_errors(found)) == []
    assert found["$schema"].endswith("data/schema/figure.json")
    assert (found["id"], found["kind"]) == (figure.id, figure.kind)
    assert found["comparison"]["status"] == figure.comparison.status
    for raw, claim in zip(found["claims"], figure.claims, strict=True):
        assert quantity(raw) == claim.quantity
        assert raw["printed"] == claim.mentions[0].exact
        assert raw["voice"] == claim.voice.id
        assert raw["display"] == {
            "en": to.words["en"].format_claim(claim),
            "zh-Hans": to.words["zh"].format_claim(claim),
        }
        assert [m["exact"] for m in raw["mentions"]] == [m.exact for m in claim.mentions]
    for raw in found.get("derivations", ()):
        assert Decimal(raw["value"]) == to.reckoned[raw["id"]].value
    told = {
        f"{s['id']}/{r['id']}": r for s in found.get("context", ()) for r in s.get("reports", ())
    }
    assert set(told) == {report.ref for report in dataset.reports_on(name)}
    for ref, raw in told.items():
        assert quantity(raw) == dataset.report(ref).quantity
    assert len(found["revisions"]) == len(dataset.revisions_of(name))


def test_the_set_is_valid_and_reads_back(
    built: Path, dataset: Dataset, validators: dict[str, Draft202012Validator]
) -> None:
    found = read(built / "data" / "dataset.json")
    assert list(validators["dataset.json"].iter_errors(found)) == []
    assert [f["id"] for f in found["figures"]] == list(dataset.figures)
    assert {s["id"] for s in found["sources"]} == set(dataset.sources)
    assert {s["id"] for s in found["context"]} == set(dataset.context)
    assert {t["id"]: t["name"]["zh-Hans"] for t in found["terms"]} == {
        term.id: term.zh for term in dataset.terms.values()
    }
    assert {r["id"]: Decimal(r["value"]) for r in found["rates"]} == {
        rate.id: rate.value for rate in dataset.rates.values()
    }
    assert [(r["date"], r["about"], r.get("new")) for r in found["revisions"]] == [
        (r.date, r.about, r.new) for r in dataset.revisions
    ]


@pytest.mark.parametrize(
    "plant",
    [
        lambda f: f["claims"][0].update(value=700000000),
        lambda f: f["claims"][0].update(value="7e8"),
        lambda f: f["claims"][0].pop("bound"),
        lambda f: f["comparison"].update(status="maybe"),
        lambda f: f["headline"].pop("zh-Hans"),
        lambda f: f.update(claims=[]),
        lambda f: f.update(opinion="x"),
    ],
)
def test_the_schema_refuses_what_it_should(
    built: Path, validators: dict[str, Draft202012Validator], plant: Any
) -> None:
    found = read(built / "figures" / f"{FIGURES[0]}.json")
    plant(found)
    assert list(validators["figure.json"].iter_errors(found))


def test_tables_read_back(built: Path, dataset: Dataset, to: SiteContext) -> None:
    claims = {row["id"]: row for row in rows(built / "data" / "claims.csv")}
    every: dict[str, Claim] = {c.ref: c for f in dataset.figures.values() for c in f.claims}
    assert set(claims) == set(every)
    for ref, claim in every.items():
        assert quantity(claims[ref]) == claim.quantity
        assert claims[ref]["printed"] == claim.mentions[0].exact
    reports = {row["id"]: row for row in rows(built / "data" / "reports.csv")}
    printed: dict[str, Report] = {r.ref: r for s in dataset.context.values() for r in s.reports}
    assert set(reports) == set(printed)
    for ref, report in printed.items():
        assert quantity(reports[ref]) == report.quantity
        assert reports[ref]["printed"] == report.phrase
        assert reports[ref]["access"] == dataset.context[report.source].access
    derived = {row["id"]: Decimal(row["value"]) for row in rows(built / "data" / "derivations.csv")}
    assert derived == {name: found.value for name, found in to.reckoned.items()}
    rates = {row["id"]: Decimal(row["value"]) for row in rows(built / "data" / "rates.csv")}
    assert rates == {rate.id: rate.value for rate in dataset.rates.values()}
    terms = {row["id"]: row["name_zh"] for row in rows(built / "data" / "terms.csv")}
    assert terms == {term.id: term.zh for term in dataset.terms.values()}
    assert len(rows(built / "data" / "revisions.csv")) == len(dataset.revisions)
    assert {row["id"] for row in rows(built / "data" / "sources.csv")} == {
        *dataset.sources,
        *dataset.context,
    }


@pytest.mark.parametrize("name", FIGURES)
def test_a_figures_table_reads_back(built: Path, dataset: Dataset, name: str) -> None:
    figure = dataset.figures[name]
    found = rows(built / "figures" / f"{name}.csv")
    claims = [row for row in found if row["role"] == "claim"]
    context = [row for row in found if row["role"] == "context"]
    assert [quantity(row) for row in claims] == [claim.quantity for claim in figure.claims]
    assert [quantity(row) for row in context] == [r.quantity for r in dataset.reports_on(name)]


def test_frictionless_finds_the_package_valid(built: Path) -> None:
    report = frictionless.validate(str(built / "data" / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert report.stats["tasks"] == len(TABLES)


def test_frictionless_notices_a_table_that_was_changed(built: Path, tmp_path: Path) -> None:
    for path in (built / "data").glob("*"):
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    claims = tmp_path / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace("700000000,", "800000000,", 1), "utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert not report.valid


def test_the_package_tells_sizes_and_hashes(built: Path) -> None:
    package = read(built / "data" / "datapackage.json")
    assert package["$schema"].startswith("https://datapackage.org/profiles/2")
    for resource in package["resources"]:
        content = (built / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert content.decode("utf-8").splitlines()[0].split(",") == [
            field["name"] for field in resource["schema"]["fields"]
        ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_is_never_a_formula(start: str) -> None:
    columns = (Column("said"), Column("value", "number"))
    text = csv_text(columns, iter([{"said": f"{start}1+1", "value": "-5"}]))
    ((said, value),) = list(csv.reader(io.StringIO(text)))[1:]
    assert said == f"'{start}1+1"
    assert value == "-5"
