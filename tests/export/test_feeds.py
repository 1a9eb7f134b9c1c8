"""Feeds: Atom and JSON Feed tell each change, alike, in both languages."""

import json

import feedparser
import pytest

from explainer.data import LANGUAGES
from explainer.export import SiteContext
from explainer.extract import Language
from explainer.i18n import TAGS
from explainer.urls import absolute, root_of

EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


@EACH_LANGUAGE
def test_the_atom_feed_has_an_entry_for_each_figure(
    files: dict[str, str], site: SiteContext, language: Language
) -> None:
    feed = feedparser.parse(files[f"{root_of(language)}feed.xml"].encode())
    assert not feed.bozo, feed.bozo_exception
    assert (feed.version, feed.feed.language) == ("atom10", TAGS[language])
    home = absolute(site.root, language, "index")
    assert {link.rel: link.href for link in feed.feed.links} == {
        "alternate": home,
        "self": f"{home}feed.xml",
    }
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for figure in site.dataset.figures.values():
        entries = [entry for entry in feed.entries if f"/figures/{figure.id}/" in entry.link]
        assert entries[0].title == site.words[language].text(figure.headline, figure)
        for claim in figure.claims:
            assert any(site.words[language].format_claim(claim) in e.summary for e in entries)


@EACH_LANGUAGE
def test_both_feeds_have_a_change_with_its_numbers_and_reason(
    aged_files: dict[str, str], language: Language
) -> None:
    found = json.loads(aged_files[f"{root_of(language)}feed.json"])
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["language"] == TAGS[language]
    feed = feedparser.parse(aged_files[f"{root_of(language)}feed.xml"].encode())
    assert feed.feed.updated.startswith("2026-12-24")
    for item, entry in zip(found["items"], feed.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert item["content_text"].split() == entry.summary.split()
        assert item["date_modified"][:10] == entry.updated[:10]
    summaries = {entry.id.partition("figures/")[2]: entry.summary for entry in feed.entries}
    said = {
        "jobs-created/#2026-12-24": ["15,000", "16,000", "misread", "1.5万", "1.6万", "看错"],
        "old-figure/#2026-12-01": ["counted <b>twice</b>", "重复计入。"],
        "moved-figure/#2026-12-01": ["Jobs said to follow", "据称由Netflix投资带来"],
    }
    for name, texts in said.items():
        half = len(texts) // 2
        for text in texts[:half] if language == "en" else texts[half:]:
            assert text in summaries[name]
