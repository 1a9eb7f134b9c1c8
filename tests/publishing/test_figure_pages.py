"""Every figure's page, in both languages, holds what the figure's JSON says, in its place."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.conftest import ADDRESS, ROOT, parse

from explainer.data import LANGUAGES, Dataset, load
from explainer.export import SiteContext
from explainer.export.citations import FORMATS, STYLES, cite, make_record
from explainer.extract import Language

PAGES = [(figure, language) for figure in load(ROOT / "data").figures for language in LANGUAGES]
TAGS = {"en": "en", "zh": "zh-Hans"}
OTHER = {"en": "zh-Hans", "zh": "en"}


class FigurePage:
    """A built page of a figure, and the figure as its JSON has it."""

    def __init__(self, built: Path, name: str, language: Language) -> None:
        self.name, self.language, self.site = name, language, built
        self.folder = built if language == "en" else built / language
        self.tree = parse(self.folder / "figures" / name / "index.html")
        self.data: Any = json.loads((built / f"figures/{name}.json").read_text("utf-8"))
        self.tag, self.other = TAGS[language], OTHER[language]
        self.address = self.data["url"][self.tag]

    def all(self, xpath: str) -> list[Any]:
        return list(self.tree.xpath(xpath))

    def texts(self, xpath: str) -> list[str]:
        return [" ".join(element.text_content().split()) for element in self.all(xpath)]

    def own(self, things: list[Any], key: str) -> list[str]:
        """A text of each thing, in the page's language."""
        return [" ".join(thing[key][self.tag].split()) for thing in things]


@pytest.fixture(params=PAGES, ids="-".join)
def page(built: Path, request: pytest.FixtureRequest) -> FigurePage:
    return FigurePage(built, *request.param)


def test_every_text_of_the_json_stands_in_its_place(page: FigurePage) -> None:
    derivations = page.data.get("derivations", [])
    steps = zip(page.own(derivations, "working"), page.own(derivations, "display"), strict=True)
    notes, unknowns = (
        page.own([{"text": one} for one in page.data.get(key, [])], "text")
        for key in ("notes", "unknowns")
    )
    wanted = {
        "//h1": page.own([page.data], "question"),
        "//p[@id='verdict']/*[@class='finding']": page.own([page.data], "headline"),
        "//ul[@id='numbers']//*[contains(@class, 'number--')]": page.own(
            page.data["claims"], "display"
        ),
        f"//*[@class='number__other'][@lang='{page.other}']": [
            claim["display"][page.other] for claim in page.data["claims"]
        ],
        "//*[@id='reason']": page.own([page.data["comparison"]], "reason"),
        "//ul[@class='workings']/li//*[@class='working']": [f"{a} = {b}" for a, b in steps],
        "//section[@id='notes']/ul/li": notes,
        "//section[@id='unknown']/ul/li": unknowns,
    }
    assert {xpath: page.texts(xpath) for xpath in wanted} == wanted
    for key in ("headline", "label"):  # they stand alone where search and citations show them
        assert re.search("Netflix|Squid Game|鱿鱼游戏", page.data[key][page.tag])
    assert len(page.all("//*[@id='status']")) == 1
    days = [e.get("datetime") for e in page.all("//ul[@class='history']//time")]
    assert sorted(days) == sorted(revision["date"] for revision in page.data["revisions"])


def test_every_claim_stands_as_printed_with_its_chain_and_source(
    page: FigurePage, dataset: Dataset
) -> None:
    for claim in page.data["claims"]:
        box = f"//div[@id='{claim['id']}']"
        (quoted,) = page.all(f"{box}//*[@class='printed']/q")
        assert quoted.text_content() == claim["printed"]
        assert quoted.get("lang") == claim["language"]
        roles = [e.get("class") for e in page.all(f"{box}//ol[@class='chain']/li")]
        assert roles[:2] == ["chain__outlet", "chain__writer"]
        assert roles[-1] == "chain__end"
        source = dataset.sources[claim["source"]]
        links = [e.get("href") for e in page.all(f"{box}//a[@class='source']")]
        assert [link.partition("#:~:text=")[0] for link in links] == [source.url][: len(links)]
        for link in links:
            fragment = link.partition("#:~:text=")[2]
            assert unquote(fragment) == claim["mentions"][0]["exact"]
            assert not set(fragment) & set("-,& ")
        archives = [e.get("href") for e in page.all(f"{box}//a[@class='archive']")]
        assert archives == ([source.archived_url] if source.archived_url else [])
        assert links or archives


def test_the_plot_has_a_shape_for_every_claim(page: FigurePage, dataset: Dataset) -> None:
    claims = {f"#{claim['id']}": claim for claim in page.data["claims"]}
    rows = page.all("//figure[@id='chart-strip']//ul/li[not(@class)]")
    assert len(rows) == len(page.data["claims"])
    for row in rows:
        (link,) = row.xpath(".//*[@class='strip__head']/a[@class!='']")
        claim = claims[link.get("href")]
        assert " ".join(link.text_content().split()) == claim["display"][page.tag]
        colour, *_ = row.xpath(".//*[@class='strip__mark']//path/@fill")
        assert colour == f"var(--{dataset.voices[claim['voice']].shape})"


def test_conversions_stand_beside_the_claims_with_their_rates(page: FigurePage) -> None:
    conversions = page.data.get("conversions", [])
    assert bool(page.all("//*[@id='side']")) == bool(conversions)
    if conversions:
        shown = "//table[@class='side__table']//td//span[@data-period and not(@hidden)]"
        assert sorted(page.texts(shown)) == sorted(page.own(conversions, "display"))
        (visible,) = page.all("//*[@class='side__rate' and not(@hidden)]")
        assert visible.get("data-period") == page.data["comparison"]["rate_period"]


def test_context_stands_apart_and_shows_how_it_was_seen(page: FigurePage) -> None:
    sources = page.data.get("context", [])
    reports = [(source, report) for source in sources for report in source.get("reports", [])]
    rows = page.all("//section[@id='context']//ul[@class='reports']/li[q]")
    found = []
    for row in rows:
        (mark,) = row.xpath(".//*[contains(@class, 'seen--')]")
        (link,) = row.xpath("./a[contains(@class, 'fig--triangle')]")
        (quoted,) = row.xpath("./q")
        assert mark.get("class") == f"seen seen--{link.get('data-seen', 'page')}"
        found.append((quoted.get("lang"), quoted.text_content(), link.get("data-seen", "page")))
    assert sorted(found) == sorted(
        (source["language"], report["printed"], source["access"]) for source, report in reports
    )
    assert not page.all("//section[@id='as-printed']//a[contains(@class, 'fig--triangle')]")


def test_backlinks_lead_to_the_first_uses(page: FigurePage) -> None:
    uses = {e.get("href") for e in page.all("//ul[@class='uses']//a")}
    for story, link in (("index.html", "../../"), ("money/index.html", "../../money/")):
        is_used = f'id="f-{page.name}"' in (page.folder / story).read_text("utf-8")
        assert (f"{link}#f-{page.name}" in uses) == is_used


def test_number_to_paste_and_sentence_name_value_source_and_address(page: FigurePage) -> None:
    (pasted,) = page.texts("//*[@id='copied-number']")
    assert pasted.endswith(page.address)
    for claim in page.data["claims"]:
        assert claim["display"][page.tag] in pasted
        assert " ".join(claim["printed"].split()) in pasted
    (label,) = page.own([page.data], "label")
    assert pasted.startswith(label)
    (sentence,) = page.texts("//*[@id='cite-sentence-text']")
    assert sentence.startswith(label)
    assert sentence.endswith(page.address)
    assert re.search(r"\d{4}年\d+月\d+日|[A-Z][a-z]+ \d+, \d{4}", sentence)
    assert all(claim["display"][page.tag] in sentence for claim in page.data["claims"])
    assert not re.search("[;:] The ", pasted + sentence)
    if page.name in ("economic-effect", "jobs-created"):  # an estimate names its maker and years
        needed = ("Deloitte", "2016", "2020") if page.tag == "en" else ("德勤", "2016", "2020")
        assert all(word in text for text in (pasted, sentence) for word in needed)
    doubled = r"(?P<name>[\u4e00-\u9fff]{2,})[^（]*（(?P=name)|《《|““|[.。，,][.。，,]"
    assert not re.search(doubled, sentence), sentence


def test_citations_are_those_of_the_figures_record(page: FigurePage, to: SiteContext) -> None:
    figure = to.dataset.figures[page.name]
    record = make_record(to.words[page.language], to.root, figure)
    for style in STYLES:
        assert page.texts(f"//*[@id='cite-{style}']") == [cite(record, style)]
    for ending, write in FORMATS.items():
        (text,) = page.all(f"//*[@id='cite-{ending.replace('.', '-')}']")
        assert text.text_content().split() == write(record).split()


def test_a_figure_can_be_cited_from_its_head(page: FigurePage, dataset: Dataset) -> None:
    metas = page.all("//meta[starts-with(@name, 'citation_')]")
    found = {meta.get("name").removeprefix("citation_"): meta.get("content") for meta in metas}
    revised = max(revision["date"] for revision in page.data["revisions"])
    assert [found["title"]] == page.own([page.data], "headline")
    assert found["author"] == getattr(dataset.about.name, page.language)
    assert found["publication_date"] == revised.replace("-", "/")
    assert found["public_url"] == page.address


def test_everything_to_take_is_there(page: FigurePage) -> None:
    here = page.site / page.address.removeprefix(ADDRESS)
    links = [e.get("href") for e in page.all("//section[@id='take']//ul//a[@download]")]
    files = [(here / link).resolve() for link in links]
    endings = ["json", "csv", "excel.csv", "md", "bib", "ris", "csl.json", "svg", "png"]
    assert [file.name.partition(".")[2] for file in files] == endings
    assert all(file.stat().st_size > 100 for file in files)
    (code,) = page.texts("//*[@id='embed-code']")
    assert f"{page.address}embed/" in code
    embed = parse(here / "embed/index.html")
    shown = embed.xpath("//*[starts-with(@class, 'number ')]/text()")
    assert shown == page.own(page.data["claims"], "display")
    assert embed.xpath("//main//a/@href") == [page.address]
    assert not embed.xpath("//script")
