"""JSON: valid by the published schemas, and read back as the dataset says; search data too."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from explainer.data import LANGUAGES
from explainer.export import SiteContext, search_data
from explainer.extract import Bound, Kind, Language, Quantity

Json = dict[str, Any]
Errors = Callable[[str, Json], list[Any]]
"""Takes a schema's file name and a JSON object, and returns what is wrong with it."""


def read_quantity(record: dict[str, Any]) -> Quantity:
    """A quantity read back from JSON, or from a row of CSV, where an empty cell is no value."""
    return Quantity(
        Decimal(record["value"]),
        Kind(record["kind"]),
        Bound(record["bound"]),
        Decimal(record["value_max"]) if record.get("value_max") else None,
        *(record.get(name) or None for name in ("currency", "unit", "scale_printed", "edtf")),
    )


@pytest.fixture(scope="module")
def errors(files: dict[str, str]) -> Errors:
    """The errors of a JSON object by a published schema."""
    names = ("figure.json", "dataset.json")
    schemas = {name: json.loads(files[f"data/schema/{name}"]) for name in names}
    resources = [(s["$id"], Resource.from_contents(s)) for s in schemas.values()]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    registry: Registry[Any] = Registry().with_resources(resources)
    validators = {n: Draft202012Validator(s, registry=registry) for n, s in schemas.items()}
    return lambda name, value: list(validators[name].iter_errors(value))


def test_figures_are_valid_and_read_back(
    files: dict[str, str], site: SiteContext, errors: Errors
) -> None:
    for figure in site.dataset.figures.values():
        found = json.loads(files[f"figures/{figure.id}.json"])
        assert errors("figure.json", found) == []
        assert found["$schema"] == f"{site.root}data/schema/figure.json"
        assert (found["id"], found["kind"]) == (figure.id, figure.kind)
        assert found["comparison"]["status"] == figure.comparison.status
        assert len(found["revisions"]) == len(site.dataset.revisions_of(figure.id))
        for record, claim in zip(found["claims"], figure.claims, strict=True):
            assert read_quantity(record) == claim.quantity
            assert record["printed"] == claim.mentions[0].exact
            assert record["voice"] == claim.voice.id
            assert record["display"]["zh-Hans"] == site.words["zh"].format_input(claim)
            assert [m["exact"] for m in record["mentions"]] == [m.exact for m in claim.mentions]
        for record in found.get("derivations", ()):
            assert Decimal(record["value"]) == site.words["en"].results[record["id"]].quantity.value
        reports = {
            f"{source['id']}/{report['id']}": read_quantity(report)
            for source in found.get("context", ())
            for report in source.get("reports", ())
        }
        assert reports == {r.ref: r.quantity for r in site.dataset.reports_on(figure.id)}


def test_the_set_is_valid_and_reads_back(
    files: dict[str, str], site: SiteContext, errors: Errors
) -> None:
    data, found = site.dataset, json.loads(files["data/dataset.json"])
    assert errors("dataset.json", found) == []
    for key in ("figures", "sources", "context", "derivations"):
        assert [record["id"] for record in found[key]] == list(getattr(data, key))
    names = {record["id"]: record["name"]["zh-Hans"] for record in found["terms"]}
    assert names == {term.id: term.zh for term in data.terms.values()}
    rates = {record["id"]: Decimal(record["value"]) for record in found["rates"]}
    assert rates == {rate.id: rate.value for rate in data.rates.values()}
    revisions = [(r["date"], r["about"], r.get("new")) for r in found["revisions"]]
    assert revisions == [(r.date, r.about, r.new) for r in data.revisions]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda figure: figure["claims"][0].update(value=700000000),
        lambda figure: figure["claims"][0].update(value="7e8"),
        lambda figure: figure["claims"][0].pop("bound"),
        lambda figure: figure["comparison"].update(status="maybe"),
        lambda figure: figure["headline"].pop("zh-Hans"),
        lambda figure: figure.update(claims=[]),
        lambda figure: figure.update(opinion="x"),
    ],
)
def test_the_schema_refuses_what_it_should(
    files: dict[str, str], errors: Errors, spoil: Callable[[Json], object]
) -> None:
    found = json.loads(files["figures/jobs-created.json"])
    spoil(found)
    assert errors("figure.json", found)


def test_retired_figures_leave_a_tombstone(aged_files: dict[str, str], errors: Errors) -> None:
    found = json.loads(aged_files["figures/old-figure.json"])
    assert (found["state"], found["date"]) == ("withdrawn", "2026-12-01")
    assert found["reason"] == {"en": "It was counted <b>twice</b>.", "zh-Hans": "重复计入。"}
    moved = json.loads(aged_files["figures/moved-figure.json"])
    assert (moved["state"], moved["successor"]) == ("moved", "jobs-created")
    whole = json.loads(aged_files["data/dataset.json"])
    assert errors("dataset.json", whole) == []
    assert [record["id"] for record in whole["retired"]] >= ["old-chart", "old-figure"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_data_has_every_number_and_name(site: SiteContext, language: Language) -> None:
    data, words = site.dataset, site.words[language]
    results = words.results
    wanted = {
        f"figures/{figure.id}/#{claim.id}": (claim.quantity.value, words.format_input(claim))
        for figure in data.figures.values()
        for claim in figure.claims
    }
    wanted |= {
        f"figures/{one.figure}/#d-{name}": (results[name].quantity.value, words.format_input(one))
        for name, one in data.derivations.items()
    }
    wanted |= {
        f"sources/#{source.id}--{report.id}": (report.quantity.value, words.format_input(report))
        for source in data.context.values()
        for report in source.reports
    }
    found = json.loads(search_data(site, language, {"figures/index": "Figures"}))
    numbers = {n["address"]: (Decimal(n["value"]), n["said"]) for n in found["numbers"]}
    assert numbers == wanted
    names = {record["address"]: record["names"] for record in found["names"]}
    for term in data.terms.values():
        variants = {term.en, term.zh, *(variant.text for variant in term.variants)}
        assert {name.casefold() for name in variants} <= set(names[f"names/#name-{term.id}"])
    (page,) = found["pages"]
    assert (page["id"], page["address"], page["title"]) == ("figures", "figures/", "Figures")
