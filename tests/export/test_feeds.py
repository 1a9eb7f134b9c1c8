"""Feeds: Atom and JSON Feed tell each change, alike, in both languages."""

import json

import feedparser
import pytest
from tests.conftest import ADDRESS

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
    assert len({entry.id for entry in feed.entries}) == len(site.dataset.figures)
    for entry in feed.entries:
        figure = site.dataset.figures[entry.link.rstrip("/").rpartition("/")[2]]
        assert entry.title == site.words[language].text(figure.headline, figure)
        for claim in figure.claims:
            assert site.words[language].format_claim(claim) in entry.summary


@EACH_LANGUAGE
def test_the_json_feed_equals_the_atom_feed(aged_files: dict[str, str], language: Language) -> None:
    found = json.loads(aged_files[f"{root_of(language)}feed.json"])
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["language"] == TAGS[language]
    feed = feedparser.parse(aged_files[f"{root_of(language)}feed.xml"].encode())
    for item, entry in zip(found["items"], feed.entries, strict=True):
        assert (item["id"], item["url"], item["title"]) == (entry.id, entry.link, entry.title)
        assert item["content_text"].split() == entry.summary.split()
        assert item["date_modified"][:10] == entry.updated[:10]


@EACH_LANGUAGE
def test_a_change_makes_an_entry_with_old_and_new_number_and_reason(
    aged_files: dict[str, str], aged: SiteContext, language: Language
) -> None:
    feed = feedparser.parse(aged_files[f"{root_of(language)}feed.xml"].encode())
    assert feed.feed.updated.startswith("2026-12-24")
    newest = feed.entries[0]
    assert newest.id == f"{absolute(ADDRESS, language, 'figures/jobs-created')}#2026-12-24"
    expected = {"en": ("15,000", "16,000", "misread"), "zh": ("1.5万", "1.6万", "看错")}
    assert all(text in newest.summary for text in expected[language])
    summaries = {entry.id: entry.summary for entry in feed.entries}
    for name, text in {
        "old-figure": {"en": "counted <b>twice</b>", "zh": "重复计入。"},
        "moved-figure": {"en": "Jobs said to follow", "zh": "据称由投资带来"},
    }.items():
        url = absolute(ADDRESS, language, f"figures/{name}")
        assert text[language] in summaries[f"{url}#2026-12-01"]
