"""Every check of the finished site can fail: one planted defect each, caught by its name."""

import shutil
from dataclasses import replace as changed
from pathlib import Path

import pytest
from tests.conftest import ADDRESS
from tests.dataset.aged import grow_old
from tests.verify.planting import (
    Plant,
    add,
    before_end,
    faults,
    plant_in_copy,
    remove,
    replace,
    together,
)

from explainer.data import Dataset, load
from explainer.verify import PAGE_CHECKS, SITE_CHECKS, verify
from explainer.verify.crawl import Site

MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"
EFFECT = "figures/economic-effect/index.html"


def hide_far_away(site: Path) -> None:
    """A chain of pages, each led to by the one before, from a page that home names."""
    text = (site / MONEY).read_text("utf-8")
    before = "method"
    for step in ("one", "two", "three", "four"):
        before_end(f"{before}/index.html", f'<a href="../{step}/">x</a>')(site)
        add(f"{step}/index.html", text)(site)
        before = step


# What is planted, where, and the check that must find it.
PLANTED: dict[str, tuple[str, Plant]] = {
    # csp
    "a script from elsewhere": ("third-party", replace(MONEY, 'src="../', 'src="https://x.org/')),
    "a frame from elsewhere": ("third-party", before_end(MONEY, '<iframe src="//x.org/"></iframe>')),
    "a connection made in advance": (
        "third-party",
        replace(MONEY, "</head>", '<link rel="preconnect" href="https://x.org"></head>'),
    ),
    "an inline script": ("inline", before_end(MONEY, "<script>1</script>")),
    "an inline style": ("inline", replace(MONEY, "<main ", '<main style="color:red" ')),
    "an inline handler": ("inline", replace(MONEY, "<main ", '<main onclick="x()" ')),
    "a style element": ("inline", before_end(MONEY, "<style>p{}</style>")),
    "a script address": ("inline", replace(MONEY, 'href="../names/"', 'href="javascript:x()"')),
    "a policy that allows inline scripts": (
        "policy",
        replace(MONEY, "script-src 'self'", "script-src 'self' 'unsafe-inline'"),
    ),
    "a page without a policy": (
        "policy",
        replace(JOBS, 'http-equiv="Content-Security-Policy"', 'name="x"'),
    ),
    "a policy that comes too late": (
        "policy",
        replace(MONEY, '<meta charset="utf-8">', '<script src="a.js"></script>'),
    ),
    "a search engine where no search is": (
        "policy",
        replace(MONEY, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
    ),
    "Markdown that shows": ("leftover-markup", before_end(MONEY, "<p>**bold**</p>")),
    "a template that shows": ("leftover-markup", before_end(MONEY, "<p>{{ fig }}</p>")),
    # links
    "an id used twice": ("ids", replace(MONEY, 'id="hedges"', 'id="implied-rate"')),
    "an id counted by position": ("ids", replace(MONEY, 'id="hedges"', 'id="_2"')),
    "a link to no page": ("links", replace(MONEY, "figures/korea-plan-2021/", "figures/no-plan/")),
    "a link to no anchor": ("links", replace(MONEY, "plan-2021/#english", "plan-2021/#x")),
    "a link to an anchor that is gone": ("links", replace(JOBS, 'id="answer"', 'id="answers"')),
    "an empty link": ("links", replace(MONEY, 'href="../return/"', 'href=""')),
    "a link above the site": ("links", replace(MONEY, 'href="../return/"', 'href="/return/"')),
    "a link that climbs too high": (
        "links",
        replace(MONEY, 'href="../return/"', 'href="../../return/"'),
    ),
    "a form that leads nowhere": ("links", before_end(MONEY, '<form action="../find/"></form>')),
    "a drawing used but not drawn": (
        "links",
        before_end(MONEY, '<svg><use href="#no"/></svg>'),
    ),
    "a passage in the other language that is nowhere": (
        "links",
        replace(MONEY, 'data-peek="../both/money/"', 'data-peek="../both/moneys/"'),
    ),
    "an error page that lost the way home": (
        "links",
        replace("zh/404.html", 'href="/some/where/zh/"', 'href="/some/where/cn/"', -1),
    ),
    "an error page that counts from itself": (
        "links",
        replace("404.html", 'href="/some/where/money/"', 'href="money/"'),
    ),
    "a missing style sheet": ("links", remove("assets/css/site.css")),
    "a style sheet that paints with nothing": (
        "links",
        replace("assets/css/site.css", "{", "{background:url(../img/none.svg);"),
    ),
    "a script that imports nothing": (
        "links",
        replace("assets/js/search.js", 'from "./', 'from "./no-'),
    ),
    "a share picture that is missing": ("links", remove("share/money.png")),
    "a table that is missing": ("links", remove("figures/jobs-created.csv")),
    "a citation that is missing": ("links", remove("zh/figures/jobs-created.bib")),
    "a feed that is missing": ("links", remove("zh/feed.xml")),
    "a chart's picture that is missing": ("links", remove("charts/one-pile.svg")),
    "linked data that leads nowhere": ("links", replace(JOBS, "/data/#dataset", "/datas/#dataset")),
    "a share address of nothing": (
        "links",
        replace(MONEY, f'"og:url" content="{ADDRESS}money', f'"og:url" content="{ADDRESS}moneys'),
    ),
    "a feed entry of nothing": ("links", replace("feed.xml", "squid-game-cost/", "squid-cost/")),
    "a table's address of no anchor": (
        "links",
        replace("data/claims.csv", "jobs-created/#english", "jobs-created/#englisch"),
    ),
    "a figure's JSON with an address of no anchor": (
        "links",
        replace("figures/jobs-created.json", "jobs-created/#answer", "jobs-created/#answers"),
    ),
    "a citation of nothing": (
        "links",
        replace("figures/jobs-created.bib", "figures/jobs-created/", "figures/job-created/"),
    ),
    "an overview that leads nowhere": ("links", replace("llms.txt", "data/dataset.json", "data/set.json")),
    "a picture that nothing shows": ("assets", add("assets/img/old.svg", "<svg/>")),
    "a script that nothing calls": ("assets", add("assets/js/old.js", "export {}")),
    "a page that nothing leads to": (
        "orphans",
        lambda site: shutil.copytree(site / "method", site / "hidden"),
    ),
    "a page five clicks away": ("orphans", hide_far_away),
    "no sitemap": ("sitemap", remove("sitemap.xml")),
    "a sitemap cut short": ("sitemap", replace("sitemap.xml", "</urlset>", "")),
    "a page that the sitemap lacks": ("sitemap", replace("sitemap.xml", "/money/</loc>", "/m/</loc>")),
    "a sitemap with another language's address": (
        "sitemap",
        replace("sitemap.xml", "where/zh/money/", "where/zh/voices/"),
    ),
    "an error page in the sitemap": (
        "sitemap",
        replace("sitemap.xml", "<url>", f"<url><loc>{ADDRESS}404.html</loc></url><url>"),
    ),
    "a page left out of search that the sitemap lists": (
        "sitemap",
        replace(MONEY, "</title>", '</title><meta name="robots" content="noindex">'),
    ),
    "no redirects": ("retired", remove("_redirects")),
    # languages
    "a page in the wrong language": ("head", replace(f"zh/{MONEY}", 'lang="zh-Hans"', 'lang="en"')),
    "a share tag in the other locale": ("head", replace(MONEY, '"en_US"', '"zh_CN"')),
    "a title of another site": (
        "head",
        replace(f"zh/{MONEY}", "押注韩国</title>", "The Korea Bet</title>"),
    ),
    "a description that is missing": ("head", replace(MONEY, 'name="description"', 'name="x"')),
    "Chinese in English, untagged": ("foreign-text", before_end(MONEY, "<p>It is 爆款.</p>")),
    "Korean in Chinese, untagged": (
        "foreign-text",
        before_end(f"zh/{MONEY}", "<p><b>x</b> 한국</p>"),
    ),
    "a quotation that lost its language": (
        "foreign-text",
        replace(JOBS, '<q lang="zh-Hans">2', "<q>2", -1),
    ),
    "a page that hides its other language": (
        "hreflang",
        replace(MONEY, 'hreflang="zh-Hans" href="http', 'href="http'),
    ),
    "a canonical of another page": ("hreflang", replace(MONEY, '/money/">', '/voices/">')),
    "a pair that names another pair": (
        "hreflang",
        replace(f"zh/{MONEY}", f'hreflang="en" href="{ADDRESS}money/', f'hreflang="en" href="{ADDRESS}'),
    ),
    "a home page that hides its address": (
        "hreflang",
        replace("index.html", 'rel="canonical"', 'rel="x"'),
    ),
    "a page without its pair": ("pairs", remove("zh/method/index.html")),
    "an id that its pair lacks": ("pairs", replace(MONEY, 'id="hedges"', 'id="hedge"')),
    "blocks in another order": (
        "pairs",
        together(
            replace(MONEY, 'id="hedges"', 'id="x"'),
            replace(MONEY, 'id="implied-rate"', 'id="hedges"'),
            replace(MONEY, 'id="x"', 'id="implied-rate"'),
        ),
    ),
    "a block without an id": ("blocks", replace(MONEY, '<p id="hedges">', "<p>")),
    "a page in both languages that is missing": ("blocks", remove(f"both/{MONEY}")),
    "a block that the page in both languages lost": (
        "blocks",
        replace(f"both/{MONEY}", 'id="zh-hedges"', 'id="hedges-zh"'),
    ),
    # numbers
    "a number ten times too large": (
        "linked-numbers",
        replace(MONEY, "$500 million</a>", "$5 billion</a>"),
    ),
    "a hedge that was lost": (
        "linked-numbers",
        replace(MONEY, "nearly $700 million</a>", "$700 million</a>"),
    ),
    "a number ten thousand times another": (
        "linked-numbers",
        replace(f"zh/{MONEY}", "13亿美元</a>", "13万亿美元</a>"),
    ),
    "won for dollars": ("linked-numbers", replace(f"zh/{MONEY}", "13亿美元</a>", "13亿韩元</a>")),
    "a number that drifted in both languages' page": (
        "linked-numbers",
        replace(f"both/{MONEY}", "$500 million</a>", "$50 million</a>"),
    ),
    "a derivation's result that drifted": (
        "linked-numbers",
        replace(MONEY, "1,100 won to the dollar</a>", "1,200 won to the dollar</a>"),
    ),
    "a report's number that drifted": (
        "linked-numbers",
        replace(JOBS, "about 10,000 jobs</a>", "about 100,000 jobs</a>"),
    ),
    "a report that lost its hedge": (
        "linked-numbers",
        replace(f"zh/{JOBS}", "约1万个岗位</a>", "1万个岗位</a>"),
    ),
    "a rate that drifted": ("linked-numbers", replace(EFFECT, ">1,172.8190</a>", ">1,172.8191</a>")),
    "a number that leads nowhere": ("linked-numbers", replace(MONEY, "#d-plan-pace", "#d-plan")),
    "a number that the other language lacks": (
        "block-numbers",
        replace(MONEY, "Even the hedges quarrel.", "Even $700 million quarrels."),
    ),
    "a link to another number than in the other language": (
        "block-numbers",
        replace(f"zh/{MONEY}", "/korea-plan-2021/#english", "/korea-plan-2021/#d-plan-share"),
    ),
    "an amount from nowhere in both languages": (
        "block-numbers",
        together(
            replace(MONEY, "Even the hedges quarrel.", "Even 37 quarrel."),
            replace(f"zh/{MONEY}", '<p id="hedges">', '<p id="hedges">37个人'),
        ),
    ),
    # figures
    "a figure without its page": (
        "figures",
        lambda site: shutil.rmtree(site / "figures/jobs-created"),
    ),
    "a figure without its JSON": ("figures", remove("figures/jobs-created.json")),
    "a JSON with another value": (
        "figures",
        replace("figures/jobs-created.json", '"value": "20000"', '"value": "200000"'),
    ),
    "a JSON with another hedge": (
        "figures",
        replace("figures/jobs-created.json", '"bound": "more_than"', '"bound": "about"'),
    ),
    "a claim without its anchor": ("claims", replace(JOBS, 'id="answer"', 'id="answers"')),
    "a claim not shown as printed": ("claims", replace(JOBS, ">2万个工作岗位</q>", ">20000</q>")),
    "a claim missing among the numbers": (
        "claims",
        replace(JOBS, 'number--square">20,000', 'number--square">2,000'),
    ),
    "an embed with another number": (
        "claims",
        replace("zh/figures/jobs-created/embed/index.html", ">2万个岗位<", ">2亿个岗位<"),
    ),
    "a derivation that is missing": ("claims", replace(JOBS, 'id="d-jobs-ratio"', 'id="d-jobs"')),
    "a prose anchor on another figure": (
        "prose-anchors",
        replace(MONEY, 'id="f-korea-plan-2021"', 'id="f-jobs-created"'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_caught_by_name(clean: Site, tmp_path: Path, defect: str) -> None:
    name, plant = PLANTED[defect]
    site, pages = plant_in_copy(clean, tmp_path / "site", plant)
    assert faults(site, pages, [name]) == {name}


def test_every_check_has_a_planted_defect() -> None:
    checks = {check.__name__ for check in (*PAGE_CHECKS, *SITE_CHECKS)}
    assert {f"check_{name.replace('-', '_')}" for name, _ in PLANTED.values()} == checks


OLD = '<html lang="en"><head><meta name="robots" content="noindex"></head><main>{ids}</main>'
"""A page of an id that is gone, as far as the check reads it."""


@pytest.fixture(scope="module")
def aged(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset after ids of every sort were retired."""
    data = tmp_path_factory.mktemp("aged") / "data"
    shutil.copytree(Path(__file__).parents[2] / "data", data)
    grow_old(data)
    return load(data)


def with_answers(site: Path) -> None:
    """Add the pages and anchors at which what was retired answers."""
    for root in ("", "zh/"):
        for name in ("figures/old-figure", "figures/split-figure", "charts/old-chart"):
            add(f"{root}{name}/index.html", OLD.format(ids=""))(site)
        add(f"{root}figures/moved-figure/index.html", OLD.format(ids='<p id="effect"></p>'))(site)
        ids = '<p id="guess"></p><p id="d-old-ratio"></p>'
        before_end(f"{root}{JOBS}", ids)(site)
        ids = '<p id="reuters-2020-10--members"></p><p id="rate-krw-per-usd-mean"></p>'
        before_end(f"{root}sources/index.html", ids)(site)


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (together(), set()),
        (remove("figures/old-figure/index.html"), {"retired"}),
        (remove("zh/charts/old-chart/index.html"), {"retired"}),
        (replace("figures/split-figure/index.html", "noindex", ""), {"retired"}),
        (replace(f"zh/{JOBS}", 'id="guess"', 'id="guesses"'), {"retired"}),
        (replace(JOBS, 'id="d-old-ratio"', 'id="d-old"'), {"retired"}),
        (replace("zh/sources/index.html", "reuters-2020-10--members", "members"), {"retired"}),
        (replace("sources/index.html", 'id="rate-krw-per-usd-mean"', 'id="mean"'), {"retired"}),
    ],
)
def test_a_retired_id_that_does_not_answer_is_caught(
    clean: Site, aged: Dataset, tmp_path: Path, plant: Plant, found: set[str]
) -> None:
    old = changed(clean, dataset=aged)
    site, pages = plant_in_copy(old, tmp_path / "site", together(with_answers, plant))
    assert faults(site, pages, ["retired"]) == found


def test_the_built_site_has_no_fault_and_every_check_looks_at_something(
    built: Path, dataset: Dataset
) -> None:
    report = verify(built, dataset)
    assert report.failures == ()
    assert len(report.checked) == len(PAGE_CHECKS) + len(SITE_CHECKS)


def test_failures_name_page_and_check(clean: Site, tmp_path: Path) -> None:
    site, _ = plant_in_copy(
        clean,
        tmp_path / "site",
        replace(MONEY, "nearly $700 million</a>", "$700 million</a>"),
    )
    (failure,) = verify(site.root, clean.dataset).failures
    target = "figures/korea-spend-five-years/index.html#english"
    message = f"'$700 million' is not what {target} says"
    assert str(failure) == f"{MONEY}: [linked-numbers] {message}"


def test_a_check_that_looked_at_nothing_has_failed(tmp_path: Path, dataset: Dataset) -> None:
    report = verify(tmp_path, dataset)
    silent = {failure.message for failure in report.failures if failure.rule == "nothing-checked"}
    wrong = {failure.rule for failure in report.failures}
    for name, count in report.checked.items():
        assert name in wrong if count else f"{name} looked at nothing" in silent
