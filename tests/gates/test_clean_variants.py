"""What is right in another way passes: no check cries wolf at a variant of the site or the data."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree
from tests.commands import run
from tests.gates.planting import Changed, Plant, add, before_end, copied, replace, write

from explainer.data import Dataset, history, load, registry
from explainer.verify import Site
from explainer.verify.rules import RULES

MONEY, JOBS = "money/index.html", "figures/jobs-created/index.html"


def rewritten(name: str, change: Callable[[str], str]) -> Plant:
    """A page (or another text) written in another way."""

    def plant(site: Path) -> None:
        text = (site / name).read_bytes().decode("utf-8")
        other = change(text)
        assert other != text
        write(site / name, other)

    return plant


def attributes_reversed(text: str) -> str:
    tag = re.compile(r"<([a-z]+)((?: [\w-]+=\"[^\"]*\")+)>")
    one = re.compile(r" [\w-]+=\"[^\"]*\"")
    return tag.sub(lambda m: f"<{m[1]}{''.join(reversed(one.findall(m[2])))}>", text)


def in_frame(html: str) -> Plant:
    """Add ``html`` behind the text of a figure's page, where no block's id is asked for."""
    return replace(JOBS, "</main>", f"</main>{html}")


def everywhere(change: Callable[[str], str]) -> Plant:
    """Every page written in another way."""

    def plant(site: Path) -> None:
        for page in site.rglob("*.html"):
            write(page, change(page.read_bytes().decode("utf-8")))

    return plant


def sitemap_shuffled(text: str) -> str:
    tree = etree.fromstring(text.encode("utf-8"))
    tree[:] = random.Random(1).sample(list(tree), len(tree))
    return etree.tostring(tree, encoding="unicode")


SENTENCE = '<p id="more">And so on.</p>', '<p id="more">诸如此类。</p>'


def longer(site: Path) -> None:
    """One more paragraph in both languages, and on the page that shows both."""
    english, chinese = SENTENCE
    before_end(MONEY, english)(site)
    before_end(f"zh/{MONEY}", chinese)(site)
    columns = ("<p>And so on.</p>", '<p id="zh-more">诸如此类。</p>')
    before_end(
        f"both/{MONEY}",
        '<div class="pair" id="more"><div class="pair__one" lang="en">'
        f'{columns[0]}</div><div class="pair__one" lang="zh-Hans">{columns[1]}</div></div>',
    )(site)


SITES: list[tuple[str, Plant]] = [
    ("attributes in another order", everywhere(attributes_reversed)),
    ("more white space", everywhere(lambda text: text.replace("\n<", "\n\n   <"))),
    ("single quotes", rewritten(MONEY, lambda t: re.sub(r'class="([^"\']*)"', r"class='\1'", t))),
    (
        "comments",
        everywhere(lambda text: text.replace("<body>", "<body><!-- **a** {{ b }} -->", 1)),
    ),
    (
        "characters by number",
        rewritten(f"zh/{MONEY}", lambda text: text.replace("韩元", "&#x97E9;&#20803;")),
    ),
    ("upper case tags", rewritten(MONEY, lambda text: text.replace("<p ", "<P "))),
    ("a paragraph more", longer),
    ("a link to another site", in_frame( '<a href="https://example.org/">Elsewhere</a>')),
    (
        "a link by its whole address",
        replace(JOBS, 'href="../../money/"', 'href="https://site.example/some/where/money/"'),
    ),
    (
        "a link from the root of the host",
        replace(JOBS, 'href="../../money/"', 'href="/some/where/money/"'),
    ),
    ("a link in a roundabout way", replace(JOBS, 'href="../../money/"', 'href="./../../money/."')),
    (
        "a link with escapes and a question",
        replace(JOBS, 'href="../../money/"', 'href="../../m%6Fney/?from=here"'),
    ),
    ("a link named by a label", in_frame( '<a href="./" aria-label="Here"><svg/></a>')),
    ("a label around its field", in_frame( "<label>Find <input></label>")),
    ("a picture in two sizes", in_frame( '<img alt="" src="../../share/money.png" srcset="../../share/money.png 1x,\n ../../share/hit.png 2x">')),
    ("a sign drawn once and used", in_frame( '<svg><use href="#text"/></svg>')),
    ("a file for the host", add("robots.txt", "User-agent: *\n")),
    ("a name in Chinese", add("figures/就业.csv", "id\r\n一\r\n")),
    ("the sitemap in another order", rewritten("sitemap.xml", sitemap_shuffled)),
]  # fmt: skip


@pytest.fixture(scope="session")
def clean(built: Path) -> Site:
    return Site(built)


@pytest.mark.parametrize("plant", [s[1] for s in SITES], ids=[s[0] for s in SITES])
def test_a_site_written_in_another_way_passes(
    clean: Site, tmp_path: Path, dataset: Dataset, plant: Plant
) -> None:
    site: Changed = copied(clean, tmp_path / "site")
    plant(site.root)
    told = [str(found) for rule in RULES for found in rule(site, dataset) if found is not None]
    assert told == []


def edit(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, f"{old!r} is not in {path.name}"
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def every_file(change: Callable[[str], str], names: str = "*.[yl]*") -> Plant:
    def vary(data: Path) -> None:
        for path in data.rglob(names):
            path.write_bytes(change(path.read_bytes().decode("utf-8")).encode("utf-8"))

    return vary


def through_yaml(write_out: Callable[[Any], str]) -> Plant:
    def vary(data: Path) -> None:
        for path in data.rglob("*.yml"):
            value = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
            path.write_text(write_out(value), "utf-8")

    return vary


def keys_reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: keys_reversed(value[key]) for key in reversed(value)}
    return [keys_reversed(one) for one in value] if isinstance(value, list) else value


def lock(data: Path) -> None:
    """Record what is new, as ``explainer lock`` does."""
    dataset = load(data, locked=False)
    ids, told = data / registry.NAME, data / history.NAME
    ids.write_text(registry.extended(ids.read_text("utf-8"), dataset), "utf-8")
    told.write_text(history.extended(told.read_text("utf-8"), dataset, "2026-12-01"), "utf-8")


ANOTHER_BLOCK = ('  p5: "131"\n', '  p5: "131"\n  p9: "60"\n')


def figure_added(data: Path) -> None:
    """A question that nobody asked before, answered by a number of another kind."""
    edit(
        data / "figures" / "hit.yml",
        (
            '  - id: "squid-game-first-places"',
            """  - id: "share-of-plan"
    topic: "hit"
    kind: "percent"
    label: {en: "A share", zh: "一个占比"}
    question: {en: "How large is the share?", zh: "占比多大？"}
    headline: {en: "The share is {english}", zh: "占比{english}"}
    summary: {en: "The English article says {english}.", zh: "英文文章说{english}。"}
    claims:
      - id: "english"
        voice: "english-article"
        mentions: ["p9-0-5-percent"]
        nature: "estimated"
        scope: {en: "a share", zh: "占比"}
    comparison:
      status: "single-source"
      reason: {en: "Only one voice says so.", zh: "仅见一处。"}
    unknowns:
      - {en: "Of what.", zh: "占什么的比例。"}
  - id: "squid-game-first-places\"""",
        ),
    )
    mentions = data / "mentions" / "jaynestars.yml"
    edit(mentions, ANOTHER_BLOCK)
    with mentions.open("a", encoding="utf-8") as file:
        file.write(
            '  - id: "p9-0-5-percent"\n    block: "p9"\n    start: "0"\n    end: "10"\n'
            '    exact: "about 0.5%"\n    kind: "percent"\n    value: "0.5"\n    bound: "about"\n'
        )
    lock(data)


def longer_text(data: Path) -> None:
    edit(
        data / "figures" / "hit.yml",
        ("a rank in a list; it", f"a rank in a list{', a very long list' * 60}; it"),
        ("第一是榜单上的名次", f"第一是榜单{'、很长的榜单' * 200}上的名次"),
    )


def charts_of_other_kinds(data: Path) -> None:
    text = (data / "charts.yml").read_text("utf-8")
    head, bars, rest = text.partition('kind: "bars"')
    assert bars
    (data / "charts.yml").write_text(f'{head}kind: "dots"{rest}', "utf-8")
    edit(data / "ids.lock", ("chart dollar-amounts bars", "chart dollar-amounts dots"))


def figures_in_files_of_their_own(data: Path) -> None:
    value = yaml.load((data / "figures/hit.yml").read_text("utf-8"), yaml.BaseLoader)
    (data / "figures/hit.yml").unlink()
    for number, figure in enumerate(value["figures"]):
        (data / f"figures/hit-{number}.yml").write_text(json.dumps({"figures": [figure]}), "utf-8")


def topics_in_another_order(data: Path) -> None:
    path = data / "topics.yml"
    value = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    path.write_text(json.dumps({"topics": value["topics"][::-1]}), "utf-8")


def phrases_of_unusual_numbers(data: Path) -> None:
    rows = [
        ("minus 3%", "percent", "-3", "exact", "p9-minus-3-percent", ""),
        ("a thousand trillion won", "money", "1000000000000000", "exact", "p9-1000000bn-krw", '    currency: "KRW"\n    scale: "trillion"\n'),
        ("1.0005 times", "multiple", "1.0005", "exact", "p9-1-0005-times", ""),
    ]  # fmt: skip
    mentions = data / "mentions" / "jaynestars.yml"
    edit(mentions, ANOTHER_BLOCK)
    with mentions.open("a", encoding="utf-8") as file:
        for exact, kind, value, bound, name, more in rows:
            file.write(
                f'  - id: "{name}"\n    block: "p9"\n    start: "0"\n    end: "{len(exact)}"\n'
                f'    exact: "{exact}"\n    kind: "{kind}"\n    value: "{value}"\n'
                f'    bound: "{bound}"\n{more}'
            )


SAME: list[tuple[str, Plant]] = [
    ("line ends of Windows", every_file(lambda text: text.replace("\n", "\r\n"))),
    ("no last line end", every_file(lambda text: text.rstrip("\n"))),
    ("empty lines at the end", every_file(lambda text: f"{text}\n\n", "*.yml")),
    ("JSON in the place of YAML", through_yaml(lambda value: json.dumps(value, ensure_ascii=False))),
    ("every character escaped", through_yaml(json.dumps)),
    ("single quotes", through_yaml(lambda value: yaml.dump(value, allow_unicode=True, default_style="'"))),
    ("keys in another order", through_yaml(lambda value: json.dumps(keys_reversed(value)))),
    ("a file for each figure", figures_in_files_of_their_own),
]  # fmt: skip

OTHER: list[tuple[str, Plant]] = [
    ("a figure more", figure_added),
    ("a long text", longer_text),
    ("a chart of another kind", charts_of_other_kinds),
    ("topics in another order", topics_in_another_order),
    ("unusual numbers", phrases_of_unusual_numbers),
]  # fmt: skip


@pytest.mark.parametrize("vary", [d[1] for d in OTHER], ids=[d[0] for d in OTHER])
def test_other_data_passes(data: Path, vary: Plant) -> None:
    vary(data)
    assert load(data).figures


@pytest.mark.parametrize("vary", [d[1] for d in SAME], ids=[d[0] for d in SAME])
def test_the_way_of_writing_changes_no_value(data: Path, dataset: Dataset, vary: Plant) -> None:
    vary(data)
    assert load(data) == dataset


def test_a_site_of_other_data_at_another_address_keeps_every_promise(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for vary in (figure_added, longer_text, charts_of_other_kinds):
        vary(checkout / "data")
    figures_in_files_of_their_own(checkout / "data")
    monkeypatch.setenv("SITE_URL", "https://别处.example/深/deeper/")
    built = run(checkout, "-m", "explainer", "build")
    assert built.returncode == 0, built.stderr
    assert (checkout / "site/figures/share-of-plan/index.html").is_file()
