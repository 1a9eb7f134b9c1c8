"""What is right in another way passes: no check fails at a variant of the site or the data."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

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

from explainer.data import Dataset, load
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
    """Add ``html`` behind the text of a figure's page, where no block's id is asked for."""
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


Vary = Callable[[Path], None]


def every_file(change: Callable[[str], str], names: str = "*.[yl]*") -> Vary:
    def vary(data: Path) -> None:
        for path in data.rglob(names):
            path.write_bytes(change(path.read_bytes().decode("utf-8")).encode("utf-8"))

    return vary


def through_yaml(write_out: Callable[[Any], str]) -> Vary:
    return every_file(lambda text: write_out(yaml.load(text, yaml.BaseLoader)), "*.yml")


def reverse_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reverse_keys(value[key]) for key in reversed(value)}
    return [reverse_keys(one) for one in value] if isinstance(value, list) else value


def split_figures(data: Path) -> None:
    value = yaml.load((data / "figures/hit.yml").read_text("utf-8"), yaml.BaseLoader)
    (data / "figures/hit.yml").unlink()
    for number, figure in enumerate(value["figures"]):
        (data / f"figures/hit-{number}.yml").write_text(json.dumps({"figures": [figure]}), "utf-8")


SAME: dict[str, Vary] = {
    "line ends of Windows": every_file(lambda text: text.replace("\n", "\r\n")),
    "no last line end": every_file(lambda text: text.rstrip("\n")),
    "JSON in the place of YAML": through_yaml(lambda v: json.dumps(v, ensure_ascii=False)),
    "every character escaped": through_yaml(json.dumps),
    "single quotes": through_yaml(
        lambda value: yaml.dump(value, allow_unicode=True, default_style="'")
    ),
    "keys in another order": through_yaml(lambda value: json.dumps(reverse_keys(value))),
    "a file for each figure": split_figures,
}


@pytest.mark.parametrize("variant", SAME)
def test_the_way_of_writing_changes_no_value(data: Path, dataset: Dataset, variant: str) -> None:
    SAME[variant](data)
    assert load(data) == dataset


def vary_texts_and_topics(data: Path) -> None:
    """Longer texts, and topics in another order."""
    hit, topics = data / "figures/hit.yml", data / "topics.yml"
    text = hit.read_text("utf-8")
    text = text.replace("a rank in a list; it", f"a rank in a list{', a very long list' * 60}; it")
    text = text.replace("第一是榜单上的名次", f"第一是榜单{'、很长的榜单' * 200}上的名次")
    hit.write_text(text, "utf-8")
    value = yaml.load(topics.read_text("utf-8"), yaml.BaseLoader)
    topics.write_text(json.dumps({"topics": value["topics"][::-1]}), "utf-8")


def test_a_site_of_other_data_at_another_address_has_no_fault(checkout: Path) -> None:
    vary_texts_and_topics(checkout / "data")
    split_figures(checkout / "data")
    address = "https://别处.example/深/deeper/"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address}
    environment["PYTHONPATH"] = str(checkout / "scripts")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=checkout, env=environment, check=True)
    assert verify(checkout / "site", load(checkout / "data")).failures == ()
