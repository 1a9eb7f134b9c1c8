"""Feeds, Markdown twins, the overview for language models, the citation file."""

import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
import yaml

from explainer.config import address_of
from explainer.data import LANGUAGES, Action, Dataset, Revision, Text
from explainer.export import citation_cff
from explainer.export.context import SiteContext
from explainer.export.feeds import atom, entries
from explainer.extract import Language
from explainer.i18n import TAGS, Localizer
from explainer.urls import absolute, figure_page
from explainer.verify.numbers import says

ROOT = Path(__file__).parents[2]
EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def folder_of(built: Path, language: Language) -> Path:
    return built if language == "en" else built / language


@EACH_LANGUAGE
def test_the_atom_feed_parses_and_tells_every_figure(
    built: Path, to: SiteContext, language: Language
) -> None:
    path = folder_of(built, language) / "feed.xml"
    feed = feedparser.parse(path.read_bytes())
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    assert feed.feed.language == TAGS[language]
    assert feed.feed.links[0].href.startswith(to.root)
    own = absolute(to.root, language, "index")
    assert any(link.rel == "self" and link.href == f"{own}feed.xml" for link in feed.feed.links)
    assert len(feed.entries) == len(to.dataset.figures)
    for entry in feed.entries:
        figure = to.dataset.figures[entry.link.rstrip("/").rpartition("/")[2]]
        assert entry.title == to.words[language].text(figure.headline, figure)
        for claim in figure.claims:
            assert to.words[language].amount(claim) in entry.summary
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)


@EACH_LANGUAGE
def test_the_json_feed_says_what_the_atom_feed_says(built: Path, language: Language) -> None:
    folder = folder_of(built, language)
    found = json.loads((folder / "feed.json").read_text("utf-8"))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["language"] == TAGS[language]
    feed = feedparser.parse((folder / "feed.xml").read_bytes())
    assert [(i["id"], i["url"], i["title"]) for i in found["items"]] == [
        (e.id, e.link, e.title) for e in feed.entries
    ]
    for item, entry in zip(found["items"], feed.entries, strict=True):
        assert item["content_text"].split() == entry.summary.split()
        assert item["date_modified"][:10] == entry.updated[:10]


@EACH_LANGUAGE
def test_a_changed_number_makes_a_new_entry_with_old_new_and_reason(
    dataset: Dataset, to: SiteContext, language: Language
) -> None:
    change = Revision(
        "2026-12-24",
        "jobs-created/english",
        Action.VALUE,
        "more_than 15000 jobs",
        "more_than 16000 jobs",
        Text("A digit was misread.", "看错了一位数。"),
    )
    changed = replace(dataset, revisions=(*dataset.revisions, change))
    words = Localizer(changed, to.reckoned, language)
    first, *rest = entries(words, to.root)
    assert len(rest) == len(dataset.figures)
    assert first.id.endswith("#2026-12-24")
    (line,) = first.lines
    for part in {"en": ("15,000", "16,000", "misread"), "zh": ("1.5万", "1.6万", "看错")}[language]:
        assert part in line
    feed = feedparser.parse(atom(words, to.root).encode("utf-8"))
    assert feed.feed.updated.startswith("2026-12-24")


@EACH_LANGUAGE
def test_twins_keep_the_hedge_in_the_line(built: Path, to: SiteContext, language: Language) -> None:
    words = to.words[language]
    for figure in to.dataset.figures.values():
        twin = (folder_of(built, language) / f"figures/{figure.id}.md").read_text("utf-8")
        plain = re.sub(r"\\(.)", r"\1", twin)
        lines = plain.splitlines()
        assert lines[0] == f"# {words.text(figure.headline, figure)}"
        for claim in figure.claims:
            (line,) = [one for one in lines if one.endswith(f"#{claim.id}>")]
            assert f"“{claim.mentions[0].exact}”" in line
            assert words.amount(claim) in line
            assert says(claim.quantity, words.amount(claim), language)
        for name in figure.comparison.derivations:
            working = f"{words.working(name)} = {words.derived(name)}"
            (line,) = [one for one in lines if working in one]
            assert words.string("twin.derived") in line
        for report in to.dataset.reports_on(figure.id):
            assert any(
                words.reported(report) in one
                and report.phrase in one
                and words.string(f"seen.{to.dataset.context[report.source].access}") in one
                for one in lines
            ), report.ref


def test_the_overview_keeps_every_hedge(built: Path, to: SiteContext) -> None:
    text = (built / "llms.txt").read_text("utf-8")
    assert text.startswith("# The Korea Bet · 押注韩国\n")
    for code in LANGUAGES:
        for figure in to.dataset.figures.values():
            prefix = "" if code == "en" else "zh/"
            address = f"{to.root}{prefix}figures/{figure.id}.md"
            (line,) = [one for one in text.splitlines() if f"({address})" in one]
            assert (built / address.removeprefix(to.root)).is_file()
            for claim in figure.claims:
                assert to.words[code].amount(claim) in line
            assert to.words[code].string(f"status.{figure.comparison.status}") in line
    for address in re.findall(r"\]\((\S+)\)", text):
        assert (built / address.removeprefix(to.root)).is_file()


def test_the_citation_file_is_current(
    dataset: Dataset, to: SiteContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SITE_URL", raising=False)
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert text == citation_cff(to.words["en"], address_of(ROOT))
    found = yaml.safe_load(text)
    assert set(found) >= {"cff-version", "message", "title", "authors"}
    assert found["cff-version"] == "1.2.0"
    assert found["type"] == "dataset"
    assert found["version"] == dataset.about.version
    assert found["license"] == "CC-BY-4.0"
    assert str(found["date-released"]) == dataset.revisions[-1].date


def test_a_figures_twin_and_page_share_an_address(to: SiteContext) -> None:
    for code in LANGUAGES:
        for figure in to.dataset.figures:
            assert absolute(to.root, code, figure_page(figure)).endswith(f"figures/{figure}/")
