"""Search data: exact numbers, names with every variant, addresses that exist."""

import json
from decimal import Decimal

import pytest

from explainer.data import LANGUAGES
from explainer.export import SiteContext, search_data
from explainer.extract import Language

TITLES = {"index": "Home", "money": "Money", "figures/index": "Figures"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_data_reads_back(site: SiteContext, language: Language) -> None:
    data, localizer = site.dataset, site.words[language]
    found = json.loads(search_data(localizer, TITLES))
    numbers = {(number["sort"], number["address"]): number for number in found["numbers"]}
    for figure in data.figures.values():
        for claim in figure.claims:
            number = numbers.pop(("claim", f"figures/{figure.id}/#{claim.id}"))
            assert Decimal(number["value"]) == claim.quantity.value
            assert (number["kind"], number["bound"]) == (claim.quantity.kind, claim.quantity.bound)
            assert number["said"] == localizer.format_claim(claim)
            assert number["who"] == localizer.text(claim.voice.label)
    for source in data.context.values():
        for report in source.reports:
            number = numbers.pop(("report", f"sources/#{source.id}--{report.id}"))
            assert Decimal(number["value"]) == report.quantity.value
            assert number["figure"] == (report.figure or "")
    assert {"money", "multiple", "percent"} <= {number["kind"] for number in numbers.values()}
    for name, derivation in data.derivations.items():
        number = numbers.pop(("derivation", f"figures/{derivation.figure}/#d-{name}"))
        assert Decimal(number["value"]) == site.results[name].value
        assert number["said"] == localizer.format_derivation(name)
    assert not numbers
    names = {record["address"]: record["names"] for record in found["names"]}
    for term in data.terms.values():
        variants = {term.en, term.zh, *(variant.text for variant in term.variants)}
        assert {name.casefold() for name in variants} <= set(names[f"names/#name-{term.id}"])
    for record, figure in zip(found["figures"], data.figures.values(), strict=True):
        assert record["address"] == f"figures/{figure.id}/"
        assert record["title"] == localizer.text(figure.label, figure)
        assert record["other"] == localizer.other.text(figure.label, figure)
    (money,) = (record for record in found["figures"] if record["id"] == "korea-spend-five-years")
    assert {"dollars", "won", "韩元", "美元"} <= set(money["words"])
    pages = [(page["id"], page["address"]) for page in found["pages"]]
    assert pages == [("index", "./"), ("money", "money/"), ("figures", "figures/")]
