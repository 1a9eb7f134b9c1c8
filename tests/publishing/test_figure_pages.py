"""Every figure's page, in both languages, from its headline to its history."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from explainer.charts import make_range_plot
from explainer.data import LANGUAGES, Dataset, Figure, load
from explainer.export.context import SiteContext
from explainer.extract import Language, find
from explainer.i18n import TAGS, Localizer
from explainer.urls import absolute, figure_page
from explainer.verify.rules import says

ROOT = Path(__file__).parents[2]
FIGURES = list(load(ROOT / "data").figures)
EVERY_PAGE = pytest.mark.parametrize(
    ("name", "language"), [(f, code) for f in FIGURES for code in LANGUAGES]
)


class FigurePage:
    """A built page of a figure, its figure, and its words."""

    def __init__(self, built: Path, to: SiteContext, name: str, language: Language) -> None:
        folder = built if language == "en" else built / language
        path = folder / "figures" / name / "index.html"
        self.tree: Any = html.fromstring(path.read_bytes().decode("utf-8"))
        self.figure: Figure = to.dataset.figures[name]
        self.words: Localizer = to.words[language]
        self.dataset: Dataset = to.dataset
        self.root = to.root

    def all(self, xpath: str) -> list[html.HtmlElement]:
        return list(self.tree.xpath(xpath))

    def one(self, xpath: str) -> html.HtmlElement:
        (found,) = self.all(xpath)
        return found

    def said(self, xpath: str) -> list[str]:
        return [" ".join(e.text_content().split()) for e in self.all(xpath)]

    @property
    def address(self) -> str:
        return absolute(self.root, self.words.language, figure_page(self.figure.id))


@pytest.fixture
def shown(built: Path, to: SiteContext, name: str, language: Language) -> Iterator[FigurePage]:
    yield FigurePage(built, to, name, language)


@EVERY_PAGE
def test_the_finding_and_the_numbers_open_the_page(shown: FigurePage) -> None:
    assert shown.said("//h1") == [shown.words.text(shown.figure.headline, shown.figure)]
    numbers = shown.said("//ul[@id='numbers']//*[contains(@class, 'number--')]")
    assert numbers == [shown.words.format_claim(claim) for claim in shown.figure.claims]
    others = shown.all("//*[@class='number__other']")
    assert [e.text_content() for e in others] == [
        shown.words.other.format_claim(claim) for claim in shown.figure.claims
    ]
    assert {e.get("lang") for e in others} == {shown.words.other.lang}


@EVERY_PAGE
def test_every_claim_stands_as_printed_with_its_chain(shown: FigurePage) -> None:
    for claim in shown.figure.claims:
        box = f"//div[@id='{claim.id}']"
        quoted = shown.one(f"{box}//*[@class='printed']/q")
        assert quoted.text_content() == claim.mentions[0].exact
        assert quoted.get("lang") == TAGS[claim.source.language]
        text = shown.one(box).text_content()
        for mention in claim.mentions:
            assert shown.words.format_place(mention) in text
        roles = [e.get("class") for e in shown.all(f"{box}//ol[@class='chain']/li")]
        assert roles[0] == "chain__outlet"
        assert roles[1] == "chain__writer"
        assert roles[-1] == "chain__end"
        assert [r for r in roles if r in ("chain__company", "chain__speaker", "chain__study")] == [
            f"chain__{link.role}" for link in claim.attribution
        ]
        assert shown.words.text(claim.source.date_note) in text


@EVERY_PAGE
def test_links_into_the_source_name_the_phrase(shown: FigurePage) -> None:
    for claim in shown.figure.claims:
        box = f"//div[@id='{claim.id}']"
        links = [e.get("href") for e in shown.all(f"{box}//a[@class='source']")]
        if claim.source.url:
            (link,) = links
            page, _, fragment = link.partition("#:~:text=")
            assert page == claim.source.url
            assert unquote(fragment) == claim.mentions[0].exact
            assert not set(fragment) & set("-,& ")
        else:
            assert links == []
        archives = [e.get("href") for e in shown.all(f"{box}//a[@class='archive']")]
        assert archives == ([claim.source.archived_url] if claim.source.archived_url else [])
        assert claim.source.url or claim.source.archived_url


@EVERY_PAGE
def test_the_picture_shows_every_claim_in_its_voice(shown: FigurePage) -> None:
    drawn = make_range_plot(shown.dataset, shown.figure)
    assert len(drawn.claims) == len(shown.figure.claims)
    rows = shown.all("//figure[@id='chart-strip']//ul/li[not(@class)]")
    assert len(rows) == len(drawn.claims)
    for row, mark in zip(rows, drawn.claims, strict=True):
        (symbol,) = row.xpath(".//*[contains(@class, 'mark--')]")
        shape = next(c.voice.shape for c in shown.figure.claims if c is mark.printed)
        assert symbol.get("class") == f"mark mark--{shape}"
        assert row.xpath(".//*[@class='mark__at']")[0].get("x") == f"{mark.place}%"
    hollow = shown.all("//figure[@id='chart-strip']//*[contains(@class, 'mark--hollow')]")
    assert len(hollow) == len(drawn.context)
    about = shown.one("//*[@id='chart-strip-about']").text_content()
    for rate in drawn.rates:
        assert shown.words.format_rate(rate) in about
        assert shown.words.format_term(rate.publisher) in about


@EVERY_PAGE
def test_status_reason_and_arithmetic_are_shown(shown: FigurePage) -> None:
    comparison = shown.figure.comparison
    assert shown.said("//*[@id='status']") == [shown.words.string(f"status.{comparison.status}")]
    assert shown.said("//*[@id='reason']") == [
        " ".join(shown.words.text(comparison.reason, shown.figure).split())
    ]
    own = [d for d in shown.dataset.derivations.values() if d.figure == shown.figure.id]
    named = [*comparison.derivations, *(d.id for d in own if d.id not in comparison.derivations)]
    workings = shown.said("//ul[@class='workings']/li//*[@class='working']")
    assert workings == [
        f"{shown.words.format_steps(name)} = {shown.words.format_derivation(name)}" for name in named
    ]


@EVERY_PAGE
def test_every_conversion_names_its_rates(shown: FigurePage) -> None:
    if shown.figure.comparison.rate_period is None:
        assert not shown.all("//*[@id='side']")
        return
    periods = {e.get("data-period") for e in shown.all("//*[@class='side__rate']")}
    visible = shown.said("//*[@class='side__rate' and not(@hidden)]")
    assert len(visible) == 1
    for rate in shown.dataset.rates.values():
        if rate.period == shown.figure.comparison.rate_period:
            assert shown.words.format_rate(rate) in visible[0]
            assert shown.words.format_term(rate.publisher) in visible[0]
    for cell in shown.all("//table[@class='side__table']//td"):
        converted = cell.xpath(".//span[@data-period]")
        assert converted or cell.xpath(".//a[contains(@class, 'fig')]")
        if converted:
            assert {e.get("data-period") for e in converted} == periods
            for one in converted:
                (reading,) = find(one.text_content(), shown.words.language)
                assert reading.quantity is not None
                assert reading.quantity.currency == cell.get("data-currency")


@EVERY_PAGE
def test_context_stands_apart_and_says_how_it_was_seen(shown: FigurePage) -> None:
    sources = shown.dataset.context_of(shown.figure.id)
    assert bool(shown.all("//section[@id='context']")) == bool(sources)
    rows = shown.all("//section[@id='context']//ul[@class='reports']/li[q]")
    reports = shown.dataset.reports_on(shown.figure.id)
    assert len(rows) == len(reports)
    for row in rows:
        (mark,) = row.xpath(".//*[contains(@class, 'seen--')]")
        (link,) = row.xpath("./a[contains(@class, 'fig--triangle')]")
        assert mark.get("class") == f"seen seen--{link.get('data-seen')}"
        (quoted,) = row.xpath("./q")
        source = shown.dataset.context[link.get("href").rpartition("#")[2].partition("--")[0]]
        assert quoted.get("lang") == source.language
        assert link.get("data-seen") == source.access
    for link in shown.all("//a[contains(@class, 'fig--triangle')]"):
        assert link.get("data-seen") in ("page", "copy")
        assert not link.xpath("ancestor::section[@id='as-printed']")


@EVERY_PAGE
def test_notes_and_unknowns_are_all_there(shown: FigurePage) -> None:
    for anchor, texts in (("notes", shown.figure.notes), ("unknown", shown.figure.unknowns)):
        assert shown.said(f"//section[@id='{anchor}']/ul/li") == [
            " ".join(shown.words.text(text, shown.figure).split()) for text in texts
        ]


@EVERY_PAGE
def test_backlinks_lead_to_every_use(shown: FigurePage, built: Path) -> None:
    folder = built if shown.words.language == "en" else built / "zh"
    uses = {e.get("href") for e in shown.all("//ul[@class='uses']//a")}
    for page, link in (("index.html", "../../"), ("money/index.html", "../../money/")):
        has = f'id="f-{shown.figure.id}"' in (folder / page).read_text("utf-8")
        assert (f"{link}#f-{shown.figure.id}" in uses) == has
    own = {claim.ref for claim in shown.figure.claims}
    for chart in shown.dataset.charts.values():
        drawn = bool(own & {*chart.refs})
        assert (f"../../charts/{chart.id}/" in uses) == drawn
    for derivation in shown.dataset.derivations.values():
        if own & set(derivation.inputs.values()):
            assert any(use.endswith(f"#d-{derivation.id}") for use in uses)


@EVERY_PAGE
def test_the_number_to_paste_keeps_its_hedge_source_and_address(shown: FigurePage) -> None:
    (copied,) = shown.said("//*[@id='copied-number']")
    assert copied.endswith(shown.address)
    for claim in shown.figure.claims:
        assert shown.words.format_claim(claim) in copied
        assert claim.mentions[0].exact in copied
        assert shown.words.text(claim.voice.label) in copied
        assert says(claim.quantity, shown.words.format_claim(claim), shown.words.language)
    assert shown.words.string(f"status.{shown.figure.comparison.status}") in copied


@EVERY_PAGE
def test_citations_stand_in_every_style(shown: FigurePage) -> None:
    title = shown.words.text(shown.figure.headline, shown.figure)
    for style in ("cite-sentence-text", "cite-apa", "cite-gbt2025", "cite-gbt2015"):
        (text,) = shown.said(f"//*[@id='{style}']")
        assert title in text
        assert shown.address in text
    (chicago,) = shown.said("//*[@id='cite-chicago']")
    assert shown.address in chicago
    assert title.casefold().rstrip("？?") in chicago.casefold()
    assert not shown.all("//*[@id='cite-gbt2025']/ancestor::details")
    assert shown.all("//*[@id='cite-gbt2015']/ancestor::details")
    for name in ("cite-bib", "cite-ris", "cite-csl-json"):
        assert shown.address in shown.one(f"//*[@id='{name}']").text_content().replace("\\_", "_")


@EVERY_PAGE
def test_everything_to_take_is_there(shown: FigurePage, built: Path) -> None:
    links = [e.get("href") for e in shown.all("//section[@id='take']//ul//a[@download]")]
    here = built / Path(shown.address.removeprefix(shown.root))
    files = [(here / link).resolve() for link in links]
    assert [f.name.partition(".")[2] for f in files] == (
        ["json", "csv", "md", "bib", "ris", "csl.json", "svg", "png"]
    )
    for file in files:
        assert file.stat().st_size > 100, file
    assert (here / "embed" / "index.html").is_file()
    assert f"{shown.address}embed/" in shown.one("//*[@id='embed-code']").text_content()


@EVERY_PAGE
def test_the_history_tells_every_revision(shown: FigurePage) -> None:
    lines = shown.said("//ul[@class='history']/li")
    revisions = shown.dataset.revisions_of(shown.figure.id)
    assert len(lines) == len(revisions) >= 1 + len(shown.figure.claims)
    for claim in shown.figure.claims:
        assert any(shown.words.format_claim(claim) in line for line in lines)
    days = [e.get("datetime") for e in shown.all("//ul[@class='history']//time")]
    assert days == [revision.date for revision in revisions]


@EVERY_PAGE
def test_every_number_in_prose_says_more_without_scripts(shown: FigurePage) -> None:
    links = shown.all("//main//a[contains(@class, 'fig--') and contains(@href, '#')]")
    assert links
    for link in shown.all("//*[@id='summary' or @id='reason']//a[contains(@class, 'fig')]"):
        assert link.get("title")


@EVERY_PAGE
def test_an_embed_links_back_and_loads_no_script(
    shown: FigurePage, built: Path, name: str, language: Language
) -> None:
    folder = built if language == "en" else built / language
    tree: Any = html.fromstring((folder / f"figures/{name}/embed/index.html").read_bytes().decode())
    assert tree.xpath("//main//a/@href") == [shown.address]
    assert not tree.xpath("//script")
    text = tree.text_content()
    for claim in shown.figure.claims:
        assert shown.words.format_claim(claim) in text
        assert claim.mentions[0].exact in text
