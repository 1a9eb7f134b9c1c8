"""Every check of the finished site can fail: one planted defect each, caught by its name.

What is right in another way passes.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ADDRESS
from tests.verify.planting import (
    Plant,
    before_end,
    faults,
    plant_in_copy,
    remove,
    replace,
    rewrite,
    together,
    write,
)

from explainer.data import Dataset
from explainer.verify import PAGE_CHECKS, SITE_CHECKS, name_of, verify
from explainer.verify.crawl import Site

MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"


PLANTED: dict[str, list[Plant]] = {
    "third-party": [
        replace(MONEY, 'src="../', 'src="https://x.org/'),
        before_end(MONEY, '<iframe src="//x.org/"></iframe>'),
        before_end(MONEY, '<iframe src="//["></iframe>'),
        replace(MONEY, "</head>", '<link rel="preconnect" href="https://x.org"></head>'),
    ],
    "policy": [
        before_end(MONEY, "<script>1</script>"),
        before_end(MONEY, "<style>p{}</style>"),
        replace(MONEY, "<main ", '<main style="color:red" '),
        replace(MONEY, "<main ", '<main onclick="x()" '),
        replace(MONEY, "script-src ", "script-src 'unsafe-inline' "),
        replace(MONEY, "script-src ", "script-src 'wasm-unsafe-eval' "),
        replace(JOBS, 'http-equiv="Content-Security-Policy"', 'name="x"'),
        replace(MONEY, '<meta charset="utf-8">', '<script src="a.js"></script>'),
    ],
    "leftover-markup": [
        before_end(MONEY, "<p>**bold**</p>"),
        before_end(MONEY, "<p>{{ fig }}</p>"),
    ],
    "ids": [
        replace(MONEY, 'id="hedges"', 'id="implied-rate"'),
        replace(MONEY, 'id="hedges"', 'id="_2"'),
    ],
    "links": [
        replace(MONEY, "figures/korea-plan-2021/", "figures/no-plan/"),
        replace(MONEY, "plan-2021/#english", "plan-2021/#x"),
        replace(MONEY, 'href="../return/"', 'href=""'),
        replace(MONEY, 'href="../return/"', 'href="javascript:x()"'),
        replace(MONEY, 'href="../return/"', 'href="/return/"'),
        replace(MONEY, 'href="../return/"', 'href="../../return/"'),
        before_end(MONEY, '<form action="../find/"></form>'),
        before_end(MONEY, '<svg><use href="#no"/></svg>'),
        replace(MONEY, 'data-peek="../both/money/"', 'data-peek="../both/moneys/"'),
        # Hosts show the error pages at any depth.
        replace("zh/404.html", 'href="/some/where/zh/"', 'href="/some/where/cn/"', -1),
        replace("404.html", 'href="/some/where/money/"', 'href="money/"'),
        remove("assets/css/site.css"),
        remove("share/money.png"),
        remove("figures/jobs-created.csv"),
        # Absolute addresses in linked data, share tags and machine forms.
        replace(JOBS, "/data/#dataset", "/datas/#dataset"),
        replace(MONEY, f'"og:url" content="{ADDRESS}money', f'"og:url" content="{ADDRESS}moneys'),
        replace("feed.xml", "squid-game-cost/", "squid-cost/"),
        replace("figures/jobs-created.json", "jobs-created/#answer", "jobs-created/#answers"),
        replace("llms.txt", "data/dataset.json", "data/set.json"),
    ],
    "language": [
        replace(f"zh/{MONEY}", 'lang="zh-Hans"', 'lang="en"'),
        before_end(MONEY, "<p>It is 爆款.</p>"),
        before_end(f"zh/{MONEY}", "<p><b>x</b> 한국</p>"),
        replace(JOBS, '<q lang="zh-Hans">2', "<q>2", -1),
    ],
    "pairs": [
        remove("zh/method/index.html"),
        replace(MONEY, 'id="hedges"', 'id="hedge"'),
        together(
            replace(MONEY, 'id="hedges"', 'id="x"'),
            replace(MONEY, 'id="implied-rate"', 'id="hedges"'),
            replace(MONEY, 'id="x"', 'id="implied-rate"'),
        ),
    ],
    "blocks": [
        replace(MONEY, '<p id="hedges">', "<p>"),
        remove(f"both/{MONEY}"),
        replace(f"both/{MONEY}", 'id="zh-hedges"', 'id="hedges-zh"'),
    ],
    "linked-numbers": [
        replace(MONEY, "$500 million</a>", "$5 billion</a>"),
        replace(MONEY, "nearly $700 million</a>", "$700 million</a>"),
        replace(f"zh/{MONEY}", "13亿美元</a>", "13万亿美元</a>"),
        replace(f"both/{MONEY}", "$500 million</a>", "$50 million</a>"),
        # A derivation, a report, its hedge, a rate, a number that leads nowhere.
        replace(MONEY, "1,100 won to the dollar</a>", "1,200 won to the dollar</a>"),
        replace(JOBS, "about 10,000 jobs</a>", "about 100,000 jobs</a>"),
        replace(f"zh/{JOBS}", "约1万个岗位</a>", "1万个岗位</a>"),
        replace("figures/economic-effect/index.html", ">1,172.8190</a>", ">1,172.8191</a>"),
        replace(MONEY, "#d-plan-pace", "#d-plan"),
    ],
    "block-numbers": [
        replace(MONEY, '<p id="hedges">', '<p id="hedges">$700 million.'),
        replace(f"zh/{MONEY}", "/korea-plan-2021/#english", "/korea-plan-2021/#d-plan-share"),
        # The same amount in both languages, but none of the data.
        together(
            replace(MONEY, '<p id="hedges">', '<p id="hedges">37 people.'),
            replace(f"zh/{MONEY}", '<p id="hedges">', '<p id="hedges">37人'),
        ),
    ],
    "claims": [
        replace(JOBS, 'id="answer"', 'id="answers"'),
        replace(JOBS, ">2万个工作岗位</q>", ">20000</q>"),
        replace(JOBS, 'number--square">20,000', 'number--square">2,000'),
        replace("zh/figures/jobs-created/embed/index.html", ">2万个岗位<", ">2亿个岗位<"),
        replace(JOBS, 'id="d-jobs-ratio"', 'id="d-jobs"'),
    ],
}
"""The defects that each check must find."""


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, plants in PLANTED.items() for n in range(len(plants))]
)
def test_a_planted_defect_is_caught_by_name(
    clean: Site, tmp_path: Path, name: str, number: int
) -> None:
    site, pages = plant_in_copy(clean, tmp_path / "site", PLANTED[name][number])
    assert faults(site, pages, [name]) == {name}


def reverse_attributes(text: str) -> str:
    attributes = re.compile(r"(?: [\w-]+=\"[^\"]*\")+(?=>)")
    return attributes.sub(lambda m: "".join(re.findall(r" \S+=\"[^\"]*\"", m[0])[::-1]), text)


def everywhere(change: Callable[[str], str]) -> Plant:
    """Every page of a few written in another way."""

    def plant(site: Path) -> None:
        for name in (MONEY, JOBS, "index.html", "404.html", f"both/{MONEY}", f"zh/{JOBS}"):
            write(site / name, change((site / name).read_bytes().decode("utf-8")))

    return plant


CLEAN: dict[str, Plant] = {
    "attributes in another order": everywhere(reverse_attributes),
    "more white space": everywhere(lambda text: text.replace("\n<", "\n\n   <")),
    "comments": everywhere(lambda text: text.replace("<body", "<!-- **a** {{ b }} --><body", 1)),
    "characters by number": replace(f"zh/{MONEY}", "韩元", "&#x97E9;&#20803;", -1),
    "single quotes": rewrite(MONEY, lambda t: re.sub(r'class="([^"\']*)"', r"class='\1'", t)),
    "a number of the data and a year, unlinked": together(
        replace(MONEY, '<p id="hedges">', '<p id="hedges">In 2021, nearly $700 million.'),
        replace(f"zh/{MONEY}", '<p id="hedges">', '<p id="hedges">2021年将近7亿美元。'),
    ),
    "a link to another site": replace(
        JOBS, "</main>", '</main><a href="https://example.org/">Elsewhere</a>'
    ),
    "a link by its whole address": replace(
        JOBS, 'href="../../money/"', 'href="https://site.example/some/where/"'
    ),
    "a link from the root of the host": replace(
        JOBS, 'href="../../money/"', 'href="/some/where/money/"'
    ),
    "a link in a roundabout way": replace(JOBS, 'href="../../money/"', 'href="./../../money/."'),
    "a link with escapes and a query": replace(
        JOBS, 'href="../../money/"', 'href="../../m%6Fney/?from=here"'
    ),
    "a drawing made once and used": replace(
        JOBS, "</main>", '</main><svg><use href="#text"/></svg>'
    ),
    "tagged foreign text": replace(
        JOBS, "</main>", '</main><p>A <b lang="ko">한국</b> <i lang="ja">ひ<b>ら</b></i></p>'
    ),
}


@pytest.mark.parametrize("variant", CLEAN)
def test_a_site_written_in_another_way_passes(clean: Site, tmp_path: Path, variant: str) -> None:
    site, pages = plant_in_copy(clean, tmp_path / "site", CLEAN[variant])
    assert faults(site, pages) == set()


def test_every_check_has_a_planted_defect() -> None:
    assert set(PLANTED) == {*map(name_of, PAGE_CHECKS), *map(name_of, SITE_CHECKS)}


def test_failures_name_page_and_check(clean: Site, tmp_path: Path) -> None:
    plant = replace(MONEY, "nearly $700 million</a>", "$700 million</a>")
    site, _ = plant_in_copy(clean, tmp_path / "site", plant)
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
