"""Every check of the finished site can go red: one planted defect each, caught by name."""

import gzip
import inspect
import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import ADDRESS
from tests.gates.planting import (
    Changed,
    Plant,
    add,
    before_end,
    copied,
    remove,
    replace,
    together,
    write,
)

from explainer.data import Dataset
from explainer.verify import Site, redirects, verify
from explainer.verify.rules import RULES, Rule


@pytest.fixture(scope="session")
def clean(built: Path) -> Site:
    """The built site, parsed once."""
    return Site(built)


@pytest.fixture
def site(clean: Site, tmp_path: Path) -> Changed:
    return copied(clean, tmp_path / "site")


def copy(name: str, ending: str, left_out: int) -> Plant:
    def plant(site: Path) -> None:
        made = (site / name).read_bytes()
        write(site / f"{name}{ending}", gzip.compress(made[: len(made) - left_out]))

    return plant


MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"


def five_clicks_away(site: Path) -> None:
    """A chain of pages, each led to by the one before, from a page that home names."""
    text = (site / MONEY).read_text("utf-8")
    before = "method"
    for step in ("one", "two", "three", "four"):
        before_end(f"{before}/index.html", f'<a href="../{step}/">x</a>')(site)
        add(f"{step}/index.html", text)(site)
        before = step


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
    ("a missing style sheet", remove("assets/css/site.css"), "link"),
    (
        "a script from elsewhere",
        replace(MONEY, 'src="../assets/js/boot.', 'src="https://x.org/start.'),
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
        lambda site: write(site / "sitemap.xml", (site / "sitemap.xml").read_bytes()[:-20]),
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
        "an error page in the sitemap",
        replace("sitemap.xml", "<url>", f"<url><loc>{ADDRESS}404.html</loc></url><url>"),
        "sitemap",
    ),
    (
        "a page left out of search that the sitemap lists",
        replace(MONEY, "</title>", '</title><meta name="robots" content="noindex">'),
        "sitemap",
    ),
    (
        "a language that is no code",
        replace(JOBS, '<q lang="zh-Hans"', '<q lang="zh_CN"'),
        "lang-code",
    ),
    (
        "a pair that names another pair",
        together(
            replace(
                f"zh/{MONEY}",
                f'hreflang="{code}" href="{ADDRESS}money/">',
                f'hreflang="{code}" href="{ADDRESS}voices/">',
            )
            for code in ("en", "x-default")
        ),
        "hreflang",
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
    ("a copy of something else", copy(MONEY, ".gz", 9), "copy"),
    ("a copy that is damaged", add(f"{MONEY}.br", b"no such thing"), "copy"),
    ("a copy beside no file", add(f"{MONEY}l.gz", gzip.compress(b"x")), "copy"),
    ("Markdown that shows", replace(MONEY, "</main>", "<p>**bold**</p></main>"), "markup"),
    ("a template that shows", replace(MONEY, "</main>", "<p>{{ fig }}</p></main>"), "markup"),
    ("an empty link", replace(MONEY, 'href="../return/"', 'href=""'), "link"),
    ("an empty source", before_end(MONEY, '<img src="" alt="x">'), "link"),
    ("a poster that is missing", before_end(MONEY, '<video poster="../x.png"></video>'), "link"),
    (
        "a picture that is missing in one size",
        before_end(MONEY, '<img srcset="../share/money.png 1x, ../share/moneys.png 2x" alt="x">'),
        "link",
    ),
    (
        "a sign that is used but not drawn",
        before_end(MONEY, '<svg><use href="#no"/></svg>'),
        "link",
    ),
    (
        "a paint that is nowhere",
        before_end(MONEY, '<svg><rect fill="url(#hatch)"/></svg>'),
        "link",
    ),
    (
        "a manifest that is missing",
        replace(MONEY, "</head>", '<link rel="manifest" href="../m.json"></head>'),
        "link",
    ),
    ("a form that leads nowhere", before_end(MONEY, '<form action="../find/"></form>'), "link"),
    (
        "a passage in the other language that is nowhere",
        replace(MONEY, 'data-peek="../both/money/"', 'data-peek="../both/moneys/"'),
        "link",
    ),
    (
        "a way home that the error page lost",
        replace("zh/404.html", 'href="/some/where/zh/"', 'href="/some/where/cn/"', -1),
        "link",
    ),
    (
        "an error page that counts from itself",
        replace("404.html", 'href="/some/where/money/"', 'href="money/"'),
        "link",
    ),
    (
        "a link to another site's root",
        replace(MONEY, 'href="../return/"', 'href="/return/"'),
        "link",
    ),
    (
        "a link without words",
        before_end(MONEY, '<a href="../return/"><svg></svg></a>'),
        "link-text",
    ),
    (
        "a link with nothing but space",
        before_end(JOBS, '<a href="../../money/"> &nbsp; </a>'),
        "link-text",
    ),
    ("a label for nothing", before_end(MONEY, '<label for="nothing">x</label>'), "reference"),
    ("a label around nothing", before_end(MONEY, "<label>x</label>"), "reference"),
    (
        "a chart without its name",
        replace(MONEY, 'id="chart-one-pile-title"', 'id="chart-one-pile-titel"'),
        "reference",
    ),
    (
        "a chart without its description",
        replace(MONEY, 'aria-describedby="chart-one-pile-about"', 'aria-describedby="about"'),
        "reference",
    ),
    (
        "a button that opens nothing",
        before_end(JOBS, '<button aria-controls="drawer">x</button>'),
        "reference",
    ),
    (
        "a list that owns nothing",
        before_end(JOBS, '<ul aria-owns="text nothing"></ul>'),
        "reference",
    ),
    (
        "a cell whose heading is gone",
        before_end(JOBS, '<table><tr><td headers="gone">1</td></tr></table>'),
        "reference",
    ),
    (
        "an empty reference",
        before_end(JOBS, '<section aria-labelledby="">x</section>'),
        "reference",
    ),
    (
        "a style sheet that paints with nothing",
        replace("assets/css/site.css", ".skip{", ".skip{background:url(../img/none.svg);"),
        "asset",
    ),
    (
        "a style sheet that imports nothing",
        replace("assets/css/site.css", ":root{", '@import "none.css";:root{'),
        "asset",
    ),
    (
        "a script that imports nothing",
        replace("assets/js/enhance.js", '"./dom.', '"./dome.'),
        "asset",
    ),
    (
        "a script that calls nothing",
        replace("assets/js/enhance.js", 'import("./inline_translation.', 'import("./inline_translations.'),
        "asset",
    ),
    ("a picture that nothing shows", add("assets/img/old.svg", "<svg/>"), "asset"),
    ("a script that nothing calls", add("assets/js/old.js", "export {}"), "asset"),
    (
        "a style sheet from elsewhere",
        replace("assets/css/site.css", ":root{", '@import url("https://x.org/a.css");:root{'),
        "third-party",
    ),
    (
        "a connection made in advance",
        replace(MONEY, "</head>", '<link rel="preconnect" href="https://x.org"></head>'),
        "third-party",
    ),
    (
        "a picture from elsewhere in one size",
        before_end(MONEY, '<img srcset="//x.org/a.png 2x" alt="x">'),
        "third-party",
    ),
    (
        "a frame from elsewhere",
        before_end(MONEY, '<iframe src="https://x.org/"></iframe>'),
        "third-party",
    ),
    (
        "a share address of nothing",
        replace(
            MONEY,
            'property="og:url" content="https://site.example/some/where/money/',
            'property="og:url" content="https://site.example/some/where/moneys/',
        ),
        "address",
    ),
    (
        "a sitemap entry of nothing",
        replace(
            "sitemap.xml",
            "<loc>https://site.example/some/where/money/",
            "<loc>https://site.example/some/where/moneys/",
        ),
        "address",
    ),
    (
        "a sitemap's other language of nothing",
        replace(
            "sitemap.xml",
            'href="https://site.example/some/where/zh/money/',
            'href="https://site.example/some/where/zh/moneys/',
        ),
        "address",
    ),
    (
        "a feed entry of nothing",
        replace("feed.xml", "figures/squid-game-cost/", "figures/squid-game-costs/"),
        "address",
    ),
    (
        "a JSON feed entry of nothing",
        replace("zh/feed.json", "figures/squid-game-cost/", "figures/squid-game-costs/"),
        "address",
    ),
    (
        "a table's address of nothing",
        replace("data/claims.csv", "jobs-created/#english", "job-created/#english"),
        "address",
    ),
    (
        "a table's address of no anchor",
        replace("data/claims.csv", "jobs-created/#english", "jobs-created/#englisch"),
        "address",
    ),
    (
        "a report's address of no anchor",
        replace("data/reports.csv", "#reuters-2020-10--sum", "#reuters-2020-10-sum"),
        "address",
    ),
    (
        "a figure's JSON with an address of no anchor",
        replace("figures/jobs-created.json", "jobs-created/#answer", "jobs-created/#answers"),
        "address",
    ),
    (
        "a twin with an address of no anchor",
        replace("figures/jobs-created.md", "jobs-created/#answer", "jobs-created/#answers"),
        "address",
    ),
    (
        "a citation of nothing",
        replace("figures/jobs-created.bib", "figures/jobs-created/", "figures/job-created/"),
        "address",
    ),
    (
        "an overview that leads nowhere",
        replace("llms.txt", "data/dataset.json", "data/datasets.json"),
        "address",
    ),
    (
        "a home page that hides its address",
        replace("index.html", 'rel="canonical"', 'rel="canon"'),
        "address",
    ),
    ("a package that is no JSON", replace("data/datapackage.json", "{", "", 1), "package"),
    ("a package that is missing", remove("data/datapackage.json"), "package"),
    (
        "a package that names a missing table",
        replace("data/datapackage.json", '"path": "figures.csv"', '"path": "figure.csv"'),
        "package",
    ),
    (
        "a table that is another than the package says",
        replace("data/claims.csv", "2万个工作岗位", "3万个工作岗位"),
        "package",
    ),
    ("a page five clicks away", five_clicks_away, "orphan"),
    ("two files that differ in case", add("figures/Jobs-created.json", "{}"), "name"),
    (
        "two files that differ in Unicode form",
        lambda site: (add("caf\u00e9.txt", "x")(site), add("cafe\u0301.txt", "x")(site)),
        "name",
    ),
    ("a name reserved on Windows", add("data/con.csv", "x"), "name"),
    ("a name that ends in a dot", add("data/table.", "x"), "name"),
    ("a name with a colon", add("data/a:b.csv", "x"), "name"),
    (
        "a path that is too long",
        add("/".join(["long-name-of-a-folder"] * 10) + ".txt", "x"),
        "name",
    ),
    ("a page with a hidden direction", before_end(MONEY, "<p>\u202ex</p>"), "hidden"),
    (
        "a table with a zero-width space",
        replace("data/figures.csv", "jobs-created", "jobs-\u200bcreated"),
        "hidden",
    ),
    ("a feed with a private character", replace("feed.xml", "<title>", "<title>\ue000"), "hidden"),
    (
        "a twin with a byte order mark",
        add("figures/jobs-created.md", b"\xef\xbb\xbfx"),
        "hidden",
    ),
    ("a text that is no UTF-8", add("llms.txt", "韩国".encode("gb18030")), "hidden"),
    ("a text in decomposed form", replace("data/terms.csv", "netflix", "ne\u0301tflix"), "hidden"),
    (
        "a script with a hidden character",
        replace("assets/js/enhance.js", "import", "\u2066import"),
        "hidden",
    ),
]

MADE_BY = {
    name: rule
    for rule in RULES
    for name in re.findall(r'fail\(\s*"([a-z-]+)"', inspect.getsource(rule))
}
"""Which rule tells a defect of each name."""


def failures(rule: Rule, site: Site, dataset: Dataset) -> set[str]:
    return {finding.rule for finding in rule(site, dataset) if finding is not None}


@pytest.mark.parametrize(("plant", "name"), [e[1:] for e in PLANTED], ids=[e[0] for e in PLANTED])
def test_a_planted_defect_is_caught_by_name(
    site: Changed, dataset: Dataset, plant: Plant, name: str
) -> None:
    plant(site.root)
    assert name in failures(MADE_BY[name], site, dataset)


def test_every_rule_has_a_defect_planted_for_everything_it_tells() -> None:
    # On a site whose data has aged, those of retired ids are planted beside its other tests.
    aged = {name for name, rule in MADE_BY.items() if rule in redirects.RULES}
    assert {name for _, _, name in PLANTED} == set(MADE_BY) - aged
    assert set(MADE_BY.values()) == {*RULES} - {*redirects.RULES[:-1]}
    assert len({title for title, _, _ in PLANTED}) == len(PLANTED)


@pytest.mark.parametrize(
    ("english", "chinese", "agree"),
    [
        ("nearly 1,800 jobs", "近1800个岗位", True),
        ("nearly 1,800 jobs", "1800个岗位", False),
        ("about 2,000 people in 2021", "2021年约2000人", True),
        ("about 2,000 people in 2021", "2020年约2000人", False),
        ("in 2021", "2021年", True),
        ("from 1990 to 1995", "1990年至1995年", True),
        ("$2,000", "2000美元", True),
        ("$2,000", "2000", False),
    ],
)
def test_four_digits_are_an_amount_where_something_is_counted(
    site: Changed, dataset: Dataset, english: str, chinese: str, agree: bool
) -> None:
    for path, old, new in (
        (MONEY, "Even the hedges quarrel.", english),
        (f"zh/{MONEY}", "连约数的说法都不一样：", chinese),
    ):
        replace(path, old, new)(site.root)
    told = failures(MADE_BY["translated-number"], site, dataset)
    assert told == (set() if agree else {"translated-number"})


def test_the_whole_check_tells_one_defect_among_all_its_rules(
    site: Changed, dataset: Dataset
) -> None:
    replace(MONEY, "nearly $700 million</a>", "$700 million</a>")(site.root)
    told = verify(site.root, dataset).failures
    assert {failure.rule for failure in told} == {"number", "translated-number", "both"}


def test_the_built_site_keeps_every_promise(built: Path, dataset: Dataset) -> None:
    report = verify(built, dataset)
    assert report.failures == ()
    assert len(report.checked) == len(RULES)
    assert all(count > 0 for count in report.checked.values())


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_a_rule_that_sees_nothing_never_passes(
    tmp_path: Path, dataset: Dataset, rule: Rule
) -> None:
    """On an empty site each rule either finds fault or has looked at nothing, which is a fault."""
    found = list(rule(Site(tmp_path), dataset))
    assert None not in found


def test_an_empty_site_fails_for_want_of_checks(tmp_path: Path, dataset: Dataset) -> None:
    rules = {failure.rule for failure in verify(tmp_path, dataset).failures}
    assert "nothing-checked" in rules
