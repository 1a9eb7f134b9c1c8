"""Every check of the finished site can go red: one planted defect each, caught by name."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import published

from explainer.checking import verify
from explainer.dataset import Dataset

Plant = Callable[[Path], None]


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


def replace(name: str, old: str, new: str) -> Plant:
    def plant(site: Path) -> None:
        text = (site / name).read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        (site / name).write_text(text.replace(old, new, 1), "utf-8")

    return plant


def remove(name: str) -> Plant:
    return lambda site: (site / name).unlink()


def copy(name: str, ending: str, make: Callable[[bytes], bytes]) -> Plant:
    def plant(site: Path) -> None:
        made = gzip.compress(make((site / name).read_bytes()))
        (site / f"{name}{ending}").write_bytes(made)

    return plant


def damaged(name: str, ending: str) -> Plant:
    def plant(site: Path) -> None:
        (site / f"{name}{ending}").write_bytes(b"no such thing")

    return plant


MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"

PLANTED = [
    ("a page without its pair", remove("zh/method/index.html"), "pair"),
    ("an id that its pair lacks", replace(MONEY, 'id="hedges"', 'id="hedge"'), "pair"),
    ("a page in the wrong language", replace(f"zh/{MONEY}", 'lang="zh-Hans"', 'lang="en"'), "lang"),
    ("an id used twice", replace(MONEY, 'id="hedges"', 'id="implied-rate"'), "id"),
    ("an id counted by position", replace(MONEY, 'id="hedges"', 'id="_2"'), "id"),
    (
        "a link to no page",
        replace(MONEY, "../figures/korea-plan-2021/", "../figures/korea-plan/"),
        "link",
    ),
    (
        "a link to no anchor",
        replace(MONEY, "korea-plan-2021/#english", "korea-plan-2021/#x"),
        "link",
    ),
    (
        "a missing style sheet",
        lambda site: (site / published(site, "assets/css/site.css")).unlink(),
        "link",
    ),
    (
        "a script from elsewhere",
        replace(MONEY, 'src="../assets/js/start.', 'src="https://x.org/start.'),
        "third-party",
    ),
    ("an inline script", replace(MONEY, "</main>", "<script>1</script></main>"), "inline"),
    ("an inline style", replace(MONEY, "<main ", '<main style="color:red" '), "inline"),
    ("an inline handler", replace(MONEY, "<main ", '<main onclick="x()" '), "inline"),
    ("a script address", replace(MONEY, 'href="../names/"', 'href="javascript:x()"'), "inline"),
    (
        "a figure without its page",
        lambda site: shutil.rmtree(site / "figures/jobs-created"),
        "figure",
    ),
    ("a claim without its anchor", replace(JOBS, 'id="answer"', 'id="answers"'), "figure"),
    ("a claim not shown as printed", replace(JOBS, ">2万个工作岗位</q>", ">20000</q>"), "figure"),
    ("a derivation that is missing", replace(JOBS, 'id="d-jobs-ratio"', 'id="d-jobs"'), "figure"),
    (
        "a prose anchor on another figure",
        replace(MONEY, 'id="f-korea-plan-2021"', 'id="f-jobs-created"'),
        "prose",
    ),
    (
        "a page that hides its other language",
        replace(MONEY, 'hreflang="zh-Hans" href="http', 'href="http'),
        "hreflang",
    ),
    ("a canonical of another page", replace(MONEY, '/money/">', '/moneys/">'), "hreflang"),
    (
        "a number ten times too large",
        replace(MONEY, "$500 million</a>", "$5 billion</a>"),
        "number",
    ),
    (
        "a hedge that was lost",
        replace(MONEY, "nearly $700 million</a>", "$700 million</a>"),
        "number",
    ),
    ("a billion for 亿", replace(f"zh/{MONEY}", "13亿美元</a>", "13万亿美元</a>"), "number"),
    ("won for dollars", replace(f"zh/{MONEY}", "13亿美元</a>", "13亿韩元</a>"), "number"),
    (
        "a derivation's result that drifted",
        replace(MONEY, "1,100 won to the dollar</a>", "1,200 won to the dollar</a>"),
        "number",
    ),
    (
        "a report's number that drifted",
        replace(JOBS, "about 10,000 jobs</a>", "about 100,000 jobs</a>"),
        "number",
    ),
    (
        "a report that lost its hedge",
        replace(f"zh/{JOBS}", "约1万个岗位</a>", "1万个岗位</a>"),
        "number",
    ),
    (
        "a rate that drifted",
        replace("figures/economic-effect/index.html", ">1,172.8190</a>", ">1,172.8191</a>"),
        "number",
    ),
    ("a number that leads nowhere", replace(MONEY, "#d-plan-pace", "#d-plan"), "number"),
    ("a share picture that is missing", remove("share/money.png"), "address"),
    ("a twin that is missing", remove("zh/figures/jobs-created.md"), "address"),
    ("a feed that is missing", remove("zh/feed.xml"), "form"),
    ("a table that is missing", remove("figures/jobs-created.csv"), "form"),
    ("a picture that is missing", remove("figures/jobs-created.png"), "form"),
    (
        "linked data that leads nowhere",
        replace(JOBS, "/data/#dataset", "/datas/#dataset"),
        "address",
    ),
    (
        "a page that nothing leads to",
        lambda site: shutil.copytree(site / "method", site / "hidden"),
        "orphan",
    ),
    ("a block without an id", replace(MONEY, '<p id="hedges">', "<p>"), "block"),
    (
        "a number that the other language lacks",
        replace(MONEY, "Even the hedges quarrel.", "Even $3 million quarrels."),
        "translated-number",
    ),
    (
        "a number ten thousand times another",
        replace(f"zh/{MONEY}", "13亿美元</a>", "13万亿美元</a>"),
        "translated-number",
    ),
    ("a page in both languages that is missing", remove(f"both/{MONEY}"), "both"),
    (
        "a page in both languages that lost a sentence",
        replace(f"both/{MONEY}", "Even the hedges quarrel.", ""),
        "both",
    ),
    (
        "a Chinese sentence that both languages' page lost",
        replace(f"both/{MONEY}", "兑换", ""),
        "both",
    ),
    (
        "a share tag in the other locale",
        replace(MONEY, 'content="en_US"', 'content="zh_CN"'),
        "head",
    ),
    (
        "a title of another site",
        replace(f"zh/{MONEY}", "押注韩国</title>", "The Korea Bet</title>"),
        "head",
    ),
    (
        "a description that is missing",
        replace(MONEY, '<meta name="description"', '<meta name="describes"'),
        "head",
    ),
    ("no sitemap", remove("sitemap.xml"), "sitemap"),
    (
        "a sitemap cut short",
        lambda site: (site / "sitemap.xml").write_bytes((site / "sitemap.xml").read_bytes()[:-20]),
        "sitemap",
    ),
    (
        "a page that the sitemap lacks",
        replace("sitemap.xml", "/some/where/money/</loc>", "/some/where/moneys/</loc>"),
        "sitemap",
    ),
    (
        "a sitemap with another language's address",
        replace("sitemap.xml", "/some/where/zh/money/", "/some/where/zh/moneys/"),
        "sitemap",
    ),
    (
        "a policy that allows inline scripts",
        replace(MONEY, "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        "policy",
    ),
    (
        "a page without a policy",
        replace(JOBS, 'http-equiv="Content-Security-Policy"', 'name="x"'),
        "policy",
    ),
    (
        "a policy that comes too late",
        replace(
            MONEY,
            '<meta charset="utf-8">',
            '<meta charset="utf-8"><script src="a.js"></script>',
        ),
        "policy",
    ),
    (
        "an engine where no search is",
        replace(MONEY, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
        "policy",
    ),
    ("host headers that are missing", remove("_headers"), "form"),
    ("a copy of something else", copy(MONEY, ".gz", lambda text: text[:-9]), "copy"),
    ("a copy that is damaged", damaged(MONEY, ".br"), "copy"),
    ("a copy beside no file", copy(MONEY, "l.gz", lambda text: text), "copy"),
    ("Markdown that shows", replace(MONEY, "</main>", "<p>**bold**</p></main>"), "markup"),
    ("a template that shows", replace(MONEY, "</main>", "<p>{{ fig }}</p></main>"), "markup"),
]


@pytest.mark.parametrize(("plant", "rule"), [e[1:] for e in PLANTED], ids=[e[0] for e in PLANTED])
def test_a_planted_defect_is_caught_by_name(
    site: Path, dataset: Dataset, plant: Plant, rule: str
) -> None:
    plant(site)
    assert rule in {failure.rule for failure in verify(site, dataset).failures}


def test_the_built_site_keeps_every_promise(built: Path, dataset: Dataset) -> None:
    report = verify(built, dataset)
    assert report.failures == ()
    assert all(count > 0 for count in report.checked.values())


def test_an_empty_site_fails_for_want_of_checks(tmp_path: Path, dataset: Dataset) -> None:
    rules = {failure.rule for failure in verify(tmp_path, dataset).failures}
    assert "nothing-checked" in rules
