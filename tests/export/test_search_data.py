"""Search data: exact numbers, names with every variant, addresses that exist."""

import json
from decimal import Decimal
from typing import Any

import pytest

from explainer.data import LANGUAGES
from explainer.export import SiteContext, search_data
from explainer.extract import Language

TITLES = {"index": "Home", "money": "Money", "figures/index": "Figures"}


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    found: Language = request.param
    return found


@pytest.fixture
def found(site: SiteContext, language: Language) -> dict[str, Any]:
    return dict(json.loads(search_data(site.words[language], TITLES)))


def test_each_claim_report_and_derivation_is_a_number(
    found: dict[str, Any], site: SiteContext, language: Language
) -> None:
    data, localizer = site.dataset, site.words[language]
    numbers = {(n["sort"], n["address"]): n for n in found["numbers"]}
    claims = [claim for figure in data.figures.values() for claim in figure.claims]
    reports = [report for source in data.context.values() for report in source.reports]
    assert len(numbers) == len(claims) + len(reports) + len(data.derivations)
    for claim in claims:
        number = numbers["claim", f"figures/{claim.figure}/#{claim.id}"]
        assert Decimal(number["value"]) == claim.quantity.value
        assert (number["kind"], number["bound"]) == (claim.quantity.kind, claim.quantity.bound)
        assert number["said"] == localizer.amount(claim)
        assert number["who"] == localizer.text(claim.voice.label)
    for report in reports:
        number = numbers["report", f"sources/#{report.ref.replace('/', '--')}"]
        assert Decimal(number["value"]) == report.quantity.value
        assert number["figure"] == (report.figure or "")
    for name, derivation in data.derivations.items():
        number = numbers["derivation", f"figures/{derivation.figure}/#d-{name}"]
        assert Decimal(number["value"]) == site.reckoned[name].value
        assert number["said"] == localizer.derived(name)


def test_a_derivation_has_the_kind_that_its_text_gives_it(found: dict[str, Any]) -> None:
    kinds = {n["kind"] for n in found["numbers"] if n["sort"] == "derivation"}
    assert {"money", "multiple", "percent"} <= kinds


def test_names_have_every_variant(found: dict[str, Any], site: SiteContext) -> None:
    names = {record["address"]: record["names"] for record in found["names"]}
    for term in site.dataset.terms.values():
        variants = {term.en, term.zh, *(variant.text for variant in term.variants)}
        assert {name.casefold() for name in variants} <= set(names[f"names/#name-{term.id}"])


def test_figures_and_pages_are_found_in_either_language(
    found: dict[str, Any], site: SiteContext, language: Language
) -> None:
    for record in found["figures"]:
        figure = site.dataset.figures[record["id"]]
        localizer = site.words[language]
        assert record["address"] == f"figures/{figure.id}/"
        assert record["title"] == localizer.text(figure.label, figure)
        assert record["other"] == localizer.other.text(figure.label, figure)
    (money,) = (f for f in found["figures"] if f["id"] == "korea-spend-five-years")
    assert {"dollars", "won", "韩元", "美元"} <= set(money["words"])
    assert [(page["id"], page["address"]) for page in found["pages"]] == [
        ("index", "./"),
        ("money", "money/"),
        ("figures", "figures/"),
    ]
    assert all(page["label"] for page in found["pages"][:2])
