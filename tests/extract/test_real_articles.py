"""The two real articles: every figure that they print is found, and nothing else."""

from pathlib import Path
from typing import NamedTuple

from explainer.cli import main
from explainer.data import Code, mentions
from explainer.data.mentions import extract, fields


class Figure(NamedTuple):
    block: str
    value: str
    kind: str
    measure: str | None
    bound: str
    phrase: str


ENGLISH = [
    Figure("p1", "700000000", "money", "USD", "nearly", "nearly $700 million"),
    Figure("p1", "5", "duration", "years", "exact", "five years"),
    Figure("p1", "500000000", "money", "USD", "exact", "$500 million"),
    Figure("p2", "5000000000", "money", "USD", "about", "approximately $5 billion"),
    Figure("p2", "16000", "count", "jobs", "more_than", "more than 16,000"),
    Figure("p3", "20000000", "money", "USD", "nearly", "nearly $20 million"),
    Figure("p4", "500000000", "money", "USD", "exact", "$500 million"),
]
CHINESE = [
    Figure("title", "5", "duration", "years", "exact", "五年"),
    Figure("title", "770000000000", "money", "KRW", "more_than", "7700 多亿韩元"),
    Figure("title", "4100000000", "money", "CNY", "about", "约 41 亿人民币"),
    Figure("p1", "2016", "year", None, "exact", "2016年"),
    Figure("p2", "2021", "year", None, "exact", "2021年"),
    Figure("p2", "1300000000", "money", "USD", "exact", "13亿美元"),
    Figure("p4", "90", "count", "countries", "exact", "90"),
    Figure("caption1", "2016", "year", None, "exact", "2016年"),
    Figure("p10", "1300000000", "money", "USD", "exact", "13亿美元"),
    Figure("p10", "9450000000", "money", "USD", "exact", "94.5亿美元"),
    Figure("p10", "20000", "count", "jobs", "exact", "2万个"),
]


def pulled(path: Path, language: str) -> list[dict[str, object]]:
    return [fields(found) for found in extract(path, "zh" if language == "zh" else "en").found]


def check(found: list[dict[str, object]], expected: list[Figure]) -> None:
    assert len(found) == len(expected), [f["exact"] for f in found]
    order = ["title", *(f"p{n}" for n in range(1, 5)), "caption1", "p10"]
    key = [(order.index(str(f["block"])), int(str(f["start"]))) for f in found]
    for said, wanted in zip(
        [f for _, f in sorted(zip(key, found, strict=True), key=lambda x: x[0])],
        expected,
        strict=True,
    ):
        measure = said["currency"] or (said["unit"] if said["kind"] != "year" else None)
        assert (said["block"], said["value"], said["kind"], measure, said["bound"]) == wanted[:5]
        assert wanted.phrase in str(said["exact"])


def test_the_english_article_gives_its_seven_figures(articles: Path) -> None:
    check(pulled(articles / "en-article.txt", "en"), ENGLISH)


def test_the_chinese_page_gives_its_eleven_figures(articles: Path) -> None:
    check(pulled(articles / "zh-article.txt", "zh"), CHINESE)


def test_the_committed_mentions_are_what_the_program_pulls(articles: Path) -> None:
    assert main(["extract", "--check", str(articles)]) == 0


def test_an_edited_mention_is_noticed(articles: Path, data: Path) -> None:
    path = data / "mentions" / "zhihu.yml"
    path.write_text(path.read_text("utf-8").replace("94.5亿", "94.6亿"), "utf-8")
    stale = list(mentions.stale(data.parent, mentions.pull(data, articles)))
    assert [(p.path, p.code) for p in stale] == [("data/mentions/zhihu.yml", Code.STALE_MENTIONS)]
