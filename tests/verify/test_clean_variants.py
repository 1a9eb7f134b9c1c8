"""What is right in another way passes: no check fails at a variant of the site."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from lxml import etree
from tests.verify.planting import (
    Plant,
    add,
    before_end,
    faults,
    plant_in_copy,
    replace,
    rewrite,
    together,
    write,
)

from explainer.data import load
from explainer.verify import verify
from explainer.verify.crawl import Site

MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"
RETURN = 'href="../../money/"'


def reverse_attributes(text: str) -> str:
    tag = re.compile(r"<([a-z]+)((?: [\w-]+=\"[^\"]*\")+)>")
    one = re.compile(r" [\w-]+=\"[^\"]*\"")
    return tag.sub(lambda m: f"<{m[1]}{''.join(reversed(one.findall(m[2])))}>", text)


def shuffle_sitemap(text: str) -> str:
    tree = etree.fromstring(text.encode("utf-8"))
    tree[:] = random.Random(1).sample(list(tree), len(tree))
    return etree.tostring(tree, encoding="unicode")


def in_frame(html: str) -> Plant:
    """Add ``html`` behind the text of a figure's page."""
    return replace(JOBS, "</main>", f"</main>{html}")


def everywhere(change: Callable[[str], str]) -> Plant:
    """Every page of a few written in another way."""

    def plant(site: Path) -> None:
        for name in (MONEY, JOBS, "index.html", "404.html", f"both/{MONEY}", f"zh/{JOBS}"):
            write(site / name, change((site / name).read_bytes().decode("utf-8")))

    return plant


SITES: dict[str, Plant] = {
    "attributes in another order": everywhere(reverse_attributes),
    "more white space": everywhere(lambda text: text.replace("\n<", "\n\n   <")),
    "comments": everywhere(lambda text: text.replace("<body", "<!-- **a** {{ b }} --><body", 1)),
    "upper case tags": rewrite(MONEY, lambda text: text.replace("<p ", "<P ")),
    "characters by number": replace(f"zh/{MONEY}", "韩元", "&#x97E9;&#20803;", -1),
    "single quotes": rewrite(MONEY, lambda t: re.sub(r'class="([^"\']*)"', r"class='\1'", t)),
    "a paragraph more": together(
        before_end(MONEY, '<p id="more">And so on.</p>'),
        before_end(f"zh/{MONEY}", '<p id="more">诸如此类。</p>'),
        before_end(f"both/{MONEY}", '<p id="more">And so on.</p>'),
        before_end(f"both/{MONEY}", '<p id="zh-more" lang="zh-Hans">诸如此类。</p>'),
    ),
    "a number of the data and a year, unlinked": together(
        replace(MONEY, "Even the hedges quarrel.", "In 2021, nearly $700 million."),
        replace(f"zh/{MONEY}", '<p id="hedges">', '<p id="hedges">2021年将近7亿美元。'),
    ),
    "a link to another site": in_frame('<a href="https://example.org/">Elsewhere</a>'),
    "a link by its whole address": replace(JOBS, RETURN, 'href="https://site.example/some/where/"'),
    "a link from the root of the host": replace(JOBS, RETURN, 'href="/some/where/money/"'),
    "a link in a roundabout way": replace(JOBS, RETURN, 'href="./../../money/."'),
    "a link with escapes and a query": replace(JOBS, RETURN, 'href="../../m%6Fney/?from=here"'),
    "a drawing made once and used": in_frame('<svg><use href="#text"/></svg>'),
    "tagged foreign text": in_frame('<p>A <b lang="ko">한국</b> <i lang="ja">ひ<b>ら</b></i></p>'),
    "a file for the host": add("robots.txt", "User-agent: *\n"),
    "the sitemap in another order": rewrite("sitemap.xml", shuffle_sitemap),
}


@pytest.mark.parametrize("variant", SITES)
def test_a_site_written_in_another_way_passes(clean: Site, tmp_path: Path, variant: str) -> None:
    site, pages = plant_in_copy(clean, tmp_path / "site", SITES[variant])
    assert faults(site, pages) == set()


def test_a_site_of_other_data_at_another_address_has_no_fault(checkout: Path) -> None:
    topics = checkout / "data/topics.yml"
    value = yaml.safe_load(topics.read_text("utf-8"))
    topics.write_text(json.dumps({"topics": value["topics"][::-1]}), "utf-8")
    address = "https://别处.example/深/deeper/"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address}
    environment["PYTHONPATH"] = str(checkout / "scripts")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=checkout, env=environment, check=True)
    assert verify(checkout / "site", load(checkout / "data")).failures == ()
